//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    carry_overs,
    dto::{NewProvinceEvent, ProvinceEvent, ProvinceEventFilter, ProvinceEventPreview},
    entering, preview, service,
};
use crate::{
    http::{Created, Ctx, Guest, Json, List, Listed, Page, PageQuery, Path, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_province_events)
        .service(create_province_event)
        .service(preview_province_event)
        .service(get_province_event);
    carry_overs::routes(to);
}

/// List events of provinces
///
/// Open to everybody, the latest first unless `sort` says otherwise, each with the provinces that ended and began.
#[utoipa::path(tag = "province-events", security((), ("bearer" = [])), params(PageQuery, ProvinceEventFilter), responses((status = 200, description = "One page", body = Page<ProvinceEvent>)))]
#[get("/api/v1/province-events")]
async fn list_province_events(
    Guest(ctx): Guest,
    List { page, filter }: List<ProvinceEventFilter>,
) -> Result<Listed<ProvinceEvent>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Enter an event of provinces
///
/// Administrators only. A merger, a split, or a province that goes on under another name, kind or code. The
/// predecessors end the day before, the successors begin on the day and stay open; cycles of the past keep the
/// provinces as they were. Refused with 422 where a predecessor is unknown, ended already or not there the day before,
/// or a code is taken; with 409 where a predecessor is a member of a cycle of a later year, and where an open cycle has a
/// member that ends and `cycles` does not say what becomes of it. Published results stay as they are, byte for byte.
#[utoipa::path(tag = "province-events", request_body = NewProvinceEvent, responses((status = 201, description = "Created", body = ProvinceEvent)))]
#[post("/api/v1/province-events")]
async fn create_province_event(ctx: Ctx, Json(new): Json<NewProvinceEvent>) -> Result<Created<ProvinceEvent>, Problem> {
    let event = entering::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/province-events/{}", event.id), version: entering::FIRST, body: event })
}

/// Preview an event of provinces
///
/// Administrators only. What the same request would do: which cycles it touches, what hangs on the members that end, who
/// would inherit what, and what stands in its way. Nothing is stored.
#[utoipa::path(tag = "province-events", request_body = NewProvinceEvent, responses((status = 200, description = "What would happen", body = ProvinceEventPreview)))]
#[post("/api/v1/province-events/preview")]
async fn preview_province_event(
    ctx: Ctx,
    Json(new): Json<NewProvinceEvent>,
) -> Result<Reply<ProvinceEventPreview>, Problem> {
    preview::preview(&ctx, &new).await.map(Reply)
}

/// Get an event of provinces
///
/// Open to everybody.
#[utoipa::path(tag = "province-events", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the event")), responses((status = 200, description = "The event", body = ProvinceEvent)))]
#[get("/api/v1/province-events/{id}")]
async fn get_province_event(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Reply<ProvinceEvent>, Problem> {
    service::get(&ctx, id).await.map(Reply)
}
