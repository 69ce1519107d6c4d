//! Figures on the wire.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::brief::ProvinceBrief;

/// What a column of the matrix stands for
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Detail {
    /// A section of the criteria
    #[default]
    Sections,
    /// A criterion that is scored
    Leaves,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MatrixQuery {
    /// What a column stands for; without it a section
    pub detail: Option<Detail>,
}

/// The points of a cycle, province by province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Matrix {
    pub cycle_id: Uuid,
    /// The criteria of the sheets; null while there are none
    #[schema(required = true)]
    pub criteria_set_id: Option<Uuid>,
    pub detail: Detail,
    /// In the order of the criteria
    pub columns: Vec<MatrixColumn>,
    /// The provinces whose sheets the caller may see, in the Vietnamese order of their names
    pub rows: Vec<MatrixRow>,
}

/// What the cells of one column are about
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixColumn {
    pub criterion_id: Uuid,
    /// The section it counts in; of a section, itself
    pub section_id: Uuid,
    #[schema(example = "I")]
    pub code: String,
    #[schema(example = "Phát triển kinh tế - xã hội")]
    pub name: String,
    #[schema(required = true, example = "Socio-economic development")]
    pub name_en: Option<String>,
    /// The most it gives, bonus aside; 0 where it is bonus or penalty
    #[schema(example = 600)]
    pub max_points: Decimal,
}

/// One province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixRow {
    pub province: ProvinceBrief,
    pub scorecard_id: Uuid,
    /// Why the province is not ranked; null where it competes
    #[schema(required = true)]
    pub excluded_reason: Option<String>,
    /// The whole sheet
    pub total: MatrixCell,
    /// Lines without points
    pub open: OpenLines,
    /// One for every column, in the order of the columns
    pub cells: Vec<MatrixCell>,
}

/// Points side by side
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixCell {
    /// As the province scored itself; null while a line of it is open
    #[serde(rename = "self")]
    #[schema(required = true, example = 571.5)]
    pub own: Option<Decimal>,
    /// As appraised; null while a line of it is open
    #[schema(required = true, example = 560)]
    pub appraised: Option<Decimal>,
    /// As it stands after the second appraisal: the first one where nothing was contested
    #[schema(required = true, example = 560)]
    pub second: Option<Decimal>,
    /// As finalised; null while a line of it is open
    #[serde(rename = "final")]
    #[schema(required = true, example = 560)]
    pub last: Option<Decimal>,
    /// `self` less `appraised`: above 0 where the province gave itself more; null while one of them is
    #[schema(required = true, example = 11.5)]
    pub distance: Option<Decimal>,
}

/// How many lines have no points at each stage
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenLines {
    #[serde(rename = "self")]
    #[schema(minimum = 0, example = 0)]
    pub own: usize,
    #[schema(minimum = 0, example = 3)]
    pub appraised: usize,
    #[schema(minimum = 0, example = 3)]
    pub second: usize,
    #[serde(rename = "final")]
    #[schema(minimum = 0, example = 25)]
    pub last: usize,
}

/// The middle and the spread of a cycle's points
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Statistics {
    pub cycle_id: Uuid,
    /// The criteria of the sheets; null while there are none
    #[schema(required = true)]
    pub criteria_set_id: Option<Uuid>,
    /// The provinces that compete and whose sheets the caller may see; an excluded province counts nowhere
    #[schema(minimum = 0, example = 7)]
    pub provinces: usize,
    /// In the order of the criteria
    pub sections: Vec<SectionStatistics>,
    pub total: Spread,
    /// How far several appraisers, or peers, of one line lie apart; null for those who see no opinions
    #[schema(required = true)]
    pub appraisers: Option<Deviation>,
    /// Whoever lies beyond a fence: by section and at last the total, stage by stage, in the order of the provinces
    pub outliers: Vec<Outlier>,
}

/// How far several appraisers, or peers, of one line lie apart
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Deviation {
    /// Lines on which two or more gave points
    #[schema(minimum = 0, example = 42)]
    pub lines: usize,
    /// The mean of highest less lowest points of a line; null while there is no such line
    #[schema(required = true, example = 1.25)]
    pub mean_range: Option<Decimal>,
    #[schema(required = true, example = 6)]
    pub largest_range: Option<Decimal>,
    /// The lines on which they differ most, at most 20, the widest first
    #[schema(max_items = 20)]
    pub widest: Vec<WideLine>,
}

