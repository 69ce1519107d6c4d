//! Stories of due dates: late, too late, and longer for one province.

use entity::vocab::CycleState;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    appraisal::{Stage, line, stage},
    fixtures::{self, move_cycle, officer_of},
    nominations::why_not,
    pledges::{signature, year},
    results::{Year, shown},
    support::{Reply, auditor, secretary},
};

/// Midnight in Hà Nội, and two days later nothing is taken any more.
async fn due(stage: &Stage) {
    let dates = json!({ "due_dates": [{
        "stage": "self_scoring", "due_at": "2032-01-06T00:00:00+07:00", "hard_due_at": "2032-01-08T00:00:00+07:00",
    }]});
    let path = format!("/cycles/{}", stage.cycle_id);
    let told = stage.house.patch(stage.head(), &path, "*", dates.clone()).await.expect(200);
    assert_eq!(told.body["due_dates"], dates["due_dates"], "with the offset it was given in");
}

async fn fill(stage: &Stage) {
    let lines = [
        ("I.1", json!({ "attained": 29 })),
        ("I.2", json!({ "self_points": 18 })),
        ("II.1", json!({ "attained": 4, "target": 3 })),
        ("II.2", json!({ "attained": 2 })),
    ];
    let path = format!("{}/scores", stage.card());
    stage.house.put(stage.officer(), &path, "*", stage.lines(&lines)).await.expect(200);
}

async fn step(stage: &Stage, step: &str) -> Reply {
    let (who, body) = match step {
        "return" => (stage.appraiser, json!({ "reason": "Thiếu số liệu" })),
        _ => (stage.officer(), Value::Null),
    };
    stage.house.step(who, &format!("{}/{step}", stage.card()), "*", body).await
}

fn extension(stage: &Stage, province: Uuid, due: &str, hard: Option<&str>) -> Value {
    json!({
        "cycle_id": stage.cycle_id, "province_id": province, "stage": "self_scoring", "due_at": due,
        "hard_due_at": hard, "reason": "Bão số 3",
    })
}

#[actix_web::test]
async fn the_second_decides_around_midnight_in_ha_noi() {
    for (came, late) in [
        ("2032-01-05T23:59:59+07:00", Value::Null),
        ("2032-01-06T00:00:00+07:00", Value::Null),
        ("2032-01-06T00:00:01+07:00", json!(1)),
        ("2032-01-08T00:00:00+07:00", json!(172_800)),
    ] {
        let stage = stage().await;
        due(&stage).await;
        fill(&stage).await;
        stage.house.at(came);
        let card = step(&stage, "submit").await.expect(200);
        assert_eq!(card.body["late_by_seconds"], late, "{came}");
    }
}

#[actix_web::test]
async fn after_the_hard_date_only_an_extension_helps() {
    let stage = stage().await;
    due(&stage).await;
    fill(&stage).await;
    stage.house.at("2032-01-08T00:00:01+07:00");
    let card = stage.read().await;
    let told = "it was taken until 2032-01-08T00:00:00+07:00, and an extension was not granted";
    assert_eq!(why_not(&card, "submit"), told);
    assert_eq!(step(&stage, "submit").await.blockers(), ["deadline_passed"]);

    let own = stage.provinces[2];
    let path = "/due-date-extensions";
    let longer = extension(&stage, own, "2032-01-09T00:00:00+07:00", Some("2032-01-10T00:00:00+07:00"));
    stage.house.post(stage.officer(), path, longer.clone()).await.problem(403, "forbidden");
    let backwards = extension(&stage, own, "2032-01-09T00:00:00+07:00", Some("2032-01-08T23:59:59+07:00"));
    let refused = stage.house.post(stage.head(), path, backwards).await;
    assert_eq!(refused.problem(422, "invalid"), ["/hard_due_at before_due"]);
    for (soft, hard, expected) in [
        ("2032-01-05T23:59:59+07:00", None, "/due_at before_due"),
        ("2032-01-07T00:00:00+07:00", Some("2032-01-07T23:59:59+07:00"), "/hard_due_at before_due"),
    ] {
        let refused = stage.house.post(stage.head(), path, extension(&stage, own, soft, hard)).await;
        assert_eq!(refused.problem(422, "invalid"), [expected], "an extension never takes time away");
    }
    let mut elsewhere = longer.clone();
    elsewhere["stage"] = json!("explanation");
    let refused = stage.house.post(stage.head(), path, elsewhere).await;
    assert_eq!(refused.problem(422, "invalid"), ["/stage not_due"]);
    let foreign = extension(&stage, Uuid::nil(), "2032-01-09T00:00:00+07:00", None);
    let refused = stage.house.post(stage.head(), path, foreign).await;
    assert_eq!(refused.problem(422, "invalid"), ["/province_id unknown_reference"]);
    let mut silent = longer.clone();
    silent["reason"] = json!(" ");
    assert_eq!(stage.house.post(stage.head(), path, silent).await.problem(422, "invalid"), ["/reason blank"]);

    let granted = stage.house.post(stage.head(), path, longer.clone()).await.expect(201);
    assert_eq!(granted.body["due_at"], "2032-01-09T00:00:00+07:00");
    stage.house.post(secretary(), path, longer).await.problem(409, "conflict");
    let others = [(stage.officer(), 1), (stage.head(), 1), (officer_of(stage.provinces[1]), 0), (stage.appraiser, 0)];
    for (who, count) in others.into_iter().chain([(auditor(), 1)]) {
        let found = stage.house.get(who, &format!("{path}?stage=self_scoring&total=true")).await.expect(200);
        assert_eq!(found.body["page"]["total"], count, "{who:?}");
        let status = if count == 1 { 200 } else { 404 };
        assert_eq!(stage.house.get(who, &format!("{path}/{}", granted.id())).await.status, status, "{who:?}");
    }
    let card = step(&stage, "submit").await.expect(200);
    assert_eq!(card.body["late_by_seconds"], Value::Null, "in time by the extension");

    // What was granted can be taken back, and what comes again after a return is not late once more.
    step(&stage, "return").await.expect(200);
    stage.house.at("2032-02-20T00:00:00+07:00");
    let again = step(&stage, "submit").await.expect(200);
    assert_eq!(
        (again.text("/first_submitted_at"), again.text("/submitted_at")),
        ("2032-01-07T17:00:01Z".into(), "2032-02-19T17:00:00Z".into())
    );
    let item = format!("{path}/{}", granted.id());
    stage.house.delete(stage.officer(), &item, "*").await.problem(403, "forbidden");
    stage.house.delete(stage.head(), &item, "*").await.expect(204);
    assert_eq!(stage.read().await.body["late_by_seconds"], 172_801);
}

