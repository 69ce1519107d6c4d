//! Nominations on the wire.

use chrono::{DateTime, Utc};
use entity::{
    nomination,
    vocab::{HoldGround, NominationState},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{
    AllowedAction, Csv, Prose, SortBy, Sorts,
    brief::{AwardTypeBrief, CycleBrief, ProvinceBrief},
    given, prose,
};

/// A nomination (suy tôn, đề nghị khen thưởng): a proposal that a province receive an award
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Nomination {
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub award_type_id: Uuid,
    /// The ranking it rests on
    #[schema(required = true)]
    pub ranking_id: Option<Uuid>,
    /// The rank it rests on
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    /// Why the province deserves the award
    #[schema(example = "Xếp thứ hai của cụm năm 2023.")]
    pub reason: String,
    pub state: NominationState,
    /// Why it was put on hold, released, rejected or withdrawn
    #[schema(required = true)]
    pub state_reason: Option<String>,
    /// Where it stood before it was put on hold; null where it is not
    #[schema(required = true)]
    pub held_from: Option<NominationState>,
    /// What it waits for; null where it is not on hold
    #[schema(required = true)]
    pub hold_ground: Option<HoldGround>,
    /// When it was handed to the deciding authority
    #[schema(required = true)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was decided, rejected or withdrawn
    #[schema(required = true)]
    pub closed_at: Option<DateTime<Utc>>,
    /// The steps of its life, and whether the caller may take them now; `decide` is `POST /api/v1/awards`,
    /// `ballot` is `POST /api/v1/ballots`
    pub allowed_actions: Vec<AllowedAction>,
    /// The province, with `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The award type, with `expand=award_type`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub award_type: Option<AwardTypeBrief>,
    /// The cycle, with `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What is embedded in a nomination.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    pub province: Option<ProvinceBrief>,
    pub award_type: Option<AwardTypeBrief>,
    pub cycle: Option<CycleBrief>,
}

impl Nomination {
    pub(super) fn new(row: nomination::Model, allowed_actions: Vec<AllowedAction>, embedded: Embedded) -> Self {
        let nomination::Model {
            id,
            cycle_id,
            province_id,
            award_type_id,
            ranking_id,
            place,
            reason,
            state,
            state_reason,
            held_from,
            hold_ground,
            submitted_at,
            closed_at,
            version,
            created_at,
            updated_at,
        } = row;
        let Embedded { province, award_type, cycle } = embedded;
        Self {
            id,
            cycle_id,
            province_id,
            award_type_id,
            ranking_id,
            place,
            reason,
            state,
            state_reason,
            held_from,
            hold_ground,
            submitted_at,
            closed_at,
            allowed_actions,
            province,
            award_type,
            cycle,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new nomination
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f", "reason": "Xếp thứ hai của cụm năm 2023.",
}))]
pub(super) struct NewNomination {
    /// The cycle, finalised or published
    pub cycle_id: Uuid,
    /// A ranked member of the cycle
    pub province_id: Uuid,
    /// An award that is given to collectives
    pub award_type_id: Uuid,
    /// Why the province deserves the award
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What changes of a nomination; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Xếp thứ hai của cụm năm 2023; 29 trên 32 chỉ tiêu đạt và vượt." }))]
pub(super) struct NominationPatch {
    /// Why the province deserves the award
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub reason: Option<String>,
}

/// Why a nomination ends without an award
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Chưa đủ điều kiện theo quy định." }))]
pub(super) struct NominationEnd {
    /// Why it ends without an award
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Why a nomination waits
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ground": "complaint", "reason": "Đang xác minh đơn khiếu nại." }))]
pub(super) struct NominationHold {
    /// What has to end first
    pub ground: HoldGround,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Why a nomination goes on
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Khiếu nại không có cơ sở." }))]
pub(super) struct NominationRelease {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What nominations can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NominationSort {
    CreatedAt,
}

impl SortBy for NominationSort {
    type Entity = nomination::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> nomination::Column {
        match self {
            Self::CreatedAt => nomination::Column::CreatedAt,
        }
    }
}

/// A related thing that is embedded on request
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NominationRelation {
    Province,
    AwardType,
    Cycle,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct NominationFilter {
    /// In these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// In cycles of these clusters, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// In cycles of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// For these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// For these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// In these states, by comma
    #[param(value_type = Option<Vec<NominationState>>, style = Form, explode = false)]
    pub state: Option<Csv<NominationState>>,
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<NominationRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<NominationRelation>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<NominationSort>>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct NominationView {
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<NominationRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<NominationRelation>>,
}
