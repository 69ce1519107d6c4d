//! The ranking (xếp hạng) of a cycle.
//!
//! Fixed rules of practice: equal totals that no tie-breaker tells apart share a rank and leave a gap (1, 1, 3); an
//! excluded province is shown, unranked, and takes nobody's place. The chain of tie-breakers and the classes are settings
//! of the criteria.

mod classification;
mod rules;
#[cfg(test)]
mod tests;
mod ties;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use chrono::{DateTime, Utc};
use entity::decimal::Decimal;
use uuid::Uuid;

use super::{phrase::Phrase, refusal::Refusal, scoring::Adjustment};

pub use classification::{ClassBand, ClassMeasure, Classification};
pub use rules::{RankingRules, TieBreaker};
pub use ties::{TieStep, TieVotes};

/// A province to be ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub province_id: Uuid,
    /// Orders provinces with equal totals for display, the Vietnamese way; it decides no rank.
    pub sort_key: String,
    pub excluded_reason: Option<String>,
    pub submitted_at: Option<DateTime<Utc>>,
    /// What penalties and adjustments took; 0 or less.
    pub penalties: Decimal,
    pub sections: Vec<SectionPoints>,
    /// What is taken beside the sections.
    pub adjustments: Vec<Adjustment>,
}

/// What a province has in one section, bonus and penalty included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPoints {
    pub criterion_id: Uuid,
    pub code: String,
    pub name: String,
    pub max_points: Decimal,
    pub points: Decimal,
}

/// A province at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub province_id: Uuid,
    /// Where it is shown: 1, 2, 3, ….
    pub position: i32,
    /// Its rank; an excluded province has none.
    pub place: Option<i32>,
    /// The sum of its sections and adjustments, to the last digit.
    pub total: Decimal,
    /// The class of the total, in Vietnamese and English; an excluded province has none.
    pub class: Option<(String, Option<String>)>,
    /// How a tie was broken, or that it was not.
    pub tie_breaks: Vec<TieStep>,
    pub excluded_reason: Option<String>,
    pub sections: Vec<SectionPoints>,
    pub adjustments: Vec<Adjustment>,
}

/// Ranks by total, highest first, equal totals by the chain of tie-breakers. The excluded stand at the end in the order
/// of their names: an order by points would look like a rank. `of` is what a class in percent
/// refers to, `ballots` are those that were held between provinces that shared a rank.
pub fn rank(
    entries: Vec<Entry>,
    rules: &RankingRules,
    of: Decimal,
    ballots: &[TieVotes],
) -> Result<Vec<Placed>, Refusal> {
    let mut seen = HashSet::new();
    if !entries.iter().all(|entry| seen.insert(entry.province_id)) {
        return Err(Refusal::Conflict(Phrase::new(
            "a province is ranked once in a cycle",
            "mỗi tỉnh chỉ được xếp hạng một lần trong năm thi đua",
        )));
    }
    let mut by_total: BTreeMap<Reverse<Decimal>, Vec<Entry>> = BTreeMap::new();
    let mut excluded = vec![];
    for entry in entries {
        let taken = entry.adjustments.iter().map(Adjustment::points);
        let total = Decimal::sum(entry.sections.iter().map(|section| section.points).chain(taken))?;
        if entry.excluded_reason.is_some() {
            excluded.push((entry, total));
        } else {
            by_total.entry(Reverse(total)).or_default().push(entry);
        }
    }
    excluded.sort_by(|(one, _), (other, _)| shown_before(one, other));

    let mut placed = vec![];
    for (Reverse(total), tied) in by_total {
        for mut group in ties::settle(tied, &rules.tie_breakers, ballots) {
            group.sort_by(|(one, _), (other, _)| shown_before(one, other));
            // One more than the provinces before it: 1, 1, 3.
            let place = next_position(&placed);
            for (entry, tie_breaks) in group {
                let class = rules.class(total, of).map(|(vi, en)| (vi.to_owned(), en.map(str::to_owned)));
                let at =
                    Placed { place: Some(place), class, tie_breaks, ..entry.unplaced(next_position(&placed), total) };
                placed.push(at);
            }
        }
    }
    for (entry, total) in excluded {
        placed.push(entry.unplaced(next_position(&placed), total));
    }
    Ok(placed)
}

fn next_position(placed: &[Placed]) -> i32 {
    i32::try_from(placed.len()).unwrap_or(i32::MAX).saturating_add(1)
}

fn shown_before(one: &Entry, other: &Entry) -> std::cmp::Ordering {
    (&one.sort_key, one.province_id).cmp(&(&other.sort_key, other.province_id))
}

impl Entry {
    fn unplaced(self, position: i32, total: Decimal) -> Placed {
        let Self { province_id, sort_key: _, excluded_reason, submitted_at: _, penalties: _, sections, adjustments } =
            self;
        Placed {
            province_id,
            position,
            place: None,
            total,
            class: None,
            tie_breaks: vec![],
            excluded_reason,
            sections,
            adjustments,
        }
    }
}
