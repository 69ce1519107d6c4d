//! How long a ranking takes: 34 provinces, 120 leaves of every kind, from figures to ranks, classes and the proof.
//!
//! `cargo bench --bench ranking` prints the median and the slowest of the pure computation, of its proof, and of the
//! verification, in microseconds.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use entity::{decimal::Decimal, vocab::Method};
use serde_json::json;
use thidua::domain::{
    criteria::{Node, Rule},
    ranking::RankingRules,
    result::{Inputs, Proof, Province, compute, verify},
    scoring::{Line, Stages},
};
use uuid::Uuid;

const PROVINCES: u128 = 34;
const SECTIONS: u128 = 3;
const LEAVES: u128 = 40;
const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs = inputs()?;
    let outcome = compute(&inputs).map_err(|refusal| format!("{refusal:?}"))?;
    let proof = Proof::of(&inputs, &outcome)?;
    let content = serde_json::from_str(&proof.content)?;
    println!("{PROVINCES} provinces x {} leaves, {ROUNDS} rounds", SECTIONS * LEAVES);
    measure("computation", || drop(black_box(compute(black_box(&inputs)))));
    measure("proof", || drop(black_box(Proof::of(black_box(&inputs), &outcome))));
    measure("verification", || drop(black_box(verify(black_box(&content), &proof.sha256))));
    println!("proof: {} bytes", proof.content.len());
    Ok(())
}

fn measure(what: &str, mut work: impl FnMut()) {
    work();
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).or(times.last()).map_or(0, Duration::as_micros);
    println!("{what}: p50 {} µs, p99 {} µs", at(50), at(99));
}

fn inputs() -> Result<Inputs, Box<dyn std::error::Error>> {
    let higher = json!({ "direction": "higher_is_better", "target": 100 });
    let methods = [
        (Method::Expert, json!({})),
        (Method::Proportional, higher.clone()),
        (Method::LeaderRelative, higher),
        (Method::PerItem, json!({ "points_each": 0.5 })),
    ];
    let mut criteria = vec![];
    for section in 1..=SECTIONS {
        criteria.push(node(section, None, None)?);
        for (leaf, (method, parameters)) in (1..=LEAVES).zip(methods.iter().cycle()) {
            let rule = Rule::from_parts(*method, Some(parameters), "").map_err(|refusal| format!("{refusal:?}"))?;
            criteria.push(node(section * 1_000 + leaf, Some(section), Some(rule))?);
        }
    }
    let rules: RankingRules = serde_json::from_value(json!({
        "tie_breakers": [{ "by": "section_points", "section": "1" }, { "by": "fewer_penalties" }],
        "classification": { "bands": [{ "name": "xuất sắc", "from": 90 }, { "name": "hoàn thành", "to": 90 }] },
    }))?;
    let provinces = (1..=PROVINCES).map(|number| province(number, &criteria)).collect::<Result<_, _>>()?;
    Ok(Inputs {
        cycle_id: Uuid::from_u128(1 << 64),
        criteria_set_id: Uuid::from_u128(2 << 64),
        criteria_number: 1,
        total_points: Decimal::whole(1_200),
        rules,
        scoring: thidua::domain::scoring::ScoringRules::default(),
        criteria,
        provinces,
        ballots: vec![],
    })
}

fn node(number: u128, parent: Option<u128>, rule: Option<Rule>) -> Result<Node, Box<dyn std::error::Error>> {
    Ok(Node {
        id: Uuid::from_u128(number),
        parent: parent.map(Uuid::from_u128),
        position: i32::try_from(number)?,
        code: number.to_string(),
        name: format!("Tiêu chí {number}"),
        max_points: rule.is_some().then_some(Decimal::whole(10)),
        rule,
        evidence_required: false,
    })
}

fn province(number: u128, criteria: &[Node]) -> Result<Province, Box<dyn std::error::Error>> {
    let mut lines = vec![];
    for (at, node) in (0_u128..).zip(criteria).filter(|(_, node)| node.rule.is_some()) {
        let deed = i32::try_from((number * 7 + at * 3) % 40)?;
        let relative = matches!(node.rule, Some(Rule::LeaderRelative(_)));
        let attained = relative.then(|| Decimal::whole(80 + deed));
        let appraised = (!relative).then_some(Decimal::whole(deed % 11));
        lines.push(Line {
            attained,
            appraised_attained: attained,
            points: Stages { appraised, ..Stages::default() },
            ..Line::blank(node.id)
        });
    }
    Ok(Province {
        id: Uuid::from_u128(number << 80),
        name: format!("Tỉnh {number}"),
        sort_key: format!("{number:02}"),
        excluded_reason: None,
        submitted_at: None,
        came: None,
        lines,
    })
}
