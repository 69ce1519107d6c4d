//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post, put};
use uuid::Uuid;

use super::{
    cascade::{self, NewCascade},
    dto::{Campaign, CampaignFilter, CampaignPatch, NewCampaign},
    marks::{self, CampaignMarks},
    results::{self, CampaignResults},
    reviews, service, stages,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_campaigns)
        .service(create_campaign)
        .service(get_campaign)
        .service(update_campaign)
        .service(delete_campaign)
        .service(cascade_campaign)
        .service(get_campaign_results)
        .service(get_campaign_marks)
        .service(mark_campaign_participation);
    stages::routes(to);
    reviews::routes(to);
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
    let Page { data, page: info } = service::list(&ctx, &page, &filter).await?;
    let data = data.into_iter().map(Campaign::try_from).collect::<Result<_, _>>()?;
    Ok(Listed::new(Page { data, page: info }, &page))
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
    Ok(Created { location: format!("/api/v1/campaigns/{}", row.id), version: row.version, body: row.try_into()? })
}

/// Get a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the campaign")), responses((status = 200, description = "The campaign", body = Campaign)))]
#[get("/api/v1/campaigns/{id}")]
async fn get_campaign(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Campaign>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.try_into()?))
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
    Ok(Tagged(row.version, row.try_into()?))
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

/// Carry a campaign on in a province
///
/// By an officer of the province, the council secretary or an administrator: a campaign of the province that belongs to this
/// one and lasts as long, and the province's participation in this one, if it does not take part yet.
#[utoipa::path(tag = "campaigns", params(("id" = Uuid, Path, description = "Id of the campaign")), request_body = NewCascade, responses((status = 201, description = "Launched", body = Campaign)))]
#[post("/api/v1/campaigns/{id}/cascade")]
async fn cascade_campaign(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCascade>,
) -> Result<Created<Campaign>, Problem> {
    let row = cascade::cascade(&ctx, id, &new).await?;
    Ok(Created { location: format!("/api/v1/campaigns/{}", row.id), version: row.version, body: row.try_into()? })
}

/// Get the results of a campaign
///
/// Open to everybody: every province that takes part, across clusters, with its reports and the sum of their figures, and its
/// points and place where the campaign has criteria of its own.
#[utoipa::path(tag = "campaigns", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the campaign")), responses((status = 200, description = "The results", body = CampaignResults)))]
#[get("/api/v1/campaigns/{id}/results")]
async fn get_campaign_results(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Reply<CampaignResults>, Problem> {
    results::read(&ctx, id).await.map(Reply)
}

/// Get the marks of a province in a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaign-participations", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the participation")), responses((status = 200, description = "The marks", body = CampaignMarks)))]
#[get("/api/v1/campaign-participations/{id}/marks")]
async fn get_campaign_marks(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CampaignMarks>, Problem> {
    marks::get(&ctx, id).await.map(|(version, marks)| Tagged(version, marks))
}

/// Mark a province on the criteria of a campaign
///
/// By those who may launch the campaign, until its final review: all marks of the province at once.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the participation"), IfMatch), request_body = CampaignMarks, responses((status = 200, description = "Marked", body = CampaignMarks)))]
#[put("/api/v1/campaign-participations/{id}/marks")]
async fn mark_campaign_participation(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<CampaignMarks>,
) -> Result<Tagged<CampaignMarks>, Problem> {
    marks::put(&ctx, id, &seen, &new).await.map(|(version, marks)| Tagged(version, marks))
}
