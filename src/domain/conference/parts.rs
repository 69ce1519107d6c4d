//! Who takes part in a conference, and what is on its agenda.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::YEARS;
use crate::domain::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// Where somebody who takes part comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub province_id: Option<Uuid>,
    /// Another organisation is named.
    pub organisation: bool,
}

/// Somebody comes from a province that there is, or from another organisation, or nothing is said of it. Faults stand at
/// `/participants/{i}/…`.
pub fn check_participants(known: &HashSet<Uuid>, origins: &[Origin]) -> Result<(), Refusal> {
    let mut faults = vec![];
    for (index, Origin { province_id, organisation }) in origins.iter().enumerate() {
        let at = |member: &str| format!("/participants/{index}/{member}");
        if province_id.is_some() && *organisation {
            let message = Phrase::new(
                "a participant comes from a province or from another organisation, not from both",
                "đại biểu thuộc một tỉnh hoặc một cơ quan khác, không thuộc cả hai",
            );
            faults.push(Fault::new(at("organisation"), "either_or", message));
        }
        if province_id.is_some_and(|id| !known.contains(&id)) {
            let message = Phrase::new("there is no such province", "không có tỉnh, thành phố này");
            faults.push(Fault::new(at("province_id"), "unknown_reference", message));
        }
    }
    unless_faulty(faults)
}

/// Points of an agenda that have a time stand in the order of their times. Faults stand at `/items/{i}/starts_at`.
pub fn check_agenda(times: &[Option<DateTime<Utc>>]) -> Result<(), Refusal> {
    let mut faults = vec![];
    let mut latest: Option<DateTime<Utc>> = None;
    for (index, time) in times.iter().enumerate() {
        let Some(time) = *time else { continue };
        let pointer = format!("/items/{index}/starts_at");
        if !YEARS.contains(&time.year()) {
            let (first, last) = (YEARS.start(), YEARS.end());
            let message =
                Phrase::made(format!("a year from {first} to {last}"), format!("năm phải từ {first} đến {last}"));
            faults.push(Fault::new(pointer, "range", message));
            continue;
        }
        if latest.is_some_and(|latest| time < latest) {
            let message = Phrase::new("lies before the point above", "sớm hơn nội dung trước đó");
            faults.push(Fault::new(pointer, "not_in_order", message));
            continue;
        }
        latest = Some(time);
    }
    unless_faulty(faults)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(checked: Result<(), Refusal>) -> Vec<String> {
        match checked {
            Ok(()) => vec![],
            Err(Refusal::Invalid(faults)) => {
                faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn participants_come_from_one_place() {
        let (here, nowhere) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let from = |province_id, organisation| Origin { province_id, organisation };
        let guests = [
            from(Some(here), false),
            from(None, true),
            from(None, false),
            from(Some(here), true),
            from(Some(nowhere), false),
        ];
        let expected = ["/participants/3/organisation either_or", "/participants/4/province_id unknown_reference"];
        assert_eq!(told(check_participants(&HashSet::from([here]), &guests)), expected);
        assert_eq!(told(check_participants(&HashSet::new(), &[])), [""; 0]);
    }

    #[test]
    fn an_agenda_runs_forward() {
        let at = |time: &str| Some(time.parse().unwrap());
        let times = [
            at("2024-03-01T08:00:00+07:00"),
            None,
            at("2024-03-01T08:00:00+07:00"),
            at("2024-03-01T07:59:00+07:00"),
            at("2024-03-01T09:00:00+07:00"),
            at("1970-01-01T00:00:00Z"),
        ];
        assert_eq!(told(check_agenda(&times)), ["/items/3/starts_at not_in_order", "/items/5/starts_at range"]);
    }

    proptest! {
        #[test]
        fn sorted_times_are_an_agenda(mut seconds in prop::collection::vec(1_700_000_000..1_800_000_000_i64, 0..20)) {
            seconds.sort_unstable();
            let times: Vec<_> = seconds.iter().map(|at| DateTime::from_timestamp(*at, 0)).collect();
            prop_assert_eq!(check_agenda(&times), Ok(()));
        }
    }
}
