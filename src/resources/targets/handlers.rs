//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{NewTarget, Target, TargetFilter, TargetPatch, TargetQuery},
    service,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Query, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_targets).service(create_target).service(get_target).service(update_target).service(delete_target);
}

/// List targets
///
/// Those of the pledges the caller sees, by pledge and position unless `sort` says otherwise.
#[utoipa::path(tag = "targets", params(PageQuery, TargetFilter), responses((status = 200, description = "One page", body = Page<Target>)))]
#[get("/api/v1/targets")]
async fn list_targets(ctx: Ctx, List { page, filter }: List<TargetFilter>) -> Result<Listed<Target>, Problem> {
    let targets = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(targets.map(Target::from), &page))
}

/// Register a target
///
/// Officers of the province, and the council secretary; into a draft or a signed pledge, until self-scoring opens. The
/// actual figure follows by `PATCH` once the pledge is signed.
#[utoipa::path(tag = "targets", request_body = NewTarget, responses((status = 201, description = "Created", body = Target)))]
#[post("/api/v1/targets")]
async fn create_target(ctx: Ctx, Json(new): Json<NewTarget>) -> Result<Created<Target>, Problem> {
    let view = service::create(&ctx, &new).await?;
    let (id, version) = (view.target.id, view.target.version);
    Ok(Created { location: format!("/api/v1/targets/{id}"), version, body: view.into() })
}

/// Get a target
///
/// Those who see its pledge. Everybody else gets 404.
#[utoipa::path(tag = "targets", params(("id" = Uuid, Path, description = "Id of the target"), TargetQuery), responses((status = 200, description = "The target", body = Target)))]
#[get("/api/v1/targets/{id}")]
async fn get_target(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<TargetQuery>,
) -> Result<Tagged<Target>, Problem> {
    let view = service::get(&ctx, id, query.expand.is_some()).await?;
    Ok(Tagged(view.target.version, view.into()))
}

/// Change a target
///
/// Officers of the province, and the council secretary. In a draft the promise changes; in a signed pledge only `actual`
/// and `source` do, from the launch of the cycle until its publication, and every other change is an amendment of the
/// pledge (409). A merge patch (RFC 7396): absent stays, null takes away.
#[utoipa::path(tag = "targets", params(("id" = Uuid, Path, description = "Id of the target"), IfMatch), request_body = TargetPatch, responses((status = 200, description = "Changed", body = Target)))]
#[patch("/api/v1/targets/{id}")]
async fn update_target(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<TargetPatch>,
) -> Result<Tagged<Target>, Problem> {
    let view = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(view.target.version, view.into()))
}

/// Delete a target
///
/// Officers of the province, and the council secretary; only while the pledge is a draft: out of a signed pledge a target
/// is taken by `amend` (409).
#[utoipa::path(tag = "targets", params(("id" = Uuid, Path, description = "Id of the target"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/targets/{id}")]
async fn delete_target(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
