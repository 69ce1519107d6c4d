//! The contract: current, whole, and obeyed by every answer a test sees.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    io::Read,
    sync::{Arc, LazyLock, Mutex},
};

use actix_web::{http::header, test::TestRequest};
use flate2::read::GzDecoder;
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use thidua::app;

use super::{
    form,
    support::{NOBODY, Reply, house},
};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&app::openapi_made()).unwrap());

/// Path, method and description of each operation.
pub(crate) fn operations() -> impl Iterator<Item = (&'static str, String, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters");
        operations.map(move |(method, operation)| (path.as_str(), method.to_uppercase(), operation))
    })
}

/// The example of an operation's body, for a request that can be read.
pub(crate) fn example(operation: &'static Value) -> Option<Value> {
    let content = operation.pointer("/requestBody/content/application~1json")?;
    let schema = resolve(&content["schema"]);
    Some(
        content
            .get("example")
            .or_else(|| schema.get("example"))
            .or_else(|| schema.pointer("/examples/0"))
            .cloned()
            .unwrap_or(Value::Null),
    )
}

/// A good form for an operation that takes one, with its media type.
pub(crate) fn form(operation: &'static Value) -> Option<(String, Vec<u8>)> {
    let schema = resolve(operation.pointer("/requestBody/content/multipart~1form-data/schema")?);
    let parts = schema["properties"].as_object().unwrap().iter().map(|(name, part)| {
        let words = resolve(part)["enum"].as_array().and_then(|words| words.first()?.as_str());
        match words {
            Some(word) => form::text(name, word),
            None if part["format"] == "binary" => form::file("bao-cao.pdf", form::PDF),
            None => form::text(name, "Báo cáo"),
        }
    });
    Some(form::form(&parts.collect::<Vec<_>>()))
}

/// Whether the contract takes this body for the operation. An operation without a body takes none.
pub(crate) fn takes(operation: &Value, body: &Value) -> bool {
    let schema = operation.pointer("/requestBody/content/application~1json/schema/$ref").and_then(Value::as_str);
    schema.is_some_and(|pointer| validator(pointer).is_valid(body))
}

/// The schema behind references, and behind the choice of null.
pub(crate) fn resolve(schema: &'static Value) -> &'static Value {
    let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    let found = reference.and_then(|pointer| DOCUMENT.pointer(pointer)).unwrap_or(schema);
    match found["oneOf"].as_array().and_then(|choices| choices.iter().find(|one| one["type"] != "null")) {
        Some(choice) => resolve(choice),
        None => found,
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(want, have)| want.starts_with('{') || *want == have)
}

/// The operation that serves a path; a literal path wins over one with a parameter.
fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let mut found: Vec<_> = operations().filter(|(pattern, verb, _)| verb == method && fits(pattern, path)).collect();
    found.sort_by_key(|(pattern, ..)| pattern.matches('{').count());
    found.first().map(|(pattern, _, operation)| (*pattern, *operation))
}

/// Fails unless the answer is one the contract describes: status, media type, headers, body.
#[track_caller]
pub(crate) fn assert_obeyed(method: &str, path: &str, query: &str, reply: &Reply) {
    let method = if method == "HEAD" { "GET" } else { method };
    let status = reply.status.to_string();
    if !reply.header("x-request-id").is_empty() {
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{method} {path}");
        assert!(!reply.header("cache-control").is_empty(), "{method} {path}: no Cache-Control");
    }
    if reply.status >= 400 {
        assert_eq!(reply.header("content-type"), "application/problem+json", "{method} {path} → {status}");
        assert_valid("#/components/schemas/Problem", &reply.body, &format!("{method} {path} → {status}"));
    }
    let Some((pattern, operation)) = operation(method, path) else { return };
    let documented = operation["responses"].get(&status);
    let documented =
        documented.unwrap_or_else(|| panic!("{method} {pattern} → {status} is not in the contract: {:#}", reply.body));
    for (name, _) in documented["headers"].as_object().into_iter().flatten() {
        assert!(
            !reply.header(name).is_empty() || name == "Link" || name == "Retry-After",
            "{method} {pattern} → {status} lacks {name}"
        );
    }
    let content = documented["content"].as_object();
    let trimmed = query.split('&').any(|pair| pair.starts_with("fields="));
    match content.and_then(|content| content.iter().next()) {
        None => assert!(reply.bytes.is_empty(), "{method} {pattern} → {status} has a body the contract does not know"),
        Some((media_type, content)) if reply.status < 400 && !trimmed && media_type == "application/json" => {
            let pointer = content["schema"]["$ref"].as_str();
            let pointer = pointer.unwrap_or_else(|| panic!("{method} {pattern} → {status}: the schema has no name"));
            assert_valid(pointer, &reply.body, &format!("{method} {pattern} → {status}"));
        }
        Some(_) if reply.status < 400 => {
            let kind = reply.header("content-type");
            assert!(content.is_some_and(|known| known.contains_key(kind)), "{method} {pattern} → {status} is {kind}");
        }
        Some(_) => {}
    }
}

