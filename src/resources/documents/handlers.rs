//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{HttpRequest, delete, get, post};
use entity::document;
use uuid::Uuid;

use super::{
    dto::{Document, DocumentFilter, NewDocumentFile, NewDocumentLink},
    owner::Owner,
    service,
};
use crate::{
    http::{
        AttachedFile, Created, Ctx, Download, Guest, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path,
        Routes, Tagged, Upload,
    },
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_documents)
        .service(add_recommendation_link)
        .service(add_recommendation_file)
        .service(add_contribution_link)
        .service(add_contribution_file)
        .service(add_conference_link)
        .service(add_conference_file)
        .service(add_campaign_report_link)
        .service(add_campaign_report_file)
        .service(get_document)
        .service(get_document_content)
        .service(delete_document);
}

/// List documents
///
/// Of everything the caller may see; open to everybody, because some of it may be public. In the order in which they came.
#[utoipa::path(tag = "documents", security((), ("bearer" = [])), params(PageQuery, DocumentFilter), responses((status = 200, description = "One page", body = Page<Document>)))]
#[get("/api/v1/documents")]
async fn list_documents(
    Guest(ctx): Guest,
    List { page, filter }: List<DocumentFilter>,
) -> Result<Listed<Document>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(Document::from), &page))
}

/// Add a link to a recommendation
///
/// Officers of the province that raised it, the head of the cycle and the council secretary, and of what is addressed to the
/// members all of them; until it is closed or withdrawn (409). The same address twice is a 409, and so is the 51st
/// document.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the recommendation")), request_body = NewDocumentLink, responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/recommendations/{id}/documents")]
async fn add_recommendation_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewDocumentLink>,
) -> Result<Created<Document>, Problem> {
    service::add_link(&ctx, Owner::Recommendation(id), &new).await.map(created)
}

/// Add a file to a recommendation
///
/// By whom and when a link is added: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the type, not the
/// name: a file that is none of these is a 422, a larger one a 413. The same content twice is a 409.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the recommendation")), request_body(content = NewDocumentFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/recommendations/{id}/files")]
async fn add_recommendation_file(ctx: Ctx, Path(id): Path<Uuid>, upload: Upload) -> Result<Created<Document>, Problem> {
    service::add_file(&ctx, Owner::Recommendation(id), upload).await.map(created)
}

/// Add a link to a contribution
///
/// The head of the cycle and the council secretary, at any time from the launch of the cycle on. Everybody who sees the
/// contribution sees its documents, after publication the public, too. The same address twice is a 409, and so is the 51st
/// document.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the contribution")), request_body = NewDocumentLink, responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/contributions/{id}/documents")]
async fn add_contribution_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewDocumentLink>,
) -> Result<Created<Document>, Problem> {
    service::add_link(&ctx, Owner::Contribution(id), &new).await.map(created)
}

/// Add a file to a contribution
///
/// By whom and when a link is added, and as visible: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the
/// type, not the name: a file that is none of these is a 422, a larger one a 413. The same content twice is a 409.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the contribution")), request_body(content = NewDocumentFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/contributions/{id}/files")]
async fn add_contribution_file(ctx: Ctx, Path(id): Path<Uuid>, upload: Upload) -> Result<Created<Document>, Problem> {
    service::add_file(&ctx, Owner::Contribution(id), upload).await.map(created)
}

/// Add a link to a conference
///
/// By those who run it, until it is closed or cancelled. Seen by those who may read its minutes. The same address twice is a
/// 409, and so is the 51st document.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the conference")), request_body = NewDocumentLink, responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/conferences/{id}/documents")]
async fn add_conference_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewDocumentLink>,
) -> Result<Created<Document>, Problem> {
    service::add_link(&ctx, Owner::Conference(id), &new).await.map(created)
}

/// Add a file to a conference
///
/// By whom and when a link is added, and as visible: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the
/// type, not the name: a file that is none of these is a 422, a larger one a 413. The same content twice is a 409.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the conference")), request_body(content = NewDocumentFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/conferences/{id}/files")]
async fn add_conference_file(ctx: Ctx, Path(id): Path<Uuid>, upload: Upload) -> Result<Created<Document>, Problem> {
    service::add_file(&ctx, Owner::Conference(id), upload).await.map(created)
}

/// Add a link to a report on a campaign
///
/// By those who may report for the province, until the campaign's final review. Open to everybody, as the report. The same
/// address twice is a 409, and so is the 51st document.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the report")), request_body = NewDocumentLink, responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/campaign-reports/{id}/documents")]
async fn add_campaign_report_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewDocumentLink>,
) -> Result<Created<Document>, Problem> {
    service::add_link(&ctx, Owner::CampaignReport(id), &new).await.map(created)
}

/// Add a file to a report on a campaign
///
/// By whom and when a link is added, and as visible: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the
/// type, not the name: a file that is none of these is a 422, a larger one a 413. The same content twice is a 409.
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the report")), request_body(content = NewDocumentFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = Document)))]
#[post("/api/v1/campaign-reports/{id}/files")]
async fn add_campaign_report_file(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    upload: Upload,
) -> Result<Created<Document>, Problem> {
    service::add_file(&ctx, Owner::CampaignReport(id), upload).await.map(created)
}

/// Get a document
///
/// What is known of a file or a link. Seen by those who see what it hangs on; everybody else gets 404.
#[utoipa::path(tag = "documents", security((), ("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the document")), responses((status = 200, description = "The document", body = Document)))]
#[get("/api/v1/documents/{id}")]
async fn get_document(Guest(ctx): Guest, Path(id): Path<Uuid>) -> Result<Tagged<Document>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Download the file of a document
///
/// Always as an attachment under the file's name. A link has no content here: 404.
#[utoipa::path(
    tag = "documents",
    security((), ("bearer" = [])),
    params(("id" = Uuid, Path, description = "Id of the document")),
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
#[get("/api/v1/documents/{id}/content")]
async fn get_document_content(
    Guest(ctx): Guest,
    Path(id): Path<Uuid>,
    request: HttpRequest,
) -> Result<Download, Problem> {
    let document::Model { file_hash, file_name, media_type, size_bytes, .. } = service::get(&ctx, id).await?;
    AttachedFile::download(&ctx, &request, (file_hash, file_name, media_type, size_bytes)).await
}

/// Delete a document
///
/// Of a recommendation: the account that added it, as long as it could add it now, and the council secretary. Of anything
/// else: those who may add. While what it hangs on takes documents (409).
#[utoipa::path(tag = "documents", params(("id" = Uuid, Path, description = "Id of the document"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/documents/{id}")]
async fn delete_document(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

fn created(row: document::Model) -> Created<Document> {
    Created { location: format!("/api/v1/documents/{}", row.id), version: row.version, body: row.into() }
}
