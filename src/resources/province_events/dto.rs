//! Events of provinces on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    province_event,
    vocab::{ProvinceEventKind, ProvinceKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::carry_overs::{CycleChoice, PastResults, TouchedCycle};
use crate::{
    domain::province,
    http::{Csv, Line, Prose, Short, SortBy, Sorts, brief::ProvinceBrief, line, prose, short},
    problem::ProblemBlocker,
};

/// The most provinces that one event ends, or lets begin.
const MOST: u64 = 100;

/// What happened to provinces on one day: a merger, a split, another name, kind or code. It never changes
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvinceEvent {
    pub id: Uuid,
    pub kind: ProvinceEventKind,
    /// The first day of the successors; the day before is the last of the predecessors
    #[schema(example = "2025-07-01")]
    pub effective_on: NaiveDate,
    #[schema(required = true, example = "Nghị quyết 202/2025/QH15")]
    pub legal_act: Option<String>,
    #[schema(required = true)]
    pub note: Option<String>,
    /// Which provinces ended
    pub predecessors: Vec<ProvinceBrief>,
    /// Which provinces began; each follows each of the predecessors
    pub successors: Vec<ProvinceBrief>,
    pub created_at: DateTime<Utc>,
}

impl ProvinceEvent {
    pub(super) fn of(
        row: province_event::Model,
        predecessors: Vec<ProvinceBrief>,
        successors: Vec<ProvinceBrief>,
    ) -> Self {
        let province_event::Model { id, kind, effective_on, legal_act, note, created_at } = row;
        Self { id, kind, effective_on, legal_act, note, predecessors, successors, created_at }
    }
}

/// An event to enter
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "merger", "effective_on": "2025-07-01", "legal_act": "Nghị quyết 202/2025/QH15",
    "predecessor_ids": ["01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e"],
    "successors": [{ "code": "15", "name": "Lào Cai", "name_en": "Lao Cai", "kind": "province" }],
}))]
pub(super) struct NewProvinceEvent {
    pub kind: ProvinceEventKind,
    /// The first day of the successors
    pub effective_on: NaiveDate,
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub legal_act: Option<String>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Option<String>,
    /// Which provinces end: several in a merger, else one
    #[validate(length(max = MOST))]
    #[schema(max_items = 100)]
    pub predecessor_ids: Vec<Uuid>,
    /// Which provinces begin: several in a split, else one
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 100)]
    pub successors: Vec<NewProvince>,
    /// What becomes of the cycles that are open and have a member that ends: see `POST /province-events/preview`
    #[serde(default)]
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 100)]
    pub cycles: Vec<CycleChoice>,
}

/// What an event would do: a dry run
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvinceEventPreview {
    /// The last day of the predecessors
    #[schema(example = "2025-06-30")]
    pub last_day: NaiveDate,
    pub predecessors: Vec<ProvinceBrief>,
    pub successors: Vec<NewProvince>,
    /// The open cycles that it touches, and what the decisions of the request would do
    pub cycles: Vec<TouchedCycle>,
    /// Accounts of officers and appraisers of the predecessors: an administrator gives them their new province
    #[schema(minimum = 0)]
    pub accounts: u64,
    /// What stays as it is
    pub past: PastResults,
    /// Whether the same request would be entered
    pub ready: bool,
    /// What stands in its way
    pub blockers: Vec<ProblemBlocker>,
}

/// A province as an event announces it
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProvince {
    /// Two digits, free from the day on
    #[validate(custom(function = short))]
    #[schema(value_type = Short, example = "15")]
    pub code: String,
    /// Name in Vietnamese
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Name in English
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name_en: String,
    pub kind: ProvinceKind,
}

impl From<&NewProvinceEvent> for province::Event {
    fn from(new: &NewProvinceEvent) -> Self {
        let successor = |new: &NewProvince| province::Successor {
            code: new.code.clone(),
            name: new.name.clone(),
            name_en: new.name_en.clone(),
            kind: new.kind,
        };
        Self {
            kind: new.kind,
            effective_on: new.effective_on,
            predecessors: new.predecessor_ids.clone(),
            successors: new.successors.iter().map(successor).collect(),
        }
    }
}

/// What events of provinces can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ProvinceEventSort {
    EffectiveOn,
    CreatedAt,
}

impl SortBy for ProvinceEventSort {
    type Entity = province_event::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::EffectiveOn, Order::Desc)];

    fn column(self) -> province_event::Column {
        match self {
            Self::EffectiveOn => province_event::Column::EffectiveOn,
            Self::CreatedAt => province_event::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProvinceEventFilter {
    /// Events of these kinds
    #[param(value_type = Option<Vec<ProvinceEventKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ProvinceEventKind>>,
    /// Events on this day or later
    #[param(example = "2025-01-01")]
    pub effective_on_from: Option<NaiveDate>,
    /// Events on this day or earlier
    #[param(example = "2025-12-31")]
    pub effective_on_to: Option<NaiveDate>,
    /// Events in which this province ended or began
    pub province_id: Option<Uuid>,
    /// `effective_on`, `created_at`, several by comma; a minus turns the order round; the latest first where nothing is
    /// said
    #[param(value_type = Option<String>, example = "-effective_on", pattern = "^-?(effective_on|created_at)(,-?(effective_on|created_at))*$")]
    pub sort: Option<Sorts<ProvinceEventSort>>,
}
