//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post, put};
use uuid::Uuid;

use super::{
    breakdown,
    dto::{
        Answers, AppraisedScores, Breakdown, Explanations, ReturnReason, Score, ScoreFilter, Scorecard,
        ScorecardFilter, SelfScores,
    },
    explanations, panel, read, scores,
    steps::{self, Step},
    write,
};
use crate::{
    http::{Ctx, IfMatch, Json, List, Listed, Page, PageQuery, Path, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_scorecards)
        .service(get_scorecard)
        .service(put_scores)
        .service(put_appraisal)
        .service(submit_scorecard)
        .service(return_scorecard)
        .service(complete_appraisal)
        .service(put_explanations)
        .service(submit_explanations)
        .service(put_second_appraisal)
        .service(complete_second_appraisal)
        .service(get_breakdown)
        .service(list_scores)
        .service(get_score);
    panel::routes(to);
}

/// List scorecards
///
/// A province sees its own; the head, the council and auditors all; an appraiser those of the cycles assigned, but never
/// of the own province. After publication members see each other's.
#[utoipa::path(tag = "scorecards", params(PageQuery, ScorecardFilter), responses((status = 200, description = "One page", body = Page<Scorecard>)))]
#[get("/api/v1/scorecards")]
async fn list_scorecards(ctx: Ctx, List { page, filter }: List<ScorecardFilter>) -> Result<Listed<Scorecard>, Problem> {
    Ok(Listed::new(read::list(&ctx, &page, &filter).await?, &page))
}

