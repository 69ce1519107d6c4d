//! A version of a cycle's criteria.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::{Certainty, CriteriaSetState};

/// A version of a cycle's criteria.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "criteria_set")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub number: i32,
    pub title: String,
    pub state: CriteriaSetState,
    pub total_points: Decimal,
    /// How totals become ranks: tie-breakers and classification.
    pub ranking_rules: Json,
    /// How several appraisers come to one score, and whether provinces must have been heard.
    pub scoring_rules: Json,
    /// Why a later version replaces an earlier one.
    pub reason: Option<String>,
    pub cloned_from_id: Option<Uuid>,
    pub certainty: Certainty,
    pub issued_at: Option<DateTimeUtc>,
    /// The account, without a foreign key: the record outlives it.
    pub issued_by: Option<Uuid>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
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
