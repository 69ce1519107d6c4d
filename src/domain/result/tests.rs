//! The way from the sheets to a result, its proof, and what if.

use chrono::{TimeDelta, TimeZone};
use entity::vocab::Method;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{ALGORITHM, Change, Inputs, NotProven, Outcome, Proof, Province, apply, compute, verify};
use crate::domain::{
    criteria::example::{id, node},
    ranking::{RankingRules, TieBreaker},
    refusal::Refusal,
    scoring::{Adjustment, Line, ScoringRules, Stages},
};
use chrono::Utc;
use entity::decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A hundred points in two sections: 11 is relative to the leader (50, target 8), 21 expert (50); 22 is a bonus and 23 a
/// penalty. Ties go to section 1, then to fewer penalties.
fn inputs(provinces: Vec<Province>) -> Inputs {
    use Method::*;
    let rules: RankingRules = serde_json::from_value(json!({
        "tie_breakers": [{ "by": "section_points", "section": "1" }, { "by": "fewer_penalties" }],
        "classification": { "bands": [{ "name": "xuất sắc", "from": 90.5 }, { "name": "hoàn thành", "to": 90.5 }] },
    }))
    .unwrap();
    Inputs {
        cycle_id: id(1000),
        criteria_set_id: id(1001),
        criteria_number: 2,
        total_points: Decimal::whole(100),
        rules,
        scoring: ScoringRules::default(),
        criteria: vec![
            node(1, None, Some("50"), None),
            node(
                11,
                Some(1),
                Some("50"),
                Some((LeaderRelative, json!({ "direction": "higher_is_better", "target": 8 }))),
            ),
            node(2, None, Some("50"), None),
            node(21, Some(2), Some("50"), Some((Expert, json!({})))),
            node(22, Some(2), None, Some((Bonus, json!({ "points_each": 2.5 })))),
            node(23, Some(2), None, Some((Penalty, json!({ "points_each": 2.5 })))),
        ],
        provinces,
        ballots: vec![],
    }
}

fn province(number: u128, growth: &str, expert: &str, [bonus, penalty]: [&str; 2]) -> Province {
    let line = |code: u128| Line::blank(id(code));
    let appraised = |points: &str| Stages { appraised: Some(decimal(points)), ..Stages::default() };
    Province {
        id: id(number),
        name: format!("Tỉnh {number}"),
        sort_key: number.to_string(),
        excluded_reason: None,
        submitted_at: Utc.with_ymd_and_hms(2024, 1, 15, 9, 30, 0).single(),
        came: None,
        lines: vec![
            Line { attained: Some(decimal(growth)), appraised_attained: Some(decimal(growth)), ..line(11) },
            Line { points: appraised(expert), ..line(21) },
            Line { points: appraised(bonus), ..line(22) },
            Line { points: appraised(penalty), ..line(23) },
        ],
    }
}

/// A point a day of lateness, at most 3; half of what is claimed too much beyond 2 points.
fn strict() -> ScoringRules {
    serde_json::from_value(json!({
        "lateness": { "per": "started_day", "points": 1, "cap": 3 },
        "wrong_self_score": { "tolerance": 2, "share": 0.5 },
    }))
    .unwrap()
}

fn excluded(province: Province) -> Province {
    Province { excluded_reason: Some("không nộp báo cáo".into()), ..province }
}

fn year() -> Inputs {
    inputs(vec![
        province(1, "10", "40", ["2.5", "0"]),
        province(2, "9", "45", ["0", "-2.5"]),
        province(3, "4", "50", ["0", "0"]),
        excluded(province(4, "99", "50", ["0", "0"])),
    ])
}

fn shown(outcome: &Outcome) -> Vec<(u128, Option<i32>, String, Option<String>)> {
    let one = |one: &crate::domain::ranking::Placed| {
        (one.province_id.as_u128(), one.place, one.total.to_string(), one.class.clone().map(|(vi, _)| vi))
    };
    outcome.placed.iter().map(one).collect()
}

