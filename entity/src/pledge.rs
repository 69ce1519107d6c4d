//! A province's signed commitment for a cycle.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, PledgeState};

/// A province's signed commitment for a cycle.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "pledge")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub text: String,
    pub signatory_name: Option<String>,
    pub signatory_title: Option<String>,
    pub signed_at: Option<DateTimeUtc>,
    pub signed_place: Option<String>,
    pub state: PledgeState,
    pub concluded_at: Option<DateTimeUtc>,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
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
