//! How a rule says no.

use entity::decimal::NotDecimal;
use uuid::Uuid;

use super::phrase::Phrase;

/// One thing that stands in the way of a step: data, so that a portal can show it and link to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    /// Stable, `snake_case`.
    pub code: &'static str,
    pub message: Phrase,
    /// What is missing or wrong.
    pub subject: Subject,
}

/// What a [`Blocker`] points to: a kind of resource and, where there is one, its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The resource's name in the singular: `membership`, `criterion`.
    pub kind: &'static str,
    pub id: Option<Uuid>,
}

impl Subject {
    pub const fn one(kind: &'static str, id: Uuid) -> Self {
        Self { kind, id: Some(id) }
    }

    /// Where the trouble is that something does not exist yet.
    pub const fn any(kind: &'static str) -> Self {
        Self { kind, id: None }
    }
}

/// A member of the request that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer into the body: `/scores/3/self_points`.
    pub pointer: String,
    /// Stable, `snake_case`.
    pub code: &'static str,
    pub message: Phrase,
}

impl Fault {
    pub fn new(pointer: impl Into<String>, code: &'static str, message: Phrase) -> Self {
        Self { pointer: pointer.into(), code, message }
    }
}

/// Why a rule refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The state machine has no such arrow: 409 `wrong-state`.
    WrongState(Phrase),
    /// The step exists, but something stands in its way: 409 `blocked`, with the list.
    Blocked(Vec<Blocker>),
    /// It clashes with what is there: 409 `conflict`.
    Conflict(Phrase),
    /// Values break a rule: 422 `invalid`, with the list.
    Invalid(Vec<Fault>),
}

impl Refusal {
    /// A single broken rule.
    pub fn fault(pointer: impl Into<String>, code: &'static str, message: Phrase) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<NotDecimal> for Refusal {
    /// A computation left the range of exact numbers: the input was absurd, and nothing is stored.
    fn from(why: NotDecimal) -> Self {
        let _ = why;
        Self::fault(
            "",
            "out_of_range",
            Phrase::new("a computed number lies beyond 10^14", "kết quả tính toán vượt quá 10^14"),
        )
    }
}

/// `Ok` when nothing stands in the way.
pub fn unless_blocked(blockers: Vec<Blocker>) -> Result<(), Refusal> {
    if blockers.is_empty() { Ok(()) } else { Err(Refusal::Blocked(blockers)) }
}

/// `Ok` when no value breaks a rule.
pub fn unless_faulty(faults: Vec<Fault>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
}

/// The fault of a text that says nothing.
pub fn blank(pointer: &str, text: &str) -> Option<Fault> {
    text.trim()
        .is_empty()
        .then(|| Fault::new(pointer, "blank", Phrase::new("must not be blank", "không được để trống")))
}
