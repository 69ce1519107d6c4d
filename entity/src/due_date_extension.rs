//! Another due date for one province, for a reason.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::Stage;

/// Another due date for one province, for a reason.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "due_date_extension")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub stage: Stage,
    /// The last moment in time.
    pub due_at: DateTimeUtc,
    /// The last moment at all.
    pub hard_at: Option<DateTimeUtc>,
    pub offset_minutes: i32,
    pub reason: String,
    /// The account, without a foreign key: the record outlives it.
    pub granted_by: Uuid,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
