//! A picture on its way out.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};

use super::reply::{known, tag, unchanged};

/// A 200 with an SVG picture, which may draw itself and nothing else.
pub struct Picture(pub String);

impl Responder for Picture {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        let tag = tag(self.0.as_bytes(), None);
        if known(request, &tag) {
            return unchanged(&tag);
        }
        HttpResponse::Ok()
            .insert_header((header::ETAG, tag))
            .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
            .content_type("image/svg+xml")
            .body(self.0)
    }
}
