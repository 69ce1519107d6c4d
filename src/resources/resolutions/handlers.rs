//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{NewResolution, Resolution, ResolutionFilter, ResolutionPatch},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_resolutions)
        .service(create_resolution)
        .service(get_resolution)
        .service(update_resolution)
        .service(delete_resolution);
}

/// List resolutions
///
/// Seen by those who see the conference. Of what a resolution links to, only the id of what the caller may see is given.
/// In the order in which they were made.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(PageQuery, ResolutionFilter), responses((status = 200, description = "One page", body = Page<Resolution>)))]
#[get("/api/v1/resolutions")]
async fn list_resolutions(
    Guest(ctx): Guest,
    List { page, filter }: List<ResolutionFilter>,
) -> Result<Listed<Resolution>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Make a resolution
///
/// By those who run the conference, while it is open, with exactly the link its kind has. What is linked is of the cycle
/// of the conference and seen by the caller: a provisional ranking therefore is approved by the head or the council
/// secretary. A conference resolves on one thing once (409).
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference")), request_body = NewResolution, responses((status = 201, description = "Made", body = Resolution)))]
#[post("/api/v1/conferences/{id}/resolutions")]
async fn create_resolution(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewResolution>,
) -> Result<Created<Resolution>, Problem> {
    let body = service::create(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/resolutions/{}", body.id), version: body.version, body })
}

/// Get a resolution
///
/// Seen by those who see the conference.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the resolution")), responses((status = 200, description = "The resolution", body = Resolution)))]
#[get("/api/v1/resolutions/{id}")]
async fn get_resolution(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Resolution>, Problem> {
    let body = service::get(&ctx, id).await?;
    Ok(Tagged(body.version, body))
}

/// Change the text of a resolution
///
/// By those who run the conference, while it is open. A merge patch (RFC 7396).
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the resolution"), IfMatch), request_body = ResolutionPatch, responses((status = 200, description = "Changed", body = Resolution)))]
#[patch("/api/v1/resolutions/{id}")]
async fn update_resolution(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ResolutionPatch>,
) -> Result<Tagged<Resolution>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Take a resolution back
///
/// By those who run the conference, while it is open; not the approval of a ranking that has been published (409). The
/// numbers of the others stay.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the resolution"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/resolutions/{id}")]
async fn delete_resolution(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
