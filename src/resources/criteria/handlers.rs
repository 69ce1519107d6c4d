//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{Criterion, CriterionFilter, CriterionPatch, NewCriterion},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_criteria)
        .service(create_criterion)
        .service(get_criterion)
        .service(update_criterion)
        .service(delete_criterion);
}

/// List criteria
///
/// Of the sets the caller may see; `leaf=true` leaves out what has parts.
#[utoipa::path(tag = "criteria", security((), ("bearer" = [])), params(PageQuery, CriterionFilter), responses((status = 200, description = "One page", body = Page<Criterion>)))]
#[get("/api/v1/criteria")]
async fn list_criteria(
    Guest(ctx): Guest,
    List { page, filter }: List<CriterionFilter>,
) -> Result<Listed<Criterion>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Criterion::from), &page))
}

/// Add a criterion
///
/// To a draft set, by the head or the council secretary. Whether everything adds up is asked when the set is issued.
#[utoipa::path(tag = "criteria", request_body = NewCriterion, responses((status = 201, description = "Created", body = Criterion)))]
#[post("/api/v1/criteria")]
async fn create_criterion(ctx: Ctx, Json(new): Json<NewCriterion>) -> Result<Created<Criterion>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/criteria/{}", row.id), version: row.version, body: row.into() })
}

/// Get a criterion
///
/// As visible as its set.
#[utoipa::path(tag = "criteria", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the criterion")), responses((status = 200, description = "The criterion", body = Criterion)))]
#[get("/api/v1/criteria/{id}")]
async fn get_criterion(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Criterion>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a criterion
///
/// Of a draft set only: issued criteria never change.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the criterion"), IfMatch), request_body = CriterionPatch, responses((status = 200, description = "Changed", body = Criterion)))]
#[patch("/api/v1/criteria/{id}")]
async fn update_criterion(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CriterionPatch>,
) -> Result<Tagged<Criterion>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a criterion
///
/// Of a draft set only, with all its parts.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the criterion"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/criteria/{id}")]
async fn delete_criterion(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