fn validator(pointer: &str) -> Arc<Validator> {
    static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    Arc::clone(VALIDATORS.lock().unwrap().entry(pointer.to_owned()).or_insert_with(|| {
        let schema = json!({ "$ref": pointer, "components": DOCUMENT["components"] });
        let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
        Arc::new(options.build(&schema).unwrap_or_else(|err| panic!("{pointer}: {err}")))
    }))
}

#[track_caller]
fn assert_valid(pointer: &str, body: &Value, what: &str) {
    let faults: Vec<String> =
        validator(pointer).iter_errors(body).map(|err| format!("{}: {err}", err.instance_path())).collect();
    assert!(faults.is_empty(), "{what} breaks the contract:\n{}\n{body:#}", faults.join("\n"));
}

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");

#[actix_web::test]
async fn the_contract_is_served_as_committed_and_compressed_to_those_who_take_it_so() {
    let house = house().await;
    let committed = fs::read(COMMITTED).unwrap();
    let plain = house.send(NOBODY, TestRequest::get().uri("/openapi.json")).await.expect(200);
    assert!(plain.bytes == committed, "the bytes of openapi/openapi.json");
    assert_eq!((plain.header("content-type"), plain.header("content-encoding")), ("application/json", ""));
    let asked = TestRequest::get().uri("/openapi.json").insert_header((header::ACCEPT_ENCODING, "br, gzip"));
    let small = house.send(NOBODY, asked).await.expect(200);
    assert_eq!(small.header("content-encoding"), "gzip");
    let mut text = vec![];
    GzDecoder::new(small.bytes.as_slice()).read_to_end(&mut text).unwrap();
    assert!(text == committed && small.bytes.len() * 10 < text.len());
}

/// `UPDATE=1 cargo test contract` rewrites the file; the diff is what the reviewer reads.
#[test]
fn the_committed_document_is_current() {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(COMMITTED, app::openapi_made()).unwrap();
    }
    let committed = fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(committed == app::openapi_made(), "run `UPDATE=1 cargo test contract` and commit openapi/openapi.json");
}

#[test]
fn operations_are_told_in_full() {
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations() {
        let what = format!("{method} {path}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{what}: the operationId is not unique");
        for member in ["summary", "description"] {
            assert!(!operation[member].as_str().unwrap_or_default().is_empty(), "{what} has no {member}");
        }
        assert_eq!(operation["tags"].as_array().map_or(0, Vec::len), 1, "{what} needs one tag");
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(
                !response["description"].as_str().unwrap_or_default().is_empty(),
                "{what} → {status} has no description"
            );
        }
        if operation.get("requestBody").is_some() {
            let example = example(operation).is_some_and(|example| !example.is_null());
            assert!(example || form(operation).is_some(), "{what} has no example of its body");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(
                !parameter["description"].as_str().unwrap_or_default().is_empty(),
                "{what}: {} is not described",
                parameter["name"]
            );
        }
    }
}

#[test]
fn every_example_is_valid() {
    for (path, method, operation) in operations() {
        if let Some(example) = example(operation) {
            let schema =
                operation.pointer("/requestBody/content/application~1json/schema/$ref").and_then(Value::as_str);
            let schema = schema.unwrap_or_else(|| panic!("{method} {path}: the body's schema has no name"));
            assert_valid(schema, &example, &format!("the example of {method} {path}"));
        }
    }
}

#[test]
fn every_reference_resolves() {
    fn walk(value: &Value, missing: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref")
                    && DOCUMENT.pointer(reference.trim_start_matches('#')).is_none()
                {
                    missing.insert(reference.clone());
                }
                members.values().for_each(|member| walk(member, missing));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, missing)),
            _ => {}
        }
    }
    let mut missing = BTreeSet::new();
    walk(&DOCUMENT, &mut missing);
    assert_eq!(missing, BTreeSet::new());
}
