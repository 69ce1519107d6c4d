//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post, put};
use uuid::Uuid;

use super::{
    Scorecard,
    dto::{NewRecusal, Opinion, OpinionFilter, PeerScores, Recusal, RecusalFilter},
    peers, read, recusals,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub(crate) fn routes(to: &mut impl Routes) {
    to.service(put_peer_scores)
        .service(list_opinions)
        .service(create_recusal)
        .service(list_recusals)
        .service(get_recusal);
}

/// Score another province as a peer
///
/// Many lines at once, all or none, by an officer of a province that `PUT /cycles/{id}/peers` assigns to the sheet, in the
/// sections of `scoring_rules.peer_sections`, while the sheet is appraised. The mean of the peers who say something
/// counts; an abstention is not a zero. Points that differ from the province's need a reason.
#[utoipa::path(tag = "scorecards", params(("id" = Uuid, Path, description = "Id of the scorecard"), IfMatch), request_body = PeerScores, responses((status = 200, description = "The scorecard as stored", body = Scorecard)))]
#[put("/api/v1/scorecards/{id}/peer-scores")]
async fn put_peer_scores(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<PeerScores>,
) -> Result<Tagged<Scorecard>, Problem> {
    let card = peers::put(&ctx, id, &seen, &new).await?;
    Ok(Tagged(card.version, card))
}

/// List opinions
///
/// What each of several appraisers says, where `scoring_rules.appraisal` is `mean` or `lead`, and each peer. For the head, the council
/// and auditors, and for an appraiser of the cycle those on the sheets they score; the provinces see what they come to.
#[utoipa::path(tag = "opinions", params(PageQuery, OpinionFilter), responses((status = 200, description = "One page", body = Page<Opinion>)))]
#[get("/api/v1/opinions")]
async fn list_opinions(ctx: Ctx, List { page, filter }: List<OpinionFilter>) -> Result<Listed<Opinion>, Problem> {
    Ok(Listed::new(read::opinions(&ctx, &page, &filter).await?.map(Opinion::from), &page))
}

/// Stand aside from a scorecard
///
/// By the appraiser, or for one by the head or the council, with a reason, until the appraisal of the sheet is complete.
/// The appraiser sees the sheet no more, and what they said to it alone is taken back.
#[utoipa::path(tag = "recusals", params(("id" = Uuid, Path, description = "Id of the scorecard")), request_body = NewRecusal, responses((status = 201, description = "Created", body = Recusal)))]
#[post("/api/v1/scorecards/{id}/recusals")]
async fn create_recusal(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewRecusal>,
) -> Result<Created<Recusal>, Problem> {
    let row = recusals::create(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/recusals/{}", row.id), version: row.version, body: row.into() })
}

/// List recusals
///
/// The head, the council and auditors see those of the cycle; an appraiser the own.
#[utoipa::path(tag = "recusals", params(PageQuery, RecusalFilter), responses((status = 200, description = "One page", body = Page<Recusal>)))]
#[get("/api/v1/recusals")]
async fn list_recusals(ctx: Ctx, List { page, filter }: List<RecusalFilter>) -> Result<Listed<Recusal>, Problem> {
    Ok(Listed::new(read::recusals(&ctx, &page, &filter).await?.map(Recusal::from), &page))
}

/// Get a recusal
///
/// As visible as in the list.
#[utoipa::path(tag = "recusals", params(("id" = Uuid, Path, description = "Id of the recusal")), responses((status = 200, description = "The recusal", body = Recusal)))]
#[get("/api/v1/recusals/{id}")]
async fn get_recusal(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Recusal>, Problem> {
    let row = read::recusal(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}
