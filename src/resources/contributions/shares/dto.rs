//! Shares of contributions on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{contribution_share, vocab::Certainty};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::contribution::MOST_VND,
    http::{Csv, Line, Patch, SortBy, Sorts, brief::ProvinceBrief, given, line},
};

/// What one member gives of a contribution
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ContributionShare {
    pub id: Uuid,
    pub contribution_id: Uuid,
    /// The member that gives it
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// VND; 0 where it gives goods of which nobody says what they are worth
    #[schema(minimum = 0, maximum = 100_000_000_000_000_i64, example = 50_000_000)]
    pub pledged_amount: i64,
    /// VND, as far as it was handed over; never more than pledged
    #[schema(minimum = 0, maximum = 100_000_000_000_000_i64, example = 50_000_000)]
    pub paid_amount: i64,
    /// The day of the last payment, or on which the goods were handed over; null as long as nothing was
    #[schema(required = true)]
    pub paid_on: Option<NaiveDate>,
    /// Which goods, in words; null where it is money
    #[schema(required = true, example = "2 tấn gạo")]
    pub goods: Option<String>,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<contribution_share::Model> for ContributionShare {
    fn from(row: contribution_share::Model) -> Self {
        let contribution_share::Model {
            id,
            contribution_id,
            province_id,
            pledged_amount,
            paid_amount,
            paid_on,
            goods,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            contribution_id,
            province_id,
            province: None,
            pledged_amount,
            paid_amount,
            paid_on,
            goods,
            certainty,
            version,
            created_at,
            updated_at,
        }
    }
}

/// What a member pledges of a contribution, and what it has paid already
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "contribution_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "pledged_amount": 50_000_000,
}))]
pub(super) struct NewContributionShare {
    pub contribution_id: Uuid,
    /// The member that gives it
    pub province_id: Uuid,
    /// VND; 0 where it gives goods of which nobody says what they are worth
    #[validate(range(min = 0, max = MOST_VND))]
    #[schema(minimum = 0, maximum = 100_000_000_000_000_i64)]
    pub pledged_amount: i64,
    /// VND, at most what is pledged
    #[serde(default)]
    #[validate(range(min = 0, max = MOST_VND))]
    #[schema(required = false, default = 0, minimum = 0, maximum = 100_000_000_000_000_i64)]
    pub paid_amount: i64,
    /// The day of the payment, not in the future (in Vietnam); needed where something was paid
    pub paid_on: Option<NaiveDate>,
    /// Which goods, in words; only of a contribution of goods
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub goods: Option<String>,
    /// How well it is known; `verified` unless said
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What changes of a share; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "paid_amount": 50_000_000, "paid_on": "2024-03-15" }))]
pub(super) struct ContributionSharePatch {
    /// VND
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 0, max = MOST_VND))]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 100_000_000_000_000_i64)]
    pub pledged_amount: Option<i64>,
    /// VND, at most what is pledged
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 0, max = MOST_VND))]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 100_000_000_000_000_i64)]
    pub paid_amount: Option<i64>,
    /// The day of the payment, not in the future (in Vietnam); null takes it away
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub paid_on: Patch<NaiveDate>,
    /// Which goods, in words; null takes them away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub goods: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What shares can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContributionShareSort {
    PledgedAmount,
    CreatedAt,
}

impl SortBy for ContributionShareSort {
    type Entity = contribution_share::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> contribution_share::Column {
        match self {
            Self::PledgedAmount => contribution_share::Column::PledgedAmount,
            Self::CreatedAt => contribution_share::Column::CreatedAt,
        }
    }
}

/// What a share can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContributionShareExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ContributionShareFilter {
    /// Of these contributions, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub contribution_id: Option<Csv<Uuid>>,
    /// Of these members, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<ContributionShareExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<ContributionShareExpand>>,
    /// `pledged_amount`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "-pledged_amount", pattern = "^-?(pledged_amount|created_at)(,-?(pledged_amount|created_at))*$")]
    pub sort: Option<Sorts<ContributionShareSort>>,
}
