//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{CampaignStage, CampaignStageFilter, CampaignStagePatch, NewCampaignStage},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub(in crate::resources::campaigns) fn routes(to: &mut impl Routes) {
    to.service(list_campaign_stages)
        .service(create_campaign_stage)
        .service(get_campaign_stage)
        .service(update_campaign_stage)
        .service(delete_campaign_stage);
}

/// List stages of campaigns
///
/// Open to everybody, the earliest first unless `sort` says otherwise.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(PageQuery, CampaignStageFilter), responses((status = 200, description = "One page", body = Page<CampaignStage>)))]
#[get("/api/v1/campaign-stages")]
async fn list_campaign_stages(
    Guest(ctx): Guest,
    List { page, filter }: List<CampaignStageFilter>,
) -> Result<Listed<CampaignStage>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(CampaignStage::from), &page))
}

/// Add a stage to a campaign
///
/// By those who may launch the campaign, until its final review. A stage lies within the period of the campaign; so many days
/// before its report is due the journal reminds every province that has not reported.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the campaign")), request_body = NewCampaignStage, responses((status = 201, description = "Added", body = CampaignStage)))]
#[post("/api/v1/campaigns/{id}/stages")]
async fn create_campaign_stage(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCampaignStage>,
) -> Result<Created<CampaignStage>, Problem> {
    let row = service::create(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/campaign-stages/{}", row.id), version: row.version, body: row.into() })
}

/// Get a stage of a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the stage")), responses((status = 200, description = "The stage", body = CampaignStage)))]
#[get("/api/v1/campaign-stages/{id}")]
async fn get_campaign_stage(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CampaignStage>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a stage of a campaign
///
/// By those who may launch the campaign, until its final review.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the stage"), IfMatch), request_body = CampaignStagePatch, responses((status = 200, description = "Changed", body = CampaignStage)))]
#[patch("/api/v1/campaign-stages/{id}")]
async fn update_campaign_stage(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CampaignStagePatch>,
) -> Result<Tagged<CampaignStage>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a stage of a campaign
///
/// By those who may launch the campaign, until its final review and while nobody has reported on the stage.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the stage"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/campaign-stages/{id}")]
async fn delete_campaign_stage(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
