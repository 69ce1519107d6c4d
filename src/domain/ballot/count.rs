//! Counting: turnout, quorum, threshold and outcome, with the arithmetic.

use entity::{decimal::Decimal, vocab::BallotOutcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BallotRules, ThresholdBase, Vote, rules::share};
use crate::domain::phrase::{Language, Phrase};

/// The count of a closed ballot
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// How many might vote
    #[schema(minimum = 0, example = 7)]
    pub electorate: u32,
    /// How many took part, by post included
    #[schema(minimum = 0, example = 7)]
    pub took_part: u32,
    /// How many of them by post
    #[schema(minimum = 0, example = 1)]
    pub by_post: u32,
    /// How many had to take part
    #[schema(minimum = 0, example = 5)]
    pub quorum: u32,
    /// Votes for a nomination; 0 where candidates stood
    #[schema(minimum = 0, example = 6)]
    pub yes: u32,
    /// Votes against it
    #[schema(minimum = 0, example = 1)]
    pub no: u32,
    #[schema(minimum = 0, example = 0)]
    pub abstained: u32,
    /// The votes of each candidate, most first; none where the question was yes or no
    pub candidates: Vec<CandidateVotes>,
    /// What the threshold is a percentage of
    #[schema(minimum = 0, example = 7)]
    pub base: u32,
    /// How many votes it took
    #[schema(minimum = 0, example = 6)]
    pub threshold: u32,
    pub outcome: BallotOutcome,
    /// The candidate who won
    #[schema(required = true)]
    pub elected_id: Option<Uuid>,
}

/// How many voted for a candidate
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CandidateVotes {
    pub province_id: Uuid,
    #[schema(minimum = 0, example = 6)]
    pub votes: u32,
}

/// Counts. `candidates` stand in the order of the paper; without any the question is yes or no. At least as many as quorum
/// and threshold say must take part and vote for it; a share of a vote is rounded up. Of candidates the one with the
/// most votes wins; if several have them, nobody does.
pub fn count(rules: &BallotRules, electorate: u32, by_post: u32, candidates: Option<&[Uuid]>, votes: &[Vote]) -> Tally {
    let number = |wanted: &dyn Fn(&Vote) -> bool| {
        u32::try_from(votes.iter().filter(|vote| wanted(vote)).count()).unwrap_or(u32::MAX)
    };
    let took_part = number(&|_| true);
    let (yes, no) = (number(&|vote| *vote == Vote::Yes), number(&|vote| *vote == Vote::No));
    let mut standing: Vec<CandidateVotes> = candidates
        .unwrap_or_default()
        .iter()
        .map(|id| CandidateVotes { province_id: *id, votes: number(&|vote| *vote == Vote::For(*id)) })
        .collect();
    // Stable: equal ones stay in the order of the paper.
    standing.sort_by_key(|one| std::cmp::Reverse(one.votes));
    let quorum = share(rules.quorum_percent, electorate);
    let base = match rules.threshold_base {
        ThresholdBase::All => electorate,
        ThresholdBase::Present => took_part,
    };
    // Where nobody took part there is nobody to be carried by.
    let threshold = share(rules.threshold_percent, base).max(1);
    let most = standing.first().map_or(yes, |first| first.votes);
    let tied = most > 0 && standing.get(1).is_some_and(|second| second.votes == most);
    let outcome = if took_part < quorum {
        BallotOutcome::NoQuorum
    } else if tied {
        BallotOutcome::Tied
    } else if most >= threshold {
        BallotOutcome::Carried
    } else {
        BallotOutcome::NotCarried
    };
    let winner = standing.first().map(|first| first.province_id);
    Tally {
        electorate,
        took_part,
        by_post,
        quorum,
        yes,
        no,
        abstained: number(&|vote| *vote == Vote::Abstain),
        candidates: standing,
        base,
        threshold,
        outcome,
        elected_id: winner.filter(|_| outcome == BallotOutcome::Carried),
    }
}

