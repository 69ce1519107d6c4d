//! One line of a scorecard: all stages of one leaf criterion, side by side.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;

/// One line of a scorecard: all stages of one leaf criterion, side by side.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "score")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub scorecard_id: Uuid,
    pub criterion_id: Uuid,
    /// The registered target that the figures were taken from.
    pub target_id: Option<Uuid>,
    /// The figure reached, or the number of items of a bonus or penalty.
    pub attained: Option<Decimal>,
    /// The figure to reach, where the criterion leaves it to the line.
    pub target: Option<Decimal>,
    pub self_points: Option<Decimal>,
    pub self_note: Option<String>,
    pub self_by: Option<Uuid>,
    pub self_at: Option<DateTimeUtc>,
    /// The figure as the appraiser found it, where the points follow from a figure.
    pub appraised_attained: Option<Decimal>,
    pub appraised_points: Option<Decimal>,
    pub appraisal_reason: Option<String>,
    pub appraised_by: Option<Uuid>,
    pub appraised_at: Option<DateTimeUtc>,
    /// Why the province contests what the appraisal says.
    pub explanation: Option<String>,
    pub explained_by: Option<Uuid>,
    pub explained_at: Option<DateTimeUtc>,
    /// What the second appraisal says to the explanation.
    pub answer: Option<String>,
    /// The figure of the second appraisal; without it and without points the first one stands.
    pub second_attained: Option<Decimal>,
    pub second_points: Option<Decimal>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTimeUtc>,
    pub final_points: Option<Decimal>,
    pub final_reason: Option<String>,
    pub final_at: Option<DateTimeUtc>,
    /// How many rows of `evidence` the line has; counted anew with each that comes or goes.
    pub evidence_count: i32,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::evidence::Entity")]
    Evidence,
    #[sea_orm(
        belongs_to = "super::scorecard::Entity",
        from = "Column::ScorecardId",
        to = "super::scorecard::Column::Id"
    )]
    Scorecard,
    #[sea_orm(
        belongs_to = "super::criterion::Entity",
        from = "Column::CriterionId",
        to = "super::criterion::Column::Id"
    )]
    Criterion,
    #[sea_orm(belongs_to = "super::target::Entity", from = "Column::TargetId", to = "super::target::Column::Id")]
    Target,
}

impl Related<super::evidence::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Evidence.def()
    }
}

impl Related<super::scorecard::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Scorecard.def()
    }
}

impl Related<super::criterion::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Criterion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
