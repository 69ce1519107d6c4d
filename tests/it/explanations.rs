//! Stories of what a province contests and what the second appraisal answers.

use entity::vocab::CycleState;
use serde_json::{Value, json};

use super::{
    appraisal::line,
    fixtures::{move_cycle, officer_of},
    nominations::{allowed, why_not},
    results::{Year, shown},
    support::{Reply, auditor, secretary},
};

const EXPLAIN: [&str; 2] = ["explanations", "explanations"];
const ANSWER: [&str; 2] = ["second-appraisal", "answers"];

impl Year {
    async fn cycle_step(&self, step: &str, body: Value) -> Reply {
        self.house.step(secretary(), &format!("/cycles/{}/{step}", self.cycle_id), "*", body).await
    }

    /// The sheet of the second province, as the council sees it.
    async fn sheet(&self) -> Reply {
        let path = format!("/scorecards/{}", self.cards[&self.provinces[1]]);
        self.house.get(secretary(), &path).await.expect(200)
    }
}

fn points(card: &Reply, code: &str) -> [Value; 4] {
    ["self", "appraised", "second", "final"].map(|stage| line(card, code)[stage]["points"].clone())
}

#[actix_web::test]
async fn what_is_contested_is_answered_before_anything_is_final() {
    let year = Year::appraised().await;
    let province = year.provinces[1];
    let officer = officer_of(province);
    // The judgement was 40; the appraiser lowers it, and growth of 9 to 8.
    let lowered = [
        ("I.1", json!({ "appraised_attained": 8, "appraisal_reason": "Số liệu sơ bộ" })),
        ("I.2", json!({ "appraised_points": 30, "appraisal_reason": "Thiếu minh chứng" })),
    ];
    year.write(year.appraiser, province, "appraisal", &lowered).await.expect(200);
    let says = [("I.2", json!({ "explanation": "Minh chứng ở phụ lục 3" }))];
    year.put(officer, province, EXPLAIN, &says).await.problem(409, "wrong-state");
    year.cycle_step("open-explanation", Value::Null).await.expect(200);

    year.step(officer, province, "submit-explanations").await.problem(409, "blocked");
    year.house.at("2032-02-10T02:00:00Z");
    let both = [says[0].clone(), ("I.1", json!({ "explanation": "Số liệu chính thức là 9" }))];
    let written = year.put(officer, province, EXPLAIN, &both).await.expect(200);
    let own = line(&written, "I.2")["explanation"].clone();
    assert_eq!(
        own,
        json!({ "text": "Minh chứng ở phụ lục 3", "by": officer.unwrap().id, "at": "2032-02-10T02:00:00Z" })
    );
    assert_eq!(allowed(&written), ["submit-explanations"]);
    let same = year.put(officer, province, EXPLAIN, &both).await.expect(200);
    assert_eq!(same.etag(), written.etag(), "the same again changes nothing");
    // While provinces explain, the first appraisal stands as it is.
    year.write(year.appraiser, province, "appraisal", &lowered).await.problem(409, "wrong-state");
    let hasty = [("I.2", json!({ "answer": "Đã xem" }))];
    year.put(year.appraiser, province, ANSWER, &hasty).await.problem(409, "wrong-state");
    let submitted = year.step(officer, province, "submit-explanations").await.expect(200);
    assert_eq!(
        (submitted.text("/state"), submitted.text("/explained_at")),
        ("explained".into(), "2032-02-10T02:00:00Z".into())
    );
    year.put(officer, province, EXPLAIN, &says).await.problem(409, "wrong-state");
    assert_eq!(year.cycle_step("finalize", Value::Null).await.blockers(), ["explanations_not_answered"]);

    year.house.at("2032-02-20T02:00:00Z");
    let open = year.step(year.appraiser, province, "complete-second-appraisal").await;
    assert_eq!(open.blockers(), ["explanation_without_answer"; 2]);
    let answers = [
        ("I.1", json!({ "second_attained": 9, "answer": "Chấp nhận số liệu chính thức" })),
        ("I.2", json!({ "second_points": 35, "answer": "Chấp nhận một phần" })),
    ];
    year.put(officer, province, ANSWER, &answers).await.problem(403, "forbidden");
    let answered = year.put(year.appraiser, province, ANSWER, &answers).await.expect(200);
    assert_eq!(points(&answered, "I.2"), [json!(40), json!(30), json!(35), Value::Null], "no stage overwrites another");
    let second = line(&answered, "I.1")["second"].clone();
    let by = year.appraiser.unwrap().id;
    let expected = json!({
        "attained": 9, "points": null, "answer": "Chấp nhận số liệu chính thức", "by": by, "at": "2032-02-20T02:00:00Z",
    });
    assert_eq!(second, expected);
    let done = year.step(year.appraiser, province, "complete-second-appraisal").await.expect(200);
    assert_eq!(
        (done.text("/state"), done.text("/reappraised_at")),
        ("reappraised".into(), "2032-02-20T02:00:00Z".into())
    );

    let told = year.house.get(secretary(), &format!("/scorecards/{}/breakdown", done.id())).await.expect(200);
    let how = |at: usize| told.text(&format!("/lines/{at}/second/how"));
    assert_eq!(how(1), "changed in the second appraisal: 30 → 35");
    assert_eq!(how(2), "not contested");
    // Growth by the figure found second: ½ × 40 + ½ × 40 × (9 − 8) ÷ (10 − 8) = 30; at the target 20.
    let growth = ["appraised", "second"].map(|stage| told.body["lines"][0][stage]["points"].clone());
    assert_eq!(growth, [json!(20), json!(30)]);
    let totals = ["self", "appraised", "second"].map(|stage| told.body["total"][stage]["points"].clone());
    assert_eq!(totals, [json!(90), json!(70), json!(85)]);

    // What was answered counts, and the proof of it holds.
    let ranking = year.finalize().await;
    assert_eq!(shown(&ranking)[1].1, json!(85));
    assert_eq!(points(&year.sheet().await, "I.1"), [json!(30), json!(20), json!(30), json!(30)]);
    let held = year.house.post(auditor(), &format!("/rankings/{}/verify", ranking.id()), Value::Null).await.expect(200);
    assert_eq!(held.body["holds"], true);

    // Reopened, the sheet is where it was, and a new answer counts.
    year.cycle_step("reopen", json!({ "reason": "Khiếu nại" })).await.expect(200);
    let open = year.sheet().await;
    assert_eq!(open.text("/state"), "reappraised");
    assert_eq!(points(&open, "I.1"), [Value::Null, Value::Null, Value::Null, Value::Null], "the figures stay");
    let around = [("I.2", json!({ "appraised_points": 40 }))];
    let refused = year.write(year.appraiser, province, "appraisal", &around).await;
    assert_eq!(refused.problem(422, "invalid"), ["/scores/0/criterion_id answered"]);
    let silent = year.put(year.appraiser, province, ANSWER, &[("I.2", json!({}))]).await;
    assert_eq!(silent.problem(422, "invalid"), ["/answers/0/answer required"], "what is complete stays complete");
    let more = [("I.2", json!({ "second_points": 36, "answer": "Chấp nhận thêm" }))];
    year.put(year.appraiser, province, ANSWER, &more).await.expect(200);
    assert_eq!(shown(&year.finalize().await)[1].1, json!(86));
}

