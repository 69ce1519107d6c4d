//! A JSON body that has passed every check, or a problem that says which member failed.

use std::{collections::HashSet, fmt, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{StatusCode, header},
    web::Bytes,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::strict::Strict;
use crate::{
    domain::{phrase::Phrase, refusal::Fault, text},
    problem::{Code, Problem},
};

/// The most a body may weigh, in bytes.
pub const BODY_LIMIT: usize = 1 << 20;

/// A JSON body: read, normalised (NFC, no control characters), typed and validated.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let refused = refuse_early(request);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            refused?;
            let bytes = bytes.await.map_err(|err| unreadable(&err))?;
            checked(read(&bytes)?).map(Self)
        })
    }
}

fn refuse_early(request: &HttpRequest) -> Result<(), Problem> {
    let json = match request.mime_type() {
        Ok(Some(mime)) => mime.subtype() == "json" || mime.suffix().is_some_and(|suffix| suffix == "json"),
        _ => false,
    };
    if !json {
        let detail = Phrase::new("send `Content-Type: application/json`", "hãy gửi `Content-Type: application/json`");
        return Err(Problem::new(Code::UnsupportedMediaType, detail));
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > BODY_LIMIT) { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge, Phrase::new("at most 1 MiB", "tối đa 1 MiB"))
}

fn unreadable(err: &actix_web::Error) -> Problem {
    if err.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    let cause = err.to_string();
    Problem::new(Code::Malformed, Phrase::new("the body ended early or is garbled", "nội dung bị cắt hoặc bị lỗi"))
        .caused_by(cause)
}

/// Bytes to a value: well-formed (400), and each member given once (422).
fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let not_json = |err: &serde_json::Error| {
        let (line, column) = (err.line(), err.column());
        Problem::new(
            Code::Malformed,
            Phrase::made(
                format!("no well-formed JSON: line {line}, column {column}"),
                format!("JSON không hợp lệ: dòng {line}, cột {column}"),
            ),
        )
    };
    serde_json::from_slice::<NoTwins>(bytes).map_err(|err| match err.to_string().split_once(TWIN) {
        Some((_, rest)) => {
            let name = rest.split('`').next().unwrap_or_default();
            Problem::fault(
                format!("/{name}"),
                "duplicate_member",
                Phrase::new("the member is given twice", "trường bị lặp"),
            )
        }
        None => not_json(&err),
    })?;
    serde_json::from_slice(bytes).map_err(|err| not_json(&err))
}

/// A value to a typed one: each string normalised, each member known, of its type and within its rules (422).
pub(super) fn checked<T: DeserializeOwned + Validate>(mut value: Value) -> Result<T, Problem> {
    let mut untidy = vec![];
    tidy(&mut value, &mut String::new(), &mut untidy);
    if !untidy.is_empty() {
        return Err(Problem::invalid(untidy));
    }
    let value: T = serde_path_to_error::deserialize(Strict(value)).map_err(|err| {
        let pointer = pointer(err.path());
        let (pointer, code, message) = explain(pointer, &err.inner().to_string());
        Problem::fault(pointer, code, message)
    })?;
    value.validate().map_err(|errors| Problem::invalid(faults(&errors)))?;
    Ok(value)
}

/// Brings strings to NFC, refuses characters no text needs, and reads `190.0` as the integer it is.
fn tidy(value: &mut Value, at: &mut String, faults: &mut Vec<Fault>) {
    let length = at.len();
    match value {
        Value::String(string) => {
            if string.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                let message = Phrase::new("control characters are not allowed", "không được chứa ký tự điều khiển");
                faults.push(Fault::new(at.as_str(), "control_character", message));
            } else if let std::borrow::Cow::Owned(normal) = text::nfc(string) {
                *string = normal;
            }
        }
        Value::Number(number) => {
            if let Some(whole) = integral(number.as_str()) {
                *number = whole.into();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                at.push('/');
                at.push_str(&index.to_string());
                tidy(item, at, faults);
                at.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                at.push('/');
                at.push_str(&escape(name));
                tidy(member, at, faults);
                at.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The integer behind `190.0` or `1e3`; `None` where the notation is an integer already, or has decimals that count.
fn integral(number: &str) -> Option<i64> {
    if !number.contains(['.', 'e', 'E']) {
        return None;
    }
    let decimal: entity::decimal::Decimal = number.parse().ok()?;
    decimal.to_string().parse().ok()
}

/// Finds a member that stands twice in one object, which `serde_json` would silently resolve to the last.
struct NoTwins;

const TWIN: &str = "duplicate member `";

impl<'de> Deserialize<'de> for NoTwins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NoTwins)
    }
}

impl<'de> Visitor<'de> for NoTwins {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(serde::de::Error::custom(format!("{TWIN}{name}`")));
            }
            map.next_value::<NoTwins>()?;
            seen.insert(name);
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<NoTwins>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| self)
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter().fold(String::new(), |pointer, segment| match segment {
        serde_path_to_error::Segment::Seq { index } => format!("{pointer}/{index}"),
        serde_path_to_error::Segment::Map { key } => format!("{pointer}/{}", escape(key)),
        serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => pointer,
    })
}

