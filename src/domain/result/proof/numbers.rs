//! Exact decimals as text, and back.

use entity::decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Number, Value};

/// A decimal that is written as text: `"36.25"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Text(pub Decimal);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

/// The members of settings that hold numbers.
const NUMBERS: [&str; 11] = [
    "target",
    "over_fulfilment_cap",
    "round_digits",
    "deduction",
    "from",
    "to",
    "points",
    "points_each",
    "cap",
    "tolerance",
    "share",
];

/// Settings with every number as text.
pub(super) fn as_text(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(list) => list.into_iter().map(as_text).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, as_text(value))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// Settings as they are stored.
pub(super) fn as_numbers(value: Value) -> Value {
    let member = |(name, value): (String, Value)| {
        let value = match value {
            Value::String(text) if NUMBERS.contains(&name.as_str()) => {
                // What is no number stays text, and whoever reads it refuses it.
                text.parse::<Number>().map_or(Value::String(text), Value::Number)
            }
            value => as_numbers(value),
        };
        (name, value)
    };
    match value {
        Value::Object(members) => members.into_iter().map(member).collect(),
        Value::Array(list) => list.into_iter().map(as_numbers).collect(),
        value => value,
    }
}
