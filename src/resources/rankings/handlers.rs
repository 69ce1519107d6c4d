//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    correction,
    dto::{Correction, Ranking, RankingFilter},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Tagged},
    problem::Problem,
};

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_rankings).service(get_ranking).service(get_cycle_ranking).service(correct_ranking);
}

/// List rankings
///
/// Everybody sees what was published, superseded ones included; head, council and auditors see provisional ones, too.
#[utoipa::path(tag = "rankings", security((), ("bearer" = [])), params(PageQuery, RankingFilter), responses((status = 200, description = "One page", body = Page<Ranking>)))]
#[get("/api/v1/rankings")]
async fn list_rankings(
    Guest(ctx): Guest,
    List { page, filter }: List<RankingFilter>,
) -> Result<Listed<Ranking>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Ranking::from), &page))
}

/// Get a ranking
///
/// With its entries in display order; excluded provinces stand at the end, unranked, with the reason.
#[utoipa::path(tag = "rankings", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the ranking")), responses((status = 200, description = "The ranking", body = Ranking)))]
#[get("/api/v1/rankings/{id}")]
async fn get_ranking(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Ranking>, Problem> {
    let ranking = service::get(&ctx, id).await?;
    Ok(Tagged(ranking.version, ranking))
}

/// Get the ranking of a cycle
///
/// The one in force: the published one, or for head, council and auditors the provisional one.
#[utoipa::path(tag = "rankings", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The ranking", body = Ranking)))]
#[get("/api/v1/cycles/{id}/ranking")]
async fn get_cycle_ranking(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Ranking>, Problem> {
    let ranking = service::of_cycle(&ctx, id).await?;
    Ok(Tagged(ranking.version, ranking))
}

/// Correct a published ranking
///
/// By the council secretary, with a reason: changes final points (or just takes a new exclusion into account) and answers
/// with the new ranking, published at once, which names the one it replaces. The former stays readable.
#[utoipa::path(tag = "rankings", params(("id" = Uuid, Path, description = "Id of the published ranking"), IfMatch), request_body = Correction, responses((status = 201, description = "The new ranking", body = Ranking)))]
#[post("/api/v1/rankings/{id}/correct")]
async fn correct_ranking(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(correction): Json<Correction>,
) -> Result<Created<Ranking>, Problem> {
    let ranking = correction::correct(&ctx, id, &seen, &correction).await?;
    Ok(Created { location: format!("/api/v1/rankings/{}", ranking.id), version: ranking.version, body: ranking })
}
