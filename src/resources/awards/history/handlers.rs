//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    dto::{AwardHistory, HistoricAward, HistoryFilter},
    service::{self, History},
};
use crate::{
    http::{Guest, List, Listed, PageQuery, Path, Routes},
    problem::Problem,
};

pub(crate) fn routes(to: &mut impl Routes) {
    to.service(get_award_history);
}

/// Get the award history of a province
///
/// Open to everybody, the latest decision first: the awards of the province and of all whom it followed, over every merger,
/// split, renaming and change of kind, each with who received it and through which event it came. A province that has ended
/// shows its own history and names who followed it.
#[utoipa::path(tag = "awards", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the province"), PageQuery, HistoryFilter), responses((status = 200, description = "One page", body = AwardHistory)))]
#[get("/api/v1/provinces/{id}/award-history")]
async fn get_award_history(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    List { page, filter }: List<HistoryFilter>,
) -> Result<Listed<HistoricAward>, Problem> {
    let History { province, succeeded, awards } = service::read(&ctx, id, &page, &filter).await?;
    Listed::new(awards, &page).beside("province", &province)?.beside("succeeded", &succeeded)
}
