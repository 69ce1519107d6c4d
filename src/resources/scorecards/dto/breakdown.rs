//! How a scorecard came about, on the wire.

use entity::{decimal::Decimal, vocab::Method};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::scoring::Adjustment;

/// How every line, section and total of a scorecard came about
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Breakdown {
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
pub(crate) struct BreakdownAdjustment {
    /// Below 0
    #[schema(example = -1)]
    pub points: Decimal,
    /// In words and numbers, in the caller's language
    pub how: String,
    /// On what it is based
    pub basis: Adjustment,
    /// What moved the due date that lateness is counted from; null where nothing did
    #[schema(required = true)]
    pub extension: Option<BreakdownExtension>,
}

/// The extension that lateness is counted from
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BreakdownExtension {
    pub due_date_extension_id: Uuid,
    #[schema(example = "Bão số 3")]
    pub reason: String,
}

/// How one line came about
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BreakdownLine {
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
    /// What the province says to the line: of a bonus or a penalty, on what it is based
    #[schema(required = true, example = "Quyết định số 12/QĐ-TTg")]
    pub note: Option<String>,
    /// How many files and links support it; they are listed by `GET /evidence?score_id=`
    #[schema(minimum = 0, example = 1)]
    pub evidence_count: i32,
}

/// The points of a line at one stage, and how it came to them
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BreakdownStage {
    #[schema(required = true)]
    pub points: Option<Decimal>,
    /// In words, in the caller's language
    pub how: String,
}

/// The sums of one section
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BreakdownSection {
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
pub(crate) struct StageSums {
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
pub(crate) struct StageTotal {
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
