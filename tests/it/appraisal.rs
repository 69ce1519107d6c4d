//! Stories of a scorecard from the province's first line to the end of its appraisal.

use std::collections::HashMap;

use actix_web::test::TestRequest;
use entity::{
    journal_entry,
    vocab::{CycleState, Role},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    fixtures::{self, Deputy, Head, Member, move_cycle, officer_of},
    nominations::{allowed, why_not},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

/// A cycle in self-scoring with an issued form of five leaves, and a blank card for each of its three members.
pub(crate) struct Stage {
    pub(crate) house: House,
    pub(crate) cycle_id: Uuid,
    /// The head, a deputy, a member.
    pub(crate) provinces: [Uuid; 3],
    pub(crate) cards: HashMap<Uuid, Uuid>,
    /// Criteria by code.
    criteria: HashMap<String, String>,
    pub(crate) appraiser: Option<Account>,
}

/// A hundred points: a share of 32 (I.1), a judgement (I.2), a share of the line's own target where less is better
/// (II.1); on top of them a bonus of 2 each, at most 5 (II.2), and a penalty of 1.5 each, at most 4 (II.3).
fn form() -> Value {
    let higher = json!({ "direction": "higher_is_better", "target": 32 });
    let lower = json!({ "direction": "lower_is_better", "target_from_line": true });
    json!({ "nodes": [
        { "code": "I", "name": "Kinh tế", "max_points": 60, "children": [
            { "code": "I.1", "name": "Chỉ tiêu", "max_points": 40, "method": "proportional", "parameters": higher },
            { "code": "I.2", "name": "Xã hội", "max_points": 20, "method": "expert" },
        ]},
        { "code": "II", "name": "Thi đua", "children": [
            { "code": "II.1", "name": "Tai nạn", "max_points": 40, "method": "proportional", "parameters": lower },
            { "code": "II.2", "name": "Thưởng", "method": "bonus", "parameters": { "points_each": 2, "cap": 5 } },
            { "code": "II.3", "name": "Trừ", "method": "penalty", "parameters": { "points_each": 1.5, "cap": 4 } },
        ]},
    ]})
}

pub(crate) async fn stage() -> Stage {
    let house = house().await;
    let mut provinces = [Uuid::nil(); 3];
    for (place, (code, name)) in
        provinces.iter_mut().zip([("T1", "Tuyên Quang thử"), ("T2", "Hòa Bình thử"), ("T3", "Yên Bái thử")])
    {
        *place = fixtures::province(&house, code, name).await;
    }
    let members = [(provinces[0], Head, None), (provinces[1], Deputy, Some(1)), (provinces[2], Member, None)];
    let cycle_id = fixtures::cycle(&house, CycleState::Active, 2031, &members).await;
    let set = json!({ "cycle_id": cycle_id, "title": "Bảng tiêu chí", "total_points": 100 });
    let set = house.post(secretary(), "/criteria-sets", set).await.expect(201);
    let path = format!("/criteria-sets/{}", set.id());
    house.put(secretary(), &format!("{path}/tree"), "*", form()).await.expect(200);
    house.step(secretary(), &format!("{path}/issue"), "*", Value::Null).await.expect(200);
    let leaves = house.get(secretary(), &format!("/criteria?criteria_set_id={}", set.id())).await;
    let named = |row: &Value| (row["code"].as_str().unwrap().to_owned(), row["id"].as_str().unwrap().to_owned());
    let criteria = leaves.body["data"].as_array().unwrap().iter().map(named).collect();
    let cards = fixtures::scorecards(&house, cycle_id, set.id().parse().unwrap()).await;
    move_cycle(&house, cycle_id, CycleState::SelfScoring).await;
    let appraiser = fixtures::appraiser(&house, cycle_id, None).await;
    Stage { house, cycle_id, provinces, cards, criteria, appraiser }
}

impl Stage {
    /// The member's officer, whose card most stories are about.
    pub(crate) fn officer(&self) -> Option<Account> {
        officer_of(self.provinces[2])
    }

    pub(crate) fn head(&self) -> Option<Account> {
        officer_of(self.provinces[0])
    }

    pub(crate) fn card(&self) -> String {
        format!("/scorecards/{}", self.cards[&self.provinces[2]])
    }

    pub(crate) async fn read(&self) -> Reply {
        self.house.get(self.officer(), &self.card()).await.expect(200)
    }

    /// A body of lines: code, and the members of the line.
    pub(crate) fn lines(&self, lines: &[(&str, Value)]) -> Value {
        let line = |(code, members): &(&str, Value)| {
            let mut line = members.clone();
            line["criterion_id"] = json!(self.criteria[*code]);
            line
        };
        json!({ "scores": lines.iter().map(line).collect::<Vec<_>>() })
    }

    async fn fill(&self, etag: &str, lines: &[(&str, Value)]) -> Reply {
        self.house.put(self.officer(), &format!("{}/scores", self.card()), etag, self.lines(lines)).await
    }

    async fn appraise(&self, etag: &str, lines: &[(&str, Value)]) -> Reply {
        self.house.put(self.appraiser, &format!("{}/appraisal", self.card()), etag, self.lines(lines)).await
    }

    async fn step(&self, who: Option<Account>, step: &str, etag: &str) -> Reply {
        let body = if step == "return" { json!({ "reason": "Thiếu số liệu" }) } else { Value::Null };
        self.house.step(who, &format!("{}/{step}", self.card()), etag, body).await
    }

    /// The card as it is submitted: 36.25 + 18 + 30 + 4.
    pub(crate) async fn submitted(&self) -> Reply {
        self.fill("*", &filled()).await.expect(200);
        self.step(self.officer(), "submit", "*").await.expect(200)
    }

    async fn journal(&self) -> u64 {
        journal_entry::Entity::find().count(self.house.state.db.reader()).await.unwrap()
    }
}

fn filled() -> Vec<(&'static str, Value)> {
    vec![
        ("I.1", json!({ "attained": 29 })),
        ("I.2", json!({ "self_points": 18, "self_note": "Báo cáo số 12/BC-UBND" })),
        ("II.1", json!({ "attained": 4, "target": 3 })),
        ("II.2", json!({ "attained": 2 })),
    ]
}

/// What the appraiser says of it: one line lowered, a penalty added.
fn appraised() -> Vec<(&'static str, Value)> {
    vec![
        ("I.1", json!({ "appraised_points": 36.25 })),
        ("I.2", json!({ "appraised_points": 17.5, "appraisal_reason": "Thiếu minh chứng" })),
        ("II.1", json!({ "appraised_points": 30 })),
        ("II.2", json!({ "appraised_points": 4 })),
        ("II.3", json!({ "appraised_points": -1.5, "appraisal_reason": "Báo cáo chậm" })),
    ]
}

/// The line of a criterion in a card.
pub(crate) fn line<'a>(card: &'a Reply, code: &str) -> &'a Value {
    card.body["scores"].as_array().unwrap().iter().find(|line| line["criterion"]["code"] == code).unwrap()
}

