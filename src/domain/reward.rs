//! The money that goes with an award.
//!
//! Fixed rules of practice: the reward is the coefficient times the base salary (lương cơ sở), both as they are on the
//! day of the decision, rounded up to the next 10,000 VND. Coefficients and base salaries themselves are data with
//! validity dates.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use entity::decimal::{Decimal, NotDecimal, Rounding};

use super::{
    phrase::{Language, Phrase},
    province,
    refusal::{Blocker, Fault, Refusal, Subject, unless_faulty},
};

/// Days beyond these years are slips of the pen.
const SALARY_YEARS: RangeInclusive<i32> = 1945..=2100;

/// Rewards are whole multiples of this many VND.
const STEP: Decimal = Decimal::whole(10_000);

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

/// How the reward came about, for people.
pub fn working(coefficient: Decimal, base_salary: Decimal) -> Result<Phrase, NotDecimal> {
    let exact = coefficient.times(base_salary, Rounding::Up)?;
    let reward = reward(coefficient, base_salary)?;
    let say = |language: Language, up: &str| {
        let product = [coefficient, base_salary, exact].map(|number| language.number(number));
        let [coefficient, base_salary, exact] = product;
        let rounded = if exact == language.number(reward) { String::new() } else { format!(", {up} {reward}") };
        format!("{coefficient} × {base_salary} = {exact}{rounded} VND")
    };
    Ok(Phrase::made(say(Language::En, "rounded up to"), say(Language::Vi, "làm tròn lên")))
}

/// What the catalogues say of the money on the day of the decision: nothing without a coefficient; with one, the base
/// salary must be known.
pub fn price(coefficient: Option<Decimal>, base_salary: Option<Decimal>) -> Result<Option<Price>, Refusal> {
    match (coefficient, base_salary) {
        (None, _) => Ok(None),
        (Some(coefficient), Some(base_salary)) => {
            Ok(Some(Price { coefficient, base_salary, amount: reward(coefficient, base_salary)? }))
        }
        (Some(_), None) => Err(Refusal::Blocked(vec![Blocker {
            code: "base_salary_missing",
            message: Phrase::new(
                "the catalogue has no base salary for the day of the decision",
                "danh mục chưa có mức lương cơ sở tại ngày quyết định",
            ),
            subject: Subject::any("base_salary"),
        }])),
    }
}

/// The money that goes with an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub coefficient: Decimal,
    pub base_salary: Decimal,
    /// VND.
    pub amount: Decimal,
}

/// Checks the next base salary against the last one (first and last day), and says on which day that one ends; nothing
/// where it has ended before or there is none.
pub fn next_base_salary(
    amount: Decimal,
    valid_from: NaiveDate,
    last: Option<(NaiveDate, Option<NaiveDate>)>,
) -> Result<Option<NaiveDate>, Refusal> {
    let mut faults = Vec::new();
    if amount.is_negative() || amount.is_zero() {
        let message = Phrase::new("must be more than nothing", "phải lớn hơn 0");
        faults.push(Fault::new("/amount", "not_positive", message));
    }
    let before = valid_from.pred_opt().filter(|_| SALARY_YEARS.contains(&valid_from.year()));
    if before.is_none() {
        let message = Phrase::new("between the years 1945 and 2100", "từ năm 1945 đến năm 2100");
        faults.push(Fault::new("/valid_from", "out_of_range", message));
    } else if last.is_some_and(|(from, _)| valid_from <= from) {
        let message = Phrase::new("must be later than that of the last one", "phải sau ngày hiệu lực của mức trước đó");
        faults.push(Fault::new("/valid_from", "not_later", message));
    }
    unless_faulty(faults)?;
    let open = last.is_some_and(|(_, to)| to.is_none_or(|to| to >= valid_from));
    Ok(before.filter(|_| open))
}

/// What is to be paid back after a revocation: all of it, as far as there was money.
pub fn amount_to_recover(reward: Option<Decimal>) -> Option<Decimal> {
    reward.filter(|reward| !reward.is_zero())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
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
    fn the_working_is_shown() {
        let say = |coefficient, salary, language| {
            working(decimal(coefficient), decimal(salary)).unwrap().say(language).to_owned()
        };
        assert_eq!(say("7", "1800000", Language::En), "7 × 1800000 = 12600000 VND");
        assert_eq!(say("0.3", "2340000", Language::En), "0.3 × 2340000 = 702000, rounded up to 710000 VND");
        assert_eq!(say("0.3", "2340000", Language::Vi), "0,3 × 2340000 = 702000, làm tròn lên 710000 VND");
    }

    #[test]
    fn money_needs_a_coefficient_and_then_a_base_salary() {
        let (seven, salary) = (Some(decimal("7")), Some(decimal("1800000")));
        assert_eq!(price(seven, salary).unwrap().map(|price| price.amount), Some(decimal("12600000")));
        assert_eq!((price(None, salary), price(None, None)), (Ok(None), Ok(None)));
        assert!(
            matches!(price(seven, None), Err(Refusal::Blocked(blockers)) if blockers[0].code == "base_salary_missing")
        );
        assert!(matches!(price(Some(Decimal::MAX), salary), Err(Refusal::Invalid(_))));
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
