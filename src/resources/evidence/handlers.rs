//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{HttpRequest, delete, get, post};
use entity::evidence;
use uuid::Uuid;

use super::{
    dto::{Evidence, EvidenceFilter, NewEvidenceFile, NewEvidenceLink},
    service,
};
use crate::{
    http::{
        AttachedFile, Created, Ctx, Download, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Routes,
        Tagged, Upload,
    },
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_evidence)
        .service(add_link)
        .service(add_file)
        .service(get_evidence)
        .service(get_evidence_content)
        .service(delete_evidence);
}

/// List evidence
///
/// The files and links of all lines the caller may see: as visible as their scorecards.
#[utoipa::path(tag = "evidence", params(PageQuery, EvidenceFilter), responses((status = 200, description = "One page", body = Page<Evidence>)))]
#[get("/api/v1/evidence")]
async fn list_evidence(ctx: Ctx, List { page, filter }: List<EvidenceFilter>) -> Result<Listed<Evidence>, Problem> {
    let found = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(found.map(Evidence::from), &page))
}

/// Add a link to a line
///
/// By the own province's officer, while the sheet is a draft or was returned. The same address twice on one line is a 409.
#[utoipa::path(tag = "evidence", params(("id" = Uuid, Path, description = "Id of the score")), request_body = NewEvidenceLink, responses((status = 201, description = "Added", body = Evidence)))]
#[post("/api/v1/scores/{id}/evidence")]
async fn add_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewEvidenceLink>,
) -> Result<Created<Evidence>, Problem> {
    service::add_link(&ctx, id, &new).await.map(created)
}

/// Add a file to a line
///
/// By the own province's officer, while the sheet is a draft or was returned: PDF, Word, Excel or a picture of at most
/// 20 MiB. The content tells the type, not the name: a file that is none of these is a 422, a larger one a 413. The same
/// content twice on one line is a 409.
#[utoipa::path(tag = "evidence", params(("id" = Uuid, Path, description = "Id of the score")), request_body(content = NewEvidenceFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = Evidence)))]
#[post("/api/v1/scores/{id}/evidence-files")]
async fn add_file(ctx: Ctx, Path(id): Path<Uuid>, upload: Upload) -> Result<Created<Evidence>, Problem> {
    service::add_file(&ctx, id, upload).await.map(created)
}

/// Get a piece of evidence
///
/// What is known of a file or a link; as visible as its scorecard.
#[utoipa::path(tag = "evidence", params(("id" = Uuid, Path, description = "Id of the evidence")), responses((status = 200, description = "The evidence", body = Evidence)))]
#[get("/api/v1/evidence/{id}")]
async fn get_evidence(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<Evidence>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Download the file of a piece of evidence
///
/// Always as an attachment under the file's name. A link has no content here: 404.
#[utoipa::path(
    tag = "evidence",
    params(("id" = Uuid, Path, description = "Id of the evidence")),
    responses((
        status = 200,
        description = "The file",
        headers(
            ("Content-Disposition" = String, description = "`attachment` with the name of the file"),
            ("Content-Security-Policy" = String, description = "Nothing in it may load or run"),
        ),
        content(
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/msword"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/vnd.ms-excel"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "image/png"),
            (Vec<u8> = "image/jpeg"),
            (Vec<u8> = "image/webp"),
            (Vec<u8> = "image/gif"),
            (Vec<u8> = "image/tiff"),
        ),
    )),
)]
#[get("/api/v1/evidence/{id}/content")]
async fn get_evidence_content(ctx: Ctx, Path(id): Path<Uuid>, request: HttpRequest) -> Result<Download, Problem> {
    let evidence::Model { file_hash, file_name, media_type, size_bytes, .. } = service::get(&ctx, id).await?;
    AttachedFile::download(&ctx, &request, (file_hash, file_name, media_type, size_bytes)).await
}

/// Delete a piece of evidence
///
/// By the own province's officer, while the sheet is a draft or was returned.
#[utoipa::path(tag = "evidence", params(("id" = Uuid, Path, description = "Id of the evidence"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/evidence/{id}")]
async fn delete_evidence(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await?;
    Ok(NoContent)
}

fn created(row: evidence::Model) -> Created<Evidence> {
    Created { location: format!("/api/v1/evidence/{}", row.id), version: row.version, body: row.into() }
}
