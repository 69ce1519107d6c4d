//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{CampaignReport, CampaignReportFilter, CampaignReportPatch, NewCampaignReport},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub(in crate::resources::campaign_participations) fn routes(to: &mut impl Routes) {
    to.service(list_campaign_reports)
        .service(create_campaign_report)
        .service(get_campaign_report)
        .service(update_campaign_report)
        .service(delete_campaign_report);
}

/// List reports on campaigns
///
/// Open to everybody, the latest period first unless `sort` says otherwise.
#[utoipa::path(tag = "campaign-participations", security((), ("bearer" = [])), params(PageQuery, CampaignReportFilter), responses((status = 200, description = "One page", body = Page<CampaignReport>)))]
#[get("/api/v1/campaign-reports")]
async fn list_campaign_reports(
    Guest(ctx): Guest,
    List { page, filter }: List<CampaignReportFilter>,
) -> Result<Listed<CampaignReport>, Problem> {
    let Page { data, page: info } = service::list(&ctx, &page, &filter).await?;
    let data = data.into_iter().map(CampaignReport::try_from).collect::<Result<_, _>>()?;
    Ok(Listed::new(Page { data, page: info }, &page))
}

/// Report on a campaign
///
/// By an officer of the province that takes part, the council secretary or an administrator, on a period that is over, until
/// the campaign's final review. One report a period: 409 otherwise. Files hang on it as documents.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the participation")), request_body = NewCampaignReport, responses((status = 201, description = "Reported", body = CampaignReport)))]
#[post("/api/v1/campaign-participations/{id}/reports")]
async fn create_campaign_report(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewCampaignReport>,
) -> Result<Created<CampaignReport>, Problem> {
    let row = service::create(&ctx, id, &new).await?;
    let location = format!("/api/v1/campaign-reports/{}", row.id);
    Ok(Created { location, version: row.version, body: row.try_into()? })
}

/// Get a report on a campaign
///
/// Open to everybody.
#[utoipa::path(tag = "campaign-participations", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the report")), responses((status = 200, description = "The report", body = CampaignReport)))]
#[get("/api/v1/campaign-reports/{id}")]
async fn get_campaign_report(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<CampaignReport>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.try_into()?))
}

/// Change a report on a campaign
///
/// By those who may make it, until the campaign's final review. The period never changes.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the report"), IfMatch), request_body = CampaignReportPatch, responses((status = 200, description = "Changed", body = CampaignReport)))]
#[patch("/api/v1/campaign-reports/{id}")]
async fn update_campaign_report(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<CampaignReportPatch>,
) -> Result<Tagged<CampaignReport>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.try_into()?))
}

/// Delete a report on a campaign
///
/// By those who may make it, until the campaign's final review.
#[utoipa::path(tag = "campaign-participations", params(("id" = Uuid, Path, description = "Id of the report"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/campaign-reports/{id}")]
async fn delete_campaign_report(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
