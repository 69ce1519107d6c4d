//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, post};
use uuid::Uuid;

use super::{
    dto::{Holiday, HolidayFilter, NewHoliday},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_holidays).service(create_holiday).service(get_holiday).service(delete_holiday);
}

/// List holidays
///
/// Open to everybody, by day. Working days are Monday to Friday, less the `public_holiday` and `compensation_day` entries,
/// and the weekend days that are a `working_day`.
#[utoipa::path(tag = "holidays", security((), ("bearer" = [])), params(PageQuery, HolidayFilter), responses((status = 200, description = "One page", body = Page<Holiday>)))]
#[get("/api/v1/holidays")]
async fn list_holidays(
    Guest(ctx): Guest,
    List { page, filter }: List<HolidayFilter>,
) -> Result<Listed<Holiday>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Holiday::from), &page))
}

/// Enter a holiday
///
/// Administrators only. A day has one entry: 409 where it has one already. Periods of public comment that have begun stay
/// as they are.
#[utoipa::path(tag = "holidays", request_body = NewHoliday, responses((status = 201, description = "Created", body = Holiday)))]
#[post("/api/v1/holidays")]
async fn create_holiday(ctx: Ctx, Json(new): Json<NewHoliday>) -> Result<Created<Holiday>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/holidays/{}", row.id), version: row.version, body: row.into() })
}

/// Get a holiday
///
/// Open to everybody.
#[utoipa::path(tag = "holidays", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the holiday")), responses((status = 200, description = "The holiday", body = Holiday)))]
#[get("/api/v1/holidays/{id}")]
async fn get_holiday(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Holiday>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a holiday
///
/// Administrators only. A day that was announced otherwise is taken out and entered anew.
#[utoipa::path(tag = "holidays", params(("id" = Uuid, Path, description = "Id of the holiday"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/holidays/{id}")]
async fn delete_holiday(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
