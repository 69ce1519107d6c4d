//! One list of routes makes the server and the contract.

mod contract;

use actix_cors::Cors;
use actix_web::{
    App, Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::from_fn,
    web,
};
use tracing_actix_web::TracingLogger;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    http::{self, Routes, State},
    problem::{self, Code, Problem},
    resources, telemetry,
};

pub use contract::{openapi_json, openapi_made};

/// Every endpoint of the API, one line per resource.
fn routes(to: &mut impl Routes) {
    resources::achievement_figures::routes(to);
    resources::appraiser_assignments::routes(to);
    resources::assignments::routes(to);
    resources::auth::routes(to);
    resources::award_requirements::routes(to);
    resources::award_rules::routes(to);
    resources::award_types::routes(to);
    resources::awards::routes(to);
    resources::ballots::routes(to);
    resources::base_salaries::routes(to);
    resources::campaign_participations::routes(to);
    resources::campaigns::routes(to);
    resources::clusters::routes(to);
    resources::conferences::routes(to);
    resources::contributions::routes(to);
    resources::criteria::routes(to);
    resources::criteria_sets::routes(to);
    resources::cycles::routes(to);
    resources::documents::routes(to);
    resources::dossier_documents::routes(to);
    resources::dossier_requirements::routes(to);
    resources::due_date_extensions::routes(to);
    resources::evidence::routes(to);
    resources::exemplars::routes(to);
    resources::figures::routes(to);
    resources::holidays::routes(to);
    resources::journal_entries::routes(to);
    resources::me::routes(to);
    resources::memberships::routes(to);
    resources::nomination_comments::routes(to);
    resources::nominations::routes(to);
    resources::pledges::routes(to);
    resources::province_events::routes(to);
    resources::provinces::routes(to);
    resources::rankings::routes(to);
    resources::recommendations::routes(to);
    resources::resolutions::routes(to);
    resources::reward_coefficients::routes(to);
    resources::scorecards::routes(to);
    resources::speeches::routes(to);
    resources::statistics::routes(to);
    resources::targets::routes(to);
    resources::users::routes(to);
}

/// The whole application, for the server and for the tests alike.
pub fn app(
    state: State,
    cors: Cors,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .configure(routes)
        .app_data(web::Data::new(state))
        .app_data(contract::without_query())
        .app_data(web::PayloadConfig::new(http::BODY_LIMIT))
        .service(openapi_document)
        .configure(resources::operations::unlisted_routes)
        .service(problem::problem_pages)
        .service(problem::problem_page)
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(swagger()))
        .default_service(web::to(fallback))
        .wrap(from_fn(http::answer_kept))
        .wrap(cors)
        .wrap(from_fn(http::edge))
        .wrap(from_fn(telemetry::measure))
        .wrap(TracingLogger::<telemetry::RequestSpan>::new())
        .wrap(from_fn(http::name_request))
}

fn swagger() -> Config<'static> {
    Config::from("/openapi.json").persist_authorization(true).try_it_out_enabled(true).display_request_duration(true)
}

/// The contract of this service, as committed in `openapi/openapi.json`.
#[actix_web::get("/openapi.json")]
async fn openapi_document(request: HttpRequest) -> HttpResponse {
    contract::document(&request)
}

/// Answers what no route answered: 405 for a known path, 404 for the rest.
async fn fallback(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Some(methods) = contract::methods(request.path()) else { return Err(Problem::not_found()) };
    if *request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, methods)).finish());
    }
    let detail = crate::domain::phrase::Phrase::made(format!("it takes {methods}"), format!("chỉ nhận {methods}"));
    Err(Problem::new(Code::MethodNotAllowed, detail).allowing(methods.to_owned()))
}
