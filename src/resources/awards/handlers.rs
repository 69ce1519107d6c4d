//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    decisions,
    dto::{Award, AwardFilter, AwardView, NewAward, Revocation},
    history, service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Query, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_awards).service(create_award).service(get_award).service(revoke_award);
    decisions::routes(to);
    history::routes(to);
}

/// List awards
///
/// Open to everybody, the latest decision first. With a token, `allowed_actions` says what the caller may do.
#[utoipa::path(tag = "awards", security((), ("bearer" = [])), params(PageQuery, AwardFilter), responses((status = 200, description = "One page", body = Page<Award>)))]
#[get("/api/v1/awards")]
async fn list_awards(Guest(ctx): Guest, List { page, filter }: List<AwardFilter>) -> Result<Listed<Award>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Decide an award
///
/// The short form of `POST /api/v1/decisions` for one award: it makes the decision, too.
/// The council secretary records the decision on a nomination that has been open to public comment, of a published cycle;
/// it becomes `decided`. Blocked until the last day of comment has passed in Vietnam (`public_comment_running`) and while a
/// comment is not answered (`comment_unanswered`).
/// The money is the coefficient of the award for a collective times the base salary, both as they are on the day of the
/// decision, rounded up to the next 10,000 VND; where the catalogue has no coefficient there is none. Blocked where the
/// province has been excluded (`nominee_excluded`), its rank has changed (`rank_changed`), or the catalogue has a
/// coefficient but no base salary for the day (`base_salary_missing`). 409 where the authority has used the number in
/// that year.
#[utoipa::path(tag = "awards", request_body = NewAward, responses((status = 201, description = "Decided", body = Award)))]
#[post("/api/v1/awards")]
async fn create_award(ctx: Ctx, Json(new): Json<NewAward>) -> Result<Created<Award>, Problem> {
    let body = service::decide(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/awards/{}", body.id), version: body.version, body })
}

/// Get an award
///
/// Open to everybody.
#[utoipa::path(tag = "awards", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the award"), AwardView), responses((status = 200, description = "The award", body = Award)))]
#[get("/api/v1/awards/{id}")]
async fn get_award(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(view): Query<AwardView>,
) -> Result<Tagged<Award>, Problem> {
    let body = service::get(&ctx, id, &view).await?;
    Ok(Tagged(body.version, body))
}

/// Revoke an award
///
/// The council secretary takes it back, with the reason; the money that went with it is to be recovered. The nomination
/// stays decided, the other awards of the decision stand, and the decision goes on as its next version.
#[utoipa::path(tag = "awards", params(("id" = Uuid, Path, description = "Id of the award"), IfMatch), request_body = Revocation, responses((status = 200, description = "Revoked", body = Award)))]
#[post("/api/v1/awards/{id}/revoke")]
async fn revoke_award(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(revocation): Json<Revocation>,
) -> Result<Tagged<Award>, Problem> {
    let body = service::revoke(&ctx, id, &seen, &revocation).await?;
    Ok(Tagged(body.version, body))
}
