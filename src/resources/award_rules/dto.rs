//! Award rules on the wire.

use chrono::{DateTime, Utc};
use entity::{award_rule, decimal::Decimal, vocab::QuotaTies};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, Prose, SortBy, Sorts, given, line, prose};

/// Ranks and quotas: no cluster has more members.
const MOST: i32 = 1000;

/// A rule of a cycle: which award goes to which ranks, class or total
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AwardRule {
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub award_type_id: Uuid,
    /// The best rank it is for; null where the first
    #[schema(required = true, minimum = 1, example = 1)]
    pub place_from: Option<i32>,
    /// The last rank it is for; null where any
    #[schema(required = true, minimum = 1, example = 1)]
    pub place_to: Option<i32>,
    /// The Vietnamese name of the class it is for; null where any
    #[schema(required = true, example = "Hoàn thành xuất sắc nhiệm vụ")]
    pub classification: Option<String>,
    /// The least total; null where any
    #[schema(required = true, example = 900)]
    pub min_total: Option<Decimal>,
    /// The most provinces it proposes; null where any number
    #[schema(required = true, minimum = 1, example = 1)]
    pub quota: Option<i32>,
    pub ties: QuotaTies,
    /// Whether the members must have carried a ballot before its dossier is complete
    pub ballot_required: bool,
    /// What nominations give as their reason
    #[schema(example = "Đơn vị dẫn đầu Cụm thi đua")]
    pub reason: String,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<award_rule::Model> for AwardRule {
    fn from(row: award_rule::Model) -> Self {
        let award_rule::Model {
            id,
            cycle_id,
            award_type_id,
            place_from,
            place_to,
            classification,
            min_total,
            quota,
            ties,
            ballot_required,
            reason,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            award_type_id,
            place_from,
            place_to,
            classification,
            min_total,
            quota,
            ties,
            ballot_required,
            reason,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new rule; every condition that is given must be met
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f",
    "place_from": 1, "place_to": 1, "ties": "all", "ballot_required": true, "reason": "Đơn vị dẫn đầu Cụm thi đua",
}))]
pub(super) struct NewAwardRule {
    pub cycle_id: Uuid,
    /// An award that is given to collectives; a cycle has one rule for each
    pub award_type_id: Uuid,
    /// The best rank it is for
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 1000)]
    pub place_from: Option<i32>,
    /// The last rank it is for, not before `place_from`
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 1000)]
    pub place_to: Option<i32>,
    /// The Vietnamese name of a class
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub classification: Option<String>,
    /// The least total
    #[schema(minimum = 0)]
    pub min_total: Option<Decimal>,
    /// The most provinces it proposes
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 1000)]
    pub quota: Option<i32>,
    pub ties: QuotaTies,
    /// Whether the members must vote before its dossier is complete
    pub ballot_required: bool,
    /// What nominations give as their reason
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What changes of a rule; an absent member stays as it is, and null takes a condition away
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "quota": 2, "ties": "none" }))]
pub(super) struct AwardRulePatch {
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, required = false, minimum = 1, maximum = 1000)]
    pub place_from: Patch<i32>,
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, required = false, minimum = 1, maximum = 1000)]
    pub place_to: Patch<i32>,
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>, required = false)]
    pub classification: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<Decimal>, required = false)]
    pub min_total: Patch<Decimal>,
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, required = false, minimum = 1, maximum = 1000)]
    pub quota: Patch<i32>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = QuotaTies, required = false)]
    pub ties: Option<QuotaTies>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub ballot_required: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub reason: Option<String>,
}

/// What award rules can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AwardRuleSort {
    CreatedAt,
}

impl SortBy for AwardRuleSort {
    type Entity = award_rule::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> award_rule::Column {
        match self {
            Self::CreatedAt => award_rule::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AwardRuleFilter {
    /// Of these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// For these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<AwardRuleSort>>,
}
