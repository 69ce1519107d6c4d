//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, patch, post};
use uuid::Uuid;

use super::{
    dto::{
        NewNomination, Nomination, NominationAppraisal, NominationEnd, NominationFilter, NominationHold,
        NominationPatch, NominationRelease, NominationView,
    },
    proposals::{self, Proposals},
    service,
    steps::{self, Words},
};
use crate::{
    domain::nomination::Event,
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Query, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_nominations)
        .service(create_nomination)
        .service(propose_nominations)
        .service(get_nomination)
        .service(update_nomination)
        .service(complete_dossier)
        .service(submit_nomination)
        .service(appraise_nomination)
        .service(open_public_comment)
        .service(hold_nomination)
        .service(release_nomination)
        .service(reject_nomination)
        .service(withdraw_nomination);
}

/// List nominations
///
/// The council secretary, administrators and auditors see all, the head of a cycle those of the cycle, an officer those
/// of the own province, and the members of a cycle all of its nominations once it is published. Everybody, with or
/// without a token, sees those that are in `public_comment`: without the reasons of earlier steps and without the opinion
/// of the council's office. Newest first.
#[utoipa::path(tag = "nominations", security((), ("bearer" = [])), params(PageQuery, NominationFilter), responses((status = 200, description = "One page", body = Page<Nomination>)))]
#[get("/api/v1/nominations")]
async fn list_nominations(
    Guest(ctx): Guest,
    List { page, filter }: List<NominationFilter>,
) -> Result<Listed<Nomination>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Propose a nomination
///
/// The head of the cycle, or the council secretary, while the cycle is finalised or published; of one of its collectives or
/// people the own province, too. The nomination of a province rests on its rank in the ranking in force, which is taken over
/// as `ranking_id` and `place`. Refused for a province that is no member, is excluded or has no rank, for an award that is
/// not given to such a nominee, and where the quota of the award rules is used (`quota_used`). 409 where the nominee is
/// nominated for the same achievement already, or has its award: one achievement is rewarded once.
#[utoipa::path(tag = "nominations", request_body = NewNomination, responses((status = 201, description = "Proposed", body = Nomination)))]
#[post("/api/v1/nominations")]
async fn create_nomination(ctx: Ctx, Json(new): Json<NewNomination>) -> Result<Created<Nomination>, Problem> {
    let body = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/nominations/{}", body.id), version: body.version, body })
}

/// Propose nominations by the award rules
///
/// The head of the cycle, or the council secretary, while the cycle is finalised or published: applies every rule of the
/// cycle to the ranking in force, makes the nominations that are missing, and tells of each province why it is proposed or
/// not. Asked again it proposes only what has been added since.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "What the rules come to", body = Proposals)))]
#[post("/api/v1/cycles/{id}/nominations/propose")]
async fn propose_nominations(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Proposals>, Problem> {
    Ok(Reply(proposals::propose(&ctx, id).await?))
}

/// Get a nomination
///
/// Seen by those who find it in the list.
#[utoipa::path(tag = "nominations", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the nomination"), NominationView), responses((status = 200, description = "The nomination", body = Nomination)))]
#[get("/api/v1/nominations/{id}")]
async fn get_nomination(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(view): Query<NominationView>,
) -> Result<Tagged<Nomination>, Problem> {
    let body = service::get(&ctx, id, &view).await?;
    Ok(Tagged(body.version, body))
}

/// Change a nomination
///
/// Whoever may propose it, while it is `proposed`. A merge patch (RFC 7396). The province, the
/// award and the rank never change: withdraw the nomination and propose it anew.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationPatch, responses((status = 200, description = "Changed", body = Nomination)))]
#[patch("/api/v1/nominations/{id}")]
async fn update_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<NominationPatch>,
) -> Result<Tagged<Nomination>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Complete the dossier of a nomination
///
/// The head of the cycle, or the council secretary: `proposed` or `balloted` to `dossier_complete`, while the cycle is
/// finalised or published. Blocked while a document that the award type requires is missing (`document_missing`), where
/// the award rule asks for a ballot that has not carried it (`ballot_missing`), and, as every further step to the award,
/// where the province has been excluded (`nominee_excluded`) or its rank has changed (`rank_changed`) since.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), responses((status = 200, description = "Its dossier is complete", body = Nomination)))]
#[post("/api/v1/nominations/{id}/complete-dossier")]
async fn complete_dossier(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::CompleteDossier, Words::default()).await?;
    Ok(Tagged(body.version, body))
}

