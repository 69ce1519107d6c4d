//! Ties, broken by an ordered chain; every step is kept.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, SecondsFormat, Utc};
use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entry, TieBreaker};

/// The votes of a ballot between provinces that share a rank.
pub type TieVotes = BTreeMap<Uuid, u32>;

/// A step of the chain that was tried on a tie
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TieStep {
    pub tie_breaker: TieBreaker,
    /// The other provinces with which it was tied at this step
    pub with: Vec<Uuid>,
    /// What this province had: points, the time of submission, or votes; null where it never submitted, or no ballot was held
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
    Votes(Reverse<u32>),
    /// Nothing was submitted, or no ballot was held.
    Never,
}

impl Standing {
    fn of(entry: &Entry, breaker: &TieBreaker, votes: Option<&TieVotes>) -> Self {
        match breaker {
            TieBreaker::SectionPoints { section } => {
                let found = entry.sections.iter().find(|one| one.code == *section);
                Self::Points(Reverse(found.map(|one| one.points).unwrap_or_default()))
            }
            TieBreaker::FewerPenalties {} => Self::Points(Reverse(entry.penalties)),
            TieBreaker::EarlierSubmission {} => entry.submitted_at.map_or(Self::Never, Self::At),
            TieBreaker::Ballot {} => match votes {
                Some(votes) => Self::Votes(Reverse(votes.get(&entry.province_id).copied().unwrap_or_default())),
                None => Self::Never,
            },
        }
    }

    fn say(self) -> Option<String> {
        match self {
            Self::Points(Reverse(points)) => Some(points.to_string()),
            Self::At(time) => Some(time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Votes(Reverse(votes)) => Some(votes.to_string()),
            Self::Never => None,
        }
    }
}

/// Provinces with equal totals, told apart as far as the chain goes: groups in rank order, whoever shares a group shares
/// a rank.
pub(super) fn settle(tied: Vec<Entry>, chain: &[TieBreaker], ballots: &[TieVotes]) -> Vec<Vec<(Entry, Vec<TieStep>)>> {
    let mut groups = vec![tied.into_iter().map(|entry| (entry, vec![])).collect::<Vec<_>>()];
    for breaker in chain {
        groups = groups.into_iter().flat_map(|group| split(group, breaker, ballots)).collect();
    }
    groups
}

fn split(
    group: Vec<(Entry, Vec<TieStep>)>,
    breaker: &TieBreaker,
    ballots: &[TieVotes],
) -> Vec<Vec<(Entry, Vec<TieStep>)>> {
    if group.len() < 2 {
        return vec![group];
    }
    let mut all: Vec<Uuid> = group.iter().map(|(entry, _)| entry.province_id).collect();
    all.sort_unstable();
    // A ballot counts for the very provinces it was held between.
    let votes = ballots.iter().find(|votes| votes.keys().eq(&all));
    let mut parts: BTreeMap<Standing, Vec<(Entry, Vec<TieStep>)>> = BTreeMap::new();
    for (entry, mut steps) in group {
        let standing = Standing::of(&entry, breaker, votes);
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
