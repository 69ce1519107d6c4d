//! Where a province came from: whom it followed, through which event, over as many steps as there are.
//!
//! A merger has several predecessors, a split several successors; a predecessor that is reached on two ways is one
//! predecessor all the same. What it was given it was given before it ended, so that the event that ended it is the one
//! through which its awards came.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

/// One province followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The first day of the successor.
    pub on: NaiveDate,
    pub event_id: Uuid,
    pub predecessor_id: Uuid,
    pub successor_id: Uuid,
}

/// A province that another one followed, at once or over several steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ancestor {
    pub province_id: Uuid,
    /// The event that ended it, and the first day after.
    pub event_id: Uuid,
    pub on: NaiveDate,
    /// Who followed it then, as far as the way leads there; in the order of their ids.
    pub into: Vec<Uuid>,
}

/// All whom a province followed, each once, in the order of their ids whatever the order of the links.
pub fn ancestors(province_id: Uuid, links: &[Link]) -> Vec<Ancestor> {
    let pairs = links.iter().map(|link| (link.successor_id, link.predecessor_id));
    let family = reached(province_id, &pairs.collect::<Vec<_>>());
    let mut found: BTreeMap<Uuid, BTreeSet<Link>> = BTreeMap::new();
    for link in links.iter().filter(|link| family.contains(&link.successor_id) && link.predecessor_id != province_id) {
        found.entry(link.predecessor_id).or_default().insert(*link);
    }
    let ancestor = |(id, links): (Uuid, BTreeSet<Link>)| {
        let Link { on, event_id, .. } = *links.first()?;
        let into = links.iter().filter(|link| link.event_id == event_id).map(|link| link.successor_id);
        Some(Ancestor { province_id: id, event_id, on, into: into.collect::<BTreeSet<_>>().into_iter().collect() })
    };
    found.into_iter().filter_map(ancestor).collect()
}

/// Everything that is reached from `start` along the pairs, `start` included.
pub fn reached(start: Uuid, pairs: &[(Uuid, Uuid)]) -> BTreeSet<Uuid> {
    let mut reached = BTreeSet::from([start]);
    let mut waiting = vec![start];
    while let Some(here) = waiting.pop() {
        for (from, to) in pairs {
            if *from == here && reached.insert(*to) {
                waiting.push(*to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    /// Event and year, predecessor, successor.
    fn links(table: &[(i32, u128, u128)]) -> Vec<Link> {
        let link = |&(year, predecessor, successor): &(i32, u128, u128)| Link {
            on: NaiveDate::from_ymd_opt(year, 7, 1).unwrap(),
            event_id: id(u128::from(year.unsigned_abs())),
            predecessor_id: id(predecessor),
            successor_id: id(successor),
        };
        table.iter().map(link).collect()
    }

    fn told(province: u128, table: &[(i32, u128, u128)]) -> Vec<String> {
        let ancestors = ancestors(id(province), &links(table));
        let line = |one: &Ancestor| {
            let into: Vec<_> = one.into.iter().map(|id| id.as_u128().to_string()).collect();
            format!("{} in {} into {}", one.province_id.as_u128(), one.event_id.as_u128(), into.join(" and "))
        };
        ancestors.iter().map(line).collect()
    }

    #[test]
    fn whom_a_province_followed() {
        let merger = [(2025, 1, 9), (2025, 2, 9)];
        let chain = [(2008, 1, 2), (2025, 2, 3)];
        let split = [(2004, 1, 2), (2004, 1, 3)];
        // Split and put together again: two ways lead back to one predecessor.
        let diamond = [(2004, 1, 2), (2004, 1, 3), (2025, 2, 9), (2025, 3, 9), (2025, 4, 9)];
        let half = [(2004, 1, 2), (2004, 1, 3), (2025, 2, 9), (2025, 4, 9)];
        #[rustfmt::skip]
        let cases: [(u128, &[_], &[&str]); 10] = [
            (9, &merger,             &["1 in 2025 into 9", "2 in 2025 into 9"]),
            (1, &merger,             &[]),
            (7, &merger,             &[]),
            (3, &chain,              &["1 in 2008 into 2", "2 in 2025 into 3"]),
            (2, &chain,              &["1 in 2008 into 2"]),
            (2, &split,              &["1 in 2004 into 2"]),
            (3, &split,              &["1 in 2004 into 3"]),
            (9, &diamond,            &["1 in 2004 into 2 and 3", "2 in 2025 into 9", "3 in 2025 into 9", "4 in 2025 into 9"]),
            (9, &half,               &["1 in 2004 into 2", "2 in 2025 into 9", "4 in 2025 into 9"]),
            // Nobody enters such a thing; it is walked to its end all the same.
            (1, &[(2004, 1, 2), (2025, 2, 1)], &["2 in 2025 into 1"]),
        ];
        for (province, table, expected) in cases {
            assert_eq!(told(province, table), expected, "{province} of {table:?}");
        }
    }

    proptest! {
        #[test]
        fn each_ancestor_is_found_once_whatever_the_order(
            table in prop::collection::vec((2000_i32..2030, 0_u128..8, 0_u128..8), 0..20),
            turn in 0_usize..20,
        ) {
            let found = told(0, &table);
            let mut turned = table.clone();
            turned.rotate_left(turn % table.len().max(1));
            prop_assert_eq!(&told(0, &turned), &found);
            turned.extend(table.iter().copied());
            prop_assert_eq!(&told(0, &turned), &found, "a link that is told twice");

            let links = links(&table);
            let ancestors = ancestors(id(0), &links);
            let ids: Vec<_> = ancestors.iter().map(|one| one.province_id).collect();
            prop_assert!(ids.windows(2).all(|pair| pair[0] < pair[1]) && !ids.contains(&id(0)));
            for one in &ancestors {
                prop_assert!(!one.into.is_empty());
                for successor in &one.into {
                    prop_assert!(*successor == id(0) || ids.contains(successor), "every step leads on");
                }
            }
            let parents = links.iter().filter(|link| link.successor_id == id(0) && link.predecessor_id != id(0));
            for link in parents {
                prop_assert!(ids.contains(&link.predecessor_id), "nobody is forgotten");
            }
        }
    }
}
