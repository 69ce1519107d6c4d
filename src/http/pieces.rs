//! A large answer, written piece by piece: it never exists whole.

use std::hash::{DefaultHasher, Hasher};

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::{BoxBody, SizedStream},
    http::header,
    web::Bytes,
};
use futures_util::stream;

use super::reply::{known, unchanged};
use crate::problem::Problem;

/// What a body consists of.
pub trait Pieces: 'static {
    /// The piece at a place, counted from 0, or `None` after the last. The same place always gives the same bytes.
    fn piece(&self, place: usize) -> Result<Option<Vec<u8>>, Problem>;
}

/// A 200 with a JSON body in pieces.
///
/// The pieces are made twice, first for the length and the `ETag`, then to be sent, each when the reader has taken the
/// one before: a slow reader holds one piece and what the pieces are made from, nothing else.
pub struct Pieced<P>(pub P);

impl<P: Pieces> Responder for Pieced<P> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        let (length, tag) = match measure(&self.0) {
            Ok(measured) => measured,
            Err(problem) => return HttpResponse::from_error(problem),
        };
        if known(request, &tag) {
            return unchanged(&tag);
        }
        let pieces = stream::try_unfold((self.0, 0), |(body, place)| async move {
            let piece = body.piece(place)?;
            Ok::<_, Problem>(piece.map(|piece| (Bytes::from(piece), (body, place + 1))))
        });
        HttpResponse::Ok()
            .insert_header((header::ETAG, tag))
            .content_type("application/json")
            .body(SizedStream::new(length, Box::pin(pieces)))
    }
}

fn measure(body: &impl Pieces) -> Result<(u64, String), Problem> {
    let mut hasher = DefaultHasher::new();
    let (mut length, mut place) = (0, 0);
    while let Some(piece) = body.piece(place)? {
        hasher.write(&piece);
        length += piece.len() as u64;
        place += 1;
    }
    Ok((length, format!("\"{:016x}\"", hasher.finish())))
}
