//! Criteria on the wire.

use chrono::{DateTime, Utc};
use entity::{
    criterion,
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
    domain::criteria::Rule,
    http::{Csv, Line, Patch, Prose, Short, SortBy, Sorts, given, line, prose, short},
};

const LAST_POSITION: i32 = 10_000;

/// A criterion (tiêu chí): a node of a criteria set; only leaves carry points
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Criterion {
    pub id: Uuid,
    pub criteria_set_id: Uuid,
    /// The criterion it is part of; null for a section
    #[schema(required = true)]
    pub parent_id: Option<Uuid>,
    /// Order among its siblings
    #[schema(minimum = 1, example = 1)]
    pub position: i32,
    /// Unique in the set
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
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<criterion::Model> for Criterion {
    fn from(row: criterion::Model) -> Self {
        let criterion::Model {
            id,
            criteria_set_id,
            parent_id,
            position,
            code,
            name,
            name_en,
            max_points,
            method,
            parameters,
            guidance,
            evidence_required,
            certainty,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            criteria_set_id,
            parent_id,
            position,
            code,
            name,
            name_en,
            max_points,
            method,
            parameters,
            guidance,
            evidence_required,
            certainty,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new criterion of a draft set
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "criteria_set_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "code": "I", "name": "Phát triển kinh tế - xã hội",
    "max_points": 600,
}))]
pub(super) struct NewCriterion {
    pub criteria_set_id: Uuid,
    /// The criterion it becomes part of; without one it is a section
    pub parent_id: Option<Uuid>,
    /// Order among its siblings; last unless told otherwise
    #[validate(range(min = 1, max = LAST_POSITION))]
    #[schema(minimum = 1, maximum = 10000)]
    pub position: Option<i32>,
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
    pub max_points: Option<Decimal>,
    pub method: Option<Method>,
    #[schema(value_type = Option<Rule>)]
    pub parameters: Option<Value>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub guidance: Option<String>,
    /// Whether a line is submitted only with evidence or an explanation; leaves only
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub evidence_required: bool,
    pub certainty: Option<Certainty>,
}

/// What changes of a criterion of a draft set; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "Tốc độ tăng trưởng GRDP", "max_points": 80 }))]
pub(super) struct CriterionPatch {
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub parent_id: Patch<Uuid>,
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 1, max = LAST_POSITION))]
    #[schema(value_type = i32, required = false, minimum = 1, maximum = 10000)]
    pub position: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = short))]
    #[schema(value_type = Short, required = false)]
    pub code: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name_en: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Decimal>)]
    pub max_points: Patch<Decimal>,
    #[serde(default)]
    #[schema(value_type = Option<Method>)]
    pub method: Patch<Method>,
    /// As a whole: parameters are not merged
    #[serde(default)]
    #[schema(value_type = Option<Rule>)]
    pub parameters: Patch<Value>,
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub guidance: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub evidence_required: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What criteria can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CriterionSort {
    Position,
    Code,
    CreatedAt,
}

impl SortBy for CriterionSort {
    type Entity = criterion::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Position, Order::Asc)];

    fn column(self) -> criterion::Column {
        match self {
            Self::Position => criterion::Column::Position,
            Self::Code => criterion::Column::Code,
            Self::CreatedAt => criterion::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CriterionFilter {
    /// Criteria of these sets
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub criteria_set_id: Option<Csv<Uuid>>,
    /// Criteria of the sets of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Criteria of sets in these states
    #[param(value_type = Option<Vec<CriteriaSetState>>, style = Form, explode = false)]
    pub set_state: Option<Csv<CriteriaSetState>>,
    /// Children of these criteria
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub parent_id: Option<Csv<Uuid>>,
    /// `true`: those that carry points; `false`: those that have parts
    pub leaf: Option<bool>,
    /// `true`: those that demand evidence; `false`: those that do not
    pub evidence_required: Option<bool>,
    /// Criteria with these methods
    #[param(value_type = Option<Vec<Method>>, style = Form, explode = false)]
    pub method: Option<Csv<Method>>,
    /// Part of the name or code; accents and case do not matter
    pub q: Option<String>,
    /// `position`, `code`, `created_at`, several by comma; a minus turns the order round. Default `position`
    #[param(value_type = Option<String>, example = "code", pattern = "^-?(position|code|created_at)(,-?(position|code|created_at))*$")]
    pub sort: Option<Sorts<CriterionSort>>,
}
