//! A kept answer is given before the routes are tried: there are hundreds.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage, Responder,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

use super::desk::Desk;
use crate::http::{State, edge::Route};

/// Answers the public from what is kept, as the route would; all the rest goes on to the routes.
pub async fn answer_kept<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<BoxBody, B>>, Error> {
    // A look that fails is told of by the route.
    if let Some(desk) = desk(&request)
        && let Ok(Some(answer)) = desk.held().await
    {
        let answer = answer.respond_to(request.request());
        request.extensions_mut().insert(Route(desk.route.into()));
        return Ok(request.into_response(answer).map_into_left_body());
    }
    Ok(next.call(request).await?.map_into_right_body())
}

/// Where the question has been asked before. One with parameters or a token goes the long way.
fn desk(request: &ServiceRequest) -> Option<Arc<Desk>> {
    let plain = *request.method() == Method::GET
        && request.query_string().is_empty()
        && !request.headers().contains_key(header::AUTHORIZATION);
    let state = request.app_data::<Data<State>>().filter(|_| plain)?;
    state.kept.0.get(request.path())
}
