//! Reads the members of a JSON object one by one and collects what is wrong with them, in both languages.

use std::collections::BTreeSet;

use entity::{
    decimal::{Decimal, NotDecimal},
    vocab::Direction,
};
use serde_json::{Map, Value};

use crate::domain::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// The members of an object under one pointer. A member that is null counts as absent.
pub(super) struct Members<'a> {
    under: String,
    object: Option<&'a Map<String, Value>>,
    known: BTreeSet<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Members<'a> {
    /// Nothing at all counts as an object without members.
    pub(super) fn of(value: Option<&'a Value>, under: String) -> Self {
        let mut read = Self { under, object: None, known: BTreeSet::new(), faults: Vec::new() };
        match value {
            None | Some(Value::Null) => {}
            Some(Value::Object(members)) => read.object = Some(members),
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                let message = Phrase::new("must be an object", "phải là một đối tượng");
                read.faults.push(Fault::new(read.under.as_str(), "wrong_type", message));
            }
        }
        read
    }

    pub(super) fn decimal(&mut self, name: &'static str) -> Option<Decimal> {
        let read = match self.member(name)? {
            Value::Number(number) => number.as_str().parse(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                Err(NotDecimal::Unreadable)
            }
        };
        let (code, message) = match read {
            Ok(decimal) => return Some(decimal),
            Err(NotDecimal::Unreadable) => ("wrong_type", Phrase::new("must be a number", "phải là một số")),
            Err(NotDecimal::TooPrecise) => {
                ("too_precise", Phrase::new("has more than 4 decimals", "có quá 4 chữ số thập phân"))
            }
            Err(NotDecimal::OutOfRange) => ("out_of_range", Phrase::new("lies beyond 10^14", "vượt quá 10^14")),
        };
        self.fault(name, code, message);
        None
    }

    pub(super) fn required_decimal(&mut self, name: &'static str) -> Option<Decimal> {
        self.required(name).then(|| self.decimal(name)).flatten()
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.member(name)?.as_bool();
        if value.is_none() {
            self.fault(name, "wrong_type", Phrase::new("must be true or false", "phải là true hoặc false"));
        }
        value
    }

    pub(super) fn required_direction(&mut self, name: &'static str) -> Option<Direction> {
        if !self.required(name) {
            return None;
        }
        match self.member(name)?.as_str() {
            Some("higher_is_better") => Some(Direction::HigherIsBetter),
            Some("lower_is_better") => Some(Direction::LowerIsBetter),
            Some(_) | None => {
                self.fault(
                    name,
                    "unknown_value",
                    Phrase::new(
                        "must be higher_is_better or lower_is_better",
                        "phải là higher_is_better hoặc lower_is_better",
                    ),
                );
                None
            }
        }
    }

    /// Notes a fault of one member.
    pub(super) fn fault(&mut self, name: &str, code: &'static str, message: Phrase) {
        self.faults.push(Fault::new(format!("{}/{name}", self.under), code, message));
    }

    /// Refuses when a fault was found, or when a member is left that nobody asked for.
    pub(super) fn finish(mut self) -> Result<(), Refusal> {
        for name in self.object.into_iter().flat_map(Map::keys) {
            if !self.known.contains(name.as_str()) {
                let name = name.replace('~', "~0").replace('/', "~1");
                self.faults.push(Fault::new(
                    format!("{}/{name}", self.under),
                    "unknown_member",
                    Phrase::new("the method has no such parameter", "phương pháp này không có tham số đó"),
                ));
            }
        }
        unless_faulty(self.faults)
    }

    fn member(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.insert(name);
        self.object.and_then(|members| members.get(name)).filter(|value| !value.is_null())
    }

    pub(super) fn given(&mut self, name: &'static str) -> bool {
        self.member(name).is_some()
    }

    fn required(&mut self, name: &'static str) -> bool {
        let given = self.given(name);
        if !given {
            self.fault(name, "required", Phrase::new("must be given", "phải có giá trị"));
        }
        given
    }
}
