//! Scorecards on the wire, and how they are asked for.

use chrono::{DateTime, Utc};
use entity::{scorecard, vocab::ScorecardState};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::Score;
use crate::http::{
    AllowedAction, Csv, SortBy, Sorts,
    brief::{CycleBrief, ProvinceBrief},
};

/// A scorecard (phiếu chấm điểm): a province's sheet in a cycle
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Scorecard {
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

/// What scorecards can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScorecardSort {
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
pub(crate) enum ScorecardExpand {
    Province,
    Cycle,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ScorecardFilter {
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
