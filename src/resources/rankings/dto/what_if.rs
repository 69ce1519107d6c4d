//! Hypothetical changes and the ranking they lead to, on the wire.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::RankingSection;
use crate::{
    domain::{ranking::TieStep, scoring::Adjustment},
    http::{brief::ProvinceBrief, objects},
};

const MOST_CHANGES: u64 = 500;

/// Hypothetical changes
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "changes": [
    { "kind": "points", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d",
      "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "points": 38.5 },
    { "kind": "exclude", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f" },
]}))]
pub(crate) struct WhatIf {
    /// Made in this order
    #[serde(deserialize_with = "objects")]
    #[validate(length(max = MOST_CHANGES))]
    #[schema(max_items = 500)]
    pub changes: Vec<HypotheticalChange>,
}

/// One hypothetical change
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum HypotheticalChange {
    /// Other final points of one line
    Points { province_id: Uuid, criterion_id: Uuid, points: Decimal },
    /// Other maximum points of a leaf; points given under it change in the same proportion, rounded to 4 decimals
    Weight { criterion_id: Uuid, max_points: Decimal },
    /// The province is excluded
    Exclude { province_id: Uuid },
    /// The excluded province competes again
    Readmit { province_id: Uuid },
}

/// A hypothetical ranking beside the one without changes
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    pub cycle_id: Uuid,
    /// Lines without any points; they count as 0
    #[schema(minimum = 0)]
    pub open_lines: usize,
    /// In display order under the changes
    pub entries: Vec<PreviewEntry>,
}

/// A province in a hypothetical ranking
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewEntry {
    pub province: ProvinceBrief,
    /// Whether place or total differ
    pub changed: bool,
    pub before: Standing,
    pub after: Standing,
    #[schema(required = true)]
    pub classification: Option<String>,
    pub tie_breaks: Vec<TieStep>,
    /// What was taken beside the sections, by the settings of the criteria
    pub adjustments: Vec<Adjustment>,
    pub sections: Vec<RankingSection>,
}

/// Place and total
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Standing {
    /// Null where excluded
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    #[schema(example = 953.5)]
    pub total: Decimal,
}
