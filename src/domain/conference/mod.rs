//! The life of a conference (hội nghị) of a cycle, and what may be written of it.
//!
//! ```text
//! Planned ──Open──▶ Open ──Close──▶ Closed
//!    └────Cancel──▶  │
//!      Cancelled ◀───┘ without resolutions
//! ```
//!
//! Fixed rules of practice: a conference is held on its day; what it resolves is resolved while it is held; it ends with
//! minutes that name who chaired it, and nothing of it changes afterwards; the year-end conference does not part before
//! it has approved the ranking.

mod parts;
mod resolution;

use chrono::{DateTime, Datelike, Utc};
use entity::vocab::{ConferenceKind, ConferenceState, CycleState};
use strum::{EnumIter, IntoStaticStr};
use uuid::Uuid;

use super::{
    calendar::vietnam_day,
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject},
};

pub use parts::{Origin, check_agenda, check_participants};
pub use resolution::{Link, check_link, may_take_back};

/// The years a conference can be held in; the first and the last that a cycle can have, and the one after.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2101;

/// What can happen to a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// It begins.
    Open,
    /// It is over, and its minutes are written.
    Close,
    /// It is not held, with a reason.
    Cancel,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What can be written of a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Change {
    /// When it begins, where, and who is the host: settled when it is opened.
    Arrange,
    /// Title, end, minutes, participants, agenda, speeches.
    Write,
    /// What it resolves.
    Resolve,
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: ConferenceState, event: Event) -> Result<ConferenceState, Refusal> {
    use ConferenceState::*;
    match (from, event) {
        (Planned, Event::Open) => Ok(Open),
        (Open, Event::Close) => Ok(Closed),
        (Planned | Open, Event::Cancel) => Ok(Cancelled),
        (Open, Event::Open) => refused("the conference is open already", "hội nghị đã khai mạc"),
        (Planned, Event::Close) => {
            refused("only an open conference can be closed", "chỉ bế mạc được hội nghị đã khai mạc")
        }
        (Closed | Cancelled, _) => over(),
    }
}

/// Whether something of it may be written.
pub fn may_change(change: Change, state: ConferenceState) -> Result<(), Refusal> {
    use ConferenceState::*;
    match (change, state) {
        (Change::Arrange, Planned) | (Change::Write, Planned | Open) | (Change::Resolve, Open) => Ok(()),
        (_, Closed | Cancelled) => over(),
        (Change::Arrange, Open) => refused(
            "when and where a conference is held is settled once it is open",
            "thời gian, địa điểm và tỉnh đăng cai không thay đổi được sau khi hội nghị khai mạc",
        ),
        (Change::Resolve, Planned) => {
            refused("a conference resolves only while it is open", "hội nghị chỉ ra nghị quyết khi đang họp")
        }
    }
}

/// Whether a conference can still be planned in a cycle.
pub fn may_plan(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published => Ok(()),
        Closed | Interrupted => refused(
            "the cycle has ended; no conference is planned in it any more",
            "năm thi đua đã kết thúc hoặc đã dừng, không lập kế hoạch hội nghị được nữa",
        ),
    }
}

/// Whether it is held, or was: the public learns of no other, as far as its cycle is public.
pub fn is_held(state: ConferenceState) -> bool {
    match state {
        ConferenceState::Open | ConferenceState::Closed => true,
        ConferenceState::Planned | ConferenceState::Cancelled => false,
    }
}

/// Whether something of it is still to come: its cycle waits for that.
pub fn is_under_way(state: ConferenceState) -> bool {
    match state {
        ConferenceState::Planned | ConferenceState::Open => true,
        ConferenceState::Closed | ConferenceState::Cancelled => false,
    }
}

/// What the guards need to know of a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub id: Uuid,
    pub kind: ConferenceKind,
    pub cycle: CycleState,
    pub starts_at: DateTime<Utc>,
    pub minutes: bool,
    /// Somebody chairs it.
    pub chaired: bool,
    pub resolutions: u64,
    /// It approved a ranking of its cycle that nothing has replaced.
    pub ranking_approved: bool,
}

