//! Criteria sets and their trees on the wire.

use chrono::{DateTime, Utc};
use entity::{
    criteria_set,
    decimal::Decimal,
    vocab::{Certainty, CriteriaSetState, Method},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{criteria::Rule, ranking::RankingRules, scoring::ScoringRules},
    http::{AllowedAction, Csv, Line, Patch, Prose, Short, SortBy, Sorts, given, line, prose, short},
};

/// A version of a cycle's criteria (bảng tiêu chí chấm điểm)
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CriteriaSet {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// 1 for the first version of the cycle, then 2, 3, …
    #[schema(minimum = 1, example = 1)]
    pub number: i32,
    #[schema(example = "Bảng tiêu chí chấm điểm năm 2024")]
    pub title: String,
    pub state: CriteriaSetState,
    /// What the maxima of the sections must add up to before the set is issued
    #[schema(example = 1000)]
    pub total_points: Decimal,
    #[schema(value_type = RankingRules)]
    pub ranking_rules: Value,
    #[schema(value_type = ScoringRules)]
    pub scoring_rules: Value,
    /// Why this version replaces an earlier one
    #[schema(required = true)]
    pub reason: Option<String>,
    /// The set it was copied from
    #[schema(required = true)]
    pub cloned_from_id: Option<Uuid>,
    pub certainty: Certainty,
    #[schema(required = true)]
    pub issued_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now; on a single set only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allowed_actions: Option<Vec<AllowedAction>>,
    /// Grows by one on every change of the set or of one of its criteria; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<criteria_set::Model> for CriteriaSet {
    fn from(row: criteria_set::Model) -> Self {
        let criteria_set::Model {
            id,
            cycle_id,
            number,
            title,
            state,
            total_points,
            ranking_rules,
            scoring_rules,
            reason,
            cloned_from_id,
            certainty,
            issued_at,
            issued_by: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            number,
            title,
            state,
            total_points,
            ranking_rules,
            scoring_rules,
            reason,
            cloned_from_id,
            certainty,
            issued_at,
            allowed_actions: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new version of a cycle's criteria, a draft
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "title": "Bảng tiêu chí chấm điểm năm 2024", "total_points": 1000,
}))]
pub(super) struct NewCriteriaSet {
    pub cycle_id: Uuid,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    pub total_points: Decimal,
    /// How totals become ranks and classes; those of the copied set, or none, when left out
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = RankingRules, required = false)]
    pub ranking_rules: Option<RankingRules>,
    /// How lines are scored; as in the copied set, or by default, when left out
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = ScoringRules, required = false)]
    pub scoring_rules: Option<ScoringRules>,
    /// Why it is to replace the issued version; needed where one has been issued
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub reason: Option<String>,
    /// Copy the tree of this set, of whatever cycle
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Uuid, required = false)]
    pub clone_from_id: Option<Uuid>,
    /// How well the set is known; `verified` unless told otherwise
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What changes of a draft set; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Bảng tiêu chí năm 2024", "total_points": 1000 }))]
pub(super) struct CriteriaSetPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Decimal, required = false)]
    pub total_points: Option<Decimal>,
    /// Replaces the rules as a whole
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = RankingRules, required = false)]
    pub ranking_rules: Option<RankingRules>,
    /// Replaces the rules as a whole
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = ScoringRules, required = false)]
    pub scoring_rules: Option<ScoringRules>,
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub reason: Patch<String>,
}

/// A criteria set as a tree
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CriteriaTree {
    pub criteria_set_id: Uuid,
    /// The version of the set
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    /// The sections, in order
    pub nodes: Vec<CriterionNode>,
}

/// A criterion with its children; only leaves carry points
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CriterionNode {
    pub id: Uuid,
    #[schema(example = "I.1")]
    pub code: String,
    pub name: String,
    #[schema(required = true)]
    pub name_en: Option<String>,
    /// Of a leaf, the most it gives; of a parent, the declared sum of its children
    #[schema(required = true, example = 80)]
    pub max_points: Option<Decimal>,
    /// Leaves only
    #[schema(required = true)]
    pub method: Option<Method>,
    /// As the method demands; leaves only
    #[schema(required = true, value_type = Option<Rule>)]
    pub parameters: Option<Value>,
    #[schema(required = true)]
    pub guidance: Option<String>,
    /// Whether a line is submitted only with evidence or an explanation; leaves only
    pub evidence_required: bool,
    pub certainty: Certainty,
    #[schema(no_recursion)]
    pub children: Vec<CriterionNode>,
}

/// The whole tree of a draft set; criteria keep their ids by their codes
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "nodes": [
    { "code": "I", "name": "Phát triển kinh tế - xã hội", "max_points": 60, "children": [
        { "code": "I.1", "name": "Tăng trưởng", "max_points": 60, "method": "proportional",
          "parameters": { "direction": "higher_is_better", "target": 8 } },
    ]},
    { "code": "II", "name": "Công tác thi đua", "max_points": 40, "children": [
        { "code": "II.1", "name": "Phong trào thi đua", "max_points": 40, "method": "expert", "parameters": {},
          "evidence_required": true },
        { "code": "II.2", "name": "Điểm thưởng", "method": "bonus", "parameters": { "points_each": 5, "cap": 10 } },
    ]},
]}))]
pub(super) struct NewCriteriaTree {
    /// The sections, in order; at most 2,000 criteria in 32 levels
    #[validate(nested)]
    #[schema(max_items = 2000)]
    pub nodes: Vec<NewCriterionNode>,
}

/// A criterion with its children
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCriterionNode {
    /// Unique in the set
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub code: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name_en: Option<String>,
    /// Of a leaf, the most it gives; of a parent, the declared sum of its children; none on a bonus or penalty
    pub max_points: Option<Decimal>,
    /// Leaves only
    pub method: Option<Method>,
    /// As the method demands; leaves only
    #[schema(value_type = Option<Rule>)]
    pub parameters: Option<Value>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub guidance: Option<String>,
    /// Whether a line is submitted only with evidence or an explanation; leaves only
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub evidence_required: bool,
    /// How well the criterion is known; `verified` unless told otherwise
    pub certainty: Option<Certainty>,
    #[serde(default)]
    #[validate(nested)]
    #[schema(no_recursion, max_items = 2000)]
    pub children: Vec<NewCriterionNode>,
}

/// What criteria sets can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CriteriaSetSort {
    CreatedAt,
    Number,
}

impl SortBy for CriteriaSetSort {
    type Entity = criteria_set::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> criteria_set::Column {
        match self {
            Self::CreatedAt => criteria_set::Column::CreatedAt,
            Self::Number => criteria_set::Column::Number,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CriteriaSetFilter {
    /// Sets of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Sets in these states
    #[param(value_type = Option<Vec<CriteriaSetState>>, style = Form, explode = false)]
    pub state: Option<Csv<CriteriaSetState>>,
    /// `created_at`, `number`, several by comma; a minus turns the order round. Default `-created_at`
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?(created_at|number)(,-?(created_at|number))*$")]
    pub sort: Option<Sorts<CriteriaSetSort>>,
}
