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
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    http::{self, State},
    problem::{self, Code, Problem},
    resources, telemetry,
};

pub use contract::{openapi_json, openapi_made};

/// Every endpoint of the API, one line per resource. Each is configured on its own: one list for all would gather the
/// schemas of every operation, thousands of them, before the first is found to be a duplicate.
const ROUTES: [fn(&mut ServiceConfig<'_>); 45] = [
    resources::achievement_figures::routes,
    resources::appraiser_assignments::routes,
    resources::assignments::routes,
    resources::auth::routes,
    resources::award_requirements::routes,
    resources::award_rules::routes,
    resources::award_types::routes,
    resources::awards::routes,
    resources::ballots::routes,
    resources::base_salaries::routes,
    resources::campaign_participations::routes,
    resources::campaigns::routes,
    resources::clusters::routes,
    resources::contributions::routes,
    resources::conferences::routes,
    resources::criteria::routes,
    resources::criteria_sets::routes,
    resources::cycles::routes,
    resources::documents::routes,
    resources::dossier_documents::routes,
    resources::dossier_requirements::routes,
    resources::due_date_extensions::routes,
    resources::evidence::routes,
    resources::exemplars::routes,
    resources::figures::routes,
    resources::holidays::routes,
    resources::journal_entries::routes,
    resources::me::routes,
    resources::memberships::routes,
    resources::nomination_comments::routes,
    resources::nominations::routes,
    resources::pledges::routes,
    resources::province_events::routes,
    resources::provinces::routes,
    resources::rankings::routes,
    resources::recommendations::routes,
    resources::reward_coefficients::routes,
    resources::scorecards::routes,
    resources::statistics::routes,
    resources::resolutions::routes,
    resources::reward_coefficients::routes,
    resources::scorecards::routes,
    resources::speeches::routes,
    resources::targets::routes,
    resources::users::routes,
];

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
    let routed =
        |app: App<_>, routes: fn(&mut ServiceConfig<'_>)| app.configure(|cfg| routes(&mut ServiceConfig::new(cfg)));
    ROUTES
        .into_iter()
        .fold(App::new(), routed)
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
