//! Dossier documents on the wire.

use chrono::{DateTime, Utc};
use entity::{dossier_document, vocab::DocumentKind};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{AttachedFile, Csv, Line, SortBy, Sorts, Web, given, line, web};

/// A document in the dossier of a nomination: a file or a link
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DossierDocument {
    pub id: Uuid,
    pub nomination_id: Uuid,
    pub kind: DocumentKind,
    #[schema(example = "Tờ trình số 45/TTr-UBND")]
    pub title: String,
    /// The address of a link; null for a file
    #[schema(required = true, example = "https://yenbai.gov.vn/to-trinh-45")]
    pub url: Option<String>,
    /// What is known of a file; null for a link. The content is at `GET /api/v1/dossier-documents/{id}/content`
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

impl From<dossier_document::Model> for DossierDocument {
    fn from(row: dossier_document::Model) -> Self {
        let dossier_document::Model {
            id,
            nomination_id,
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
        Self { id, nomination_id, kind, title, url, file, added_by, version, created_at, updated_at }
    }
}

/// A link to a document of the dossier
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "submission_letter", "title": "Tờ trình số 45/TTr-UBND", "url": "https://yenbai.gov.vn/to-trinh-45",
}))]
pub(super) struct NewDossierLink {
    pub kind: DocumentKind,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    #[validate(custom(function = web))]
    #[schema(value_type = Web)]
    pub url: String,
}

/// A form with a document of the dossier
#[derive(ToSchema)]
#[expect(dead_code, reason = "the contract alone knows the form as a whole: its parts come in one after the other")]
pub(super) struct NewDossierFile {
    pub kind: DocumentKind,
    /// What it is; the name of the file unless told otherwise
    #[schema(value_type = Line, required = false)]
    pub title: String,
    /// The file, with its `filename`: PDF, Word (doc, docx), Excel (xls, xlsx) or a picture (PNG, JPEG, WebP, GIF, TIFF), told by its content; at most 20 MiB
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// The texts of a [`NewDossierFile`].
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DossierTexts {
    pub kind: DocumentKind,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    pub title: Option<String>,
}

/// What dossier documents can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DossierDocumentSort {
    CreatedAt,
}

impl SortBy for DossierDocumentSort {
    type Entity = dossier_document::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> dossier_document::Column {
        match self {
            Self::CreatedAt => dossier_document::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DossierDocumentFilter {
    /// Of these nominations, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub nomination_id: Option<Csv<Uuid>>,
    /// Of these kinds, by comma
    #[param(value_type = Option<Vec<DocumentKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<DocumentKind>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<DossierDocumentSort>>,
}
