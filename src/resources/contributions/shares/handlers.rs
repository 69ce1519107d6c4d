//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{ContributionShare, ContributionShareFilter, ContributionSharePatch, NewContributionShare},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub(crate) fn routes(to: &mut impl Routes) {
    to.service(list_contribution_shares)
        .service(create_contribution_share)
        .service(get_contribution_share)
        .service(update_contribution_share)
        .service(delete_contribution_share);
}

/// List shares of contributions
///
/// As visible as their contributions: to the members and appraisers of the cycle, to central roles and auditors, and to
/// everybody once it is published.
#[utoipa::path(tag = "contribution-shares", security((), ("bearer" = [])), params(PageQuery, ContributionShareFilter), responses((status = 200, description = "One page", body = Page<ContributionShare>)))]
#[get("/api/v1/contribution-shares")]
async fn list_contribution_shares(
    Guest(ctx): Guest,
    List { page, filter }: List<ContributionShareFilter>,
) -> Result<Listed<ContributionShare>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Record a share of a contribution
///
/// Officers of the member that gives it, the head of the cycle and the council secretary; until the cycle is closed (409). A
/// member has one share of a contribution (409). What is paid is never more than what is pledged (422
/// `more_than_pledged`).
#[utoipa::path(tag = "contribution-shares", request_body = NewContributionShare, responses((status = 201, description = "Recorded", body = ContributionShare)))]
#[post("/api/v1/contribution-shares")]
async fn create_contribution_share(
    ctx: Ctx,
    Json(new): Json<NewContributionShare>,
) -> Result<Created<ContributionShare>, Problem> {
    let row = service::create(&ctx, &new).await?;
    let location = format!("/api/v1/contribution-shares/{}", row.id);
    Ok(Created { location, version: row.version, body: row.into() })
}

/// Get a share of a contribution
///
/// As visible as its contribution.
#[utoipa::path(tag = "contribution-shares", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the share")), responses((status = 200, description = "The share", body = ContributionShare)))]
#[get("/api/v1/contribution-shares/{id}")]
async fn get_contribution_share(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<ContributionShare>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a share of a contribution
///
/// By whom it is recorded. Once the cycle is closed only what was paid changes, not what was pledged (409). A merge patch
/// (RFC 7396): absent stays, null takes away.
#[utoipa::path(tag = "contribution-shares", params(("id" = Uuid, Path, description = "Id of the share"), IfMatch), request_body = ContributionSharePatch, responses((status = 200, description = "Changed", body = ContributionShare)))]
#[patch("/api/v1/contribution-shares/{id}")]
async fn update_contribution_share(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ContributionSharePatch>,
) -> Result<Tagged<ContributionShare>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a share of a contribution
///
/// By whom it is recorded, as long as nothing of it was paid (409 `blocked` otherwise) and the cycle is not closed.
#[utoipa::path(tag = "contribution-shares", params(("id" = Uuid, Path, description = "Id of the share"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/contribution-shares/{id}")]
async fn delete_contribution_share(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
