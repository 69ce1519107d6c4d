//! A person who can sign in.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::Role;

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub username: String,
    pub display_name: String,
    pub role: Role,
    /// The province an officer acts for, or an appraiser comes from.
    pub province_id: Option<Uuid>,
    #[serde(skip_serializing)]
    pub password_hash: String,
    pub must_change_password: bool,
    pub disabled_at: Option<DateTimeUtc>,
    /// Folded user name and name.
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
