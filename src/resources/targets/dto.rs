//! Targets on the wire.

use chrono::{DateTime, Utc};
use entity::{
    decimal::Decimal,
    pledge, target,
    vocab::{Certainty, Direction, PledgeState, TargetOutcome},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::View;
use crate::{
    domain::target::outcome,
    http::{Csv, Line, Patch, Short, SortBy, Sorts, given, line, short},
};

/// A measurable promise inside a pledge (chỉ tiêu đăng ký)
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Target {
    pub id: Uuid,
    /// The pledge it belongs to
    pub pledge_id: Uuid,
    /// Where it stands in the pledge
    #[schema(minimum = 1, example = 1)]
    pub position: i32,
    #[schema(example = "Tỷ lệ che phủ rừng")]
    pub name: String,
    /// Unit of the figures
    #[schema(example = "%")]
    pub unit: String,
    pub direction: Direction,
    /// The figure of the year before
    #[schema(required = true)]
    pub baseline: Option<Decimal>,
    /// The figure promised
    pub target: Decimal,
    /// The figure reached; 0 is a figure, null is none
    #[schema(required = true)]
    pub actual: Option<Decimal>,
    /// Where the actual figure comes from
    #[schema(required = true)]
    pub source: Option<String>,
    /// Derived from `direction`, `target` and `actual`
    pub outcome: TargetOutcome,
    pub certainty: Certainty,
    /// The pledge; only with `expand=pledge`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pledge: Option<PledgeBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<View> for Target {
    fn from(View { target, pledge }: View) -> Self {
        let target::Model {
            id,
            pledge_id,
            position,
            name,
            unit,
            direction,
            baseline,
            target_value,
            actual,
            source,
            certainty,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = target;
        Self {
            id,
            pledge_id,
            position,
            name,
            unit,
            direction,
            baseline,
            target: target_value,
            actual,
            source,
            outcome: outcome(direction, target_value, actual),
            certainty,
            pledge: pledge.map(PledgeBrief::from),
            version,
            created_at,
            updated_at,
        }
    }
}

/// A pledge in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PledgeBrief {
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub state: PledgeState,
}

impl From<pledge::Model> for PledgeBrief {
    fn from(row: pledge::Model) -> Self {
        Self { id: row.id, cycle_id: row.cycle_id, province_id: row.province_id, state: row.state }
    }
}

/// A new target
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "pledge_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "name": "Tỷ lệ che phủ rừng", "unit": "%",
    "direction": "higher_is_better", "baseline": 62.5, "target": 63,
}))]
pub(super) struct NewTarget {
    /// The pledge it belongs to
    pub pledge_id: Uuid,
    /// Where it stands in the pledge, free as yet; at the end unless said
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub position: Option<i32>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Unit of the figures
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub unit: String,
    pub direction: Direction,
    /// The figure of the year before
    pub baseline: Option<Decimal>,
    /// The figure promised
    pub target: Decimal,
    /// How well the promise is known; `verified` unless said
    #[serde(default = "verified")]
    #[schema(required = false, default = "verified")]
    pub certainty: Certainty,
}

fn verified() -> Certainty {
    Certainty::Verified
}

/// What changes of a target; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "actual": 63.2, "source": "Báo cáo kinh tế - xã hội năm của tỉnh" }))]
pub(super) struct TargetPatch {
    /// Where it stands in the pledge, free as yet
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 1, max = 10_000))]
    #[schema(value_type = i32, required = false, minimum = 1, maximum = 10_000)]
    pub position: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    /// Unit of the figures
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = short))]
    #[schema(value_type = Short, required = false)]
    pub unit: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Direction, required = false)]
    pub direction: Option<Direction>,
    /// The figure of the year before; null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Decimal>)]
    pub baseline: Patch<Decimal>,
    /// The figure promised
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Decimal, required = false)]
    pub target: Option<Decimal>,
    /// The figure reached; 0 is a figure, null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Decimal>)]
    pub actual: Patch<Decimal>,
    /// Where the actual figure comes from; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub source: Patch<String>,
    /// How well the promise is known
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What targets can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TargetSort {
    PledgeId,
    Position,
    Name,
    CreatedAt,
}

impl SortBy for TargetSort {
    type Entity = target::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::PledgeId, Order::Asc), (Self::Position, Order::Asc)];

    fn column(self) -> target::Column {
        match self {
            Self::PledgeId => target::Column::PledgeId,
            Self::Position => target::Column::Position,
            Self::Name => target::Column::NameKey,
            Self::CreatedAt => target::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a target
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TargetExpand {
    Pledge,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TargetFilter {
    /// Part of the name; accents and case do not matter: `q=che phu rung`
    pub q: Option<String>,
    /// Only of these pledges
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub pledge_id: Option<Csv<Uuid>>,
    /// Only of pledges in these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Only of pledges of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Only with these outcomes
    #[param(value_type = Option<Vec<TargetOutcome>>, style = Form, explode = false)]
    pub outcome: Option<Csv<TargetOutcome>>,
    /// Only of these directions
    #[param(value_type = Option<Vec<Direction>>, style = Form, explode = false)]
    pub direction: Option<Csv<Direction>>,
    /// `pledge_id`, `position`, `name`, `created_at`, several by comma; a minus turns the order round. By pledge and position unless said
    #[param(value_type = Option<String>, example = "name", pattern = "^-?(pledge_id|position|name|created_at)(,-?(pledge_id|position|name|created_at))*$")]
    pub sort: Option<Sorts<TargetSort>>,
    /// `pledge`: embedded in each item
    #[param(value_type = Option<String>, example = "pledge", pattern = "^pledge$")]
    pub expand: Option<Csv<TargetExpand>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TargetQuery {
    /// `pledge`: embedded in the target
    #[param(value_type = Option<String>, example = "pledge", pattern = "^pledge$")]
    pub expand: Option<Csv<TargetExpand>>,
}
