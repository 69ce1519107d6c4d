//! Answers: JSON with a validator, and the few shapes every resource uses.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{Method, header},
};
use serde::Serialize;

/// A 200 without a version of its own: lists, trees, computations.
pub struct Reply<T>(pub T);

/// A 200 with the version of the resource in its `ETag`.
pub struct Tagged<T>(pub i32, pub T);

/// A 201 with `Location` and `ETag`.
pub struct Created<T> {
    /// Path of the new resource.
    pub location: String,
    pub version: i32,
    pub body: T,
}

/// A 204.
pub struct NoContent;

impl<T: Serialize> Responder for Reply<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        json(request, &self.0, None)
    }
}

impl<T: Serialize> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        json(request, &self.1, Some(self.0))
    }
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        let body = serde_json::to_vec(&self.body).unwrap_or_default();
        HttpResponse::Created()
            .insert_header((header::LOCATION, self.location))
            .insert_header((header::ETAG, tag(&body, Some(self.version))))
            .content_type("application/json")
            .body(body)
    }
}

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<BoxBody> {
        HttpResponse::NoContent().finish()
    }
}

/// A JSON answer with a strong validator; 304 where the reader has it already.
pub(super) fn json(request: &HttpRequest, value: &impl Serialize, version: Option<i32>) -> HttpResponse<BoxBody> {
    let Ok(body) = serde_json::to_vec(value) else {
        return HttpResponse::from_error(crate::problem::Problem::internal("an answer does not serialise"));
    };
    let tag = tag(&body, version);
    if *request.method() == Method::GET && known(request, &tag) {
        return unchanged(&tag);
    }
    HttpResponse::Ok().insert_header((header::ETAG, tag)).content_type("application/json").body(body)
}

/// `"7-8f3a…"`: the version, and a mark of these very bytes. The mark covers what changes without the version: what the
/// caller may do, and in which language it is said.
pub(super) fn tag(body: &[u8], version: Option<i32>) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let mark = hasher.finish();
    version.map_or_else(|| format!("\"{mark:016x}\""), |version| format!("\"{version}-{mark:016x}\""))
}

pub(super) fn known(request: &HttpRequest, tag: &str) -> bool {
    let header = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    header.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

/// 304: the reader has it already.
pub(super) fn unchanged(tag: &str) -> HttpResponse<BoxBody> {
    HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish()
}
