//! A form with one file: `multipart/form-data`, read as it comes; the file goes to disk, not to memory.

use std::{
    future::{Ready, ready},
    time::Duration,
};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, error::PayloadError, http::header, web::Bytes};
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use validator::Validate;

use super::body::checked;
use crate::{
    domain::phrase::Phrase,
    files::{FILE_LIMIT, Spool, Spooled, Unwanted},
    problem::{Code, Problem},
};

/// The part that holds the file.
const FILE: &str = "file";

/// What a form may weigh beside its file, in bytes: its texts, and what stands between the parts.
const TRIMMINGS: u64 = 64 << 10;

/// Parts a form may have.
const MOST_PARTS: usize = 20;

/// How long the next piece of a form may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// A form that is about to come in. Nothing of it has been read yet.
pub struct Upload(Multipart);

/// A file that came in, and what its sender calls it.
#[derive(Debug)]
pub struct Sent {
    pub name: String,
    pub file: Spooled,
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(refuse_early(request).map(|()| {
            let mut read = 0;
            let limited = payload.take().map(move |piece: Result<Bytes, PayloadError>| {
                let piece = piece?;
                read += piece.len() as u64;
                if read > FILE_LIMIT + TRIMMINGS { Err(PayloadError::Overflow) } else { Ok(piece) }
            });
            Self(Multipart::new(request.headers(), limited))
        }))
    }
}

fn refuse_early(request: &HttpRequest) -> Result<(), Problem> {
    let form = matches!(request.mime_type(), Ok(Some(mime))
        if mime.essence_str() == "multipart/form-data" && mime.get_param("boundary").is_some());
    if !form {
        let detail = Phrase::new(
            "send `Content-Type: multipart/form-data` with its `boundary`",
            "hãy gửi `Content-Type: multipart/form-data` kèm `boundary`",
        );
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > FILE_LIMIT + TRIMMINGS) { Err(too_large()) } else { Ok(()) }
}

impl Upload {
    /// Reads the form to its end: the part `file` is the file, every other part a text and a member of `T`.
    pub async fn receive<T: DeserializeOwned + Validate>(mut self) -> Result<(T, Sent), Problem> {
        let mut members = Map::new();
        let mut sent = None;
        while let Some(mut part) = next(&mut self.0).await? {
            let name = part.name().unwrap_or_default().to_owned();
            if members.contains_key(&name) || (name == FILE && sent.is_some()) {
                let message = Phrase::new("the part is given twice", "phần này bị lặp");
                return Err(Problem::fault(format!("/{name}"), "duplicate_member", message));
            }
            if members.len() == MOST_PARTS {
                return Err(Problem::fault("", "too_many", Phrase::new("too many parts", "quá nhiều phần")));
            }
            if name == FILE {
                sent = Some(spooled(&mut part).await?);
            } else {
                let text = text(&mut part, &name).await?;
                members.insert(name, Value::String(text));
            }
        }
        let told = checked(Value::Object(members))?;
        let missing = || {
            let message = Phrase::new("the part with the file is required", "thiếu phần chứa tệp");
            Problem::fault("/file", "required", message)
        };
        Ok((told, sent.ok_or_else(missing)?))
    }
}

async fn spooled(part: &mut Field) -> Result<Sent, Problem> {
    let disposition = part.content_disposition();
    let name = disposition.and_then(|told| {
        let extended = told.get_filename_ext().and_then(|name| String::from_utf8(name.value.clone()).ok());
        extended.or_else(|| told.get_filename().map(ToOwned::to_owned))
    });
    let name = name.ok_or_else(|| {
        let message = Phrase::new("the part needs a `filename`", "phần chứa tệp phải có `filename`");
        Problem::fault("/file", "required", message)
    })?;
    let mut spool = Spool::open().await.map_err(unwanted)?;
    while let Some(piece) = next(part).await? {
        spool.write(&piece).await.map_err(unwanted)?;
    }
    Ok(Sent { name, file: spool.finish().await.map_err(unwanted)? })
}

async fn text(part: &mut Field, name: &str) -> Result<String, Problem> {
    let mut bytes = vec![];
    while let Some(piece) = next(part).await? {
        if (bytes.len() + piece.len()) as u64 > TRIMMINGS {
            let message = Phrase::new("the text has more than 64 KiB", "văn bản dài quá 64 KiB");
            return Err(Problem::fault(format!("/{name}"), "too_long", message));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| {
        let message = Phrase::new("must be a text in UTF-8", "phải là văn bản UTF-8");
        Problem::fault(format!("/{name}"), "wrong_type", message)
    })
}

/// The next part of a form, or the next piece of a part.
async fn next<T>(from: &mut (impl Stream<Item = Result<T, MultipartError>> + Unpin)) -> Result<Option<T>, Problem> {
    match tokio::time::timeout(PATIENCE, from.next()).await {
        Ok(Some(Ok(piece))) => Ok(Some(piece)),
        Ok(None) => Ok(None),
        Ok(Some(Err(MultipartError::Payload(PayloadError::Overflow)))) => Err(too_large()),
        Ok(Some(Err(err))) => Err(broken().caused_by(err.to_string())),
        Err(_) => Err(broken().caused_by("the sender fell silent")),
    }
}

fn broken() -> Problem {
    Problem::new(Code::Malformed, Phrase::new("the form ended early or is garbled", "biểu mẫu bị cắt hoặc bị lỗi"))
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge, Phrase::new("a file of at most 20 MiB", "tệp tối đa 20 MiB"))
}

fn unwanted(why: Unwanted) -> Problem {
    match why {
        Unwanted::TooLarge => too_large(),
        Unwanted::Empty => Problem::fault("/file", "empty", Phrase::new("the file is empty", "tệp rỗng")),
        Unwanted::UnknownType => {
            let message = Phrase::new(
                "its content is no PDF, Word (doc, docx), Excel (xls, xlsx) or picture (PNG, JPEG, WebP, GIF, TIFF); \
                 documents with macros or a password are not taken",
                "nội dung không phải PDF, Word (doc, docx), Excel (xls, xlsx) hoặc ảnh (PNG, JPEG, WebP, GIF, TIFF); \
                 không nhận tài liệu có macro hoặc có mật khẩu",
            );
            Problem::fault("/file", "unknown_type", message)
        }
        Unwanted::Failed(err) => Problem::internal(err),
    }
}
