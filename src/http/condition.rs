//! Conditional requests: `If-Match` guards every change of something that exists.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use utoipa::IntoParams;

use crate::{
    domain::phrase::Phrase,
    problem::{Code, Problem},
};

/// The version a writer has seen.
///
/// An `ETag` is `"7-8f3a…"`: the version, and a mark of the representation that also covers what depends on the caller.
/// Only the version counts here, so `If-Match: "7"` does as well.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// The `ETag` of the representation you read, so that nobody's change is overwritten unseen
    #[param(rename = "If-Match", value_type = String, example = "\"1\"", required = true)]
    versions: Option<Vec<i32>>,
}

impl IfMatch {
    /// `If-Match: *`: whatever version there is. The demonstration year and imports write this way.
    pub const fn any() -> Self {
        Self { versions: None }
    }

    /// Goes on only if `version` is one of those the writer has seen.
    pub fn allows(&self, version: i32) -> Result<(), Problem> {
        match &self.versions {
            Some(seen) if !seen.contains(&version) => Err(Problem::stale()),
            _ => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<IfMatch, Problem> {
    let needed = || {
        let detail = Phrase::new("send `If-Match` with the ETag you read", "hãy gửi `If-Match` với ETag bạn đã đọc");
        Problem::new(Code::PreconditionRequired, detail)
    };
    let value = request.headers().get(header::IF_MATCH).ok_or_else(needed)?.to_str().unwrap_or_default().trim();
    if value.is_empty() {
        return Err(needed());
    }
    if value == "*" {
        return Ok(IfMatch::any());
    }
    // A tag that is none of ours cannot be the present one: it is stale, not malformed.
    let versions = value.split(',').filter_map(|tag| version(tag.trim())).collect();
    Ok(IfMatch { versions: Some(versions) })
}

fn version(tag: &str) -> Option<i32> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    inner.split('-').next()?.parse().ok()
}
