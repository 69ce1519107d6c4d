//! Stories of a result: points relative to the leader, a tie that is broken, a class, a proof that anybody can check, and
//! what if.

use std::collections::HashMap;

use entity::{ranking_proof, vocab::CycleState};
use sea_orm::{ColumnTrait, Database, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    fixtures::{self, Deputy, Head, Member, move_cycle, officer_of},
    support::{House, NOBODY, Reply, auditor, house, secretary},
};

/// A cycle whose sheets are appraised: growth relative to the leader (40), a judgement (40), passed or failed (10), items
/// of 2.5 (10), and a penalty.
pub(crate) struct Year {
    pub(crate) house: House,
    pub(crate) cycle_id: Uuid,
    pub(crate) provinces: [Uuid; 3],
    pub(crate) cards: HashMap<Uuid, Uuid>,
    criteria: HashMap<String, String>,
    pub(crate) appraiser: Option<Account>,
}

fn form() -> Value {
    let growth = json!({ "direction": "higher_is_better", "target": 8 });
    json!({ "nodes": [
        { "code": "I", "name": "Kinh tế", "max_points": 80, "children": [
            { "code": "I.1", "name": "Tăng trưởng", "max_points": 40, "method": "leader_relative", "parameters": growth },
            { "code": "I.2", "name": "Xã hội", "max_points": 40, "method": "expert" },
        ]},
        { "code": "II", "name": "Thi đua", "children": [
            { "code": "II.1", "name": "Báo cáo", "max_points": 10, "method": "pass_fail" },
            { "code": "II.2", "name": "Điển hình", "max_points": 10, "method": "per_item", "parameters": { "points_each": 2.5 } },
            { "code": "II.3", "name": "Trừ", "method": "penalty", "parameters": { "points_each": 1 } },
        ]},
    ]})
}

fn rules() -> Value {
    json!({
        "tie_breakers": [{ "by": "section_points", "section": "I" }, { "by": "fewer_penalties" }],
        "classification": { "measure": "percent", "bands": [
            { "name": "Xuất sắc", "name_en": "Excellent", "from": 90 }, { "name": "Hoàn thành", "to": 90 },
        ]},
    })
}

/// Growth, judgement, items of each province. By hand: growth 10 leads, so 40, 20 + 20 × 1 ÷ 2 = 30, and 20 × 4 ÷ 8 = 10.
const FIGURES: [(f64, f64, i32); 3] = [(10.0, 30.0, 4), (9.0, 40.0, 4), (4.0, 40.0, 2)];

impl Year {
    pub(crate) async fn appraised() -> Self {
        let house = house().await;
        let mut provinces = [Uuid::nil(); 3];
        for (place, code) in provinces.iter_mut().zip(["K1", "K2", "K3"]) {
            *place = fixtures::province(&house, code, &format!("Tỉnh {code}")).await;
        }
        let members = [(provinces[0], Head, None), (provinces[1], Deputy, Some(1)), (provinces[2], Member, None)];
        let cycle_id = fixtures::cycle(&house, CycleState::Active, 2031, &members).await;
        let set =
            json!({ "cycle_id": cycle_id, "title": "Bảng tiêu chí", "total_points": 100, "ranking_rules": rules() });
        let set_id = house.post(secretary(), "/criteria-sets", set).await.expect(201).id();
        house.put(secretary(), &format!("/criteria-sets/{set_id}/tree"), "*", form()).await.expect(200);
        house.step(secretary(), &format!("/criteria-sets/{set_id}/issue"), "*", Value::Null).await.expect(200);
        let leaves = house.get(secretary(), &format!("/criteria?criteria_set_id={set_id}")).await;
        let named = |row: &Value| (row["code"].as_str().unwrap().to_owned(), row["id"].as_str().unwrap().to_owned());
        let criteria = leaves.body["data"].as_array().unwrap().iter().map(named).collect();
        let cards = fixtures::scorecards(&house, cycle_id, set_id.parse().unwrap()).await;
        move_cycle(&house, cycle_id, CycleState::SelfScoring).await;
        let appraiser = fixtures::appraiser(&house, cycle_id, None).await;
        let year = Self { house, cycle_id, provinces, cards, criteria, appraiser };
        for (province, (growth, judged, items)) in provinces.into_iter().zip(FIGURES) {
            let lines = [
                ("I.1", json!({ "attained": growth })),
                ("I.2", json!({ "self_points": judged })),
                ("II.1", json!({ "self_points": 10 })),
                ("II.2", json!({ "attained": items })),
            ];
            year.write(officer_of(province), province, "scores", &lines).await.expect(200);
            year.step(officer_of(province), province, "submit").await.expect(200);
        }
        move_cycle(&year.house, cycle_id, CycleState::Appraisal).await;
        for (province, (growth, judged, items)) in provinces.into_iter().zip(FIGURES) {
            let lines = [
                ("I.1", json!({ "appraised_attained": growth })),
                ("I.2", json!({ "appraised_points": judged })),
                ("II.1", json!({ "appraised_points": 10 })),
                ("II.2", json!({ "appraised_attained": items })),
            ];
            year.write(year.appraiser, province, "appraisal", &lines).await.expect(200);
            year.step(year.appraiser, province, "complete-appraisal").await.expect(200);
        }
        year
    }

