//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, patch};
use uuid::Uuid;

use super::{
    dto::{AwardType, AwardTypeFilter, AwardTypePatch},
    service,
};
use crate::{
    http::{Ctx, Guest, IfMatch, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_award_types).service(get_award_type).service(update_award_type);
}

/// List award types
///
/// Open to everybody: the catalogue of the Law on Emulation and Commendation, each with the coefficients of its money.
#[utoipa::path(tag = "award-types", security((), ("bearer" = [])), params(PageQuery, AwardTypeFilter), responses((status = 200, description = "One page", body = Page<AwardType>)))]
#[get("/api/v1/award-types")]
async fn list_award_types(
    Guest(ctx): Guest,
    List { page, filter }: List<AwardTypeFilter>,
) -> Result<Listed<AwardType>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Get an award type
///
/// Open to everybody.
#[utoipa::path(tag = "award-types", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the award type")), responses((status = 200, description = "The award type", body = AwardType)))]
#[get("/api/v1/award-types/{id}")]
async fn get_award_type(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<AwardType>, Problem> {
    let award_type = service::get(&ctx, id).await?;
    Ok(Tagged(award_type.version, award_type))
}

/// Change an award type
///
/// Administrators only. A merge patch (RFC 7396) of its one setting, the working days of public comment; the rest is what
/// the Law says. Periods that have begun stay as they are.
#[utoipa::path(tag = "award-types", params(("id" = Uuid, Path, description = "Id of the award type"), IfMatch), request_body = AwardTypePatch, responses((status = 200, description = "Changed", body = AwardType)))]
#[patch("/api/v1/award-types/{id}")]
async fn update_award_type(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AwardTypePatch>,
) -> Result<Tagged<AwardType>, Problem> {
    let award_type = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(award_type.version, award_type))
}
