//! The contract: made once from the routes, then kept as what is needed of it.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use actix_web::{App, dev::ResourceDef, http::Method, web};
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, PathItem, RefOr, Schema, path::HttpMethod, path::Operation, path::Parameter,
        path::ParameterIn, schema::SchemaType, schema::Type,
    },
};
use utoipa_actix_web::{AppExt, UtoipaApp};

use super::ROUTES;
use crate::{
    http::{self, Queryless},
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

/// The contract. Needs no database, so it can be written by `thidua openapi` anywhere.
pub fn openapi() -> Document {
    let app = App::new().into_utoipa_app().openapi(Base::openapi());
    let (_, mut document) = ROUTES.into_iter().fold(app, UtoipaApp::configure).split_for_parts();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            problem::document(operation, &method, path);
            http::document(operation, &method);
            plain_parameters(operation);
        }
    }
    document
}

/// What the running service needs of the contract. The document itself is large and is let go.
struct Contract {
    json: String,
    queryless: web::Data<Queryless>,
    /// Every path with the methods it takes, as `Allow` lists them.
    paths: Vec<(ResourceDef, String)>,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let mut document = openapi();
    let json = document.to_pretty_json().unwrap_or_default() + "\n";
    Contract { json, queryless: web::Data::new(queryless(&mut document)), paths: paths(&mut document) }
});

/// The contract as it is served and committed.
pub fn openapi_json() -> &'static str {
    &CONTRACT.json
}

/// The operations of the contract that take no query parameters.
pub(super) fn without_query() -> web::Data<Queryless> {
    web::Data::clone(&CONTRACT.queryless)
}

/// The methods of a path of the contract, as `Allow` lists them.
pub(super) fn methods(path: &str) -> Option<&'static str> {
    // A literal path wins over one with a parameter, as in the router.
    let known = || CONTRACT.paths.iter().filter(|(pattern, _)| pattern.is_match(path));
    let literal = known().find(|(pattern, _)| pattern.pattern() == Some(path));
    literal.or_else(|| known().next()).map(|(_, allow)| allow.as_str())
}

fn queryless(document: &mut Document) -> Queryless {
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
    Queryless(none)
}

fn paths(document: &mut Document) -> Vec<(ResourceDef, String)> {
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
