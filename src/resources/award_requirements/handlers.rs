//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{AwardRequirement, AwardRequirementFilter, AwardRequirementPatch, NewAwardRequirement},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_award_requirements)
        .service(create_award_requirement)
        .service(get_award_requirement)
        .service(update_award_requirement)
        .service(delete_award_requirement);
}

/// List award requirements
///
/// Open to everybody: which awards must come before which, in the order in which they were entered.
#[utoipa::path(tag = "award-requirements", security((), ("bearer" = [])), params(PageQuery, AwardRequirementFilter), responses((status = 200, description = "One page", body = Page<AwardRequirement>)))]
#[get("/api/v1/award-requirements")]
async fn list_award_requirements(
    Guest(ctx): Guest,
    List { page, filter }: List<AwardRequirementFilter>,
) -> Result<Listed<AwardRequirement>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(AwardRequirement::from), &page))
}

/// Ask for earlier awards
///
/// Administrators only. An award type asks for each other award once: 409 where it does already. Nominations whose dossier
/// is complete stay so.
#[utoipa::path(tag = "award-requirements", request_body = NewAwardRequirement, responses((status = 201, description = "Created", body = AwardRequirement)))]
#[post("/api/v1/award-requirements")]
async fn create_award_requirement(
    ctx: Ctx,
    Json(new): Json<NewAwardRequirement>,
) -> Result<Created<AwardRequirement>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/award-requirements/{}", row.id), version: row.version, body: row.into() })
}

/// Get a award requirement
///
/// Open to everybody.
#[utoipa::path(tag = "award-requirements", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the award requirement")), responses((status = 200, description = "The requirement", body = AwardRequirement)))]
#[get("/api/v1/award-requirements/{id}")]
async fn get_award_requirement(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<AwardRequirement>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a award requirement
///
/// Administrators only. A merge patch (RFC 7396); neither of the award types ever changes.
#[utoipa::path(tag = "award-requirements", params(("id" = Uuid, Path, description = "Id of the award requirement"), IfMatch), request_body = AwardRequirementPatch, responses((status = 200, description = "Changed", body = AwardRequirement)))]
#[patch("/api/v1/award-requirements/{id}")]
async fn update_award_requirement(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AwardRequirementPatch>,
) -> Result<Tagged<AwardRequirement>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a award requirement
///
/// Administrators only.
#[utoipa::path(tag = "award-requirements", params(("id" = Uuid, Path, description = "Id of the award requirement"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/award-requirements/{id}")]
async fn delete_award_requirement(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
