//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    dto::{CampaignReview, CampaignReviewFilter, NewCampaignReview},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub(in crate::resources::campaigns) fn routes(to: &mut impl Routes) {
    to.service(list_campaign_reviews).service(create_campaign_review).service(get_campaign_review);
}

/// List reviews of campaigns
///
/// Open to everybody, the latest first unless `sort` says otherwise.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(PageQuery, CampaignReviewFilter), responses((status = 200, description = "One page", body = Page<CampaignReview>)))]
#[get("/api/v1/campaign-reviews")]
async fn list_campaign_reviews(
    Guest(ctx): Guest,
    List { page, filter }: List<CampaignReviewFilter>,
) -> Result<Listed<CampaignReview>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(CampaignReview::from), &page))
}

/// Review a campaign
///
/// By those who may launch it: interim reviews as often as wanted, then the final one, after which nothing of the campaign
/// changes any more. Where the campaign has criteria of its own, the final review waits until every province that takes part
/// is marked on each: 409 with a blocker for each that is not.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the campaign")), request_body = NewCampaignReview, responses((status = 201, description = "Recorded", body = CampaignReview)))]
#[post("/api/v1/campaigns/{id}/reviews")]
async fn create_campaign_review(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCampaignReview>,
) -> Result<Created<CampaignReview>, Problem> {
    let row = service::create(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/campaign-reviews/{}", row.id), version: row.version, body: row.into() })
}

/// Get a review of a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the review")), responses((status = 200, description = "The review", body = CampaignReview)))]
#[get("/api/v1/campaign-reviews/{id}")]
async fn get_campaign_review(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CampaignReview>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}
