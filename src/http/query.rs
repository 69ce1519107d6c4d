//! Query parameters: typed, and strict about names and values.

use std::{
    collections::HashSet,
    future::{Ready, ready},
    marker::PhantomData,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method, web::Data};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, IntoDeserializer, Visitor, value::MapDeserializer, value::StringDeserializer},
};

use super::{
    list::PageQuery,
    strict::{CANONICAL, is_canonical},
};
use crate::{
    domain::{phrase::Phrase, text},
    problem::Problem,
};

/// The most bytes of one parameter's value: a hundred ids fit, and a search stays below what databases take as a pattern.
const MOST: usize = 10_000;

/// The parameters of a single resource or a computation.
pub struct Query<T>(pub T);

/// The parameters of a list: the page every list has, and the filters of this one.
pub struct List<F> {
    pub page: PageQuery,
    pub filter: F,
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs(request).and_then(typed).map(Query))
    }
}

impl<F: DeserializeOwned> FromRequest for List<F> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs(request).and_then(|pairs| {
            let (page, filter) = pairs.into_iter().partition(|(name, _)| PageQuery::NAMES.contains(&name.as_str()));
            Ok(Self { page: PageQuery::read(page)?, filter: typed(filter)? })
        }))
    }
}

/// The operations that take no query parameters: method and path pattern.
#[derive(Clone, Debug, Default)]
pub struct Queryless(pub HashSet<(Method, String)>);

/// Refuses the parameters of an operation that takes none: there, too, a typo passes for nothing else.
pub(super) fn refuse_stray(request: &HttpRequest) -> Result<(), Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    if request.query_string().is_empty() {
        return Ok(());
    }
    let operation = request.match_pattern().map(|pattern| (request.method().clone(), pattern));
    let takes_none = |known: &Data<Queryless>| operation.is_some_and(|operation| known.0.contains(&operation));
    if request.app_data::<Data<Queryless>>().is_some_and(takes_none) {
        pairs(request).and_then(typed).map(|Nothing {}| ())
    } else {
        Ok(())
    }
}

/// Name and value of each parameter, in NFC, free of characters no text needs.
fn pairs(request: &HttpRequest) -> Result<Vec<(String, String)>, Problem> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).map_err(|_| {
        Problem::bad_parameter("", "unreadable", Phrase::new("the query string is garbled", "chuỗi truy vấn bị lỗi"))
    })?;
    for (index, (name, value)) in pairs.iter().enumerate() {
        if name.chars().chain(value.chars()).any(char::is_control) || value.contains(char::REPLACEMENT_CHARACTER) {
            let message = Phrase::new("control characters are not allowed", "không được chứa ký tự điều khiển");
            return Err(Problem::bad_parameter(name, "control_character", message));
        }
        if value.len() > MOST {
            let message = Phrase::new("at most 10,000 bytes", "tối đa 10.000 byte");
            return Err(Problem::bad_parameter(name, "too_long", message));
        }
        if pairs.iter().take(index).any(|(earlier, _)| earlier == name) {
            let message = Phrase::new("the parameter is given twice", "tham số bị lặp");
            return Err(Problem::bad_parameter(name, "duplicate_parameter", message));
        }
    }
    Ok(pairs.into_iter().map(|(name, value)| (name, text::nfc(&value).into_owned())).collect())
}

/// Pairs to a type, naming the parameter that does not fit.
pub(super) fn typed<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, Problem> {
    let values = MapDeserializer::new(pairs.into_iter().map(|(name, value)| (name, Piece(value))));
    serde_path_to_error::deserialize(values).map_err(|err: serde_path_to_error::Error<de::value::Error>| {
        let words = err.inner().to_string();
        let path = err.path().to_string();
        if words.starts_with("unknown field") {
            let name = words.split('`').nth(1).unwrap_or_default();
            let known = words
                .split_once("expected")
                .map_or("none", |(_, rest)| rest.trim().trim_start_matches("one of "))
                .to_owned();
            let message = Phrase::made(
                format!("there is no such parameter; known: {known}"),
                format!("không có tham số này; các tham số hợp lệ: {known}"),
            );
            Problem::bad_parameter(name, "unknown_parameter", message)
        } else if words.starts_with("missing field") {
            let name = words.split('`').nth(1).unwrap_or_default();
            Problem::bad_parameter(
                name,
                "required",
                Phrase::new("the parameter is required", "tham số này là bắt buộc"),
            )
        } else {
            let message = Phrase::made(format!("cannot be read: {words}"), format!("không đọc được: {words}"));
            Problem::bad_parameter(&path, "unreadable", message)
        }
    })
}

/// A value of the query string, read as whatever type is wanted.
struct Piece(String);

impl IntoDeserializer<'_, de::value::Error> for Piece {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Piece {
    fn parse<T: std::str::FromStr>(&self, what: &str) -> Result<T, de::value::Error> {
        self.0.parse().map_err(|_| de::Error::custom(format!("expected {what}")))
    }

    fn whole(self) -> StringDeserializer<de::value::Error> {
        self.0.into_deserializer()
    }
}

impl<'de> Deserializer<'de> for Piece {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_bool(self.parse("true or false")?)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_i32(self.parse("a whole number")?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_i64(self.parse("a whole number")?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_u16(self.parse("a whole number that is not negative")?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if is_canonical(&self.0) {
            visitor.visit_string(self.0)
        } else {
            Err(de::Error::custom(format!("expected {CANONICAL}")))
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.whole().deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u32 u64 u128 f32 f64 char string bytes byte_buf unit unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// Several values by comma: `state=draft,launched`. At least one, at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Csv<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Commas<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Commas<T> {
            type Value = Csv<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("values separated by commas")
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Csv<T>, E> {
                self.visit_str(&text)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Csv<T>, E> {
                let values: Result<Vec<T>, de::value::Error> =
                    text.split(',').take(101).map(|one| T::deserialize(Piece(one.trim().to_owned()))).collect();
                let values = values.map_err(E::custom)?;
                if values.len() > 100 { Err(E::custom("at most 100 values")) } else { Ok(Csv(values)) }
            }
        }

        deserializer.deserialize_string(Commas(PhantomData))
    }
}
