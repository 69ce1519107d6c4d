//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use entity::exemplar;
use uuid::Uuid;

use super::{
    dto::{Exemplar, ExemplarFilter, ExemplarPatch, NewExemplar},
    service,
    steps::{self, ExemplarFostering, ExemplarReview, ExemplarSpreading, ExemplarWithholding, Step},
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_exemplars)
        .service(create_exemplar)
        .service(get_exemplar)
        .service(update_exemplar)
        .service(delete_exemplar)
        .service(foster_exemplar)
        .service(review_exemplar)
        .service(spread_exemplar)
        .service(release_exemplar)
        .service(withhold_exemplar);
}

fn shown(ctx: &Ctx, row: exemplar::Model) -> Tagged<Exemplar> {
    Tagged(row.version, service::shown(ctx, row))
}

/// List exemplars
///
/// Everybody sees those that are released; a province sees all of its own, the council, administrators and auditors see
/// all. The latest year first unless `sort` says otherwise.
#[utoipa::path(tag = "exemplars", security((), ("bearer" = [])), params(PageQuery, ExemplarFilter), responses((status = 200, description = "One page", body = Page<Exemplar>)))]
#[get("/api/v1/exemplars")]
async fn list_exemplars(
    Guest(ctx): Guest,
    List { page, filter }: List<ExemplarFilter>,
) -> Result<Listed<Exemplar>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Enter an exemplar
///
/// By an officer of the province or the council secretary, as `discovered` and for nobody else to read. The province
/// exists in the year.
#[utoipa::path(tag = "exemplars", request_body = NewExemplar, responses((status = 201, description = "Entered", body = Exemplar)))]
#[post("/api/v1/exemplars")]
async fn create_exemplar(ctx: Ctx, Json(new): Json<NewExemplar>) -> Result<Created<Exemplar>, Problem> {
    let Tagged(version, body) = shown(&ctx, service::create(&ctx, &new).await?);
    Ok(Created { location: format!("/api/v1/exemplars/{}", body.id), version, body })
}

/// Get an exemplar
///
/// Those who see it in the list. Everybody else gets 404.
#[utoipa::path(tag = "exemplars", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the exemplar")), responses((status = 200, description = "The exemplar", body = Exemplar)))]
#[get("/api/v1/exemplars/{id}")]
async fn get_exemplar(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, service::get(&ctx, id).await?))
}

/// Change an exemplar
///
/// By an officer of the province or the council secretary, while it is not released (409: withhold it first). A merge
/// patch (RFC 7396): absent stays, null takes away. The texts of steps can be corrected, not anticipated. Province and
/// year never change.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), request_body = ExemplarPatch, responses((status = 200, description = "Changed", body = Exemplar)))]
#[patch("/api/v1/exemplars/{id}")]
async fn update_exemplar(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ExemplarPatch>,
) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, service::update(&ctx, id, &seen, &patch).await?))
}

/// Delete an exemplar
///
/// By an officer of the province or the council secretary, while it is not released (409: withhold it first).
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/exemplars/{id}")]
async fn delete_exemplar(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}

/// Foster an exemplar
///
/// By an officer of the province or the council secretary; from `discovered`.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), request_body = ExemplarFostering, responses((status = 200, description = "Fostered", body = Exemplar)))]
#[post("/api/v1/exemplars/{id}/foster")]
async fn foster_exemplar(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(words): Json<ExemplarFostering>,
) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Foster(&words)).await?))
}

/// Review an exemplar
///
/// By an officer of the province or the council secretary; from `fostered`.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), request_body = ExemplarReview, responses((status = 200, description = "Reviewed", body = Exemplar)))]
#[post("/api/v1/exemplars/{id}/review")]
async fn review_exemplar(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(words): Json<ExemplarReview>,
) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Review(&words)).await?))
}

/// Spread an exemplar
///
/// By an officer of the province or the council secretary; from `reviewed`, whether it is released or not.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), request_body = ExemplarSpreading, responses((status = 200, description = "Spread", body = Exemplar)))]
#[post("/api/v1/exemplars/{id}/spread")]
async fn spread_exemplar(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(words): Json<ExemplarSpreading>,
) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Spread(&words)).await?))
}

/// Release an exemplar
///
/// By an officer of the province or the council secretary; once it is `reviewed` or `spread`. From then on everybody reads
/// it, with its name and all its texts.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), responses((status = 200, description = "Released", body = Exemplar)))]
#[post("/api/v1/exemplars/{id}/release")]
async fn release_exemplar(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Release).await?))
}

/// Withhold an exemplar
///
/// By an officer of the province or the council secretary: takes a released exemplar back from the public, with a reason.
/// Its state stays; it can be released again.
#[utoipa::path(tag = "exemplars", params(("id" = Uuid, Path, description = "Id of the exemplar"), IfMatch), request_body = ExemplarWithholding, responses((status = 200, description = "Withheld", body = Exemplar)))]
#[post("/api/v1/exemplars/{id}/withhold")]
async fn withhold_exemplar(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(words): Json<ExemplarWithholding>,
) -> Result<Tagged<Exemplar>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Withhold(&words)).await?))
}