/// Get a scorecard
///
/// With all its lines, in the order of the criteria, and `allowed_actions`.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard")), responses((status = 200, description = "The scorecard", body = Scorecard)))]
#[get("/api/v1/scorecards/{id}")]
async fn get_scorecard(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Scorecard>, Problem> {
    read::get(&ctx, id).await.map(tagged)
}

/// Write self points
///
/// Many lines at once, all or none, by the own province's officer while the sheet is a draft or was returned. Lines that
/// are not named stay as they are; the same lines again change nothing. Where a formula gives the points, it is applied.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = SelfScores, responses((status = 200, description = "The scorecard as stored", body = Scorecard)))]
#[put("/api/v1/scorecards/{id}/scores")]
async fn put_scores(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<SelfScores>,
) -> Result<Tagged<Scorecard>, Problem> {
    write::put_self(&ctx, id, &seen, &new).await.map(tagged)
}

/// Write appraised points
///
/// Many lines at once, all or none, by an appraiser assigned to the cycle, never of the own province. Points that differ
/// from the province's need a reason.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = AppraisedScores, responses((status = 200, description = "The scorecard as stored", body = Scorecard)))]
#[put("/api/v1/scorecards/{id}/appraisal")]
async fn put_appraisal(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<AppraisedScores>,
) -> Result<Tagged<Scorecard>, Problem> {
    write::put_appraisal(&ctx, id, &seen, &new).await.map(tagged)
}

/// Submit a scorecard
///
/// By the own province's officer. Refused while a line lacks points, or while a line of a criterion that demands evidence
/// has neither a file nor a link nor a note that explains it: the blockers name the lines. 0 counts as scored.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), responses((status = 200, description = "Submitted", body = Scorecard)))]
#[post("/api/v1/scorecards/{id}/submit")]
async fn submit_scorecard(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Scorecard>, Problem> {
    steps::advance(&ctx, id, Step::Submit, None, &seen).await.map(tagged)
}

/// Return a scorecard
///
/// To the province, with a reason, by an appraiser, the head or the council secretary, before its appraisal is complete.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = ReturnReason, responses((status = 200, description = "Returned", body = Scorecard)))]
#[post("/api/v1/scorecards/{id}/return")]
async fn return_scorecard(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(why): Json<ReturnReason>,
) -> Result<Tagged<Scorecard>, Problem> {
    steps::advance(&ctx, id, Step::Return, Some(&why.reason), &seen).await.map(tagged)
}

/// Complete the appraisal of a scorecard
///
/// By an assigned appraiser, once every line has its appraised points.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), responses((status = 200, description = "Appraised", body = Scorecard)))]
#[post("/api/v1/scorecards/{id}/complete-appraisal")]
async fn complete_appraisal(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Scorecard>, Problem> {
    steps::advance(&ctx, id, Step::CompleteAppraisal, None, &seen).await.map(tagged)
}

/// Explain contested lines
///
/// Many lines at once, all or none, by the own province's officer while the cycle is in `explanation` and the sheet is
/// appraised: why the province contests what the appraisal says. A line that was answered is contested no more.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = Explanations, responses((status = 200, description = "The scorecard as stored", body = Scorecard)))]
#[put("/api/v1/scorecards/{id}/explanations")]
async fn put_explanations(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<Explanations>,
) -> Result<Tagged<Scorecard>, Problem> {
    explanations::put(&ctx, id, &seen, &new).await.map(tagged)
}

/// Submit the explanations of a scorecard
///
/// By the own province's officer. Refused while no line is contested. The sheet waits for its second appraisal then; a
/// province that contests nothing submits nothing, and its appraised points become final.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), responses((status = 200, description = "Explained", body = Scorecard)))]
#[post("/api/v1/scorecards/{id}/submit-explanations")]
async fn submit_explanations(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Scorecard>, Problem> {
    steps::advance(&ctx, id, Step::SubmitExplanations, None, &seen).await.map(tagged)
}

/// Answer explanations
///
/// The second appraisal, many lines at once, all or none, by an appraiser assigned to the cycle, never of the own
/// province. An answer is the reason of what it changes; without points and without a figure the first appraisal stands.
/// The first appraisal is kept beside it.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = Answers, responses((status = 200, description = "The scorecard as stored", body = Scorecard)))]
#[put("/api/v1/scorecards/{id}/second-appraisal")]
async fn put_second_appraisal(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<Answers>,
) -> Result<Tagged<Scorecard>, Problem> {
    explanations::answer(&ctx, id, &seen, &new).await.map(tagged)
}

/// Complete the second appraisal of a scorecard
///
/// By an assigned appraiser, once every explanation is answered.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), responses((status = 200, description = "Appraised a second time", body = Scorecard)))]
#[post("/api/v1/scorecards/{id}/complete-second-appraisal")]
async fn complete_second_appraisal(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Result<Tagged<Scorecard>, Problem> {
    steps::advance(&ctx, id, Step::CompleteSecondAppraisal, None, &seen).await.map(tagged)
}

/// Explain a scorecard
///
/// How each line, section and total came about, at every stage, in words and numbers.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard")), responses((status = 200, description = "The breakdown", body = Breakdown)))]
#[get("/api/v1/scorecards/{id}/breakdown")]
async fn get_breakdown(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Breakdown>, Problem> {
    breakdown::get(&ctx, id).await.map(Reply)
}

/// List scores
///
/// The lines of all scorecards the caller may see, flat.
#[utoipa::path(tag = "scores", params(PageQuery, ScoreFilter), responses((status = 200, description = "One page", body = Page<Score>)))]
#[get("/api/v1/scores")]
async fn list_scores(ctx: Ctx, List { page, filter }: List<ScoreFilter>) -> Result<Listed<Score>, Problem> {
    Ok(Listed::new(scores::list(&ctx, &page, &filter).await?, &page))
}

/// Get a score
///
/// One line, all stages side by side, each with who and when; as visible as its scorecard.
#[utoipa::path(tag = "scores", params(("id" = Uuid, Path, description = "Id of the score")), responses((status = 200, description = "The score", body = Score)))]
#[get("/api/v1/scores/{id}")]
async fn get_score(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Score>, Problem> {
    let score = scores::get(&ctx, id).await?;
    Ok(Tagged(score.version, score))
}

fn tagged(card: Scorecard) -> Tagged<Scorecard> {
    Tagged(card.version, card)
}
