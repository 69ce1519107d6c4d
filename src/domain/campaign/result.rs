//! The result of a campaign that has criteria of its own: points of each province, and its place.
//!
//! Practice: a campaign may have criteria beside those of the year. Places as in a ranking: equal totals share one and leave a
//! gap (1, 1, 3).

use std::collections::HashSet;

use entity::decimal::{Decimal, NotDecimal};
use uuid::Uuid;

use crate::domain::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Subject},
};

/// A criterion of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignCriterion {
    pub code: String,
    pub max_points: Decimal,
}

/// What is wrong with the criteria of a campaign.
pub fn misdefined(criteria: &[CampaignCriterion]) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let judged = criteria.iter().enumerate().filter_map(|(index, criterion)| {
        if !seen.insert(&criterion.code) {
            let message = Phrase::new("the code is given twice", "mã bị trùng");
            return Some(Fault::new(format!("/criteria/{index}/code"), "duplicate", message));
        }
        (criterion.max_points <= Decimal::ZERO).then(|| {
            let message = Phrase::new("must be more than 0", "phải lớn hơn 0");
            Fault::new(format!("/criteria/{index}/max_points"), "out_of_range", message)
        })
    });
    judged.collect()
}

/// What is wrong with the marks of a province: each names a criterion, once, with points from 0 to its maximum.
pub fn mismarked(criteria: &[CampaignCriterion], marks: &[(String, Decimal)]) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let judged = marks.iter().enumerate().filter_map(|(index, (code, points))| {
        let Some(criterion) = criteria.iter().find(|criterion| criterion.code == *code) else {
            let message = Phrase::new("the campaign has no such criterion", "phong trào không có tiêu chí này");
            return Some(Fault::new(format!("/marks/{index}/code"), "unknown_reference", message));
        };
        if !seen.insert(code) {
            let message = Phrase::new("the criterion is marked twice", "tiêu chí bị chấm hai lần");
            return Some(Fault::new(format!("/marks/{index}/code"), "duplicate", message));
        }
        (points.is_negative() || *points > criterion.max_points).then(|| {
            let most = criterion.max_points;
            let message = Phrase::made(format!("from 0 to {most}"), format!("từ 0 đến {most}"));
            Fault::new(format!("/marks/{index}/points"), "out_of_range", message)
        })
    });
    judged.collect()
}

/// A province that takes part, with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub participation_id: Uuid,
    pub province: String,
    pub marks: Vec<Decimal>,
}

/// What stands in the way of a final review: with criteria, every province is marked on each of them.
pub fn unmarked(criteria: usize, participants: &[Marked]) -> Vec<Blocker> {
    let missing = |one: &&Marked| one.marks.len() < criteria;
    let told = |one: &Marked| Blocker {
        code: "marks_missing",
        message: Phrase::made(
            format!("{} is not marked on every criterion", one.province),
            format!("{} chưa được chấm đủ các tiêu chí", one.province),
        ),
        subject: Subject::one("campaign_participation", one.participation_id),
    };
    participants.iter().filter(missing).map(told).collect()
}

/// The total of each province, and its place: `None` for whom nothing was marked yet.
pub fn places(participants: &[Marked]) -> Result<Vec<(Option<i32>, Decimal)>, NotDecimal> {
    let totals: Vec<Option<Decimal>> = participants
        .iter()
        .map(|one| (!one.marks.is_empty()).then(|| Decimal::sum(one.marks.iter().copied())).transpose())
        .collect::<Result<_, _>>()?;
    let ahead = |total: Decimal| totals.iter().flatten().filter(|other| **other > total).count();
    let place = |total: Option<Decimal>| total.and_then(|total| i32::try_from(ahead(total) + 1).ok());
    Ok(totals.iter().map(|total| (place(*total), total.unwrap_or_default())).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn criterion(code: &str, most: i32) -> CampaignCriterion {
        CampaignCriterion { code: code.into(), max_points: Decimal::whole(most) }
    }

    fn codes(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
    }

    fn marked(points: &[i32]) -> Marked {
        let marks = points.iter().map(|points| Decimal::whole(*points)).collect();
        Marked { participation_id: Uuid::nil(), province: "Yên Bái".into(), marks }
    }

    #[test]
    fn criteria_have_codes_of_their_own_and_points() {
        assert_eq!(codes(&misdefined(&[criterion("A", 60), criterion("B", 40)])), [""; 0]);
        let wrong = [criterion("A", 60), criterion("A", 40), criterion("C", 0)];
        assert_eq!(codes(&misdefined(&wrong)), ["/criteria/1/code duplicate", "/criteria/2/max_points out_of_range"]);
    }

    #[test]
    fn marks_keep_to_the_criteria() {
        let criteria = [criterion("A", 60), criterion("B", 40)];
        let mark = |code: &str, points| (code.to_owned(), Decimal::whole(points));
        let judge = |marks: &[(String, Decimal)]| codes(&mismarked(&criteria, marks));
        assert_eq!(judge(&[mark("A", 0), mark("B", 40)]), [""; 0]);
        assert_eq!(judge(&[mark("C", 1)]), ["/marks/0/code unknown_reference"]);
        assert_eq!(judge(&[mark("A", 1), mark("A", 2)]), ["/marks/1/code duplicate"]);
        assert_eq!(
            judge(&[mark("A", 61), mark("B", -1)]),
            ["/marks/0/points out_of_range", "/marks/1/points out_of_range"]
        );
    }

    #[test]
    fn equal_totals_share_a_place_and_leave_a_gap() {
        let all = [marked(&[50, 40]), marked(&[60, 30]), marked(&[10]), marked(&[])];
        let places: Vec<_> = places(&all).unwrap().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [Some(1), Some(1), Some(3), None]);
        assert_eq!(unmarked(2, &all).len(), 2);
        assert_eq!(unmarked(0, &all), []);
    }

    proptest! {
        #[test]
        fn more_points_never_stand_behind(points in prop::collection::vec(0..100_i32, 1..20)) {
            let all: Vec<Marked> = points.iter().map(|one| marked(&[*one])).collect();
            let places = places(&all).unwrap();
            for (one, (place, _)) in points.iter().zip(&places) {
                for (other, (behind, _)) in points.iter().zip(&places) {
                    prop_assert_eq!(one.cmp(other), behind.cmp(place));
                }
            }
        }
    }
}
