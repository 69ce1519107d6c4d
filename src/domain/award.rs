//! Awards (quyết định khen thưởng): the decision and its revocation.
//!
//! ```text
//! Decided ──Revoke──▶ Revoked
//! ```
//!
//! Fixed rules of practice: the competent authority decides, and numbers its decisions within the year; an award won by
//! fraud is revoked and its money recovered (see [`super::reward`]).

use chrono::{Datelike, NaiveDate};
use entity::vocab::{Authority, AwardState};
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

/// Checks number and day of a decision that rewards what was done in `cycle_year`.
pub fn check_decision(number: &str, decided_on: NaiveDate, cycle_year: i32, today: NaiveDate) -> Result<(), Refusal> {
    let early = (decided_on.year() < cycle_year).then(|| {
        let message = Phrase::made(
            format!("the decision lies before the year {cycle_year} that it rewards"),
            format!("ngày quyết định sớm hơn năm thi đua {cycle_year} được khen thưởng"),
        );
        Fault::new("/decided_on", "before_cycle", message)
    });
    let faults = blank("/decision_number", number).into_iter().chain(in_future("/decided_on", decided_on, today));
    unless_faulty(faults.chain(early).collect())
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

/// The authority may be left away, for the catalogue knows who decides; whoever is named must be that one.
pub fn check_authority(named: Option<Authority>, competent: Authority) -> Result<Authority, Refusal> {
    if named.is_none_or(|named| named == competent) {
        return Ok(competent);
    }
    let word: &str = competent.into();
    let message = Phrase::made(
        format!("this award is decided by `{word}`"),
        format!("thẩm quyền quyết định hình thức khen thưởng này là `{word}`"),
    );
    Err(Refusal::fault("/authority", "not_competent", message))
}

fn in_future(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Fault> {
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
    fn a_decision_has_a_number_and_a_day_that_can_be() {
        #[rustfmt::skip]
        let cases: [(&str, &str, &[&str]); 6] = [
            ("467/QĐ-TTg", "2024-05-31", &[]),
            ("467/QĐ-TTg", "2023-01-01", &[]),
            ("467/QĐ-TTg", "2024-06-01", &["/decided_on in_future"]),
            ("467/QĐ-TTg", "2022-12-31", &["/decided_on before_cycle"]),
            (" ",          "2024-05-31", &["/decision_number blank"]),
            ("",           "9999-12-31", &["/decision_number blank", "/decided_on in_future"]),
        ];
        for (number, on, expected) in cases {
            assert_eq!(faults(check_decision(number, day(on), 2023, day("2024-05-31"))), expected, "{number} {on}");
        }
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

    #[test]
    fn the_catalogue_says_who_decides() {
        use Authority::*;
        assert_eq!(check_authority(None, PrimeMinister), Ok(PrimeMinister));
        assert_eq!(check_authority(Some(PrimeMinister), PrimeMinister), Ok(PrimeMinister));
        assert_eq!(faults(check_authority(Some(President), PrimeMinister).map(drop)), ["/authority not_competent"]);
    }
}
