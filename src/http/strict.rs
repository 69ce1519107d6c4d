//! Reading more strictly than `serde` would: an object is an object and no list of its members' values, and ids, dates
//! and times have the one form the contract gives them.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        Error as _, IntoDeserializer, MapAccess, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

/// A parsed body on its way to a type.
pub(super) struct Strict(pub(super) Value);

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Numbers are read as `serde_json` reads them.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.0.$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Strict));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Strict(value)));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end()?;
                Ok(value)
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &"an object")),
            _ => self.deserialize_any(visitor),
        }
    }

    /// Texts are read as `String`; what asks for a `str` is an id, a date or a time.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0 {
            Value::String(text) if !is_canonical(text) => Err(Error::invalid_value(Unexpected::Str(text), &CANONICAL)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    forward_to_deserialize_any! {
        bool char string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// For a member that is an enum with a tag: `#[serde(deserialize_with = "object")]`. Of those `serde` reads lists, too, and
/// [`Strict`] cannot tell them from others.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Members<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(members))
        }
    }

    deserializer.deserialize_map(Members(PhantomData))
}

/// As [`object`], of each item of a list.
pub fn objects<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(bound = "T: Deserialize<'de>")]
    struct One<T>(#[serde(deserialize_with = "object")] T);

    Ok(Vec::<One<T>>::deserialize(deserializer)?.into_iter().map(|One(item)| item).collect())
}

/// What [`is_canonical`] asks for, in words.
pub(super) const CANONICAL: &str = "an id, a date `YYYY-MM-DD` or a time as in RFC 3339";

/// A UUID with hyphens, a date, or a time of RFC 3339: years have four digits, and no sign.
pub(super) fn is_canonical(text: &str) -> bool {
    if like(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") || like(text, "0000-00-00") {
        return true;
    }
    let Some((moment, rest)) = text.split_at_checked("0000-00-00T00:00:00".len()) else { return false };
    let zone = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    like(moment, "0000-00-00T00:00:00") && (zone == "Z" || like(zone, "+00:00") || like(zone, "-00:00"))
}

/// `x` stands for a hexadecimal digit, `0` for a digit, everything else for itself.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'x' => byte.is_ascii_hexdigit(),
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use serde::Deserialize;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Item {
        day: NaiveDate,
        count: Option<i32>,
    }

    fn read<T: for<'de> Deserialize<'de>>(value: Value) -> Result<T, String> {
        T::deserialize(Strict(value)).map_err(|err| err.to_string())
    }

    #[test]
    fn an_object_is_no_list() {
        let good = json!([{ "day": "2024-03-01", "count": 7 }, { "day": "2024-03-02", "count": null }]);
        assert_eq!(read::<Vec<Item>>(good).unwrap().len(), 2);
        let list = json!([["2024-03-01", 7]]);
        assert!(serde_json::from_value::<Vec<Item>>(list.clone()).is_ok(), "what serde lets through");
        assert_eq!(read::<Vec<Item>>(list).unwrap_err(), "invalid type: sequence, expected an object");
        assert!(read::<(i32, i32)>(json!([1, 2, 3])).is_err());
    }

    #[test]
    fn what_passes_through_is_unchanged() {
        let value = json!({ "deep": [{ "number": 12.5, "text": "Yên Bái" }, null, true], "empty": {} });
        assert_eq!(read::<Value>(value.clone()), Ok(value));
    }

    #[test]
    fn ids_dates_and_times_have_one_form() {
        #[rustfmt::skip]
        let cases = [
            ("2024-03-01",                               true),
            ("2024-03-01T08:00:00Z",                     true),
            ("2024-03-01T08:00:00.123456789+07:00",      true),
            ("2024-03-01T08:00:00-05:00",                true),
            ("01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d",     true),
            ("01978F0E-7C1A-7C3E-9A54-0D3F5A1C2B4D",     true),
            ("-262143-01-01",                            false),
            ("+262142-12-31",                            false),
            ("2024-3-1",                                 false),
            ("2024-03-01T08:00:00",                      false),
            ("2024-03-01 08:00:00Z",                     false),
            ("+262142-12-31T00:00:00Z",                  false),
            ("01978f0e7c1a7c3e9a540d3f5a1c2b4d",         false),
            ("{01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d}",   false),
            ("ngày 1 tháng 3 năm 2024",                  false),
            ("",                                         false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_canonical(text), expected, "{text}");
        }
        assert!(read::<DateTime<Utc>>(json!("2024-03-01T08:00:00+07:00")).is_ok());
        assert!(read::<Uuid>(json!("01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d")).is_ok());
        assert!(read::<NaiveDate>(json!("+262142-12-31")).is_err());
        assert!(read::<NaiveDate>(json!("2024-02-30")).is_err());
        assert!(read::<String>(json!("+262142-12-31")).is_ok());
    }
}
