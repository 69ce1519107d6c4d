//! The day it is in Vietnam.
//!
//! Times are kept in UTC, but decisions and conferences carry the date of a calendar on a Vietnamese wall.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Vietnam's only offset: seven hours ahead all year round, without daylight saving time.
const AHEAD: TimeDelta = TimeDelta::hours(7);

/// The date in Vietnam at this moment.
pub fn vietnam_day(now: DateTime<Utc>) -> NaiveDate {
    now.checked_add_signed(AHEAD).unwrap_or(now).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_seventeen_hours_utc() {
        #[rustfmt::skip]
        let cases = [
            ("2024-02-29T16:59:59Z",      "2024-02-29"),
            ("2024-02-29T17:00:00Z",      "2024-03-01"),
            ("2024-03-01T00:30:00+07:00", "2024-03-01"),
            ("2023-12-31T23:00:00Z",      "2024-01-01"),
        ];
        for (now, day) in cases {
            assert_eq!(vietnam_day(now.parse().unwrap()).to_string(), day, "{now}");
        }
        assert_eq!(vietnam_day(DateTime::<Utc>::MAX_UTC), DateTime::<Utc>::MAX_UTC.date_naive());
    }
}
