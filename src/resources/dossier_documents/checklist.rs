//! What a dossier asks for, what is there, and what is missing.

use entity::{
    dossier_document, dossier_requirement,
    vocab::{Certainty, DocumentKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use strum::IntoEnumIterator;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::DossierDocument;
use crate::{
    domain::dossier::missing,
    http::{Ctx, sight},
    problem::Problem,
};

/// The dossier of a nomination: what the award asks for, and what is there
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Dossier {
    pub nomination_id: Uuid,
    pub award_type_id: Uuid,
    /// Whether every required document is there
    pub complete: bool,
    /// The required documents that are not there
    pub missing: Vec<DocumentKind>,
    /// Each kind of document that is asked for or there
    pub entries: Vec<DossierEntry>,
}

/// One kind of document in a dossier
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DossierEntry {
    pub document_kind: DocumentKind,
    /// Whether the dossier is incomplete without it
    pub required: bool,
    /// What is asked for; null where nothing is
    #[schema(required = true)]
    pub requirement: Option<DossierAsk>,
    /// What is there, in the order in which it came
    pub documents: Vec<DossierDocument>,
}

/// What the catalogue says of a document that is asked for
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DossierAsk {
    /// The entry of the catalogue, `GET /api/v1/dossier-requirements/{id}`
    pub id: Uuid,
    #[schema(required = true, example = "Biên bản bình xét của hội đồng hoặc hội nghị cụm")]
    pub note: Option<String>,
    #[schema(example = "Nghị định 98/2023/NĐ-CP")]
    pub legal_basis: String,
    pub certainty: Certainty,
}

pub(super) async fn dossier(ctx: &Ctx, nomination_id: Uuid) -> Result<Dossier, Problem> {
    let db = ctx.db.reader();
    let seen = sight::visible_dossier(ctx, db, nomination_id).await?;
    let award_type_id = seen.nomination.award_type_id;
    let asked = dossier_requirement::Entity::find()
        .filter(dossier_requirement::Column::AwardTypeId.eq(award_type_id))
        .order_by_asc(dossier_requirement::Column::Id)
        .all(db)
        .await?;
    let documents = dossier_document::Entity::find()
        .filter(dossier_document::Column::NominationId.eq(nomination_id))
        .order_by_asc(dossier_document::Column::Id)
        .all(db)
        .await?;
    let present: Vec<DocumentKind> = documents.iter().map(|row| row.kind).collect();
    let required = asked.iter().filter(|row| row.required).map(|row| row.document_kind);
    let missing = missing(required, &present);
    let entry = |kind: DocumentKind| {
        let requirement = asked.iter().find(|row| row.document_kind == kind);
        let there = documents.iter().filter(|row| row.kind == kind);
        let documents: Vec<DossierDocument> = there.cloned().map(DossierDocument::from).collect();
        let shown = requirement.is_some() || !documents.is_empty();
        shown.then(|| DossierEntry {
            document_kind: kind,
            required: requirement.is_some_and(|row| row.required),
            requirement: requirement.cloned().map(DossierAsk::from),
            documents,
        })
    };
    let entries = DocumentKind::iter().filter_map(entry).collect();
    Ok(Dossier { nomination_id, award_type_id, complete: missing.is_empty(), missing, entries })
}

impl From<dossier_requirement::Model> for DossierAsk {
    fn from(row: dossier_requirement::Model) -> Self {
        let dossier_requirement::Model { id, note, legal_basis, certainty, .. } = row;
        Self { id, note, legal_basis, certainty }
    }
}