    pub(crate) async fn write(
        &self,
        who: Option<Account>,
        province: Uuid,
        what: &str,
        lines: &[(&str, Value)],
    ) -> Reply {
        self.put(who, province, [what, "scores"], lines).await
    }

    /// Lines of a sheet: where they are put, and the member that lists them.
    pub(crate) async fn put(
        &self,
        who: Option<Account>,
        province: Uuid,
        [what, list]: [&str; 2],
        lines: &[(&str, Value)],
    ) -> Reply {
        let line = |(code, members): &(&str, Value)| {
            let mut line = members.clone();
            line["criterion_id"] = json!(self.criteria[*code]);
            line
        };
        let body = json!({ list: lines.iter().map(line).collect::<Vec<_>>() });
        self.house.put(who, &format!("/scorecards/{}/{what}", self.cards[&province]), "*", body).await
    }

    /// The id of a criterion.
    pub(crate) fn criterion(&self, code: &str) -> &str {
        &self.criteria[code]
    }

    pub(crate) async fn step(&self, who: Option<Account>, province: Uuid, step: &str) -> Reply {
        self.house.step(who, &format!("/scorecards/{}/{step}", self.cards[&province]), "*", Value::Null).await
    }

    pub(crate) async fn finalize(&self) -> Reply {
        self.house
            .step(secretary(), &format!("/cycles/{}/finalize", self.cycle_id), "*", Value::Null)
            .await
            .expect(200);
        self.house.get(secretary(), &format!("/cycles/{}/ranking", self.cycle_id)).await.expect(200)
    }

    async fn preview(&self, who: Option<Account>, changes: Value) -> Reply {
        let path = format!("/cycles/{}/ranking/preview", self.cycle_id);
        self.house.post(who, &path, json!({ "changes": changes })).await
    }
}

/// Place, total and class of each entry.
pub(crate) fn shown(ranking: &Reply) -> Vec<(Value, Value, Value)> {
    let entries = ranking.body["entries"].as_array().unwrap().iter();
    entries.map(|one| (one["place"].clone(), one["total"].clone(), one["classification"].clone())).collect()
}

