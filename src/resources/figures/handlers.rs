//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    dto::{Matrix, MatrixQuery, Statistics},
    matrix::{self, Written},
    statistics,
};
use crate::{
    http::{Ctx, Path, Pieced, Query, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(get_cycle_matrix).service(get_cycle_statistics);
}

/// Get the matrix of a cycle
///
/// The points of every province in every section, or with `detail=leaves` on every scored criterion, at each stage, and
/// the distance between self and appraised points. `rows`, `columns` and the `cells` of a row have a fixed order. Whose
/// sheet the caller may not see has no row: the head, the council and auditors see all, an appraiser the sheets of the
/// cycles assigned but never the own province's, a province its own and after publication every member's. The public
/// has the sections of the published ranking instead.
#[utoipa::path(tag = "figures", params(("id" = Uuid, Path, description = "Id of the cycle"), MatrixQuery), responses((status = 200, description = "The matrix", body = Matrix)))]
#[get("/api/v1/cycles/{id}/matrix")]
async fn get_cycle_matrix(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<MatrixQuery>,
) -> Result<Pieced<Written>, Problem> {
    matrix::get(&ctx, id, query.detail.unwrap_or_default()).await.map(Pieced)
}

/// Get the statistics of a cycle
///
/// The middle and the spread of the points by section and in total at each stage, how far self and appraised points lie
/// apart, and who lies outside Tukey's fences: more than 1.5 times the distance of the quartiles below the lower or above
/// the upper one. Of the sheets in the caller's matrix, excluded provinces left out; a sheet counts at a stage once none
/// of the lines concerned is open. All figures are exact and rounded once to 4 decimals, a half away from 0.
#[utoipa::path(tag = "figures", params(("id" = Uuid, Path, description = "Id of the cycle")), responses((status = 200, description = "The statistics", body = Statistics)))]
#[get("/api/v1/cycles/{id}/statistics")]
async fn get_cycle_statistics(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Statistics>, Problem> {
    statistics::get(&ctx, id).await.map(Reply)
}