#[actix_web::test]
async fn a_card_is_filled_submitted_returned_and_appraised() {
    let stage = stage().await;
    let blank = stage.read().await;
    let order: Vec<_> =
        blank.body["scores"].as_array().unwrap().iter().map(|line| &line["criterion"]["code"]).collect();
    assert_eq!(order, ["I.1", "I.2", "II.1", "II.2", "II.3"], "in the order of the form");
    assert_eq!((blank.text("/state"), allowed(&blank)), ("draft".into(), vec![]));
    assert_eq!(
        why_not(&blank, "submit"),
        "criterion I.1 “Chỉ tiêu” has no self points; criterion I.2 “Xã hội” has no self points; criterion II.1 “Tai \
         nạn” has no self points"
    );
    stage.house.at("2032-01-03T02:00:00Z");
    let filled = stage.fill(blank.etag(), &filled()).await.expect(200);
    let points = ["I.1", "I.2", "II.1", "II.2", "II.3"].map(|code| line(&filled, code)["self"]["points"].clone());
    assert_eq!(points, [json!(36.25), json!(18), json!(30), json!(4), Value::Null]);
    let own = &line(&filled, "I.2")["self"];
    assert_eq!((&own["note"], &own["at"]), (&json!("Báo cáo số 12/BC-UBND"), &json!("2032-01-03T02:00:00Z")));
    assert_eq!(allowed(&filled), ["submit"]);

    let submitted = stage.step(stage.officer(), "submit", filled.etag()).await.expect(200);
    assert_eq!(
        (submitted.text("/state"), submitted.text("/submitted_at")),
        ("submitted".into(), "2032-01-03T02:00:00Z".into())
    );
    stage.step(stage.officer(), "submit", submitted.etag()).await.problem(409, "wrong-state");
    // Before appraisal opens nobody appraises, but a card may go back.
    stage.appraise(submitted.etag(), &appraised()).await.problem(409, "wrong-state");
    let returned = stage.step(stage.appraiser, "return", submitted.etag()).await.expect(200);
    assert_eq!((returned.text("/state"), returned.text("/return_reason")), ("returned".into(), "Thiếu số liệu".into()));
    stage.step(secretary(), "return", returned.etag()).await.problem(409, "wrong-state");
    let again = stage.fill(returned.etag(), &[("I.2", json!({ "self_points": 19 }))]).await.expect(200);
    assert_eq!(line(&again, "I.2")["self"]["note"], Value::Null, "what is left away is taken back");
    assert_eq!(line(&again, "I.1"), line(&filled, "I.1"), "lines that are not named stay as they are");
    let submitted = stage.step(stage.officer(), "submit", again.etag()).await.expect(200);

    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    stage.house.at("2032-02-01T02:00:00Z");
    let refused = stage.step(stage.appraiser, "complete-appraisal", submitted.etag()).await;
    assert_eq!(refused.blockers(), ["line_without_appraised_points"; 4]);
    let lowered = stage.appraise(submitted.etag(), &appraised()).await.expect(200);
    let judged = &line(&lowered, "I.2")["appraised"];
    let found = ["points", "reason", "at", "by"].map(|name| judged[name].clone());
    let by = json!(stage.appraiser.unwrap().id);
    assert_eq!(found, [json!(17.5), json!("Thiếu minh chứng"), json!("2032-02-01T02:00:00Z"), by]);
    assert_eq!(line(&lowered, "I.2")["self"]["points"], 19, "no stage overwrites another");
    assert_eq!(allowed(&lowered), ["return", "complete-appraisal"]);
    let done = stage.step(stage.appraiser, "complete-appraisal", lowered.etag()).await.expect(200);
    assert_eq!((done.text("/state"), done.text("/appraised_at")), ("appraised".into(), "2032-02-01T02:00:00Z".into()));

    // Complete it stays, whatever changes.
    let undone = stage.appraise(done.etag(), &[("I.1", json!({}))]).await;
    assert_eq!(undone.blockers(), ["line_without_appraised_points"]);
    let unexplained = stage.appraise(done.etag(), &[("I.2", json!({ "appraised_points": 18 }))]).await;
    assert_eq!(unexplained.problem(422, "invalid"), ["/scores/0/appraisal_reason reason_required"]);
    let other = json!({ "appraised_points": 18, "appraisal_reason": "Đã bổ sung" });
    let changed = stage.appraise(done.etag(), &[("I.2", other)]).await.expect(200);
    assert_eq!(
        (changed.text("/state"), &line(&changed, "I.2")["appraised"]["points"]),
        ("appraised".into(), &json!(18))
    );
    stage.fill(changed.etag(), &[("I.2", json!({ "self_points": 1 }))]).await.problem(409, "wrong-state");
    stage.step(secretary(), "return", changed.etag()).await.problem(409, "wrong-state");
    move_cycle(&stage.house, stage.cycle_id, CycleState::Finalized).await;
    stage.appraise(changed.etag(), &[("I.1", json!({ "appraised_points": 36.25 }))]).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn a_card_that_comes_back_changed_is_judged_again() {
    let stage = stage().await;
    stage.submitted().await;
    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    let confirmed: Vec<_> = [("I.1", 36.25), ("I.2", 18.0), ("II.1", 30.0), ("II.2", 4.0)]
        .map(|(code, points)| (code, json!({ "appraised_points": points })))
        .into();
    stage.appraise("*", &confirmed).await.expect(200);
    stage.step(stage.head(), "return", "*").await.expect(200);
    stage.fill("*", &[("I.2", json!({ "self_points": 20 }))]).await.expect(200);
    let back = stage.step(stage.officer(), "submit", "*").await.expect(200);
    assert_eq!(line(&back, "I.2")["appraised"]["points"], 18);
    let refused = stage.step(stage.appraiser, "complete-appraisal", "*").await;
    assert_eq!(refused.text("/blockers/0/subject/id"), stage.criteria["I.2"]);
    assert_eq!(refused.blockers(), ["change_without_reason"]);
}

#[actix_web::test]
async fn a_breakdown_tells_how_every_figure_came_about() {
    let stage = stage().await;
    stage.submitted().await;
    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    stage.appraise("*", &appraised()).await.expect(200);
    let path = format!("/api/v1{}/breakdown", stage.card());
    let ask = |language: &'static str| {
        let request = TestRequest::get().uri(&path).insert_header(("Accept-Language", language));
        stage.house.send(stage.officer(), request)
    };
    let (told, statements) = stage.house.counting(ask("vi")).await;
    let told = told.expect(200);
    assert_eq!(statements, 6);
    let how = |at: usize, stage: &str| told.text(&format!("/lines/{at}/{stage}/how"));
    assert_eq!(
        ["self", "appraised", "final"].map(|stage| how(1, stage)),
        ["người chấm cho từ 0 đến 20 điểm: 18", "thay đổi khi thẩm định: 18 → 17,5", "chưa có điểm chính thức"]
    );
    assert_eq!(
        told.text("/lines/2/formula"),
        "điểm tối đa × chỉ tiêu ÷ kết quả đạt được = 40 × 3 ÷ 4, làm tròn đến 2 chữ số thập phân = 30"
    );
    let line = &told.body["lines"][2];
    let found =
        ["code", "method", "max_points", "attained", "target", "round_digits", "bound"].map(|name| line[name].clone());
    assert_eq!(found, [json!("II.1"), json!("proportional"), json!(40), json!(4), json!(3), json!(2), Value::Null]);
    assert_eq!(told.body["lines"][4]["self"], json!({ "points": 0, "how": "không kê khai: tính 0 điểm" }));
    let sums = |at: &str| told.body.pointer(at).unwrap().clone();
    assert_eq!(sums("/sections/0/sums/self"), json!({ "points": 54.25, "within": 54.25, "on_top": 0, "open": 0 }));
    assert_eq!(sums("/sections/1/sums/appraised"), json!({ "points": 32.5, "within": 30, "on_top": 2.5, "open": 0 }));
    assert_eq!(sums("/total/self"), json!({ "points": 88.25, "within": 84.25, "on_top": 4, "open": 0 }));
    assert_eq!(sums("/total/appraised"), json!({ "points": 86.25, "within": 83.75, "on_top": 2.5, "open": 0 }));
    assert_eq!((sums("/total/final/open"), sums("/max_points")), (json!(5), json!(100)));
    let english = ask("en").await.expect(200);
    assert_eq!(
        english.text("/lines/0/formula"),
        "maximum × attained ÷ target = 40 × 29 ÷ 32, rounded to 2 decimals = 36.25"
    );

    // The bounds that cut a figure off.
    stage.step(secretary(), "return", "*").await.expect(200);
    let bounded =
        [("I.1", json!({ "attained": 33 })), ("II.2", json!({ "attained": 9 })), ("II.3", json!({ "attained": 3 }))];
    stage.fill("*", &bounded).await.expect(200);
    stage.fill("*", &[("II.1", json!({ "attained": 0, "target": 0 }))]).await.expect(200);
    let told = ask("en").await.expect(200);
    let found: Vec<_> = [0, 2, 3, 4]
        .iter()
        .map(|at| (told.body["lines"][at]["self"]["points"].clone(), told.body["lines"][at]["bound"].clone()))
        .collect();
    let cap = json!("cap");
    assert_eq!(
        found,
        [(json!(40), json!("maximum")), (json!(40), Value::Null), (json!(5), cap.clone()), (json!(-4), cap)]
    );
}

