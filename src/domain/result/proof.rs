//! What proves a result: all inputs, the version of the computation and what came out, in canonical form (RFC 8785) under
//! one SHA-256. Whoever has it can compute the result again, years later and without this service.
//!
//! Exact decimals are written as text: the canonical form knows binary floats only.

mod content;
mod numbers;

use serde_json::Value;

use super::{Inputs, Outcome, compute};
use crate::domain::{digest::sha256, refusal::Refusal};
use content::Content;

/// The version of the computation that new results are made with. A change of any rule that could change a result gets
/// a new number here, and [`verify`] keeps computing the old ones the old way.
pub const ALGORITHM: u32 = 3;

/// The first one knew neither second appraisals nor adjustments, the second no ballots; what they computed is computed
/// the same way today.
const OLDEST: u32 = 1;

/// A result with all it was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// In canonical form.
    pub content: String,
    /// Of the content, in hexadecimal.
    pub sha256: String,
}

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotProven {
    /// It is not what this service writes; where the reader stumbled.
    Unreadable(String),
    /// Made by a version of the computation that this program does not know.
    UnknownAlgorithm(u32),
    /// The content was changed, or it belongs to another hash.
    OtherHash { computed: String },
    /// The inputs give no result at all.
    NoResult(Box<Refusal>),
    /// The inputs give another result: JSON pointers into it.
    OtherResult(Vec<String>),
}

impl Proof {
    pub fn of(inputs: &Inputs, outcome: &Outcome) -> Result<Self, serde_json::Error> {
        let content = serde_json_canonicalizer::to_string(&Content::of(ALGORITHM, inputs, outcome))?;
        Ok(Self { sha256: sha256(&content), content })
    }
}

/// Computes a result again from what a proof says it was computed from, and compares. The content may be formatted in
/// any way; it is brought into canonical form first.
pub fn verify(content: &Value, stored: &str) -> Result<(), NotProven> {
    let unreadable = |err: serde_json::Error| NotProven::Unreadable(err.to_string());
    let canonical = serde_json_canonicalizer::to_string(content).map_err(unreadable)?;
    let computed = sha256(&canonical);
    if !computed.eq_ignore_ascii_case(stored) {
        return Err(NotProven::OtherHash { computed });
    }
    let read: Content = serde_path_to_error::deserialize(content)
        .map_err(|err| NotProven::Unreadable(format!("{}: {}", err.path(), err.inner())))?;
    if !(OLDEST..=ALGORITHM).contains(&read.algorithm) {
        return Err(NotProven::UnknownAlgorithm(read.algorithm));
    }
    if let Some(word) = read.newer_word() {
        let told = format!("{word} is no word of algorithm {}", read.algorithm);
        return Err(NotProven::Unreadable(told));
    }
    let no_result = |refusal| NotProven::NoResult(Box::new(refusal));
    let inputs = read.inputs().map_err(no_result)?;
    let outcome = compute(&inputs).map_err(no_result)?;
    let again = serde_json::to_value(Content::of(read.algorithm, &inputs, &outcome)).map_err(unreadable)?;
    let mut differences = vec![];
    compare(content, &again, String::new(), &mut differences);
    if differences.is_empty() { Ok(()) } else { Err(NotProven::OtherResult(differences)) }
}

/// Pointers to the innermost places where two documents differ.
fn compare(one: &Value, other: &Value, at: String, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() && one.keys().eq(other.keys()) => {
            for ((name, one), other) in one.iter().zip(other.values()) {
                compare(one, other, format!("{at}/{name}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                compare(one, other, format!("{at}/{index}"), found);
            }
        }
        _ if one == other => {}
        _ => found.push(at),
    }
}