/// Submit a nomination
///
/// The council secretary takes it in hands: `dossier_complete` to `submitted`, while the cycle is finalised or published.
/// Blocked by `nominee_excluded` and `rank_changed`.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), responses((status = 200, description = "Submitted", body = Nomination)))]
#[post("/api/v1/nominations/{id}/submit")]
async fn submit_nomination(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::Submit, Words::default()).await?;
    Ok(Tagged(body.version, body))
}

/// Appraise a nomination
///
/// The council secretary, with a written opinion that is kept: `submitted` to `appraised`, while the cycle is finalised or
/// published. Blocked by `nominee_excluded` and `rank_changed`. One that does not meet the conditions is rejected instead.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationAppraisal, responses((status = 200, description = "Appraised", body = Nomination)))]
#[post("/api/v1/nominations/{id}/appraise")]
async fn appraise_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(appraisal): Json<NominationAppraisal>,
) -> Result<Tagged<Nomination>, Problem> {
    let words = Words { opinion: Some(&appraisal.opinion), ..Words::default() };
    let body = steps::advance(&ctx, id, &seen, Event::Appraise, words).await?;
    Ok(Tagged(body.version, body))
}

/// Open a nomination to public comment
///
/// The council secretary: `appraised` to `public_comment`, while the cycle is published. Everybody may read it from now on
/// until it is decided, rejected, withdrawn or put on hold. The last day, `public_comment_until`, lies so many working days
/// after today as the award type says (`public_comment_days`); Saturdays, Sundays and days off do not count, nor does
/// today. With 0 days it ends the same day. Blocked by `nominee_excluded` and `rank_changed`.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), responses((status = 200, description = "Open to public comment", body = Nomination)))]
#[post("/api/v1/nominations/{id}/open-public-comment")]
async fn open_public_comment(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::OpenPublicComment, Words::default()).await?;
    Ok(Tagged(body.version, body))
}

/// Put a nomination on hold
///
/// The council secretary, while a discipline, an inspection, a complaint or a press case is pending: any open state to
/// `on_hold`. No other step is taken until it is released, and the public does not see it meanwhile.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationHold, responses((status = 200, description = "On hold", body = Nomination)))]
#[post("/api/v1/nominations/{id}/hold")]
async fn hold_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(hold): Json<NominationHold>,
) -> Result<Tagged<Nomination>, Problem> {
    let words = Words { ground: Some(hold.ground), ..because(&hold.reason) };
    let body = steps::advance(&ctx, id, &seen, Event::Hold, words).await?;
    Ok(Tagged(body.version, body))
}

/// Release a nomination
///
/// The council secretary, with the reason: it goes on where it stood before it was put on hold. One that falls is rejected
/// instead.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationRelease, responses((status = 200, description = "Released", body = Nomination)))]
#[post("/api/v1/nominations/{id}/release")]
async fn release_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(release): Json<NominationRelease>,
) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::Release, because(&release.reason)).await?;
    Ok(Tagged(body.version, body))
}

/// Reject a nomination
///
/// The council secretary records that the authority declined: `submitted`, `appraised`, `public_comment` or `on_hold` to
/// `rejected`, with the reason.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationEnd, responses((status = 200, description = "Rejected", body = Nomination)))]
#[post("/api/v1/nominations/{id}/reject")]
async fn reject_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(end): Json<NominationEnd>,
) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::Reject, because(&end.reason)).await?;
    Ok(Tagged(body.version, body))
}

/// Withdraw a nomination
///
/// The head of the cycle, or the council secretary: any open state to `withdrawn`, with the
/// reason.
#[utoipa::path(tag = "nominations", params(("id" = Uuid, Path, description = "Id of the nomination"), IfMatch), request_body = NominationEnd, responses((status = 200, description = "Withdrawn", body = Nomination)))]
#[post("/api/v1/nominations/{id}/withdraw")]
async fn withdraw_nomination(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(end): Json<NominationEnd>,
) -> Result<Tagged<Nomination>, Problem> {
    let body = steps::advance(&ctx, id, &seen, Event::Withdraw, because(&end.reason)).await?;
    Ok(Tagged(body.version, body))
}

fn because(reason: &str) -> Words<'_> {
    Words { reason: Some(reason), ..Words::default() }
}
