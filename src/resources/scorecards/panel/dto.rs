//! Opinions and recusals on the wire.

use chrono::{DateTime, Utc};
use entity::{decimal::Decimal, opinion, recusal};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::scorecard::AppraisalEntry,
    http::{Csv, Prose, SortBy, Sorts, given, prose},
};

const MOST_LINES: u64 = 2000;

/// An opinion: what one of several appraisers or peers says to one line
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Opinion {
    pub id: Uuid,
    pub score_id: Uuid,
    /// The appraiser, or the officer who wrote for a peer
    pub user_id: Uuid,
    /// The province that scores as a peer; null for an appraiser
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// Whether the appraiser led the section when it was written
    pub lead: bool,
    /// Nothing is said, and it counts nowhere: an abstention is not a zero
    pub abstained: bool,
    /// The figure as this appraiser found it, where points follow from a figure
    #[schema(required = true)]
    pub attained: Option<Decimal>,
    /// Null where they wait for the best of the cluster
    #[schema(required = true, example = 17.5)]
    pub points: Option<Decimal>,
    #[schema(required = true)]
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<opinion::Model> for Opinion {
    fn from(row: opinion::Model) -> Self {
        let opinion::Model {
            id,
            score_id,
            user_id,
            province_id,
            lead,
            abstained,
            attained,
            points,
            reason,
            created_at,
            updated_at,
        } = row;
        Self { id, score_id, user_id, province_id, lead, abstained, attained, points, reason, created_at, updated_at }
    }
}

/// A recusal: an appraiser stands aside from one province's sheet
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Recusal {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The province whose sheet they do not score
    pub province_id: Uuid,
    /// The appraiser
    pub user_id: Uuid,
    #[schema(example = "Người thân công tác tại tỉnh")]
    pub reason: String,
    /// The account that recorded it
    pub recorded_by: Uuid,
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl From<recusal::Model> for Recusal {
    fn from(row: recusal::Model) -> Self {
        let recusal::Model { id, cycle_id, user_id, province_id, reason, recorded_by, version, created_at } = row;
        Self { id, cycle_id, province_id, user_id, reason, recorded_by, version, created_at }
    }
}

/// An appraiser stands aside
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Người thân công tác tại tỉnh" }))]
pub(super) struct NewRecusal {
    /// The appraiser; the caller when left out. Another one is named by the head or the council.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Uuid, required = false)]
    pub user_id: Option<Uuid>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Lines a peer scores: all or none
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "scores": [
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "points": 38 },
    { "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "abstained": true },
]}))]
pub(super) struct PeerScores {
    /// Lines that are not named stay as they are
    #[validate(length(max = MOST_LINES), nested)]
    #[schema(max_items = 2000)]
    pub scores: Vec<PeerScoreLine>,
}

/// One line of a peer; what is left away or null is taken back
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeerScoreLine {
    pub criterion_id: Uuid,
    /// The figure as found; the points follow from it by the criterion's formula. Not where the scorer gives points.
    pub attained: Option<Decimal>,
    /// With a figure they may be left away
    pub points: Option<Decimal>,
    /// Needed wherever the points or the figure differ from the province's
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub reason: Option<String>,
    /// To say nothing, which counts nowhere; not unless told
    #[serde(default)]
    #[schema(required = false)]
    pub abstained: bool,
}

impl From<PeerScoreLine> for AppraisalEntry {
    fn from(line: PeerScoreLine) -> Self {
        let PeerScoreLine { criterion_id, attained, points, reason, abstained } = line;
        Self { criterion_id, attained, points, reason, abstained }
    }
}

/// What opinions can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OpinionSort {
    CreatedAt,
}

impl SortBy for OpinionSort {
    type Entity = opinion::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> opinion::Column {
        match self {
            Self::CreatedAt => opinion::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OpinionFilter {
    /// Opinions on these lines
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub score_id: Option<Csv<Uuid>>,
    /// Opinions on the lines of these scorecards
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub scorecard_id: Option<Csv<Uuid>>,
    /// Opinions on the lines of these criteria
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub criterion_id: Option<Csv<Uuid>>,
    /// Opinions on the scorecards of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Opinions of these provinces as peers
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Opinions of these appraisers
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub user_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<OpinionSort>>,
}

/// What recusals can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecusalSort {
    CreatedAt,
}

impl SortBy for RecusalSort {
    type Entity = recusal::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> recusal::Column {
        match self {
            Self::CreatedAt => recusal::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RecusalFilter {
    /// Recusals in these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Recusals from the sheets of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Recusals of these appraisers
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub user_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<RecusalSort>>,
}
