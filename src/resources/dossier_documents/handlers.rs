//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{HttpRequest, delete, get, post};
use entity::dossier_document;
use uuid::Uuid;

use super::{
    checklist::{self, Dossier},
    dto::{DossierDocument, DossierDocumentFilter, NewDossierFile, NewDossierLink},
    service,
};
use crate::{
    http::{
        AttachedFile, Created, Ctx, Download, IfMatch, Json, List, Listed, NoContent, Page, PageQuery, Path, Reply,
        Routes, Tagged, Upload,
    },
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_dossier_documents)
        .service(get_dossier)
        .service(add_dossier_link)
        .service(add_dossier_file)
        .service(get_dossier_document)
        .service(get_dossier_document_content)
        .service(delete_dossier_document);
}

/// List dossier documents
///
/// Of all nominations whose dossier the caller may read: the council secretary, administrators and auditors all, the head
/// of a cycle those of the cycle, an officer those of the own province. In the order in which they came.
#[utoipa::path(tag = "dossier-documents", params(PageQuery, DossierDocumentFilter), responses((status = 200, description = "One page", body = Page<DossierDocument>)))]
#[get("/api/v1/dossier-documents")]
async fn list_dossier_documents(
    ctx: Ctx,
    List { page, filter }: List<DossierDocumentFilter>,
) -> Result<Listed<DossierDocument>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?.map(DossierDocument::from), &page))
}

/// Get the dossier of a nomination
///
/// What the award type asks for, what is there, and what is missing. As visible as the documents.
#[utoipa::path(tag = "dossier-documents", params(("id" = Uuid, Path, description = "Id of the nomination")), responses((status = 200, description = "The dossier", body = Dossier)))]
#[get("/api/v1/nominations/{id}/dossier")]
async fn get_dossier(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<Dossier>, Problem> {
    Ok(Reply(checklist::dossier(&ctx, id).await?))
}

/// Add a link to a dossier
///
/// The nominated province's officer, the head of the cycle and the council secretary, while the nomination is `proposed`,
/// `balloted` or `dossier_complete`; the council secretary also while it is `submitted` or `appraised`. The same address
/// twice for one kind is a 409, and so is the 51st document.
#[utoipa::path(tag = "dossier-documents", params(("id" = Uuid, Path, description = "Id of the nomination")), request_body = NewDossierLink, responses((status = 201, description = "Added", body = DossierDocument)))]
#[post("/api/v1/nominations/{id}/dossier-documents")]
async fn add_dossier_link(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(new): Json<NewDossierLink>,
) -> Result<Created<DossierDocument>, Problem> {
    service::add_link(&ctx, id, &new).await.map(created)
}

/// Add a file to a dossier
///
/// By whom and when a link is added: PDF, Word, Excel or a picture of at most 20 MiB. The content tells the type, not the
/// name: a file that is none of these is a 422, a larger one a 413. The same content twice for one kind is a 409.
#[utoipa::path(tag = "dossier-documents", params(("id" = Uuid, Path, description = "Id of the nomination")), request_body(content = NewDossierFile, content_type = "multipart/form-data"), responses((status = 201, description = "Added", body = DossierDocument)))]
#[post("/api/v1/nominations/{id}/dossier-files")]
async fn add_dossier_file(ctx: Ctx, Path(id): Path<Uuid>, upload: Upload) -> Result<Created<DossierDocument>, Problem> {
    service::add_file(&ctx, id, upload).await.map(created)
}

/// Get a dossier document
///
/// What is known of a file or a link. Neither the public nor the other members see it.
#[utoipa::path(tag = "dossier-documents", params(("id" = Uuid, Path, description = "Id of the document")), responses((status = 200, description = "The document", body = DossierDocument)))]
#[get("/api/v1/dossier-documents/{id}")]
async fn get_dossier_document(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<DossierDocument>, Problem> {
    let row = service::get(&ctx, id).await?;
    Ok(Tagged(row.version, row.into()))
}

/// Download the file of a dossier document
///
/// Always as an attachment under the file's name. A link has no content here: 404.
#[utoipa::path(
    tag = "dossier-documents",
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
#[get("/api/v1/dossier-documents/{id}/content")]
async fn get_dossier_document_content(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    request: HttpRequest,
) -> Result<Download, Problem> {
    let dossier_document::Model { file_hash, file_name, media_type, size_bytes, .. } = service::get(&ctx, id).await?;
    AttachedFile::download(&ctx, &request, (file_hash, file_name, media_type, size_bytes)).await
}

/// Delete a dossier document
///
/// The nominated province's officer, the head of the cycle and the council secretary, while the nomination is `proposed` or
/// `balloted`.
#[utoipa::path(tag = "dossier-documents", params(("id" = Uuid, Path, description = "Id of the document"), IfMatch), responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/dossier-documents/{id}")]
async fn delete_dossier_document(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<NoContent, Problem> {
    service::delete(&ctx, id, &seen).await.map(|()| NoContent)
}

fn created(row: dossier_document::Model) -> Created<DossierDocument> {
    Created { location: format!("/api/v1/dossier-documents/{}", row.id), version: row.version, body: row.into() }
}