/// By hand, from the rule of `leader_relative`: the best is 10 (99 is excluded), so 10 → 50, 9 → 25 + 25 × 1 ÷ 2 = 37.5,
/// 4 → 25 × 4 ÷ 8 = 12.5.
#[test]
fn the_result_follows_from_the_sheets() {
    let row = |id, place, total: &str, class: Option<&str>| (id, place, total.to_owned(), class.map(str::to_owned));
    assert_eq!(
        shown(&compute(&year()).unwrap()),
        [
            row(1, Some(1), "92.5", Some("xuất sắc")),
            row(2, Some(2), "80", Some("hoàn thành")),
            row(3, Some(3), "62.5", Some("hoàn thành")),
            row(4, None, "100", None),
        ]
    );
}

#[test]
fn a_bonus_without_a_cap_goes_beyond_the_total() {
    let outcome = compute(&inputs(vec![province(1, "10", "47", ["10", "0"])])).unwrap();
    assert_eq!(outcome.placed[0].total, Decimal::whole(107), "97 + 10");
}

#[test]
fn a_corrected_line_stands() {
    let mut year = year();
    year.provinces[1].lines[0].points.finalized = Some(Decimal::whole(50));
    let found = compute(&year).unwrap().placed;
    assert_eq!((found[0].total, found[0].province_id, found[0].place), (decimal("92.5"), id(1), Some(1)));
    assert_eq!((found[1].total, found[1].place), (decimal("92.5"), Some(2)), "the tie went to fewer penalties");
    let steps: Vec<_> = found[1].tie_breaks.iter().map(|step| (step.value.as_deref(), step.separated)).collect();
    assert_eq!(steps, [(Some("50"), false), (Some("-2.5"), true)]);
}

#[test]
fn an_open_line_stops_the_result_of_those_who_compete() {
    let mut year = year();
    year.provinces[3].lines.clear();
    assert_eq!(compute(&year).unwrap().placed[3].total, Decimal::ZERO, "an excluded province is shown without points");
    year.provinces[0].lines.remove(1);
    let Err(Refusal::Blocked(blockers)) = compute(&year) else { panic!() };
    assert_eq!(blockers[0].subject.id, Some(id(21)));
}

