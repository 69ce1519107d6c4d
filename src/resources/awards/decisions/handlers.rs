//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{HttpRequest, get, post, put};
use uuid::Uuid;

use super::{
    dto::{Decision, DecisionFilter, DecisionRevocation, DecisionView, NewDecision, NewDecisionFile},
    file, read, write,
};
use crate::{
    http::{
        Created, Ctx, Download, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Query, Routes, Tagged,
        Upload,
    },
    problem::Problem,
};

pub(crate) fn routes(to: &mut impl Routes) {
    to.service(list_decisions)
        .service(create_decision)
        .service(get_decision)
        .service(revoke_decision)
        .service(put_decision_file)
        .service(get_decision_file);
}

/// List decisions
///
/// Open to everybody, the latest first. Each tells how many of its awards stand, what money went with them, and what is
/// to be recovered.
#[utoipa::path(tag = "decisions", security((), ("bearer" = [])), params(PageQuery, DecisionFilter), responses((status = 200, description = "One page", body = Page<Decision>)))]
#[get("/api/v1/decisions")]
async fn list_decisions(
    Guest(ctx): Guest,
    List { page, filter }: List<DecisionFilter>,
) -> Result<Listed<Decision>, Problem> {
    Ok(Listed::new(read::list(&ctx, &page, &filter).await?, &page))
}

/// Decide many awards at once
///
/// The council secretary records one decision on 1 to 200 `submitted` nominations of published cycles, which become
/// `decided`: all of them or none. The authority must be competent for every award type; the money is computed for each
/// award as at `POST /api/v1/awards`. A 422 names the item (`/awards/3/nomination_id`): named twice (`duplicate`),
/// unknown (`unknown_reference`), for another authority (`not_competent`), or of a year after the decision
/// (`before_cycle`). Blocked with one blocker for each nomination that is in the way, its `subject`: not submitted, on hold
/// or closed (`nomination_not_ready`), excluded (`nominee_excluded`), ranked anew (`rank_changed`), or without a base
/// salary for the day (`base_salary_missing`). 409 where the authority has used the number in that year. The answer embeds
/// the awards.
#[utoipa::path(tag = "decisions", request_body = NewDecision, responses((status = 201, description = "Decided", body = Decision)))]
#[post("/api/v1/decisions")]
async fn create_decision(ctx: Ctx, Json(new): Json<NewDecision>) -> Result<Created<Decision>, Problem> {
    let body = write::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/decisions/{}", body.id), version: body.version, body })
}

/// Get a decision
///
/// Open to everybody; with `expand=awards` all it grants.
#[utoipa::path(tag = "decisions", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the decision"), DecisionView), responses((status = 200, description = "The decision", body = Decision)))]
#[get("/api/v1/decisions/{id}")]
async fn get_decision(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(view): Query<DecisionView>,
) -> Result<Tagged<Decision>, Problem> {
    let body = read::get(&ctx, id, &view).await?;
    Ok(Tagged(body.version, body))
}

/// Revoke a decision, or some of its awards
///
/// The council secretary takes back all awards that stand, or those of `award_ids`: all of them or none. The answer
/// embeds the awards that were reversed, each with its money to recover, and the sum over the decision. A 422 names an
/// award the decision does not grant (`/award_ids/2`); blocked where one has been revoked before (`award_revoked`). The
/// nominations stay decided.
#[utoipa::path(tag = "decisions", params(("id" = Uuid, Path, description = "Id of the decision"), IfMatch), request_body = DecisionRevocation, responses((status = 200, description = "Revoked", body = Decision)))]
#[post("/api/v1/decisions/{id}/revoke")]
async fn revoke_decision(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(revocation): Json<DecisionRevocation>,
) -> Result<Tagged<Decision>, Problem> {
    let body = write::revoke(&ctx, id, &seen, &revocation).await?;
    Ok(Tagged(body.version, body))
}

/// Put the signed text under a decision
///
/// The council secretary uploads it: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the type, not the
/// name: a file that is none of these is a 422, a larger one a 413. Where there is a file already, the new one takes its
/// place, and `reason` says why (422 without it); the journal keeps the hash of the one before.
#[utoipa::path(tag = "decisions", params(("id" = Uuid, Path, description = "Id of the decision"), IfMatch), request_body(content = NewDecisionFile, content_type = "multipart/form-data"), responses((status = 200, description = "Kept", body = Decision)))]
#[put("/api/v1/decisions/{id}/file")]
async fn put_decision_file(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    upload: Upload,
) -> Result<Tagged<Decision>, Problem> {
    let body = file::put(&ctx, id, &seen, upload).await?;
    Ok(Tagged(body.version, body))
}

/// Download the signed text of a decision
///
/// Open to everybody, always as an attachment under the file's name. 404 where there is none.
#[utoipa::path(
    tag = "decisions",
    security((), ("bearer" = [])),
    params(("id" = Uuid, Path, description = "Id of the decision")),
    responses((
        status = 200,
        description = "The file",
        headers(
            ("Content-Disposition" = String, description = "`attachment` with the name of the file"),
            ("Content-Security-Policy" = String, description = "Nothing in it may load or run"),
        ),
        content(
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/msword"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/vnd.ms-excel"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "image/png"),
            (Vec<u8> = "image/jpeg"),
            (Vec<u8> = "image/webp"),
            (Vec<u8> = "image/gif"),
            (Vec<u8> = "image/tiff"),
        ),
    )),
)]
#[get("/api/v1/decisions/{id}/file")]
async fn get_decision_file(Guest(ctx): Guest, Path(id): Path<Uuid>, request: HttpRequest) -> Result<Download, Problem> {
    file::get(&ctx, id, &request).await
}