#[actix_web::test]
async fn points_relative_to_the_leader_are_known_when_the_sheets_are_locked() {
    let year = Year::appraised().await;
    let second = year.provinces[1];
    let path = format!("/scorecards/{}", year.cards[&second]);
    let growth = |card: &Reply| card.body["scores"][0].clone();
    let before = year.house.get(officer_of(second), &path).await.expect(200);
    let found = growth(&before);
    assert_eq!((&found["self"]["points"], &found["appraised"]["attained"]), (&Value::Null, &json!(9)));
    // What the leader reached is nobody else's business yet; the head and the council see it.
    let own = year.house.get(officer_of(second), &format!("{path}/breakdown")).await.expect(200);
    assert_eq!((&own.body["lines"][0]["best"], &own.body["lines"][0]["self"]["points"]), (&Value::Null, &Value::Null));
    let how = own.text("/lines/0/appraised/how");
    assert_eq!(how, "follows from the best of the cluster, which is known when the sheets are locked");
    let all = year.house.get(officer_of(year.provinces[0]), &format!("{path}/breakdown")).await.expect(200);
    assert_eq!((&all.body["lines"][0]["best"], &all.body["lines"][0]["appraised"]["points"]), (&json!(10), &json!(30)));
    assert_eq!(
        all.text("/lines/0/formula"),
        "½ maximum + ½ maximum × (attained − target) ÷ (best − target) = ½ × 40 + ½ × 40 × (9 − 8) ÷ (10 − 8), rounded to \
         2 decimals = 30"
    );

    // A better figure of one province changes the points of the others, until the sheets are locked.
    let better = [("I.1", json!({ "appraised_attained": 12, "appraisal_reason": "Số liệu Tổng cục Thống kê" }))];
    year.write(year.appraiser, year.provinces[0], "appraisal", &better).await.expect(200);
    let all = year.house.get(secretary(), &format!("{path}/breakdown")).await.expect(200);
    assert_eq!(all.body["lines"][0]["appraised"]["points"], 25);
    let silent = [("I.1", json!({ "appraised_attained": 11 }))];
    let refused = year.write(year.appraiser, second, "appraisal", &silent).await;
    assert_eq!(refused.problem(422, "invalid"), ["/scores/0/appraisal_reason reason_required"]);
    let both = [("I.1", json!({ "appraised_attained": 9, "appraised_points": 30 }))];
    let refused = year.write(year.appraiser, second, "appraisal", &both).await;
    assert_eq!(refused.problem(422, "invalid"), ["/scores/0/appraised_points follows_from_leader"]);
    let figure = [("I.2", json!({ "appraised_attained": 9, "appraisal_reason": "Đối chiếu" }))];
    let refused = year.write(year.appraiser, second, "appraisal", &figure).await;
    assert_eq!(refused.problem(422, "invalid"), ["/scores/0/appraised_attained no_figure"]);
    let back = [("I.1", json!({ "appraised_attained": 10 }))];
    year.write(year.appraiser, year.provinces[0], "appraisal", &back).await.expect(200);

    year.finalize().await;
    let locked = growth(&year.house.get(officer_of(second), &path).await.expect(200));
    let found = ["self", "appraised", "final"].map(|stage| locked[stage]["points"].clone());
    assert_eq!(found, [json!(30), json!(30), json!(30)], "written down beside the figures they came from");
    year.house
        .step(secretary(), &format!("/cycles/{}/reopen", year.cycle_id), "*", json!({ "reason": "Khiếu nại" }))
        .await
        .expect(200);
    let open = growth(&year.house.get(officer_of(second), &path).await.expect(200));
    let found = ["self", "appraised", "final"].map(|stage| open[stage]["points"].clone());
    assert_eq!(found, [Value::Null, Value::Null, Value::Null]);
    assert_eq!(open["appraised"]["attained"], 9, "the figures stay");
}

