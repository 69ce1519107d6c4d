//! Stories of awards.

use actix_web::{http::header, test::TestRequest};
use entity::{journal_entry, reward_coefficient, vocab::CycleState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use thidua::{db, domain::policy::Account};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{appraiser, award_type, display, exclude, officer_of, ranking},
    nominations::{Stage, allowed, stage, why_not},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                       nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/awards",               [200,  200,    200,      200,    200,      200]),
    ("POST", "/api/v1/awards",               [401,  403,    403,      403,    422,      403]),
    ("GET",  "/api/v1/awards/{id}",          [404,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/awards/{id}/revoke",   [401,  404,    404,      404,    404,      404]),
];

pub(crate) fn decision(nomination: &Reply, number: &str) -> Value {
    json!({
        "nomination_id": nomination.id(), "decision_number": number, "decided_on": "2024-05-31",
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Thủ tướng Chính phủ",
        "citation": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2023.",
    })
}

pub(crate) fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

/// A published cycle in June of the year after.
pub(crate) async fn june() -> Stage {
    let stage = stage(CycleState::Published).await;
    stage.house.at("2024-06-10T01:00:00Z");
    stage
}

async fn decide(stage: &Stage, who: Option<Account>, body: Value) -> Reply {
    stage.house.post(who, "/awards", body).await
}

/// A nomination for the award type with this code, for an achievement of its own, of which public comment is over.
pub(crate) async fn displayed(stage: &Stage, province_id: Uuid, code: &str) -> Reply {
    let mut body = stage.body(province_id);
    body["award_type_id"] = json!(award_type(&stage.house, code).await);
    body["achievement_kind"] = json!("thematic");
    body["achievement"] = json!(format!("Chuyên đề {code}"));
    let made = stage.house.post(secretary(), "/nominations", body).await.expect(201);
    display(&stage.house, &made.id()).await
}

#[actix_web::test]
async fn an_award_is_decided_seen_by_everybody_and_revoked() {
    let stage = june().await;
    let nomination = stage.displayed(stage.second).await;
    let read = stage.house.get(secretary(), &format!("/nominations/{}", nomination.id())).await.expect(200);
    assert_eq!(allowed(&read), ["hold", "decide", "reject", "withdraw"]);
    let award = decide(&stage, secretary(), decision(&nomination, " 467/QĐ-TTg ")).await.expect(201);
    let path = format!("/awards/{}", award.id());
    assert_eq!(award.header("location"), format!("/api/v1{path}"));
    let names = ["decision_number", "decision_year", "authority", "recipient_kind", "state", "nomination_id"];
    let expected = json!(["467/QĐ-TTg", 2024, "prime_minister", "collective", "decided", nomination.id()]);
    assert_eq!(json!(names.map(|name| award.body[name].clone())), expected);
    let made = stage.house.get(NOBODY, &format!("/decisions/{}", award.text("/decision_id"))).await.expect(200);
    let names = ["number", "title", "awards_count", "standing_count", "reward_total", "file"];
    let expected = json!(["467/QĐ-TTg", "Về việc tặng Bằng khen của Thủ tướng Chính phủ", 1, 1, 12_600_000, null]);
    assert_eq!(json!(names.map(|name| made.body[name].clone())), expected);
    let reward = json!({
        "coefficient": 7, "base_salary": 1_800_000, "amount": 12_600_000, "formula": "7 × 1800000 = 12600000 VND",
    });
    assert_eq!((&award.body["reward"], allowed(&award)), (&reward, vec!["revoke".to_owned()]));

    let closed = stage.house.get(secretary(), &format!("/nominations/{}", nomination.id())).await.expect(200);
    let found = ["state", "closed_at", "updated_at"].map(|name| closed.text(&format!("/{name}")));
    assert_eq!(found, ["decided", "2024-06-10T01:00:00Z", "2024-06-10T01:00:00Z"]);
    assert_eq!(closed.body["version"], 6);
    decide(&stage, secretary(), decision(&nomination, "468/QĐ-TTg")).await.problem(409, "wrong-state");

    let read = stage.house.get(NOBODY, &path).await.expect(200);
    assert_eq!(
        (read.text("/decision_number"), why_not(&read, "revoke")),
        ("467/QĐ-TTg".into(), "sign in first".into())
    );
    stage.house.at("2025-02-02T18:00:00Z"); // the third in Vietnam
    let revocation =
        json!({ "reason": "Kê khai gian dối.", "revoked_on": "2025-02-03", "decision_number": "99/QĐ-TTg" });
    let step = format!("{path}/revoke");
    let revoked = stage.house.step(secretary(), &step, award.etag(), revocation.clone()).await.expect(200);
    let names = ["state", "revoked_on", "revocation_number", "revocation_reason", "amount_to_recover", "version"];
    let expected = json!(["revoked", "2025-02-03", "99/QĐ-TTg", "Kê khai gian dối.", 12_600_000, 2]);
    assert_eq!(json!(names.map(|name| revoked.body[name].clone())), expected);
    assert_eq!((&revoked.body["reward"], allowed(&revoked)), (&reward, vec![]));
    stage.house.step(secretary(), &step, award.etag(), revocation.clone()).await.problem(412, "stale");
    stage.house.step(secretary(), &step, revoked.etag(), revocation).await.problem(409, "wrong-state");

    let journal = journal_entry::Entity::find()
        .filter(journal_entry::Column::CycleId.eq(stage.cycle_id))
        .order_by_asc(journal_entry::Column::Id)
        .all(stage.house.state.db.reader())
        .await
        .unwrap();
    let told: Vec<_> = journal.iter().map(|one| (one.action.as_str(), one.resource_version)).collect();
    let expected = [
        ("nomination.propose", 1),
        ("dossier_document.create", 1),
        ("dossier_document.create", 1),
        ("dossier_document.create", 1),
        ("nomination.complete-dossier", 2),
        ("nomination.submit", 3),
        ("nomination.appraise", 4),
        ("nomination.open-public-comment", 5),
        ("award.decide", 1),
        ("nomination.decide", 6),
        ("award.revoke", 2),
    ];
    assert_eq!(told, expected);
}

#[actix_web::test]
async fn the_money_is_that_of_the_day() {
    let stage = june().await;
    stage.house.at("2025-01-01T00:00:00Z");
    #[rustfmt::skip]
    let cases = [
        // award    decided on    coefficient base salary amount
        ("BKTTG",  "2024-06-30", json!([7,    1_800_000, 12_600_000])),
        ("CTDCP",  "2024-07-01", json!([12,   2_340_000, 28_080_000])),
        ("TTLDTT", "2024-07-01", json!([0.8,  2_340_000, 1_880_000])),
        ("TTLDXS", "2024-06-30", json!([1.5,  1_800_000, 2_700_000])),
        ("BKBNT",  "2024-07-01", Value::Null),
        ("HCLD1",  "2023-01-01", Value::Null),
    ];
    for (code, day, money) in cases {
        let nomination = displayed(&stage, stage.second, code).await;
        let body = with(decision(&nomination, code), "decided_on", json!(day));
        let award = decide(&stage, secretary(), body).await.expect(201);
        let reward = &award.body["reward"];
        let numbers = ["coefficient", "base_salary", "amount"].map(|name| reward[name].clone());
        assert_eq!(if reward.is_null() { Value::Null } else { json!(numbers) }, money, "{code}");
    }
    // Without a base salary of the day the money is not known, and not forgotten either.
    let nomination = displayed(&stage, stage.third, "BKTTG").await;
    let body = with(decision(&nomination, "1/QĐ-TTg"), "decided_on", json!("2023-06-30"));
    assert_eq!(decide(&stage, secretary(), body).await.blockers(), ["base_salary_missing"]);
    let rounded = stage.house.get(NOBODY, "/awards?q=ttldtt").await.expect(200);
    assert_eq!(rounded.text("/data/0/reward/formula"), "0.8 × 2340000 = 1872000, rounded up to 1880000 VND");
    let vietnamese = TestRequest::get().uri("/api/v1/awards?q=ttldtt").insert_header((header::ACCEPT_LANGUAGE, "vi"));
    let vietnamese = stage.house.send(NOBODY, vietnamese).await.expect(200);
    assert_eq!(vietnamese.text("/data/0/reward/formula"), "0,8 × 2340000 = 1872000, làm tròn lên 1880000 VND");
}

#[actix_web::test]
async fn an_award_without_money_has_none_to_recover_and_an_absurd_coefficient_is_refused() {
    let stage = june().await;
    let nomination = displayed(&stage, stage.second, "BKBNT").await;
    let award = decide(&stage, secretary(), decision(&nomination, "1/QĐ")).await.expect(201);
    let body = json!({ "reason": "Kê khai gian dối.", "revoked_on": "2024-06-01" });
    let revoked =
        stage.house.step(secretary(), &format!("/awards/{}/revoke", award.id()), award.etag(), body).await.expect(200);
    let names = ["reward", "amount_to_recover", "revocation_number"];
    assert_eq!(names.map(|name| revoked.body[name].clone()), [Value::Null, Value::Null, Value::Null]);

    let absurd = reward_coefficient::ActiveModel {
        coefficient: sea_orm::ActiveValue::Set(entity::decimal::Decimal::MAX),
        ..Default::default()
    };
    db::write(&stage.house.state.db, async |tx| {
        reward_coefficient::Entity::update_many().set(absurd.clone()).exec(tx).await?;
        Ok(())
    })
    .await
    .unwrap();
    let nomination = stage.displayed(stage.third).await;
    let faults = decide(&stage, secretary(), decision(&nomination, "2/QĐ")).await.problem(422, "invalid");
    assert_eq!(faults, [" out_of_range"]);
}

#[actix_web::test]
async fn a_number_is_used_once_by_an_authority_in_a_year() {
    let stage = june().await;
    stage.house.at("2025-03-01T00:00:00Z");
    let second = stage.displayed(stage.second).await;
    let third = stage.displayed(stage.third).await;
    let flag = displayed(&stage, stage.first, "CTDCP").await;
    decide(&stage, secretary(), decision(&second, "467/QĐ-TTg")).await.expect(201);
    decide(&stage, secretary(), decision(&third, "467/QĐ-TTg")).await.problem(409, "conflict");
    decide(&stage, secretary(), decision(&third, "467/QD-TTg\u{a0}")).await.expect(201);
    // Another authority, and the same in another year.
    decide(&stage, secretary(), decision(&flag, "467/QĐ-TTg")).await.expect(201);
    let again = stage.displayed(stage.first).await;
    let body = with(decision(&again, "467/QĐ-TTg"), "decided_on", json!("2025-01-01"));
    decide(&stage, secretary(), body).await.expect(201);
}

#[actix_web::test]
async fn a_decision_that_cannot_be_is_named() {
    let stage = june().await;
    let nomination = stage.displayed(stage.second).await;
    let good = decision(&nomination, "467/QĐ-TTg");
    #[rustfmt::skip]
    let cases = [
        ("nomination_id",   json!(Uuid::now_v7()),      "/nomination_id unknown_reference"),
        ("nomination_id",   json!("x"),                 "/nomination_id wrong_type"),
        ("decision_number", json!(""),                  "/decision_number blank"),
        ("decision_number", json!("x".repeat(101)),     "/decision_number too_long"),
        ("decision_number", json!("4\n7"),              "/decision_number several_lines"),
        ("decision_number", json!(467),                 "/decision_number wrong_type"),
        ("decided_on",      json!("2024-06-11"),        "/decided_on in_future"),
        ("decided_on",      json!("9999-12-31"),        "/decided_on in_future"),
        ("decided_on",      json!("2022-12-31"),        "/decided_on before_cycle"),
        ("decided_on",      json!("2024-02-30"),        "/decided_on wrong_type"),
        ("decided_on",      json!("31/05/2024"),        "/decided_on wrong_type"),
        ("authority",       json!("president"),         "/authority not_competent"),
        ("authority",       json!("king"),              "/authority unknown_value"),
        ("signatory_name",  json!(" "),                 "/signatory_name blank"),
        ("signatory_title", json!("x".repeat(301)),     "/signatory_title too_long"),
        ("citation",        json!("nul\0"),             "/citation control_character"),
        ("citation",        Value::Null,                "/citation wrong_type"),
        ("reward",          json!(1),                   "/reward unknown_member"),
    ];
    for (name, value, fault) in cases {
        let body = with(good.clone(), name, value);
        let faults = decide(&stage, secretary(), body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    // What is tomorrow in London is today in Vietnam from 17:00 UTC on.
    let body = with(good.clone(), "decided_on", json!("2024-06-11"));
    stage.house.at("2024-06-10T16:59:59Z");
    let faults = decide(&stage, secretary(), body.clone()).await.problem(422, "invalid");
    assert_eq!(faults, ["/decided_on in_future"]);
    assert_eq!(stage.house.get(NOBODY, "/awards?total=true").await.body["page"]["total"], 0);
    stage.house.at("2024-06-10T17:00:00Z");
    let body = with(with(body, "authority", json!("prime_minister")), "citation", json!("Ye\u{302}n Ba\u{301}i 🎏"));
    let award = decide(&stage, secretary(), body).await.expect(201);
    assert_eq!((award.text("/citation"), award.text("/decided_on")), ("Yên Bái 🎏".into(), "2024-06-11".into()));

    #[rustfmt::skip]
    let cases = [
        ("revoked_on",      json!("2024-06-10"),        "/revoked_on before_decision"),
        ("revoked_on",      json!("2024-06-12"),        "/revoked_on in_future"),
        ("reason",          json!("\t"),                "/reason blank"),
        ("decision_number", json!("x".repeat(101)),     "/decision_number too_long"),
        ("amount",          json!(0),                   "/amount unknown_member"),
    ];
    let good = json!({ "reason": "Kê khai gian dối.", "revoked_on": "2024-06-11" });
    let step = format!("/awards/{}/revoke", award.id());
    for (name, value, fault) in cases {
        let body = with(good.clone(), name, value);
        let faults = stage.house.step(secretary(), &step, award.etag(), body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let blind = TestRequest::post().uri(&format!("/api/v1{step}")).set_json(&good);
    stage.house.send(secretary(), blind).await.problem(428, "precondition-required");
}

#[actix_web::test]
async fn only_the_council_secretary_decides_and_revokes() {
    let stage = june().await;
    let nomination = stage.displayed(stage.second).await;
    let body = decision(&nomination, "467/QĐ-TTg");
    let assigned = appraiser(&stage.house, stage.cycle_id, None).await;
    let others = [stage.head(), officer_of(stage.second), assigned, auditor(), administrator()];
    for who in others {
        decide(&stage, who, body.clone()).await.problem(403, "forbidden");
    }
    decide(&stage, NOBODY, body.clone()).await.problem(401, "unauthenticated");
    let award = decide(&stage, secretary(), body).await.expect(201);
    let step = format!("/awards/{}/revoke", award.id());
    let body = json!({ "reason": "Kê khai gian dối.", "revoked_on": "2024-06-01" });
    for who in others {
        let read = stage.house.get(who, &format!("/awards/{}", award.id())).await.expect(200);
        assert_eq!(allowed(&read), Vec::<String>::new());
        stage.house.step(who, &step, award.etag(), body.clone()).await.problem(403, "forbidden");
    }
    stage.house.step(NOBODY, &step, award.etag(), body).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_nomination_that_is_not_ready_gets_no_award() {
    let stage = june().await;
    let proposed = stage.proposed(stage.third).await;
    decide(&stage, secretary(), decision(&proposed, "1")).await.problem(409, "wrong-state");
    let nomination = stage.displayed(stage.second).await;
    exclude(&stage.house, stage.cycle_id, stage.second, Some("Vi phạm nghiêm trọng")).await;
    assert_eq!(decide(&stage, secretary(), decision(&nomination, "1")).await.blockers(), ["nominee_excluded"]);
    exclude(&stage.house, stage.cycle_id, stage.second, None).await;
    ranking(&stage.house, stage.cycle_id, &[(stage.second, Some(1)), (stage.first, Some(2))]).await;
    assert_eq!(decide(&stage, secretary(), decision(&nomination, "1")).await.blockers(), ["rank_changed"]);
    ranking(&stage.house, stage.cycle_id, &[(stage.first, Some(1)), (stage.second, Some(2))]).await;
    decide(&stage, secretary(), decision(&nomination, "1")).await.expect(201);
}

#[actix_web::test]
async fn awards_are_found() {
    let stage = june().await;
    let nominations = [
        displayed(&stage, stage.second, "BKTTG").await,
        displayed(&stage, stage.first, "CTDCP").await,
        displayed(&stage, stage.third, "BKBNT").await,
    ];
    let days = ["2023-12-31", "2024-05-31", "2024-06-01"];
    let mut ids = vec![];
    for ((nomination, day), number) in nominations.iter().zip(days).zip(["467/QĐ-TTg", "12/QĐ-CP", "88/QĐ-UBND"]) {
        let body = with(decision(nomination, number), "decided_on", json!(day));
        ids.push(decide(&stage, secretary(), body).await.expect(201));
    }
    let revocation = json!({ "reason": "Kê khai gian dối.", "revoked_on": "2024-06-02" });
    let step = format!("/awards/{}/revoke", ids[2].id());
    stage.house.step(secretary(), &step, ids[2].etag(), revocation).await.expect(200);
    let [diploma, flag, letter] = [0, 1, 2].map(|index: usize| json!(ids[index].id()));
    let read = stage.house.get(NOBODY, &format!("/awards/{}?expand=cycle,province", ids[0].id())).await.expect(200);
    assert_eq!(read.text("/province/name"), "Yên Bái thử");
    let (cluster_id, cycle_id, nothing) = (read.text("/cycle/cluster_id"), stage.cycle_id, Uuid::now_v7());
    // A few values are read one by one, many all at once.
    let nothings =
        |count: usize| vec![(); count].iter().map(|()| Uuid::now_v7().to_string()).collect::<Vec<_>>().join(",");
    #[rustfmt::skip]
    let cases = [
        (String::new(),                                       vec![&letter, &flag, &diploma]),
        (format!("award_type_id={},{nothing}", stage.diploma), vec![&diploma]),
        ("category=title".into(),                             vec![&flag]),
        ("category=commendation".into(),                      vec![&letter, &diploma]),
        ("authority=government,president".into(),             vec![&flag]),
        ("year=2023".into(),                                  vec![&diploma]),
        ("year=2024,2025".into(),                             vec![&letter, &flag]),
        (format!("cycle_id={cycle_id}"),                      vec![&letter, &flag, &diploma]),
        (format!("cycle_id={nothing}"),                       vec![]),
        (format!("cluster_id={cluster_id}"),                  vec![&letter, &flag, &diploma]),
        (format!("cluster_id={nothing}"),                     vec![]),
        (format!("province_id={}", stage.third),              vec![&letter]),
        (format!("province_id={},{nothing},{}&through_mergers=true", stage.third, stage.second), vec![&letter, &diploma]),
        (format!("province_id={},{}&year=2023,2024&state=decided,revoked", stage.third, stage.second), vec![&letter, &diploma]),
        ("through_mergers=true".into(),                       vec![&letter, &flag, &diploma]),
        (format!("province_id={},{}", stage.third, nothings(10)),  vec![&letter]),
        (format!("province_id={},{}", stage.third, nothings(30)),  vec![&letter]),
        ("state=decided,revoked".into(),                      vec![&letter, &flag, &diploma]),
        ("year=2022,2023".into(),                             vec![&diploma]),
        ("state=revoked".into(),                              vec![&letter]),
        ("state=decided".into(),                              vec![&flag, &diploma]),
        ("decided_on_from=2024-05-31".into(),                 vec![&letter, &flag]),
        ("decided_on_from=2024-01-01&decided_on_to=2024-05-31".into(), vec![&flag]),
        ("decided_on_to=2023-12-30".into(),                   vec![]),
        ("q=YEN%20bai".into(),                                vec![&diploma]),
        ("q=467/qd".into(),                                   vec![&diploma]),
        ("q=co%20thi%20dua".into(),                           vec![&flag]),
        ("q=%25".into(),                                      vec![]),
        ("sort=decided_on".into(),                            vec![&diploma, &flag, &letter]),
        ("sort=-created_at".into(),                           vec![&letter, &flag, &diploma]),
    ];
    for (query, expected) in cases {
        let list = stage.house.get(NOBODY, &format!("/awards?total=true&{query}")).await.expect(200);
        assert_eq!(list.column("id").iter().collect::<Vec<_>>(), expected, "{query}");
        assert_eq!(list.body["page"]["total"], expected.len(), "{query}");
    }
    #[rustfmt::skip]
    let cases = [
        ("category=medal",              "category unreadable"),
        ("decided_on_from=yesterday",   "decided_on_from unreadable"),
        ("decided_on_to=2024-02-30",    "decided_on_to unreadable"),
        ("year=99999999999",            "year unreadable"),
        ("decision_year=2024",          "decision_year unknown_parameter"),
        ("sort=amount",                 "sort unreadable"),
    ];
    for (query, fault) in cases {
        let faults = stage.house.get(NOBODY, &format!("/awards?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
    let mut counts = vec![];
    for limit in [1, 3] {
        let path = format!("/awards?limit={limit}&expand=province,award_type,cycle");
        let (list, statements) = stage.house.counting(stage.house.get(NOBODY, &path)).await;
        counts.push((list.column("id").len(), statements));
        let found = ["/data/0/province/name", "/data/0/award_type/code", "/data/0/cycle/state"].map(|at| list.text(at));
        assert_eq!(found, ["Hòa Bình thử", "BKBNT", "published"]);
    }
    assert_eq!(counts, [(1, 5), (3, 5)]);
}

#[actix_web::test]
async fn of_two_secretaries_one_decides() {
    let stage = june().await;
    let codes = ["BKTTG", "CTDCP", "CTDBNT", "TTLDXS", "BKBNT", "HCLD1", "HCLD2"];
    let provinces = [stage.first, stage.second, stage.third];
    let rounds = codes.iter().flat_map(|code| provinces.iter().map(move |province_id| (*code, *province_id)));
    for (round, (code, province_id)) in rounds.take(20).enumerate() {
        let nomination = displayed(&stage, province_id, code).await;
        let decide = |number: String| decide(&stage, secretary(), decision(&nomination, &number));
        let (a, b) = tokio::join!(decide(format!("{round}-a")), decide(format!("{round}-b")));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{:#} {:#}", a.body, b.body);
    }
    assert_eq!(stage.house.get(NOBODY, "/awards?total=true").await.body["page"]["total"], 20);
}

#[actix_web::test]
async fn of_two_decisions_with_one_number_one_is_stored() {
    let stage = june().await;
    let codes = ["BKTTG", "CTDCP", "CTDBNT", "TTLDXS", "BKBNT", "HCLD1", "HCLD2", "HCLD3", "HCDL1", "HCDL2"];
    for code in codes {
        let second = displayed(&stage, stage.second, code).await;
        let third = displayed(&stage, stage.third, code).await;
        let decide = |nomination: &Reply| decide(&stage, secretary(), decision(nomination, &format!("1/{code}")));
        let (a, b) = tokio::join!(decide(&second), decide(&third));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{:#} {:#}", a.body, b.body);
        let loser = if a.status == 201 { third } else { second };
        let read = stage.house.get(secretary(), &format!("/nominations/{}", loser.id())).await.expect(200);
        assert_eq!(read.text("/state"), "public_comment");
    }
}
