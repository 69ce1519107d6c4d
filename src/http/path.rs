//! Path parameters.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use uuid::Uuid;

use crate::problem::Problem;

/// The id in the path. What is no UUID names nothing: 404, like every other address without a resource.
pub struct Path<T>(pub T);

impl FromRequest for Path<Uuid> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").and_then(|id| Uuid::try_parse(id).ok());
        ready(id.map(Path).ok_or_else(Problem::not_found))
    }
}
