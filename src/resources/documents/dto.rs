//! Documents on the wire.

use chrono::{DateTime, Utc};
use entity::document;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{AttachedFile, Csv, Line, SortBy, Sorts, Web, given, line, web};

/// A file or a link that hangs on something; exactly one of the ids of what it can hang on is set
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Document {
    pub id: Uuid,
    /// The report on a campaign it hangs on
    #[schema(required = true)]
    pub campaign_report_id: Option<Uuid>,
    /// The conference it hangs on
    #[schema(required = true)]
    pub conference_id: Option<Uuid>,
    /// The recommendation it hangs on
    #[schema(required = true)]
    pub recommendation_id: Option<Uuid>,
    /// The contribution it hangs on
    #[schema(required = true)]
    pub contribution_id: Option<Uuid>,
    #[schema(example = "Công văn trả lời số 1234/BKHĐT")]
    pub title: String,
    /// The address of a link; null for a file
    #[schema(required = true, example = "https://example.vn/cong-van-1234")]
    pub url: Option<String>,
    /// What is known of a file; null for a link. The content is at `GET /api/v1/documents/{id}/content`
    #[schema(required = true)]
    pub file: Option<AttachedFile>,
    /// The account that added it
    pub added_by: Uuid,
    /// Stays 1: documents are added and taken away, never changed
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<document::Model> for Document {
    fn from(row: document::Model) -> Self {
        let document::Model {
            id,
            campaign_report_id,
            conference_id,
            recommendation_id,
            contribution_id,
            title,
            url,
            file_hash,
            file_name,
            media_type,
            size_bytes,
            added_by,
            version,
            created_at,
            updated_at,
        } = row;
        let file = AttachedFile::of((file_hash, file_name, media_type, size_bytes));
        Self {
            id,
            campaign_report_id,
            conference_id,
            recommendation_id,
            contribution_id,
            title,
            url,
            file,
            added_by,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A link to a document
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Công văn trả lời số 1234/BKHĐT", "url": "https://example.vn/cong-van-1234" }))]
pub(super) struct NewDocumentLink {
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    #[validate(custom(function = web))]
    #[schema(value_type = Web)]
    pub url: String,
}

/// A form with a document
#[derive(ToSchema)]
#[expect(dead_code, reason = "the contract alone knows the form as a whole: its parts come in one after the other")]
pub(super) struct NewDocumentFile {
    /// What it is; the name of the file unless told otherwise
    #[schema(value_type = Line, required = false)]
    pub title: String,
    /// The file, with its `filename`: PDF, Word (doc, docx), Excel (xls, xlsx) or a picture (PNG, JPEG, WebP, GIF, TIFF), told by its content; at most 20 MiB
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// The texts of a [`NewDocumentFile`].
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentTexts {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    pub title: Option<String>,
}

/// What documents can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DocumentSort {
    CreatedAt,
}

impl SortBy for DocumentSort {
    type Entity = document::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> document::Column {
        match self {
            Self::CreatedAt => document::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DocumentFilter {
    /// Of these reports on campaigns, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_report_id: Option<Csv<Uuid>>,
    /// Of these conferences, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub conference_id: Option<Csv<Uuid>>,
    /// Of these recommendations, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub recommendation_id: Option<Csv<Uuid>>,
    /// Of these contributions, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub contribution_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<DocumentSort>>,
}
