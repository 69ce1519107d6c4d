//! The life of a recommendation (đề xuất, kiến nghị): what a province asks of the central level or of the other members.
//!
//! ```text
//! Raised ──Forward──▶ Forwarded ──Answer──▶ Answered ──Close──▶ Closed
//!    └──Withdraw──▶ Withdrawn
//! ```
//!
//! Rules of practice: recommendations are raised at the conferences of a year, often at the one that ends it; the cluster
//! or the council's office hands them on and says until when it expects an answer. Answers come when the year is long
//! over, so no step but the first asks where the cycle stands.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use entity::vocab::{CycleState, RecommendationState};
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// Days beyond these years are slips of the pen.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// What can happen to a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// It is handed to whom it is addressed to.
    Forward,
    Answer,
    /// The answer was taken note of.
    Close,
    /// The province takes it back.
    Withdraw,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: RecommendationState, event: Event) -> Result<RecommendationState, Refusal> {
    use RecommendationState::*;
    match (from, event) {
        (Raised, Event::Forward) => Ok(Forwarded),
        (Forwarded, Event::Answer) => Ok(Answered),
        (Answered, Event::Close) => Ok(Closed),
        (Raised, Event::Withdraw) => Ok(Withdrawn),
        (Closed | Withdrawn, _) => refused("the recommendation is closed", "kiến nghị đã kết thúc"),
        (Forwarded | Answered, Event::Forward) => {
            refused("the recommendation has been forwarded already", "kiến nghị đã được chuyển")
        }
        (Raised, Event::Answer) => {
            refused("only a forwarded recommendation is answered", "chỉ trả lời được kiến nghị đã chuyển")
        }
        (Answered, Event::Answer) => {
            refused("the recommendation has been answered already", "kiến nghị đã được trả lời")
        }
        (Raised | Forwarded, Event::Close) => {
            refused("only an answered recommendation is closed", "chỉ kết thúc được kiến nghị đã trả lời")
        }
        (Forwarded | Answered, Event::Withdraw) => {
            refused("only a raised recommendation is withdrawn", "chỉ rút được kiến nghị chưa chuyển")
        }
    }
}

/// Whether a recommendation can be raised in a cycle: from its launch until it is closed.
pub fn may_raise(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published => Ok(()),
        Draft => refused(
            "recommendations are raised once the cycle is launched",
            "chỉ nêu kiến nghị sau khi năm thi đua được phát động",
        ),
        Closed => refused("the cycle is closed", "năm thi đua đã khép lại"),
        Interrupted => refused("the cycle is interrupted", "năm thi đua đang bị gián đoạn"),
    }
}

/// Whether its words can be changed, or it thrown away: until it is forwarded.
pub fn may_write(state: RecommendationState) -> Result<(), Refusal> {
    use RecommendationState::*;
    match state {
        Raised => Ok(()),
        Forwarded | Answered | Closed | Withdrawn => {
            refused("a recommendation changes until it is forwarded", "chỉ sửa hoặc xóa được kiến nghị chưa chuyển")
        }
    }
}

/// Whether documents are added to it and taken away: until it ends.
pub fn may_document(state: RecommendationState) -> Result<(), Refusal> {
    use RecommendationState::*;
    match state {
        Raised | Forwarded | Answered => Ok(()),
        Closed | Withdrawn => refused(
            "the recommendation is closed, and its documents with it",
            "kiến nghị đã kết thúc nên không thay đổi được tài liệu",
        ),
    }
}

/// Whether it waits for an answer past the last day.
pub fn is_overdue(state: RecommendationState, due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    state == RecommendationState::Forwarded && due_on.is_some_and(|due| due < today)
}

/// What lists sort by: the last day for an answer, or a day after all others where there is none.
pub fn due_key(due_on: Option<NaiveDate>) -> NaiveDate {
    due_on.or_else(|| NaiveDate::from_ymd_opt(9999, 12, 31)).unwrap_or(NaiveDate::MAX)
}

/// Checks the day it was raised.
pub fn check_raised(raised_on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    unless_faulty(misdated("/raised_on", raised_on, None, today))
}

/// Checks the day it was forwarded, and the last day for an answer.
pub fn check_forwarded(
    raised_on: NaiveDate,
    forwarded_on: NaiveDate,
    due_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let mut faults = misdated("/forwarded_on", forwarded_on, Some(raised_on), today);
    if !YEARS.contains(&due_on.year()) {
        faults.push(absurd("/due_on"));
    } else if due_on < forwarded_on {
        let message = Phrase::new("lies before the day it was forwarded", "sớm hơn ngày chuyển kiến nghị");
        faults.push(Fault::new("/due_on", "too_early", message));
    }
    unless_faulty(faults)
}

/// Checks the day it was answered.
pub fn check_answered(
    forwarded_on: Option<NaiveDate>,
    answered_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), Refusal> {
    unless_faulty(misdated("/answered_on", answered_on, forwarded_on, today))
}

/// Checks the day it was closed.
pub fn check_closed(answered_on: Option<NaiveDate>, closed_on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    unless_faulty(misdated("/closed_on", closed_on, answered_on, today))
}

