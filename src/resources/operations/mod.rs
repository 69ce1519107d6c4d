//! What operators ask: is it alive, is it ready, how is it doing.

use actix_web::{HttpResponse, get, web};
use sea_orm::ConnectionTrait;

use crate::{
    domain::phrase::Phrase,
    http::State,
    problem::{Code, Problem},
    telemetry,
};

/// Outside the contract: these speak to machines that run the service, not to its users.
pub fn unlisted_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(live).service(ready).service(metrics);
}

/// The process answers.
#[get("/health/live")]
async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "live" }))
}

/// The database can be reached and every migration is applied.
#[get("/health/ready")]
async fn ready(state: web::Data<State>) -> Result<HttpResponse, Problem> {
    state.db.reader().execute_unprepared("SELECT 1").await?;
    if state.db.migrations().await?.iter().all(|(_, applied)| *applied) {
        Ok(HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })))
    } else {
        let detail = Phrase::new("migrations are missing", "còn thiếu bước cập nhật lược đồ");
        Err(Problem::new(Code::Unavailable, detail))
    }
}

/// Metrics in Prometheus' text format.
#[get("/metrics")]
async fn metrics() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(telemetry::render())
}
