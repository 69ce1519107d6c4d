//! Query parameters, ids in paths, and headers.

use actix_web::http::header::{HeaderName, HeaderValue};
use serde_json::Value;

use super::{Fate, Operation, Siege};
use crate::contract;

#[actix_web::test]
async fn no_query_parameter_does_harm() {
    let mut siege = Siege::lay().await;
    for operation in Operation::all() {
        let uri = siege.uri(operation.path);
        let mut queries = vec![
            ("an unknown parameter".to_owned(), "nmae=x".to_owned(), Fate::Unread),
            ("no name".to_owned(), "=x".to_owned(), Fate::Unread),
            ("a NUL in the name".to_owned(), "%00=x".to_owned(), Fate::Unread),
        ];
        for parameter in operation.told["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "query" {
                queries.extend(questions(parameter));
            }
        }
        let body = contract::example(operation.told);
        for (what, query, fate) in queries {
            let request = || {
                let request = operation.request(&format!("{uri}?{query}"));
                match &body {
                    Some(body) => request.set_json(body),
                    None => request,
                }
            };
            siege.send(&operation, &what, fate, request).await;
        }
    }
    siege.end().await;
}

/// What to ask with one parameter.
fn questions(parameter: &'static Value) -> Vec<(String, String, Fate)> {
    let name = parameter["name"].as_str().unwrap();
    let schema = contract::resolve(&parameter["schema"]);
    let one = if schema["type"] == "array" { contract::resolve(&schema["items"]) } else { schema };
    let strict = one["enum"].is_array()
        || matches!(one["type"].as_str(), Some("integer" | "boolean"))
        || matches!(one["format"].as_str(), Some("uuid" | "date" | "date-time"));
    let whole = one["type"] == "integer";
    #[rustfmt::skip]
    let values = if strict { vec![
        ("empty",                String::new(),                          Fate::Unread),
        ("many",                 vec!["1"; 101].join(","),               Fate::Unread),
        ("commas",               ",,,".to_owned(),                       Fate::Unread),
        ("negative",             "-1".to_owned(),                        if whole { Fate::Any } else { Fate::Unread }),
        ("beyond every integer", "99999999999999999999".to_owned(),      Fate::Unread),
        ("a fraction",           "0.00001".to_owned(),                   Fate::Unread),
        ("decomposed",           "Ye%CC%82n".to_owned(),                 Fate::Unread),
        ("a date before all",    "-262143-01-01".to_owned(),             Fate::Unread),
        ("a time after all",     "%2B262142-12-31T00:00:00Z".to_owned(), Fate::Unread),
    ] } else { vec![
        ("empty",                String::new(),                          Fate::Any),
        ("blank",                "%20%E3%80%80".to_owned(),              Fate::Any),
        ("as long as allowed",   "%25".repeat(10_000),                   Fate::Any),
        ("an exponent",          "-1e400".to_owned(),                    Fate::Any),
        ("a broken escape",      "%zz".to_owned(),                       Fate::Any),
        ("decomposed",           "Ye%CC%82n".to_owned(),                 Fate::Any),
        ("emoji",                "%F0%9F%8E%8F".to_owned(),              Fate::Any),
        ("right to left",        "%E2%80%AE%D8%B4".to_owned(),           Fate::Any),
        ("wildcards",            "%25_%21%5C".to_owned(),                Fate::Any),
        ("SQL",                  "%27%20OR%201=1--".to_owned(),          Fate::Any),
    ] };
    let never = [("huge", "x".repeat(10_001)), ("NUL", "%00".to_owned()), ("no UTF-8", "%FF".to_owned())];
    let values = values.into_iter().chain(never.map(|(what, value)| (what, value, Fate::Unread)));
    let mut queries: Vec<_> =
        values.map(|(what, value, fate)| (format!("{name} {what}"), format!("{name}={value}"), fate)).collect();
    queries.push((format!("{name} twice"), format!("{name}=1&{name}=1"), Fate::Unread));
    queries
}

#[actix_web::test]
async fn no_id_in_a_path_does_harm() {
    let mut siege = Siege::lay().await;
    let ids = ["not-a-uuid", "%00", "%FF", "%zz", "%F0%9F%8E%8F", "-1", "%2E%2E", "%27", &"x".repeat(500)];
    for operation in Operation::all().into_iter().filter(|one| one.path.contains("{id}")) {
        let body = contract::example(operation.told);
        for id in ids {
            let uri = operation.path.replace("{id}", id);
            let what = format!("the id {id:.20}");
            let request = || match &body {
                Some(body) => operation.request(&uri).set_json(body),
                None => operation.request(&uri),
            };
            siege.send(&operation, &what, Fate::Any, request).await;
        }
    }
    siege.end().await;
}

#[actix_web::test]
async fn no_header_does_harm() {
    let mut siege = Siege::lay().await;
    let long = "x".repeat(5_000);
    let values: [&[u8]; 9] =
        [b"", b"\"", b"\"\"", b"W/\"1\"", b"\"99999999999\"", b"\"-1\"", b",,,", b"\xff\xfe", long.as_bytes()];
    for operation in Operation::all() {
        let uri = siege.uri(operation.path);
        let told = operation.told["parameters"].as_array().into_iter().flatten();
        let told = told.filter_map(|one| one["name"].as_str());
        let mut names: Vec<_> = told.filter(|name| ["If-Match", "If-None-Match"].contains(name)).collect();
        if operation.path == "/api/v1/clusters" {
            names.extend([
                "Accept",
                "Accept-Language",
                "Authorization",
                "Content-Length",
                "Content-Type",
                "Origin",
                "X-Request-Id",
            ]);
        }
        for name in names {
            for value in values {
                let request = || {
                    let request = operation.request(&uri);
                    let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                    request.insert_header((name, HeaderValue::from_bytes(value).unwrap()))
                };
                let what = format!("{name}: {:.20}", String::from_utf8_lossy(value));
                siege.send(&operation, &what, Fate::Any, request).await;
            }
        }
    }
    siege.end().await;
}
