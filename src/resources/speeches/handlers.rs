//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{NewSpeech, Speech, SpeechFilter, SpeechPatch},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_speeches).service(create_speech).service(get_speech).service(update_speech).service(delete_speech);
}

/// List speeches
///
/// Seen by those who see the conference. In the order in which they were added.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(PageQuery, SpeechFilter), responses((status = 200, description = "One page", body = Page<Speech>)))]
#[get("/api/v1/speeches")]
async fn list_speeches(
    Guest(ctx): Guest,
    List { page, filter }: List<SpeechFilter>,
) -> Result<Listed<Speech>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Add a speech to a conference
///
/// An officer of a member adds those of the own province, who runs the conference any; until it is closed or cancelled.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the conference")), request_body = NewSpeech, responses((status = 201, description = "Added", body = Speech)))]
#[post("/api/v1/conferences/{id}/speeches")]
async fn create_speech(ctx: Ctx, Path(id): Path<Uuid>, Json(new): Json<NewSpeech>) -> Result<Created<Speech>, Problem> {
    let body = service::create(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/speeches/{}", body.id), version: body.version, body })
}

/// Get a speech
///
/// Seen by those who see the conference.
#[utoipa::path(tag = "conferences", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the speech")), responses((status = 200, description = "The speech", body = Speech)))]
#[get("/api/v1/speeches/{id}")]
async fn get_speech(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Speech>, Problem> {
    let body = service::get(&ctx, id).await?;
    Ok(Tagged(body.version, body))
}

/// Change a speech
///
/// By an officer of its province and by those who run the conference, until it is closed or cancelled. A merge patch (RFC
/// 7396): absent stays, null takes away. The province never changes.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the speech"), IfMatch), request_body = SpeechPatch, responses((status = 200, description = "Changed", body = Speech)))]
#[patch("/api/v1/speeches/{id}")]
async fn update_speech(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<SpeechPatch>,
) -> Result<Tagged<Speech>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Delete a speech
///
/// By an officer of its province and by those who run the conference, until it is closed or cancelled.
#[utoipa::path(tag = "conferences", params(("id" = Uuid, Path, description = "Id of the speech"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/speeches/{id}")]
async fn delete_speech(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