#[actix_web::test]
async fn a_pledge_is_signed_late_and_then_no_more() {
    let year = year(CycleState::Draft).await;
    let dates = json!({ "due_dates": [{
        "stage": "pledge", "due_at": "2024-03-01T14:29:50+07:00", "hard_due_at": "2024-03-02T00:00:00+07:00",
    }]});
    year.house.patch(secretary(), &format!("/cycles/{}", year.cycle), "*", dates).await.expect(200);
    let (late, later) = (year.draft(year.deputy).await, year.draft(year.member).await);
    move_cycle(&year.house, year.cycle, CycleState::Launched).await;

    year.house.at("2024-03-02T00:00:00+07:00");
    let signed = year.step(officer_of(year.deputy), &late, "sign", signature()).await.expect(200);
    assert_eq!(signed.body["late_by_seconds"], 10);

    year.house.at("2024-03-02T00:00:01+07:00");
    let told = "it was taken until 2024-03-02T00:00:00+07:00, and an extension was not granted";
    let shown = year.read(officer_of(year.member), &later).await;
    assert_eq!((why_not(&shown, "sign"), &shown.body["late_by_seconds"]), (told.to_owned(), &Value::Null));
    let refused = year.step(officer_of(year.member), &later, "sign", signature()).await;
    assert_eq!(refused.blockers(), ["deadline_passed"]);
}

#[actix_web::test]
async fn a_hard_date_does_not_lie_before_the_soft_one() {
    let stage = stage().await;
    let dates = json!({ "due_dates": [{
        "stage": "self_scoring", "due_at": "2032-01-06T00:00:00+07:00", "hard_due_at": "2032-01-05T16:59:59Z",
    }]});
    let refused = stage.house.patch(stage.head(), &format!("/cycles/{}", stage.cycle_id), "*", dates).await;
    assert_eq!(refused.problem(422, "invalid"), ["/due_dates before_due"]);
}

