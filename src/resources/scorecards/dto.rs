//! Scorecards and scores on the wire.

use chrono::{DateTime, Utc};
use entity::{
    criterion,
    decimal::Decimal,
    score, scorecard,
    vocab::{Method, ScorecardState},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::scoring::Adjustment,
    http::{
        AllowedAction, Csv, Prose, SortBy, Sorts,
        brief::{CycleBrief, ProvinceBrief},
        prose,
    },
};

const MOST_LINES: u64 = 2000;

/// A scorecard (phiếu chấm điểm): a province's sheet in a cycle
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Scorecard {
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    /// The criteria it is filled in by
    pub criteria_set_id: Uuid,
    pub state: ScorecardState,
    #[schema(required = true)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it came first: a return and another submission do not make it late
    #[schema(required = true)]
    pub first_submitted_at: Option<DateTime<Utc>>,
    /// By how many seconds it came first after its due date, an extension included; null in time, and in lists
    #[schema(required = true, minimum = 1, example = 3600)]
    pub late_by_seconds: Option<i64>,
    /// The account that submitted it
    #[schema(required = true)]
    pub submitted_by: Option<Uuid>,
    #[schema(required = true)]
    pub returned_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub returned_by: Option<Uuid>,
    /// Why it was sent back last
    #[schema(required = true)]
    pub return_reason: Option<String>,
    #[schema(required = true)]
    pub appraised_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub appraised_by: Option<Uuid>,
    /// When the province submitted what it contests
    #[schema(required = true)]
    pub explained_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub explained_by: Option<Uuid>,
    /// When the second appraisal was complete
    #[schema(required = true)]
    pub reappraised_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub reappraised_by: Option<Uuid>,
    #[schema(required = true)]
    pub finalized_at: Option<DateTime<Utc>>,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// With `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// One line for each leaf of the criteria, in their order; on a single scorecard only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub scores: Option<Vec<Score>>,
    /// What the caller may do with it now; on a single scorecard only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allowed_actions: Option<Vec<AllowedAction>>,
    /// Grows by one on every change of the sheet or of a line; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<scorecard::Model> for Scorecard {
    fn from(row: scorecard::Model) -> Self {
        let scorecard::Model {
            id,
            cycle_id,
            province_id,
            criteria_set_id,
            state,
            submitted_at,
            first_submitted_at,
            submitted_by,
            returned_at,
            returned_by,
            return_reason,
            appraised_at,
            appraised_by,
            explained_at,
            explained_by,
            reappraised_at,
            reappraised_by,
            finalized_at,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            province_id,
            criteria_set_id,
            state,
            submitted_at,
            first_submitted_at,
            late_by_seconds: None,
            submitted_by,
            returned_at,
            returned_by,
            return_reason,
            appraised_at,
            appraised_by,
            explained_at,
            explained_by,
            reappraised_at,
            reappraised_by,
            finalized_at,
            province: None,
            cycle: None,
            scores: None,
            allowed_actions: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A score (điểm): one line of a scorecard, all stages side by side
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Score {
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
pub(super) struct CriterionBrief {
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
pub(super) struct SelfStage {
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
pub(super) struct AppraisedStage {
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
pub(super) struct ExplanationStage {
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
pub(super) struct SecondStage {
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
pub(super) struct FinalStage {
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// Why they were corrected after publication
    #[schema(required = true)]
    pub reason: Option<String>,
    #[schema(required = true)]
    pub at: Option<DateTime<Utc>>,
}

impl Score {
    pub(super) fn new(row: score::Model, criterion: CriterionBrief) -> Self {
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

/// Lines a province writes: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "scores": [
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "attained": 8.2, "self_note": "Báo cáo số 12/BC-UBND" },
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "self_points": 38.5 },
]}))]
pub(super) struct SelfScores {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub scores: Vec<SelfScoreLine>,
}

/// One line of a province; what is left away or null is taken back
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SelfScoreLine {
    pub criterion_id: Uuid,
    /// A target that the province registered in its pledge of the cycle: what it attained, and where the criterion leaves
    /// it to the line what was to be reached, are taken from it as they stand now, and the points follow
    pub target_id: Option<Uuid>,
    /// The figure reached, or the number of items of a bonus or penalty
    pub attained: Option<Decimal>,
    /// The figure to reach, where the criterion leaves it to the line
    pub target: Option<Decimal>,
    /// Where a formula gives the points they may be left away; given, they must be what the formula says
    pub self_points: Option<Decimal>,
    /// Where evidence is demanded and missing, this is the explanation
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub self_note: Option<String>,
}

/// Lines an appraiser writes: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "scores": [{
    "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "appraised_points": 36,
    "appraisal_reason": "Minh chứng chưa đầy đủ",
}]}))]
pub(super) struct AppraisedScores {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub scores: Vec<AppraisedScoreLine>,
}

/// One line of an appraiser; what is left away or null is taken back
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AppraisedScoreLine {
    pub criterion_id: Uuid,
    /// The figure as found; the points follow from it by the criterion's formula. Not where the scorer gives points.
    pub appraised_attained: Option<Decimal>,
    /// With a figure they may be left away; without one they overrule the formula. Of a criterion relative to the leader
    /// they follow when the cycle is finalised, unless given here.
    pub appraised_points: Option<Decimal>,
    /// Needed wherever the points or the figure differ from the province's
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub appraisal_reason: Option<String>,
}

