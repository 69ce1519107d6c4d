//! A province's sheet in a cycle.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ScorecardState;

/// A province's sheet in a cycle.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "scorecard")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub criteria_set_id: Uuid,
    pub state: ScorecardState,
    pub submitted_at: Option<DateTimeUtc>,
    /// A return and another submission do not change when it came first.
    pub first_submitted_at: Option<DateTimeUtc>,
    pub submitted_by: Option<Uuid>,
    pub returned_at: Option<DateTimeUtc>,
    pub returned_by: Option<Uuid>,
    pub return_reason: Option<String>,
    pub appraised_at: Option<DateTimeUtc>,
    pub appraised_by: Option<Uuid>,
    /// When the province handed in what it contests.
    pub explained_at: Option<DateTimeUtc>,
    pub explained_by: Option<Uuid>,
    /// When every explanation was answered.
    pub reappraised_at: Option<DateTimeUtc>,
    pub reappraised_by: Option<Uuid>,
    pub finalized_at: Option<DateTimeUtc>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::score::Entity")]
    Score,
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
    #[sea_orm(
        belongs_to = "super::criteria_set::Entity",
        from = "Column::CriteriaSetId",
        to = "super::criteria_set::Column::Id"
    )]
    CriteriaSet,
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

impl Related<super::criteria_set::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CriteriaSet.def()
    }
}

impl Related<super::score::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Score.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