#[actix_web::test]
async fn lateness_and_claiming_too_much_cost_what_the_criteria_say() {
    let year = Year::appraised().await;
    let [first, second, _] = year.provinces;
    let rules = json!({
        "lateness": { "per": "started_day", "points": 1, "cap": 5 },
        "wrong_self_score": { "tolerance": 1, "share": 0.5 },
    });
    fixtures::scoring_rules(&year.house, year.cycle_id, rules).await;
    // All came at the hour the house was opened; it was due two and a half days before.
    let came = year.house.get(secretary(), &format!("/scorecards/{}", year.cards[&first])).await.expect(200);
    let came: chrono::DateTime<chrono::Utc> = came.text("/first_submitted_at").parse().unwrap();
    let due = (came - chrono::TimeDelta::hours(60)).to_rfc3339();
    let dates = json!({ "due_dates": [{ "stage": "self_scoring", "due_at": due }] });
    year.house.patch(secretary(), &format!("/cycles/{}", year.cycle_id), "*", dates).await.expect(200);
    let longer = json!({
        "cycle_id": year.cycle_id, "province_id": second, "stage": "self_scoring", "due_at": came.to_rfc3339(),
        "reason": "Bão số 3",
    });
    year.house.post(secretary(), "/due-date-extensions", longer).await.expect(201);
    let lowered = [("I.2", json!({ "appraised_points": 27, "appraisal_reason": "Thiếu minh chứng" }))];
    year.write(year.appraiser, first, "appraisal", &lowered).await.expect(200);

    let told = year.house.get(secretary(), &format!("/scorecards/{}/breakdown", year.cards[&first])).await.expect(200);
    let taken: Vec<Value> =
        told.body["adjustments"].as_array().unwrap().iter().map(|one| one["points"].clone()).collect();
    // Three days have begun; (30 − 27 − 1) ÷ 2.
    assert_eq!(taken, [json!(-3), json!(-1)]);
    assert_eq!(told.text("/adjustments/1/how"), "3 points claimed too much: -1");
    assert_eq!((&told.body["adjustments"][0]["basis"]["days"], &told.body["ranked_total"]), (&json!(3), &Value::Null));

    let ranking = year.finalize().await;
    // 40 + 27 + 10 + 10 − 3 − 1, and by the extension 30 + 40 + 10 + 10 without a loss; late the third: 65 − 3.
    let totals: Vec<Value> = shown(&ranking).into_iter().map(|(_, total, _)| total).collect();
    assert_eq!(totals, [json!(90), json!(83), json!(62)]);
    let entry = &ranking.body["entries"][1];
    let kinds: Vec<&Value> = entry["adjustments"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["lateness", "wrong_self_score"]);
    let how = told.text("/adjustments/0/how");
    assert!(how.ends_with(", 3 days late: -3"), "{how}");
    assert_eq!(told.body["adjustments"][0]["extension"], Value::Null);
    let own = year.house.get(secretary(), &format!("/scorecards/{}/breakdown", year.cards[&first])).await.expect(200);
    assert_eq!((&own.body["total"]["final"]["points"], &own.body["ranked_total"]), (&json!(87), &json!(83)));
    let held = year.house.post(auditor(), &format!("/rankings/{}/verify", ranking.id()), Value::Null).await.expect(200);
    assert_eq!(held.body["holds"], true);
    let proof = year.house.get(secretary(), &format!("/rankings/{}/proof", ranking.id())).await.expect(200);
    assert_eq!(proof.body["content"]["algorithm"], 3);
    let line_of = year.house.get(secretary(), &format!("/scorecards/{}", year.cards[&first])).await.expect(200);
    assert_eq!(line(&line_of, "I.2")["final"]["points"], 27, "no line is touched");
    let moved = json!({ "due_dates": [] });
    let path = format!("/cycles/{}", year.cycle_id);
    year.house.patch(secretary(), &path, "*", moved).await.problem(409, "wrong-state");
    year.house.patch(secretary(), &path, "*", json!({ "title": "Năm thi đua mới" })).await.expect(200);
    let late = json!({
        "cycle_id": year.cycle_id, "province_id": first, "stage": "self_scoring", "due_at": came.to_rfc3339(),
        "reason": "Quá muộn",
    });
    year.house.post(secretary(), "/due-date-extensions", late).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn scoring_rules_are_checked_when_they_are_written() {
    let house = super::support::house().await;
    let (_, _, set) = super::scorecards::launched(&house).await;
    let path = format!("/criteria-sets/{}", set.id());
    for (rules, expected) in [
        (json!({ "lateness": { "per": "started_day", "points": -1 } }), "/scoring_rules/lateness/points out_of_range"),
        (
            json!({ "lateness": { "per": "started_day", "points": 1_000_001 } }),
            "/scoring_rules/lateness/points out_of_range",
        ),
        (json!({ "lateness": { "per": "week", "points": 1 } }), "/scoring_rules/lateness/per unknown_value"),
        (
            json!({ "wrong_self_score": { "tolerance": 0, "share": 1.5 } }),
            "/scoring_rules/wrong_self_score/share out_of_range",
        ),
        (json!({ "peer_sections": ["I", "I"] }), "/scoring_rules/peer_sections/1 duplicate"),
        (json!({ "appraisal": "vote" }), "/scoring_rules/appraisal unknown_value"),
        (json!({ "quota": 1 }), "/scoring_rules/quota unknown_member"),
    ] {
        let refused = house.patch(secretary(), &path, "*", json!({ "scoring_rules": rules })).await;
        assert_eq!(refused.problem(422, "invalid"), [expected], "{rules}");
    }
    let rules = json!({ "peer_sections": ["IX"] });
    house.patch(secretary(), &path, "*", json!({ "scoring_rules": rules })).await.expect(200);
    let blocked = house.step(secretary(), &format!("{path}/issue"), "*", Value::Null).await.blockers();
    assert!(blocked.contains(&"peers_without_section".to_owned()), "{blocked:?}");
    let copy = json!({ "cycle_id": set.text("/cycle_id"), "title": "Bản sao", "total_points": 100, "clone_from_id": set.id() });
    let copy = house.post(secretary(), "/criteria-sets", copy).await.expect(201);
    assert_eq!(copy.body["scoring_rules"]["peer_sections"], json!(["IX"]), "a copy takes the rules along");
}
