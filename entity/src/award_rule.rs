//! Which award a result of a cycle leads to.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{decimal::Decimal, vocab::QuotaTies};

/// Which award a result of a cycle leads to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "award_rule")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub award_type_id: Uuid,
    pub place_from: Option<i32>,
    pub place_to: Option<i32>,
    pub classification: Option<String>,
    pub min_total: Option<Decimal>,
    pub quota: Option<i32>,
    pub ties: QuotaTies,
    pub ballot_required: bool,
    pub reason: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(
        belongs_to = "super::award_type::Entity",
        from = "Column::AwardTypeId",
        to = "super::award_type::Column::Id"
    )]
    AwardType,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::award_type::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::AwardType.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
