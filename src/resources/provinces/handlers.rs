//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    dto::{Lineage, Province, ProvinceFilter},
    lineage, service,
};
use crate::{
    http::{Guest, List, Listed, Page, PageQuery, Path, Reply, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_provinces).service(get_province).service(get_lineage);
}

/// List provinces
///
/// Open to everybody. A code names a province only together with a date: 15 was Yên Bái until 30 June 2025 and is Lào
/// Cai since.
#[utoipa::path(tag = "provinces", security((), ("bearer" = [])), params(PageQuery, ProvinceFilter), responses((status = 200, description = "One page", body = Page<Province>)))]
#[get("/api/v1/provinces")]
async fn list_provinces(
    Guest(ctx): Guest,
    List { page, filter }: List<ProvinceFilter>,
) -> Result<Listed<Province>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Province::from), &page))
}

/// Get a province
///
/// With whom it followed and who followed it.
#[utoipa::path(tag = "provinces", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the province")), responses((status = 200, description = "The province", body = Province)))]
#[get("/api/v1/provinces/{id}")]
async fn get_province(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Province>, Problem> {
    let province = service::get(&ctx, id).await?;
    Ok(Tagged(province.version, province))
}

/// Get the lineage of a province
///
/// All its ancestors and descendants, and the events between them.
#[utoipa::path(tag = "provinces", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the province")), responses((status = 200, description = "The lineage", body = Lineage)))]
#[get("/api/v1/provinces/{id}/lineage")]
async fn get_lineage(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Reply<Lineage>, Problem> {
    lineage::get(&ctx, id).await.map(Reply)
}
