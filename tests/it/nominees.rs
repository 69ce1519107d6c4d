//! Stories of collectives and people that are nominated: who nominates them, what they need, and who learns of them.

use entity::vocab::CycleState;
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{Deputy, Head, award_type, cycle, display, officer_of, ranking, submit},
    form::{PDF, file, form},
    nominations::{Stage, allowed, stage},
    support::{NOBODY, Reply, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                              nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/award-requirements",       [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/award-requirements",       [401,  403,    403,      403,    403,      422]),
    ("GET",    "/api/v1/award-requirements/{id}",  [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/award-requirements/{id}",  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/award-requirements/{id}",  [401,  404,    404,      404,    404,      404]),
];

const NAME: &str = "Nguyễn Thị Bích Hạnh";
const POSITION: &str = "Giám đốc Sở Nội vụ";

/// A published cycle in June of the year after.
async fn june() -> Stage {
    let stage = stage(CycleState::Published).await;
    stage.house.at("2024-06-10T01:00:00Z");
    stage
}

impl Stage {
    async fn person(&self, code: &str) -> Value {
        let mut body = self.body(self.second);
        body["nominee_kind"] = json!("person");
        body["nominee_name"] = json!(NAME);
        body["nominee_position"] = json!(POSITION);
        body["award_type_id"] = json!(award_type(&self.house, code).await);
        body["reason"] = json!("Có nhiều sáng kiến trong năm 2023.");
        body
    }

    async fn office(&self, code: &str) -> Value {
        let mut body = self.body(self.second);
        body["nominee_kind"] = json!("collective");
        body["nominee_name"] = json!("Sở Nội vụ");
        body["award_type_id"] = json!(award_type(&self.house, code).await);
        body
    }

    async fn nominate(&self, who: Option<Account>, body: Value) -> Reply {
        self.house.post(who, "/nominations", body).await
    }
}

fn with(mut body: Value, members: &[(&str, Value)]) -> Value {
    for (name, value) in members {
        body[*name] = value.clone();
    }
    body
}

#[actix_web::test]
async fn a_province_nominates_its_own_and_needs_no_rank_for_it() {
    let stage = june().await;
    let own = officer_of(stage.second);
    // On the province's own rank the head decides, on its people the province does.
    stage.nominate(own, stage.body(stage.second)).await.problem(403, "forbidden");
    let made = stage.nominate(own, stage.office("BKBNT").await).await.expect(201);
    let found =
        ["nominee_kind", "nominee_name", "nominee_position", "achievement_kind", "achievement", "place", "ranking_id"];
    let expected = json!(["collective", "Sở Nội vụ", null, "yearly", null, null, null]);
    assert_eq!(json!(found.map(|name| made.body[name].clone())), expected);
    assert_eq!(allowed(&made), ["withdraw"]);
    stage.nominate(officer_of(stage.third), stage.office("BKBNT").await).await.problem(403, "forbidden");
    let of_the_excluded = with(stage.office("BKBNT").await, &[("province_id", json!(stage.excluded))]);
    stage.nominate(officer_of(stage.excluded), of_the_excluded).await.expect(201);

    let patch = json!({ "reason": "Dẫn đầu khối thi đua của tỉnh." });
    let path = format!("/nominations/{}", made.id());
    stage.house.patch(officer_of(stage.third), &path, "*", patch.clone()).await.problem(403, "forbidden");
    let changed = stage.house.patch(own, &path, made.etag(), patch).await.expect(200);
    let reason = json!({ "reason": "Rút để bổ sung hồ sơ." });
    let withdrawn = stage.step(own, &changed, "withdraw", reason).await.expect(200);
    assert_eq!(withdrawn.text("/state"), "withdrawn");
    let again = stage.nominate(own, stage.office("BKBNT").await).await.expect(201);
    let kinds = stage
        .house
        .get(own, &format!("/nominations?nominee_kind=collective,person&sort=created_at&province_id={}", stage.second))
        .await
        .expect(200);
    assert_eq!(kinds.column("id"), [json!(made.id()), json!(again.id())]);
    assert_eq!(
        stage.house.get(own, "/nominations?achievement_kind=sudden").await.expect(200).column("id"),
        [] as [Value; 0]
    );
}

