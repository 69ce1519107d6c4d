//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post, put};
use uuid::Uuid;

use super::{
    dto::{Cycle, CycleFilter, CyclePatch, CycleReason, NewCycle, PeerPlan, Readiness},
    peers, service,
    steps::{self, Step},
};
use crate::{
    domain::cycle::Event,
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_cycles)
        .service(create_cycle)
        .service(get_cycle)
        .service(update_cycle)
        .service(delete_cycle)
        .service(get_cycle_readiness)
        .service(get_peers)
        .service(put_peers)
        .service(launch_cycle)
        .service(activate_cycle)
        .service(open_self_scoring)
        .service(open_appraisal)
        .service(open_explanation)
        .service(finalize_cycle)
        .service(publish_cycle)
        .service(close_cycle)
        .service(interrupt_cycle)
        .service(resume_cycle)
        .service(reopen_cycle);
}

/// List cycles
///
/// The public sees published and closed cycles; members and assigned appraisers see their own in every state; the
/// council and auditors see all. The latest year first.
#[utoipa::path(tag = "cycles", security((), ("bearer" = [])), params(PageQuery, CycleFilter), responses((status = 200, description = "One page", body = Page<Cycle>)))]
#[get("/api/v1/cycles")]
async fn list_cycles(Guest(ctx): Guest, List { page, filter }: List<CycleFilter>) -> Result<Listed<Cycle>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Create a cycle
///
/// By the council secretary or an administrator. A draft without members; a cluster has one cycle a year.
#[utoipa::path(tag = "cycles", request_body = NewCycle, responses((status = 201, description = "Created", body = Cycle)))]
#[post("/api/v1/cycles")]
async fn create_cycle(ctx: Ctx, Json(new): Json<NewCycle>) -> Result<Created<Cycle>, Problem> {
    let cycle = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/cycles/{}", cycle.id), version: cycle.version, body: cycle })
}

/// Get a cycle
///
/// With `allowed_actions`: each step, whether the caller may take it now, and if not, why.
#[utoipa::path(tag = "cycles", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The cycle", body = Cycle)))]
#[get("/api/v1/cycles/{id}")]
async fn get_cycle(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Cycle>, Problem> {
    service::get(&ctx, id).await.map(tagged)
}

/// Change a cycle
///
/// Title and due dates, by the head or the council, until the cycle has ended.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = CyclePatch, responses((status = 200, description = "Changed", body = Cycle)))]
#[patch("/api/v1/cycles/{id}")]
async fn update_cycle(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CyclePatch>,
) -> Result<Tagged<Cycle>, Problem> {
    service::update(&ctx, id, &seen, &patch).await.map(tagged)
}

/// Delete a cycle
///
/// A draft only, with its memberships and due dates, while neither pledges nor criteria hang on it.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/cycles/{id}")]
async fn delete_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

/// See what a cycle's next step still needs
///
/// Each blocker as data: a stable code, a message, and what it points to. A refused step returns the same list.
/// Blockers tell of every member's pledge, sheet and nomination, so they are for those who see all sheets: the head, the
/// council and auditors, and after publication the members.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The next step and what stands in its way", body = Readiness)))]
#[get("/api/v1/cycles/{id}/readiness")]
async fn get_cycle_readiness(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Readiness>, Problem> {
    steps::readiness(&ctx, id).await.map(Reply)
}

/// Get who scores whom crosswise
///
/// For the members and appraisers of the cycle, the council and auditors; it is never public. The `ETag` is the cycle's.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The plan", body = PeerPlan)))]
#[get("/api/v1/cycles/{id}/peers")]
async fn get_peers(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<PeerPlan>, Problem> {
    let (version, plan) = peers::get(&ctx, id).await?;
    Ok(Tagged(version, plan))
}

/// Set who scores whom crosswise
///
/// The whole plan, by the head or the council, until the cycle is finalised. Members only, nobody the own sheet. It counts
/// in the sections of `scoring_rules.peer_sections`, and a peer sees the sheet it is to score.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = PeerPlan, responses((status = 200, description = "The plan as stored", body = PeerPlan)))]
#[put("/api/v1/cycles/{id}/peers")]
async fn put_peers(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(plan): Json<PeerPlan>,
) -> Result<Tagged<PeerPlan>, Problem> {
    let (version, plan) = peers::put(&ctx, id, &seen, &plan).await?;
    Ok(Tagged(version, plan))
}

/// Launch a cycle
///
/// From `draft`. Needs two members, exactly one head, and deputies ranked 1, 2, … without a gap.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "Launched", body = Cycle)))]
#[post("/api/v1/cycles/{id}/launch")]
async fn launch_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::Launch), &seen).await.map(tagged)
}