/// Everything that stands in the way of the step, whatever state the conference is in: see [`next`] for that.
pub fn blockers(event: Event, facts: &Facts, now: DateTime<Utc>) -> Vec<Blocker> {
    let Facts { id, kind, cycle, starts_at, minutes, chaired, resolutions, ranking_approved } = *facts;
    let this = Subject::one("conference", id);
    let standing = match event {
        Event::Open => vec![(
            vietnam_day(now) < vietnam_day(starts_at),
            "before_its_day",
            Phrase::new("the day of the conference has not come yet", "chưa đến ngày tổ chức hội nghị"),
            this,
        )],
        Event::Close => vec![
            (!minutes, "minutes_missing", Phrase::new("there are no minutes", "chưa có biên bản hội nghị"), this),
            (
                !chaired,
                "chair_missing",
                Phrase::new("nobody is named as its chair", "chưa ghi người chủ trì hội nghị"),
                this,
            ),
            (
                approval_due(kind, cycle) && !ranking_approved,
                "ranking_not_approved",
                Phrase::new(
                    "the year-end conference has not approved the ranking",
                    "hội nghị tổng kết chưa thông qua bảng xếp hạng",
                ),
                Subject::any("ranking"),
            ),
        ],
        Event::Cancel => vec![(
            resolutions > 0,
            "resolutions_made",
            Phrase::new("the conference has made resolutions", "hội nghị đã ra nghị quyết"),
            Subject::any("resolution"),
        )],
    };
    let told = standing.into_iter().filter(|(stands, ..)| *stands);
    told.map(|(_, code, message, subject)| Blocker { code, message, subject }).collect()
}

/// What is published was approved before, and what was interrupted has no result.
fn approval_due(kind: ConferenceKind, cycle: CycleState) -> bool {
    use CycleState::*;
    match cycle {
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Finalized => {
            kind == ConferenceKind::YearEnd
        }
        Published | Closed | Interrupted => false,
    }
}

/// The faults of when a conference is held.
pub fn check_times(starts_at: DateTime<Utc>, ends_at: Option<DateTime<Utc>>) -> Vec<Fault> {
    let absurd = |at: DateTime<Utc>| !YEARS.contains(&at.year());
    let range = |pointer: &str| {
        let (first, last) = (YEARS.start(), YEARS.end());
        let message = Phrase::made(format!("a year from {first} to {last}"), format!("năm phải từ {first} đến {last}"));
        Fault::new(pointer, "range", message)
    };
    let start = absurd(starts_at).then(|| range("/starts_at"));
    let end = ends_at.filter(|at| absurd(*at)).map(|_| range("/ends_at"));
    let order = ends_at.filter(|at| *at < starts_at && start.is_none() && end.is_none()).map(|_| {
        let message = Phrase::new("lies before `starts_at`", "sớm hơn `starts_at`");
        Fault::new("/ends_at", "before_start", message)
    });
    start.into_iter().chain(end).chain(order).collect()
}