#[actix_web::test]
async fn a_tie_goes_to_the_chain_and_a_total_to_its_class() {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    // 40 + 30 + 10 + 10, then 30 + 40 + 10 + 10, then 10 + 40 + 10 + 5: the first two have 70 in section I as well, and
    // no penalty.
    let class = |name: &str| json!(name);
    assert_eq!(
        shown(&ranking),
        [
            (json!(1), json!(90), class("Xuất sắc")),
            (json!(1), json!(90), class("Xuất sắc")),
            (json!(3), json!(65), class("Hoàn thành"))
        ]
    );
    let steps = ranking.body["entries"][0]["tie_breaks"].clone();
    assert_eq!(
        steps,
        json!([
            { "tie_breaker": { "by": "section_points", "section": "I" }, "with": [year.provinces[1]], "value": "70", "separated": false },
            { "tie_breaker": { "by": "fewer_penalties" }, "with": [year.provinces[1]], "value": "0", "separated": false },
        ])
    );
    assert_eq!(ranking.body["entries"][2]["tie_breaks"], json!([]));

    year.house
        .step(secretary(), &format!("/cycles/{}/reopen", year.cycle_id), "*", json!({ "reason": "Chấm lại" }))
        .await
        .expect(200);
    let moved = [
        ("I.2", json!({ "appraised_points": 31, "appraisal_reason": "Đủ minh chứng" })),
        ("II.3", json!({ "appraised_attained": 1, "appraisal_reason": "Báo cáo chậm" })),
    ];
    year.write(year.appraiser, year.provinces[0], "appraisal", &moved).await.expect(200);
    let ranking = year.finalize().await;
    assert_eq!((&shown(&ranking)[0].1, &shown(&ranking)[1].1), (&json!(90), &json!(90)));
    assert_eq!(ranking.body["entries"][0]["province"]["id"], json!(year.provinces[0]), "71 in section I");
    let first = &ranking.body["entries"][0]["tie_breaks"];
    assert_eq!(
        (&first[0]["value"], &first[0]["separated"], first.as_array().unwrap().len()),
        (&json!("71"), &json!(true), 1)
    );
    assert_eq!((&ranking.body["entries"][1]["place"], &ranking.body["number"]), (&json!(2), &json!(2)));
}

#[actix_web::test]
async fn a_proof_is_kept_checked_and_shown_to_whom_it_concerns() {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    let path = format!("/rankings/{}", ranking.id());
    let (proof, statements) = year.house.counting(year.house.get(auditor(), &format!("{path}/proof"))).await;
    let proof = proof.expect(200);
    assert_eq!(statements, 3);
    assert_eq!(proof.text("/sha256"), ranking.text("/proof_sha256"));
    let inputs = &proof.body["content"]["inputs"];
    assert_eq!(
        (&inputs["ranking_rules"]["classification"]["bands"][0]["from"], &inputs["criteria_number"]),
        (&json!("90"), &json!(1))
    );
    assert_eq!(inputs["provinces"].as_array().unwrap().len(), 3);
    let held = year.house.post(secretary(), &format!("{path}/verify"), Value::Null).await.expect(200);
    assert_eq!(
        (&held.body["holds"], &held.body["reason"], &held.body["differences"]),
        (&json!(true), &Value::Null, &json!([]))
    );

    // A finalised ranking is no business of the members yet; a published one is, and the public has the hash.
    let member = officer_of(year.provinces[2]);
    assert_eq!(year.house.get(member, &format!("{path}/proof")).await.status, 404);
    assert_eq!(year.preview(member, json!([])).await.status, 403);
    fixtures::publish(&year.house, year.cycle_id).await;
    year.house.get(member, &format!("{path}/proof")).await.expect(200);
    assert_eq!(year.house.get(NOBODY, &format!("{path}/proof")).await.status, 401);
    let public = year.house.get(NOBODY, &path).await.expect(200);
    assert_eq!(public.text("/proof_sha256"), proof.text("/sha256"));

    // Whoever changes what is stored is found out.
    let forged = ranking_proof::Entity::find().one(year.house.state.db.reader()).await.unwrap().unwrap();
    let content = forged.content.replace("\"appraised_points\":\"30\"", "\"appraised_points\":\"31\"");
    assert_ne!(content, forged.content);
    ranking_proof::Entity::update_many()
        .col_expr(ranking_proof::Column::Content, Expr::value(content))
        .filter(ranking_proof::Column::Id.eq(forged.id))
        .exec(&Database::connect(year.house.database_url()).await.unwrap())
        .await
        .unwrap();
    let caught = year.house.post(secretary(), &format!("{path}/verify"), Value::Null).await.expect(200);
    assert_eq!(caught.body["holds"], false);
    assert!(caught.text("/reason").starts_with("the content was changed: its SHA-256 is "), "{}", caught.body);
}