impl Tally {
    /// Those who share the most votes in a tie: between them a second ballot decides.
    pub fn tied(&self) -> Vec<Uuid> {
        let most = self.candidates.first().map_or(0, |first| first.votes);
        let leaders = self.candidates.iter().filter(|one| one.votes == most);
        if self.outcome == BallotOutcome::Tied { leaders.map(|one| one.province_id).collect() } else { vec![] }
    }

    /// The arithmetic in words and numbers.
    pub fn how(&self, rules: &BallotRules) -> Phrase {
        let Self { electorate, took_part, quorum, base, threshold, yes, .. } = self;
        let votes = self.candidates.first().map_or(*yes, |first| first.votes);
        let (percent, least) = (rules.threshold_percent, rules.quorum_percent);
        let vi = |number: Decimal| Language::Vi.number(number);
        let (base_en, base_vi) = match rules.threshold_base {
            ThresholdBase::All => ("all who may vote", "tổng số đại biểu"),
            ThresholdBase::Present => ("those who took part", "số đại biểu tham gia bỏ phiếu"),
        };
        let (end_en, end_vi) = match self.outcome {
            BallotOutcome::NoQuorum => ("too few took part", "không đủ số đại biểu tham gia"),
            BallotOutcome::Tied => ("several have the most votes", "nhiều ứng viên cùng có số phiếu cao nhất"),
            BallotOutcome::Carried => ("carried", "đạt"),
            BallotOutcome::NotCarried => ("not carried", "không đạt"),
        };
        Phrase::made(
            format!(
                "{took_part} of {electorate} took part, {quorum} needed ({least} %); {votes} voted for it, {threshold} \
                 needed ({percent} % of {base}, {base_en}): {end_en}"
            ),
            format!(
                "{took_part}/{electorate} đại biểu bỏ phiếu, cần ít nhất {quorum} ({} %); {votes} phiếu thuận, cần ít nhất \
                 {threshold} ({} % của {base}, {base_vi}): {end_vi}",
                vi(least),
                vi(percent),
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(quorum: &str, threshold: &str, threshold_base: ThresholdBase) -> BallotRules {
        BallotRules {
            secret: true,
            quorum_percent: quorum.parse().unwrap(),
            threshold_percent: threshold.parse().unwrap(),
            threshold_base,
            postal: true,
            own_province_votes: false,
        }
    }

    fn papers(yes: usize, no: usize, abstained: usize) -> Vec<Vote> {
        [vec![Vote::Yes; yes], vec![Vote::No; no], vec![Vote::Abstain; abstained]].concat()
    }

    /// By hand: 80 % of 7 are 5.6, so 6; 90 % of 10 are 9; two thirds of 7 are 4.6669, so 5.
    #[test]
    fn examples_by_hand() {
        use BallotOutcome::{Carried, NoQuorum, NotCarried};
        use ThresholdBase::{All, Present};
        #[rustfmt::skip]
        let cases = [
            // quorum   threshold base    of  yes no abst  quorum threshold outcome
            ("66.67", "80",     All,     7,  6,  1, 0,    5,     6,        Carried),
            ("66.67", "80",     All,     7,  5,  0, 0,    5,     6,        NotCarried),
            ("66.67", "80",     Present, 7,  4,  1, 0,    5,     4,        Carried),
            ("66.67", "80",     Present, 7,  4,  0, 1,    5,     4,        Carried),
            ("66.67", "80",     Present, 7,  4,  0, 0,    5,     4,        NoQuorum),
            ("0",     "90",     All,     10, 9,  1, 0,    0,     9,        Carried),
            ("0",     "90.0001", All,    10, 9,  1, 0,    0,     10,       NotCarried),
            ("100",   "100",    All,     3,  3,  0, 0,    3,     3,        Carried),
            ("0",     "50",     Present, 7,  0,  0, 0,    0,     1,        NotCarried),
            ("0",     "0.0001", All,     7,  1,  6, 0,    0,     1,        Carried),
        ];
        for (quorum, threshold, base, electorate, yes, no, abstained, needed, votes, outcome) in cases {
            let tally = count(&rules(quorum, threshold, base), electorate, 0, None, &papers(yes, no, abstained));
            let told = (tally.quorum, tally.threshold, tally.outcome);
            assert_eq!(told, (needed, votes, outcome), "{quorum} {threshold} {base:?} {yes} {no} {abstained}");
        }
    }

    #[test]
    fn of_candidates_the_one_with_the_most_votes_wins() {
        let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
        let rules = rules("50", "50", ThresholdBase::Present);
        let hold = |votes: &[Vote]| count(&rules, 7, 1, Some(&[one, two, three]), votes);
        let won =
            hold(&[Vote::For(two), Vote::For(two), Vote::For(two), Vote::For(one), Vote::Abstain, Vote::For(two)]);
        assert_eq!((won.outcome, won.elected_id), (BallotOutcome::Carried, Some(two)));
        let order: Vec<_> = won.candidates.iter().map(|one| (one.province_id, one.votes)).collect();
        assert_eq!(order, [(two, 4), (one, 1), (three, 0)]);
        assert_eq!(
            won.how(&rules).say(Language::En),
            "6 of 7 took part, 4 needed (50 %); 4 voted for it, 3 needed (50 % of 6, those who took part): carried"
        );
        let tied = hold(&[Vote::For(three), Vote::For(three), Vote::For(one), Vote::For(one)]);
        assert_eq!((tied.outcome, tied.elected_id, tied.tied()), (BallotOutcome::Tied, None, vec![one, three]));
        let scattered = hold(&[Vote::For(three), Vote::Abstain, Vote::Abstain, Vote::Abstain]);
        assert_eq!((scattered.outcome, scattered.tied()), (BallotOutcome::NotCarried, vec![]));
        let nobody = hold(&papers(0, 0, 5));
        assert_eq!(nobody.outcome, BallotOutcome::NotCarried);
    }

    proptest! {
        #[test]
        fn every_vote_counts_once(
            yes in 0..40_usize, no in 0..40_usize, abstained in 0..40_usize, more in 0..40_u32,
            quorum in 0..=1_000_000_i64, threshold in 1..=1_000_000_i64, present in any::<bool>(),
        ) {
            let base = if present { ThresholdBase::Present } else { ThresholdBase::All };
            let rules = BallotRules {
                quorum_percent: Decimal::from_scaled(quorum).unwrap(),
                threshold_percent: Decimal::from_scaled(threshold).unwrap(),
                ..rules("0", "1", base)
            };
            let votes = papers(yes, no, abstained);
            let took_part = u32::try_from(votes.len()).unwrap();
            let tally = count(&rules, took_part + more, 0, None, &votes);
            prop_assert_eq!(tally.yes + tally.no + tally.abstained, tally.took_part);
            // Enough is as many as the percentage says, and one less is not: exactly, without rounding.
            let enough = |votes: u32, percent: i64, base: u32| i64::from(votes) * 1_000_000 >= percent * i64::from(base);
            prop_assert!(enough(tally.quorum, quorum, tally.electorate));
            prop_assert!(tally.quorum == 0 || !enough(tally.quorum - 1, quorum, tally.electorate));
            let carried = took_part >= tally.quorum && tally.yes > 0 && enough(tally.yes, threshold, tally.base);
            prop_assert_eq!(tally.outcome == BallotOutcome::Carried, carried);
            // One more yes instead of an abstention never loses what was carried.
            if carried && abstained > 0 {
                prop_assert_eq!(count(&rules, took_part + more, 0, None, &papers(yes + 1, no, abstained - 1)).outcome, BallotOutcome::Carried);
            }
        }

        #[test]
        fn who_stands_first_on_the_paper_gains_nothing(votes in prop::collection::vec(0..3_u128, 0..15)) {
            let ids = [0, 1, 2].map(Uuid::from_u128);
            let votes: Vec<_> = votes.into_iter().map(|one| Vote::For(Uuid::from_u128(one))).collect();
            let rules = rules("0", "1", ThresholdBase::All);
            let forth = count(&rules, 15, 0, Some(&ids), &votes);
            let back = count(&rules, 15, 0, Some(&[ids[2], ids[1], ids[0]]), &votes);
            prop_assert_eq!((forth.outcome, forth.elected_id), (back.outcome, back.elected_id));
        }
    }
}