/// Activate a cycle
///
/// From `launched`. Needs issued criteria and the signed pledge of every member.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "Active", body = Cycle)))]
#[post("/api/v1/cycles/{id}/activate")]
async fn activate_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::Activate), &seen).await.map(tagged)
}

/// Open self-scoring
///
/// From `active`. Needs a registered target of every member; makes a scorecard with one line per leaf criterion for each.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "In self-scoring", body = Cycle)))]
#[post("/api/v1/cycles/{id}/open-self-scoring")]
async fn open_self_scoring(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::OpenSelfScoring), &seen).await.map(tagged)
}

/// Open appraisal
///
/// From `self_scoring`. Needs every scorecard submitted and an assigned appraiser.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "In appraisal", body = Cycle)))]
#[post("/api/v1/cycles/{id}/open-appraisal")]
async fn open_appraisal(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::OpenAppraisal), &seen).await.map(tagged)
}

/// Open explanation
///
/// From `appraisal`. Needs every scorecard appraised; from now on provinces explain the lines they contest, and a second
/// appraisal answers.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "In explanation", body = Cycle)))]
#[post("/api/v1/cycles/{id}/open-explanation")]
async fn open_explanation(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::OpenExplanation), &seen).await.map(tagged)
}

/// Finalise a cycle
///
/// From `explanation`, or from `appraisal` where the provinces have nothing to explain. Needs every scorecard appraised
/// and every submitted explanation answered; sets the final points, locks the sheets and computes the ranking.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "Finalised", body = Cycle)))]
#[post("/api/v1/cycles/{id}/finalize")]
async fn finalize_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::Finalize), &seen).await.map(tagged)
}

/// Publish the ranking of a cycle
///
/// From `finalized`. Needs a year-end conference of the cycle, open or closed, that has resolved to approve the very
/// ranking that is published (blocker `ranking_not_approved`); the day and the place of that conference become
/// `conference_on` and `conference_place`. A ranking computed anew needs an approval of its own.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "Published", body = Cycle)))]
#[post("/api/v1/cycles/{id}/publish")]
async fn publish_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::Publish), &seen).await.map(tagged)
}

/// Close a cycle
///
/// From `published`. Needs every signed pledge concluded, every nomination settled, and every conference closed or
/// cancelled.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), responses((status = 200, description = "Closed", body = Cycle)))]
#[post("/api/v1/cycles/{id}/close")]
async fn close_cycle(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::plain(Event::Close), &seen).await.map(tagged)
}

/// Interrupt a cycle
///
/// From any state before `finalized`, with a reason: members ceased to exist, for example.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = CycleReason, responses((status = 200, description = "Interrupted", body = Cycle)))]
#[post("/api/v1/cycles/{id}/interrupt")]
async fn interrupt_cycle(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<CycleReason>,
) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::because(Event::Interrupt, why.reason), &seen).await.map(tagged)
}

/// Resume a cycle
///
/// From `interrupted` back to the state it was in, with a reason: by the head of the cycle, the council secretary or an
/// administrator. Refused while a member is not excluded that ended before the year was over: carry the cycle over first.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = CycleReason, responses((status = 200, description = "Goes on", body = Cycle)))]
#[post("/api/v1/cycles/{id}/resume")]
async fn resume_cycle(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<CycleReason>,
) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::because(Event::Resume, why.reason), &seen).await.map(tagged)
}

/// Reopen a cycle
///
/// From `finalized` back to `appraisal`, by the council secretary, with a reason. Final points are taken back; the next
/// ranking names the one it replaces.
#[utoipa::path(tag = "cycles", params(("id" = Uuid, Path, description = "Id of the cycle"), IfMatch), request_body = CycleReason, responses((status = 200, description = "In appraisal again", body = Cycle)))]
#[post("/api/v1/cycles/{id}/reopen")]
async fn reopen_cycle(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<CycleReason>,
) -> Result<Tagged<Cycle>, Problem> {
    steps::advance(&ctx, id, &Step::because(Event::Reopen, why.reason), &seen).await.map(tagged)
}

fn tagged(cycle: Cycle) -> Tagged<Cycle> {
    Tagged(cycle.version, cycle)
}
