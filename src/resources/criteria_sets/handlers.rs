//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post, put};
use uuid::Uuid;

use super::{
    dto::{CriteriaSet, CriteriaSetFilter, CriteriaSetPatch, CriteriaTree, NewCriteriaSet, NewCriteriaTree},
    service, tree,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_criteria_sets)
        .service(create_criteria_set)
        .service(get_criteria_set)
        .service(update_criteria_set)
        .service(delete_criteria_set)
        .service(issue_criteria_set)
        .service(get_criteria_tree)
        .service(put_criteria_tree);
}

/// List criteria sets
///
/// What was issued, of the cycles the caller may see; drafts show to the head and the council. The latest first.
#[utoipa::path(tag = "criteria", security((), ("bearer" = [])), params(PageQuery, CriteriaSetFilter), responses((status = 200, description = "One page", body = Page<CriteriaSet>)))]
#[get("/api/v1/criteria-sets")]
async fn list_criteria_sets(
    Guest(ctx): Guest,
    List { page, filter }: List<CriteriaSetFilter>,
) -> Result<Listed<CriteriaSet>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(CriteriaSet::from), &page))
}

/// Create a criteria set
///
/// A draft, by the head or the council secretary; empty, or a copy of another set. Needs a reason where a version has been
/// issued before.
#[utoipa::path(tag = "criteria", request_body = NewCriteriaSet, responses((status = 201, description = "Created", body = CriteriaSet)))]
#[post("/api/v1/criteria-sets")]
async fn create_criteria_set(ctx: Ctx, Json(new): Json<NewCriteriaSet>) -> Result<Created<CriteriaSet>, Problem> {
    let set = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/criteria-sets/{}", set.id), version: set.version, body: set })
}

/// Get a criteria set
///
/// With `allowed_actions`; its criteria are at `/criteria-sets/{id}/tree` and `/criteria`.
#[utoipa::path(tag = "criteria", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the set")), responses((status = 200, description = "The set", body = CriteriaSet)))]
#[get("/api/v1/criteria-sets/{id}")]
async fn get_criteria_set(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CriteriaSet>, Problem> {
    service::get(&ctx, id).await.map(tagged)
}

/// Change a criteria set
///
/// Drafts only, by the head or the council secretary.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the set"), IfMatch), request_body = CriteriaSetPatch, responses((status = 200, description = "Changed", body = CriteriaSet)))]
#[patch("/api/v1/criteria-sets/{id}")]
async fn update_criteria_set(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CriteriaSetPatch>,
) -> Result<Tagged<CriteriaSet>, Problem> {
    service::update(&ctx, id, &seen, &patch).await.map(tagged)
}

/// Delete a criteria set
///
/// Drafts only, with all their criteria, and only while no other set names it as the one it was copied from: 409
/// otherwise.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the set"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/criteria-sets/{id}")]
async fn delete_criteria_set(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

/// Issue a criteria set
///
/// From then on it never changes. Everything must add up: the blockers name each criterion that does not, with both
/// figures. A version issued before is superseded, which needs a `reason`.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the set"), IfMatch), responses((status = 200, description = "Issued", body = CriteriaSet)))]
#[post("/api/v1/criteria-sets/{id}/issue")]
async fn issue_criteria_set(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<CriteriaSet>, Problem> {
    service::issue(&ctx, id, &seen).await.map(tagged)
}

/// Get the criteria of a set as a tree
///
/// Nested to any depth; only leaves carry points.
#[utoipa::path(tag = "criteria", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the set")), responses((status = 200, description = "The tree", body = CriteriaTree)))]
#[get("/api/v1/criteria-sets/{id}/tree")]
async fn get_criteria_tree(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CriteriaTree>, Problem> {
    let tree = tree::get(&ctx, id).await?;
    Ok(Tagged(tree.version, tree))
}

/// Write the whole tree of a set
///
/// Drafts only. Idempotent: criteria are known by their codes and keep their ids; what is not in the tree is deleted; the
/// same tree again changes nothing. At most 2,000 criteria in 32 levels; everything wrong with it is named at once.
#[utoipa::path(tag = "criteria", params(("id" = Uuid, Path, description = "Id of the set"), IfMatch), request_body = NewCriteriaTree, responses((status = 200, description = "The tree as stored", body = CriteriaTree)))]
#[put("/api/v1/criteria-sets/{id}/tree")]
async fn put_criteria_tree(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<NewCriteriaTree>,
) -> Result<Tagged<CriteriaTree>, Problem> {
    let tree = tree::put(&ctx, id, &seen, &new).await?;
    Ok(Tagged(tree.version, tree))
}

fn tagged(set: CriteriaSet) -> Tagged<CriteriaSet> {
    Tagged(set.version, set)
}
