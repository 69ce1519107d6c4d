//! The contract: made from the routes, committed, and served as committed.

use std::{
    collections::{BTreeMap, HashSet},
    io::Read,
    sync::LazyLock,
};

use actix_web::{
    HttpRequest, HttpResponse,
    dev::{HttpServiceFactory, ResourceDef},
    http::{Method, header},
    web,
};
use flate2::read::GzDecoder;
use serde::Deserialize;
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, PathItem, RefOr, Schema, path::HttpMethod, path::Operation, schema::SchemaType,
        schema::Type,
    },
};
use utoipa_actix_web::OpenApiFactory;

use super::routes;
use crate::{
    http::{self, Queryless, Routes},
    problem,
};

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

/// Operations as they describe themselves.
struct Described(Document);

impl Routes for Described {
    fn service<O: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: O) -> &mut Self {
        self.0.paths.merge(operation.paths());
        let mut schemas = vec![];
        operation.schemas(&mut schemas);
        self.0.components.get_or_insert_default().schemas.extend(schemas);
        self
    }
}

/// The contract, made from the routes.
fn openapi() -> Document {
    let mut described = Described(Base::openapi());
    routes(&mut described);
    let Described(mut document) = described;
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            problem::document(operation, &method, path);
            http::document(operation, &method);
            plain_parameters(operation);
        }
    }
    document
}

/// The contract as it ought to be committed.
pub fn openapi_made() -> String {
    openapi().to_pretty_json().unwrap_or_default() + "\n"
}

/// The contract as it is served and committed, compressed; a test holds it against the routes. Making it anew at every start
/// would take more memory than all the rest of the service.
const COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/openapi.json.gz"));

/// The contract as it is committed.
pub fn openapi_json() -> String {
    let mut text = String::new();
    match GzDecoder::new(COMPRESSED).read_to_string(&mut text) {
        Ok(_) => text,
        Err(err) => {
            tracing::error!("the contract is unreadable: {err}");
            String::new()
        }
    }
}

/// The contract on its way out: compressed to those who take it so.
pub(super) fn document(request: &HttpRequest) -> HttpResponse {
    let takes = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let gzip = takes.split(',').any(|one| one.trim().eq_ignore_ascii_case("gzip"));
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json").insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    answer.append_header((header::VARY, "Accept-Encoding"));
    if gzip {
        return answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(COMPRESSED);
    }
    answer.body(openapi_json())
}

/// What the running service needs of the contract.
struct Known {
    queryless: web::Data<Queryless>,
    /// Every path with the methods it takes, as `Allow` lists them.
    paths: Vec<(ResourceDef, String)>,
}

#[derive(Deserialize)]
struct Listed {
    paths: BTreeMap<String, BTreeMap<String, ListedOperation>>,
}

#[derive(Deserialize)]
struct ListedOperation {
    #[serde(default)]
    parameters: Vec<ListedParameter>,
}

#[derive(Deserialize)]
struct ListedParameter {
    r#in: String,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let listed = serde_json::from_str(&openapi_json()).unwrap_or_else(|_| Listed { paths: BTreeMap::new() });
    Known { queryless: web::Data::new(queryless(&listed)), paths: paths(listed) }
});

/// The operations of the contract that take no query parameters.
pub(super) fn without_query() -> web::Data<Queryless> {
    web::Data::clone(&KNOWN.queryless)
}

/// The methods of a path of the contract, as `Allow` lists them.
pub(super) fn methods(path: &str) -> Option<&'static str> {
    // A literal path wins over one with a parameter, as in the router.
    let known = || KNOWN.paths.iter().filter(|(pattern, _)| pattern.is_match(path));
    let literal = known().find(|(pattern, _)| pattern.pattern() == Some(path));
    literal.or_else(|| known().next()).map(|(_, allow)| allow.as_str())
}

fn queryless(listed: &Listed) -> Queryless {
    let mut none = HashSet::new();
    for (path, operations) in &listed.paths {
        for (method, operation) in operations {
            if let Ok(method) = Method::from_bytes(method.to_ascii_uppercase().as_bytes())
                && !operation.parameters.iter().any(|parameter| parameter.r#in == "query")
            {
                none.insert((method, path.clone()));
            }
        }
    }
    Queryless(none)
}

fn paths(listed: Listed) -> Vec<(ResourceDef, String)> {
    let verbs = |operations: BTreeMap<String, ListedOperation>| {
        // As the contract writes them down: reading first, then making, then changing.
        let order = ["get", "post", "put", "patch", "delete"];
        order.into_iter().filter(|verb| operations.contains_key(*verb)).map(str::to_ascii_uppercase).collect::<Vec<_>>()
    };
    let unlisted = ["/openapi.json", "/docs", "/problems", "/problems/{slug}"];
    let unlisted = unlisted.map(|path| (path.to_owned(), vec!["GET".to_owned()]));
    let line = |(path, mut verbs): (String, Vec<String>)| {
        if verbs.iter().any(|verb| verb == "GET") {
            verbs.push("HEAD".to_owned());
        }
        verbs.push("OPTIONS".to_owned());
        (ResourceDef::new(path.as_str()), verbs.join(", "))
    };
    let listed = listed.paths.into_iter().map(|(path, operations)| (path, verbs(operations)));
    listed.chain(unlisted).map(line).collect()
}

fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
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
