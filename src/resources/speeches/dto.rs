//! Speeches on the wire.

use chrono::{DateTime, Utc};
use entity::speech;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, Prose, SortBy, Sorts, brief::ProvinceBrief, given, line, prose};

/// A speech at a conference (tham luận)
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Speech {
    pub id: Uuid,
    pub conference_id: Uuid,
    #[schema(example = "Kinh nghiệm giao nhiệm vụ, khoán sản phẩm")]
    pub title: String,
    pub speaker_name: String,
    /// The office the speaker holds
    #[schema(required = true)]
    pub speaker_title: Option<String>,
    /// The province spoken for
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// What was said; null where only the title is known
    #[schema(required = true)]
    pub text: Option<String>,
    /// The province; only with `expand=province`, and only where one is named
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<speech::Model> for Speech {
    fn from(row: speech::Model) -> Self {
        let speech::Model {
            id,
            conference_id,
            title,
            speaker_name,
            speaker_title,
            province_id,
            text,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            conference_id,
            title,
            speaker_name,
            speaker_title,
            province_id,
            text,
            province: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new speech
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Kinh nghiệm giao nhiệm vụ, khoán sản phẩm", "speaker_name": "Nguyễn Văn A",
    "speaker_title": "Giám đốc Sở Nội vụ",
}))]
pub(super) struct NewSpeech {
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub speaker_name: String,
    /// The office the speaker holds
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub speaker_title: Option<String>,
    /// The province spoken for; an officer of a member that does not run the conference adds speeches of the own one only
    pub province_id: Option<Uuid>,
    /// What is said
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub text: Option<String>,
}

/// What changes of a speech; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "Kính thưa hội nghị…", "speaker_title": null }))]
pub(super) struct SpeechPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub speaker_name: Option<String>,
    /// The office the speaker holds; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub speaker_title: Patch<String>,
    /// What was said; null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub text: Patch<String>,
}

/// What speeches can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SpeechSort {
    CreatedAt,
}

impl SortBy for SpeechSort {
    type Entity = speech::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> speech::Column {
        match self {
            Self::CreatedAt => speech::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a speech
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SpeechExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SpeechFilter {
    /// At these conferences, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub conference_id: Option<Csv<Uuid>>,
    /// For these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// At conferences of these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<SpeechExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<SpeechExpand>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<SpeechSort>>,
}
