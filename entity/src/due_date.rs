//! The day a stage of a cycle is due, with the offset it was given in.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::Stage;

/// The day a stage of a cycle is due, with the offset it was given in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "due_date")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub stage: Stage,
    /// The last moment in time.
    pub due_at: DateTimeUtc,
    /// The last moment at all.
    pub hard_at: Option<DateTimeUtc>,
    pub offset_minutes: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
