//! Stories of several appraisers: sections, a mean, a lead, and one who stands aside.

use entity::vocab::{CycleState, Role};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    appraisal::{Stage, line, stage},
    fixtures::{self, move_cycle, officer_of},
    support::{Reply, auditor, secretary, someone},
};

/// Three appraisers of a sheet that is handed in, under these scoring rules.
struct Panel {
    stage: Stage,
    judges: [Option<Account>; 3],
}

impl Panel {
    async fn seated(rules: Value) -> Self {
        let stage = stage().await;
        stage.submitted().await;
        fixtures::scoring_rules(&stage.house, stage.cycle_id, rules).await;
        let two = fixtures::appraiser(&stage.house, stage.cycle_id, None).await;
        let three = fixtures::appraiser(&stage.house, stage.cycle_id, None).await;
        move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
        let judges = [stage.appraiser, two, three];
        Self { stage, judges }
    }

    async fn judge(&self, place: usize, lines: &[(&str, Value)]) -> Reply {
        let path = format!("{}/appraisal", self.stage.card());
        self.stage.house.put(self.judges[place], &path, "*", self.stage.lines(lines)).await
    }

    async fn step(&self, place: usize, step: &str) -> Reply {
        let path = format!("{}/{step}", self.stage.card());
        self.stage.house.step(self.judges[place], &path, "*", Value::Null).await
    }

    async fn recuse(&self, who: Option<Account>, body: Value) -> Reply {
        self.stage.house.post(who, &format!("{}/recusals", self.stage.card()), body).await
    }

    /// What the assignment of a judge says.
    async fn assign(&self, place: usize, patch: Value) -> Reply {
        let user = self.judges[place].unwrap().id;
        let found = self.stage.house.get(secretary(), &format!("/appraiser-assignments?user_id={user}")).await;
        let path = format!("/appraiser-assignments/{}", found.text("/data/0/id"));
        self.stage.house.patch(self.stage.head(), &path, "*", patch).await
    }

    async fn opinions(&self, who: Option<Account>, query: &str) -> Value {
        let path = format!("/opinions?{query}&total=true");
        self.stage.house.get(who, &path).await.expect(200).body["page"]["total"].clone()
    }
}

fn appraised(card: &Reply, code: &str) -> (Value, Value) {
    let stage = &line(card, code)["appraised"];
    (stage["points"].clone(), stage["reason"].clone())
}

#[actix_web::test]
async fn the_mean_of_those_who_say_something_counts() {
    let panel = Panel::seated(json!({ "appraisal": "mean" })).await;
    let first = [
        ("I.2", json!({ "appraised_points": 17, "appraisal_reason": "Thiếu minh chứng" })),
        ("I.1", json!({ "appraised_attained": 29 })),
    ];
    let one = panel.judge(0, &first).await.expect(200);
    assert_eq!(appraised(&one, "I.2"), (json!(17), json!("Thiếu minh chứng")));
    let agreed = [("I.2", json!({ "appraised_points": 18 })), ("I.1", json!({ "appraised_attained": 29 }))];
    let two = panel.judge(1, &agreed).await.expect(200);
    assert_eq!(appraised(&two, "I.2"), (json!(17.5), json!("Thiếu minh chứng")));
    assert_eq!(line(&two, "I.1")["appraised"]["attained"], 29, "all found the same figure");
    let third = [("I.2", json!({ "appraised_points": 16, "appraisal_reason": "Báo cáo chậm" }))];
    let three = panel.judge(2, &third).await.expect(200);
    // (17 + 18 + 16) ÷ 3
    assert_eq!(appraised(&three, "I.2"), (json!(17), json!("Thiếu minh chứng; Báo cáo chậm")));
    assert_eq!(panel.judge(2, &third).await.expect(200).etag(), three.etag(), "the same again changes nothing");

    // The province sees what they come to, and of what it is the mean; who said what is for those who judge or oversee.
    let told = panel.stage.house.get(panel.stage.officer(), &format!("{}/breakdown", panel.stage.card())).await;
    let how = told.expect(200).text("/lines/1/appraised/how");
    assert_eq!(how, "changed in appraisal: 18 → 17 (mean of 3 opinions: 17; 18; 16)");
    let card = panel.stage.cards[&panel.stage.provinces[2]];
    let query = format!("scorecard_id={card}");
    for (who, count) in [
        (panel.stage.officer(), 0),
        (officer_of(panel.stage.provinces[1]), 0),
        (panel.stage.head(), 5),
        (panel.judges[0], 5),
        (auditor(), 5),
        (someone(Role::Appraiser, None), 0),
    ] {
        assert_eq!(panel.opinions(who, &query).await, count, "{who:?}");
    }
    let own = format!("{query}&user_id={}", panel.judges[1].unwrap().id);
    assert_eq!(panel.opinions(panel.stage.head(), &own).await, 2);

    // How far they lie apart, for the same people: 18 − 16 on one line, nothing on the other.
    let statistics = async |who| {
        let path = format!("/cycles/{}/statistics", panel.stage.cycle_id);
        panel.stage.house.get(who, &path).await.expect(200).body["appraisers"].clone()
    };
    for who in [panel.stage.head(), panel.judges[0], auditor()] {
        let found = statistics(who).await;
        assert_eq!(
            ["lines", "mean_range", "largest_range"].map(|name| found[name].clone()),
            [json!(2), json!(1), json!(2)]
        );
        let widest = &found["widest"][0];
        let told = ["code", "opinions", "lowest", "highest", "range"].map(|name| widest[name].clone());
        assert_eq!(told, [json!("I.2"), json!(3), json!(16), json!(18), json!(2)]);
        assert_eq!(found["widest"].as_array().unwrap().len(), 1);
    }
    assert_eq!(statistics(panel.stage.officer()).await, Value::Null);

    // What is taken back counts no more.
    let back = panel.judge(2, &[("I.2", json!({}))]).await.expect(200);
    assert_eq!(appraised(&back, "I.2"), (json!(17.5), json!("Thiếu minh chứng")));
    assert_eq!(panel.opinions(auditor(), &query).await, 4);
}

