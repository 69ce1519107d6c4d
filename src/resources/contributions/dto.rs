//! Contributions on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    contribution,
    vocab::{Certainty, ContributionForm},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::shares::ContributionShare;
use crate::{
    domain::contribution::{MOST_VND, Totals},
    http::{Csv, Line, Patch, Prose, SortBy, Sorts, brief::ProvinceBrief, given, line, prose},
};

/// What the cluster of a cycle gives to somebody in need (hỗ trợ an sinh xã hội): money or goods
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contribution {
    pub id: Uuid,
    pub cycle_id: Uuid,
    #[schema(example = "Hỗ trợ xây nhà cho gia đình chính sách")]
    pub purpose: String,
    /// To whom it is given, in words
    #[schema(example = "Gia đình chính sách tỉnh Bắc Kạn")]
    pub beneficiary: String,
    /// The province in which it is given, as a rule the host of a conference
    pub host_province_id: Uuid,
    /// With `expand=host_province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_province: Option<ProvinceBrief>,
    pub form: ContributionForm,
    /// VND in all, as it was announced; null where no amount was
    #[schema(required = true, minimum = 1, maximum = 100_000_000_000_000_i64, example = 350_000_000)]
    pub announced_amount: Option<i64>,
    /// Which goods, in words; null where it is money
    #[schema(required = true)]
    pub goods: Option<String>,
    #[schema(example = "2024-03-01")]
    pub decided_on: NaiveDate,
    #[schema(required = true)]
    pub note: Option<String>,
    pub certainty: Certainty,
    /// What the members give, in the order in which it was recorded
    pub shares: Vec<ContributionShare>,
    pub totals: ContributionTotals,
    /// Grows by one on every change of the contribution itself; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What a contribution comes to, in VND: `paid_total + outstanding = pledged_total`
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ContributionTotals {
    /// As it was announced; null where no amount was
    #[schema(required = true, minimum = 1, example = 350_000_000)]
    pub announced: Option<i64>,
    /// What the shares come to
    #[schema(minimum = 0, example = 350_000_000)]
    pub pledged_total: i64,
    /// What was paid of them
    #[schema(minimum = 0, example = 300_000_000)]
    pub paid_total: i64,
    /// What was pledged and is not paid yet
    #[schema(minimum = 0, example = 50_000_000)]
    pub outstanding: i64,
}

impl Contribution {
    pub(super) fn new(row: contribution::Model, shares: Vec<ContributionShare>, totals: Totals) -> Self {
        let contribution::Model {
            id,
            cycle_id,
            purpose,
            beneficiary,
            host_province_id,
            form,
            announced_amount,
            goods,
            decided_on,
            note,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        let Totals { pledged, paid, outstanding } = totals;
        let totals =
            ContributionTotals { announced: announced_amount, pledged_total: pledged, paid_total: paid, outstanding };
        Self {
            id,
            cycle_id,
            purpose,
            beneficiary,
            host_province_id,
            host_province: None,
            form,
            announced_amount,
            goods,
            decided_on,
            note,
            certainty,
            shares,
            totals,
            version,
            created_at,
            updated_at,
        }
    }
}

/// What a cluster gives
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "purpose": "Hỗ trợ xây nhà cho gia đình chính sách",
    "beneficiary": "Gia đình chính sách tỉnh Bắc Kạn", "host_province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "form": "money", "announced_amount": 350_000_000, "decided_on": "2024-03-01",
}))]
pub(super) struct NewContribution {
    pub cycle_id: Uuid,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub purpose: String,
    /// To whom it is given, in words
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub beneficiary: String,
    /// The province in which it is given, of whatever cluster
    pub host_province_id: Uuid,
    pub form: ContributionForm,
    /// VND in all, as it was announced
    #[validate(range(min = 1, max = MOST_VND))]
    #[schema(minimum = 1, maximum = 100_000_000_000_000_i64)]
    pub announced_amount: Option<i64>,
    /// Which goods, in words: needed for goods, not taken for money
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub goods: Option<String>,
    /// From the year 2000 on, not in the future (in Vietnam)
    pub decided_on: NaiveDate,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Option<String>,
    /// How well it is known; `verified` unless said
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What changes of a contribution; an absent member stays as it is. Cycle and form never change
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "announced_amount": 400_000_000, "note": null }))]
pub(super) struct ContributionPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub purpose: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub beneficiary: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Uuid, required = false)]
    pub host_province_id: Option<Uuid>,
    /// VND in all, as it was announced; null takes it away
    #[serde(default)]
    #[validate(range(min = 1, max = MOST_VND))]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 100_000_000_000_000_i64)]
    pub announced_amount: Patch<i64>,
    /// Which goods, in words; only of goods
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub goods: Patch<String>,
    /// From the year 2000 on, not in the future (in Vietnam)
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub decided_on: Option<NaiveDate>,
    /// Null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What contributions can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContributionSort {
    DecidedOn,
    CreatedAt,
}

impl SortBy for ContributionSort {
    type Entity = contribution::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::DecidedOn, Order::Desc)];

    fn column(self) -> contribution::Column {
        match self {
            Self::DecidedOn => contribution::Column::DecidedOn,
            Self::CreatedAt => contribution::Column::CreatedAt,
        }
    }
}

/// What a contribution can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContributionExpand {
    HostProvince,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ContributionFilter {
    /// Of these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Given in these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub host_province_id: Option<Csv<Uuid>>,
    /// Of these forms, by comma
    #[param(value_type = Option<Vec<ContributionForm>>, style = Form, explode = false)]
    pub form: Option<Csv<ContributionForm>>,
    /// Of cycles of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Related things to embed: `host_province`
    #[param(value_type = Option<Vec<ContributionExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<ContributionExpand>>,
    /// `decided_on`, `created_at`, several by comma; a minus turns the order round. The latest first where nothing is said
    #[param(value_type = Option<String>, example = "-decided_on", pattern = "^-?(decided_on|created_at)(,-?(decided_on|created_at))*$")]
    pub sort: Option<Sorts<ContributionSort>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ContributionQuery {
    /// Related things to embed: `host_province`
    #[param(value_type = Option<Vec<ContributionExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<ContributionExpand>>,
}
