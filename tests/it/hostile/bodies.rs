//! Bodies: every member of every body, with every value it should not have.

use actix_web::http::header;
use serde_json::{Value, json};

use super::{Fate, Operation, Siege, texts};
use crate::contract;

/// Nested deeper than anybody writes.
const DEPTH: usize = 200;

/// What is in force for these members hangs on others: they are judged with them, after the right to change them.
const JUDGED_LATER: &str = "/parameters";

struct Variant {
    what: String,
    body: Value,
    fate: Fate,
}

#[actix_web::test]
async fn no_member_of_a_body_does_harm() {
    let mut siege = Siege::lay().await;
    for operation in Operation::all() {
        let Some(example) = contract::example(operation.told) else { continue };
        let example = siege.referring(example);
        for Variant { what, body, fate } in variants(&operation, &example) {
            let uri = siege.uri(operation.path);
            let bytes = serde_json::to_vec(&body).unwrap();
            let request = || {
                let request = operation.request(&uri).insert_header((header::CONTENT_TYPE, "application/json"));
                request.set_payload(bytes.clone())
            };
            siege.send(&operation, &what, fate, request).await;
        }
    }
    assert!(siege.end().await > 0, "some of it was good, and would be missed in the journal");
}

#[actix_web::test]
async fn what_is_no_json_is_refused() {
    let mut siege = Siege::lay().await;
    for operation in Operation::all() {
        let Some(example) = contract::example(operation.told) else { continue };
        let text = example.to_string();
        let twin = example.as_object().and_then(|members| members.iter().next());
        let twin = twin.map(|(name, value)| format!("{{\"{name}\":{value},{}", text.trim_start_matches('{')));
        #[rustfmt::skip]
        let raw: [(&str, &str, Vec<u8>); 12] = [
            ("nothing",           "application/json",         vec![]),
            ("half",              "application/json",         text.as_bytes()[..text.len() / 2].to_vec()),
            ("two",               "application/json",         [text.as_bytes(), text.as_bytes()].concat()),
            ("no UTF-8",          "application/json",         b"{\"name\":\"\xff\xfe\"}".to_vec()),
            ("a byte order mark", "application/json",         [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("half a surrogate",  "application/json",         br#"{"name":"\ud800"}"#.to_vec()),
            ("NaN",               "application/json",         b"NaN".to_vec()),
            ("null",              "application/json",         b"null".to_vec()),
            ("2 MiB",             "application/json",         vec![b' '; 2 << 20]),
            ("twins",             "application/json",         twin.unwrap_or_default().into_bytes()),
            ("a form",            "application/x-www-form-urlencoded", b"name=x".to_vec()),
            ("no known type",     "nonsense",                 text.as_bytes().to_vec()),
        ];
        for (what, kind, bytes) in raw {
            let uri = siege.uri(operation.path);
            let request =
                || operation.request(&uri).insert_header((header::CONTENT_TYPE, kind)).set_payload(bytes.clone());
            siege.send(&operation, what, Fate::Unread, request).await;
        }
    }
    siege.end().await;
}

#[actix_web::test]
async fn no_form_does_harm() {
    let mut siege = Siege::lay().await;
    for operation in Operation::all() {
        let Some((kind, good)) = contract::form(operation.told) else { continue };
        let other = |from: &str, to: &str| String::from_utf8(good.clone()).unwrap().replace(from, to).into_bytes();
        #[rustfmt::skip]
        let raw: [(&str, &str, Vec<u8>, Fate); 12] = [
            ("JSON",                "application/json",    b"{}".to_vec(),                          Fate::Unread),
            ("no boundary",         "multipart/form-data", good.clone(),                            Fate::Unread),
            ("another form",        "multipart/mixed; boundary=x", good.clone(),                    Fate::Unread),
            ("nothing",             &kind,                 vec![],                                  Fate::Refused),
            ("half",                &kind,                 good[..good.len() / 2].to_vec(),         Fate::Refused),
            ("another boundary",    "multipart/form-data; boundary=x", good.clone(),                Fate::Refused),
            ("no disposition",      &kind,                 other("Content-Disposition", "X-Other"), Fate::Refused),
            ("no names",            &kind,                 other("name=", "nmae="),                 Fate::Refused),
            ("an unknown part",     &kind,                 other("\"title\"", "\"nmae\""),          Fate::Refused),
            ("a NUL",               &kind,                 other("Báo cáo", "a\0b"),                Fate::Refused),
            ("a file of nothing",   &kind,                 other("%PDF", ""),                       Fate::Refused),
            ("twice",               &kind,                 [&good[..good.len() - 25], &good].concat(), Fate::Refused),
        ];
        for (what, kind, bytes, fate) in raw {
            let uri = siege.uri(operation.path);
            let request =
                || operation.request(&uri).insert_header((header::CONTENT_TYPE, kind)).set_payload(bytes.clone());
            siege.send(&operation, what, fate, request).await;
        }
    }
    siege.end().await;
}

impl Siege {
    /// The example with ids of things that exist, as far as there are such things.
    fn referring(&self, mut example: Value) -> Value {
        for (name, value) in example.as_object_mut().into_iter().flatten() {
            let Some(kind) = name.strip_suffix("_id") else { continue };
            let collection = format!("/api/v1/{}s", kind.replace('_', "-"));
            if let Some(id) = self.ids.get(collection.as_str()) {
                *value = json!(id);
            }
        }
        example
    }
}

fn variants(operation: &Operation, example: &Value) -> Vec<Variant> {
    let mut variants = vec![];
    let mut add = |what: String, body: Value, refused: bool| {
        let fate = match refused || !contract::takes(operation.told, &body) {
            false => Fate::Any,
            true if what.contains(JUDGED_LATER) => Fate::Refused,
            true => Fate::Unread,
        };
        variants.push(Variant { what, body, fate });
    };
    let list = json!(example.as_object().map(|members| members.values().cloned().collect::<Vec<_>>()));
    for (what, body) in [("a list", json!([])), ("its values", list), ("a text", json!("x")), ("nested", nested())] {
        add(what.to_owned(), body, true);
    }
    let mut strange = example.clone();
    strange["nmae"] = json!("x");
    add("an unknown member".to_owned(), strange, true);
    let schema = &operation.told["requestBody"]["content"]["application/json"]["schema"];
    let mut pointers = vec![];
    members(schema, example, "", &mut pointers);
    for pointer in pointers {
        let present = example.pointer(&pointer);
        if present.is_some() {
            add(format!("{pointer} absent"), without(example, &pointer), false);
        }
        if let Some(Value::Object(inner)) = present {
            let list = inner.values().cloned().collect();
            add(format!("{pointer} as a list of its values"), with(example, &pointer, Value::Array(list)), true);
        }
        for (what, value, refused) in values(present) {
            add(format!("{pointer} {what}"), with(example, &pointer, value), refused);
        }
    }
    variants
}

/// What to put in a member's place; some of it no member takes.
fn values(present: Option<&Value>) -> Vec<(&'static str, Value, bool)> {
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let other = if present.is_some_and(Value::is_string) { json!(7) } else { json!("7") };
    let mut values: Vec<_> = texts().into_iter().map(|(what, text)| (what, Value::String(text), false)).collect();
    values.extend([
        ("null", Value::Null, false),
        ("of another type", other, false),
        ("a boolean", json!(true), false),
        ("with NUL", json!("a\0b"), true),
        ("-1", json!(-1), false),
        ("1e400", number("1e400"), true),
        ("too precise", number("0.00001"), true),
        ("beyond every integer", number("99999999999999999999"), true),
        ("an empty object", json!({}), false),
        ("a huge list", json!(vec![0; 5_000]), true),
        ("nested", nested(), true),
        ("a date before all", json!("-262143-01-01"), false),
        ("a time after all", json!("+262142-12-31T00:00:00Z"), false),
    ]);
    values
}

fn nested() -> Value {
    (0..DEPTH).fold(json!(0), |inner, _| json!([inner]))
}

/// Every member the schema or the example knows, and those of the first item of each list.
fn members(schema: &'static Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = contract::resolve(schema);
    if let Some(first) = value.get(0) {
        found.push(format!("{at}/0"));
        members(&schema["items"], first, &format!("{at}/0"), found);
    }
    let known = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
    let given = value.as_object().into_iter().flatten().map(|(name, _)| name);
    let mut names: Vec<_> = known.chain(given).collect();
    names.sort();
    names.dedup();
    for name in names {
        let pointer = format!("{at}/{name}");
        found.push(pointer.clone());
        if let Some(inner) = value.get(name) {
            members(&schema["properties"][name.as_str()], inner, &pointer, found);
        }
    }
}

fn with(example: &Value, pointer: &str, value: Value) -> Value {
    let mut body = example.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        parent => parent[name] = value,
    }
    body
}

fn without(example: &Value, pointer: &str) -> Value {
    let mut body = example.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap() {
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        parent => drop(parent.as_object_mut().unwrap().remove(name)),
    }
    body
}
