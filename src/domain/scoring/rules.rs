//! How a cycle scores: settings of the criteria set.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the lines of a cycle are scored; a setting of the criteria
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "appraisal": "mean", "explanation_required": true }))]
pub struct ScoringRules {
    /// How several appraisers come to one score
    #[serde(default)]
    #[schema(required = false, default = "joint")]
    pub appraisal: AppraisalMode,
    /// Whether provinces must have been heard: points become final only from the explanation stage
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub explanation_required: bool,
}

/// How several appraisers come to one score.
///
/// - `joint`: they write one score together; the last word counts
/// - `mean`: each writes an opinion, and the mean of those given counts
/// - `lead`: each writes an opinion, and that of the section's lead counts
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppraisalMode {
    #[default]
    Joint,
    Mean,
    Lead,
}
