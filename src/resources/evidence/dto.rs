//! Evidence on the wire.

use chrono::{DateTime, Utc};
use entity::{evidence, vocab::EvidenceKind};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{AttachedFile, Csv, Line, SortBy, Sorts, Web, given, line, web};

/// Evidence (tài liệu kiểm chứng): a file or a link that supports one line of a scorecard
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Evidence {
    pub id: Uuid,
    /// The line it supports
    pub score_id: Uuid,
    pub kind: EvidenceKind,
    #[schema(example = "Báo cáo số 12/BC-UBND")]
    pub title: String,
    /// The address of a link; null for a file
    #[schema(required = true, example = "https://yenbai.gov.vn/bao-cao-2024")]
    pub url: Option<String>,
    /// What is known of a file; null for a link. The content is at `GET /api/v1/evidence/{id}/content`
    #[schema(required = true)]
    pub file: Option<AttachedFile>,
    /// The account that added it
    pub added_by: Uuid,
    /// Stays 1: evidence is added and taken away, never changed
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<evidence::Model> for Evidence {
    fn from(row: evidence::Model) -> Self {
        let evidence::Model {
            id,
            score_id,
            kind,
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
        Self { id, score_id, kind, title, url, file, added_by, version, created_at, updated_at }
    }
}

/// A link that supports a line
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Báo cáo số 12/BC-UBND", "url": "https://yenbai.gov.vn/bao-cao-2024" }))]
pub(super) struct NewEvidenceLink {
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    #[validate(custom(function = web))]
    #[schema(value_type = Web)]
    pub url: String,
}

/// A form with a file that supports a line
#[derive(ToSchema)]
#[expect(dead_code, reason = "the contract alone knows the form as a whole: its parts come in one after the other")]
pub(super) struct NewEvidenceFile {
    /// What it shows; the name of the file unless told otherwise
    #[schema(value_type = Line, required = false)]
    pub title: String,
    /// The file, with its `filename`: PDF, Word (doc, docx), Excel (xls, xlsx) or a picture (PNG, JPEG, WebP, GIF, TIFF), told by its content; at most 20 MiB
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// The texts of a [`NewEvidenceFile`].
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceTexts {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    pub title: Option<String>,
}

/// What evidence can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum EvidenceSort {
    CreatedAt,
}

impl SortBy for EvidenceSort {
    type Entity = evidence::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> evidence::Column {
        match self {
            Self::CreatedAt => evidence::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EvidenceFilter {
    /// Evidence of these lines
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub score_id: Option<Csv<Uuid>>,
    /// Evidence of the lines of these scorecards
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub scorecard_id: Option<Csv<Uuid>>,
    /// Evidence of the lines of these criteria
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub criterion_id: Option<Csv<Uuid>>,
    /// Evidence of the scorecards of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Evidence of these provinces' scorecards
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Files, links, or both by comma
    #[param(value_type = Option<Vec<EvidenceKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<EvidenceKind>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<EvidenceSort>>,
}