/// A line on which appraisers differ
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WideLine {
    pub province: ProvinceBrief,
    pub criterion_id: Uuid,
    #[schema(example = "I.2")]
    pub code: String,
    /// How many gave points
    #[schema(minimum = 2, example = 3)]
    pub opinions: usize,
    #[schema(example = 14)]
    pub lowest: Decimal,
    #[schema(example = 20)]
    pub highest: Decimal,
    #[schema(example = 6)]
    pub range: Decimal,
}

/// One section
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SectionStatistics {
    pub criterion_id: Uuid,
    #[schema(example = "I")]
    pub code: String,
    #[schema(example = "Phát triển kinh tế - xã hội")]
    pub name: String,
    #[schema(required = true, example = "Socio-economic development")]
    pub name_en: Option<String>,
    /// The most it gives, bonus aside
    #[schema(example = 600)]
    pub max_points: Decimal,
    pub spread: Spread,
}

/// The points at each stage, over the provinces that have none of its lines open; null where there is no such province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Spread {
    #[serde(rename = "self")]
    #[schema(required = true)]
    pub own: Option<StageSpread>,
    #[schema(required = true)]
    pub appraised: Option<StageSpread>,
    /// After the second appraisal; the first where nothing was contested
    #[schema(required = true)]
    pub second: Option<StageSpread>,
    #[serde(rename = "final")]
    #[schema(required = true)]
    pub last: Option<StageSpread>,
    /// Between self and appraised points
    #[schema(required = true)]
    pub distance: Option<DistanceSpread>,
}

/// The middle and the spread at one stage
///
/// Exact, and rounded once to 4 decimals, a half away from 0.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct StageSpread {
    /// Provinces that are counted
    #[schema(minimum = 1, example = 7)]
    pub count: usize,
    #[schema(example = 935.7114)]
    pub mean: Decimal,
    #[schema(example = 934.7)]
    pub median: Decimal,
    /// By linear interpolation at (count − 1) × ¼ (type 7 of Hyndman and Fan)
    #[schema(example = 917.9)]
    pub lower_quartile: Decimal,
    /// By linear interpolation at (count − 1) × ¾
    #[schema(example = 956.54)]
    pub upper_quartile: Decimal,
    #[schema(example = 891.9)]
    pub lowest: Decimal,
    #[schema(example = 974.5)]
    pub highest: Decimal,
    /// Of the whole population, divided by the count; null where points are too large to be squared exactly
    #[schema(required = true, example = 27.5535)]
    pub standard_deviation: Option<Decimal>,
    /// Tukey's: 1.5 × (upper − lower quartile) below the lower quartile
    #[schema(example = 859.94)]
    pub lower_fence: Decimal,
    /// 1.5 × (upper − lower quartile) above the upper quartile
    #[schema(example = 1014.5)]
    pub upper_fence: Decimal,
}

/// How far self and appraised points lie apart
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DistanceSpread {
    /// Provinces that are counted
    #[schema(minimum = 1, example = 7)]
    pub count: usize,
    /// With its sign: above 0 where the provinces gave themselves more
    #[schema(example = 1.25)]
    pub mean: Decimal,
    /// Without signs
    #[schema(minimum = 0, example = 1.75)]
    pub mean_absolute: Decimal,
    /// The largest, without its sign
    #[schema(minimum = 0, example = 6)]
    pub largest: Decimal,
    /// The provinces that lie so far off
    pub largest_of: Vec<ProvinceBrief>,
    /// The fences of the signed distances
    pub lower_fence: Decimal,
    pub upper_fence: Decimal,
}

/// What was compared
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutlierMeasure {
    #[serde(rename = "self")]
    Own,
    Appraised,
    Second,
    Final,
    /// Self less appraised points
    Distance,
}

/// Which fence a value lies beyond
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FenceSide {
    Lower,
    Upper,
}

/// A province far outside what the others have
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Outlier {
    pub province: ProvinceBrief,
    /// The section; null for the total
    #[schema(required = true)]
    pub criterion_id: Option<Uuid>,
    /// Code of the section; null for the total
    #[schema(required = true, example = "I")]
    pub code: Option<String>,
    /// What was compared: the points at a stage, or the distance
    pub measure: OutlierMeasure,
    #[schema(example = 420)]
    pub value: Decimal,
    pub fence: FenceSide,
    /// The fence, rounded; compared was the exact one
    #[schema(example = 512.25)]
    pub bound: Decimal,
}
