//! Amendments on the wire.

use chrono::{DateTime, Utc};
use entity::{
    decimal::Decimal,
    pledge, pledge_amendment, target,
    vocab::{Certainty, Direction},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::dto::in_our_time;
use crate::http::{Line, Patch, Prose, Short, SortBy, Sorts, given, line, prose, short};

/// The most targets that one amendment may change or add, and the most it may remove
const MOST: u64 = 200;

/// A recorded change of a signed pledge
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Amendment {
    pub id: Uuid,
    pub pledge_id: Uuid,
    /// 1 for the first amendment of the pledge
    #[schema(minimum = 1, example = 1)]
    pub number: i32,
    /// Why it was made
    pub reason: String,
    /// What was promised before; of the targets those that were changed or removed
    #[schema(value_type = Promise)]
    pub before: Value,
    /// What is promised since; of the targets those that were changed or added
    #[schema(value_type = Promise)]
    pub after: Value,
    pub amended_at: DateTime<Utc>,
    /// The account that made it; null where the service itself did
    #[schema(required = true)]
    pub amended_by: Option<Uuid>,
}

impl From<pledge_amendment::Model> for Amendment {
    fn from(row: pledge_amendment::Model) -> Self {
        let pledge_amendment::Model { id, pledge_id, number, reason, before, after, amended_at, amended_by } = row;
        Self { id, pledge_id, number, reason, before, after, amended_at, amended_by }
    }
}

/// What a pledge promises
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Promise {
    pub text: String,
    #[schema(required = true)]
    pub signatory_name: Option<String>,
    #[schema(required = true)]
    pub signatory_title: Option<String>,
    #[schema(required = true)]
    pub signed_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub signed_place: Option<String>,
    pub targets: Vec<TargetPromise>,
}

impl Promise {
    pub(super) fn new(pledge: &pledge::Model, targets: Vec<TargetPromise>) -> Self {
        Self {
            text: pledge.text.clone(),
            signatory_name: pledge.signatory_name.clone(),
            signatory_title: pledge.signatory_title.clone(),
            signed_at: pledge.signed_at,
            signed_place: pledge.signed_place.clone(),
            targets,
        }
    }
}

/// What a target promises: all of it but the actual figure
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct TargetPromise {
    pub id: Uuid,
    #[schema(minimum = 1)]
    pub position: i32,
    pub name: String,
    pub unit: String,
    pub direction: Direction,
    #[schema(required = true)]
    pub baseline: Option<Decimal>,
    pub target: Decimal,
    pub certainty: Certainty,
}

impl From<&target::Model> for TargetPromise {
    fn from(row: &target::Model) -> Self {
        Self {
            id: row.id,
            position: row.position,
            name: row.name.clone(),
            unit: row.unit.clone(),
            direction: row.direction,
            baseline: row.baseline,
            target: row.target_value,
            certainty: row.certainty,
        }
    }
}

/// An amendment; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "reason": "Điều chỉnh theo nghị quyết của Hội đồng nhân dân tỉnh",
    "targets": [{
        "name": "Thu ngân sách nhà nước trên địa bàn", "unit": "tỷ đồng", "direction": "higher_is_better",
        "baseline": 4500, "target": 4800.5,
    }],
}))]
pub(super) struct NewAmendment {
    /// Why it is made
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// What is pledged, in words
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub text: Option<String>,
    /// Who signs for the province
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signatory_name: Option<String>,
    /// The signatory's office
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signatory_title: Option<String>,
    /// When it was signed, with any offset; from the year 2000 on, and not in the future
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = in_our_time))]
    #[schema(value_type = DateTime<Utc>, required = false)]
    pub signed_at: Option<DateTime<Utc>>,
    /// Where it was signed
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signed_place: Option<String>,
    /// Targets that change (with `id`) or are added (without), at most 200
    #[serde(default)]
    #[validate(length(max = MOST), nested)]
    #[schema(required = false, max_items = 200)]
    pub targets: Vec<TargetChange>,
    /// Targets that are taken out of the pledge, at most 200
    #[serde(default)]
    #[validate(length(max = MOST))]
    #[schema(required = false, max_items = 200)]
    pub remove_target_ids: Vec<Uuid>,
}

/// A target that changes or is added by an amendment
///
/// With `id` an absent member stays as it is. Without, `name`, `unit`, `direction` and `target` are required.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetChange {
    /// A target of this pledge; absent for a new one
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Uuid, required = false)]
    pub id: Option<Uuid>,
    /// Where it stands in the pledge; a new one without it goes to the end
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
    /// How well the promise is known; `verified` unless said
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What amendments can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AmendmentSort {
    Number,
}

impl SortBy for AmendmentSort {
    type Entity = pledge_amendment::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Number, Order::Asc)];

    fn column(self) -> pledge_amendment::Column {
        match self {
            Self::Number => pledge_amendment::Column::Number,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AmendmentFilter {
    /// `number`; a minus turns the order round
    #[param(value_type = Option<String>, example = "-number", pattern = "^-?number$")]
    pub sort: Option<Sorts<AmendmentSort>>,
}
