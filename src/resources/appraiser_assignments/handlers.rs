//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{AppraiserAssignment, AppraiserAssignmentPatch, AssignmentFilter, NewAppraiserAssignment},
    service,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_appraiser_assignments)
        .service(create_appraiser_assignment)
        .service(get_appraiser_assignment)
        .service(update_appraiser_assignment)
        .service(delete_appraiser_assignment);
}

/// List appraiser assignments
///
/// Of the own cycles; the council and auditors see all. They are never public.
#[utoipa::path(tag = "appraiser-assignments", params(PageQuery, AssignmentFilter), responses((status = 200, description = "One page", body = Page<AppraiserAssignment>)))]
#[get("/api/v1/appraiser-assignments")]
async fn list_appraiser_assignments(
    ctx: Ctx,
    List { page, filter }: List<AssignmentFilter>,
) -> Result<Listed<AppraiserAssignment>, Problem> {
    let found = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(found.map(AppraiserAssignment::from), &page))
}

/// Assign an appraiser
///
/// By the head or the council, until the cycle is finalised. To all sections, or to those named.
#[utoipa::path(tag = "appraiser-assignments", request_body = NewAppraiserAssignment, responses((status = 201, description = "Created", body = AppraiserAssignment)))]
#[post("/api/v1/appraiser-assignments")]
async fn create_appraiser_assignment(
    ctx: Ctx,
    Json(new): Json<NewAppraiserAssignment>,
) -> Result<Created<AppraiserAssignment>, Problem> {
    let row = service::create(&ctx, &new).await?;
    let location = format!("/api/v1/appraiser-assignments/{}", row.id);
    Ok(Created { location, version: row.version, body: row.into() })
}

/// Get an appraiser assignment
///
/// Of the own cycles; the council and auditors see all.
#[utoipa::path(tag = "appraiser-assignments", params(("id" = Uuid, Path, description = "Id of the assignment")), responses((status = 200, description = "The assignment", body = AppraiserAssignment)))]
#[get("/api/v1/appraiser-assignments/{id}")]
async fn get_appraiser_assignment(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<AppraiserAssignment>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change what an appraiser scores
///
/// Sections, and whether they lead them; by the head or the council, until the cycle is finalised. Points already given
/// stay.
#[utoipa::path(tag = "appraiser-assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), request_body = AppraiserAssignmentPatch, responses((status = 200, description = "Changed", body = AppraiserAssignment)))]
#[patch("/api/v1/appraiser-assignments/{id}")]
async fn update_appraiser_assignment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AppraiserAssignmentPatch>,
) -> Result<Tagged<AppraiserAssignment>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Withdraw an appraiser
///
/// By the head or the council, until the cycle is finalised. Points already given stay.
#[utoipa::path(tag = "appraiser-assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/appraiser-assignments/{id}")]
async fn delete_appraiser_assignment(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
