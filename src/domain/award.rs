//! Awards (danh hiệu, hình thức khen thưởng được tặng): what a decision grants, and its revocation.
//!
//! ```text
//! Decided ──Revoke──▶ Revoked
//! ```
//!
//! Fixed rules of practice: awards are granted by decisions (see [`super::decision`]); one won by fraud is revoked and its
//! money recovered (see [`super::reward`]).

use chrono::{Datelike, NaiveDate};
use entity::vocab::AwardState;
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, blank, unless_faulty},
};

/// What can happen to an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// It is taken back, with a reason.
    Revoke,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: AwardState, event: Event) -> Result<AwardState, Refusal> {
    match (from, event) {
        (AwardState::Decided, Event::Revoke) => Ok(AwardState::Revoked),
        (AwardState::Revoked, Event::Revoke) => Err(Refusal::WrongState(Phrase::new(
            "the award has been revoked already",
            "quyết định khen thưởng đã bị hủy bỏ",
        ))),
    }
}

/// The year within which an authority numbers its decisions.
pub fn decision_year(decided_on: NaiveDate) -> i32 {
    decided_on.year()
}

/// Checks day and reason of a revocation.
pub fn check_revocation(
    decided_on: NaiveDate,
    revoked_on: NaiveDate,
    reason: &str,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let early = (revoked_on < decided_on).then(|| {
        let message = Phrase::new("lies before the decision", "sớm hơn ngày quyết định khen thưởng");
        Fault::new("/revoked_on", "before_decision", message)
    });
    let faults = in_future("/revoked_on", revoked_on, today).into_iter().chain(early);
    unless_faulty(faults.chain(blank("/reason", reason)).collect())
}

/// The fault of a day that has not come yet.
pub(super) fn in_future(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Fault> {
    (day > today).then(|| Fault::new(pointer, "in_future", Phrase::new("lies in the future", "nằm trong tương lai")))
}

#[cfg(test)]
mod tests {
    use entity::vocab::AwardState::*;
    use strum::IntoEnumIterator;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn faults(checked: Result<(), Refusal>) -> Vec<String> {
        match checked {
            Ok(()) => Vec::new(),
            Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let allowed: Vec<String> = AwardState::iter()
            .flat_map(|from| Event::iter().map(move |event| (from, event)))
            .filter_map(|(from, event)| next(from, event).ok().map(|to| format!("{from:?} {event:?} → {to:?}")))
            .collect();
        assert_eq!(allowed, [format!("{Decided:?} Revoke → {Revoked:?}")]);
        assert_eq!(Event::Revoke.name(), "revoke");
    }

    #[test]
    fn numbers_count_within_a_year() {
        assert_eq!(decision_year(day("2024-05-31")), 2024);
    }

    #[test]
    fn a_revocation_comes_after_the_decision_and_has_a_reason() {
        #[rustfmt::skip]
        let cases: [(&str, &str, &[&str]); 5] = [
            ("2024-05-31", "Kê khai gian dối", &[]),
            ("2025-01-01", "Kê khai gian dối", &[]),
            ("2024-05-30", "Kê khai gian dối", &["/revoked_on before_decision"]),
            ("2025-01-02", "Kê khai gian dối", &["/revoked_on in_future"]),
            ("2024-05-31", "\t",               &["/reason blank"]),
        ];
        for (on, reason, expected) in cases {
            let checked = check_revocation(day("2024-05-31"), day(on), reason, day("2025-01-01"));
            assert_eq!(faults(checked), expected, "{on} {reason}");
        }
    }
}
