//! Ties, broken by an ordered chain; every step is kept.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, SecondsFormat, Utc};
use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entry, TieBreaker};

/// A step of the chain that was tried on a tie
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TieStep {
    pub tie_breaker: TieBreaker,
    /// The other provinces with which it was tied at this step
    pub with: Vec<Uuid>,
    /// What this province had: points, or the time of submission; null where it never submitted
    #[schema(required = true, example = "571.5")]
    pub value: Option<String>,
    /// Whether the step told it apart from all the others
    pub separated: bool,
}

/// What a province has under one tie-breaker; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Points(Reverse<Decimal>),
    At(DateTime<Utc>),
    Never,
}

impl Standing {
    fn of(entry: &Entry, breaker: &TieBreaker) -> Self {
        match breaker {
            TieBreaker::SectionPoints { section } => {
                let found = entry.sections.iter().find(|one| one.code == *section);
                Self::Points(Reverse(found.map(|one| one.points).unwrap_or_default()))
            }
            TieBreaker::FewerPenalties {} => Self::Points(Reverse(entry.penalties)),
            TieBreaker::EarlierSubmission {} => entry.submitted_at.map_or(Self::Never, Self::At),
        }
    }

    fn say(self) -> Option<String> {
        match self {
            Self::Points(Reverse(points)) => Some(points.to_string()),
            Self::At(time) => Some(time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Never => None,
        }
    }
}

/// Provinces with equal totals, told apart as far as the chain goes: groups in rank order, whoever shares a group shares
/// a rank.
pub(super) fn settle(tied: Vec<Entry>, chain: &[TieBreaker]) -> Vec<Vec<(Entry, Vec<TieStep>)>> {
    let mut groups = vec![tied.into_iter().map(|entry| (entry, vec![])).collect::<Vec<_>>()];
    for breaker in chain {
        groups = groups.into_iter().flat_map(|group| split(group, breaker)).collect();
    }
    groups
}

fn split(group: Vec<(Entry, Vec<TieStep>)>, breaker: &TieBreaker) -> Vec<Vec<(Entry, Vec<TieStep>)>> {
    if group.len() < 2 {
        return vec![group];
    }
    let mut all: Vec<Uuid> = group.iter().map(|(entry, _)| entry.province_id).collect();
    all.sort_unstable();
    let mut parts: BTreeMap<Standing, Vec<(Entry, Vec<TieStep>)>> = BTreeMap::new();
    for (entry, mut steps) in group {
        let standing = Standing::of(&entry, breaker);
        steps.push(TieStep {
            tie_breaker: breaker.clone(),
            with: all.iter().copied().filter(|id| *id != entry.province_id).collect(),
            value: standing.say(),
            separated: true,
        });
        parts.entry(standing).or_default().push((entry, steps));
    }
    for part in parts.values_mut().filter(|part| part.len() > 1) {
        part.iter_mut().filter_map(|(_, steps)| steps.last_mut()).for_each(|step| step.separated = false);
    }
    parts.into_values().collect()
}
