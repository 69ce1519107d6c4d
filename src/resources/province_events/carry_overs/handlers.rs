//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    super::entering::FIRST,
    dto::{CarryOver, CarryOverFilter, NewCarryOver, TouchedCycle},
    later, service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Reply, Routes},
    problem::Problem,
};

pub(in crate::resources::province_events) fn routes(to: &mut impl Routes) {
    to.service(list_carry_overs).service(get_carry_over).service(carry_cycle_over).service(preview_carry_over);
}

/// List what events of provinces meant for cycles
///
/// As visible as the cycles. The latest first unless `sort` says otherwise.
#[utoipa::path(tag = "carry-overs", security((), ("bearer" = [])), params(PageQuery, CarryOverFilter), responses((status = 200, description = "One page", body = Page<CarryOver>)))]
#[get("/api/v1/carry-overs")]
async fn list_carry_overs(
    Guest(ctx): Guest,
    List { page, filter }: List<CarryOverFilter>,
) -> Result<Listed<CarryOver>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Get what an event of provinces meant for a cycle
///
/// As visible as the cycle.
#[utoipa::path(tag = "carry-overs", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the decision")), responses((status = 200, description = "The decision", body = CarryOver)))]
#[get("/api/v1/carry-overs/{id}")]
async fn get_carry_over(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Reply<CarryOver>, Problem> {
    service::get(&ctx, id).await.map(Reply)
}

/// Carry a cycle over
///
/// Members that an event ended leave the contest: they stay on the list, unranked, and hold no office any more. The
/// successors that are named join in the strongest role among them, with the pledge, targets, scorecard and open
/// recommendations they are to inherit; all the rest stays with the province as it was. By the head of the cycle, the
/// council secretary or an administrator, of a cycle of the event's year that is interrupted or not yet finalised. An event
/// that is entered now carries cycles over in the same request: see `POST /province-events`.
#[utoipa::path(tag = "carry-overs", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = NewCarryOver, responses((status = 201, description = "Carried over", body = CarryOver)))]
#[post("/api/v1/cycles/{id}/carry-over")]
async fn carry_cycle_over(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<NewCarryOver>,
) -> Result<Created<CarryOver>, Problem> {
    let made = later::carry_over(&ctx, id, &seen, &new).await?;
    Ok(Created { location: format!("/api/v1/carry-overs/{}", made.id), version: FIRST, body: made })
}

/// Preview carrying a cycle over
///
/// What the same request would do, and what it would be refused for; nothing is stored.
#[utoipa::path(tag = "carry-overs", params(("id" = Uuid, Path, description = "Id of the cycle")), request_body = NewCarryOver, responses((status = 200, description = "What would happen", body = TouchedCycle)))]
#[post("/api/v1/cycles/{id}/carry-over/preview")]
async fn preview_carry_over(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCarryOver>,
) -> Result<Reply<TouchedCycle>, Problem> {
    later::preview(&ctx, id, &new).await.map(Reply)
}