#[actix_web::test]
async fn the_word_of_the_lead_counts_in_the_own_section() {
    let panel = Panel::seated(json!({ "appraisal": "lead" })).await;
    move_cycle(&panel.stage.house, panel.stage.cycle_id, CycleState::SelfScoring).await;
    let ready = format!("/cycles/{}/readiness", panel.stage.cycle_id);
    let missing = async || {
        let told = panel.stage.house.get(secretary(), &ready).await.expect(200);
        let codes = told.body["blockers"].as_array().unwrap().iter().map(|one| one["code"].clone());
        codes.filter(|code| code.as_str().unwrap().starts_with("section")).collect::<Vec<_>>()
    };
    assert_eq!(missing().await, ["section_without_one_lead", "section_without_one_lead"]);
    let refused = panel.assign(0, json!({ "sections": ["I", "I"] })).await;
    assert_eq!(refused.problem(422, "invalid"), ["/sections duplicate"]);
    panel.assign(0, json!({ "sections": [" "] })).await.problem(422, "invalid");
    let lead = panel.assign(0, json!({ "sections": ["I"], "lead": true })).await.expect(200);
    assert_eq!((&lead.body["sections"], &lead.body["lead"]), (&json!(["I"]), &json!(true)));
    assert_eq!(missing().await, ["section_without_one_lead"]);
    panel.assign(1, json!({ "sections": ["II"], "lead": true })).await.expect(200);
    assert_eq!(missing().await, Vec::<Value>::new());
    move_cycle(&panel.stage.house, panel.stage.cycle_id, CycleState::Appraisal).await;

    let foreign = panel
        .judge(0, &[("I.2", json!({ "appraised_points": 18 })), ("II.1", json!({ "appraised_points": 30 }))])
        .await;
    assert_eq!(foreign.problem(422, "invalid"), ["/scores/1/criterion_id not_assigned"]);
    // The third judges everything and leads nothing: heard, but it does not count.
    let advice = panel.judge(2, &[("I.2", json!({ "appraised_points": 10, "appraisal_reason": "Ý kiến khác" }))]).await;
    let advice = advice.expect(200);
    assert_eq!(appraised(&advice, "I.2"), (Value::Null, Value::Null));
    let word = panel
        .judge(0, &[("I.1", json!({ "appraised_attained": 29 })), ("I.2", json!({ "appraised_points": 18 }))])
        .await;
    assert_eq!(appraised(&word.expect(200), "I.2"), (json!(18), Value::Null));
    assert_eq!(panel.step(0, "complete-appraisal").await.blockers(), ["line_without_appraised_points"; 2]);
    panel
        .judge(1, &[("II.1", json!({ "appraised_points": 30 })), ("II.2", json!({ "appraised_attained": 2 }))])
        .await
        .expect(200);
    panel.step(2, "complete-appraisal").await.expect(200);
}

