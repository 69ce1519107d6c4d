//! Awards (quyết định khen thưởng): the decision, its money, and its revocation.
//!
//! ```text
//! Decided ──Revoke──▶ Revoked
//! ```
//!
//! Fixed rules of practice: the reward is the coefficient times the base salary (lương cơ sở), both as they are on the
//! day of the decision, rounded up to the next 10,000 VND; an award won by fraud is revoked and its money recovered.
//! Coefficients and base salaries themselves are data with validity dates.

use chrono::{Datelike, NaiveDate};
use entity::{
    decimal::{Decimal, NotDecimal, Rounding},
    vocab::AwardState,
};
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    province,
    refusal::{Fault, Refusal, blank, unless_faulty},
};

/// Rewards are whole multiples of this many VND.
const STEP: Decimal = Decimal::whole(10_000);

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

fn in_future(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Fault> {
    (day > today).then(|| Fault::new(pointer, "in_future", Phrase::new("lies in the future", "nằm trong tương lai")))
}

/// The row of a dated table that is in force on `day`. Where two are, the one that began last goes before.
pub fn valid_on<'a, T>(
    rows: impl IntoIterator<Item = &'a T>,
    day: NaiveDate,
    period: impl Fn(&T) -> (NaiveDate, Option<NaiveDate>),
) -> Option<&'a T> {
    rows.into_iter()
        .filter(|row| {
            let (from, to) = period(row);
            province::valid_on(from, to, day)
        })
        .max_by_key(|row| period(row).0)
}

/// The reward in VND.
pub fn reward(coefficient: Decimal, base_salary: Decimal) -> Result<Decimal, NotDecimal> {
    coefficient.times(base_salary, Rounding::Up)?.up_to_multiple(STEP)
}

/// What is to be paid back after a revocation: all of it, as far as there was money.
pub fn amount_to_recover(reward: Option<Decimal>) -> Option<Decimal> {
    reward.filter(|reward| !reward.is_zero())
}

#[cfg(test)]
mod tests {
    use entity::vocab::AwardState::*;
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decimal(text: &str) -> Decimal {
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
    fn the_reward_is_rounded_up_to_ten_thousand() {
        #[rustfmt::skip]
        let cases = [
            // coefficient base salary reward        what
            ("12",         "1800000",  "21600000",   "Government flag"),
            ("12",         "2340000",  "28080000",   "Government flag, since July 2024"),
            ("7",          "1800000",  "12600000",   "Prime Minister's diploma, collective"),
            ("7",          "2340000",  "16380000",   "Prime Minister's diploma, since July 2024"),
            ("0.3",        "2340000",  "710000",     "advanced labourer: 702,000"),
            ("0.8",        "2340000",  "1880000",    "advanced collective: 1,872,000"),
            ("1.5",        "2340000",  "3510000",    "excellent collective: exact"),
            ("0.0001",     "1",        "10000",      "the smallest of all"),
            ("0",          "2340000",  "0",          "none"),
        ];
        for (coefficient, salary, expected, what) in cases {
            assert_eq!(reward(decimal(coefficient), decimal(salary)), Ok(decimal(expected)), "{what}");
        }
        assert_eq!(reward(Decimal::MAX, decimal("2")), Err(NotDecimal::OutOfRange));
    }

    #[test]
    fn what_was_paid_is_recovered() {
        assert_eq!(amount_to_recover(Some(decimal("12600000"))), Some(decimal("12600000")));
        assert_eq!(amount_to_recover(Some(Decimal::ZERO)), None);
        assert_eq!(amount_to_recover(None), None);
    }

    #[test]
    fn the_row_of_the_day() {
        let salaries = [
            (1_800_000, day("2023-07-01"), Some(day("2024-06-30"))),
            (2_340_000, day("2024-07-01"), None),
            (2_500_000, day("2026-01-01"), None),
        ];
        #[rustfmt::skip]
        let cases = [
            ("2023-06-30", None),
            ("2023-07-01", Some(1_800_000)),
            ("2024-06-30", Some(1_800_000)),
            ("2024-07-01", Some(2_340_000)),
            ("2025-12-31", Some(2_340_000)),
            ("2026-01-01", Some(2_500_000)),
        ];
        for (on, expected) in cases {
            let row = valid_on(&salaries, day(on), |&(_, from, to)| (from, to));
            assert_eq!(row.map(|(amount, ..)| *amount), expected, "{on}");
        }
    }

    proptest! {
        #[test]
        fn a_reward_is_the_next_multiple(coefficient in 0..200_000_i64, salary in 0..100_000_000_000_i64) {
            let (coefficient, salary) =
                (Decimal::from_scaled(coefficient).unwrap(), Decimal::from_scaled(salary).unwrap());
            let reward = reward(coefficient, salary).unwrap();
            let exact = i128::from(coefficient.scaled()) * i128::from(salary.scaled());
            let (reward, step) = (i128::from(reward.scaled()) * 10_000, i128::from(STEP.scaled()) * 10_000);
            prop_assert_eq!(reward % step, 0);
            prop_assert!(exact <= reward && reward < exact + step);
        }
    }
}
