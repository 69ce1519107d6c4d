//! Exemplars on the wire.

use chrono::{DateTime, Utc};
use entity::{
    exemplar,
    vocab::{Certainty, ExemplarKind, ExemplarState},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{actions::Verdict, phrase::Language},
    http::{AllowedAction, Csv, Line, Patch, Prose, SortBy, Sorts, brief::ProvinceBrief, given, line, prose},
};

/// A model person or collective (điển hình tiên tiến), and the way it is spread
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Exemplar {
    pub id: Uuid,
    /// The province that found it
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The campaign in which it was found
    #[schema(required = true)]
    pub campaign_id: Option<Uuid>,
    /// The year in which it was found
    #[schema(example = 2023)]
    pub year: i32,
    pub kind: ExemplarKind,
    #[schema(example = "Hợp tác xã Suối Giàng (minh họa)")]
    pub name: String,
    /// Where a person works, or what a collective belongs to
    #[schema(required = true)]
    pub unit: Option<String>,
    /// In what it is an example
    #[schema(required = true, example = "Xây dựng nông thôn mới")]
    pub field: Option<String>,
    /// What it did
    pub story: String,
    pub state: ExemplarState,
    /// How it was fostered; null until it was
    #[schema(required = true)]
    pub fostering: Option<String>,
    /// What the review concluded; null until it did
    #[schema(required = true)]
    pub review: Option<String>,
    /// How it was spread; null until it was
    #[schema(required = true)]
    pub spreading: Option<String>,
    /// Since when everybody reads it; null while only the province, the council, administrators and auditors do
    #[schema(required = true)]
    pub released_at: Option<DateTime<Utc>>,
    /// Why it was taken back from the public, if it was
    #[schema(required = true)]
    pub withheld_reason: Option<String>,
    pub certainty: Certainty,
    /// Each step, and whether the caller may take it now
    pub allowed_actions: Vec<AllowedAction>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Exemplar {
    pub(super) fn new(row: exemplar::Model, verdicts: &[Verdict], language: Language) -> Self {
        let exemplar::Model {
            id,
            province_id,
            campaign_id,
            year,
            kind,
            name,
            unit,
            field,
            story,
            state,
            fostering,
            review,
            spreading,
            released_at,
            withheld_reason,
            certainty,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            province_id,
            province: None,
            campaign_id,
            year,
            kind,
            name,
            unit,
            field,
            story,
            state,
            fostering,
            review,
            spreading,
            released_at,
            withheld_reason,
            certainty,
            allowed_actions: AllowedAction::all(verdicts, language),
            version,
            created_at,
            updated_at,
        }
    }
}

/// An exemplar that was discovered
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "year": 2023, "kind": "collective",
    "name": "Hợp tác xã Suối Giàng (minh họa)", "unit": "Huyện Văn Chấn", "field": "Xây dựng nông thôn mới",
    "story": "Hợp tác xã liên kết các hộ trồng chè, nâng thu nhập của thành viên.",
}))]
pub(super) struct NewExemplar {
    /// The province that found it; it never changes
    pub province_id: Uuid,
    /// The campaign in which it was found
    pub campaign_id: Option<Uuid>,
    /// The year in which it was found, from 1945 to 2100, one in which the province exists; it never changes
    pub year: i32,
    pub kind: ExemplarKind,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Where a person works, or what a collective belongs to
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub unit: Option<String>,
    /// In what it is an example
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub field: Option<String>,
    /// What it did
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub story: String,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// What changes of an exemplar; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "field": "Phát triển kinh tế tập thể", "unit": null }))]
pub(super) struct ExemplarPatch {
    /// The campaign in which it was found; null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub campaign_id: Patch<Uuid>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = ExemplarKind, required = false)]
    pub kind: Option<ExemplarKind>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    /// Where a person works, or what a collective belongs to; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub unit: Patch<String>,
    /// In what it is an example; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub field: Patch<String>,
    /// What it did
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub story: Option<String>,
    /// How it was fostered; only since it was (422 `too_early`)
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub fostering: Option<String>,
    /// What the review concluded; only since it did (422 `too_early`)
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub review: Option<String>,
    /// How it was spread; only since it was (422 `too_early`)
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub spreading: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What exemplars can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExemplarSort {
    Year,
    Name,
    CreatedAt,
}

impl SortBy for ExemplarSort {
    type Entity = exemplar::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Year, Order::Desc)];

    fn column(self) -> exemplar::Column {
        match self {
            Self::Year => exemplar::Column::Year,
            Self::Name => exemplar::Column::NameKey,
            Self::CreatedAt => exemplar::Column::CreatedAt,
        }
    }
}

/// What an exemplar can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExemplarExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExemplarFilter {
    /// Part of the name, the unit or the field; accents and case do not matter: `q=suoi giang`
    pub q: Option<String>,
    /// Exemplars of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Exemplars of these campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
    /// Exemplars of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Exemplars that have come so far
    #[param(value_type = Option<Vec<ExemplarState>>, style = Form, explode = false)]
    pub state: Option<Csv<ExemplarState>>,
    /// People, collectives
    #[param(value_type = Option<Vec<ExemplarKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ExemplarKind>>,
    /// Exemplars that everybody reads, or those that not everybody does
    pub released: Option<bool>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<ExemplarExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<ExemplarExpand>>,
    /// `year`, `name`, `created_at`, several by comma; a minus turns the order round; the latest year first where nothing
    /// is said
    #[param(value_type = Option<String>, example = "-year,name", pattern = "^-?(year|name|created_at)(,-?(year|name|created_at))*$")]
    pub sort: Option<Sorts<ExemplarSort>>,
}