#[actix_web::test]
async fn an_appraiser_who_stands_aside_sees_the_sheet_no_more() {
    let panel = Panel::seated(json!({ "appraisal": "mean" })).await;
    for (place, points) in [(0, 16), (1, 18)] {
        let says = json!({ "appraised_points": points, "appraisal_reason": "Đối chiếu" });
        panel.judge(place, &[("I.2", says)]).await.expect(200);
    }
    let [one, two, _] = panel.judges;
    let reason = json!({ "reason": "Người thân công tác tại tỉnh" });
    assert_eq!(panel.recuse(one, json!({})).await.problem(422, "invalid"), ["/reason required"]);
    assert_eq!(panel.recuse(one, json!({ "reason": " " })).await.problem(422, "invalid"), ["/reason blank"]);
    panel.recuse(panel.stage.officer(), reason.clone()).await.problem(403, "forbidden");
    let other = json!({ "reason": "…", "user_id": two.unwrap().id });
    panel.recuse(one, other).await.problem(403, "forbidden");
    assert_eq!(panel.recuse(secretary(), reason.clone()).await.problem(422, "invalid"), ["/user_id required"]);
    let nobody = json!({ "reason": "…", "user_id": Uuid::nil() });
    assert_eq!(panel.recuse(secretary(), nobody).await.problem(422, "invalid"), ["/user_id unknown_reference"]);

    let aside = panel.recuse(one, reason.clone()).await.expect(201);
    assert_eq!(
        (aside.text("/reason"), aside.text("/user_id")),
        ("Người thân công tác tại tỉnh".into(), one.unwrap().id.to_string())
    );
    let house = &panel.stage.house;
    house.get(one, &panel.stage.card()).await.problem(404, "not-found");
    panel.judge(0, &[("I.2", json!({ "appraised_points": 18 }))]).await.problem(404, "not-found");
    panel.recuse(one, reason.clone()).await.problem(404, "not-found");
    let seen = house.get(one, &format!("/scorecards?cycle_id={}&total=true", panel.stage.cycle_id)).await.expect(200);
    assert_eq!(seen.body["page"]["total"], 2, "the others' sheets stay");
    let left = house.get(two, &panel.stage.card()).await.expect(200);
    assert_eq!(appraised(&left, "I.2").0, 18, "what was said is taken back");

    let again = json!({ "reason": "…", "user_id": one.unwrap().id });
    panel.recuse(panel.stage.head(), again).await.problem(409, "conflict");
    for (who, count) in [(panel.stage.head(), 1), (one, 1), (two, 0), (panel.stage.officer(), 0), (auditor(), 1)] {
        let found = house.get(who, "/recusals?total=true").await.expect(200);
        assert_eq!(found.body["page"]["total"], count, "{who:?}");
        let status = if count == 1 { 200 } else { 404 };
        assert_eq!(house.get(who, &format!("/recusals/{}", aside.id())).await.status, status, "{who:?}");
    }

    // What is complete stays so.
    let rest = [
        ("I.1", json!({ "appraised_attained": 29 })),
        ("II.1", json!({ "appraised_points": 30 })),
        ("II.2", json!({ "appraised_attained": 2 })),
    ];
    panel.judge(1, &rest).await.expect(200);
    panel.step(1, "complete-appraisal").await.expect(200);
    panel.recuse(two, reason).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn provinces_are_heard_where_the_criteria_want_it() {
    let panel = Panel::seated(json!({ "explanation_required": true })).await;
    let stage = &panel.stage;
    for province in [0, 1] {
        fixtures::exclude(&stage.house, stage.cycle_id, stage.provinces[province], Some("Không báo cáo")).await;
    }
    let confirmed: Vec<_> = [("I.1", 36.25), ("I.2", 18.0), ("II.1", 30.0), ("II.2", 4.0)]
        .map(|(code, points)| (code, json!({ "appraised_points": points })))
        .into();
    panel.judge(0, &confirmed).await.expect(200);
    panel.step(0, "complete-appraisal").await.expect(200);
    let cycle = format!("/cycles/{}", stage.cycle_id);
    let step = async |step: &str| stage.house.step(secretary(), &format!("{cycle}/{step}"), "*", Value::Null).await;
    assert_eq!(step("finalize").await.blockers(), ["provinces_not_heard"]);
    step("open-explanation").await.expect(200);
    step("finalize").await.expect(200);
}

#[actix_web::test]
async fn members_score_each_other_and_an_abstention_is_not_a_zero() {
    let panel = Panel::seated(json!({ "peer_sections": ["II"] })).await;
    let stage = &panel.stage;
    let [head, deputy, member] = stage.provinces;
    let plan = format!("/cycles/{}/peers", stage.cycle_id);
    let pairs = |pairs: &[(Uuid, Uuid)]| {
        let one = |(province, peer): &(Uuid, Uuid)| json!({ "province_id": province, "peer_id": peer });
        json!({ "peers": pairs.iter().map(one).collect::<Vec<_>>() })
    };
    let put = async |who, body: Value| stage.house.put(who, &plan, "*", body).await;
    let refused = put(stage.head(), pairs(&[(member, member), (member, Uuid::nil())])).await;
    assert_eq!(refused.problem(422, "invalid"), ["/peers/0/peer_id own_sheet", "/peers/1/peer_id unknown_reference"]);
    put(stage.officer(), pairs(&[(member, deputy)])).await.problem(403, "forbidden");
    let told = stage.house.get(officer_of(deputy), &stage.card()).await;
    told.problem(404, "not-found");

    let all = pairs(&[(member, deputy), (member, head), (deputy, member), (head, member)]);
    let set = put(stage.head(), all.clone()).await.expect(200);
    assert_eq!(put(stage.head(), all.clone()).await.expect(200).etag(), set.etag(), "the same again changes nothing");
    assert_eq!(stage.house.get(stage.officer(), &plan).await.expect(200).body, all);
    stage.house.get(super::support::NOBODY, &plan).await.problem(401, "unauthenticated");

    // A peer sees the sheet it scores, and no other.
    stage.house.get(officer_of(deputy), &stage.card()).await.expect(200);
    let seen = stage.house.get(officer_of(deputy), "/scorecards?total=true").await.expect(200);
    assert_eq!(seen.body["page"]["total"], 2, "the own and the assigned");
    stage.house.get(officer_of(deputy), &format!("/scorecards/{}", stage.cards[&head])).await.problem(404, "not-found");

    let path = format!("{}/peer-scores", stage.card());
    let score = async |who, lines: &[(&str, Value)]| stage.house.put(who, &path, "*", stage.lines(lines)).await;
    let first = [("II.1", json!({ "points": 30 })), ("II.2", json!({ "attained": 2 }))];
    score(stage.officer(), &first).await.problem(403, "forbidden");
    score(panel.judges[0], &first).await.problem(403, "forbidden");
    let foreign = score(officer_of(deputy), &[("I.2", json!({ "points": 18 }))]).await;
    assert_eq!(foreign.problem(422, "invalid"), ["/scores/0/criterion_id not_assigned"]);
    let both = score(officer_of(deputy), &[("II.1", json!({ "points": 30, "abstained": true }))]).await;
    assert_eq!(both.problem(422, "invalid"), ["/scores/0/abstained abstained_with_points"]);
    let appraiser = panel.judge(0, &[("II.1", json!({ "appraised_points": 30 }))]).await;
    assert_eq!(appraiser.problem(422, "invalid"), ["/scores/0/criterion_id scored_by_peers"]);

    score(officer_of(deputy), &first).await.expect(200);
    let lower = json!({ "points": 27, "reason": "Số liệu chưa thống nhất" });
    let two = score(stage.head(), &[("II.1", lower), ("II.2", json!({ "abstained": true }))]).await.expect(200);
    assert_eq!(appraised(&two, "II.1"), (json!(28.5), json!("Số liệu chưa thống nhất")));
    assert_eq!(appraised(&two, "II.2").0, 4, "an abstention is not a zero");
    let told = stage.house.get(stage.officer(), &format!("{}/breakdown", stage.card())).await.expect(200);
    let how = |at: usize| told.text(&format!("/lines/{at}/appraised/how"));
    assert_eq!(how(2), "changed in appraisal: 30 → 28.5 (mean of 2 opinions: 30; 27)");
    assert_eq!(how(3), "as scored by the province (mean of 1 opinions: 4; 1 abstained, which counts as nothing)");

    let rest = [("I.1", json!({ "appraised_attained": 29 })), ("I.2", json!({ "appraised_points": 18 }))];
    panel.judge(0, &rest).await.expect(200);
    panel.step(0, "complete-appraisal").await.expect(200);
    let card = stage.cards[&member];
    assert_eq!(panel.opinions(auditor(), &format!("scorecard_id={card}&province_id={deputy}")).await, 2);
}
