//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    campaigns,
    dto::{
        AwardFigures, AwardsQuery, CampaignFigures, CampaignsQuery, ProvinceStatistics, ProvinceYearsQuery,
        ResultsFigures, ResultsQuery, Statistics, TargetFigures,
    },
    province, published, targets,
};
use crate::{
    http::{Ctx, Guest, Path, Query, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(get_result_statistics)
        .service(get_award_statistics)
        .service(get_target_statistics)
        .service(get_campaign_statistics)
        .service(get_province_statistics);
}

/// Count results
///
/// Places and points of the published rankings in force, by year, cluster or province. Open to everybody. Points stand in
/// percent of the criteria's total, so that years of different scales can be drawn in one chart.
#[utoipa::path(tag = "statistics", security((), ("bearer" = [])), params(ResultsQuery), responses((status = 200, description = "The figures", body = Statistics<ResultsFigures>)))]
#[get("/api/v1/statistics/results")]
async fn get_result_statistics(
    Guest(ctx): Guest,
    Query(query): Query<ResultsQuery>,
) -> Result<Reply<Statistics<ResultsFigures>>, Problem> {
    published::results(&ctx, &query).await.map(Reply)
}

/// Count awards
///
/// Awards in force, revoked ones, and their money, by year of the cycle, cluster, province or award type. Open to everybody.
#[utoipa::path(tag = "statistics", security((), ("bearer" = [])), params(AwardsQuery), responses((status = 200, description = "The figures", body = Statistics<AwardFigures>)))]
#[get("/api/v1/statistics/awards")]
async fn get_award_statistics(
    Guest(ctx): Guest,
    Query(query): Query<AwardsQuery>,
) -> Result<Reply<Statistics<AwardFigures>>, Problem> {
    published::awards(&ctx, &query).await.map(Reply)
}

/// Count targets
///
/// What became of registered targets, by year, cluster or province: of the pledges that the caller may read.
#[utoipa::path(tag = "statistics", params(ResultsQuery), responses((status = 200, description = "The figures", body = Statistics<TargetFigures>)))]
#[get("/api/v1/statistics/targets")]
async fn get_target_statistics(
    ctx: Ctx,
    Query(query): Query<ResultsQuery>,
) -> Result<Reply<Statistics<TargetFigures>>, Problem> {
    targets::targets(&ctx, &query).await.map(Reply)
}

/// Count participations in campaigns
///
/// How many provinces take part, by campaign, province, or the year in which they joined. Open to everybody.
#[utoipa::path(tag = "statistics", security((), ("bearer" = [])), params(CampaignsQuery), responses((status = 200, description = "The figures", body = Statistics<CampaignFigures>)))]
#[get("/api/v1/statistics/campaigns")]
async fn get_campaign_statistics(
    Guest(ctx): Guest,
    Query(query): Query<CampaignsQuery>,
) -> Result<Reply<Statistics<CampaignFigures>>, Problem> {
    campaigns::campaigns(&ctx, &query).await.map(Reply)
}

/// Get the years of a province
///
/// Place, points, targets and awards of every year with a published ranking; with `through_mergers=true` those of the
/// provinces it followed as well. Open to everybody; targets are told to those who may read the pledge.
#[utoipa::path(tag = "statistics", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the province"), ProvinceYearsQuery), responses((status = 200, description = "The years", body = ProvinceStatistics)))]
#[get("/api/v1/provinces/{id}/statistics")]
async fn get_province_statistics(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    Query(query): Query<ProvinceYearsQuery>,
) -> Result<Reply<ProvinceStatistics>, Problem> {
    province::years(&ctx, id, &query).await.map(Reply)
}
