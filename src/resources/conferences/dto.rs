//! Conferences on the wire.

use chrono::{DateTime, Utc};
use entity::{
    conference,
    vocab::{Certainty, ConferenceKind, ConferenceState},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::parts::{AgendaItem, Participant};
use crate::http::{
    AllowedAction, Csv, Line, Patch, Prose, SortBy, Sorts,
    brief::{CycleBrief, ProvinceBrief},
    given, line, prose,
};

/// What those of the cycle read of the minutes: the record, or that there is none.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Minutes(pub(super) Option<String>);

/// A conference (hội nghị) of a cycle
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Conference {
    pub id: Uuid,
    /// The cycle it is held for
    pub cycle_id: Uuid,
    pub kind: ConferenceKind,
    #[schema(example = "Hội nghị tổng kết năm 2023")]
    pub title: String,
    pub state: ConferenceState,
    pub starts_at: DateTime<Utc>,
    #[schema(required = true)]
    pub ends_at: Option<DateTime<Utc>>,
    #[schema(example = "Bắc Kạn")]
    pub place: String,
    /// The member that is host; its officers run the conference beside the head and the deputies of the cycle
    #[schema(required = true)]
    pub host_province_id: Option<Uuid>,
    /// The record of the conference, null while there is none; on a single conference only, and only for the members and
    /// appraisers of its cycle, the council and auditors: the public never gets it
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub minutes: Option<Minutes>,
    #[schema(required = true)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it is not held
    #[schema(required = true)]
    pub cancel_reason: Option<String>,
    /// How well it is known that it was held like this
    pub certainty: Certainty,
    /// Who takes part, in order; on a single conference only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub participants: Option<Vec<Participant>>,
    /// Its agenda, in order; on a single conference only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agenda: Option<Vec<AgendaItem>>,
    /// Each step of its life, and whether the caller may take it now; on a single conference only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allowed_actions: Option<Vec<AllowedAction>>,
    /// The host; only with `expand=province`, and only where one is named
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_province: Option<ProvinceBrief>,
    /// The cycle; only with `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change of the conference, its participants and its agenda, not by speeches and resolutions;
    /// the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<conference::Model> for Conference {
    fn from(row: conference::Model) -> Self {
        let conference::Model {
            id,
            cycle_id,
            kind,
            title,
            state,
            starts_at,
            ends_at,
            place,
            host_province_id,
            minutes: _,
            closed_at,
            cancel_reason,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            kind,
            title,
            state,
            starts_at,
            ends_at,
            place,
            host_province_id,
            minutes: None,
            closed_at,
            cancel_reason,
            certainty,
            participants: None,
            agenda: None,
            allowed_actions: None,
            host_province: None,
            cycle: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new conference, planned
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "kind": "year_end", "title": "Hội nghị tổng kết năm 2023",
    "starts_at": "2024-03-01T08:00:00+07:00", "place": "Bắc Kạn",
}))]
pub(super) struct NewConference {
    /// The cycle it is held for; the year-end conference of a cycle is often held in March of the year after
    pub cycle_id: Uuid,
    pub kind: ConferenceKind,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    /// When it begins, with any offset, in a year from 2000 to 2101
    pub starts_at: DateTime<Utc>,
    /// When it ends, not before it begins
    pub ends_at: Option<DateTime<Utc>>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub place: String,
    /// A member of the cycle
    pub host_province_id: Option<Uuid>,
    /// How well it is known; `verified` unless said
    #[serde(default = "verified")]
    #[schema(required = false, default = "verified")]
    pub certainty: Certainty,
}

fn verified() -> Certainty {
    Certainty::Verified
}

/// What changes of a conference; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "minutes": "Hội nghị thống nhất thông qua kết quả chấm điểm.", "ends_at": null }))]
pub(super) struct ConferencePatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    /// Only while it is planned
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = DateTime<Utc>, required = false)]
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends, not before it begins; null takes it away
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub ends_at: Patch<DateTime<Utc>>,
    /// Only while it is planned
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub place: Option<String>,
    /// A member of the cycle, only while it is planned; null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub host_province_id: Patch<Uuid>,
    /// The record of the conference; null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub minutes: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// Why a conference is not held
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Bão số 3: hoãn để phòng, chống thiên tai." }))]
pub(super) struct ConferenceCancellation {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What conferences can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ConferenceSort {
    StartsAt,
    CreatedAt,
}

impl SortBy for ConferenceSort {
    type Entity = conference::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::StartsAt, Order::Desc)];

    fn column(self) -> conference::Column {
        match self {
            Self::StartsAt => conference::Column::StartsAt,
            Self::CreatedAt => conference::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a conference
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ConferenceExpand {
    Province,
    Cycle,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConferenceFilter {
    /// Of these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Of these kinds, by comma
    #[param(value_type = Option<Vec<ConferenceKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ConferenceKind>>,
    /// In these states, by comma
    #[param(value_type = Option<Vec<ConferenceState>>, style = Form, explode = false)]
    pub state: Option<Csv<ConferenceState>>,
    /// With these hosts, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub host_province_id: Option<Csv<Uuid>>,
    /// That begin at this moment or later
    #[param(example = "2024-01-01T00:00:00Z")]
    pub starts_at_from: Option<DateTime<Utc>>,
    /// That begin at this moment or earlier
    #[param(example = "2024-12-31T00:00:00Z")]
    pub starts_at_to: Option<DateTime<Utc>>,
    /// `starts_at`, `created_at`, several by comma; a minus turns the order round. Default `-starts_at`
    #[param(value_type = Option<String>, example = "-starts_at", pattern = "^-?(starts_at|created_at)(,-?(starts_at|created_at))*$")]
    pub sort: Option<Sorts<ConferenceSort>>,
    /// `province` (the host), `cycle`, several by comma: embedded in each item
    #[param(value_type = Option<String>, example = "province,cycle", pattern = "^(province|cycle)(,(province|cycle))*$")]
    pub expand: Option<Csv<ConferenceExpand>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConferenceQuery {
    /// `province` (the host, and where the participants come from), `cycle`, several by comma: embedded
    #[param(value_type = Option<String>, example = "province,cycle", pattern = "^(province|cycle)(,(province|cycle))*$")]
    pub expand: Option<Csv<ConferenceExpand>>,
}
