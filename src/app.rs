//! One list of routes makes the server and the contract.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use actix_cors::Cors;
use actix_web::{
    App, Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ResourceDef, ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::from_fn,
    web,
};
use tracing_actix_web::TracingLogger;
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, RefOr, Schema, path::HttpMethod, path::Operation, path::Parameter, path::ParameterIn,
        schema::SchemaType, schema::Type,
    },
};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    http::{self, Queryless, State},
    problem::{self, Code, Problem},
    resources, telemetry,
};

/// Every endpoint of the API, one line per resource.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(resources::appraiser_assignments::routes)
        .configure(resources::auth::routes)
        .configure(resources::award_types::routes)
        .configure(resources::awards::routes)
        .configure(resources::base_salaries::routes)
        .configure(resources::campaign_participations::routes)
        .configure(resources::campaigns::routes)
        .configure(resources::clusters::routes)
        .configure(resources::criteria::routes)
        .configure(resources::criteria_sets::routes)
        .configure(resources::cycles::routes)
        .configure(resources::journal_entries::routes)
        .configure(resources::me::routes)
        .configure(resources::memberships::routes)
        .configure(resources::nominations::routes)
        .configure(resources::pledges::routes)
        .configure(resources::province_events::routes)
        .configure(resources::provinces::routes)
        .configure(resources::rankings::routes)
        .configure(resources::reward_coefficients::routes)
        .configure(resources::scorecards::routes)
        .configure(resources::targets::routes)
        .configure(resources::users::routes);
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "thidua",
        description = "The emulation clusters (cụm thi đua) of Vietnam's provinces: each year a cluster elects a head, signs a \
            pledge, agrees on scoring criteria, registers targets, scores itself, is appraised, ranked, votes on \
            nominations and receives awards (Law on Emulation and Commendation, 06/2022/QH15).\n\n\
            Sign in at `POST /api/v1/auth/sign-in`, then send the access token as `Authorization: Bearer`. \
            Every change needs `If-Match` with the `ETag` of what was read. Every failure is an RFC 9457 problem.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "This server")),
    security(("bearer" = [])),
    modifiers(&Bearer),
    components(schemas(problem::ProblemBody)),
)]
struct Base;

/// The one security scheme: a JWT from `POST /api/v1/auth/sign-in`.
struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("The `access_token` of `POST /api/v1/auth/sign-in`; it lives 15 minutes."))
            .build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The contract. Needs no database, so it can be written by `thidua openapi` anywhere.
pub fn openapi() -> Document {
    let (_, mut document) = App::new().into_utoipa_app().openapi(Base::openapi()).configure(routes).split_for_parts();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            problem::document(operation, &method, path);
            http::document(operation, &method);
            plain_parameters(operation);
        }
    }
    document
}

/// The contract as it is served and committed.
pub fn openapi_json() -> &'static str {
    static JSON: LazyLock<String> = LazyLock::new(|| openapi().to_pretty_json().unwrap_or_default() + "\n");
    &JSON
}

fn operations_mut(item: &mut utoipa::openapi::PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Patch, &mut item.patch),
        (HttpMethod::Delete, &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

/// An optional parameter may be left away; it is never `null`.
fn plain_parameters(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(RefOr::T(schema)) = &mut parameter.schema
        {
            not_null(schema);
        }
    }
}

fn not_null(schema: &mut Schema) {
    let kind = match schema {
        Schema::Object(object) => &mut object.schema_type,
        Schema::Array(array) => &mut array.schema_type,
        Schema::OneOf(choice) => {
            choice.items.retain(|item| !matches!(item, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null)));
            if let [only] = choice.items.as_slice()
                && let RefOr::T(inner) = only
            {
                *schema = inner.clone();
            }
            return;
        }
        _ => return,
    };
    if let SchemaType::Array(types) = kind {
        types.retain(|one| *one != Type::Null);
        if let [only] = types.as_slice() {
            *kind = SchemaType::Type(only.clone());
        }
    }
}

/// The operations of the contract that take no query parameters.
static QUERYLESS: LazyLock<web::Data<Queryless>> = LazyLock::new(|| {
    let mut document = openapi();
    let mut none = HashSet::new();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            let mut parameters = operation.parameters.iter().flatten();
            let queries =
                |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if one.parameter_in == ParameterIn::Query);
            if let Ok(method) = Method::from_bytes(verb(&method).as_bytes())
                && !parameters.any(queries)
            {
                none.insert((method, path.clone()));
            }
        }
    }
    web::Data::new(Queryless(none))
});

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
    let (app, _) = App::new().into_utoipa_app().configure(routes).split_for_parts();
    app.app_data(web::Data::new(state))
        .app_data(web::Data::clone(&QUERYLESS))
        .app_data(web::PayloadConfig::new(http::BODY_LIMIT))
        .service(openapi_document)
        .configure(resources::operations::unlisted_routes)
        .service(problem::problem_pages)
        .service(problem::problem_page)
        .service(web::redirect("/docs", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(swagger()))
        .default_service(web::to(fallback))
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
async fn openapi_document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(openapi_json())
}

/// Answers what no route answered: 405 for a known path, 404 for the rest.
async fn fallback(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Some(methods) = methods(request.path()) else { return Err(Problem::not_found()) };
    if *request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, methods)).finish());
    }
    let detail = crate::domain::phrase::Phrase::made(format!("it takes {methods}"), format!("chỉ nhận {methods}"));
    Err(Problem::new(Code::MethodNotAllowed, detail).allowing(methods))
}

/// The methods of a path of the contract, as `Allow` lists them.
fn methods(path: &str) -> Option<String> {
    static PATHS: LazyLock<Vec<(ResourceDef, String)>> = LazyLock::new(|| {
        let mut document = openapi();
        let unlisted =
            ["/openapi.json", "/docs", "/problems", "/problems/{slug}"].map(|path| (path.to_owned(), vec!["GET"]));
        let mut paths: BTreeMap<String, Vec<&str>> = unlisted.into();
        for (path, item) in &mut document.paths.paths {
            let verbs = operations_mut(item).map(|(method, _)| verb(&method));
            paths.insert(path.clone(), verbs.collect());
        }
        let line = |(path, mut verbs): (String, Vec<&str>)| {
            if verbs.contains(&"GET") {
                verbs.push("HEAD");
            }
            verbs.push("OPTIONS");
            (ResourceDef::new(path.as_str()), verbs.join(", "))
        };
        paths.into_iter().map(line).collect()
    });
    // A literal path wins over one with a parameter, as in the router.
    let known = || PATHS.iter().filter(|(pattern, _)| pattern.is_match(path));
    known()
        .find(|(pattern, _)| pattern.pattern() == Some(path))
        .or_else(|| known().next())
        .map(|(_, allow)| allow.clone())
}

const fn verb(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Delete => "DELETE",
        HttpMethod::Head => "HEAD",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Trace => "TRACE",
    }
}