#[actix_web::test]
async fn the_same_lines_again_write_nothing() {
    let stage = stage().await;
    let first = stage.fill("*", &filled()).await.expect(200);
    let entries = stage.journal().await;
    stage.house.at("2032-01-05T02:00:00Z");
    let mut same = filled();
    // Computed points may stand beside the figure they follow from, and 18 and 18.0 are one number.
    same[0].1["self_points"] = json!(36.2500);
    same[1].1["self_points"] = json!(18.0);
    let (again, statements) = stage.house.counting(stage.fill(first.etag(), &same)).await;
    assert_eq!((again.expect(200).bytes, statements), (first.bytes.clone(), 6), "read, compared, left alone");
    let none = stage.fill(first.etag(), &[]).await.expect(200);
    assert_eq!((none.bytes, stage.journal().await), (first.bytes.clone(), entries));
    // Of two lines that are sent the one that changes is written.
    same[1].1["self_points"] = json!(0);
    let (changed, statements) = stage.house.counting(stage.fill(first.etag(), &same)).await;
    let changed = changed.expect(200);
    assert_eq!((&changed.body["version"], statements), (&json!(3), 9));
    assert_eq!(line(&changed, "I.1"), line(&first, "I.1"));
    assert_eq!((&line(&changed, "I.2")["version"], &line(&changed, "I.2")["self"]["points"]), (&json!(3), &json!(0)));
    assert_eq!(stage.journal().await, entries + 1);
}

