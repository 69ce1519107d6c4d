//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{Exclusion, Membership, MembershipFilter, MembershipPatch, NewMembership},
    exclusion, service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_memberships)
        .service(create_membership)
        .service(get_membership)
        .service(update_membership)
        .service(delete_membership)
        .service(exclude_member)
        .service(readmit_member);
}

/// List memberships
///
/// Of the cycles the caller may see; the latest year first.
#[utoipa::path(tag = "memberships", security((), ("bearer" = [])), params(PageQuery, MembershipFilter), responses((status = 200, description = "One page", body = Page<Membership>)))]
#[get("/api/v1/memberships")]
async fn list_memberships(
    Guest(ctx): Guest,
    List { page, filter }: List<MembershipFilter>,
) -> Result<Listed<Membership>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Add a member
///
/// While the cycle is a draft, by the head or the council. In one year a province is in one cluster; a cycle has one
/// head, and deputies ranked 1, 2, ….
#[utoipa::path(tag = "memberships", request_body = NewMembership, responses((status = 201, description = "Created", body = Membership)))]
#[post("/api/v1/memberships")]
async fn create_membership(ctx: Ctx, Json(new): Json<NewMembership>) -> Result<Created<Membership>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/memberships/{}", row.id), version: row.version, body: row.into() })
}

/// Get a membership
///
/// As visible as its cycle.
#[utoipa::path(tag = "memberships", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the membership")), responses((status = 200, description = "The membership", body = Membership)))]
#[get("/api/v1/memberships/{id}")]
async fn get_membership(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Membership>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a membership
///
/// Role, rank and certainty, while the cycle is a draft. To change heads, make the old one a member first.
#[utoipa::path(tag = "memberships", params(("id" = Uuid, Path, description = "Id of the membership"), IfMatch), request_body = MembershipPatch, responses((status = 200, description = "Changed", body = Membership)))]
#[patch("/api/v1/memberships/{id}")]
async fn update_membership(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<MembershipPatch>,
) -> Result<Tagged<Membership>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Remove a member
///
/// While the cycle is a draft.
#[utoipa::path(tag = "memberships", params(("id" = Uuid, Path, description = "Id of the membership"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/memberships/{id}")]
async fn delete_membership(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

/// Exclude a member from the ranking
///
/// With a reason: no year-end report, a serious violation. The province is shown unranked and takes nobody's place.
#[utoipa::path(tag = "memberships", params(("id" = Uuid, Path, description = "Id of the membership"), IfMatch), request_body = Exclusion, responses((status = 200, description = "Excluded", body = Membership)))]
#[post("/api/v1/memberships/{id}/exclude")]
async fn exclude_member(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<Exclusion>,
) -> Result<Tagged<Membership>, Problem> {
    let row = exclusion::exclude(&ctx, id, &seen, &why.reason).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Readmit a member to the ranking
///
/// A stored ranking does not change by itself: reopen the cycle, or correct the published ranking.
#[utoipa::path(tag = "memberships", params(("id" = Uuid, Path, description = "Id of the membership"), IfMatch), responses((status = 200, description = "Readmitted", body = Membership)))]
#[post("/api/v1/memberships/{id}/readmit")]
async fn readmit_member(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Membership>, Problem> {
    let row = exclusion::readmit(&ctx, id, &seen).await?;
    Ok(Tagged(row.version, row.into()))
}
