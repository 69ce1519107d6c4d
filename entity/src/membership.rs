//! A province in a cycle, with its role.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, MemberRole};

/// A province in a cycle, with its role.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The cycle's year, so that the database itself keeps a province in one cluster a year.
    pub year: i32,
    pub province_id: Uuid,
    pub role: MemberRole,
    pub deputy_rank: Option<i32>,
    pub certainty: Certainty,
    /// Why the province is shown unranked.
    pub excluded_reason: Option<String>,
    pub excluded_at: Option<DateTimeUtc>,
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
