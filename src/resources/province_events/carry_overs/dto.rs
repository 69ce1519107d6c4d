//! Carried over cycles on the wire.

use chrono::{DateTime, Utc};
use entity::{
    carry_over,
    vocab::{CarryOverWay, MemberRole},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::carry_over::{Choice, Heir},
    http::{
        Csv, Prose, Short, SortBy, Sorts,
        brief::{CycleBrief, ProvinceBrief},
        prose, short,
    },
    problem::Problem,
};

/// The most provinces that one event ends, or lets begin.
const MOST: u64 = 100;

/// What an event of provinces meant for one cycle. It never changes
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CarryOver {
    pub id: Uuid,
    pub event_id: Uuid,
    pub cycle_id: Uuid,
    pub way: CarryOverWay,
    /// Why it was decided so
    pub reason: String,
    /// The successors that joined the cycle, and what each took over; empty unless `way` is `carry_over`
    pub heirs: Vec<Inheritance>,
    pub created_at: DateTime<Utc>,
}

/// A successor that joined a cycle, and what it took over from whom
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Inheritance {
    /// The successor
    pub province_id: Uuid,
    pub role: MemberRole,
    /// 1, 2, …; null unless `role` is `deputy`
    #[schema(required = true)]
    pub deputy_rank: Option<i32>,
    /// Whose pledge became its own
    #[schema(required = true)]
    pub pledge_from: Option<Uuid>,
    /// Whose targets stand in its pledge now
    pub targets_from: Vec<Uuid>,
    /// How many targets moved into the pledge from others
    #[schema(minimum = 0)]
    pub targets_moved: usize,
    /// Whose scorecard became its own
    #[schema(required = true)]
    pub scorecard_from: Option<Uuid>,
    /// Whose open recommendations became its own
    pub recommendations_from: Vec<Uuid>,
    /// How many recommendations that were
    #[schema(minimum = 0)]
    pub recommendations_moved: usize,
}

impl TryFrom<carry_over::Model> for CarryOver {
    type Error = Problem;

    fn try_from(row: carry_over::Model) -> Result<Self, Problem> {
        let carry_over::Model { id, event_id, cycle_id, way, reason, heirs, created_at } = row;
        let heirs = serde_json::from_value(heirs).map_err(Problem::internal)?;
        Ok(Self { id, event_id, cycle_id, way, reason, heirs, created_at })
    }
}

/// What becomes of one cycle that the event touches
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::resources::province_events) struct CycleChoice {
    pub cycle_id: Uuid,
    pub way: CarryOverWay,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// The successors that join the cycle, and what each takes over; with `way` = `carry_over` only. The first that is named
    /// takes the strongest role among those that end
    #[serde(default)]
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 100)]
    pub heirs: Vec<NewHeir>,
    /// The member that becomes deputy where no deputy is left
    pub deputy_id: Option<Uuid>,
}

/// A successor that joins a cycle, and what it takes over from whom
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::resources::province_events) struct NewHeir {
    /// The code that the event gives the successor
    #[validate(custom(function = short))]
    #[schema(value_type = Short, example = "15")]
    pub successor_code: String,
    /// Whose pledge becomes its own, with its targets; null: it begins without one
    pub pledge_from: Option<Uuid>,
    /// Whose targets move into the inherited pledge
    #[serde(default)]
    #[validate(length(max = MOST))]
    #[schema(max_items = 100)]
    pub targets_from: Vec<Uuid>,
    /// Whose scorecard becomes its own: these scores stand; null: it begins with a blank one, where sheets are open
    pub scorecard_from: Option<Uuid>,
    /// Whose open recommendations become its own
    #[serde(default)]
    #[validate(length(max = MOST))]
    #[schema(max_items = 100)]
    pub recommendations_from: Vec<Uuid>,
}

/// A cycle is carried over
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "event_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "reason": "Hợp nhất tỉnh Yên Bái và tỉnh Lào Cai từ ngày 01/7/2025",
    "heirs": [{
        "successor_code": "15", "pledge_from": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
        "scorecard_from": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
        "recommendations_from": ["01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e"],
    }],
}))]
pub(super) struct NewCarryOver {
    /// The event that ended members of the cycle
    pub event_id: Uuid,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// The successors that join the cycle, and what each takes over. The first that is named takes the strongest role among
    /// those that ended
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 100)]
    pub heirs: Vec<NewHeir>,
    /// The member that becomes deputy where no deputy is left
    pub deputy_id: Option<Uuid>,
}

