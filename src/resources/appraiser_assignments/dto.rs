//! Appraiser assignments on the wire.

use chrono::{DateTime, Utc};
use entity::appraiser_assignment;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::http::{Csv, Short, SortBy, Sorts, given, short};

/// Sections an assignment can name.
const MOST_SECTIONS: u64 = 50;

/// An appraiser who scores the sheets of a cycle, never that of the own province, nor one from which they stand aside
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AppraiserAssignment {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The appraiser's account
    pub user_id: Uuid,
    /// The codes of the sections they score; all sections where there are none
    #[schema(value_type = Vec<Short>, example = json!(["I", "III"]))]
    pub sections: Value,
    /// Whether their opinion counts where `scoring_rules.appraisal` is `lead`
    pub lead: bool,
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl From<appraiser_assignment::Model> for AppraiserAssignment {
    fn from(row: appraiser_assignment::Model) -> Self {
        let appraiser_assignment::Model { id, cycle_id, user_id, sections, lead, version, created_at } = row;
        Self { id, cycle_id, user_id, sections, lead, version, created_at }
    }
}

/// An appraiser is assigned to a cycle
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "user_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "sections": ["I", "III"], "lead": true,
}))]
pub(super) struct NewAppraiserAssignment {
    pub cycle_id: Uuid,
    /// An enabled account with the role `appraiser`
    pub user_id: Uuid,
    /// The codes of the sections they score; all sections when empty or left out
    #[serde(default)]
    #[validate(length(max = MOST_SECTIONS), custom(function = codes))]
    #[schema(value_type = Vec<Short>, required = false, max_items = 50)]
    pub sections: Vec<String>,
    /// Whether their opinion counts where `scoring_rules.appraisal` is `lead`; not unless told
    #[serde(default)]
    #[schema(required = false)]
    pub lead: bool,
}

/// What an appraiser scores
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "sections": ["I"], "lead": false }))]
pub(super) struct AppraiserAssignmentPatch {
    /// Replaces the sections as a whole; all of them when empty
    #[serde(default, deserialize_with = "given")]
    #[validate(length(max = MOST_SECTIONS), custom(function = codes))]
    #[schema(value_type = Vec<Short>, required = false, max_items = 50)]
    pub sections: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub lead: Option<bool>,
}

/// Short texts, none of them twice.
fn codes(sections: &[String]) -> Result<(), ValidationError> {
    sections.iter().try_for_each(short)?;
    let twice = sections.iter().enumerate().any(|(index, code)| sections.iter().take(index).any(|other| other == code));
    if twice { Err(ValidationError::new("duplicate")) } else { Ok(()) }
}

/// What assignments can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssignmentSort {
    CreatedAt,
}

impl SortBy for AssignmentSort {
    type Entity = appraiser_assignment::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> appraiser_assignment::Column {
        match self {
            Self::CreatedAt => appraiser_assignment::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AssignmentFilter {
    /// Assignments to these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Assignments of these appraisers
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub user_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<AssignmentSort>>,
}