fn over<T>() -> Result<T, Refusal> {
    refused(
        "the conference is over or cancelled; nothing of it changes any more",
        "hội nghị đã bế mạc hoặc đã hủy, không thay đổi được nữa",
    )
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().unwrap()
    }

    fn facts() -> Facts {
        Facts {
            id: Uuid::from_u128(1),
            kind: ConferenceKind::YearEnd,
            cycle: CycleState::Finalized,
            starts_at: at("2024-03-01T08:00:00+07:00"),
            minutes: true,
            chaired: true,
            resolutions: 0,
            ranking_approved: true,
        }
    }

    #[test]
    fn the_life_of_a_conference() {
        use ConferenceState::*;
        let mut arrows = vec![];
        for from in ConferenceState::iter() {
            arrows.extend(Event::iter().filter_map(|event| Some((from, event, next(from, event).ok()?))));
        }
        let expected = [
            (Planned, Event::Open, Open),
            (Planned, Event::Cancel, Cancelled),
            (Open, Event::Close, Closed),
            (Open, Event::Cancel, Cancelled),
        ];
        assert_eq!(arrows, expected);
    }

    #[test]
    fn what_may_be_written_when() {
        use ConferenceState::*;
        let states = |change| ConferenceState::iter().filter(move |state| may_change(change, *state).is_ok());
        let found: Vec<Vec<_>> = Change::iter().map(|change| states(change).collect()).collect();
        assert_eq!(found, [vec![Planned], vec![Planned, Open], vec![Open]]);
        let held: Vec<_> = ConferenceState::iter().filter(|state| is_held(*state)).collect();
        assert_eq!(held, [Open, Closed]);
        let under_way: Vec<_> = ConferenceState::iter().filter(|state| is_under_way(*state)).collect();
        assert_eq!(under_way, [Planned, Open]);
        let planned = CycleState::iter().filter(|state| may_plan(*state).is_err());
        assert_eq!(planned.collect::<Vec<_>>(), [CycleState::Closed, CycleState::Interrupted]);
    }

    #[test]
    fn what_stands_in_the_way() {
        let bare = Facts { minutes: false, chaired: false, resolutions: 2, ranking_approved: false, ..facts() };
        let held = at("2024-03-01T09:00:00+07:00");
        #[rustfmt::skip]
        let cases: [(Event, Facts, DateTime<Utc>, &[&str]); 12] = [
            (Event::Open,   facts(), at("2024-02-29T23:59:59+07:00"), &["before_its_day"]),
            (Event::Open,   facts(), at("2024-03-01T00:00:00+07:00"), &[]),
            (Event::Open,   bare,    held, &[]),
            (Event::Close,  facts(), held, &[]),
            (Event::Close,  bare,    held, &["minutes_missing", "chair_missing", "ranking_not_approved"]),
            (Event::Close,  Facts { kind: ConferenceKind::MidYear, ..bare }, held, &["minutes_missing", "chair_missing"]),
            (Event::Close,  Facts { ranking_approved: false, ..facts() }, held, &["ranking_not_approved"]),
            (Event::Close,  Facts { ranking_approved: false, cycle: CycleState::Published, ..facts() }, held, &[]),
            (Event::Close,  Facts { ranking_approved: false, cycle: CycleState::Closed, ..facts() }, held, &[]),
            (Event::Close,  Facts { ranking_approved: false, cycle: CycleState::Interrupted, ..facts() }, held, &[]),
            (Event::Cancel, facts(), held, &[]),
            (Event::Cancel, bare,    held, &["resolutions_made"]),
        ];
        for (event, facts, now, expected) in cases {
            let codes: Vec<_> = blockers(event, &facts, now).iter().map(|blocker| blocker.code).collect();
            assert_eq!(codes, expected, "{event:?}, {facts:?}");
        }
    }

    #[test]
    fn it_ends_after_it_begins_and_in_our_time() {
        let start = "2024-03-01T08:00:00+07:00";
        #[rustfmt::skip]
        let cases: [(&str, Option<&str>, &[&str]); 6] = [
            (start, None, &[]),
            (start, Some(start), &[]),
            (start, Some("2024-03-01T07:59:59+07:00"), &["/ends_at before_start"]),
            ("1999-12-31T00:00:00Z", None, &["/starts_at range"]),
            ("2102-01-01T00:00:00Z", Some(start), &["/starts_at range"]),
            (start, Some("2102-01-01T00:00:00Z"), &["/ends_at range"]),
        ];
        for (starts_at, ends_at, expected) in cases {
            let faults = check_times(at(starts_at), ends_at.map(at));
            let found: Vec<_> = faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect();
            assert_eq!(found, expected);
        }
    }
}
