//! What an event of provinces meant for one cycle: decided once, never changed.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::CarryOverWay;

/// What an event of provinces meant for one cycle: decided once, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "carry_over")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub cycle_id: Uuid,
    pub way: CarryOverWay,
    pub reason: String,
    /// A list of successors that joined, and what each took over from whom.
    pub heirs: Json,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::province_event::Entity",
        from = "Column::EventId",
        to = "super::province_event::Column::Id"
    )]
    ProvinceEvent,
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
}

impl Related<super::province_event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ProvinceEvent.def()
    }
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
