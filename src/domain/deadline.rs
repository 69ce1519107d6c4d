//! When something is due. The clock decides to the second: what comes at the very second is in time.
//!
//! Settings: due dates with their offset, and how long after them something is still taken. After the soft date it is
//! late, which may cost points ([`super::scoring::ScoringRules`]); after the hard date it is refused.

use chrono::{DateTime, FixedOffset, Utc};

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Subject},
};

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last second in time, in the offset it was given in.
    pub at: DateTime<FixedOffset>,
    /// The last second at all; without it nothing is refused for being late.
    pub hard_at: Option<DateTime<Utc>>,
}

impl Due {
    /// What keeps something from being handed in now: the hard date has passed.
    pub fn blockers(due: Option<Self>, now: DateTime<Utc>) -> Vec<Blocker> {
        let Some(Self { at, hard_at: Some(hard) }) = due else { return vec![] };
        if seconds(now) <= seconds(hard) {
            return vec![];
        }
        let last = hard.with_timezone(at.offset()).to_rfc3339();
        vec![Blocker {
            code: "deadline_passed",
            message: Phrase::made(
                format!("it was taken until {last}, and an extension was not granted"),
                format!("thời hạn cuối cùng là {last} và không được gia hạn"),
            ),
            subject: Subject::any("due_date_extension"),
        }]
    }

    /// The same with a longer date granted: nothing that was in time becomes late by it. A grant without a last moment has
    /// nothing refused.
    #[must_use]
    pub fn extended(self, granted: Self) -> Self {
        let hard_at = self.hard_at.zip(granted.hard_at).map(|(all, granted)| all.max(granted));
        Self { at: self.at.max(granted.at), hard_at }
    }

    /// What is wrong with a grant beside the date of all: it must not be shorter.
    pub fn shorter(self, granted: Self) -> Vec<Fault> {
        let earlier = |member: &str| {
            let message = Phrase::new("lies before the due date of all", "sớm hơn thời hạn chung");
            Fault::new(format!("/{member}"), "before_due", message)
        };
        let soft = (granted.at < self.at).then(|| earlier("due_at"));
        let hard = self.hard_at.zip(granted.hard_at).is_some_and(|(all, granted)| granted < all);
        soft.into_iter().chain(hard.then(|| earlier("hard_due_at"))).collect()
    }

    /// By how many seconds something came too late; `None` if it was in time.
    pub fn late_by(due: Option<Self>, came: DateTime<Utc>) -> Option<i64> {
        let late = seconds(came) - seconds(due?.at.to_utc());
        (late > 0).then_some(late)
    }
}

fn seconds(moment: DateTime<Utc>) -> i64 {
    moment.timestamp()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::phrase::Language;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_second_decides_around_midnight() {
        let midnight = DateTime::parse_from_rfc3339("2024-01-06T00:00:00+07:00").unwrap();
        let due = Some(Due { at: midnight, hard_at: Some(at("2024-01-08T17:00:00Z")) });
        #[rustfmt::skip]
        let cases = [
            // came                        late by       refused
            ("2024-01-05T16:59:59Z",       None,         false),
            ("2024-01-05T17:00:00Z",       None,         false),
            ("2024-01-05T17:00:00.999Z",   None,         false),
            ("2024-01-05T17:00:01Z",       Some(1),      false),
            ("2024-01-08T17:00:00Z",       Some(259_200), false),
            ("2024-01-08T17:00:01Z",       Some(259_201), true),
        ];
        for (came, late, refused) in cases {
            assert_eq!(Due::late_by(due, at(came)), late, "{came}");
            assert_eq!(!Due::blockers(due, at(came)).is_empty(), refused, "{came}");
        }
        let told = Due::blockers(due, at("2025-01-01T00:00:00Z"))[0].message.say(Language::En).to_owned();
        assert_eq!(told, "it was taken until 2024-01-09T00:00:00+07:00, and an extension was not granted");
        assert_eq!(
            (Due::late_by(None, at("2099-01-01T00:00:00Z")), Due::blockers(None, at("2099-01-01T00:00:00Z"))),
            (None, vec![])
        );
        let soft = Some(Due { at: midnight, hard_at: None });
        assert_eq!(Due::blockers(soft, at("2099-01-01T00:00:00Z")), []);
    }

    proptest! {
        #[test]
        fn later_is_never_less_late(due in 0..4_000_000_000_i64, came in 0..4_000_000_000_i64, more in 0..1_000_000_i64) {
            let moment = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
            let due = Some(Due { at: moment(due).fixed_offset(), hard_at: None });
            prop_assert!(Due::late_by(due, moment(came + more)) >= Due::late_by(due, moment(came)));
        }
    }
}
