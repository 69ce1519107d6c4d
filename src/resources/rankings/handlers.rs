//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    chart, correction,
    dto::{Correction, Preview, Proof, Ranking, RankingFilter, Verification, WhatIf},
    preview, proof, published, service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Picture, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_rankings)
        .service(get_ranking)
        .service(get_cycle_ranking)
        .service(get_ranking_proof)
        .service(verify_ranking)
        .service(preview_ranking)
        .service(get_ranking_chart)
        .service(correct_ranking);
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
async fn get_ranking(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<published::Answer, Problem> {
    published::by_id(&ctx, id).await
}

/// Get the ranking of a cycle
///
/// The one in force: the published one, or for head, council and auditors the provisional one.
#[utoipa::path(tag = "rankings", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The ranking", body = Ranking)))]
#[get("/api/v1/cycles/{id}/ranking")]
async fn get_cycle_ranking(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<published::Answer, Problem> {
    published::of_cycle(&ctx, id).await
}

/// Get the proof of a ranking
///
/// All that the ranking was computed from and all that came out, with the version of the computation and the SHA-256 of
/// the canonical form (RFC 8785) of `content`. Exact decimals are text in it. For those who may see all sheets: head,
/// council, auditors, and the members since publication. `thidua verify FILE` checks a downloaded proof without a server.
#[utoipa::path(tag = "rankings", params(("id" = Uuid, Path, description = "Id of the ranking")), responses((status = 200, description = "The proof", body = Proof)))]
#[get("/api/v1/rankings/{id}/proof")]
async fn get_ranking_proof(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Proof>, Problem> {
    let proof = proof::get(&ctx, id).await?;
    Ok(Tagged(proof.version, proof))
}

/// Verify a ranking
///
/// Computes the ranking again from the inputs stored with it and compares it with what was published, to the last digit.
/// Changes nothing.
#[utoipa::path(tag = "rankings", params(("id" = Uuid, Path, description = "Id of the ranking")), responses((status = 200, description = "Whether the ranking holds", body = Verification)))]
#[post("/api/v1/rankings/{id}/verify")]
async fn verify_ranking(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Verification>, Problem> {
    Ok(Reply(proof::check(&ctx, id).await?))
}

/// Preview the ranking of a cycle
///
/// The ranking as it would be under hypothetical changes, made in their order; without changes, as the sheets stand. A
/// line that is not final yet counts with the farthest stage it has reached, one without points with 0. Stores nothing.
/// For head, council and auditors, and the members since publication.
#[utoipa::path(tag = "rankings", params(("id" = Uuid, Path, description = "Id of the cycle")), request_body = WhatIf, responses((status = 200, description = "The hypothetical ranking", body = Preview)))]
#[post("/api/v1/cycles/{id}/ranking/preview")]
async fn preview_ranking(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(what_if): Json<WhatIf>,
) -> Result<Reply<Preview>, Problem> {
    Ok(Reply(preview::get(&ctx, id, &what_if).await?))
}

/// Get a ranking as a picture
///
/// A bar for each province in the order of the ranks, made of its sections; excluded provinces stand at the end, without
/// a rank. As visible as the ranking; words and numbers in the caller's language. The picture needs nothing from outside.
#[utoipa::path(
    tag = "rankings",
    security((), ("bearer" = [])),
    params(("id" = Uuid, Path, description = "Id of the ranking")),
    responses((
        status = 200,
        description = "The picture",
        headers(("Content-Security-Policy" = String, description = "Nothing in it may load or run")),
        content_type = "image/svg+xml",
        body = String,
    )),
)]
#[get("/api/v1/rankings/{id}/chart.svg")]
async fn get_ranking_chart(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Picture, Problem> {
    chart::get(&ctx, id).await.map(Picture)
}

/// Correct a published ranking
///
/// By the council secretary, with a reason: changes final points (or just takes a new exclusion into account) and answers
/// with the new ranking, published at once, which names the one it replaces. The former stays readable. Open nominations are
/// examined again and `nominations` says what became of each: one that keeps its rank rests on the new ranking, another
/// goes no further until it is withdrawn. Decided awards stay as they are.
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
