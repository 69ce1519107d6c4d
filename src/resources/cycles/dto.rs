//! Cycles on the wire.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use entity::{
    cycle,
    vocab::{Certainty, CycleState, Stage},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    http::{AllowedAction, Csv, Line, Prose, SortBy, Sorts, brief::ClusterBrief, given, line, prose},
    problem::ProblemBlocker,
};

const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 2100;
/// Every member of the largest cluster scored by every other one.
const MOST_PEERS: u64 = 4000;
/// One due date a stage.
const MOST_DUE_DATES: usize = 7;

/// A cycle (năm thi đua): one cluster in one year
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Cycle {
    pub id: Uuid,
    pub cluster: ClusterBrief,
    #[schema(example = 2023)]
    pub year: i32,
    #[schema(example = "Năm thi đua 2023")]
    pub title: String,
    pub state: CycleState,
    /// The state it was in when it was interrupted
    #[schema(required = true)]
    pub interrupted_from: Option<CycleState>,
    /// Why it was interrupted, resumed or reopened
    #[schema(required = true)]
    pub state_reason: Option<String>,
    /// When each stage is due, with the offset it was given in
    pub due_dates: Vec<DueDate>,
    /// Day, in Vietnam, of the year-end conference that approved the ranking; null until it is published
    #[schema(required = true)]
    pub conference_on: Option<NaiveDate>,
    /// Place of that conference; null until the ranking is published
    #[schema(required = true, example = "Bắc Kạn")]
    pub conference_place: Option<String>,
    #[schema(required = true)]
    pub launched_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub finalized_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub published_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub closed_at: Option<DateTime<Utc>>,
    /// How well it is known that this cycle was held with these members
    pub certainty: Certainty,
    /// What the caller may do with it now; on a single cycle only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allowed_actions: Option<Vec<AllowedAction>>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// When a stage of a cycle is due
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DueDate {
    pub stage: Stage,
    /// The last moment in time, with its offset; what comes later is late
    #[schema(value_type = String, format = DateTime, example = "2024-01-05T17:00:00+07:00")]
    pub due_at: DateTime<FixedOffset>,
    /// The last moment at all, not before `due_at`; without it nothing is refused for being late
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2024-01-10T17:00:00+07:00")]
    pub hard_due_at: Option<DateTime<FixedOffset>>,
}

/// Which member scores whose sheet crosswise
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "peers": [{
    "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "peer_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
}]}))]
pub(super) struct PeerPlan {
    #[validate(length(max = MOST_PEERS))]
    #[schema(max_items = 4000)]
    pub peers: Vec<PeerAssignment>,
}

/// A member that scores another one's sheet, never its own
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeerAssignment {
    /// Whose sheet is scored
    pub province_id: Uuid,
    /// Who scores it
    pub peer_id: Uuid,
}

/// A new cycle, a draft without members
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cluster_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "year": 2026, "title": "Năm thi đua 2026",
    "due_dates": [{ "stage": "self_scoring", "due_at": "2027-01-05T17:00:00+07:00" }],
}))]
pub(super) struct NewCycle {
    pub cluster_id: Uuid,
    /// The year; a cluster has one cycle a year
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    /// At most one for each stage
    #[serde(default)]
    #[validate(custom(function = one_each))]
    #[schema(max_items = 7)]
    pub due_dates: Vec<DueDate>,
}

/// What changes of a cycle; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Năm thi đua 2026" }))]
pub(super) struct CyclePatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    /// The whole list, at most one for each stage
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = one_each))]
    #[schema(value_type = Vec<DueDate>, required = false, max_items = 7)]
    pub due_dates: Option<Vec<DueDate>>,
}

fn one_each(dates: &[DueDate]) -> Result<(), ValidationError> {
    let twice = dates.iter().enumerate().any(|(at, one)| dates.iter().take(at).any(|other| other.stage == one.stage));
    if dates.iter().any(|one| one.hard_due_at.is_some_and(|hard| hard < one.due_at)) {
        return Err(ValidationError::new("before_due"));
    }
    if twice || dates.len() > MOST_DUE_DATES { Err(ValidationError::new("duplicate")) } else { Ok(()) }
}

/// Why a step that leaves the straight way is taken
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Sáp nhập tỉnh từ ngày 01/7/2025" }))]
pub(super) struct CycleReason {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Whether a cycle is ready for its next step
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Readiness {
    /// The next step on the straight way; null when there is none
    #[schema(required = true, example = "launch")]
    pub step: Option<&'static str>,
    /// Whether nothing stands in its way
    pub ready: bool,
    /// What stands in its way: the same list with which the step is refused
    pub blockers: Vec<ProblemBlocker>,
}

/// What cycles can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CycleSort {
    Year,
    CreatedAt,
}

impl SortBy for CycleSort {
    type Entity = cycle::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Year, Order::Desc)];

    fn column(self) -> cycle::Column {
        match self {
            Self::Year => cycle::Column::Year,
            Self::CreatedAt => cycle::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CycleFilter {
    /// Cycles of these clusters
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// Cycles in which this province is a member
    pub province_id: Option<Uuid>,
    /// Cycles of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Cycles in these states
    #[param(value_type = Option<Vec<CycleState>>, style = Form, explode = false)]
    pub state: Option<Csv<CycleState>>,
    /// `year`, `created_at`, several by comma; a minus turns the order round. Default `-year`
    #[param(value_type = Option<String>, example = "-year", pattern = "^-?(year|created_at)(,-?(year|created_at))*$")]
    pub sort: Option<Sorts<CycleSort>>,
}
