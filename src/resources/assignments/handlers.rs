//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, patch, post};
use entity::assignment;
use uuid::Uuid;

use super::{
    dto::{Assignment, AssignmentFilter, AssignmentPatch, NewAssignment},
    service,
    steps::{self, AssignmentJudgement, AssignmentReport, AssignmentWithdrawal, Step},
    summary::{self, AssignmentSummary, SummaryQuery},
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, Page, PageQuery, Path, Query, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_assignments)
        .service(create_assignment)
        .service(get_assignment)
        .service(update_assignment)
        .service(report_assignment)
        .service(rate_assignment)
        .service(withdraw_assignment)
        .service(get_assignment_summary);
}

fn shown(ctx: &Ctx, row: assignment::Model) -> Tagged<Assignment> {
    Tagged(row.version, service::shown(ctx, row))
}

/// List assignments
///
/// A province sees its own; the council, administrators and auditors see all. The earliest due first unless `sort` says
/// otherwise.
#[utoipa::path(tag = "assignments", params(PageQuery, AssignmentFilter), responses((status = 200, description = "One page", body = Page<Assignment>)))]
#[get("/api/v1/assignments")]
async fn list_assignments(
    ctx: Ctx,
    List { page, filter }: List<AssignmentFilter>,
) -> Result<Listed<Assignment>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Hand out a task
///
/// By an officer of the province. The province exists in the year; the task is due in it or in the next.
#[utoipa::path(tag = "assignments", request_body = NewAssignment, responses((status = 201, description = "Assigned", body = Assignment)))]
#[post("/api/v1/assignments")]
async fn create_assignment(ctx: Ctx, Json(new): Json<NewAssignment>) -> Result<Created<Assignment>, Problem> {
    let Tagged(version, body) = shown(&ctx, service::create(&ctx, &new).await?);
    Ok(Created { location: format!("/api/v1/assignments/{}", body.id), version, body })
}

/// Get an assignment
///
/// Those who see it in the list. Everybody else gets 404.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the assignment")), responses((status = 200, description = "The assignment", body = Assignment)))]
#[get("/api/v1/assignments/{id}")]
async fn get_assignment(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Assignment>, Problem> {
    Ok(shown(&ctx, service::get(&ctx, id).await?))
}

/// Change an assignment
///
/// By an officer of the province. The task can change until it is reported, the result until it is rated (409 otherwise);
/// of a withdrawn assignment nothing does. A merge patch (RFC 7396): absent stays, null takes away. Province and year never
/// change.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), request_body = AssignmentPatch, responses((status = 200, description = "Changed", body = Assignment)))]
#[patch("/api/v1/assignments/{id}")]
async fn update_assignment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AssignmentPatch>,
) -> Result<Tagged<Assignment>, Problem> {
    Ok(shown(&ctx, service::update(&ctx, id, &seen, &patch).await?))
}

/// Report what a task delivers
///
/// By an officer of the province; from `assigned`. After `due_on` the report is `late`, and taken all the same.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), request_body = AssignmentReport, responses((status = 200, description = "Reported", body = Assignment)))]
#[post("/api/v1/assignments/{id}/report")]
async fn report_assignment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(told): Json<AssignmentReport>,
) -> Result<Tagged<Assignment>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Report(&told)).await?))
}

/// Rate what a task delivered
///
/// By an officer of the province; from `reported`.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), request_body = AssignmentJudgement, responses((status = 200, description = "Rated", body = Assignment)))]
#[post("/api/v1/assignments/{id}/rate")]
async fn rate_assignment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(told): Json<AssignmentJudgement>,
) -> Result<Tagged<Assignment>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Rate(&told)).await?))
}

/// Withdraw a task
///
/// By an officer of the province, with a reason; from `assigned`.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the assignment"), IfMatch), request_body = AssignmentWithdrawal, responses((status = 200, description = "Withdrawn", body = Assignment)))]
#[post("/api/v1/assignments/{id}/withdraw")]
async fn withdraw_assignment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(told): Json<AssignmentWithdrawal>,
) -> Result<Tagged<Assignment>, Problem> {
    Ok(shown(&ctx, steps::take(&ctx, id, &seen, Step::Withdraw(&told)).await?))
}

/// Get the summary of a province's assignments
///
/// What became of the assignments of a year: for each unit and in all, how many were handed out, reported, late, overdue
/// and rated how. For those who see the assignments of the province; everybody else gets 404.
#[utoipa::path(tag = "assignments", params(("id" = Uuid, Path, description = "Id of the province"), SummaryQuery), responses((status = 200, description = "The summary", body = AssignmentSummary)))]
#[get("/api/v1/provinces/{id}/assignment-summary")]
async fn get_assignment_summary(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(SummaryQuery { year }): Query<SummaryQuery>,
) -> Result<Reply<AssignmentSummary>, Problem> {
    summary::summary(&ctx, id, year).await.map(Reply)
}
