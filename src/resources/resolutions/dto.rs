//! Resolutions on the wire.

use chrono::{DateTime, Utc};
use entity::{resolution, vocab::ResolutionKind};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::links::Shown;
use crate::http::{Csv, Prose, SortBy, Sorts, given, object, prose};

/// What a conference resolved (nghị quyết). Of the links at most one is given, the one its kind has; a link to something
/// the caller may not see is null, as if there were none
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Resolution {
    pub id: Uuid,
    pub conference_id: Uuid,
    /// 1, 2, … in each conference
    #[schema(minimum = 1, example = 1)]
    pub number: i32,
    #[schema(example = "Thông qua bảng xếp hạng năm 2023.")]
    pub text: String,
    pub kind: ResolutionKind,
    /// The ballot that elected head or deputy; of an `election`
    #[schema(required = true)]
    pub ballot_id: Option<Uuid>,
    /// The ranking that was approved; of a `ranking_approval`
    #[schema(required = true)]
    pub ranking_id: Option<Uuid>,
    /// The cycle whose pledges were signed; of a `pledge_signing`
    #[schema(required = true)]
    pub signed_cycle_id: Option<Uuid>,
    /// What the members nominate; of a `nomination`
    #[schema(required = true)]
    pub nomination_id: Option<Uuid>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Resolution {
    pub(super) fn new(row: resolution::Model, shown: &Shown) -> Self {
        let resolution::Model {
            id,
            conference_id,
            number,
            text,
            kind,
            ballot_id,
            ranking_id,
            signed_cycle_id,
            nomination_id,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            conference_id,
            number,
            text,
            kind,
            ballot_id: shown.link(ballot_id),
            ranking_id: shown.link(ranking_id),
            signed_cycle_id: shown.link(signed_cycle_id),
            nomination_id: shown.link(nomination_id),
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new resolution
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": "Thông qua bảng xếp hạng năm 2023.",
    "subject": { "kind": "ranking_approval", "ranking_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d" },
}))]
pub(super) struct NewResolution {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub text: String,
    #[serde(deserialize_with = "object")]
    pub subject: ResolutionSubject,
}

/// What a resolution settles
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ResolutionSubject {
    /// Who was elected head or deputy
    Election {
        /// A ballot of the cycle on an office that was carried
        ballot_id: Uuid,
    },
    /// That a ranking is the result of the cycle; at a year-end conference only. Without it the cycle is not published
    RankingApproval {
        /// The provisional ranking of the cycle
        ranking_id: Uuid,
    },
    /// That the members signed their pledges
    PledgeSigning {
        /// A cycle of the same cluster, often that of the year after
        signed_cycle_id: Uuid,
    },
    /// That the members nominate somebody for an award
    Nomination {
        /// A nomination of the cycle that was not rejected or withdrawn
        nomination_id: Uuid,
    },
    /// Anything else
    Other {},
}

impl ResolutionSubject {
    pub(super) const fn kind(self) -> ResolutionKind {
        match self {
            Self::Election { .. } => ResolutionKind::Election,
            Self::RankingApproval { .. } => ResolutionKind::RankingApproval,
            Self::PledgeSigning { .. } => ResolutionKind::PledgeSigning,
            Self::Nomination { .. } => ResolutionKind::Nomination,
            Self::Other {} => ResolutionKind::Other,
        }
    }
}

/// Another text; what it settles never changes: take the resolution back and make another
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "Thông qua bảng xếp hạng năm 2023 của Cụm thi đua." }))]
pub(super) struct ResolutionPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub text: Option<String>,
}

/// What resolutions can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResolutionSort {
    Number,
    CreatedAt,
}

impl SortBy for ResolutionSort {
    type Entity = resolution::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> resolution::Column {
        match self {
            Self::Number => resolution::Column::Number,
            Self::CreatedAt => resolution::Column::CreatedAt,
        }
    }
}

// No filter by what a resolution links to: it would tell of links that the caller may not see.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ResolutionFilter {
    /// Of these conferences, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub conference_id: Option<Csv<Uuid>>,
    /// Of conferences of these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Of these kinds, by comma
    #[param(value_type = Option<Vec<ResolutionKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ResolutionKind>>,
    /// `number`, `created_at`, several by comma; a minus turns the order round. Default `created_at`
    #[param(value_type = Option<String>, example = "number", pattern = "^-?(number|created_at)(,-?(number|created_at))*$")]
    pub sort: Option<Sorts<ResolutionSort>>,
}
