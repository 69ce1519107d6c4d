//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    dto::{RewardCoefficient, RewardCoefficientFilter},
    service,
};
use crate::{
    http::{Guest, List, Listed, Page, PageQuery, Path, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_reward_coefficients).service(get_reward_coefficient);
}

/// List reward coefficients
///
/// Open to everybody, those that began last first unless `sort` says otherwise.
#[utoipa::path(tag = "reward-coefficients", security((), ("bearer" = [])), params(PageQuery, RewardCoefficientFilter), responses((status = 200, description = "One page", body = Page<RewardCoefficient>)))]
#[get("/api/v1/reward-coefficients")]
async fn list_reward_coefficients(
    Guest(ctx): Guest,
    List { page, filter }: List<RewardCoefficientFilter>,
) -> Result<Listed<RewardCoefficient>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(RewardCoefficient::from), &page))
}

/// Get a reward coefficient
///
/// Open to everybody.
#[utoipa::path(tag = "reward-coefficients", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the coefficient")), responses((status = 200, description = "The coefficient", body = RewardCoefficient)))]
#[get("/api/v1/reward-coefficients/{id}")]
async fn get_reward_coefficient(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Reply<RewardCoefficient>, Problem> {
    Ok(Reply(service::get(&ctx, id).await?.into()))
}
