//! Dossier requirements on the wire.

use chrono::{DateTime, Utc};
use entity::{
    dossier_requirement,
    vocab::{Certainty, DocumentKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, Prose, SortBy, Sorts, given, line, prose};

/// A document that the dossier (hồ sơ) of an award asks for
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DossierRequirement {
    pub id: Uuid,
    pub award_type_id: Uuid,
    pub document_kind: DocumentKind,
    /// Whether a dossier without it is incomplete
    pub required: bool,
    /// What is asked for, in Vietnamese
    #[schema(required = true, example = "Biên bản bình xét của hội đồng hoặc hội nghị cụm")]
    pub note: Option<String>,
    #[schema(example = "Nghị định 98/2023/NĐ-CP")]
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<dossier_requirement::Model> for DossierRequirement {
    fn from(row: dossier_requirement::Model) -> Self {
        let dossier_requirement::Model {
            id,
            award_type_id,
            document_kind,
            required,
            note,
            legal_basis,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            award_type_id,
            document_kind,
            required,
            note,
            legal_basis,
            certainty,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A document to ask for
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f", "document_kind": "certificate", "required": false,
    "note": "Xác nhận của cơ quan có thẩm quyền, nếu có", "legal_basis": "Nghị định 98/2023/NĐ-CP", "certainty": "likely",
}))]
pub(super) struct NewDossierRequirement {
    pub award_type_id: Uuid,
    /// An award type asks for each kind once
    pub document_kind: DocumentKind,
    /// Whether a dossier without it is incomplete
    pub required: bool,
    /// What is asked for, in Vietnamese
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Option<String>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub legal_basis: String,
    /// `verified` where nothing is said
    #[schema(value_type = Option<Certainty>)]
    pub certainty: Option<Certainty>,
}

/// What changes of a requirement; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "required": true, "note": null }))]
pub(super) struct DossierRequirementPatch {
    /// Whether a dossier without it is incomplete
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    pub required: Option<bool>,
    /// What is asked for, in Vietnamese; null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>, required = false)]
    pub note: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub legal_basis: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What dossier requirements can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DossierRequirementSort {
    CreatedAt,
}

impl SortBy for DossierRequirementSort {
    type Entity = dossier_requirement::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> dossier_requirement::Column {
        match self {
            Self::CreatedAt => dossier_requirement::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DossierRequirementFilter {
    /// Of these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// For these kinds of document, by comma
    #[param(value_type = Option<Vec<DocumentKind>>, style = Form, explode = false)]
    pub document_kind: Option<Csv<DocumentKind>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<DossierRequirementSort>>,
}
