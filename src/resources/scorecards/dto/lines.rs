//! What is written in scorecards: many lines at once.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::http::{Prose, prose};

const MOST_LINES: u64 = 2000;

/// Lines a province writes: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "scores": [
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "attained": 8.2, "self_note": "Báo cáo số 12/BC-UBND" },
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "self_points": 38.5 },
]}))]
pub(crate) struct SelfScores {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub scores: Vec<SelfScoreLine>,
}

/// One line of a province; what is left away or null is taken back
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SelfScoreLine {
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
pub(crate) struct AppraisedScores {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub scores: Vec<AppraisedScoreLine>,
}

/// One line of an appraiser; what is left away or null is taken back
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppraisedScoreLine {
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
pub(crate) struct Explanations {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub explanations: Vec<ExplanationLine>,
}

/// One contested line
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplanationLine {
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
pub(crate) struct Answers {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub answers: Vec<AnswerLine>,
}

/// The answer to one explanation; without points and without a figure the first appraisal stands
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerLine {
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
pub(crate) struct ReturnReason {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}
