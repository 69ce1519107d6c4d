//! Memberships on the wire.

use chrono::{DateTime, Utc};
use entity::{
    membership,
    vocab::{Certainty, MemberRole},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{
    Csv, Patch, Prose, SortBy, Sorts,
    brief::{CycleBrief, ProvinceBrief},
    given, prose,
};

const MOST_DEPUTIES: i32 = 100;

/// A membership (thành viên cụm): a province in a cycle, with its role
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Membership {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The cycle's year: in one year a province is in one cluster
    #[schema(example = 2023)]
    pub year: i32,
    pub province_id: Uuid,
    pub role: MemberRole,
    /// Rank among the deputies, 1 first; null for all others
    #[schema(required = true, minimum = 1)]
    pub deputy_rank: Option<i32>,
    /// How well the membership is known
    pub certainty: Certainty,
    /// Why the province is shown unranked; null where it is ranked
    #[schema(required = true)]
    pub excluded_reason: Option<String>,
    #[schema(required = true)]
    pub excluded_at: Option<DateTime<Utc>>,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// With `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<membership::Model> for Membership {
    fn from(row: membership::Model) -> Self {
        let membership::Model {
            id,
            cycle_id,
            year,
            province_id,
            role,
            deputy_rank,
            certainty,
            excluded_reason,
            excluded_at,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            year,
            province_id,
            role,
            deputy_rank,
            certainty,
            excluded_reason,
            excluded_at,
            province: None,
            cycle: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A province joins a cycle
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "role": "deputy", "deputy_rank": 1,
}))]
pub(super) struct NewMembership {
    pub cycle_id: Uuid,
    /// A province that exists on some day of the cycle's year
    pub province_id: Uuid,
    pub role: MemberRole,
    /// Needed of a deputy, refused of others
    #[validate(range(min = 1, max = MOST_DEPUTIES))]
    #[schema(minimum = 1, maximum = 100)]
    pub deputy_rank: Option<i32>,
    /// How well the membership is known; `verified` unless told otherwise
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What changes of a membership; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "head", "deputy_rank": null }))]
pub(super) struct MembershipPatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = MemberRole, required = false)]
    pub role: Option<MemberRole>,
    #[serde(default)]
    #[validate(range(min = 1, max = MOST_DEPUTIES))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 100)]
    pub deputy_rank: Patch<i32>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// Why a province is shown unranked
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Không gửi báo cáo tổng kết năm" }))]
pub(super) struct Exclusion {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What memberships can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MembershipSort {
    Year,
    CreatedAt,
}

impl SortBy for MembershipSort {
    type Entity = membership::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Year, Order::Desc)];

    fn column(self) -> membership::Column {
        match self {
            Self::Year => membership::Column::Year,
            Self::CreatedAt => membership::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a membership
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MembershipExpand {
    Province,
    Cycle,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MembershipFilter {
    /// Members of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Members of cycles of this cluster
    pub cluster_id: Option<Uuid>,
    /// Memberships of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Memberships in these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Memberships with these roles
    #[param(value_type = Option<Vec<MemberRole>>, style = Form, explode = false)]
    pub role: Option<Csv<MemberRole>>,
    /// What to embed: `province`, `cycle`
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = "province")]
    pub expand: Option<Csv<MembershipExpand>>,
    /// `year`, `created_at`, several by comma; a minus turns the order round. Default `-year`
    #[param(value_type = Option<String>, example = "-year", pattern = "^-?(year|created_at)(,-?(year|created_at))*$")]
    pub sort: Option<Sorts<MembershipSort>>,
}
