//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{CampaignParticipation, CampaignParticipationFilter, CampaignParticipationPatch, NewCampaignParticipation},
    reports, service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_campaign_participations)
        .service(create_campaign_participation)
        .service(get_campaign_participation)
        .service(update_campaign_participation)
        .service(delete_campaign_participation);
    reports::routes(to);
}

/// List participations in campaigns
///
/// Open to everybody, the latest first unless `sort` says otherwise.
#[utoipa::path(tag = "campaign-participations", security((), ("bearer" = [])), params(PageQuery, CampaignParticipationFilter), responses((status = 200, description = "One page", body = Page<CampaignParticipation>)))]
#[get("/api/v1/campaign-participations")]
async fn list_campaign_participations(
    Guest(ctx): Guest,
    List { page, filter }: List<CampaignParticipationFilter>,
) -> Result<Listed<CampaignParticipation>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Join a campaign
///
/// By an officer of the province, the council secretary or an administrator. A province joins a campaign once: 409
/// otherwise; it must exist on the day.
#[utoipa::path(tag = "campaign-participations", request_body = NewCampaignParticipation, responses((status = 201, description = "Joined", body = CampaignParticipation)))]
#[post("/api/v1/campaign-participations")]
async fn create_campaign_participation(
    ctx: Ctx,
    Json(new): Json<NewCampaignParticipation>,
) -> Result<Created<CampaignParticipation>, Problem> {
    let row = service::create(&ctx, &new).await?;
    let location = format!("/api/v1/campaign-participations/{}", row.id);
    Ok(Created { location, version: row.version, body: row.try_into()? })
}

/// Get a participation in a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaign-participations", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the participation")), responses((status = 200, description = "The participation", body = CampaignParticipation)))]
#[get("/api/v1/campaign-participations/{id}")]
async fn get_campaign_participation(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
) -> Result<Tagged<CampaignParticipation>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.try_into()?))
}

/// Report on a campaign
///
/// By an officer of the province, the council secretary or an administrator. A merge patch (RFC 7396): absent stays,
/// null takes away; a list is replaced as a whole. Campaign and province never change.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the participation"), IfMatch), request_body = CampaignParticipationPatch, responses((status = 200, description = "Changed", body = CampaignParticipation)))]
#[patch("/api/v1/campaign-participations/{id}")]
async fn update_campaign_participation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CampaignParticipationPatch>,
) -> Result<Tagged<CampaignParticipation>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.try_into()?))
}

/// Leave a campaign
///
/// By an officer of the province, the council secretary or an administrator.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the participation"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/campaign-participations/{id}")]
async fn delete_campaign_participation(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
