//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::{
    dto::{AchievementFigure, AchievementFigureFilter, AchievementFigurePatch, NewAchievementFigure},
    service,
};
use crate::{
    http::{Created, Ctx, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_achievement_figures)
        .service(create_achievement_figure)
        .service(get_achievement_figure)
        .service(update_achievement_figure)
        .service(delete_achievement_figure);
}

/// List figures of achievement
///
/// Open to everybody: a figure states what was published, and where. The latest year first unless `sort` says otherwise.
#[utoipa::path(tag = "achievement-figures", security((), ("bearer" = [])), params(PageQuery, AchievementFigureFilter), responses((status = 200, description = "One page", body = Page<AchievementFigure>)))]
#[get("/api/v1/achievement-figures")]
async fn list_achievement_figures(
    Guest(ctx): Guest,
    List { page, filter }: List<AchievementFigureFilter>,
) -> Result<Listed<AchievementFigure>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// State a figure of achievement
///
/// By an officer of the province, the council secretary or an administrator. At least a value or one rank is given; a
/// number of ranked units only beside its rank; the province exists in the year. An indicator stands once for each
/// province and year, however it is typed: 409 otherwise.
#[utoipa::path(tag = "achievement-figures", request_body = NewAchievementFigure, responses((status = 201, description = "Stated", body = AchievementFigure)))]
#[post("/api/v1/achievement-figures")]
async fn create_achievement_figure(
    ctx: Ctx,
    Json(new): Json<NewAchievementFigure>,
) -> Result<Created<AchievementFigure>, Problem> {
    let row = service::create(&ctx, &new).await?;
    let location = format!("/api/v1/achievement-figures/{}", row.id);
    Ok(Created { location, version: row.version, body: row.into() })
}

/// Get a figure of achievement
///
/// Open to everybody.
#[utoipa::path(tag = "achievement-figures", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the figure")), responses((status = 200, description = "The figure", body = AchievementFigure)))]
#[get("/api/v1/achievement-figures/{id}")]
async fn get_achievement_figure(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<AchievementFigure>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Correct a figure of achievement
///
/// By an officer of the province, the council secretary or an administrator. A merge patch (RFC 7396): absent stays,
/// null takes away; what results has to fit together as a new figure does. Province and year never change.
#[utoipa::path(tag = "achievement-figures", params(("id" = Uuid, Path, description = "Id of the figure"), IfMatch), request_body = AchievementFigurePatch, responses((status = 200, description = "Changed", body = AchievementFigure)))]
#[patch("/api/v1/achievement-figures/{id}")]
async fn update_achievement_figure(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<AchievementFigurePatch>,
) -> Result<Tagged<AchievementFigure>, Problem> {
    let row = service::update(&ctx, id, &seen, &patch).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Take a figure of achievement away
///
/// By an officer of the province, the council secretary or an administrator.
#[utoipa::path(tag = "achievement-figures", params(("id" = Uuid, Path, description = "Id of the figure"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/achievement-figures/{id}")]
async fn delete_achievement_figure(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}
