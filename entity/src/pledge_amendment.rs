//! A recorded change of a signed pledge.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A recorded change of a signed pledge.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "pledge_amendment")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pledge_id: Uuid,
    pub number: i32,
    pub reason: String,
    pub before: Json,
    pub after: Json,
    pub amended_at: DateTimeUtc,
    /// The account, without a foreign key: the record outlives it.
    pub amended_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::pledge::Entity", from = "Column::PledgeId", to = "super::pledge::Column::Id")]
    Pledge,
}

impl Related<super::pledge::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Pledge.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