#[actix_web::test]
async fn what_if_stores_nothing_and_says_what_would_move() {
    let year = Year::appraised().await;
    let head = officer_of(year.provinces[0]);
    let same = year.preview(head, json!([])).await.expect(200);
    assert_eq!((&same.body["open_lines"], &same.body["entries"][0]["changed"]), (&json!(0), &json!(false)));
    let judged = &year.criteria["I.2"];
    let (third, items) = (year.provinces[2], &year.criteria["II.2"]);
    let changes = json!([
        { "kind": "points", "province_id": third, "criterion_id": items, "points": 7.5 },
        { "kind": "weight", "criterion_id": judged, "max_points": 80 },
        { "kind": "exclude", "province_id": year.provinces[0] },
    ]);
    let moved = year.preview(head, changes).await.expect(200);
    // Without the leader 9 is the best: 40 + 80 + 20; then 10 + 80 + 10 + 7.5.
    let told = |at: usize| {
        let one = &moved.body["entries"][at];
        (one["province"]["id"].clone(), one["before"].clone(), one["after"].clone(), one["changed"].clone())
    };
    let whole = |value: &Value| value["total"].as_f64().unwrap();
    assert_eq!(told(0).0, json!(year.provinces[1]));
    assert_eq!((whole(&told(0).1), whole(&told(0).2), told(0).3), (90.0, 140.0, json!(true)));
    assert_eq!((told(1).0, told(1).2["place"].clone(), whole(&told(1).2)), (json!(third), json!(2), 107.5));
    assert_eq!((told(2).2["place"].clone(), whole(&told(2).2)), (Value::Null, 120.0));
    for (change, fault) in [
        (
            json!({ "kind": "points", "province_id": third, "criterion_id": items, "points": 11 }),
            "/changes/0/points above_maximum",
        ),
        (json!({ "kind": "exclude", "province_id": Uuid::now_v7() }), "/changes/0/province_id unknown_reference"),
        (
            json!({ "kind": "weight", "criterion_id": year.criteria["II.3"], "max_points": 1 }),
            "/changes/0/max_points no_weight",
        ),
    ] {
        assert_eq!(year.preview(head, json!([change])).await.problem(422, "invalid"), [fault]);
    }
    let ranking = year.finalize().await;
    assert_eq!(shown(&ranking)[0].1, 90, "nothing of it was stored");
    let before: Vec<_> =
        same.body["entries"].as_array().unwrap().iter().map(|one| one["after"]["total"].clone()).collect();
    assert_eq!(
        before,
        ranking.body["entries"].as_array().unwrap().iter().map(|one| one["total"].clone()).collect::<Vec<_>>()
    );
}

#[actix_web::test]
async fn ranking_rules_are_checked_when_they_are_written_and_when_they_are_issued() {
    let house = house().await;
    let one = fixtures::province(&house, "R1", "Tỉnh R1").await;
    let two = fixtures::province(&house, "R2", "Tỉnh R2").await;
    let cycle = fixtures::cycle(&house, CycleState::Active, 2031, &[(one, Head, None), (two, Deputy, Some(1))]).await;
    let set = json!({ "cycle_id": cycle, "title": "Bảng tiêu chí", "total_points": 100 });
    let set = house.post(secretary(), "/criteria-sets", set).await.expect(201);
    assert_eq!(set.body["ranking_rules"], json!({ "tie_breakers": [], "classification": null }));
    let path = format!("/criteria-sets/{}", set.id());
    #[rustfmt::skip]
    let cases = [
        (json!({ "classification": { "bands": [{ "name": "A", "from": 90 }] } }), "/ranking_rules/classification/bands/0/from gap"),
        (json!({ "tie_breakers": [{ "by": "fewer_penalties" }, { "by": "fewer_penalties" }] }), "/ranking_rules/tie_breakers/1 duplicate"),
        (json!({ "tie_breakers": [], "quota": 1 }),                               "/ranking_rules/quota unknown_member"),
        (json!({ "tie_breakers": 1 }),                                            "/ranking_rules/tie_breakers wrong_type"),
    ];
    for (rules, fault) in cases {
        let refused = house.patch(secretary(), &path, "*", json!({ "ranking_rules": rules })).await;
        assert_eq!(refused.problem(422, "invalid"), [fault]);
    }
    let rules =
        json!({ "tie_breakers": [{ "by": "section_points", "section": "IX" }, { "by": "earlier_submission" }] });
    house.patch(secretary(), &path, "*", json!({ "ranking_rules": rules })).await.expect(200);
    let tree = json!({ "nodes": [{ "code": "I", "name": "Mục", "max_points": 100, "method": "expert" }] });
    house.put(secretary(), &format!("{path}/tree"), "*", tree).await.expect(200);
    let refused = house.step(secretary(), &format!("{path}/issue"), "*", Value::Null).await;
    assert_eq!(refused.blockers(), ["tie_breaker_without_section"]);
    let copy = json!({ "cycle_id": cycle, "title": "Bản sao", "total_points": 100, "clone_from_id": set.id() });
    let copy = house.post(secretary(), "/criteria-sets", copy).await.expect(201);
    assert_eq!(copy.body["ranking_rules"]["tie_breakers"][0]["section"], "IX", "a copy takes the rules along");
}

