//! A file on its way out: always something to be saved, never something to be shown or run.

use std::fmt::Write;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::{BoxBody, SizedStream},
    http::header,
};
use entity::vocab::MediaType;

use super::reply::{self, known, unchanged};
use crate::{
    files::{Content, Files},
    problem::Problem,
};

/// A 200 with the bytes of a file, or a 304 where the reader has them already.
pub struct Download {
    name: String,
    media_type: MediaType,
    hash: String,
    size: u64,
    /// `None` where the reader has it.
    content: Option<Content>,
}

impl Download {
    /// Opens the content, unless the reader has it.
    pub async fn open(
        request: &HttpRequest,
        files: &Files,
        (name, media_type): (String, MediaType),
        (hash, size): (String, u64),
    ) -> Result<Self, Problem> {
        let content = if known(request, &tag(&hash)) { None } else { Some(files.read(&hash).await?) };
        Ok(Self { name, media_type, hash, size, content })
    }
}

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        let tag = tag(&self.hash);
        match self.content {
            None => unchanged(&tag),
            Some(content) => attachment(&self.name, self.media_type, tag).body(SizedStream::new(self.size, content)),
        }
    }
}

/// A 200 with a file that was made for this very answer, or a 304 where the reader has the same.
pub struct Made {
    pub name: String,
    pub media_type: MediaType,
    pub bytes: Vec<u8>,
}

impl Responder for Made {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        let tag = reply::tag(&self.bytes, None);
        if known(request, &tag) {
            return unchanged(&tag);
        }
        attachment(&self.name, self.media_type, tag).body(self.bytes)
    }
}

/// Something to be saved.
fn attachment(name: &str, media_type: MediaType, tag: String) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ETAG, tag))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", escaped(name))))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .content_type(<&str>::from(media_type));
    answer
}

/// The hash names the content for good.
fn tag(hash: &str) -> String {
    format!("\"{hash}\"")
}

/// RFC 8187: whatever is no plain letter or digit is told by its bytes.
fn escaped(name: &str) -> String {
    name.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(byte.into());
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}
