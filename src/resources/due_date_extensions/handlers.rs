//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{delete, get, post};
use uuid::Uuid;

use super::{
    dto::{DueDateExtension, ExtensionFilter, NewDueDateExtension},
    service,
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_due_date_extensions)
        .service(create_due_date_extension)
        .service(get_due_date_extension)
        .service(delete_due_date_extension);
}

/// List extensions of due dates
///
/// A province sees its own; the head, the council and auditors all of the cycle.
#[utoipa::path(tag = "due-date-extensions", params(PageQuery, ExtensionFilter), responses((status = 200, description = "One page", body = Page<DueDateExtension>)))]
#[get("/api/v1/due-date-extensions")]
async fn list_due_date_extensions(
    ctx: Ctx,
    List { page, filter }: List<ExtensionFilter>,
) -> Result<Listed<DueDateExtension>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Extend a due date for one province
///
/// By the head or the council, with a reason, until the cycle is finalised; one for each stage. It goes before the due date
/// of all, also for what was handed in already: lateness is reckoned when the cycle is finalised.
#[utoipa::path(tag = "due-date-extensions", request_body = NewDueDateExtension, responses((status = 201, description = "Created", body = DueDateExtension)))]
#[post("/api/v1/due-date-extensions")]
async fn create_due_date_extension(
    ctx: Ctx,
    Json(new): Json<NewDueDateExtension>,
) -> Result<Created<DueDateExtension>, Problem> {
    let body = DueDateExtension::try_from(service::create(&ctx, &new).await?)?;
    Ok(Created { location: format!("/api/v1/due-date-extensions/{}", body.id), version: body.version, body })
}

/// Get an extension of a due date
///
/// As visible as in the list.
#[utoipa::path(tag = "due-date-extensions", params(("id" = Uuid, Path, description = "Id of the extension")), responses((status = 200, description = "The extension", body = DueDateExtension)))]
#[get("/api/v1/due-date-extensions/{id}")]
async fn get_due_date_extension(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<DueDateExtension>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.try_into()?))
}

/// Take back an extension of a due date
///
/// By the head or the council, until the cycle is finalised; the due date of all holds again.
#[utoipa::path(tag = "due-date-extensions", params(("id" = Uuid, Path, description = "Id of the extension"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/due-date-extensions/{id}")]
async fn delete_due_date_extension(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}
