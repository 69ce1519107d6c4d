//! Working days (ngày làm việc): Monday to Friday, less the days off, and the weekends that are worked in exchange.
//!
//! Fixed rules: holidays are paid days off (Labour Code 45/2019/QH14, art. 112), and where one falls on a weekly day of
//! rest the next working day is off instead (art. 111); in a period of days the day of the event that begins it is not
//! counted (Civil Code 91/2015/QH13, art. 147). Which days these are is data, announced for each year.

use std::{collections::BTreeSet, ops::RangeInclusive};

use chrono::{Datelike, NaiveDate, Weekday};
use entity::vocab::HolidayKind;

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// Days beyond these years are slips of the pen.
const YEARS: RangeInclusive<i32> = 1945..=2100;

/// What the calendar says of days that are not as ordinary ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

impl FromIterator<(NaiveDate, HolidayKind)> for Holidays {
    fn from_iter<T: IntoIterator<Item = (NaiveDate, HolidayKind)>>(days: T) -> Self {
        let mut holidays = Self::default();
        for (day, kind) in days {
            match kind {
                HolidayKind::PublicHoliday | HolidayKind::CompensationDay => holidays.off.insert(day),
                HolidayKind::WorkingDay => holidays.worked.insert(day),
            };
        }
        holidays
    }
}

impl Holidays {
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        if is_weekend(day) { self.worked.contains(&day) } else { !self.off.contains(&day) }
    }
}

/// The last of so many working days of public comment; the day it is opened on does not count. Where there are none it
/// ends on the day itself.
pub fn public_comment_until(opened_on: NaiveDate, working_days: u16, holidays: &Holidays) -> NaiveDate {
    let days = opened_on.iter_days().skip(1).filter(|day| holidays.is_working_day(*day));
    days.take(working_days.into()).last().unwrap_or(opened_on)
}

/// Whether a day can be entered as what it is said to be.
pub fn check_holiday(day: NaiveDate, kind: HolidayKind) -> Result<(), Refusal> {
    let year = (!YEARS.contains(&day.year())).then(|| {
        let message = Phrase::new("between the years 1945 and 2100", "từ năm 1945 đến năm 2100");
        Fault::new("/day", "out_of_range", message)
    });
    let exchanged = match (kind, is_weekend(day)) {
        (HolidayKind::WorkingDay, false) => {
            let message =
                Phrase::new("only a Saturday or Sunday is worked in exchange", "chỉ làm bù vào thứ Bảy hoặc Chủ nhật");
            Some(Fault::new("/day", "not_weekend", message))
        }
        (HolidayKind::CompensationDay, true) => {
            let message =
                Phrase::new("a Saturday or Sunday is off anyway", "thứ Bảy, Chủ nhật vốn là ngày nghỉ hằng tuần");
            Some(Fault::new("/day", "weekend", message))
        }
        _ => None,
    };
    unless_faulty(year.into_iter().chain(exchanged).collect())
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{HolidayKind::*, *};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Tết 2024: 8 to 14 February off; 29 April off for Saturday, 4 May.
    fn year_2024() -> Holidays {
        let off = (8..=12).map(|number| (day(&format!("2024-02-{number:02}")), PublicHoliday));
        let rest = [
            ("2024-02-13", CompensationDay),
            ("2024-02-14", CompensationDay),
            ("2024-04-18", PublicHoliday),
            ("2024-04-29", CompensationDay),
            ("2024-04-30", PublicHoliday),
            ("2024-05-01", PublicHoliday),
            ("2024-05-04", WorkingDay),
        ];
        off.chain(rest.map(|(text, kind)| (day(text), kind))).collect()
    }

    #[test]
    fn the_last_of_so_many_working_days() {
        #[rustfmt::skip]
        let cases = [
            // opened on    days  last day
            ("2024-03-01",  10,   "2024-03-15"), // a Friday; ten days of two whole weeks
            ("2024-03-02",  10,   "2024-03-15"), // a Saturday
            ("2024-03-04",  1,    "2024-03-05"),
            ("2024-03-04",  0,    "2024-03-04"),
            ("2024-02-01",  10,   "2024-02-22"), // over Tết, in which five weekdays are off
            ("2024-02-07",  1,    "2024-02-15"), // the day before Tết
            ("2024-02-10",  2,    "2024-02-16"), // the first day of the lunar year
            ("2024-04-26",  1,    "2024-05-02"), // four days off follow
            ("2024-04-26",  3,    "2024-05-04"), // the Saturday that is worked in exchange
            ("2024-04-26",  4,    "2024-05-06"),
        ];
        for (opened, days, last) in cases {
            let until = public_comment_until(day(opened), days, &year_2024());
            assert_eq!(until, day(last), "{opened} {days}");
        }
        assert_eq!(public_comment_until(NaiveDate::MAX, 60, &year_2024()), NaiveDate::MAX);
    }

    #[test]
    fn what_a_day_can_be() {
        #[rustfmt::skip]
        let cases = [
            ("2024-05-04", WorkingDay,      None),
            ("2024-05-03", WorkingDay,      Some("not_weekend")),
            ("2024-05-03", CompensationDay, None),
            ("2024-05-05", CompensationDay, Some("weekend")),
            ("2024-05-05", PublicHoliday,   None),
            ("2101-01-03", PublicHoliday,   Some("out_of_range")),
        ];
        for (text, kind, expected) in cases {
            let code = match check_holiday(day(text), kind) {
                Ok(()) => None,
                Err(Refusal::Invalid(faults)) => Some(faults[0].code),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(code, expected, "{text} {kind:?}");
        }
    }

    fn any_days() -> impl Strategy<Value = Vec<(u16, HolidayKind)>> {
        prop::collection::vec(
            (0..200_u16, prop::sample::select(vec![PublicHoliday, CompensationDay, WorkingDay])),
            0..60,
        )
    }

    fn within(days: &[(u16, HolidayKind)]) -> Holidays {
        let first = day("2024-01-01");
        days.iter().map(|(after, kind)| (first + chrono::Days::new((*after).into()), *kind)).collect()
    }

    proptest! {
        #[test]
        fn so_many_working_days_lie_between_and_holidays_never_shorten(
            opened in 0..100_u64, wanted in 1..=60_u16, days in any_days(), more in any_days(),
        ) {
            let (opened, holidays) = (day("2024-01-01") + chrono::Days::new(opened), within(&days));
            let until = public_comment_until(opened, wanted, &holidays);
            let between = opened.iter_days().skip(1).take_while(|day| *day <= until);
            prop_assert_eq!(between.filter(|day| holidays.is_working_day(*day)).count(), usize::from(wanted));
            prop_assert!(holidays.is_working_day(until));
            let off: Vec<_> = more.into_iter().filter(|(_, kind)| *kind != WorkingDay).chain(days).collect();
            prop_assert!(public_comment_until(opened, wanted, &within(&off)) >= until);
        }
    }
}