#[actix_web::test]
async fn what_is_wrong_with_a_nominee_is_named() {
    let stage = june().await;
    let (person, office) = (stage.person("CSTDCS").await, stage.office("BKBNT").await);
    let collective = json!(award_type(&stage.house, "CTDCP").await);
    let individual = json!(award_type(&stage.house, "CSTDTQ").await);
    #[rustfmt::skip]
    let cases: Vec<(Value, &[&str])> = vec![
        (with(person.clone(), &[("nominee_name", Value::Null)]),                                    &["/nominee_name required"]),
        (with(person.clone(), &[("nominee_position", Value::Null)]),                                &["/nominee_position required"]),
        (with(person.clone(), &[("nominee_name", json!("\u{0}"))]),                                 &["/nominee_name control_character"]),
        (with(person.clone(), &[("award_type_id", collective)]),                                    &["/award_type_id not_for_individuals"]),
        (with(person.clone(), &[("reason", json!("Bà NGUYEN THI BICH HANH có nhiều sáng kiến"))]),  &["/reason names_a_person"]),
        (with(person.clone(), &[("nominee_kind", json!("household"))]),                             &["/nominee_kind unknown_value"]),
        (with(office.clone(), &[("nominee_position", json!(POSITION))]),                            &["/nominee_position not_applicable"]),
        (with(office.clone(), &[("award_type_id", individual)]),                                    &["/award_type_id not_for_collectives"]),
        (with(office.clone(), &[("achievement_kind", json!("sudden"))]),                            &["/achievement required"]),
        (with(office, &[("achievement", json!("Chống bão"))]),                                      &["/achievement not_applicable"]),
        (with(stage.body(stage.second), &[("nominee_name", json!("Yên Bái"))]),                     &["/nominee_name not_applicable"]),
    ];
    for (body, faults) in cases {
        assert_eq!(stage.nominate(secretary(), body.clone()).await.problem(422, "invalid"), faults, "{body}");
    }
    let made = stage.nominate(secretary(), person).await.expect(201);
    let naming = json!({ "reason": format!("Bà {NAME}") });
    let path = format!("/nominations/{}", made.id());
    let refused = stage.house.patch(secretary(), &path, made.etag(), naming).await.problem(422, "invalid");
    assert_eq!(refused, ["/reason names_a_person"]);
}