#[actix_web::test]
async fn nobody_explains_for_another_and_every_bad_line_is_named() {
    let year = Year::appraised().await;
    let [head, province, neighbour] = year.provinces;
    year.cycle_step("open-explanation", Value::Null).await.expect(200);
    let says = [("I.2", json!({ "explanation": "Minh chứng ở phụ lục 3" }))];
    year.put(officer_of(neighbour), province, EXPLAIN, &says).await.problem(404, "not-found");
    year.put(officer_of(head), province, EXPLAIN, &says).await.problem(403, "forbidden");
    year.put(year.appraiser, province, EXPLAIN, &says).await.problem(403, "forbidden");
    year.put(secretary(), province, EXPLAIN, &says).await.problem(403, "forbidden");
    let card = year.cards[&province];
    let path = format!("/scorecards/{card}/explanations");
    let send = |body: Value| year.house.put(officer_of(province), &path, "*", body);
    let unknown = uuid::Uuid::nil();
    let told = |text: &str| json!({ "explanations": [{ "criterion_id": unknown, "explanation": text }] });
    assert_eq!(send(told("x")).await.problem(422, "invalid"), ["/explanations/0/criterion_id unknown_criterion"]);
    for bad in ["", " \u{a0}", "a\u{0}b"] {
        let found = send(told(bad)).await.problem(422, "invalid");
        assert_eq!(found.len(), 1, "{bad:?}: {found:?}");
        assert!(found[0].starts_with("/explanations/0/explanation "), "{bad:?}: {found:?}");
    }
    send(json!({ "explanations": "x" })).await.problem(422, "invalid");
    send(json!({ "explanations": [], "note": 1 })).await.problem(422, "invalid");
    let stale = year.house.put(officer_of(province), &path, "\"0\"", json!({ "explanations": [] })).await;
    stale.problem(412, "stale");

    year.put(officer_of(province), province, EXPLAIN, &says).await.expect(200);
    year.step(officer_of(province), province, "submit-explanations").await.expect(200);
    let answers = [
        ("I.2", json!({ "answer": "Đồng ý", "second_points": 41 })),
        ("II.1", json!({ "answer": "Không ai hỏi" })),
        ("I.1", json!({ "second_attained": 3 })),
    ];
    let refused = year.put(year.appraiser, province, ANSWER, &answers).await;
    assert_eq!(
        refused.problem(422, "invalid"),
        [
            "/answers/0/second_points above_maximum",
            "/answers/1/criterion_id not_contested",
            "/answers/2/criterion_id not_contested"
        ]
    );
    assert_eq!(why_not(&year.sheet().await, "complete-second-appraisal"), "your role does not allow this");

    // The lines that are contested, and those that wait, as one list.
    let count = async |query: &str| {
        let path = format!("/scores?scorecard_id={card}&{query}&total=true");
        year.house.get(year.appraiser, &path).await.expect(200).body["page"]["total"].clone()
    };
    let found = [
        count("contested=true").await,
        count("contested=false").await,
        count("unanswered=true").await,
        count("unanswered=false").await,
    ];
    assert_eq!(found, [json!(1), json!(4), json!(1), json!(4)]);
}

#[actix_web::test]
async fn a_province_that_contests_nothing_is_final_as_appraised() {
    let year = Year::appraised().await;
    year.cycle_step("open-explanation", Value::Null).await.expect(200);
    let ready = year.house.get(secretary(), &format!("/cycles/{}/readiness", year.cycle_id)).await.expect(200);
    assert_eq!((&ready.body["step"], &ready.body["ready"]), (&json!("finalize"), &json!(true)));
    let ranking = year.finalize().await;
    assert_eq!(shown(&ranking)[0].1, json!(90));
    assert_eq!(points(&year.sheet().await, "I.2"), [json!(40), json!(40), Value::Null, json!(40)]);
    move_cycle(&year.house, year.cycle_id, CycleState::Published).await;
    let says = [("I.2", json!({ "explanation": "Quá muộn" }))];
    year.put(officer_of(year.provinces[1]), year.provinces[1], EXPLAIN, &says).await.problem(409, "wrong-state");
}
