//! Who followed whom, through which event.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Who followed whom, through which event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "province_succession")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub predecessor_id: Uuid,
    pub successor_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::province_event::Entity",
        from = "Column::EventId",
        to = "super::province_event::Column::Id"
    )]
    ProvinceEvent,
    #[sea_orm(
        belongs_to = "super::province::Entity",
        from = "Column::PredecessorId",
        to = "super::province::Column::Id"
    )]
    Province,
}

impl Related<super::province_event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ProvinceEvent.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
