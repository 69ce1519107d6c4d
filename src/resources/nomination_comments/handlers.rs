//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    dto::{CommentAnswer, CommentFilter, NewNominationComment, NominationComment},
    service,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_nomination_comments)
        .service(record_comment)
        .service(get_nomination_comment)
        .service(answer_comment);
}

/// List comments on nominations
///
/// The council secretary, administrators and auditors see all, the head of a cycle those on its nominations, an officer
/// those on nominations of the own province; the public sees none. In the order in which they were recorded. No comment
/// holds personal data of its sender.
#[utoipa::path(tag = "nomination-comments", params(PageQuery, CommentFilter), responses((status = 200, description = "One page", body = Page<NominationComment>)))]
#[get("/api/v1/nomination-comments")]
async fn list_nomination_comments(
    ctx: Ctx,
    List { page, filter }: List<CommentFilter>,
) -> Result<Listed<NominationComment>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Record a comment on a nomination
///
/// The council secretary, while the nomination is in `public_comment`. Only what was said and the day are recorded; there is
/// no place for who said it, and the text must not tell. Until it is answered nothing is decided.
#[utoipa::path(tag = "nomination-comments", params(("id" = Uuid, Path, description = "Id of the nomination")), request_body = NewNominationComment, responses((status = 201, description = "Recorded", body = NominationComment)))]
#[post("/api/v1/nominations/{id}/comments")]
async fn record_comment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewNominationComment>,
) -> Result<Created<NominationComment>, Problem> {
    let body = service::record(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/nomination-comments/{}", body.id), version: body.version, body })
}

/// Get a comment
///
/// Seen by those who find it in the list.
#[utoipa::path(tag = "nomination-comments", params(("id" = Uuid, Path, description = "Id of the comment")), responses((status = 200, description = "The comment", body = NominationComment)))]
#[get("/api/v1/nomination-comments/{id}")]
async fn get_nomination_comment(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<NominationComment>, Problem> {
    let body = service::get(&ctx, id).await?;
    Ok(Tagged(body.version, body))
}

/// Answer a comment
///
/// The council secretary, once, while the nomination is in `public_comment` or `on_hold`.
#[utoipa::path(tag = "nomination-comments", params(("id" = Uuid, Path, description = "Id of the comment"), IfMatch), request_body = CommentAnswer, responses((status = 200, description = "Answered", body = NominationComment)))]
#[post("/api/v1/nomination-comments/{id}/answer")]
async fn answer_comment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(answer): Json<CommentAnswer>,
) -> Result<Tagged<NominationComment>, Problem> {
    let body = service::answer(&ctx, id, &seen, &answer).await?;
    Ok(Tagged(body.version, body))
}
