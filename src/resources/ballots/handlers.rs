//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    dto::{Ballot, BallotFilter, BallotPatch, NewBallot},
    service, steps,
    votes::{self, CountedVotes, FoundVote, NewVote, ReceiptInHand, VoteReceipt},
};
use crate::{
    http::{
        Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Prose, Reply, Routes, Tagged,
        prose,
    },
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_ballots)
        .service(create_ballot)
        .service(get_ballot)
        .service(update_ballot)
        .service(delete_ballot)
        .service(open_ballot)
        .service(close_ballot)
        .service(cancel_ballot)
        .service(cast_vote)
        .service(list_votes)
        .service(find_vote);
}

/// Why a ballot is given up
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Danh sách ứng viên thay đổi." }))]
struct Cancellation {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    reason: String,
}

/// List ballots
///
/// Members see those of their cycle that are not drafts, the head and the council drafts, too. Newest first.
#[utoipa::path(tag = "ballots", params(PageQuery, BallotFilter), responses((status = 200, description = "One page", body = Page<Ballot>)))]
#[get("/api/v1/ballots")]
async fn list_ballots(ctx: Ctx, List { page, filter }: List<BallotFilter>) -> Result<Listed<Ballot>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Prepare a ballot
///
/// By the head of the cycle or the council secretary: on a nomination while the cycle is finalised or published, on head or
/// deputy of a cycle of the same cluster that is still a draft, or between all that share a rank of the provisional
/// ranking. A ballot that ended in a tie is repeated with `follows_id`.
#[utoipa::path(tag = "ballots", request_body = NewBallot, responses((status = 201, description = "Created", body = Ballot)))]
#[post("/api/v1/ballots")]
async fn create_ballot(ctx: Ctx, Json(new): Json<NewBallot>) -> Result<Created<Ballot>, Problem> {
    let body = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/ballots/{}", body.id), version: body.version, body })
}

/// Get a ballot
///
/// With candidates, those who may vote and, when it is closed, the count. Who has voted is known at once, how never here.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot")), responses((status = 200, description = "The ballot", body = Ballot)))]
#[get("/api/v1/ballots/{id}")]
async fn get_ballot(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Ballot>, Problem> {
    let body = service::get(&ctx, id).await?;
    Ok(Tagged(body.version, body))
}

/// Change a ballot
///
/// Title, rules and times, while it is a draft. A merge patch (RFC 7396).
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot"), IfMatch), request_body = BallotPatch, responses((status = 200, description = "Changed", body = Ballot)))]
#[patch("/api/v1/ballots/{id}")]
async fn update_ballot(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<BallotPatch>,
) -> Result<Tagged<Ballot>, Problem> {
    let body = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(body.version, body))
}

/// Delete a ballot
///
/// While it is a draft.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/ballots/{id}")]
async fn delete_ballot(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

/// Open a ballot
///
/// Settles who may vote: the named members of the council, or the members of the cycle; without the province that is
/// nominated, unless the rules let it vote. From now on the rules stand.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot"), IfMatch), responses((status = 200, description = "Open", body = Ballot)))]
#[post("/api/v1/ballots/{id}/open")]
async fn open_ballot(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Ballot>, Problem> {
    let body = steps::open(&ctx, id, &seen).await?;
    Ok(Tagged(body.version, body))
}

/// Close a ballot
///
/// Counts the votes. What was carried happens in the same step: the nomination is `balloted`, the elected province gets its
/// office in the cycle, or the provisional ranking is made anew. Before `closes_at` only when all have voted.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot"), IfMatch), responses((status = 200, description = "Closed and counted", body = Ballot)))]
#[post("/api/v1/ballots/{id}/close")]
async fn close_ballot(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<Ballot>, Problem> {
    let body = steps::close(&ctx, id, &seen).await?;
    Ok(Tagged(body.version, body))
}

/// Cancel a ballot
///
/// Until it is closed, with the reason. Its votes count for nothing and are never told.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot"), IfMatch), request_body = Cancellation, responses((status = 200, description = "Cancelled", body = Ballot)))]
#[post("/api/v1/ballots/{id}/cancel")]
async fn cancel_ballot(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(end): Json<Cancellation>,
) -> Result<Tagged<Ballot>, Problem> {
    let body = steps::cancel(&ctx, id, &seen, &end.reason).await?;
    Ok(Tagged(body.version, body))
}

/// Cast a vote
///
/// By an officer of a province that may vote, once for the province, or by a named member of the council. A vote is never
/// changed. The receipt in the answer is shown once: in a secret ballot nothing else leads from the voter to the vote.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot")), request_body = NewVote, responses((status = 201, description = "Cast", body = VoteReceipt)))]
#[post("/api/v1/ballots/{id}/votes")]
async fn cast_vote(ctx: Ctx, Path(id): Path<Uuid>, Json(new): Json<NewVote>) -> Result<Created<VoteReceipt>, Problem> {
    let body = votes::cast(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/ballots/{id}/votes"), version: 1, body })
}

/// Get the votes of a ballot
///
/// As they were counted; null until it is closed. With names only where the ballot was not secret.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot")), responses((status = 200, description = "The votes", body = CountedVotes)))]
#[get("/api/v1/ballots/{id}/votes")]
async fn list_votes(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<CountedVotes>, Problem> {
    Ok(Reply(votes::list(&ctx, id).await?))
}

/// Find a vote by its receipt
///
/// When the ballot is closed. A POST, so that the receipt stands in no address and no log.
#[utoipa::path(tag = "ballots", params(("id" = Uuid, Path, description = "Id of the ballot")), request_body = ReceiptInHand, responses((status = 200, description = "Whether it was counted, and how", body = FoundVote)))]
#[post("/api/v1/ballots/{id}/find-vote")]
async fn find_vote(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(hand): Json<ReceiptInHand>,
) -> Result<Reply<FoundVote>, Problem> {
    Ok(Reply(votes::find(&ctx, id, &hand.receipt).await?))
}
