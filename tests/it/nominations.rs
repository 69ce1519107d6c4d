//! Stories of nominations.

use actix_web::test::TestRequest;
use entity::vocab::{CycleState, Role};
use futures_util::future::join;
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{
        Deputy, Head, Member, appraiser, award_type, cycle, display, exclude, move_cycle, officer_of, province,
        ranking, submit,
    },
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                nobody officer appraiser auditor secretary administrator
    ("GET",   "/api/v1/nominations",                  [200,  200,    200,      200,    200,      200]),
    ("POST",  "/api/v1/nominations",                  [401,  422,    422,      422,    422,      422]),
    ("GET",   "/api/v1/nominations/{id}",             [404,  404,    404,      404,    404,      404]),
    ("PATCH", "/api/v1/nominations/{id}",             [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/complete-dossier", [401, 404,  404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/appraise",    [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/open-public-comment", [401, 404, 404,   404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/submit",      [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/hold",        [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/release",     [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/reject",      [401,  404,    404,      404,    404,      404]),
    ("POST",  "/api/v1/nominations/{id}/withdraw",    [401,  404,    404,      404,    404,      404]),
];

/// A finalised cycle: the head is ranked first, two members second and third, a fourth is excluded.
pub(crate) struct Stage {
    pub(crate) house: House,
    pub(crate) cycle_id: Uuid,
    pub(crate) ranking_id: Uuid,
    pub(crate) first: Uuid,
    pub(crate) second: Uuid,
    pub(crate) third: Uuid,
    pub(crate) excluded: Uuid,
    /// The Prime Minister's diploma of merit.
    pub(crate) diploma: Uuid,
}

pub(crate) async fn stage(state: CycleState) -> Stage {
    let house = house().await;
    let first = province(&house, "A1", "Tuyên Quang thử").await;
    let second = province(&house, "A2", "Yên Bái thử").await;
    let third = province(&house, "A3", "Hòa Bình thử").await;
    let excluded = province(&house, "A4", "Phú Thọ thử").await;
    let members = [(first, Head, None), (second, Deputy, Some(1)), (third, Member, None), (excluded, Member, None)];
    let cycle_id = cycle(&house, state, 2023, &members).await;
    exclude(&house, cycle_id, excluded, Some("Không nộp báo cáo")).await;
    let places = [(first, Some(1)), (second, Some(2)), (third, Some(3)), (excluded, None)];
    let ranking_id = ranking(&house, cycle_id, &places).await;
    let diploma = award_type(&house, "BKTTG").await;
    Stage { house, cycle_id, ranking_id, first, second, third, excluded, diploma }
}

impl Stage {
    pub(crate) fn head(&self) -> Option<Account> {
        officer_of(self.first)
    }

    pub(crate) fn body(&self, province_id: Uuid) -> Value {
        json!({
            "cycle_id": self.cycle_id, "province_id": province_id, "award_type_id": self.diploma,
            "reason": "Xếp thứ hai của cụm năm 2023.",
        })
    }

    pub(crate) async fn proposed(&self, province_id: Uuid) -> Reply {
        self.house.post(self.head(), "/nominations", self.body(province_id)).await.expect(201)
    }

    pub(crate) async fn submitted(&self, province_id: Uuid) -> Reply {
        submit(&self.house, &self.proposed(province_id).await.id()).await
    }

    /// A nomination of which public comment is over: it can be decided.
    pub(crate) async fn displayed(&self, province_id: Uuid) -> Reply {
        display(&self.house, &self.proposed(province_id).await.id()).await
    }

    pub(crate) async fn step(&self, who: Option<Account>, seen: &Reply, step: &str, body: Value) -> Reply {
        self.house.step(who, &format!("/nominations/{}/{step}", seen.id()), seen.etag(), body).await
    }
}

/// The steps the caller may take.
pub(crate) fn allowed(reply: &Reply) -> Vec<String> {
    let actions = reply.body["allowed_actions"].as_array().unwrap().iter();
    actions.filter(|action| action["allowed"] == true).map(|action| action["name"].as_str().unwrap().into()).collect()
}

/// Why the caller may not take a step.
pub(crate) fn why_not(reply: &Reply, step: &str) -> String {
    let actions = reply.body["allowed_actions"].as_array().unwrap();
    let action = actions.iter().find(|action| action["name"] == step).unwrap();
    action["reason"].as_str().unwrap_or_default().to_owned()
}

fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

#[actix_web::test]
async fn a_nomination_is_proposed_changed_submitted_and_rejected() {
    let stage = stage(CycleState::Finalized).await;
    let proposed = stage.proposed(stage.second).await;
    let path = format!("/nominations/{}", proposed.id());
    assert_eq!(proposed.header("location"), format!("/api/v1{path}"));
    let found = ["state", "place", "ranking_id", "province_id", "submitted_at"].map(|name| proposed.body[name].clone());
    let expected = [json!("proposed"), json!(2), json!(stage.ranking_id), json!(stage.second), Value::Null];
    assert_eq!(found, expected);
    assert_eq!(allowed(&proposed), ["ballot", "withdraw"]);
    assert_eq!(why_not(&proposed, "submit"), "your role does not allow this");

    let read = stage.house.get(stage.head(), &path).await.expect(200);
    assert_eq!((read.etag(), allowed(&read)), (proposed.etag(), vec!["ballot".to_owned(), "withdraw".to_owned()]));
    let patch = json!({ "reason": "29 trên 32 chỉ tiêu đạt và vượt." });
    let changed = stage.house.patch(stage.head(), &path, read.etag(), patch).await.expect(200);
    assert_eq!(
        (changed.text("/reason"), changed.body["version"].clone()),
        ("29 trên 32 chỉ tiêu đạt và vượt.".into(), json!(2))
    );
    stage.house.patch(stage.head(), &path, read.etag(), json!({})).await.problem(412, "stale");

    stage.step(stage.head(), &changed, "submit", Value::Null).await.problem(403, "forbidden");
    stage.step(secretary(), &changed, "reject", because("Chưa đủ")).await.problem(409, "wrong-state");
    stage.house.at("2024-03-02T01:00:00Z");
    let submitted = submit(&stage.house, &changed.id()).await;
    assert_eq!(submitted.text("/submitted_at"), "2024-03-02T01:00:00Z");
    assert_eq!(allowed(&submitted), ["appraise", "hold", "reject", "withdraw"]);
    stage.house.patch(stage.head(), &path, submitted.etag(), json!({})).await.problem(409, "wrong-state");

    stage.house.at("2024-03-03T01:00:00Z");
    let rejected = stage.step(secretary(), &submitted, "reject", because("Chưa đủ điều kiện.")).await.expect(200);
    let found = ["state", "state_reason", "closed_at"].map(|name| rejected.text(&format!("/{name}")));
    assert_eq!(found, ["rejected", "Chưa đủ điều kiện.", "2024-03-03T01:00:00Z"]);
    assert_eq!((allowed(&rejected), why_not(&rejected, "withdraw")), (vec![], "the nomination is closed".into()));
    stage.step(secretary(), &rejected, "withdraw", because("x")).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn a_province_is_nominated_once_for_an_award_unless_it_came_to_nothing() {
    let stage = stage(CycleState::Finalized).await;
    let first = stage.proposed(stage.second).await;
    stage.house.post(stage.head(), "/nominations", stage.body(stage.second)).await.problem(409, "conflict");
    let mut flag = stage.body(stage.second);
    flag["award_type_id"] = json!(award_type(&stage.house, "CTDCP").await);
    stage.house.post(stage.head(), "/nominations", flag.clone()).await.problem(409, "conflict");
    flag["achievement_kind"] = json!("thematic");
    flag["achievement"] = json!("Xây dựng nông thôn mới");
    stage.house.post(stage.head(), "/nominations", flag).await.expect(201);
    let withdrawn = stage.step(stage.head(), &first, "withdraw", because("Nhầm lẫn")).await.expect(200);
    assert_eq!((withdrawn.text("/state"), withdrawn.text("/state_reason")), ("withdrawn".into(), "Nhầm lẫn".into()));
    stage.proposed(stage.second).await;
}

#[actix_web::test]
async fn what_cannot_be_nominated_is_named() {
    let stage = stage(CycleState::Finalized).await;
    let stranger = province(&stage.house, "B1", "Tỉnh khác").await;
    let individuals = award_type(&stage.house, "CSTDTQ").await;
    let nothing = Uuid::now_v7();
    #[rustfmt::skip]
    let cases = [
        ("province_id",   json!(stage.excluded),     "/province_id excluded"),
        ("province_id",   json!(stranger),           "/province_id not_a_member"),
        ("province_id",   json!(nothing),            "/province_id unknown_reference"),
        ("award_type_id", json!(individuals),        "/award_type_id not_for_collectives"),
        ("award_type_id", json!(nothing),            "/award_type_id unknown_reference"),
        ("cycle_id",      json!(nothing),            "/cycle_id unknown_reference"),
        ("cycle_id",      json!("not-a-uuid"),       "/cycle_id wrong_type"),
        ("cycle_id",      Value::Null,               "/cycle_id wrong_type"),
        ("reason",        json!(""),                 "/reason blank"),
        ("reason",        json!("\u{3000}\n"),       "/reason blank"),
        ("reason",        json!("nul\0"),            "/reason control_character"),
        ("reason",        json!("x".repeat(20_001)), "/reason too_long"),
        ("reason",        json!(-7),                 "/reason wrong_type"),
        ("place",         json!(1),                  "/place unknown_member"),
    ];
    for (name, value, fault) in cases {
        let mut body = stage.body(stage.second);
        body[name] = value;
        let faults = stage.house.post(secretary(), "/nominations", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    // Ranked by nobody yet, although no longer excluded.
    exclude(&stage.house, stage.cycle_id, stage.excluded, None).await;
    let faults =
        stage.house.post(secretary(), "/nominations", stage.body(stage.excluded)).await.problem(422, "invalid");
    assert_eq!(faults, ["/province_id not_ranked"]);
    assert_eq!(stage.house.get(secretary(), "/nominations?total=true").await.body["page"]["total"], 0);

    let mut body = stage.body(stage.second);
    body["reason"] = json!("Ye\u{302}n Ba\u{301}i 🎏");
    let made = stage.house.post(secretary(), "/nominations", body).await.expect(201);
    assert_eq!(made.text("/reason"), "Yên Bái 🎏");
}

#[actix_web::test]
async fn nominations_are_made_while_the_cycle_is_finalised_or_published() {
    use CycleState::*;
    let stage = stage(Draft).await;
    let states = [Draft, Launched, Active, SelfScoring, Appraisal, Closed, Interrupted];
    for state in states {
        move_cycle(&stage.house, stage.cycle_id, state).await;
        stage.house.post(stage.head(), "/nominations", stage.body(stage.second)).await.problem(409, "wrong-state");
    }
    move_cycle(&stage.house, stage.cycle_id, Published).await;
    let proposed = stage.proposed(stage.second).await;
    move_cycle(&stage.house, stage.cycle_id, Closed).await;
    for (step, body) in [("complete-dossier", Value::Null), ("withdraw", because("Muộn"))] {
        stage.step(secretary(), &proposed, step, body).await.problem(409, "wrong-state");
    }
    let path = format!("/nominations/{}", proposed.id());
    stage.house.patch(secretary(), &path, "*", json!({ "reason": "Muộn" })).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn who_may_propose_change_settle_and_withdraw() {
    let stage = stage(CycleState::Finalized).await;
    let body = stage.body(stage.second);
    let outsider = officer_of(province(&stage.house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(&stage.house, stage.cycle_id, None).await;
    for who in [officer_of(stage.second), officer_of(stage.third), assigned, auditor(), administrator()] {
        stage.house.post(who, "/nominations", body.clone()).await.problem(403, "forbidden");
    }
    // Whoever does not see the cycle learns nothing of it.
    for who in [outsider, someone(Role::Appraiser, None)] {
        let faults = stage.house.post(who, "/nominations", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, ["/cycle_id unknown_reference"]);
    }
    stage.house.post(NOBODY, "/nominations", body).await.problem(401, "unauthenticated");

    let made = stage.proposed(stage.second).await;
    let path = format!("/nominations/{}", made.id());
    #[rustfmt::skip]
    let callers = [
        (officer_of(stage.second), 403), // the nominee's own officer sees it
        (auditor(),                403),
        (administrator(),          403),
        (officer_of(stage.third),  404),
        (assigned,                 404),
        (outsider,                 404),
        (NOBODY,                   401),
    ];
    for (who, status) in callers {
        let patched = stage.house.patch(who, &path, made.etag(), because("x")).await.status;
        let submitted = stage.step(who, &made, "submit", Value::Null).await.status;
        let rejected = stage.step(who, &made, "reject", because("x")).await.status;
        let withdrawn = stage.step(who, &made, "withdraw", because("x")).await.status;
        assert_eq!([patched, submitted, rejected, withdrawn], [status; 4], "{who:?}");
    }
    let blind = TestRequest::post().uri(&format!("/api/v1{path}/submit"));
    stage.house.send(secretary(), blind).await.problem(428, "precondition-required");
    stage.house.step(secretary(), &format!("{path}/submit"), "\"7\"", Value::Null).await.problem(412, "stale");
    stage.step(stage.head(), &made, "withdraw", because("Rút lại")).await.expect(200);
}

#[actix_web::test]
async fn lists_hide_what_items_hide() {
    let stage = stage(CycleState::Finalized).await;
    let ours = stage.proposed(stage.second).await.id();
    let theirs = stage.proposed(stage.third).await.id();
    let outsider = officer_of(province(&stage.house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(&stage.house, stage.cycle_id, Some(stage.second)).await;
    #[rustfmt::skip]
    let views: [(_, &[_], &[_]); 10] = [
        // who                     before publication   after it
        (secretary(),              &[&theirs, &ours],   &[&theirs, &ours]),
        (administrator(),          &[&theirs, &ours],   &[&theirs, &ours]),
        (auditor(),                &[&theirs, &ours],   &[&theirs, &ours]),
        (stage.head(),             &[&theirs, &ours],   &[&theirs, &ours]),
        (officer_of(stage.second), &[&ours],            &[&theirs, &ours]),
        (officer_of(stage.third),  &[&theirs],          &[&theirs, &ours]),
        (officer_of(stage.excluded), &[],               &[&theirs, &ours]),
        (assigned,                 &[],                 &[]),
        (outsider,                 &[],                 &[]),
        (NOBODY,                   &[],                 &[]),
    ];
    for state in [CycleState::Finalized, CycleState::Published] {
        move_cycle(&stage.house, stage.cycle_id, state).await;
        for (who, before, after) in views {
            let expected = if state == CycleState::Published { after } else { before };
            let list = stage.house.get(who, "/nominations?total=true").await.expect(200);
            assert_eq!(list.column("id"), expected.iter().map(|id| json!(id)).collect::<Vec<_>>(), "{state:?} {who:?}");
            assert_eq!(list.body["page"]["total"], expected.len(), "{state:?} {who:?}");
            for id in [&ours, &theirs] {
                let status = if expected.contains(&id) { 200 } else { 404 };
                stage.house.get(who, &format!("/nominations/{id}")).await.expect(status);
            }
        }
    }
}

#[actix_web::test]
async fn what_changed_since_blocks_the_next_step_and_says_so_beforehand() {
    let stage = stage(CycleState::Finalized).await;
    let made = stage.proposed(stage.second).await;
    let path = format!("/nominations/{}", made.id());
    for kind in ["submission_letter", "achievement_report", "minutes"] {
        let document = json!({ "kind": kind, "title": "Tài liệu", "url": "https://example.vn" });
        stage.house.post(stage.head(), &format!("{path}/dossier-documents"), document).await.expect(201);
    }

    exclude(&stage.house, stage.cycle_id, stage.second, Some("Vi phạm nghiêm trọng")).await;
    let read = stage.house.get(secretary(), &path).await.expect(200);
    assert_eq!(why_not(&read, "complete-dossier"), "Yên Bái thử is excluded from the ranking");
    assert_eq!(stage.step(secretary(), &made, "complete-dossier", Value::Null).await.blockers(), ["nominee_excluded"]);
    exclude(&stage.house, stage.cycle_id, stage.second, None).await;

    // A correction that leaves the rank alone is no obstacle, one that changes it is.
    let same = [(stage.first, Some(1)), (stage.second, Some(2)), (stage.third, Some(3)), (stage.excluded, None)];
    ranking(&stage.house, stage.cycle_id, &same).await;
    let read = stage.house.get(secretary(), &path).await.expect(200);
    assert_eq!(allowed(&read), ["ballot", "complete-dossier", "hold", "withdraw"]);
    let other = [(stage.first, Some(1)), (stage.third, Some(2)), (stage.second, Some(3)), (stage.excluded, None)];
    let corrected = ranking(&stage.house, stage.cycle_id, &other).await;
    let read = stage.house.get(secretary(), &path).await.expect(200);
    assert_eq!(
        why_not(&read, "complete-dossier"),
        "the rank of Yên Bái thử has changed: withdraw the nomination and propose it anew"
    );
    assert_eq!(stage.step(secretary(), &made, "complete-dossier", Value::Null).await.blockers(), ["rank_changed"]);
    stage.step(stage.head(), &made, "withdraw", because("Thứ hạng thay đổi")).await.expect(200);
    let anew = stage.proposed(stage.second).await;
    assert_eq!((&anew.body["place"], &anew.body["ranking_id"]), (&json!(3), &json!(corrected)));
}

#[actix_web::test]
async fn filters_choose_and_relations_are_embedded() {
    let stage = stage(CycleState::Finalized).await;
    let second = stage.proposed(stage.second).await;
    let third = stage.submitted(stage.third).await;
    let read = stage.house.get(secretary(), &format!("/nominations/{}?expand=cycle", second.id())).await.expect(200);
    let cluster_id = read.text("/cycle/cluster_id");
    let (cycle_id, province_id, diploma, nothing) = (stage.cycle_id, stage.second, stage.diploma, Uuid::now_v7());
    let (second, third) = (json!(second.id()), json!(third.id()));
    #[rustfmt::skip]
    let cases = [
        (format!("cycle_id={cycle_id}"),                       vec![&third, &second]),
        (format!("cycle_id={nothing}"),                        vec![]),
        (format!("cluster_id={nothing},{cluster_id}"),         vec![&third, &second]),
        (format!("cluster_id={nothing}"),                      vec![]),
        ("year=2022,2023".into(),                              vec![&third, &second]),
        ("year=2022".into(),                                   vec![]),
        (format!("province_id={province_id}"),                 vec![&second]),
        (format!("award_type_id={diploma}"),                   vec![&third, &second]),
        (format!("award_type_id={nothing}"),                   vec![]),
        ("state=submitted".into(),                             vec![&third]),
        ("state=proposed,decided".into(),                      vec![&second]),
        (format!("state=proposed&province_id={}", stage.third), vec![]),
        ("sort=created_at".into(),                             vec![&second, &third]),
    ];
    for (query, expected) in cases {
        let list = stage.house.get(secretary(), &format!("/nominations?total=true&{query}")).await.expect(200);
        assert_eq!(list.column("id").iter().collect::<Vec<_>>(), expected, "{query}");
        assert_eq!(list.body["page"]["total"], expected.len(), "{query}");
    }
    #[rustfmt::skip]
    let cases = [
        ("state=open",        "state unreadable"),
        ("state=",            "state unreadable"),
        ("year=many",         "year unreadable"),
        ("cycle_id=7",        "cycle_id unreadable"),
        ("expand=ranking",    "expand unreadable"),
        ("sort=reason",       "sort unreadable"),
        ("status=proposed",   "status unknown_parameter"),
    ];
    for (query, fault) in cases {
        let faults = stage.house.get(secretary(), &format!("/nominations?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
    let list = stage.house.get(secretary(), "/nominations?limit=1&expand=province,award_type,cycle").await.expect(200);
    let found = ["/data/0/province/name", "/data/0/award_type/code", "/data/0/cycle/state"].map(|at| list.text(at));
    assert_eq!(found, ["Hòa Bình thử", "BKTTG", "finalized"]);
}

#[actix_web::test]
async fn a_long_list_needs_no_more_statements_than_a_short_one() {
    let stage = stage(CycleState::Published).await;
    let path = "/nominations?expand=province,award_type,cycle&total=true";
    let mut counts = vec![];
    for codes in [vec!["BKTTG"], vec!["CTDCP", "CTDBNT", "TTLDXS", "BKBNT", "HCLD1", "HCLD2", "HCLD3"]] {
        for code in codes {
            for province_id in [stage.first, stage.second, stage.third] {
                let mut body = stage.body(province_id);
                body["award_type_id"] = json!(award_type(&stage.house, code).await);
                body["achievement_kind"] = json!("thematic");
                body["achievement"] = json!(code);
                stage.house.post(secretary(), "/nominations", body).await.expect(201);
            }
        }
        for who in [secretary(), stage.head(), officer_of(stage.third)] {
            let (list, statements) = stage.house.counting(stage.house.get(who, path)).await;
            counts.push((list.body["page"]["total"].as_u64().unwrap(), statements));
        }
    }
    // Count, page, cycles, the caller's memberships (officers), provinces, members, ranking, award rules, what dossiers ask
    // for, documents, comments, earlier awards that are asked for, award types.
    assert_eq!(counts, [(3, 12), (3, 13), (3, 13), (24, 12), (24, 13), (24, 13)]);
}

#[actix_web::test]
async fn of_concurrent_twins_one_is_made() {
    for _ in 0..20 {
        let stage = stage(CycleState::Finalized).await;
        let propose = |who| stage.house.post(who, "/nominations", stage.body(stage.second));
        let (a, b, c) = tokio::join!(propose(stage.head()), propose(secretary()), propose(stage.head()));
        let mut statuses = [a.status, b.status, c.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409]);
    }
}

#[actix_web::test]
async fn a_nomination_waits_while_a_case_is_pending_and_goes_on_where_it_stood() {
    let stage = stage(CycleState::Published).await;
    let displayed = stage.displayed(stage.second).await;
    let path = format!("/nominations/{}", displayed.id());
    let why = json!({ "ground": "complaint", "reason": "Đang xác minh đơn khiếu nại" });
    let step = async |who, step: &str, body: Value| stage.house.step(who, &format!("{path}/{step}"), "*", body).await;
    step(stage.head(), "hold", why.clone()).await.problem(403, "forbidden");
    for (body, fault) in [
        (json!({ "ground": "rumour", "reason": "…" }), "/ground unknown_value"),
        (json!({ "ground": "press", "reason": " " }), "/reason blank"),
        (json!({ "reason": "…" }), "/ground required"),
    ] {
        assert_eq!(step(secretary(), "hold", body.clone()).await.problem(422, "invalid"), [fault], "{body}");
    }
    step(secretary(), "release", because("Không có gì")).await.problem(409, "wrong-state");
    let held = step(secretary(), "hold", why.clone()).await.expect(200);
    let told = ["state", "held_from", "hold_ground", "state_reason"].map(|name| held.body[name].clone());
    assert_eq!(
        told,
        [json!("on_hold"), json!("public_comment"), json!("complaint"), json!("Đang xác minh đơn khiếu nại")]
    );
    assert_eq!(allowed(&held), ["release", "reject", "withdraw"]);
    assert_eq!(why_not(&held, "decide"), "the nomination is on hold; release it first");
    step(secretary(), "hold", why).await.problem(409, "wrong-state");
    let decision = json!({
        "nomination_id": displayed.id(), "decision_number": "1/QĐ-TTg", "decided_on": "2024-03-01",
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Phó Thủ tướng", "citation": "Đã có thành tích",
    });
    stage.house.post(secretary(), "/awards", decision.clone()).await.problem(409, "wrong-state");
    let list = stage.house.get(secretary(), "/nominations?state=on_hold").await.expect(200);
    assert_eq!(list.column("id"), [json!(displayed.id())]);
    let twin = stage.house.post(stage.head(), "/nominations", stage.body(stage.second)).await;
    twin.problem(409, "conflict");
    let blocked = stage.house.step(secretary(), &format!("/cycles/{}/close", stage.cycle_id), "*", Value::Null).await;
    assert!(blocked.blockers().contains(&"nomination_open".to_owned()), "it keeps the year open");

    let released = step(secretary(), "release", because("Khiếu nại không có cơ sở")).await.expect(200);
    let told = ["state", "held_from", "hold_ground"].map(|name| released.body[name].clone());
    assert_eq!(told, [json!("public_comment"), Value::Null, Value::Null]);
    assert_eq!(released.body["submitted_at"], displayed.body["submitted_at"], "submitted once");
    stage.house.post(secretary(), "/awards", decision).await.expect(201);
    step(secretary(), "hold", json!({ "ground": "press", "reason": "Báo nêu" })).await.problem(409, "wrong-state");

    let other = stage.proposed(stage.third).await;
    let path = format!("/nominations/{}", other.id());
    let ground = json!({ "ground": "inspection", "reason": "Thanh tra Chính phủ" });
    stage.house.step(secretary(), &format!("{path}/hold"), "*", ground).await.expect(200);
    let fallen =
        stage.house.step(secretary(), &format!("{path}/reject"), "*", because("Có sai phạm")).await.expect(200);
    let told = ["state", "held_from", "hold_ground"].map(|name| fallen.body[name].clone());
    assert_eq!(told, [json!("rejected"), Value::Null, Value::Null]);
}

/// Two secretaries decide one nomination while a third puts it on hold: one award or none, and never one beside a hold.
#[actix_web::test]
async fn a_hold_and_two_decisions_never_both_win() {
    const ROUNDS: usize = 50;
    let house = house().await;
    let replica = house.replica().await;
    let mut members = vec![];
    for number in 0..ROUNDS {
        let id = province(&house, &format!("R{number}"), &format!("Tỉnh {number}")).await;
        members.push((id, if number == 0 { Head } else { Member }, None));
    }
    let cycle_id = cycle(&house, CycleState::Published, 2023, &members).await;
    let diploma = award_type(&house, "BKTTG").await;
    let mut won = [0, 0];
    for (round, (province_id, ..)) in members.iter().enumerate() {
        let id = super::fixtures::nomination(&house, cycle_id, *province_id, diploma).await;
        let path = format!("/nominations/{id}");
        display(&house, &id.to_string()).await;
        let decide = async |at: &House, number: &str| {
            let body = json!({
                "nomination_id": id, "decision_number": format!("{number}{round}/QĐ-TTg"), "decided_on": "2024-03-01",
                "signatory_name": "Nguyễn Văn A", "signatory_title": "Phó Thủ tướng", "citation": "Đã có thành tích",
            });
            at.post(secretary(), "/awards", body).await
        };
        // In one round of five the hold is first, in one a decision, in the others they race.
        let pause = |first: bool| std::time::Duration::from_millis(if first { 0 } else { 200 });
        let hold = async {
            tokio::time::sleep(pause(round % 5 != 1)).await;
            let body = json!({ "ground": "press", "reason": "Báo nêu" });
            replica.step(secretary(), &format!("{path}/hold"), "*", body).await
        };
        let deciding = async {
            tokio::time::sleep(pause(round % 5 != 0)).await;
            join(decide(&house, "A"), decide(&replica, "B")).await
        };
        let (held, (one, other)) = join(hold, deciding).await;
        let made = [&one, &other].iter().filter(|reply| reply.status == 201).count();
        for reply in [one, other].into_iter().filter(|reply| reply.status != 201) {
            reply.problem(409, "wrong-state");
        }
        let state = house.get(secretary(), &path).await.expect(200).text("/state");
        match (made, held.status) {
            (1, 409) => assert_eq!(state, "decided", "round {round}"),
            (0, 200) => assert_eq!(state, "on_hold", "round {round}"),
            both => panic!("round {round}: {both:?}"),
        }
        won[made] += 1;
    }
    let awards = house.get(NOBODY, &format!("/awards?cycle_id={cycle_id}&total=true")).await.expect(200);
    assert_eq!(awards.body["page"]["total"], won[1], "nothing lost, nothing double");
    assert!(won[0] >= 10 && won[1] >= 10, "{won:?}");
}
