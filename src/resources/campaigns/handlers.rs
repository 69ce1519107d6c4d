//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    dto::{Campaign, CampaignFilter, CampaignPatch, NewCampaign},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Tagged},
    problem::Problem,
};

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_campaigns)
        .service(create_campaign)
        .service(get_campaign)
        .service(update_campaign)
        .service(delete_campaign);
}

/// List campaigns
///
/// Open to everybody, the latest launched first unless `sort` says otherwise.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(PageQuery, CampaignFilter), responses((status = 200, description = "One page", body = Page<Campaign>)))]
#[get("/api/v1/campaigns")]
async fn list_campaigns(
    Guest(ctx): Guest,
    List { page, filter }: List<CampaignFilter>,
) -> Result<Listed<Campaign>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Campaign::from), &page))
}

/// Launch a campaign
///
/// A campaign of the Prime Minister is entered by the council secretary or an administrator; that of a province by an
/// officer of the province; that of a cluster by an officer of the province that is head of the cluster's latest cycle
/// not yet closed. The secretary and administrators may enter those as well. The code is unique: 409 otherwise.
#[utoipa::path(tag = "campaigns", request_body = NewCampaign, responses((status = 201, description = "Launched", body = Campaign)))]
#[post("/api/v1/campaigns")]
async fn create_campaign(ctx: Ctx, Json(new): Json<NewCampaign>) -> Result<Created<Campaign>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/campaigns/{}", row.id), version: row.version, body: row.into() })
}

/// Get a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the campaign")), responses((status = 200, description = "The campaign", body = Campaign)))]
#[get("/api/v1/campaigns/{id}")]
async fn get_campaign(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Campaign>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a campaign
///
/// By those who may launch it. A merge patch (RFC 7396): absent stays, null takes away. Code and launcher never change.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the campaign"), IfMatch), request_body = CampaignPatch, responses((status = 200, description = "Changed", body = Campaign)))]
#[patch("/api/v1/campaigns/{id}")]
async fn update_campaign(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CampaignPatch>,
) -> Result<Tagged<Campaign>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a campaign
///
/// By those who may launch it, and only while no province takes part and no campaign belongs to it: 409 otherwise.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the campaign"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/campaigns/{id}")]
async fn delete_campaign(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
