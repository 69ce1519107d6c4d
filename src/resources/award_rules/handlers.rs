//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{AwardRule, AwardRuleFilter, AwardRulePatch, NewAwardRule},
    service,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_award_rules)
        .service(create_award_rule)
        .service(get_award_rule)
        .service(update_award_rule)
        .service(delete_award_rule);
}

/// List award rules
///
/// Of the cycles the caller may know of. Oldest first.
#[utoipa::path(tag = "award-rules", params(PageQuery, AwardRuleFilter), responses((status = 200, description = "One page", body = Page<AwardRule>)))]
#[get("/api/v1/award-rules")]
async fn list_award_rules(
    ctx: Ctx,
    List { page, filter }: List<AwardRuleFilter>,
) -> Result<Listed<AwardRule>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(AwardRule::from), &page))
}

/// Set an award rule
///
/// By the head of the cycle or the council, until points are final: rules stand before anybody knows whom they favour.
#[utoipa::path(tag = "award-rules", request_body = NewAwardRule, responses((status = 201, description = "Created", body = AwardRule)))]
#[post("/api/v1/award-rules")]
async fn create_award_rule(ctx: Ctx, Json(new): Json<NewAwardRule>) -> Result<Created<AwardRule>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/award-rules/{}", row.id), version: row.version, body: row.into() })
}

/// Get an award rule
///
/// As visible as its cycle.
#[utoipa::path(tag = "award-rules", params(("id" = Uuid, Path, description = "Id of the award rule")), responses((status = 200, description = "The rule", body = AwardRule)))]
#[get("/api/v1/award-rules/{id}")]
async fn get_award_rule(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<AwardRule>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change an award rule
///
/// Until points are final. A merge patch (RFC 7396).
#[utoipa::path(tag = "award-rules", params(("id" = Uuid, Path, description = "Id of the award rule"), IfMatch), request_body = AwardRulePatch, responses((status = 200, description = "Changed", body = AwardRule)))]
#[patch("/api/v1/award-rules/{id}")]
async fn update_award_rule(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AwardRulePatch>,
) -> Result<Tagged<AwardRule>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete an award rule
///
/// Until points are final.
#[utoipa::path(tag = "award-rules", params(("id" = Uuid, Path, description = "Id of the award rule"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/award-rules/{id}")]
async fn delete_award_rule(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
