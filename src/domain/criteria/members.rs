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
        let words = [("higher_is_better", Direction::HigherIsBetter), ("lower_is_better", Direction::LowerIsBetter)];
        self.word(name, &words)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let given = self.member(name)?.as_str();
        let found = words.iter().find(|(word, _)| given == Some(word));
        if found.is_none() {
            let list = |or: &str| words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(or);
            let message = Phrase::made(format!("must be {}", list(" or ")), format!("phải là {}", list(" hoặc ")));
            self.fault(name, "unknown_value", message);
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// A required list of objects, each read on its own; `None` in the list where one could not be read.
    pub(super) fn objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        read: impl Fn(&mut Members<'a>) -> Option<T>,
    ) -> Option<Vec<Option<T>>> {
        if !self.required(name) {
            return None;
        }
        let Some(list) = self.member(name)?.as_array() else {
            self.fault(name, "wrong_type", Phrase::new("must be a list", "phải là một danh sách"));
            return None;
        };
        if list.len() > most {
            let message = Phrase::made(format!("has more than {most} members"), format!("có quá {most} phần tử"));
            self.fault(name, "too_many", message);
            return None;
        }
        let one = |(index, value): (usize, &'a Value)| {
            let mut members = Members::of(Some(value), format!("{}/{name}/{index}", self.under));
            let one = read(&mut members);
            let faults = members.faults();
            let one = one.filter(|_| faults.is_empty());
            self.faults.extend(faults);
            one
        };
        Some(list.iter().enumerate().map(one).collect())
    }

    /// Notes a fault of one member.
    pub(super) fn fault(&mut self, name: &str, code: &'static str, message: Phrase) {
        self.faults.push(Fault::new(format!("{}/{name}", self.under), code, message));
    }

    /// Refuses when a fault was found, or when a member is left that nobody asked for.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        unless_faulty(self.faults())
    }

    fn faults(mut self) -> Vec<Fault> {
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
        self.faults
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
