//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{Contribution, ContributionFilter, ContributionPatch, ContributionQuery, NewContribution},
    service, shares,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Query, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_contributions)
        .service(create_contribution)
        .service(get_contribution)
        .service(update_contribution)
        .service(delete_contribution);
    shares::routes(to);
}

/// List contributions
///
/// Those of the cycles the caller may see: members and appraisers their own, central roles and auditors all, and everybody
/// those of published cycles. Each with its shares and what they come to. The latest first unless `sort` says otherwise.
#[utoipa::path(tag = "contributions", security((), ("bearer" = [])), params(PageQuery, ContributionFilter), responses((status = 200, description = "One page", body = Page<Contribution>)))]
#[get("/api/v1/contributions")]
async fn list_contributions(
    Guest(ctx): Guest,
    List { page, filter }: List<ContributionFilter>,
) -> Result<Listed<Contribution>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Record a contribution
///
/// The head of the cycle and the council secretary; from the launch of the cycle until it is closed (409). What each member
/// gives of it is a share: `POST /api/v1/contribution-shares`.
#[utoipa::path(tag = "contributions", request_body = NewContribution, responses((status = 201, description = "Recorded", body = Contribution)))]
#[post("/api/v1/contributions")]
async fn create_contribution(ctx: Ctx, Json(new): Json<NewContribution>) -> Result<Created<Contribution>, Problem> {
    let body = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/contributions/{}", body.id), version: body.version, body })
}

/// Get a contribution
///
/// As visible as its cycle. With its shares and what they come to.
#[utoipa::path(tag = "contributions", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the contribution"), ContributionQuery), responses((status = 200, description = "The contribution", body = Contribution)))]
#[get("/api/v1/contributions/{id}")]
async fn get_contribution(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(query): Query<ContributionQuery>,
) -> Result<Tagged<Contribution>, Problem> {
    let expand = query.expand.map_or_else(Vec::new, |expand| expand.0);
    let body = service::get(&ctx, id, &expand).await?;
    Ok(Tagged(body.version, body))
}

/// Change a contribution
///
/// The head of the cycle and the council secretary, until the cycle is closed (409). A merge patch (RFC 7396): absent stays,
/// null takes away.
#[utoipa::path(tag = "contributions", params(("id" = Uuid, Path, description = "Id of the contribution"), IfMatch), request_body = ContributionPatch, responses((status = 200, description = "Changed", body = Contribution)))]
#[patch("/api/v1/contributions/{id}")]
async fn update_contribution(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ContributionPatch>,
) -> Result<Tagged<Contribution>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Delete a contribution
///
/// The head of the cycle and the council secretary, until the cycle is closed, and only as long as no share was paid (409
/// `blocked`, with the shares). Its shares and documents go with it.
#[utoipa::path(tag = "contributions", params(("id" = Uuid, Path, description = "Id of the contribution"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/contributions/{id}")]
async fn delete_contribution(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
