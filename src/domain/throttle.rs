//! How long somebody waits who keeps giving wrong passwords.

use chrono::{DateTime, TimeDelta, Utc};

/// So many wrong passwords in a row cost nothing.
const FREE: i32 = 4;
/// The first wait, in seconds; each further one is twice as long.
const FIRST_WAIT: i64 = 15;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 15 * 60;
/// After so many hours without an attempt all is forgotten. Longer than the longest wait, or waiting would forgive.
const MEMORY_HOURS: i64 = 1;

/// The wrong passwords in a row, and until when no further one is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    pub failures: i32,
    pub blocked_until: DateTime<Utc>,
    /// The last attempt.
    pub at: DateTime<Utc>,
}

impl Attempts {
    /// Counts one more attempt as failed, before it is looked at: attempts side by side are counted one by one.
    /// `Err` with the seconds to wait where none is looked at now.
    pub fn one_more(earlier: Option<Self>, now: DateTime<Utc>) -> Result<Self, u64> {
        let earlier = earlier.filter(|earlier| Self::forgotten(now) < earlier.at);
        if let Some(earlier) = earlier
            && now < earlier.blocked_until
        {
            let left = (earlier.blocked_until - now).num_milliseconds();
            return Err(u64::try_from(left).unwrap_or(0).div_ceil(1000));
        }
        let failures = earlier.map_or(0, |earlier| earlier.failures).saturating_add(1);
        Ok(Self { failures, blocked_until: now + wait(failures), at: now })
    }

    /// Attempts up to this time are forgotten.
    pub fn forgotten(now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::hours(MEMORY_HOURS)
    }
}

fn wait(failures: i32) -> TimeDelta {
    let doublings = u32::try_from(failures - FREE - 1).ok();
    let seconds = doublings.map_or(0, |doublings| FIRST_WAIT.saturating_mul(2_i64.saturating_pow(doublings)));
    TimeDelta::seconds(seconds.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2024-03-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (1..=13).map(|failures| wait(failures).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait(i32::MAX).num_seconds(), 900);
    }

    #[test]
    fn an_attempt_within_the_wait_is_not_looked_at() {
        let fifth = Attempts { failures: 5, blocked_until: noon() + TimeDelta::seconds(15), at: noon() };
        let after = |milliseconds| Attempts::one_more(Some(fifth), noon() + TimeDelta::milliseconds(milliseconds));
        assert_eq!(after(0), Err(15));
        assert_eq!(after(14_001), Err(1));
        assert_eq!(after(14_999), Err(1));
        let sixth = after(15_000).unwrap();
        assert_eq!((sixth.failures, (sixth.blocked_until - sixth.at).num_seconds()), (6, 30));
    }

    #[test]
    fn an_hour_of_silence_forgets() {
        let ninth = Attempts { failures: 9, blocked_until: noon() + TimeDelta::seconds(240), at: noon() };
        let after = |minutes| Attempts::one_more(Some(ninth), noon() + TimeDelta::minutes(minutes)).unwrap().failures;
        assert_eq!((after(59), after(60)), (10, 1));
        assert_eq!(Attempts::one_more(None, noon()).unwrap().failures, 1);
    }
}
