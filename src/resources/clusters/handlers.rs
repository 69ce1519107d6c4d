//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{Cluster, ClusterFilter, ClusterPatch, NewCluster},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_clusters)
        .service(create_cluster)
        .service(get_cluster)
        .service(update_cluster)
        .service(delete_cluster);
}

/// List clusters
///
/// Open to everybody, by name in Vietnamese order unless `sort` says otherwise.
#[utoipa::path(tag = "clusters", security(()), params(PageQuery, ClusterFilter), responses((status = 200, description = "One page", body = Page<Cluster>)))]
#[get("/api/v1/clusters")]
async fn list_clusters(
    Guest(ctx): Guest,
    List { page, filter }: List<ClusterFilter>,
) -> Result<Listed<Cluster>, Problem> {
    let clusters = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(clusters.map(Cluster::from), &page))
}

/// Create a cluster
///
/// Administrators only. The code is unique.
#[utoipa::path(tag = "clusters", request_body = NewCluster, responses((status = 201, description = "Created", body = Cluster)))]
#[post("/api/v1/clusters")]
async fn create_cluster(ctx: Ctx, Json(new): Json<NewCluster>) -> Result<Created<Cluster>, Problem> {
    let row = service::create(&ctx, &new).await?;
    Ok(Created { location: format!("/api/v1/clusters/{}", row.id), version: row.version, body: row.into() })
}

/// Get a cluster
///
/// Open to everybody.
#[utoipa::path(tag = "clusters", security(()), params(("id" = Uuid, Path, description = "Id of the cluster")), responses((status = 200, description = "The cluster", body = Cluster)))]
#[get("/api/v1/clusters/{id}")]
async fn get_cluster(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Cluster>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Change a cluster
///
/// Administrators only. A merge patch (RFC 7396): absent stays, null takes away. The code never changes.
#[utoipa::path(tag = "clusters", params(("id" = Uuid, Path, description = "Id of the cluster"), IfMatch), request_body = ClusterPatch, responses((status = 200, description = "Changed", body = Cluster)))]
#[patch("/api/v1/clusters/{id}")]
async fn update_cluster(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<ClusterPatch>,
) -> Result<Tagged<Cluster>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Delete a cluster
///
/// Administrators only, and only while the cluster has no cycle: 409 otherwise.
#[utoipa::path(tag = "clusters", params(("id" = Uuid, Path, description = "Id of the cluster"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/clusters/{id}")]
async fn delete_cluster(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
