//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{
        NewRecommendation, Recommendation, RecommendationAnswer, RecommendationClosing, RecommendationFilter,
        RecommendationForwarding, RecommendationPatch, RecommendationQuery, RecommendationWithdrawal,
    },
    service,
    steps::{self, Step},
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Query, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_recommendations)
        .service(raise_recommendation)
        .service(get_recommendation)
        .service(update_recommendation)
        .service(delete_recommendation)
        .service(forward_recommendation)
        .service(answer_recommendation)
        .service(close_recommendation)
        .service(withdraw_recommendation);
}

async fn step(ctx: &Ctx, id: Uuid, seen: &IfMatch, step: Step) -> Result<Tagged<Recommendation>, Problem> {
    let body = steps::advance(ctx, id, seen, &step).await?;
    Ok(Tagged(body.version, body))
}

/// List recommendations
///
/// The members of a cycle see all that was raised in it, and so do the council secretary, administrators and auditors;
/// nobody else sees any. The last raised first unless `sort` says otherwise.
#[utoipa::path(tag = "recommendations", params(PageQuery, RecommendationFilter), responses((status = 200, description = "One page", body = Page<Recommendation>)))]
#[get("/api/v1/recommendations")]
async fn list_recommendations(
    ctx: Ctx,
    List { page, filter }: List<RecommendationFilter>,
) -> Result<Listed<Recommendation>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Raise a recommendation
///
/// Officers of the province, and the council secretary; from the launch of the cycle until it is closed (409). The province
/// is a member of the cycle (422 `not_a_member` otherwise).
#[utoipa::path(tag = "recommendations", request_body = NewRecommendation, responses((status = 201, description = "Raised", body = Recommendation)))]
#[post("/api/v1/recommendations")]
async fn raise_recommendation(
    ctx: Ctx,
    Json(new): Json<NewRecommendation>,
) -> Result<Created<Recommendation>, Problem> {
    let body = service::raise(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/recommendations/{}", body.id), version: body.version, body })
}

/// Get a recommendation
///
/// Those who see it in the list. Everybody else gets 404.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), RecommendationQuery), responses((status = 200, description = "The recommendation", body = Recommendation)))]
#[get("/api/v1/recommendations/{id}")]
async fn get_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<RecommendationQuery>,
) -> Result<Tagged<Recommendation>, Problem> {
    let expand = query.expand.map_or_else(Vec::new, |expand| expand.0);
    let body = service::get(&ctx, id, &expand).await?;
    Ok(Tagged(body.version, body))
}

/// Change a recommendation
///
/// Officers of the province that raised it, and the council secretary; until it is forwarded (409). A merge patch (RFC
/// 7396): absent stays, null takes away.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), request_body = RecommendationPatch, responses((status = 200, description = "Changed", body = Recommendation)))]
#[patch("/api/v1/recommendations/{id}")]
async fn update_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<RecommendationPatch>,
) -> Result<Tagged<Recommendation>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Delete a recommendation
///
/// Officers of the province that raised it, and the council secretary; until it is forwarded (409). Its documents go
/// with it.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/recommendations/{id}")]
async fn delete_recommendation(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}

/// Forward a recommendation
///
/// The head of the cycle and the council secretary: `raised` to `forwarded`, with the last day on which an answer is in
/// time.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), request_body = RecommendationForwarding, responses((status = 200, description = "Forwarded", body = Recommendation)))]
#[post("/api/v1/recommendations/{id}/forward")]
async fn forward_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(forwarding): Json<RecommendationForwarding>,
) -> Result<Tagged<Recommendation>, Problem> {
    step(&ctx, id, &seen, Step::Forward(forwarding)).await
}

/// Answer a recommendation
///
/// `forwarded` to `answered`. What is addressed to the central level is answered by the council secretary; what is addressed
/// to the members also by an officer of any member but the one that raised it, even where that one is head of the cycle.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), request_body = RecommendationAnswer, responses((status = 200, description = "Answered", body = Recommendation)))]
#[post("/api/v1/recommendations/{id}/answer")]
async fn answer_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(answer): Json<RecommendationAnswer>,
) -> Result<Tagged<Recommendation>, Problem> {
    step(&ctx, id, &seen, Step::Answer(answer)).await
}

/// Close a recommendation
///
/// Officers of the province that raised it, and the council secretary: `answered` to `closed`. Nothing of it changes any
/// more.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), request_body = RecommendationClosing, responses((status = 200, description = "Closed", body = Recommendation)))]
#[post("/api/v1/recommendations/{id}/close")]
async fn close_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(closing): Json<RecommendationClosing>,
) -> Result<Tagged<Recommendation>, Problem> {
    step(&ctx, id, &seen, Step::Close(closing)).await
}

/// Withdraw a recommendation
///
/// Officers of the province that raised it: `raised` to `withdrawn`, with the reason.
#[utoipa::path(tag = "recommendations", params(("id" = Uuid, Path, description = "Id of the recommendation"), IfMatch), request_body = RecommendationWithdrawal, responses((status = 200, description = "Withdrawn", body = Recommendation)))]
#[post("/api/v1/recommendations/{id}/withdraw")]
async fn withdraw_recommendation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(withdrawal): Json<RecommendationWithdrawal>,
) -> Result<Tagged<Recommendation>, Problem> {
    step(&ctx, id, &seen, Step::Withdraw(withdrawal)).await
}