#[actix_web::test]
async fn what_is_wrong_with_lines_is_named_and_nothing_is_written() {
    let stage = stage().await;
    let card = stage.submitted().await;
    stage.step(secretary(), "return", "*").await.expect(200);
    let before = stage.read().await;
    let one = |code: &str, members: Value| stage.lines(&[(code, members)]);
    let leaf = &stage.criteria["I.2"];
    #[rustfmt::skip]
    let cases = [
        (one("I.1",  json!({ "attained": 29, "self_points": 40 })),      "/scores/0/self_points differs_from_formula"),
        (one("I.1",  json!({ "self_points": 36.25 })),                   "/scores/0/attained required"),
        (one("I.1",  json!({ "attained": 29, "target": 3 })),            "/scores/0/target not_from_line"),
        (one("II.1", json!({ "attained": 4 })),                          "/scores/0/target required"),
        (one("II.1", json!({ "attained": 4, "target": -1 })),            "/scores/0/target negative"),
        (one("I.2",  json!({ "self_points": 20.0001 })),                 "/scores/0/self_points above_maximum"),
        (one("I.2",  json!({ "self_points": -1 })),                      "/scores/0/self_points below_minimum"),
        (one("I.2",  json!({ "self_points": 1.00001 })),                 "/scores/0/self_points too_precise"),
        (one("I.2",  json!({ "self_points": 1e30 })),                    "/scores/0/self_points out_of_range"),
        (one("I.2",  json!({ "self_points": "18" })),                    "/scores/0/self_points wrong_type"),
        (one("I.2",  json!({ "self_note": " " })),                       "/scores/0/self_note blank"),
        (one("I.2",  json!({ "self_note": "nul\0" })),                   "/scores/0/self_note control_character"),
        (one("I.2",  json!({ "self_note": "x".repeat(20_001) })),        "/scores/0/self_note too_long"),
        (one("I.2",  json!({ "points": 1 })),                            "/scores/0/points unknown_member"),
        (one("II.2", json!({ "attained": 1.5 })),                        "/scores/0/attained not_a_count"),
        (one("II.3", json!({ "attained": -1 })),                         "/scores/0/attained not_a_count"),
        (one("I",    json!({ "self_points": 1 })),                       "/scores/0/criterion_id unknown_criterion"),
        (json!({ "scores": [{ "criterion_id": Uuid::now_v7() }] }),      "/scores/0/criterion_id unknown_criterion"),
        (json!({ "scores": [{ "criterion_id": "I.2" }] }),               "/scores/0/criterion_id wrong_type"),
        (json!({ "scores": [{ "self_points": 1 }] }),                    "/scores/0/criterion_id required"),
        (json!({ "scores": [{ "criterion_id": leaf }, { "criterion_id": leaf }] }), "/scores/1/criterion_id duplicate"),
        (json!({ "scores": vec![json!({ "criterion_id": leaf }); 2001] }), "/scores length"),
        (json!({}),                                                      "/scores required"),
        (json!({ "scores": [], "state": "final" }),                      "/state unknown_member"),
    ];
    let path = format!("{}/scores", stage.card());
    for (body, fault) in cases {
        let faults = stage.house.put(stage.officer(), &path, "*", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault]);
    }
    // A good line beside a bad one is not written either; every bad one is named.
    let mixed = [
        ("I.2", json!({ "self_points": 3 })),
        ("I.1", json!({ "self_points": 1 })),
        ("II.2", json!({ "attained": 0.5 })),
    ];
    assert_eq!(
        stage.fill("*", &mixed).await.problem(422, "invalid"),
        ["/scores/1/attained required", "/scores/2/attained not_a_count"]
    );
    assert_eq!(stage.read().await.bytes, before.bytes);
    stage.fill(card.etag(), &[]).await.problem(412, "stale");
    let blind = TestRequest::put().uri(&format!("/api/v1{path}")).set_json(json!({ "scores": [] }));
    stage.house.send(stage.officer(), blind).await.problem(428, "precondition-required");
    let noted =
        stage.fill("*", &[("I.2", json!({ "self_points": 18, "self_note": "Ye\u{302}n Ba\u{301}i 🎏" }))]).await;
    assert_eq!(line(&noted.expect(200), "I.2")["self"]["note"], "Yên Bái 🎏");

    stage.step(stage.officer(), "submit", "*").await.expect(200);
    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    let before = stage.read().await;
    let why = "Có lý do";
    #[rustfmt::skip]
    let cases = [
        (one("I.1",  json!({ "appraised_points": 36 })),                                     "/scores/0/appraisal_reason reason_required"),
        (one("I.1",  json!({ "appraised_points": 40.5, "appraisal_reason": why })),          "/scores/0/appraised_points above_maximum"),
        (one("I.1",  json!({ "appraised_points": -0.5, "appraisal_reason": why })),          "/scores/0/appraised_points below_minimum"),
        (one("II.2", json!({ "appraised_points": 6, "appraisal_reason": why })),             "/scores/0/appraised_points above_maximum"),
        (one("II.3", json!({ "appraised_points": 1, "appraisal_reason": why })),             "/scores/0/appraised_points above_maximum"),
        (one("II.3", json!({ "appraised_points": -4.5, "appraisal_reason": why })),          "/scores/0/appraised_points below_minimum"),
        (one("I.2",  json!({ "appraised_points": 1, "appraisal_reason": "" })),              "/scores/0/appraisal_reason blank"),
        (one("I.2",  json!({ "self_points": 1 })),                                           "/scores/0/self_points unknown_member"),
        (one("II",   json!({ "appraised_points": 1 })),                                      "/scores/0/criterion_id unknown_criterion"),
    ];
    let path = format!("{}/appraisal", stage.card());
    for (body, fault) in cases {
        let faults = stage.house.put(stage.appraiser, &path, "*", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let reasons = [json!({}), json!({ "reason": "" }), json!({ "reason": 7 }), json!({ "reason": "x", "by": "y" })];
    for body in reasons {
        stage.house.step(stage.appraiser, &format!("{}/return", stage.card()), "*", body).await.problem(422, "invalid");
    }
    assert_eq!(stage.read().await.bytes, before.bytes);
}

#[actix_web::test]
async fn nobody_appraises_the_own_province_or_writes_another_one() {
    let stage = stage().await;
    stage.submitted().await;
    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    let interested = fixtures::appraiser(&stage.house, stage.cycle_id, Some(stage.provinces[2])).await;
    let neighbour = fixtures::appraiser(&stage.house, stage.cycle_id, Some(stage.provinces[1])).await;
    let outsider = officer_of(fixtures::province(&stage.house, "Z9", "Tỉnh ngoài cụm").await);
    #[rustfmt::skip]
    let callers = [
        // who                            reads  fills  submits  appraises  completes
        (stage.officer(),                 200,   409,   409,     403,       403),
        (stage.head(),                    200,   403,   403,     403,       403),
        (secretary(),                     200,   403,   403,     403,       403),
        (administrator(),                 200,   403,   403,     403,       403),
        (auditor(),                       200,   403,   403,     403,       403),
        (officer_of(stage.provinces[1]),  404,   404,   404,     404,       404),
        (interested,                      404,   404,   404,     404,       404),
        (outsider,                        404,   404,   404,     404,       404),
        (someone(Role::Appraiser, None),  404,   404,   404,     404,       404),
        (NOBODY,                          401,   401,   401,     401,       401),
        (neighbour,                       200,   403,   403,     200,       409),
    ];
    let path = stage.card();
    let own = stage.lines(&[("I.2", json!({ "self_points": 1 }))]);
    let theirs = stage.lines(&[("I.2", json!({ "appraised_points": 18 }))]);
    for (who, read, fill, submit, appraise, complete) in callers {
        let tries = [
            stage.house.get(who, &path).await.status,
            stage.house.get(who, &format!("{path}/breakdown")).await.status,
            stage.house.put(who, &format!("{path}/scores"), "*", own.clone()).await.status,
            stage.house.step(who, &format!("{path}/submit"), "*", Value::Null).await.status,
            stage.house.put(who, &format!("{path}/appraisal"), "*", theirs.clone()).await.status,
            stage.house.step(who, &format!("{path}/complete-appraisal"), "*", Value::Null).await.status,
        ];
        assert_eq!(tries, [read, read, fill, submit, appraise, complete], "{who:?}");
    }
    // Sending back: the secretary, a disinterested appraiser and the head, but not of the own card.
    for (who, status) in [(stage.officer(), 403), (auditor(), 403), (administrator(), 403), (interested, 404)] {
        assert_eq!(stage.step(who, "return", "*").await.status, status, "{who:?}");
    }
    stage.step(stage.head(), "return", "*").await.expect(200);
    let heads = format!("/scorecards/{}", stage.cards[&stage.provinces[0]]);
    let own = stage.house.get(stage.head(), &heads).await.expect(200);
    assert_eq!(why_not(&own, "return"), "your role does not allow this");
    let why = json!({ "reason": "x" });
    stage.house.step(stage.head(), &format!("{heads}/return"), "*", why).await.problem(403, "forbidden");
    assert_eq!(why_not(&own, "complete-appraisal"), "your role does not allow this");
}

#[actix_web::test]
async fn lists_hide_what_items_hide_and_filters_choose() {
    let stage = stage().await;
    stage.submitted().await;
    let interested = fixtures::appraiser(&stage.house, stage.cycle_id, Some(stage.provinces[2])).await;
    let outsider = officer_of(fixtures::province(&stage.house, "Z9", "Tỉnh ngoài cụm").await);
    let line = line(&stage.read().await, "I.2")["id"].as_str().unwrap().to_owned();
    #[rustfmt::skip]
    let views = [
        // who                            cards before and after publication, whether the member's line shows
        (secretary(),                     3, 3, [200, 200]),
        (administrator(),                 3, 3, [200, 200]),
        (auditor(),                       3, 3, [200, 200]),
        (stage.head(),                    3, 3, [200, 200]),
        (stage.officer(),                 1, 3, [200, 200]),
        (officer_of(stage.provinces[1]),  1, 3, [404, 200]),
        (stage.appraiser,                 3, 3, [200, 200]),
        (interested,                      2, 2, [404, 404]),
        (outsider,                        0, 0, [404, 404]),
        (someone(Role::Appraiser, None),  0, 0, [404, 404]),
    ];
    for (index, state) in [CycleState::SelfScoring, CycleState::Published].into_iter().enumerate() {
        move_cycle(&stage.house, stage.cycle_id, state).await;
        for (who, before, after, shown) in views {
            let cards = [before, after][index];
            for (list, each) in [("scorecards", 1), ("scores", 5)] {
                let found = stage.house.get(who, &format!("/{list}?total=true")).await.expect(200);
                assert_eq!(found.body["page"]["total"], cards * each, "{who:?} {list} {state:?}");
                assert_eq!(found.column("id").len(), cards * each);
            }
            assert_eq!(stage.house.get(who, &format!("/scores/{line}")).await.status, shown[index], "{who:?}");
        }
    }
    let (cycle_id, nothing, member) = (stage.cycle_id, Uuid::now_v7(), stage.provinces[2]);
    let (card, leaf) = (stage.cards[&member], &stage.criteria["I.2"]);
    let expanded = stage.house.get(secretary(), "/scorecards?expand=province,cycle&state=submitted").await.expect(200);
    let cluster = expanded.text("/data/0/cycle/cluster_id");
    assert_eq!(
        (expanded.text("/data/0/province/name"), expanded.text("/data/0/cycle/state")),
        ("Yên Bái thử".into(), "published".into())
    );
    #[rustfmt::skip]
    let cases = [
        (format!("scorecards?cycle_id={cycle_id}"),                      3),
        (format!("scorecards?cycle_id={nothing}"),                       0),
        (format!("scorecards?cluster_id={cluster},{nothing}"),           3),
        (format!("scorecards?cluster_id={nothing}"),                     0),
        (format!("scorecards?province_id={member}"),                     1),
        ("scorecards?year=2030,2031".into(),                             3),
        ("scorecards?year=2030".into(),                                  0),
        ("scorecards?state=draft,returned".into(),                       2),
        (format!("scores?scorecard_id={card}"),                          5),
        (format!("scores?criterion_id={leaf}"),                          3),
        (format!("scores?criterion_id={leaf}&province_id={member}"),     1),
        (format!("scores?cycle_id={cycle_id},{nothing}&unscored=true"),  11),
        (format!("scores?scorecard_id={card}&unscored=false"),           4),
        (format!("scores?scorecard_id={card}&unappraised=false"),        0),
        (format!("scores?scorecard_id={card}&unappraised=true"),         5),
    ];
    for (query, expected) in cases {
        let list = stage.house.get(secretary(), &format!("/{query}&total=true")).await.expect(200);
        assert_eq!((list.column("id").len(), &list.body["page"]["total"]), (expected, &json!(expected)), "{query}");
    }
    #[rustfmt::skip]
    let cases = [
        ("scorecards?state=open",         "state unreadable"),
        ("scorecards?expand=scores",      "expand unreadable"),
        ("scorecards?year=x",             "year unreadable"),
        ("scorecards?sort=state",         "sort unreadable"),
        ("scores?unscored=maybe",         "unscored unreadable"),
        ("scores?section_id=1",           "section_id unknown_parameter"),
    ];
    for (query, fault) in cases {
        let faults = stage.house.get(secretary(), &format!("/{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
    // A walk page by page finds every line once.
    let mut walked = vec![];
    let mut path = format!("/scores?scorecard_id={card}&limit=2&fields=id");
    loop {
        let page = stage.house.get(secretary(), &path).await.expect(200);
        walked.extend(page.column("id"));
        let Some(next) = page.body["page"]["next"].as_str() else { break };
        path = format!("/scores?scorecard_id={card}&limit=2&fields=id&cursor={next}");
    }
    let whole = stage.house.get(secretary(), &format!("/scores?scorecard_id={card}")).await;
    assert_eq!((walked.len(), walked), (5, whole.column("id")));
}

#[actix_web::test]
async fn lists_need_no_more_statements_for_more_rows() {
    let stage = stage().await;
    let count = async |who, path: &str| stage.house.counting(stage.house.get(who, path)).await.1;
    for who in [secretary(), stage.head(), stage.appraiser] {
        // Page, total, and one for each relation.
        for (limit, _) in [(1, 1), (3, 3)] {
            assert_eq!(count(who, &format!("/scorecards?limit={limit}&total=true&expand=province,cycle")).await, 4);
        }
        for limit in [1, 15] {
            assert_eq!(count(who, &format!("/scores?limit={limit}&total=true")).await, 3);
        }
    }
}
