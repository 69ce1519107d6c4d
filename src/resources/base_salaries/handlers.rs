//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{get, post};
use uuid::Uuid;

use super::{
    dto::{BaseSalary, BaseSalaryFilter, NewBaseSalary},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_base_salaries).service(create_base_salary).service(get_base_salary);
}

/// List base salaries
///
/// Open to everybody, the newest first unless `sort` says otherwise.
#[utoipa::path(tag = "base-salaries", security((), ("bearer" = [])), params(PageQuery, BaseSalaryFilter), responses((status = 200, description = "One page", body = Page<BaseSalary>)))]
#[get("/api/v1/base-salaries")]
async fn list_base_salaries(
    Guest(ctx): Guest,
    List { page, filter }: List<BaseSalaryFilter>,
) -> Result<Listed<BaseSalary>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(BaseSalary::from), &page))
}

/// Enter the next base salary
///
/// Administrators only. It begins later than every other one, and the one before it ends the day before. Rewards of
/// awards that were decided already stay as they are.
#[utoipa::path(tag = "base-salaries", request_body = NewBaseSalary, responses((status = 201, description = "Created", body = BaseSalary)))]
#[post("/api/v1/base-salaries")]
async fn create_base_salary(ctx: Ctx, Json(new): Json<NewBaseSalary>) -> Result<Created<BaseSalary>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/base-salaries/{}", row.id), version: row.version, body: row.into() })
}

/// Get a base salary
///
/// Open to everybody.
#[utoipa::path(tag = "base-salaries", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the base salary")), responses((status = 200, description = "The base salary", body = BaseSalary)))]
#[get("/api/v1/base-salaries/{id}")]
async fn get_base_salary(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<BaseSalary>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}
