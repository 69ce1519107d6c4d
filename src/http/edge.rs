//! The outermost layer: what is true of every answer, whoever gave it.

use std::{borrow::Cow, panic::AssertUnwindSafe};

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use futures_util::FutureExt;
use uuid::Uuid;

use super::ctx::language;
use crate::{
    domain::phrase::{Language, Phrase},
    problem::{Code, Problem},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id under which this request is logged and journaled.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The pattern of the route that answered. Finding it tries all routes, so it is found once.
#[derive(Clone, Debug)]
pub struct Route(pub Cow<'static, str>);

impl Route {
    /// The route of an answer.
    pub fn of<B>(response: &ServiceResponse<B>) -> Cow<'static, str> {
        let request = response.request();
        if let Some(Self(route)) = request.extensions().get() {
            return route.clone();
        }
        let route = request.match_pattern().map_or(Cow::Borrowed("unknown"), Cow::Owned);
        request.extensions_mut().insert(Self(route.clone()));
        route
    }
}

/// Refuses what no operation could answer, turns every failure into a problem in the caller's language, and sets the
/// headers that stand on everything.
pub async fn edge<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let asked = Asked {
        id: request.extensions().get::<RequestId>().cloned().unwrap_or_else(|| request_id(request.headers())),
        language: language(request.request()),
        path: request.path().to_owned(),
    };
    // A HEAD is a GET whose body stays behind; the connection leaves it away.
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    if !acceptable(&request) {
        let detail = Phrase::new("`Accept` excludes application/json", "`Accept` loại trừ application/json");
        let answer = asked.answer(&Problem::new(Code::NotAcceptable, detail));
        return Ok(request.into_response(answer).map_into_right_body());
    }
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|_| Err(Problem::internal("a handler panicked").into()));
    match outcome {
        Ok(response) => Ok(if let Some(problem) = response.response().error().map(as_problem) {
            let answer = asked.answer(problem.as_ref());
            response.into_response(answer).map_into_right_body()
        } else {
            let mut response = response;
            finish(response.headers_mut(), &asked.id);
            response.map_into_left_body()
        }),
        Err(err) => {
            let answer = asked.answer(as_problem(&err).as_ref());
            Err(InternalError::from_response(err, answer).into())
        }
    }
}

/// What a problem needs to know of the request.
struct Asked {
    id: RequestId,
    language: Language,
    path: String,
}

impl Asked {
    fn answer(&self, problem: &Problem) -> HttpResponse {
        let id = &self.id.0;
        if problem.code() == Code::Internal {
            let cause = std::error::Error::source(problem).map(ToString::to_string).unwrap_or_default();
            tracing::error!(request.id = %id, cause, "request {id} failed: {cause}");
        }
        let mut answer = problem.answer(self.language, &self.path, id);
        finish(answer.headers_mut(), &self.id);
        answer
    }
}

/// Gives the request its id, before anything is logged.
pub async fn name_request<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let id = request_id(request.headers());
    request.extensions_mut().insert(id);
    next.call(request).await
}

/// A problem of ours, or what stands for a foreign error.
enum Known<'a> {
    Ours(&'a Problem),
    Foreign(Problem),
}

impl Known<'_> {
    fn as_ref(&self) -> &Problem {
        match self {
            Self::Ours(problem) => problem,
            Self::Foreign(problem) => problem,
        }
    }
}

fn as_problem(err: &Error) -> Known<'_> {
    if let Some(problem) = err.as_error::<Problem>() {
        return Known::Ours(problem);
    }
    let status = err.as_response_error().status_code();
    Known::Foreign(if status.is_client_error() {
        Problem::new(Code::Malformed, Phrase::new("the request breaks the protocol", "yêu cầu sai giao thức"))
    } else {
        Problem::internal(err.to_string())
    })
}

fn finish(headers: &mut HeaderMap, id: &RequestId) {
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    headers.append(header::VARY, HeaderValue::from_static("Authorization, Accept, Accept-Language"));
}

/// The caller's id if it is sane, a new one otherwise.
fn request_id(headers: &HeaderMap) -> RequestId {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let sane = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    RequestId(given.filter(sane).map_or_else(|| Uuid::now_v7().to_string(), ToOwned::to_owned))
}

fn acceptable(request: &ServiceRequest) -> bool {
    // What a file is, its reader knows from its representation, and a picture's from its name.
    let path = request.path();
    if !path.starts_with("/api/") || ["/content", "/file", "/chart.svg"].iter().any(|end| path.ends_with(end)) {
        return true;
    }
    let Some(accept) = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
        return true;
    };
    accept.trim().is_empty()
        || accept.split(',').any(|range| {
            let mut pieces = range.split(';').map(str::trim);
            let kind = pieces.next().unwrap_or("").to_ascii_lowercase();
            let refused = pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            !refused
                && matches!(kind.as_str(), "*/*" | "application/*" | "application/json" | "application/problem+json")
        })
}
