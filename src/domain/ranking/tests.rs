//! Ranks, ties and classes.

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
        submitted_at: None,
        penalties: Decimal::ZERO,
        sections: (1..).zip(points).map(section).collect(),
        adjustments: vec![],
    }
}

fn hundred() -> Decimal {
    Decimal::whole(100)
}

fn plain(entries: Vec<Entry>) -> Result<Vec<Placed>, Refusal> {
    rank(entries, &RankingRules::default(), hundred(), &[])
}

/// Section 1, then section 3, then fewer penalties, then who was first.
fn chain() -> RankingRules {
    let section = |code: &str| TieBreaker::SectionPoints { section: code.into() };
    let tie_breakers =
        vec![section("1"), section("3"), TieBreaker::FewerPenalties {}, TieBreaker::EarlierSubmission {}];
    RankingRules { tie_breakers, classification: None }
}

fn shown(entries: Vec<Entry>) -> Vec<(u128, i32, Option<i32>, String)> {
    let line = |p: Placed| (p.province_id.as_u128(), p.position, p.place, p.total.to_string());
    plain(entries).unwrap().into_iter().map(line).collect()
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
    assert_eq!(plain(Vec::new()), Ok(Vec::new()));
    assert_eq!(shown(vec![entry(1, "a", &[1], true)]), [(1, 1, None, "0.0001".to_owned())]);
}

#[test]
fn a_province_twice_and_a_sum_beyond_all_numbers_are_refused() {
    assert!(matches!(plain(vec![entry(1, "a", &[1], false), entry(1, "a", &[2], true)]), Err(Refusal::Conflict(_))));
    let most = Decimal::MAX.scaled();
    assert!(matches!(plain(vec![entry(1, "a", &[most, 1], false)]), Err(Refusal::Invalid(_))));
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

/// Five provinces with 10 points each, told apart one by one as the chain goes on; the last two never are.
#[test]
fn a_tie_is_broken_step_by_step_and_every_step_is_kept() {
    let at = |hour: u32| chrono::TimeZone::with_ymd_and_hms(&Utc, 2024, 1, 15, hour, 0, 0).single();
    let tied = |province: u128, points: &[i64], penalties: i64, hour: u32| Entry {
        penalties: Decimal::from_scaled(penalties).unwrap(),
        submitted_at: at(hour),
        ..entry(province, &province.to_string(), points, false)
    };
    let entries = vec![
        tied(1, &[60_000, 20_000, 20_000], -10_000, 8),
        tied(2, &[60_000, 20_000, 20_000], -10_000, 8),
        tied(3, &[60_000, 20_000, 20_000], -10_000, 7),
        tied(4, &[60_000, 20_000, 20_000], 0, 9),
        tied(5, &[60_000, 10_000, 30_000], -20_000, 9),
        tied(6, &[70_000, 10_000, 20_000], -30_000, 9),
    ];
    let placed = rank(entries, &chain(), hundred(), &[]).unwrap();
    let told = |one: &Placed| {
        let steps: Vec<_> =
            one.tie_breaks.iter().map(|step| (step.value.clone().unwrap(), step.with.len(), step.separated)).collect();
        (one.province_id.as_u128(), one.place.unwrap(), steps)
    };
    let step = |value: &str, with: usize, separated: bool| (value.to_owned(), with, separated);
    let found: Vec<_> = placed.iter().map(told).collect();
    assert_eq!(found[0], (6, 1, vec![step("7", 5, true)]));
    assert_eq!(found[1], (5, 2, vec![step("6", 5, false), step("3", 4, true)]));
    assert_eq!(found[2], (4, 3, vec![step("6", 5, false), step("2", 4, false), step("0", 3, true)]));
    assert_eq!(found[3].1, 4);
    assert_eq!(found[3].2[3], step("2024-01-15T07:00:00Z", 2, true));
    assert_eq!((found[4].1, found[5].1), (5, 5), "what nothing tells apart shares a rank");
    assert_eq!(found[5].2[3], step("2024-01-15T08:00:00Z", 2, false));
}

#[test]
fn a_class_goes_with_every_ranked_total() {
    let rules: RankingRules = serde_json::from_value(serde_json::json!({ "classification": { "bands": [
        { "name": "xuất sắc", "name_en": "excellent", "from": 90 }, { "name": "hoàn thành", "to": 90 },
    ]}}))
    .unwrap();
    let entries =
        vec![entry(1, "a", &[900_000], false), entry(2, "b", &[899_999], false), entry(3, "c", &[999_999], true)];
    let classes: Vec<_> = rank(entries, &rules, hundred(), &[]).unwrap().into_iter().map(|one| one.class).collect();
    assert_eq!(classes, [Some(("xuất sắc".into(), Some("excellent".into()))), Some(("hoàn thành".into(), None)), None]);
}

#[test]
fn rules_that_name_nothing_are_told() {
    let twice = RankingRules { tie_breakers: [chain().tie_breakers, chain().tie_breakers].concat(), ..chain() };
    let found: Vec<_> = twice.faults("/ranking_rules").into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    assert_eq!(found.len(), 4);
    assert_eq!(found[0], ("/ranking_rules/tie_breakers/4".to_owned(), "duplicate"));
    let blockers = chain().blockers(&["1", "2"]);
    assert_eq!(blockers.iter().map(|blocker| blocker.code).collect::<Vec<_>>(), ["tie_breaker_without_section"]);
}

proptest! {
    #[test]
    fn the_order_of_the_provinces_changes_nothing((entries, shuffled) in entries()) {
        prop_assert_eq!(rank(entries, &chain(), hundred(), &[]), rank(shuffled, &chain(), hundred(), &[]));
    }

    #[test]
    fn the_totals_alone_decide((entries, _) in entries()) {
        let placed = plain(entries.clone()).unwrap();
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
    fn tie_breakers_never_lift_anybody_over_more_points((entries, _) in entries()) {
        let placed = rank(entries.clone(), &chain(), hundred(), &[]).unwrap();
        let without: std::collections::HashMap<_, _> =
            plain(entries).unwrap().into_iter().map(|one| (one.province_id, one.place)).collect();
        for one in &placed {
            prop_assert!(one.place >= without[&one.province_id], "a chain only splits what shared a rank");
            for other in &placed {
                prop_assert!(!(one.place.is_some() && other.place.is_some()) || one.total <= other.total || one.place < other.place);
            }
        }
    }

    #[test]
    fn an_excluded_province_takes_nobodys_place((entries, _) in entries()) {
        let ranked = |entries: Vec<Entry>| {
            let placed = plain(entries).unwrap().into_iter().filter(|province| province.place.is_some());
            placed.map(|province| (province.province_id, province.position, province.place)).collect::<Vec<_>>()
        };
        let without = entries.iter().filter(|entry| entry.excluded_reason.is_none()).cloned().collect();
        prop_assert_eq!(ranked(entries), ranked(without));
    }
}
