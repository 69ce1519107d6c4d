//! A file that hangs on something: what is kept of it beside its content, and how it is told and handed out.

use actix_web::HttpRequest;
use entity::vocab::MediaType;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Ctx, Download, Sent};
use crate::{domain::file::file_name, files::Spooled, problem::Problem};

/// A file that was uploaded
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttachedFile {
    /// As the sender called it; its ending tells what it is
    #[schema(example = "bao-cao-12.pdf")]
    pub name: String,
    pub media_type: MediaType,
    #[schema(minimum = 1, maximum = 20_971_520, example = 148_213)]
    pub size_bytes: i64,
    /// SHA-256 of the content, in hexadecimal
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
}

/// The columns of a file: hash, name, type, size. All of them are there, or none.
type FileColumns = (Option<String>, Option<String>, Option<MediaType>, Option<i64>);

impl AttachedFile {
    /// `None` for a link.
    pub fn of(columns: FileColumns) -> Option<Self> {
        match columns {
            (Some(sha256), Some(name), Some(media_type), Some(size_bytes)) => {
                Some(Self { name, media_type, size_bytes, sha256 })
            }
            _ => None,
        }
    }

    /// What came in under a name that can be kept, and its content.
    pub fn sent(sent: Sent) -> Result<(Self, Spooled), Problem> {
        let Sent { name, file } = sent;
        let name = file_name(&name, file.media_type).map_err(|fault| Problem::invalid(vec![fault]))?;
        let size_bytes = i64::try_from(file.size).map_err(Problem::internal)?;
        Ok((Self { name, media_type: file.media_type, size_bytes, sha256: file.hash.clone() }, file))
    }

    /// The file on its way out; a link has none.
    pub async fn download(ctx: &Ctx, request: &HttpRequest, columns: FileColumns) -> Result<Download, Problem> {
        let Self { name, media_type, size_bytes, sha256 } = Self::of(columns).ok_or_else(Problem::not_found)?;
        let size = size_bytes.try_into().map_err(Problem::internal)?;
        Download::open(request, &ctx.files, (name, media_type), (sha256, size)).await
    }
}

/// Keeps the content and then stores the row that refers to it, so that no row refers to what is not there; what comes to
/// be kept without a row is swept.
pub async fn keep<T>(
    ctx: &Ctx,
    content: &Spooled,
    store: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    ctx.files.keep(content).await?;
    let stored = store.await?;
    // If it was there already, nobody referred to it until now, and it may have been swept meanwhile.
    ctx.files.keep(content).await?;
    Ok(stored)
}
