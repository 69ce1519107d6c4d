//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, patch, post, put};
use uuid::Uuid;

use super::{
    dto::{Conference, ConferenceCancellation, ConferenceFilter, ConferencePatch, ConferenceQuery, NewConference},
    parts::{self, Agenda, ParticipantList},
    service, steps,
};
use crate::{
    domain::conference::Event,
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Query, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_conferences)
        .service(create_conference)
        .service(get_conference)
        .service(update_conference)
        .service(replace_conference_participants)
        .service(replace_conference_agenda)
        .service(open_conference)
        .service(close_conference)
        .service(cancel_conference);
}

/// List conferences
///
/// The members and appraisers of a cycle, the council and auditors see all of it; everybody else sees those that are
/// held or were (`open`, `closed`) of published cycles. The latest first unless `sort` says otherwise.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(PageQuery, ConferenceFilter), responses((status = 200, description = "One page", body = Page<Conference>)))]
#[get("/api/v1/conferences")]
async fn list_conferences(
    Guest(ctx): Guest,
    List { page, filter }: List<ConferenceFilter>,
) -> Result<Listed<Conference>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Plan a conference
///
/// By the council secretary, the head or a deputy of the cycle, until the cycle is closed or interrupted. The host is a
/// member of the cycle (422 `not_a_member` otherwise).
#[utoipa::path(tag = "conferences", request_body = NewConference, responses((status = 201, description = "Planned", body = Conference)))]
#[post("/api/v1/conferences")]
async fn create_conference(ctx: Ctx, Json(new): Json<NewConference>) -> Result<Created<Conference>, Problem> {
    let body = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/conferences/{}", body.id), version: body.version, body })
}

/// Get a conference
///
/// With its participants and its agenda; seen by those who find it in the list. What was said and what was resolved are
/// `GET /speeches` and `GET /resolutions` with `conference_id`.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the conference"), ConferenceQuery), responses((status = 200, description = "The conference", body = Conference)))]
#[get("/api/v1/conferences/{id}")]
async fn get_conference(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(query): Query<ConferenceQuery>,
) -> Result<Tagged<Conference>, Problem> {
    let expand = query.expand.map_or_else(Vec::new, |expand| expand.0);
    service::get(&ctx, id, &expand).await.map(tagged)
}

/// Change a conference
///
/// By those who run it: the council secretary, the head and the deputies of the cycle, officers of the host. When it
/// begins, where and who is host change only while it is `planned`; the rest, with the minutes, until it is closed or
/// cancelled. A merge patch (RFC 7396): absent stays, null takes away. Kind and cycle never change.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), request_body = ConferencePatch, responses((status = 200, description = "Changed", body = Conference)))]
#[patch("/api/v1/conferences/{id}")]
async fn update_conference(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ConferencePatch>,
) -> Result<Tagged<Conference>, Problem> {
    service::update(&ctx, id, &seen, &patch).await.map(tagged)
}

/// Replace the participants of a conference
///
/// By those who run it, until it is closed or cancelled: chairs, delegates and guests, in order. Whoever is not in the
/// list is gone.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), request_body = ParticipantList, responses((status = 200, description = "Replaced", body = Conference)))]
#[put("/api/v1/conferences/{id}/participants")]
async fn replace_conference_participants(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(list): Json<ParticipantList>,
) -> Result<Tagged<Conference>, Problem> {
    parts::put_participants(&ctx, id, &seen, &list).await.map(tagged)
}

/// Replace the agenda of a conference
///
/// By those who run it, until it is closed or cancelled. Points that have a time stand in the order of their times.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), request_body = Agenda, responses((status = 200, description = "Replaced", body = Conference)))]
#[put("/api/v1/conferences/{id}/agenda")]
async fn replace_conference_agenda(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(agenda): Json<Agenda>,
) -> Result<Tagged<Conference>, Problem> {
    parts::put_agenda(&ctx, id, &seen, &agenda).await.map(tagged)
}

/// Open a conference
///
/// From `planned`, on its day in Vietnam or later (blocker `before_its_day`), by those who run it. From now on resolutions
/// are made, and when and where it is held is settled.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), responses((status = 200, description = "Open", body = Conference)))]
#[post("/api/v1/conferences/{id}/open")]
async fn open_conference(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Conference>, Problem> {
    steps::advance(&ctx, id, Event::Open, None, &seen).await.map(tagged)
}

/// Close a conference
///
/// From `open`, by those who run it. Needs minutes (blocker `minutes_missing`) and a chair among the participants
/// (`chair_missing`); a year-end conference of a cycle that is not published yet has approved its ranking
/// (`ranking_not_approved`). Afterwards nothing of it changes.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), responses((status = 200, description = "Closed", body = Conference)))]
#[post("/api/v1/conferences/{id}/close")]
async fn close_conference(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Conference>, Problem> {
    steps::advance(&ctx, id, Event::Close, None, &seen).await.map(tagged)
}

/// Cancel a conference
///
/// By those who run it, with a reason; one that is open only while it has made no resolution (blocker
/// `resolutions_made`).
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference"), IfMatch), request_body = ConferenceCancellation, responses((status = 200, description = "Cancelled", body = Conference)))]
#[post("/api/v1/conferences/{id}/cancel")]
async fn cancel_conference(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<ConferenceCancellation>,
) -> Result<Tagged<Conference>, Problem> {
    steps::advance(&ctx, id, Event::Cancel, Some(&why.reason), &seen).await.map(tagged)
}

fn tagged(body: Conference) -> Tagged<Conference> {
    Tagged(body.version, body)
}