#[actix_web::test]
async fn a_line_takes_its_figures_from_a_registered_target() {
    let house = house().await;
    let one = fixtures::province(&house, "G1", "Tỉnh G1").await;
    let two = fixtures::province(&house, "G2", "Tỉnh G2").await;
    let cycle = fixtures::cycle(&house, CycleState::Active, 2031, &[(one, Head, None), (two, Deputy, Some(1))]).await;
    fixtures::signed_pledge_with_target(&house, cycle, one).await;
    fixtures::signed_pledge_with_target(&house, cycle, two).await;
    let set = json!({ "cycle_id": cycle, "title": "Bảng tiêu chí", "total_points": 40 });
    let set = house.post(secretary(), "/criteria-sets", set).await.expect(201).id();
    let tree = json!({ "nodes": [{ "code": "I", "name": "Chỉ tiêu", "max_points": 40, "method": "proportional",
        "parameters": { "direction": "higher_is_better", "target_from_line": true } }] });
    house.put(secretary(), &format!("/criteria-sets/{set}/tree"), "*", tree).await.expect(200);
    house.step(secretary(), &format!("/criteria-sets/{set}/issue"), "*", Value::Null).await.expect(200);
    let cards = fixtures::scorecards(&house, cycle, set.parse().unwrap()).await;
    move_cycle(&house, cycle, CycleState::SelfScoring).await;
    let leaf = house.get(secretary(), &format!("/criteria?criteria_set_id={set}")).await.text("/data/0/id");
    let registered = async |province: Uuid| {
        let found = house.get(secretary(), &format!("/targets?cycle_id={cycle}&province_id={province}")).await;
        (found.text("/data/0/id"), found.body["data"][0]["target"].clone())
    };
    let ((own, to_reach), (foreign, _)) = (registered(one).await, registered(two).await);
    let path = format!("/scorecards/{}/scores", cards[&one]);
    let write = |members: Value| {
        let mut line = members;
        line["criterion_id"] = json!(leaf);
        house.put(officer_of(one), &path, "*", json!({ "scores": [line] }))
    };
    let refused = write(json!({ "target_id": own })).await.problem(422, "invalid");
    assert_eq!(refused, ["/scores/0/target_id target_without_actual"]);
    let refused = write(json!({ "target_id": foreign })).await.problem(422, "invalid");
    assert_eq!(refused, ["/scores/0/target_id unknown_reference"], "another province's target is none");
    house.patch(officer_of(one), &format!("/targets/{own}"), "*", json!({ "actual": 0 })).await.expect(200);
    let card = write(json!({ "target_id": own })).await.expect(200);
    let line = &card.body["scores"][0];
    assert_eq!((&line["target_id"], &line["attained"], &line["target"]), (&json!(own), &json!(0), &to_reach));
    assert_eq!(line["self"]["points"], 0, "a real zero counts");
    let refused = write(json!({ "target_id": own, "attained": 1 })).await.problem(422, "invalid");
    assert_eq!(refused, ["/scores/0/attained differs_from_target"]);
    let given = write(json!({ "attained": 1, "target": 2 })).await.expect(200);
    let line = &given.body["scores"][0];
    assert_eq!(
        (&line["target_id"], &line["self"]["points"]),
        (&Value::Null, &json!(20)),
        "figures of its own, no target"
    );
}