impl From<&CycleChoice> for Choice {
    fn from(new: &CycleChoice) -> Self {
        Self {
            cycle_id: new.cycle_id,
            way: new.way,
            heirs: new.heirs.iter().map(Heir::from).collect(),
            deputy_id: new.deputy_id,
        }
    }
}

impl From<&NewHeir> for Heir {
    fn from(new: &NewHeir) -> Self {
        Self {
            successor_code: new.successor_code.clone(),
            pledge_from: new.pledge_from,
            targets_from: new.targets_from.clone(),
            scorecard_from: new.scorecard_from,
            recommendations_from: new.recommendations_from.clone(),
        }
    }
}

/// A cycle that an event touches, and what the decision would do
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::resources::province_events) struct TouchedCycle {
    pub cycle: CycleBrief,
    /// What can be decided; none where the cycle stands as it is
    pub ways: Vec<CarryOverWay>,
    /// What the request decides; null while it decides nothing
    #[schema(required = true)]
    pub way: Option<CarryOverWay>,
    /// The members that end, with what hangs on them
    pub ending: Vec<EndingMember>,
    /// The successors that would join
    pub joining: Vec<JoiningMember>,
    /// The members that stay and would get another role or rank
    pub promoted: Vec<PromotedMember>,
}

/// A member of a cycle that ends, with what hangs on it
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::resources::province_events) struct EndingMember {
    pub province: ProvinceBrief,
    pub role: MemberRole,
    /// 1, 2, …; null unless `role` is `deputy`
    #[schema(required = true)]
    pub deputy_rank: Option<i32>,
    /// Its pledge in the cycle
    #[schema(required = true)]
    pub pledge_id: Option<Uuid>,
    /// How many targets stand in it
    #[schema(minimum = 0)]
    pub targets: u64,
    /// Its scorecard in the cycle
    #[schema(required = true)]
    pub scorecard_id: Option<Uuid>,
    /// How many of its recommendations are open
    #[schema(minimum = 0)]
    pub open_recommendations: u64,
}

/// A successor that would join a cycle
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::resources::province_events) struct JoiningMember {
    /// The code that the event gives it
    #[schema(example = "15")]
    pub successor_code: String,
    pub role: MemberRole,
    /// 1, 2, …; null unless `role` is `deputy`
    #[schema(required = true)]
    pub deputy_rank: Option<i32>,
    /// The pledge that would become its own
    #[schema(required = true)]
    pub pledge_id: Option<Uuid>,
    /// How many targets it would have
    #[schema(minimum = 0)]
    pub targets: u64,
    /// The scorecard that would become its own
    #[schema(required = true)]
    pub scorecard_id: Option<Uuid>,
    /// How many open recommendations would become its own
    #[schema(minimum = 0)]
    pub open_recommendations: u64,
}

/// A member that would get another role or rank
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::resources::province_events) struct PromotedMember {
    pub membership_id: Uuid,
    /// Name of the province
    #[schema(example = "Hòa Bình")]
    pub name: String,
    pub role: MemberRole,
    /// 1, 2, …; null unless `role` is `deputy`
    #[schema(required = true)]
    pub deputy_rank: Option<i32>,
}

/// What carried over cycles can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CarryOverSort {
    CreatedAt,
}

impl SortBy for CarryOverSort {
    type Entity = carry_over::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> carry_over::Column {
        match self {
            Self::CreatedAt => carry_over::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CarryOverFilter {
    /// What these events meant
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub event_id: Option<Csv<Uuid>>,
    /// What was decided for these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Cycles of which this became
    #[param(value_type = Option<Vec<CarryOverWay>>, style = Form, explode = false)]
    pub way: Option<Csv<CarryOverWay>>,
    /// `created_at`; a minus turns the order round; the latest first where nothing is said
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<CarryOverSort>>,
}
