//! The lines of scorecards on the wire, every stage side by side, and how they are asked for.

use chrono::{DateTime, Utc};
use entity::{criterion, decimal::Decimal, score, vocab::Method};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts};

/// A score (điểm): one line of a scorecard, all stages side by side
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Score {
    pub id: Uuid,
    pub scorecard_id: Uuid,
    pub criterion_id: Uuid,
    pub criterion: CriterionBrief,
    /// The registered target that the figures were taken from
    #[schema(required = true)]
    pub target_id: Option<Uuid>,
    /// The figure reached, or the number of items of a bonus or penalty
    #[schema(required = true)]
    pub attained: Option<Decimal>,
    /// The figure to reach, where the criterion leaves it to the line
    #[schema(required = true)]
    pub target: Option<Decimal>,
    /// What the province says (điểm tự chấm)
    #[serde(rename = "self")]
    pub own: SelfStage,
    /// What the appraiser says (điểm thẩm định)
    pub appraised: AppraisedStage,
    /// What the province contests (giải trình)
    pub explanation: ExplanationStage,
    /// What the second appraisal answers (điểm thẩm định lại)
    pub second: SecondStage,
    /// What counts (điểm chính thức), set when the cycle is finalised
    #[serde(rename = "final")]
    pub last: FinalStage,
    /// How many files and links support the line: `GET /api/v1/evidence?score_id=…` lists them
    #[schema(minimum = 0, example = 1)]
    pub evidence_count: i32,
    /// Grows by one on every change
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A criterion in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CriterionBrief {
    #[schema(example = "I.1")]
    pub code: String,
    pub name: String,
    #[schema(required = true, example = 80)]
    pub max_points: Option<Decimal>,
    #[schema(required = true)]
    pub method: Option<Method>,
    /// Whether the line is submitted only with evidence or an explanation (`self_note`)
    pub evidence_required: bool,
}

/// The province's stage of a line
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SelfStage {
    /// 0 counts as scored; null does not
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// Where evidence is demanded and missing, this is the explanation
    #[schema(required = true)]
    pub note: Option<String>,
    #[schema(required = true)]
    pub by: Option<Uuid>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

/// The appraiser's stage of a line
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppraisedStage {
    /// The figure as the appraiser found it, where the points follow from it
    #[schema(required = true)]
    pub attained: Option<Decimal>,
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// Needed wherever the points differ from the province's
    #[schema(required = true)]
    pub reason: Option<String>,
    #[schema(required = true)]
    pub by: Option<Uuid>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

/// The explanation of a contested line
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplanationStage {
    /// Null where the line is not contested
    #[schema(required = true)]
    pub text: Option<String>,
    #[schema(required = true)]
    pub by: Option<Uuid>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

/// The second appraisal of a contested line
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondStage {
    /// The figure as found the second time, where the points follow from it
    #[schema(required = true)]
    pub attained: Option<Decimal>,
    /// Null where the first appraisal stands
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// What the explanation is answered; the reason of what changed
    #[schema(required = true)]
    pub answer: Option<String>,
    #[schema(required = true)]
    pub by: Option<Uuid>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

/// The final stage of a line
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FinalStage {
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// Why they were corrected after publication
    #[schema(required = true)]
    pub reason: Option<String>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

impl Score {
    pub(crate) fn new(row: score::Model, criterion: CriterionBrief) -> Self {
        let score::Model {
            id,
            scorecard_id,
            criterion_id,
            target_id,
            attained,
            target,
            self_points,
            self_note,
            self_by,
            self_at,
            appraised_attained,
            appraised_points,
            appraisal_reason,
            appraised_by,
            appraised_at,
            explanation,
            explained_by,
            explained_at,
            answer,
            second_attained,
            second_points,
            answered_by,
            answered_at,
            final_points,
            final_reason,
            final_at,
            evidence_count,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            scorecard_id,
            criterion_id,
            criterion,
            target_id,
            attained,
            target,
            own: SelfStage { points: self_points, note: self_note, by: self_by, at: self_at },
            appraised: AppraisedStage {
                attained: appraised_attained,
                points: appraised_points,
                reason: appraisal_reason,
                by: appraised_by,
                at: appraised_at,
            },
            explanation: ExplanationStage { text: explanation, by: explained_by, at: explained_at },
            second: SecondStage {
                attained: second_attained,
                points: second_points,
                answer,
                by: answered_by,
                at: answered_at,
            },
            last: FinalStage { points: final_points, reason: final_reason, at: final_at },
            evidence_count,
            version,
            created_at,
            updated_at,
        }
    }
}

impl From<criterion::Model> for CriterionBrief {
    fn from(row: criterion::Model) -> Self {
        Self {
            code: row.code,
            name: row.name,
            max_points: row.max_points,
            method: row.method,
            evidence_required: row.evidence_required,
        }
    }
}

/// What scores can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScoreSort {
    CreatedAt,
}

impl SortBy for ScoreSort {
    type Entity = score::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> score::Column {
        match self {
            Self::CreatedAt => score::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScoreFilter {
    /// Lines of these scorecards
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub scorecard_id: Option<Csv<Uuid>>,
    /// Lines of these criteria
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub criterion_id: Option<Csv<Uuid>>,
    /// Lines of the scorecards of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Lines of these provinces' scorecards
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// `true`: lines without self points; `false`: those with
    pub unscored: Option<bool>,
    /// `true`: lines without appraised points; `false`: those with
    pub unappraised: Option<bool>,
    /// `true`: lines the province contests; `false`: the others
    pub contested: Option<bool>,
    /// `true`: contested lines without an answer; `false`: all others
    pub unanswered: Option<bool>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<ScoreSort>>,
}
