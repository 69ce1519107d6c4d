//! The ranking (xếp hạng) of a cycle.
//!
//! Fixed rules of practice: equal totals share a rank and leave a gap (1, 1, 3); an excluded province is shown,
//! unranked, and takes nobody's place.

use std::{cmp::Reverse, collections::HashSet};

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{phrase::Phrase, refusal::Refusal, scoring::Sheet};

/// A province to be ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub province_id: Uuid,
    /// Orders provinces with equal totals for display, the Vietnamese way; it decides no rank.
    pub sort_key: String,
    pub excluded_reason: Option<String>,
    pub sections: Vec<SectionPoints>,
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
    /// The sum of its sections, to the last digit.
    pub total: Decimal,
    pub excluded_reason: Option<String>,
    pub sections: Vec<SectionPoints>,
}

/// The final points of a sheet by section. Refused while a line has none.
pub fn sections(sheet: &Sheet) -> Result<Vec<SectionPoints>, Refusal> {
    sheet.require_final()?;
    Ok(sheet
        .sections
        .iter()
        .map(|sum| SectionPoints {
            criterion_id: sum.section.id,
            code: sum.section.code.clone(),
            name: sum.section.name.clone(),
            max_points: sum.section.max_points,
            points: sum.sums.finalized.points,
        })
        .collect())
}

/// Ranks by total, highest first. The excluded stand at the end in the order of their names: an order by points would
/// look like a rank.
pub fn rank(entries: Vec<Entry>) -> Result<Vec<Placed>, Refusal> {
    let mut seen = HashSet::new();
    if !entries.iter().all(|entry| seen.insert(entry.province_id)) {
        return Err(Refusal::Conflict(Phrase::new(
            "a province is ranked once in a cycle",
            "mỗi tỉnh chỉ được xếp hạng một lần trong năm thi đua",
        )));
    }
    let mut totalled = Vec::with_capacity(entries.len());
    for entry in entries {
        totalled.push((Decimal::sum(entry.sections.iter().map(|section| section.points))?, entry));
    }
    totalled.sort_by_cached_key(|(total, entry)| {
        let ranked = entry.excluded_reason.is_none().then_some(*total);
        (entry.excluded_reason.is_some(), Reverse(ranked), entry.sort_key.clone(), entry.province_id)
    });

    let mut placed = Vec::with_capacity(totalled.len());
    let mut last: Option<(Decimal, i32)> = None;
    for (position, (total, entry)) in (1_i32..).zip(totalled) {
        let place = entry.excluded_reason.is_none().then(|| match last {
            Some((same, place)) if same == total => place,
            // The excluded come last, so every position before this one is a ranked province.
            Some(_) | None => position,
        });
        last = place.map(|place| (total, place));
        let Entry { province_id, sort_key: _, excluded_reason, sections } = entry;
        placed.push(Placed { province_id, position, place, total, excluded_reason, sections });
    }
    Ok(placed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(province: u128, name: &str, points: &[i64], excluded: bool) -> Entry {
        let section = |(id, points): (u128, &i64)| SectionPoints {
            criterion_id: Uuid::from_u128(id),
            code: id.to_string(),
            name: format!("Mục {id}"),
            max_points: Decimal::whole(600),
            points: Decimal::from_scaled(*points).unwrap(),
        };
        Entry {
            province_id: Uuid::from_u128(province),
            sort_key: name.into(),
            excluded_reason: excluded.then(|| "không nộp báo cáo tổng kết".to_owned()),
            sections: (1..).zip(points).map(section).collect(),
        }
    }

    fn shown(entries: Vec<Entry>) -> Vec<(u128, i32, Option<i32>, String)> {
        let line = |p: Placed| (p.province_id.as_u128(), p.position, p.place, p.total.to_string());
        rank(entries).unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn equal_totals_share_a_rank_and_leave_a_gap() {
        let ranking = shown(vec![
            entry(1, "bac giang", &[8_000_000, 1_500_000], false),
            entry(2, "yen bai", &[9_000_000, 500_000], false),
            entry(3, "phu tho", &[9_499_999, 0], false),
            entry(4, "hoa binh", &[9_900_000, 100_000], true),
            entry(5, "bac kan", &[], true),
            entry(6, "tuyen quang", &[-10_000, 0], false),
        ]);
        assert_eq!(
            ranking,
            [
                (1, 1, Some(1), "950".to_owned()),
                (2, 2, Some(1), "950".into()),
                (3, 3, Some(3), "949.9999".into()),
                (6, 4, Some(4), "-1".into()),
                (5, 5, None, "0".into()),
                (4, 6, None, "1000".into()),
            ]
        );
    }

    #[test]
    fn nothing_to_rank_is_an_empty_ranking() {
        assert_eq!(rank(Vec::new()), Ok(Vec::new()));
        assert_eq!(shown(vec![entry(1, "a", &[1], true)]), [(1, 1, None, "0.0001".to_owned())]);
    }

    #[test]
    fn a_province_twice_and_a_sum_beyond_all_numbers_are_refused() {
        assert!(matches!(rank(vec![entry(1, "a", &[1], false), entry(1, "a", &[2], true)]), Err(Refusal::Conflict(_))));
        let most = Decimal::MAX.scaled();
        assert!(matches!(rank(vec![entry(1, "a", &[most, 1], false)]), Err(Refusal::Invalid(_))));
    }

    fn entries() -> impl Strategy<Value = (Vec<Entry>, Vec<Entry>)> {
        // Few different points, so that ties are common.
        prop::collection::vec((prop::collection::vec(-2..3_i64, 3), prop::bool::weighted(0.2), 0..3_u8), 0..20)
            .prop_map(|provinces| {
                (0..)
                    .zip(provinces)
                    .map(|(id, (points, excluded, name))| entry(id, &name.to_string(), &points, excluded))
                    .collect::<Vec<_>>()
            })
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle()))
    }

    proptest! {
        #[test]
        fn the_order_of_the_provinces_changes_nothing((entries, shuffled) in entries()) {
            prop_assert_eq!(rank(entries), rank(shuffled));
        }

        #[test]
        fn the_totals_alone_decide((entries, _) in entries()) {
            let placed = rank(entries.clone()).unwrap();
            prop_assert_eq!(placed.len(), entries.len());
            for (position, province) in (1..).zip(&placed) {
                prop_assert_eq!(province.position, position);
                let parts = province.sections.iter().map(|section| section.points);
                prop_assert_eq!(province.total, Decimal::sum(parts).unwrap());
                prop_assert_eq!(province.place.is_none(), province.excluded_reason.is_some());
                // One more than the number of ranked provinces with more points: 1, 1, 3.
                let better = placed.iter().filter(|other| other.place.is_some() && other.total > province.total);
                let expected = i32::try_from(better.count()).unwrap() + 1;
                prop_assert_eq!(province.place, province.excluded_reason.is_none().then_some(expected));
            }
        }

        #[test]
        fn an_excluded_province_takes_nobodys_place((entries, _) in entries()) {
            let ranked = |entries: Vec<Entry>| {
                let placed = rank(entries).unwrap().into_iter().filter(|province| province.place.is_some());
                placed.map(|province| (province.province_id, province.position, province.place)).collect::<Vec<_>>()
            };
            let without = entries.iter().filter(|entry| entry.excluded_reason.is_none()).cloned().collect();
            prop_assert_eq!(ranked(entries), ranked(without));
        }
    }
}
