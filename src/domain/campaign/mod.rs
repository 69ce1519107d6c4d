//! Campaigns (phong trào thi đua): who launches them, how long they last, what they belong to.

pub mod result;
pub mod stage;

use std::{collections::HashMap, ops::RangeInclusive};

use chrono::{Datelike, NaiveDate};
use entity::vocab::Launcher;
use uuid::Uuid;

use crate::domain::{
    phrase::Phrase,
    province::valid_on,
    refusal::{Fault, Refusal},
};

/// Days beyond these years are slips of the pen: the first call for patriotic emulation is of 1948.
const YEARS: RangeInclusive<i32> = 1945..=2100;

/// The days of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day it was announced, often later than that from which it counts.
    pub launched_on: NaiveDate,
    pub starts_on: NaiveDate,
    /// The last day; open where none is set.
    pub ends_on: Option<NaiveDate>,
}

/// What is wrong with the days.
pub fn misdated(period: Period) -> Vec<Fault> {
    let days = [
        ("/launched_on", Some(period.launched_on)),
        ("/starts_on", Some(period.starts_on)),
        ("/ends_on", period.ends_on),
    ];
    let mut faults: Vec<Fault> = days.into_iter().filter_map(|(pointer, day)| absurd(pointer, day?)).collect();
    if period.ends_on.is_some_and(|last| last < period.starts_on) {
        let message = Phrase::new("must not be earlier than the start", "không được trước ngày bắt đầu");
        faults.push(Fault::new("/ends_on", "before_start", message));
    }
    faults
}

/// A day in a year that cannot be meant.
pub fn absurd(pointer: &str, day: NaiveDate) -> Option<Fault> {
    (!YEARS.contains(&day.year())).then(|| {
        let message = Phrase::new("between the years 1945 and 2100", "từ năm 1945 đến năm 2100");
        Fault::new(pointer, "out_of_range", message)
    })
}

/// A province's campaign names the province, a cluster's the cluster, and nothing else.
pub fn misattributed(launched_by: Launcher, province_id: Option<Uuid>, cluster_id: Option<Uuid>) -> Vec<Fault> {
    let members = [
        ("/province_id", province_id.is_some(), launched_by == Launcher::Province),
        ("/cluster_id", cluster_id.is_some(), launched_by == Launcher::Cluster),
    ];
    let wrong = |(pointer, given, wanted)| match (given, wanted) {
        (false, true) => {
            let message = Phrase::new("name who launches it", "hãy nêu đơn vị phát động");
            Some(Fault::new(pointer, "required", message))
        }
        (true, false) => {
            let message = Phrase::new("`launched_by` says somebody else", "`launched_by` nêu đơn vị khác");
            Some(Fault::new(pointer, "not_the_launcher", message))
        }
        _ => None,
    };
    members.into_iter().filter_map(wrong).collect()
}

/// A province that launches or joins something must be there on the day.
pub fn absent(valid_from: NaiveDate, valid_to: Option<NaiveDate>, day: NaiveDate) -> Option<Fault> {
    (!valid_on(valid_from, valid_to, day)).then(|| {
        let message = Phrase::made(
            format!("the province does not exist on {day}"),
            format!("tỉnh, thành phố này không tồn tại vào ngày {day}"),
        );
        Fault::new("/province_id", "not_valid_then", message)
    })
}

/// Checks that `parent_id` exists and that the campaign `id` is none of its ancestors; `parents` has every campaign
/// with what it belongs to.
pub fn check_parent(id: Uuid, parent_id: Uuid, parents: &HashMap<Uuid, Option<Uuid>>) -> Result<(), Refusal> {
    if !parents.contains_key(&parent_id) {
        let message = Phrase::new("no such campaign", "không có phong trào này");
        return Err(Refusal::fault("/parent_id", "unknown_reference", message));
    }
    let mut above = Some(parent_id);
    // No way up is longer than there are campaigns.
    for _ in 0..=parents.len() {
        match above {
            None => return Ok(()),
            Some(one) if one == id => break,
            Some(one) => above = parents.get(&one).copied().flatten(),
        }
    }
    let message = Phrase::new("a campaign cannot belong to itself", "phong trào không thể thuộc về chính nó");
    Err(Refusal::fault("/parent_id", "ring", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn codes(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
    }

    #[test]
    fn days_make_sense() {
        #[rustfmt::skip]
        let cases: [(&str, &str, Option<&str>, &[&str]); 6] = [
            ("2022-05-18", "2021-01-01", Some("2025-12-31"), &[]),
            ("2022-05-18", "2021-01-01", Some("2021-01-01"), &[]),
            ("2022-05-18", "2021-01-01", None,               &[]),
            ("2022-05-18", "2021-01-02", Some("2021-01-01"), &["/ends_on before_start"]),
            ("1944-12-31", "2021-01-01", None,               &["/launched_on out_of_range"]),
            ("2022-05-18", "2021-01-01", Some("2101-01-01"), &["/ends_on out_of_range"]),
        ];
        for (launched_on, starts_on, ends_on, expected) in cases {
            let period = Period { launched_on: day(launched_on), starts_on: day(starts_on), ends_on: ends_on.map(day) };
            assert_eq!(codes(&misdated(period)), expected, "{period:?}");
        }
    }

    #[test]
    fn the_launcher_is_named_and_nobody_else() {
        use Launcher::*;
        let id = Some(Uuid::from_u128(1));
        #[rustfmt::skip]
        let cases: [(Launcher, Option<Uuid>, Option<Uuid>, &[&str]); 6] = [
            (PrimeMinister, None, None, &[]),
            (Province,      id,   None, &[]),
            (Cluster,       None, id,   &[]),
            (PrimeMinister, id,   None, &["/province_id not_the_launcher"]),
            (Province,      None, id,   &["/province_id required", "/cluster_id not_the_launcher"]),
            (Cluster,       None, None, &["/cluster_id required"]),
        ];
        for (launched_by, province_id, cluster_id, expected) in cases {
            assert_eq!(codes(&misattributed(launched_by, province_id, cluster_id)), expected, "{launched_by:?}");
        }
    }

    #[test]
    fn nothing_belongs_to_itself() {
        let id = Uuid::from_u128;
        let parents = HashMap::from([(id(1), None), (id(2), Some(id(1))), (id(3), Some(id(2)))]);
        #[rustfmt::skip]
        let cases = [
            (4, 3, None),
            (3, 1, None),
            (1, 1, Some("/parent_id ring")),
            (1, 3, Some("/parent_id ring")),
            (2, 3, Some("/parent_id ring")),
            (1, 9, Some("/parent_id unknown_reference")),
        ];
        for (campaign, parent, expected) in cases {
            let found = match check_parent(id(campaign), id(parent), &parents) {
                Err(Refusal::Invalid(faults)) => codes(&faults).pop(),
                other => other.err().map(|other| format!("{other:?}")),
            };
            assert_eq!(found.as_deref(), expected, "{campaign} under {parent}");
        }
    }
}
