//! What a ranking that was made anew means for the nominations that rest on the former one.
//!
//! Fixed rule: published results never change silently. Open nominations are examined again and what changed is said;
//! decided awards stay as they are, until they are revoked.

use super::{
    award_rule::{Finding, Ranked},
    phrase::Phrase,
};

/// What the new ranking finds of a nomination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It rests on the same rank, and the rules propose it still.
    Stands,
    RankChanged {
        before: Option<i32>,
        now: i32,
    },
    Excluded,
    /// It keeps its rank, but no award rule of the cycle for its award proposes it any more.
    RuleNotMet(Finding),
}

/// `place` is the rank the nomination rests on, `now` its province in the new ranking, `found` what each rule for its
/// award finds of the province. Where the cycle has no rule for the award, the members' word is enough.
pub fn re_examine(place: Option<i32>, now: Option<&Ranked>, found: Vec<Finding>) -> Verdict {
    let Some(now) = now.and_then(|now| now.place) else { return Verdict::Excluded };
    if place != Some(now) {
        return Verdict::RankChanged { before: place, now };
    }
    let unmet = |finding: &Finding| !matches!(finding, Finding::Proposed | Finding::Nominated);
    if found.iter().all(unmet)
        && let Some(finding) = found.into_iter().next()
    {
        return Verdict::RuleNotMet(finding);
    }
    Verdict::Stands
}

impl Verdict {
    /// Whether it rests on the new ranking from now on.
    pub const fn moves_on(&self) -> bool {
        matches!(self, Self::Stands | Self::RuleNotMet(_))
    }

    /// Why, for people.
    pub fn how(&self) -> Phrase {
        match self {
            Self::Stands => Phrase::new("keeps the rank it rests on", "giữ nguyên thứ hạng làm căn cứ"),
            Self::RankChanged { before, now } => {
                let before = before.map_or_else(|| "–".to_owned(), |before| before.to_string());
                Phrase::made(
                    format!("the rank has changed from {before} to {now}"),
                    format!("thứ hạng đã thay đổi từ {before} thành {now}"),
                )
            }
            Self::Excluded => Phrase::new("is excluded from the ranking", "đã bị loại khỏi xếp hạng"),
            Self::RuleNotMet(finding) => finding.how(),
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::decimal::Decimal;
    use uuid::Uuid;

    use super::*;

    fn ranked(place: Option<i32>) -> Ranked {
        let total = Decimal::whole(900);
        Ranked { province_id: Uuid::nil(), place, total, classification: None, nominated: true, rewarded: false }
    }

    #[test]
    fn a_nomination_stands_falls_or_loses_its_rule() {
        let below = || Finding::TotalBelow { total: Decimal::whole(900), least: Decimal::whole(950) };
        #[rustfmt::skip]
        let cases: [(Option<i32>, Option<Option<i32>>, Vec<Finding>, bool, &str); 8] = [
            (Some(2), Some(Some(2)), vec![],                             true,  "keeps the rank it rests on"),
            (Some(2), Some(Some(2)), vec![Finding::Nominated],           true,  "keeps the rank it rests on"),
            (Some(2), Some(Some(2)), vec![below(), Finding::Proposed],   true,  "keeps the rank it rests on"),
            (Some(2), Some(Some(2)), vec![below()],                      true,  "has 900 points, and the rule asks for 950"),
            (Some(2), Some(Some(3)), vec![Finding::Nominated],           false, "the rank has changed from 2 to 3"),
            (None,    Some(Some(3)), vec![],                             false, "the rank has changed from – to 3"),
            (Some(2), Some(None),    vec![Finding::Excluded],            false, "is excluded from the ranking"),
            (Some(2), None,          vec![],                             false, "is excluded from the ranking"),
        ];
        for (place, now, found, moves_on, how) in cases {
            let verdict = re_examine(place, now.map(ranked).as_ref(), found);
            let said = verdict.how().say(crate::domain::phrase::Language::En).to_owned();
            assert_eq!((verdict.moves_on(), said.as_str()), (moves_on, how), "{place:?} {now:?}");
        }
    }
}