/// A step is dated not before the step before it, and not in the future.
fn misdated(pointer: &str, day: NaiveDate, before: Option<NaiveDate>, today: NaiveDate) -> Vec<Fault> {
    let absurd = (!YEARS.contains(&day.year())).then(|| absurd(pointer));
    let early = before.filter(|before| day < *before).map(|before| {
        let message = Phrase::made(
            format!("lies before the step before it, of {before}"),
            format!("sớm hơn bước trước đó, ngày {}", before.format("%d/%m/%Y")),
        );
        Fault::new(pointer, "too_early", message)
    });
    let late = (day > today)
        .then(|| Fault::new(pointer, "in_future", Phrase::new("lies in the future", "nằm trong tương lai")));
    absurd.or(early).or(late).into_iter().collect()
}

fn absurd(pointer: &str) -> Fault {
    let message = Phrase::new("between the years 2000 and 2100", "từ năm 2000 đến năm 2100");
    Fault::new(pointer, "out_of_range", message)
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn codes(checked: Result<(), Refusal>) -> Vec<String> {
        match checked {
            Ok(()) => vec![],
            Err(Refusal::Invalid(faults)) => {
                faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_arrows_are_these() {
        use RecommendationState::*;
        let arrows: Vec<_> = RecommendationState::iter()
            .flat_map(|from| Event::iter().filter_map(move |event| Some((from, event, next(from, event).ok()?))))
            .collect();
        assert_eq!(
            arrows,
            [
                (Raised, Event::Forward, Forwarded),
                (Raised, Event::Withdraw, Withdrawn),
                (Forwarded, Event::Answer, Answered),
                (Answered, Event::Close, Closed),
            ]
        );
        let names: Vec<_> = Event::iter().map(Event::name).collect();
        assert_eq!(names, ["forward", "answer", "close", "withdraw"]);
    }

    #[test]
    fn what_each_state_lets_happen() {
        use RecommendationState::*;
        let written: Vec<_> = RecommendationState::iter().filter(|state| may_write(*state).is_ok()).collect();
        assert_eq!(written, [Raised]);
        let documented: Vec<_> = RecommendationState::iter().filter(|state| may_document(*state).is_ok()).collect();
        assert_eq!(documented, [Raised, Forwarded, Answered]);
        let closed: Vec<_> = CycleState::iter().filter(|state| may_raise(*state).is_err()).collect();
        assert_eq!(closed, [CycleState::Draft, CycleState::Closed, CycleState::Interrupted]);
    }

    #[test]
    fn late_is_what_waits_past_the_last_day() {
        use RecommendationState::*;
        let due = Some(day("2024-05-01"));
        #[rustfmt::skip]
        let cases = [
            (Forwarded, due,  "2024-05-01", false),
            (Forwarded, due,  "2024-05-02", true),
            (Answered,  due,  "2024-05-02", false),
            (Closed,    due,  "2024-05-02", false),
            (Raised,    None, "2024-05-02", false),
        ];
        for (state, due, today, expected) in cases {
            assert_eq!(is_overdue(state, due, day(today)), expected, "{state:?} {today}");
        }
        assert_eq!(due_key(due), day("2024-05-01"));
        assert_eq!(due_key(None), day("9999-12-31"));
    }

    #[test]
    fn days_follow_each_other() {
        let today = day("2024-05-10");
        #[rustfmt::skip]
        let raised: [(&str, &[&str]); 4] = [
            ("2024-05-10", &[]),
            ("2024-05-11", &["/raised_on in_future"]),
            ("2000-01-01", &[]),
            ("1999-12-31", &["/raised_on out_of_range"]),
        ];
        for (on, expected) in raised {
            assert_eq!(codes(check_raised(day(on), today)), expected, "{on}");
        }
        #[rustfmt::skip]
        let forwarded: [(&str, &str, &[&str]); 6] = [
            ("2024-03-01", "2024-03-01", &[]),
            ("2024-03-05", "2024-06-30", &[]),
            ("2024-02-29", "2024-06-30", &["/forwarded_on too_early"]),
            ("2024-05-11", "2024-05-10", &["/forwarded_on in_future", "/due_on too_early"]),
            ("2024-03-05", "2024-03-04", &["/due_on too_early"]),
            ("2024-03-05", "2101-01-01", &["/due_on out_of_range"]),
        ];
        for (on, due, expected) in forwarded {
            let found = codes(check_forwarded(day("2024-03-01"), day(on), day(due), today));
            assert_eq!(found, expected, "{on} {due}");
        }
        let before = Some(day("2024-03-05"));
        for (on, expected) in
            [("2024-03-05", None), ("2024-03-04", Some("too_early")), ("2024-05-11", Some("in_future"))]
        {
            let of = |pointer: &str| expected.map(|code| format!("{pointer} {code}")).into_iter().collect::<Vec<_>>();
            assert_eq!(codes(check_answered(before, day(on), today)), of("/answered_on"));
            assert_eq!(codes(check_closed(before, day(on), today)), of("/closed_on"));
        }
    }
}
