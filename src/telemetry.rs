//! Logs, spans and metrics.

use std::{borrow::Cow, cell::RefCell, collections::HashMap, sync::OnceLock, time::Instant};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::{Span, field::Empty};
use tracing_actix_web::RootSpanBuilder;
use tracing_subscriber::EnvFilter;

use crate::http::{RequestId, Route};

/// Starts the log: `filter` in the notation of `RUST_LOG`, as text or as one JSON object a line.
pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if json { log.json().try_init() } else { log.compact().try_init() };
    if let Err(err) = started {
        tracing::debug!("the log runs already: {err}");
    }
}

/// The span of a request: its id and the caller's, no personal data. The route is known when it is answered.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let extensions = request.extensions();
        tracing::info_span!(
            "HTTP request",
            http.method = %request.method(),
            http.path = request.path(),
            http.route = Empty,
            http.status_code = Empty,
            request.id = extensions.get::<RequestId>().map(|id| id.0.as_str()),
            caller.id = Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => {
                span.record("http.route", &*Route::of(response));
                response.status()
            }
            Err(err) => err.as_response_error().status_code(),
        };
        span.record("http.status_code", status.as_u16());
    }
}

/// The recorder all counters go to; there is one a process.
fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder of metrics is installed");
        }
        handle
    })
}

/// Sums up what was measured since the last time, so that it does not pile up where nobody reads it.
pub fn sum_up() {
    recorder().run_upkeep();
}

/// All metrics in Prometheus' text format.
pub fn render() -> String {
    sum_up();
    recorder().render()
}

/// Counts each request and its duration under the pattern of its route.
pub async fn measure<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let begun = Instant::now();
    let method = method(request.method());
    let response = next.call(request).await?;
    let kind = (method, Route::of(&response), response.status().as_u16());
    METERS.with_borrow_mut(|meters| {
        let (requests, durations) = meters.entry(kind).or_insert_with_key(meter);
        requests.increment(1);
        durations.record(begun.elapsed().as_secs_f64());
    });
    Ok(response)
}

/// Method, route and status of a request.
type Kind = (&'static str, Cow<'static, str>, u16);

thread_local! {
    /// Where each kind of request is counted: looked for once a thread.
    static METERS: RefCell<HashMap<Kind, (Counter, Histogram)>> = RefCell::default();
}

fn meter((method, route, status): &Kind) -> (Counter, Histogram) {
    recorder();
    let labels = [("method", (*method).to_owned()), ("route", route.to_string()), ("status", status.to_string())];
    (metrics::counter!("http_requests_total", &labels), metrics::histogram!("http_request_duration_seconds", &labels))
}

/// Anybody can make methods up, so what is none of ours is not counted by name.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