/// Lines a province contests: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "explanations": [{
    "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d",
    "explanation": "Số liệu quý IV đã có tại Báo cáo số 12/BC-UBND",
}]}))]
pub(super) struct Explanations {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub explanations: Vec<ExplanationLine>,
}

/// One contested line
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplanationLine {
    pub criterion_id: Uuid,
    /// Why the province contests the appraisal; left away or null: it does not (any more)
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub explanation: Option<String>,
}

/// Answers of the second appraisal: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "answers": [{
    "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "second_points": 37.5,
    "answer": "Chấp nhận số liệu bổ sung",
}]}))]
pub(super) struct Answers {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub answers: Vec<AnswerLine>,
}

/// The answer to one explanation; without points and without a figure the first appraisal stands
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerLine {
    pub criterion_id: Uuid,
    /// Left away or null: the line is not answered (any more)
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub answer: Option<String>,
    /// The figure as found now; the points follow from it by the criterion's formula. Not where the scorer gives points.
    pub second_attained: Option<Decimal>,
    /// With a figure they may be left away
    pub second_points: Option<Decimal>,
}

/// Why a scorecard is sent back
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Thiếu số liệu tiêu chí I.3" }))]
pub(super) struct ReturnReason {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What scorecards can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScorecardSort {
    CreatedAt,
}

impl SortBy for ScorecardSort {
    type Entity = scorecard::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> scorecard::Column {
        match self {
            Self::CreatedAt => scorecard::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a scorecard
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScorecardExpand {
    Province,
    Cycle,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ScorecardFilter {
    /// Scorecards of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Scorecards of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Scorecards of these clusters' cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// Scorecards of cycles of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Scorecards in these states
    #[param(value_type = Option<Vec<ScorecardState>>, style = Form, explode = false)]
    pub state: Option<Csv<ScorecardState>>,
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<ScorecardExpand>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<ScorecardExpand>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<ScorecardSort>>,
}

/// What scores can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScoreSort {
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
pub(super) struct ScoreFilter {
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

/// How every line, section and total of a scorecard came about
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Breakdown {
    pub scorecard_id: Uuid,
    /// The version of the scorecard
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    /// In the order of the criteria
    pub lines: Vec<BreakdownLine>,
    pub sections: Vec<BreakdownSection>,
    /// The sum of the sections, to the last digit
    pub total: StageSums,
    /// What the settings of the criteria take beside the lines: lateness as soon as the sheet is submitted, scoring
    /// oneself too high as far as final points, or those they would be now, are known
    pub adjustments: Vec<BreakdownAdjustment>,
    /// The final total less the adjustments: what is ranked; null while a line is not final
    #[schema(required = true, example = 951.5)]
    pub ranked_total: Option<Decimal>,
    /// The most the criteria give, bonus and over-fulfilment aside
    #[schema(example = 1000)]
    pub max_points: Decimal,
}

/// What is taken beside the lines, and why
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BreakdownAdjustment {
    /// Below 0
    #[schema(example = -1)]
    pub points: Decimal,
    /// In words and numbers, in the caller's language
    pub how: String,
    /// On what it is based
    pub basis: Adjustment,
}

/// How one line came about
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BreakdownLine {
    pub criterion_id: Uuid,
    /// The section it counts in
    pub section_id: Uuid,
    #[schema(example = "I.1")]
    pub code: String,
    pub name: String,
    pub method: Method,
    #[schema(example = 80)]
    pub max_points: Decimal,
    #[schema(required = true)]
    pub attained: Option<Decimal>,
    #[schema(required = true)]
    pub target: Option<Decimal>,
    /// The best figure of the cluster, where the points depend on it and the caller may know it
    #[schema(required = true)]
    pub best: Option<Decimal>,
    /// The formula in words and numbers; null while there are no self points
    #[schema(required = true, example = "80 × 95 ÷ 100 = 76")]
    pub formula: Option<String>,
    /// Decimals the result is rounded to, half up; null where nothing is rounded
    #[schema(required = true, minimum = 0, maximum = 4)]
    pub round_digits: Option<u8>,
    /// The bound that held the points: `maximum`, `cap`, `zero`; null where none did
    #[schema(required = true, example = "maximum")]
    pub bound: Option<&'static str>,
    #[serde(rename = "self")]
    pub own: BreakdownStage,
    pub appraised: BreakdownStage,
    /// What stands after the second appraisal; the first where nothing was contested
    pub second: BreakdownStage,
    #[serde(rename = "final")]
    pub last: BreakdownStage,
}

/// The points of a line at one stage, and how it came to them
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BreakdownStage {
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// In words, in the caller's language
    pub how: String,
}

/// The sums of one section
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BreakdownSection {
    pub criterion_id: Uuid,
    #[schema(example = "I")]
    pub code: String,
    pub name: String,
    #[schema(example = 600)]
    pub max_points: Decimal,
    pub sums: StageSums,
}

/// A sum at every stage
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StageSums {
    #[serde(rename = "self")]
    pub own: StageTotal,
    pub appraised: StageTotal,
    /// After the second appraisal; the first where nothing was contested
    pub second: StageTotal,
    #[serde(rename = "final")]
    pub last: StageTotal,
}

/// A sum at one stage
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StageTotal {
    /// `within` and `on_top` together
    pub points: Decimal,
    /// Points that are part of the maximum
    pub within: Decimal,
    /// Bonus and penalty, which lie on top
    pub on_top: Decimal,
    /// Lines without points at this stage; they are not in the sum
    #[schema(minimum = 0)]
    pub open: usize,
}
