//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{DossierRequirement, DossierRequirementFilter, DossierRequirementPatch, NewDossierRequirement},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_dossier_requirements)
        .service(create_dossier_requirement)
        .service(get_dossier_requirement)
        .service(update_dossier_requirement)
        .service(delete_dossier_requirement);
}

/// List dossier requirements
///
/// Open to everybody: which documents the dossiers of which awards ask for, in the order in which they were entered.
#[utoipa::path(tag = "dossier-requirements", security((), ("bearer" = [])), params(PageQuery, DossierRequirementFilter), responses((status = 200, description = "One page", body = Page<DossierRequirement>)))]
#[get("/api/v1/dossier-requirements")]
async fn list_dossier_requirements(
    Guest(ctx): Guest,
    List { page, filter }: List<DossierRequirementFilter>,
) -> Result<Listed<DossierRequirement>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(DossierRequirement::from), &page))
}

/// Ask for a document
///
/// Administrators only. An award type asks for each kind once: 409 where it does already. Nominations whose dossier is
/// complete stay so.
#[utoipa::path(tag = "dossier-requirements", request_body = NewDossierRequirement, responses((status = 201, description = "Created", body = DossierRequirement)))]
#[post("/api/v1/dossier-requirements")]
async fn create_dossier_requirement(
    ctx: Ctx,
    Json(new): Json<NewDossierRequirement>,
) -> Result<Created<DossierRequirement>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/dossier-requirements/{}", row.id), version: row.version, body: row.into() })
}

/// Get a dossier requirement
///
/// Open to everybody.
#[utoipa::path(tag = "dossier-requirements", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the dossier requirement")), responses((status = 200, description = "The requirement", body = DossierRequirement)))]
#[get("/api/v1/dossier-requirements/{id}")]
async fn get_dossier_requirement(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
) -> Result<Tagged<DossierRequirement>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a dossier requirement
///
/// Administrators only. A merge patch (RFC 7396); award type and kind never change.
#[utoipa::path(tag = "dossier-requirements", params(("id" = Uuid, Path, description = "Id of the dossier requirement"), IfMatch), request_body = DossierRequirementPatch, responses((status = 200, description = "Changed", body = DossierRequirement)))]
#[patch("/api/v1/dossier-requirements/{id}")]
async fn update_dossier_requirement(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<DossierRequirementPatch>,
) -> Result<Tagged<DossierRequirement>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a dossier requirement
///
/// Administrators only.
#[utoipa::path(tag = "dossier-requirements", params(("id" = Uuid, Path, description = "Id of the dossier requirement"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/dossier-requirements/{id}")]
async fn delete_dossier_requirement(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