#[test]
fn a_proof_holds_and_every_change_of_it_is_found() {
    let year = year();
    let proof = Proof::of(&year, &compute(&year).unwrap()).unwrap();
    let content: Value = serde_json::from_str(&proof.content).unwrap();
    assert_eq!(verify(&content, &proof.sha256), Ok(()));
    assert_eq!(
        serde_json::to_string(&content).unwrap(),
        proof.content,
        "the canonical form has sorted members and no white space"
    );

    let with = |pointer: &str, value: Value| {
        let mut changed = content.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    let hashed = |content: &Value| {
        let NotProven::OtherHash { computed } = verify(content, &proof.sha256).unwrap_err() else { panic!() };
        computed
    };
    let line = "/inputs/provinces/0/lines/1/appraised_points";
    let forged = with(line, json!("41"));
    let why = verify(&forged, &hashed(&forged)).unwrap_err();
    let NotProven::OtherResult(pointers) = why else { panic!("{why:?}") };
    assert_eq!(pointers, ["/result/0/lines/1/points", "/result/0/sections/1/points", "/result/0/total"]);
    let unknown = with("/algorithm", json!(ALGORITHM + 1));
    assert_eq!(verify(&unknown, &hashed(&unknown)), Err(NotProven::UnknownAlgorithm(ALGORITHM + 1)));
    // The first algorithm knew no such words, so no proof of it has them.
    let backdated = |pointer: &str, word: &str, value: Value| {
        let mut changed = with("/algorithm", json!(1));
        changed.pointer_mut(pointer).unwrap()[word] = value;
        verify(&changed, &hashed(&changed))
    };
    let told = |word: &str| Err(NotProven::Unreadable(format!("{word} is no word of algorithm 1")));
    assert_eq!(backdated("/inputs/provinces/0/lines/1", "second_points", json!("41")), told("second_points"));
    assert_eq!(backdated("/inputs", "scoring_rules", json!({})), told("scoring_rules"));
    let came = json!(["2024-01-05T17:00:00Z", "2024-01-05T17:00:00Z"]);
    assert_eq!(backdated("/inputs/provinces/0", "came", came), told("came"));
    assert_eq!(backdated("/result/0", "adjustments", json!([{}])), told("adjustments"));
    let open = with(line, Value::Null);
    assert!(matches!(verify(&open, &hashed(&open)), Err(NotProven::NoResult(_))));
    let wrong = with("/inputs/provinces/0/lines", json!(7));
    assert!(matches!(verify(&wrong, &hashed(&wrong)), Err(NotProven::Unreadable(_))));
}

#[test]
fn what_if_is_told_all_its_mistakes() {
    let change = |change: Change| apply(year(), &[change], |index| format!("/changes/{index}"));
    let fault = |found: Result<Inputs, Refusal>| match found {
        Err(Refusal::Invalid(faults)) => format!("{} {}", faults[0].pointer, faults[0].code),
        other => panic!("{other:?}"),
    };
    let (leaf, nowhere) = (id(21), id(404));
    let points =
        |province_id, criterion_id, points: &str| Change::Points { province_id, criterion_id, points: decimal(points) };
    assert_eq!(fault(change(points(id(1), leaf, "50.0001"))), "/changes/0/points above_maximum");
    assert_eq!(fault(change(points(id(1), id(2), "1"))), "/changes/0/criterion_id unknown_criterion");
    assert_eq!(fault(change(points(nowhere, leaf, "1"))), "/changes/0/province_id unknown_reference");
    let weight = |criterion_id, max: &str| Change::Weight { criterion_id, max_points: decimal(max) };
    assert_eq!(fault(change(weight(leaf, "0"))), "/changes/0/max_points not_positive");
    assert_eq!(fault(change(weight(id(22), "5"))), "/changes/0/max_points no_weight");
    assert_eq!(fault(change(Change::Exclude { province_id: nowhere })), "/changes/0/province_id unknown_reference");
}

#[test]
fn what_if_changes_what_it_says_and_nothing_else() {
    let after = |change: Change| shown(&compute(&apply(year(), &[change], |_| String::new()).unwrap()).unwrap());
    let totals = |found: Vec<(u128, Option<i32>, String, Option<String>)>| {
        found.into_iter().map(|(id, place, total, _)| (id, place, total)).collect::<Vec<_>>()
    };
    let row = |id, place, total: &str| (id, place, total.to_owned());
    assert_eq!(
        totals(after(Change::Points { province_id: id(3), criterion_id: id(11), points: Decimal::whole(43) })),
        [row(3, Some(1), "93"), row(1, Some(2), "92.5"), row(2, Some(3), "80"), row(4, None, "100")]
    );
    assert_eq!(
        totals(after(Change::Exclude { province_id: id(1) })),
        // The best is now 9: 50 + 42.5.
        [row(2, Some(1), "92.5"), row(3, Some(2), "62.5"), row(1, None, "92.5"), row(4, None, "100")]
    );
    assert_eq!(totals(after(Change::Readmit { province_id: id(4) }))[0], row(4, Some(1), "100"));
    assert_eq!(
        totals(after(Change::Weight { criterion_id: id(21), max_points: Decimal::whole(25) })),
        [row(1, Some(1), "72.5"), row(2, Some(2), "57.5"), row(3, Some(3), "37.5"), row(4, None, "75")]
    );
}

#[test]
fn sheets_that_are_not_final_count_as_far_as_they_are() {
    let mut year = year();
    year.provinces[0].lines[0].appraised_attained = None;
    year.provinces[1].lines[1].points = Stages { self_scored: Some(Decimal::whole(44)), ..Stages::default() };
    year.provinces[2].lines.remove(1);
    let (provisional, open) = year.provisional().unwrap();
    let found: Vec<_> =
        shown(&compute(&provisional).unwrap()).into_iter().map(|(id, _, total, _)| (id, total)).collect();
    assert_eq!(open, 1);
    assert_eq!(found, [(1, "92.5".to_owned()), (2, "79".into()), (3, "12.5".into()), (4, "100".into())]);
}

fn any_year() -> impl Strategy<Value = (Inputs, Vec<usize>)> {
    let line = (-20..200_i64, 0..100_i64, 0..3_i64, 0..3_i64, prop::bool::weighted(0.2));
    let line = (line, 0..5_i64, 0..60_i64);
    prop::collection::vec(line, 1..8)
        .prop_map(|lines| {
            let provinces =
                (1_u128..).zip(lines).map(|(number, ((growth, expert, bonus, penalty, out), days, claimed))| {
                    let tenths = |number: i64| Decimal::from_scaled(number * 1_000).unwrap().to_string();
                    let halves = |number: i64| Decimal::from_scaled(number * 5_000).unwrap().to_string();
                    let mut one =
                        province(number, &tenths(growth), &halves(expert), [&halves(bonus * 5), &halves(-penalty * 5)]);
                    let due = Utc.with_ymd_and_hms(2024, 1, 10, 17, 0, 0).unwrap();
                    one.came = Some((due + TimeDelta::days(days), due));
                    one.lines[1].points.self_scored = Some(decimal(&halves(claimed)));
                    if out { excluded(one) } else { one }
                });
            Inputs { scoring: strict(), ..inputs(provinces.collect()) }
        })
        .prop_flat_map(|year| {
            let order: Vec<usize> = (0..year.provinces.len()).collect();
            (Just(year), Just(order).prop_shuffle())
        })
}

proptest! {
    #[test]
    fn the_order_of_provinces_lines_and_criteria_changes_nothing((year, order) in any_year()) {
        let mut shuffled = year.clone();
        shuffled.provinces = order.iter().map(|index| year.provinces[*index].clone()).collect();
        shuffled.provinces.iter_mut().for_each(|province| province.lines.reverse());
        shuffled.criteria.reverse();
        let (one, other) = (compute(&year).unwrap(), compute(&shuffled).unwrap());
        prop_assert_eq!(&one.placed, &other.placed);
        let (one, other) = (Proof::of(&year, &one).unwrap(), Proof::of(&shuffled, &other).unwrap());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_total_is_the_sum_of_its_parts_and_nobody_outranks_more_points((year, _) in any_year()) {
        let outcome = compute(&year).unwrap();
        for one in &outcome.placed {
            // An excluded province has none where nobody who competes sets a best.
            let lines = outcome.lines.get(&one.province_id).into_iter().flatten().map(|(_, points)| *points);
            let taken = || one.adjustments.iter().map(Adjustment::points);
            prop_assert_eq!(Decimal::sum(lines.chain(taken())), Ok(one.total));
            let sections = one.sections.iter().map(|section| section.points);
            prop_assert_eq!(Decimal::sum(sections.chain(taken())), Ok(one.total));
            for other in outcome.placed.iter().filter(|other| other.place.is_some() && one.place.is_some()) {
                prop_assert!(one.total >= other.total || one.place > other.place);
            }
        }
    }

    #[test]
    fn a_preview_of_no_change_is_the_result((year, _) in any_year()) {
        let (provisional, open) = year.clone().provisional().unwrap();
        prop_assert_eq!(open, 0);
        let previewed = compute(&apply(provisional, &[], |_| String::new()).unwrap()).unwrap();
        prop_assert_eq!(previewed.placed, compute(&year).unwrap().placed);
    }

    #[test]
    fn every_result_can_be_verified((year, _) in any_year()) {
        let proof = Proof::of(&year, &compute(&year).unwrap()).unwrap();
        prop_assert_eq!(verify(&serde_json::from_str(&proof.content).unwrap(), &proof.sha256), Ok(()));
    }
}

/// Late by two days and 20 points too sure of itself, the first of two falls behind.
#[test]
fn what_is_taken_beside_the_lines_changes_the_rank() {
    let mut first = province(1, "10", "45", ["0", "0"]);
    let due = Utc.with_ymd_and_hms(2024, 1, 10, 17, 0, 0).unwrap();
    first.came = Some((due + TimeDelta::hours(30), due));
    first.lines[1].points.self_scored = Some(decimal("50"));
    let mut year = Inputs { scoring: strict(), ..inputs(vec![first, province(2, "10", "43", ["0", "0"])]) };
    let outcome = compute(&year).unwrap();
    let shown: Vec<_> = outcome.placed.iter().map(|one| (one.province_id, one.place, one.total)).collect();
    // 50 + 45 − 2 − (5 − 2) ÷ 2 = 91.5, and 50 + 43.
    assert_eq!(shown, [(id(2), Some(1), decimal("93")), (id(1), Some(2), decimal("91.5"))]);
    let taken: Vec<_> = outcome.placed[1].adjustments.iter().map(|one| one.points().to_string()).collect();
    assert_eq!(taken, ["-2", "-1.5"]);
    year.provinces[0].came = Some((due, due));
    assert_eq!(compute(&year).unwrap().placed[0].province_id, id(1), "in time it leads");
}

/// Three alike in everything: a ballot between all of them puts them in order, one between two of them does not.
fn tied_by(votes: &[(u128, u32)]) -> Inputs {
    let alike = |number| province(number, "10", "45", ["0", "0"]);
    let tie_breakers = vec![TieBreaker::SectionPoints { section: "1".into() }, TieBreaker::Ballot {}];
    Inputs {
        rules: RankingRules { tie_breakers, classification: None },
        ballots: vec![votes.iter().map(|(number, votes)| (id(*number), *votes)).collect()],
        ..inputs(vec![alike(1), alike(2), alike(3)])
    }
}

#[test]
fn a_ballot_between_all_that_share_a_rank_ends_the_tie() {
    let places = |votes: &[(u128, u32)]| {
        let placed = compute(&tied_by(votes)).unwrap().placed;
        placed.iter().map(|one| (one.province_id.as_u128(), one.place.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(places(&[(1, 0), (2, 4), (3, 1)]), [(2, 1), (3, 2), (1, 3)]);
    assert_eq!(
        places(&[(1, 1), (2, 4), (3, 1)]),
        [(2, 1), (1, 2), (3, 2)],
        "who has as many votes still shares a rank"
    );
    assert_eq!(places(&[(1, 0), (2, 4)]), [(1, 1), (2, 1), (3, 1)], "held between others");
    let proof = Proof::of(&tied_by(&[(1, 0), (2, 4), (3, 1)]), &compute(&tied_by(&[(1, 0), (2, 4), (3, 1)])).unwrap());
    let proof = proof.unwrap();
    assert!(proof.content.contains("\"ballots\":[{"), "{}", proof.content);
    assert_eq!(verify(&serde_json::from_str(&proof.content).unwrap(), &proof.sha256), Ok(()));
}

/// One proof of each version of the computation, kept for ever: it must hold whatever the rules become.
#[test]
fn proofs_of_old_versions_still_hold() {
    let kept =
        [include_str!("proof/kept/1.json"), include_str!("proof/kept/2.json"), include_str!("proof/kept/3.json")];
    for (version, kept) in (1..).zip(kept) {
        let kept: Value = serde_json::from_str(kept).unwrap();
        assert_eq!(kept["content"]["algorithm"], version);
        assert_eq!(verify(&kept["content"], kept["sha256"].as_str().unwrap()), Ok(()), "version {version}");
    }
}