#[actix_web::test]
async fn one_achievement_is_rewarded_once() {
    let stage = june().await;
    let first = stage.nominate(secretary(), stage.office("BKBNT").await).await.expect(201);
    let typed_otherwise = with(stage.office("BKTTG").await, &[("nominee_name", json!("  SỞ NỘI  VỤ "))]);
    stage.nominate(secretary(), typed_otherwise.clone()).await.problem(409, "conflict");
    stage.nominate(secretary(), stage.office("BKBNT").await).await.problem(409, "conflict");
    // Another achievement, another office, another province: another matter.
    let storm = [("achievement_kind", json!("sudden")), ("achievement", json!("Khắc phục hậu quả bão Yagi"))];
    stage.nominate(secretary(), with(typed_otherwise.clone(), &storm)).await.expect(201);
    let again = [("achievement_kind", json!("sudden")), ("achievement", json!("khac phuc hau qua BÃO YAGI"))];
    stage.nominate(secretary(), with(stage.office("BKBNT").await, &again)).await.problem(409, "conflict");
    let other = with(stage.office("BKBNT").await, &[("nominee_name", json!("Sở Tài chính"))]);
    stage.nominate(secretary(), other).await.expect(201);
    let elsewhere = with(stage.office("BKBNT").await, &[("province_id", json!(stage.third))]);
    stage.nominate(secretary(), elsewhere).await.expect(201);
    // So is one whose first nomination came to nothing.
    stage.step(secretary(), &first, "withdraw", json!({ "reason": "Chọn hình thức khác" })).await.expect(200);
    stage.nominate(secretary(), typed_otherwise).await.expect(201);

    // The province itself: a title and a commendation for one year are two rewards. Titles of a person build on each other.
    stage.nominate(secretary(), stage.body(stage.first)).await.expect(201);
    let flag = with(stage.body(stage.first), &[("award_type_id", json!(award_type(&stage.house, "CTDCP").await))]);
    stage.nominate(secretary(), flag).await.problem(409, "conflict");
    stage.nominate(secretary(), stage.person("LDTT").await).await.expect(201);
    stage.nominate(secretary(), stage.person("CSTDCS").await).await.expect(201);
    stage.nominate(secretary(), stage.person("CSTDCS").await).await.problem(409, "conflict");
    stage.nominate(secretary(), stage.person("BKBNT").await).await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_quota_holds_beside_the_rules_too() {
    let stage = stage(CycleState::Appraisal).await;
    let rule = json!({
        "cycle_id": stage.cycle_id, "award_type_id": stage.diploma, "place_from": 2, "place_to": 2, "quota": 1,
        "ties": "none", "ballot_required": false, "reason": "Đơn vị xếp thứ hai",
    });
    stage.house.post(secretary(), "/award-rules", rule).await.expect(201);
    super::fixtures::move_cycle(&stage.house, stage.cycle_id, CycleState::Published).await;
    stage.nominate(secretary(), stage.body(stage.third)).await.expect(201);
    let refused = stage.nominate(secretary(), stage.body(stage.first)).await.problem(422, "invalid");
    assert_eq!(refused, ["/award_type_id quota_used"]);
    stage.nominate(secretary(), stage.office("BKBNT").await).await.expect(201);
}

#[actix_web::test]
async fn earlier_awards_are_known_or_certified() {
    let stage = june().await;
    let made = stage.nominate(secretary(), stage.person("BKTTG").await).await.expect(201);
    let path = format!("/nominations/{}", made.id());
    let documents = format!("{path}/dossier-documents");
    let complete = async || stage.house.step(secretary(), &format!("{path}/complete-dossier"), "*", Value::Null).await;
    for kind in ["submission_letter", "achievement_report", "minutes"] {
        let document = json!({ "kind": kind, "title": "Tài liệu", "url": format!("https://example.vn/{kind}") });
        stage.house.post(secretary(), &documents, document).await.expect(201);
    }
    let refused = complete().await;
    let told = refused.text("/blockers/0/message");
    assert_eq!(
        told,
        "Bằng khen của Bộ, ban, ngành, tỉnh is needed 1 times, and 0 are known: add a certificate to the dossier"
    );
    assert_eq!(refused.blockers(), ["earlier_award_missing"]);
    // A thematic award of the past does not count, a yearly one does.
    for (kind, code, answer) in [("thematic", "BKBNT", 409), ("yearly", "BKBNT", 200)] {
        let mut body = stage.person(code).await;
        if kind == "thematic" {
            body = with(body, &[("achievement_kind", json!(kind)), ("achievement", json!("Nông thôn mới"))]);
        } else {
            // The year of this cycle has its nomination already: the one before is that of another cluster.
            body["cycle_id"] = json!(year_before(&stage).await);
        }
        let earlier = stage.nominate(secretary(), body).await.expect(201);
        let ready = display(&stage.house, &earlier.id()).await;
        decide(&stage, &ready, &format!("{kind}/QĐ-UBND"), "Đã có thành tích").await.expect(201);
        assert_eq!(complete().await.status, answer, "{kind}");
    }
}

/// A published cycle of the year before, with the second province as a member.
async fn year_before(stage: &Stage) -> Uuid {
    let members = [(stage.second, Head, None), (stage.third, Deputy, Some(1))];
    let cycle_id = cycle(&stage.house, CycleState::Published, 2022, &members).await;
    ranking(&stage.house, cycle_id, &[(stage.second, Some(1)), (stage.third, Some(2))]).await;
    cycle_id
}

async fn decide(stage: &Stage, nomination: &Reply, number: &str, citation: &str) -> Reply {
    let body = json!({
        "nomination_id": nomination.id(), "decision_number": number, "decided_on": "2024-06-08",
        "signatory_name": "Trần Văn B", "signatory_title": "Chủ tịch", "citation": citation,
    });
    stage.house.post(secretary(), "/awards", body).await
}

#[actix_web::test]
async fn what_a_predecessor_was_given_counts() {
    let house = house().await;
    let of_code = async |code: &str, day: &str| -> Uuid {
        let found = house.get(NOBODY, &format!("/provinces?code={code}&as_of={day}")).await.expect(200);
        found.text("/data/0/id").parse().unwrap()
    };
    let (yen_bai, bac_kan) = (of_code("15", "2024-03-01").await, of_code("06", "2024-03-01").await);
    let (lao_cai, other) = (of_code("15", "2025-07-01").await, of_code("20", "2025-07-01").await);
    let (flag, diploma) = (award_type(&house, "CTDCP").await, award_type(&house, "BKTTG").await);
    let nominated = async |year, [first, second]: [Uuid; 2], award_type_id: Uuid| {
        let cycle_id =
            cycle(&house, CycleState::Published, year, &[(first, Head, None), (second, Deputy, Some(1))]).await;
        ranking(&house, cycle_id, &[(first, Some(1)), (second, Some(2))]).await;
        let body = json!({
            "cycle_id": cycle_id, "province_id": first, "award_type_id": award_type_id, "reason": "Dẫn đầu cụm",
        });
        house.post(secretary(), "/nominations", body).await.expect(201)
    };
    house.at("2026-06-10T01:00:00Z");
    let earlier = display(&house, &nominated(2022, [yen_bai, bac_kan], diploma).await.id()).await;
    let decision = json!({
        "nomination_id": earlier.id(), "decision_number": "1/QĐ-TTg", "decided_on": "2024-06-08",
        "signatory_name": "Trần Văn B", "signatory_title": "Phó Thủ tướng", "citation": "Dẫn đầu cụm",
    });
    house.post(secretary(), "/awards", decision).await.expect(201);

    let asked = json!({
        "award_type_id": flag, "recipient_kind": "collective", "needed_award_type_id": diploma, "times": 2,
        "within_years": 4, "legal_basis": "Quy chế cụm",
    });
    let asked = house.post(administrator(), "/award-requirements", asked).await.expect(201);
    let [heir, stranger] =
        [nominated(2025, [lao_cai, other], flag).await, nominated(2026, [other, lao_cai], flag).await];
    let missing = async |nomination: &Reply| {
        let path = format!("/nominations/{}/complete-dossier", nomination.id());
        let refused = house.step(secretary(), &path, "*", Value::Null).await;
        refused.blockers().contains(&"earlier_award_missing".to_owned())
    };
    assert_eq!((missing(&heir).await, missing(&stranger).await), (true, true));
    let patch = json!({ "times": 1 });
    let path = format!("/award-requirements/{}", asked.id());
    house.patch(administrator(), &path, asked.etag(), patch).await.expect(200);
    assert_eq!((missing(&heir).await, missing(&stranger).await), (false, true), "Lào Cai followed Yên Bái");
    submit(&house, &heir.id()).await;
}

#[actix_web::test]
async fn a_certificate_answers_for_awards_that_are_not_known() {
    let stage = june().await;
    let made = stage.nominate(secretary(), stage.person("CSTDTQ").await).await.expect(201);
    let path = format!("/nominations/{}", made.id());
    let refused = stage.house.step(secretary(), &format!("{path}/complete-dossier"), "*", Value::Null).await.blockers();
    assert!(refused.contains(&"earlier_award_missing".to_owned()), "{refused:?}");
    let document = json!({ "kind": "certificate", "title": "Quyết định 2021, 2022", "url": "https://example.vn/qd" });
    stage.house.post(secretary(), &format!("{path}/dossier-documents"), document).await.expect(201);
    display(&stage.house, &made.id()).await;
}

#[actix_web::test]
async fn a_person_never_reaches_the_public() {
    let stage = june().await;
    let made = stage.nominate(secretary(), stage.person("LDTT").await).await.expect(201);
    let ready = display(&stage.house, &made.id()).await;
    let path = format!("/nominations/{}", ready.id());
    let (named, silent) = (json!([NAME, POSITION]), json!([null, null]));
    let seen = async |who: Option<Account>, path: &str, names: [&str; 2]| {
        let read = stage.house.get(who, path).await.expect(200);
        json!(names.map(|name| read.body[name].clone()))
    };
    let nominee = ["nominee_name", "nominee_position"];
    for who in [officer_of(stage.second), stage.head(), officer_of(stage.third), secretary(), auditor()] {
        assert_eq!(seen(who, &path, nominee).await, named);
    }
    assert_eq!(seen(NOBODY, &path, nominee).await, silent);

    for (citation, fault) in [(format!("Bà {} giỏi", NAME.to_uppercase()), "/citation names_a_person")] {
        let refused = decide(&stage, &ready, "1/QĐ", &citation).await.problem(422, "invalid");
        assert_eq!(refused, [fault]);
    }
    let award = decide(&stage, &ready, "1/QĐ", "Hoàn thành tốt nhiệm vụ").await.expect(201);
    assert_eq!((award.text("/recipient_kind"), award.text("/recipient_name")), ("individual".into(), NAME.into()));
    let path = format!("/awards/{}", award.id());
    let recipient = ["recipient_name", "recipient_position"];
    for who in [officer_of(stage.second), secretary(), auditor(), administrator()] {
        assert_eq!(seen(who, &path, recipient).await, named);
    }
    for who in [NOBODY, officer_of(stage.third)] {
        assert_eq!(seen(who, &path, recipient).await, silent);
    }

    // The signed text names whom it honours.
    let decision = format!("/decisions/{}", award.text("/decision_id"));
    let etag = stage.house.get(secretary(), &decision).await.expect(200).etag().to_owned();
    let signed = form(&[file("qd.pdf", PDF)]);
    stage.house.put_file(secretary(), &format!("{decision}/file"), &etag, signed).await.expect(200);
    for (who, status) in [(NOBODY, 404), (officer_of(stage.third), 404), (secretary(), 200), (auditor(), 200)] {
        assert_eq!(stage.house.get(who, &format!("{decision}/file")).await.status, status);
        let file = &stage.house.get(who, &decision).await.expect(200).body["file"];
        assert_eq!(file.is_null(), status == 404);
    }

    // Nothing that the public can ask for tells a word of it.
    let folded = ["bich hanh", "Bích Hạnh", "Hạnh"];
    for path in [
        "/awards?expand=province,award_type,cycle".to_owned(),
        "/decisions".to_owned(),
        format!("{decision}?expand=awards"),
        format!("/provinces/{}/award-history", stage.second),
        "/nominations".to_owned(),
        path,
    ] {
        let told = String::from_utf8(stage.house.get(NOBODY, &path).await.expect(200).bytes).unwrap();
        assert!(folded.iter().all(|word| !told.contains(word)), "{path}: {told}");
        assert!(!told.contains(POSITION), "{path}");
    }
    for list in ["/awards", "/decisions"] {
        let found = stage.house.get(NOBODY, &format!("{list}?q=bich%20hanh&total=true")).await.expect(200);
        assert_eq!(found.body["page"]["total"], 0);
    }
    let reason = json!({ "reason": format!("Bà {NAME} kê khai gian dối"), "revoked_on": "2024-06-09" });
    let step = format!("/awards/{}/revoke", award.id());
    let refused = stage.house.step(secretary(), &step, "*", reason).await.problem(422, "invalid");
    assert_eq!(refused, ["/reason names_a_person"]);
}

#[actix_web::test]
async fn which_awards_come_before_which_is_data() {
    let house = house().await;
    let (flag, diploma) = (award_type(&house, "CTDCP").await, award_type(&house, "BKBNT").await);
    let asked = async |query: &str| house.get(NOBODY, &format!("/award-requirements?{query}")).await.expect(200);
    let shipped = asked("total=true").await;
    assert_eq!(
        (&shipped.body["page"]["total"], shipped.column("times")),
        (&json!(3), vec![json!(2), json!(3), json!(1)])
    );
    assert!(shipped.column("certainty").iter().all(|certainty| certainty == "likely"));
    assert_eq!(asked("recipient_kind=collective&total=true").await.body["page"]["total"], 0);
    assert_eq!(asked(&format!("needed_award_type_id={diploma}&total=true")).await.body["page"]["total"], 1);

    let new = json!({
        "award_type_id": flag, "recipient_kind": "collective", "needed_award_type_id": diploma, "times": 2,
        "within_years": 5, "legal_basis": "Quy chế cụm",
    });
    house.post(secretary(), "/award-requirements", new.clone()).await.problem(403, "forbidden");
    let made = house.post(administrator(), "/award-requirements", new.clone()).await.expect(201);
    house.post(administrator(), "/award-requirements", new.clone()).await.problem(409, "conflict");
    for (name, value, fault) in [
        ("award_type_id", json!(Uuid::now_v7()), "/award_type_id unknown_reference"),
        ("needed_award_type_id", json!(Uuid::now_v7()), "/needed_award_type_id unknown_reference"),
        ("times", json!(0), "/times range"),
        ("times", json!(21), "/times range"),
        ("within_years", json!(51), "/within_years range"),
        ("legal_basis", json!(" "), "/legal_basis blank"),
        ("valid_to", json!("2030-01-01"), "/valid_to unknown_member"),
    ] {
        let body = with(new.clone(), &[(name, value)]);
        assert_eq!(house.post(administrator(), "/award-requirements", body).await.problem(422, "invalid"), [fault]);
    }
    let path = format!("/award-requirements/{}", made.id());
    let patch = json!({ "times": 3, "within_years": null });
    house.patch(secretary(), &path, made.etag(), patch.clone()).await.problem(403, "forbidden");
    let changed = house.patch(administrator(), &path, made.etag(), patch.clone()).await.expect(200);
    assert_eq!((&changed.body["times"], &changed.body["within_years"]), (&json!(3), &Value::Null));
    house.patch(administrator(), &path, made.etag(), patch).await.problem(412, "stale");
    house.delete(administrator(), &path, changed.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
}