/// Serde's words as a pointer, a stable code and a sentence.
fn explain(pointer: String, words: &str) -> (String, &'static str, Phrase) {
    use entity::decimal::NotDecimal;
    let quoted = || words.split('`').nth(1).unwrap_or_default().to_owned();
    let child = |name: String| {
        if pointer.ends_with(&format!("/{}", escape(&name))) {
            pointer.clone()
        } else {
            format!("{pointer}/{}", escape(&name))
        }
    };
    if words.starts_with("unknown field") {
        (child(quoted()), "unknown_member", Phrase::new("there is no such member", "không có trường này"))
    } else if words.starts_with("missing field") {
        (child(quoted()), "required", Phrase::new("the member is required", "trường này là bắt buộc"))
    } else if words.starts_with("unknown variant") {
        let known =
            words.split_once("expected").map_or("", |(_, rest)| rest).trim().trim_start_matches("one of ").to_owned();
        (
            pointer,
            "unknown_value",
            Phrase::made(format!("expected one of {known}"), format!("phải là một trong {known}")),
        )
    } else if words.contains(NotDecimal::TooPrecise.words()) {
        (pointer, "too_precise", Phrase::new("at most 4 decimals", "tối đa 4 chữ số thập phân"))
    } else if words.contains(NotDecimal::OutOfRange.words())
        || words.contains("invalid value: integer")
        || words.contains("number out of range")
    {
        (pointer, "out_of_range", Phrase::new("the number is out of range", "số nằm ngoài phạm vi cho phép"))
    } else {
        (
            pointer,
            "wrong_type",
            Phrase::new("the value has the wrong type or format", "giá trị sai kiểu hoặc sai định dạng"),
        )
    }
}

/// The validator's findings, in the order of their pointers.
fn faults(errors: &ValidationErrors) -> Vec<Fault> {
    let mut found = vec![];
    collect(errors, "", &mut found);
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found
}

fn collect(errors: &ValidationErrors, at: &str, found: &mut Vec<Fault>) {
    for (name, kind) in errors.errors() {
        // A rule over the whole object stands under the name `__all__`.
        let pointer = if name == "__all__" { at.to_owned() } else { format!("{at}/{}", escape(name)) };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &pointer, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{pointer}/{index}"), found);
                }
            }
            ValidationErrorsKind::Field(broken) => {
                found.extend(broken.iter().map(|error| {
                    let (code, message) = rule(error);
                    Fault::new(pointer.clone(), code, message)
                }));
            }
        }
    }
}

fn rule(error: &validator::ValidationError) -> (&'static str, Phrase) {
    let bound = |name: &str| error.params.get(name).map(ToString::to_string);
    match (error.code.as_ref(), bound("min"), bound("max")) {
        ("length", Some(min), Some(max)) => (
            "length",
            Phrase::made(
                format!("between {min} and {max} characters or items"),
                format!("từ {min} đến {max} ký tự hoặc phần tử"),
            ),
        ),
        ("length", Some(min), None) => (
            "length",
            Phrase::made(format!("at least {min} characters or items"), format!("ít nhất {min} ký tự hoặc phần tử")),
        ),
        ("length", None, Some(max)) => (
            "length",
            Phrase::made(format!("at most {max} characters or items"), format!("tối đa {max} ký tự hoặc phần tử")),
        ),
        ("range", Some(min), Some(max)) => {
            ("range", Phrase::made(format!("between {min} and {max}"), format!("từ {min} đến {max}")))
        }
        ("range", Some(min), None) => ("range", Phrase::made(format!("at least {min}"), format!("ít nhất {min}"))),
        ("range", None, Some(max)) => ("range", Phrase::made(format!("at most {max}"), format!("tối đa {max}"))),
        ("too_long", _, Some(max)) => {
            ("too_long", Phrase::made(format!("at most {max} characters"), format!("tối đa {max} ký tự")))
        }
        ("several_lines", ..) => ("several_lines", Phrase::new("must be a single line", "chỉ được một dòng")),
        ("duplicate", ..) => ("duplicate", Phrase::new("must not be given twice", "không được lặp")),
        ("before_due", ..) => {
            ("before_due", Phrase::new("`hard_due_at` lies before `due_at`", "`hard_due_at` sớm hơn `due_at`"))
        }
        ("web_address", ..) => (
            "web_address",
            Phrase::new(
                "must be a web address that begins with https:// or http://",
                "phải là địa chỉ web bắt đầu bằng https:// hoặc http://",
            ),
        ),
        ("blank", ..) => ("blank", Phrase::new("must not be blank", "không được để trống")),
        _ => ("invalid", Phrase::new("the value breaks a rule", "giá trị vi phạm quy tắc")),
    }
}
