//! Stories of decisions: many awards under one number, their revocation, and the signed text.

use actix_web::{http::header, test::TestRequest};
use chrono::TimeDelta;
use entity::{award, journal_entry, vocab::Authority};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use thidua::{
    clock::{Clock, SystemClock},
    db,
    files::sweep,
    problem::Code,
};
use uuid::Uuid;

use super::{
    authz::Door,
    awards::{decision, displayed, june, with},
    fixtures::{appraiser, exclude, officer_of},
    form::{GIF, PDF, file, form, text},
    nominations::{Stage, allowed, why_not},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                              nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/decisions",                   [200,  200,    200,      200,    200,      200]),
    ("POST", "/api/v1/decisions",                   [401,  403,    403,      403,    422,      403]),
    ("GET",  "/api/v1/decisions/{id}",              [404,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/decisions/{id}/revoke",       [401,  404,    404,      404,    404,      404]),
    ("PUT",  "/api/v1/decisions/{id}/file",         [401,  404,    404,      404,    404,      404]),
    ("GET",  "/api/v1/decisions/{id}/file",         [404,  404,    404,      404,    404,      404]),
];

pub(crate) fn deciding(number: &str, nominations: &[&Reply]) -> Value {
    let award = |(index, nomination): (usize, &&Reply)| json!({ "nomination_id": nomination.id(), "citation": format!("Thành tích {index}") });
    json!({
        "number": number, "decided_on": "2024-05-31", "authority": "prime_minister",
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Thủ tướng Chính phủ",
        "title": "Về việc tặng Bằng khen của Thủ tướng Chính phủ",
        "awards": nominations.iter().enumerate().map(award).collect::<Vec<_>>(),
    })
}

fn revoking(award_ids: Option<Value>) -> Value {
    let mut body = json!({
        "reason": "Kê khai gian dối.", "revoked_on": "2024-06-05", "decision_number": "99/QĐ-TTg",
    });
    if let Some(ids) = award_ids {
        body["award_ids"] = ids;
    }
    body
}

/// A decision on the diplomas of all three members that are ranked.
async fn three(stage: &Stage) -> Reply {
    let mut nominations = vec![];
    for province_id in [stage.first, stage.second, stage.third] {
        nominations.push(stage.displayed(province_id).await);
    }
    let body = deciding("467/QĐ-TTg", &nominations.iter().collect::<Vec<_>>());
    stage.house.post(secretary(), "/decisions", body).await.expect(201)
}

fn path(decision: &Reply) -> String {
    format!("/decisions/{}", decision.id())
}

fn counts(decision: &Reply) -> Value {
    let names = ["awards_count", "standing_count", "reward_total", "to_recover_total", "version"];
    json!(names.map(|name| decision.body[name].clone()))
}

#[actix_web::test]
async fn one_decision_grants_many_awards() {
    let stage = june().await;
    let made = three(&stage).await;
    assert_eq!(made.header("location"), format!("/api/v1{}", path(&made)));
    assert_eq!((counts(&made), allowed(&made)), (json!([3, 3, 37_800_000, 0, 1]), vec!["revoke".to_owned()]));
    let names = ["number", "decision_year", "decided_on", "authority", "signatory_name", "file"];
    let expected = json!(["467/QĐ-TTg", 2024, "2024-05-31", "prime_minister", "Nguyễn Văn A", null]);
    assert_eq!(json!(names.map(|name| made.body[name].clone())), expected);

    let read = stage.house.get(NOBODY, &format!("{}?expand=awards", path(&made))).await.expect(200);
    assert_eq!(why_not(&read, "revoke"), "sign in first");
    let awards = read.body["awards"].as_array().unwrap();
    let told: Vec<_> = awards.iter().map(|one| (&one["province_id"], &one["citation"])).collect();
    let given: Vec<_> = made.body["awards"].as_array().unwrap().iter().collect();
    assert_eq!(told.len(), 3);
    for (index, (province_id, award)) in [stage.first, stage.second, stage.third].iter().zip(awards).enumerate() {
        assert_eq!(award["province_id"], json!(province_id), "in the order of the decision");
        assert_eq!(award["citation"], format!("Thành tích {index}"));
        let of_decision = ["decision_id", "decision_number", "signatory_title", "reward"];
        let of_decision = of_decision.map(|name| award[name].clone());
        assert_eq!(of_decision[..3], [json!(made.id()), json!("467/QĐ-TTg"), json!("Thủ tướng Chính phủ")]);
        assert_eq!(of_decision[3]["amount"], 12_600_000);
        assert_eq!(given[index]["id"], award["id"]);
        let nomination = award["nomination_id"].as_str().unwrap();
        let nomination = stage.house.get(secretary(), &format!("/nominations/{nomination}")).await.expect(200);
        assert_eq!((nomination.text("/state"), &nomination.body["version"]), ("decided".into(), &json!(6)));
        assert_eq!(nomination.text("/closed_at"), "2024-06-10T01:00:00Z");
    }
    let bare = stage.house.get(NOBODY, &path(&made)).await.expect(200);
    assert!(bare.body.get("awards").is_none());

    let journal = journal_entry::Entity::find()
        .filter(journal_entry::Column::At.gte("2024-06-10T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()))
        .filter(journal_entry::Column::Action.is_in(["decision.create", "award.decide", "nomination.decide"]))
        .order_by_asc(journal_entry::Column::Id)
        .all(stage.house.state.db.reader())
        .await
        .unwrap();
    let told: Vec<_> = journal.iter().map(|one| one.action.as_str()).collect();
    let each = ["award.decide", "nomination.decide"];
    assert_eq!(told, [&["decision.create"][..], &each, &each, &each].concat());
    assert_eq!(journal.iter().map(|one| &one.request_id).collect::<std::collections::BTreeSet<_>>().len(), 1);
}

/// Whatever the service forgot, the database holds equal what awards repeat of their decision.
#[actix_web::test]
async fn an_award_never_differs_from_its_decision() {
    let stage = june().await;
    let made = three(&stage).await;
    let changes = [
        award::ActiveModel { authority: Set(Authority::President), ..Default::default() },
        award::ActiveModel { decision_year: Set(2023), ..Default::default() },
        award::ActiveModel { decided_on: Set("2024-05-30".parse().unwrap()), ..Default::default() },
    ];
    for change in changes {
        let written = db::write(&stage.house.state.db, async |tx| {
            let of = award::Column::DecisionId.eq(made.id().parse::<Uuid>().unwrap());
            award::Entity::update_many().set(change.clone()).filter(of).exec(tx).await?;
            Ok(())
        });
        assert_eq!(written.await.unwrap_err().code(), Code::Conflict, "{change:?}");
    }
}

#[actix_web::test]
async fn all_is_decided_or_nothing() {
    let stage = june().await;
    let ready = stage.displayed(stage.first).await;
    let second = stage.displayed(stage.second).await;
    let proposed = stage.proposed(stage.third).await;
    let flag = displayed(&stage, stage.first, "CTDCP").await;
    let unknown = json!(Uuid::now_v7());
    let good = deciding("467/QĐ-TTg", &[&ready, &second]);
    let at = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let many = vec![json!({ "nomination_id": ready.id(), "citation": "x" }); 201];
    #[rustfmt::skip]
    let cases = [
        (at("/awards/1/nomination_id", unknown),                   vec!["/awards/1/nomination_id unknown_reference"]),
        (at("/awards/1/nomination_id", json!(ready.id())),         vec!["/awards/1/nomination_id duplicate"]),
        (at("/awards/1/nomination_id", json!(flag.id())),          vec!["/awards/1/nomination_id not_competent"]),
        (at("/authority", json!("president")),                     vec!["/awards/0/nomination_id not_competent", "/awards/1/nomination_id not_competent"]),
        (at("/decided_on", json!("2022-12-31")),                   vec!["/awards/0/nomination_id before_cycle", "/awards/1/nomination_id before_cycle"]),
        (at("/decided_on", json!("2024-06-11")),                   vec!["/decided_on in_future"]),
        (at("/number", json!(" ")),                                vec!["/number blank"]),
        (at("/title", json!("")),                                  vec!["/title blank"]),
        (at("/signatory_name", json!("a\nb")),                     vec!["/signatory_name several_lines"]),
        (at("/awards/0/citation", json!(" ")),                     vec!["/awards/0/citation blank"]),
        (at("/awards", json!([])),                                 vec!["/awards length"]),
        (at("/awards", json!(many)),                               vec!["/awards length"]),
        (with(good.clone(), "decision_number", json!("1")),        vec!["/decision_number unknown_member"]),
    ];
    for (body, expected) in cases {
        let faults = stage.house.post(secretary(), "/decisions", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, expected, "{body}");
    }
    exclude(&stage.house, stage.cycle_id, stage.second, Some("Vi phạm nghiêm trọng")).await;
    let body = deciding("467/QĐ-TTg", &[&ready, &second, &proposed]);
    let blocked = stage.house.post(secretary(), "/decisions", body).await;
    let blockers = blocked.body["blockers"].as_array().unwrap().iter();
    let told: Vec<_> = blockers.map(|one| json!([one["code"], one["subject"]["kind"], one["subject"]["id"]])).collect();
    let expected = [
        json!(["nominee_excluded", "nomination", second.id()]),
        json!(["nomination_not_ready", "nomination", proposed.id()]),
    ];
    assert_eq!((blocked.status, told), (409, expected.to_vec()), "{:#}", blocked.body);
    let told = blocked.text("/blockers/1/message");
    assert!(told.starts_with("Hòa Bình thử: "), "{told}");
    let early = with(deciding("467/QĐ-TTg", &[&ready]), "decided_on", json!("2023-06-30"));
    let blockers = stage.house.post(secretary(), "/decisions", early).await.blockers();
    assert_eq!(blockers, ["base_salary_missing"]);
    exclude(&stage.house, stage.cycle_id, stage.second, None).await;

    for list in ["/awards?total=true", "/decisions?total=true"] {
        assert_eq!(stage.house.get(NOBODY, list).await.body["page"]["total"], 0, "{list}");
    }
    let read = stage.house.get(secretary(), &format!("/nominations/{}", ready.id())).await.expect(200);
    assert_eq!(read.text("/state"), "public_comment");
    // A number is used once, whether by one award or by many.
    stage.house.post(secretary(), "/awards", decision(&ready, "467/QĐ-TTg")).await.expect(201);
    let body = deciding(" 467/QĐ-TTg ", &[&second]);
    stage.house.post(secretary(), "/decisions", body).await.problem(409, "conflict");
}

#[actix_web::test]
async fn many_awards_take_no_more_statements_than_one() {
    let stage = june().await;
    let mut told = vec![];
    // These are decided by the President.
    for codes in [&["HCLD1"][..], &["HCLD2", "HCLD3", "HCDL1", "HCDL2", "HCDL3"]] {
        let mut nominations = vec![];
        for code in codes {
            for province_id in [stage.first, stage.second, stage.third] {
                nominations.push(displayed(&stage, province_id, code).await);
            }
        }
        let body = deciding(codes[0], &nominations.iter().collect::<Vec<_>>());
        let body = with(body, "authority", json!("president"));
        let (made, statements) = stage.house.counting(stage.house.post(secretary(), "/decisions", body)).await;
        let made = made.expect(201);
        let awards = format!("{}?expand=awards", path(&made));
        let (_, read) = stage.house.counting(stage.house.get(NOBODY, &awards)).await;
        let step = format!("{}/revoke", path(&made));
        let revoked = stage.house.step(secretary(), &step, made.etag(), revoking(None));
        let (revoked, revoking) = stage.house.counting(revoked).await;
        told.push((statements, read, revoking));
        assert_eq!(revoked.expect(200).body["standing_count"], 0);
    }
    assert_eq!(told[0], told[1], "deciding, reading, revoking");
    let mut lists = vec![];
    for limit in [1, 2] {
        let list = format!("/decisions?limit={limit}");
        let (list, statements) = stage.house.counting(stage.house.get(NOBODY, &list)).await;
        lists.push((list.expect(200).column("awards_count"), statements));
    }
    assert_eq!(lists, [(vec![json!(15)], 2), (vec![json!(15), json!(3)], 2)]);
}

#[actix_web::test]
async fn some_awards_are_revoked_and_then_the_rest() {
    let stage = june().await;
    let made = three(&stage).await;
    let step = format!("{}/revoke", path(&made));
    let id = |index: usize| made.body["awards"][index]["id"].clone();
    let revoke = async |etag: &str, ids| stage.house.step(secretary(), &step, etag, revoking(ids)).await;
    #[rustfmt::skip]
    let cases = [
        ("award_ids",       json!([id(0), Uuid::now_v7(), id(0)]), vec!["/award_ids/1 unknown_reference", "/award_ids/2 duplicate"]),
        ("award_ids",       json!([]),                             vec!["/award_ids length"]),
        ("award_ids",       json!(["x"]),                          vec!["/award_ids/0 wrong_type"]),
        ("award_ids",       Value::Null,                           vec!["/award_ids wrong_type"]),
        ("revoked_on",      json!("2024-05-30"),                   vec!["/revoked_on before_decision"]),
        ("revoked_on",      json!("2024-06-11"),                   vec!["/revoked_on in_future"]),
        ("reason",          json!(" "),                            vec!["/reason blank"]),
        ("decision_number", json!(""),                             vec!["/decision_number blank"]),
    ];
    for (name, value, expected) in cases {
        let body = with(revoking(None), name, value);
        let faults = stage.house.step(secretary(), &step, made.etag(), body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, expected, "{body}");
    }
    let blind = TestRequest::post().uri(&format!("/api/v1{step}")).set_json(revoking(None));
    stage.house.send(secretary(), blind).await.problem(428, "precondition-required");

    let one = revoke(made.etag(), Some(json!([id(1)]))).await.expect(200);
    assert_eq!(counts(&one), json!([3, 2, 37_800_000, 12_600_000, 2]));
    let reversed = one.body["awards"].as_array().unwrap();
    let names = ["id", "state", "revoked_on", "revocation_number", "revocation_reason", "amount_to_recover", "version"];
    let told = names.map(|name| reversed[0][name].clone());
    let expected = json!([id(1), "revoked", "2024-06-05", "99/QĐ-TTg", "Kê khai gian dối.", 12_600_000, 2]);
    assert_eq!((reversed.len(), json!(told)), (1, expected));
    revoke(made.etag(), None).await.problem(412, "stale");
    let blocked = revoke(one.etag(), Some(json!([id(0), id(1)]))).await;
    assert_eq!(
        (blocked.text("/blockers/0/subject/id"), blocked.blockers()),
        (id(1).as_str().unwrap().to_owned(), vec!["award_revoked".to_owned()],)
    );

    // One award alone changes the decision, too: who has not seen that is stale.
    let first = stage.house.get(secretary(), &format!("/awards/{}", id(0).as_str().unwrap())).await.expect(200);
    assert_eq!(first.body["version"], 1, "what was blocked is undone");
    let body = json!({ "reason": "Kê khai gian dối.", "revoked_on": "2024-06-06" });
    let alone = format!("/awards/{}/revoke", first.id());
    stage.house.step(secretary(), &alone, first.etag(), body).await.expect(200);
    revoke(one.etag(), None).await.problem(412, "stale");
    let seen = stage.house.get(secretary(), &path(&made)).await.expect(200);
    assert_eq!((counts(&seen), allowed(&seen)), (json!([3, 1, 37_800_000, 25_200_000, 3]), vec!["revoke".to_owned()]));

    let rest = revoke(seen.etag(), None).await.expect(200);
    assert_eq!((counts(&rest), allowed(&rest)), (json!([3, 0, 37_800_000, 37_800_000, 4]), vec![]));
    assert_eq!(rest.body["awards"].as_array().unwrap().len(), 1, "only what stood");
    assert_eq!(why_not(&rest, "revoke"), "all awards of the decision have been revoked already");
    revoke(rest.etag(), None).await.problem(409, "wrong-state");
    let list = stage.house.get(NOBODY, "/awards?state=revoked&total=true").await.expect(200);
    assert_eq!(list.body["page"]["total"], 3);

    let journal = journal_entry::Entity::find()
        .filter(journal_entry::Column::Action.is_in(["decision.revoke", "award.revoke"]))
        .order_by_asc(journal_entry::Column::Id)
        .all(stage.house.state.db.reader())
        .await
        .unwrap();
    let told: Vec<_> = journal.iter().map(|one| (one.action.as_str(), one.resource_version)).collect();
    let expected = [2, 3, 4].map(|version| [("decision.revoke", version), ("award.revoke", 2)]);
    assert_eq!(told, expected.concat());
}

#[actix_web::test]
async fn the_signed_text_is_kept_and_gives_way_only_for_a_reason() {
    let stage = june().await;
    let made = three(&stage).await;
    let at = format!("{}/file", path(&made));
    let pdf = || form(&[file("467-qd-ttg.pdf", PDF)]);
    let put = async |who, etag: &str, form| stage.house.put_file(who, &at, etag, form).await;
    stage.house.get(NOBODY, &at).await.problem(404, "not-found");
    for who in [stage.head(), auditor(), administrator()] {
        put(who, made.etag(), pdf()).await.problem(403, "forbidden");
    }
    put(NOBODY, made.etag(), pdf()).await.problem(401, "unauthenticated");
    put(secretary(), "\"7\"", pdf()).await.problem(412, "stale");
    let (kind, body) = pdf();
    let blind = TestRequest::put().uri(&format!("/api/v1{at}")).insert_header((header::CONTENT_TYPE, kind));
    stage.house.send(secretary(), blind.set_payload(body)).await.problem(428, "precondition-required");
    #[rustfmt::skip]
    let cases = [
        (form(&[file("a.pdf", b"")]),                               "/file empty"),
        (form(&[file("a.exe", b"MZ\x90\0nothing of ours")]),        "/file unknown_type"),
        (form(&[text("reason", "Bản rõ hơn")]),                     "/file required"),
        (form(&[text("title", "Khác"), file("a.pdf", PDF)]),        "/title unknown_member"),
        (form(&[text("reason", " "), file("a.pdf", PDF)]),          "/reason blank"),
    ];
    for (form, fault) in cases {
        assert_eq!(put(secretary(), made.etag(), form).await.problem(422, "invalid"), [fault]);
    }

    let first = put(secretary(), made.etag(), pdf()).await.expect(200);
    let told = &first.body["file"];
    let names = ["name", "media_type", "size_bytes", "reason"];
    let expected = json!(["467-qd-ttg.pdf", "application/pdf", PDF.len(), null]);
    assert_eq!((json!(names.map(|name| told[name].clone())), &first.body["version"]), (expected, &json!(2)));
    let read = stage.house.get(NOBODY, &at).await.expect(200);
    assert_eq!((read.bytes.as_slice(), read.header("content-type")), (PDF, "application/pdf"));
    assert_eq!(read.header("content-disposition"), "attachment; filename*=UTF-8''467-qd-ttg.pdf");
    let as_a_file = TestRequest::get().uri(&format!("/api/v1{at}")).insert_header((header::ACCEPT, "application/pdf"));
    stage.house.send(NOBODY, as_a_file).await.expect(200);
    let known = TestRequest::get().uri(&format!("/api/v1{at}")).insert_header((header::IF_NONE_MATCH, read.etag()));
    stage.house.send(NOBODY, known).await.expect(304);

    let silent = form(&[file("ban-2.gif", GIF)]);
    assert_eq!(put(secretary(), first.etag(), silent).await.problem(422, "invalid"), ["/reason required"]);
    let reasoned = || form(&[text("reason", "Bản trước bị mờ"), file("ban-2.gif", GIF)]);
    put(secretary(), made.etag(), reasoned()).await.problem(412, "stale");
    let second = put(secretary(), first.etag(), reasoned()).await.expect(200);
    assert_eq!(
        (second.text("/file/reason"), second.text("/file/media_type")),
        ("Bản trước bị mờ".into(), "image/gif".into(),)
    );

    // The sweep takes what gave way, and leaves what a decision refers to.
    let later = SystemClock.now() + TimeDelta::hours(1);
    assert_eq!(sweep(&stage.house.state.db, &stage.house.state.files, later).await.unwrap(), 1);
    assert_eq!(stage.house.get(NOBODY, &at).await.expect(200).bytes, GIF);

    let journal = journal_entry::Entity::find()
        .filter(journal_entry::Column::Action.eq("decision.put_file"))
        .order_by_asc(journal_entry::Column::Id)
        .all(stage.house.state.db.reader())
        .await
        .unwrap();
    let hash = |row: &Option<Value>| row.as_ref().map(|row| row["file_hash"].clone());
    assert_eq!(journal.len(), 2);
    assert_eq!(hash(&journal[1].before), Some(first.body["file"]["sha256"].clone()), "what gave way is on record");
}

#[actix_web::test]
async fn only_the_council_secretary_decides() {
    let stage = june().await;
    let nomination = stage.displayed(stage.second).await;
    let assigned = appraiser(&stage.house, stage.cycle_id, None).await;
    let others = [stage.head(), officer_of(stage.second), assigned, auditor(), administrator()];
    let body = deciding("467/QĐ-TTg", &[&nomination]);
    for who in others {
        stage.house.post(who, "/decisions", body.clone()).await.problem(403, "forbidden");
    }
    stage.house.post(NOBODY, "/decisions", body.clone()).await.problem(401, "unauthenticated");
    let made = stage.house.post(secretary(), "/decisions", body).await.expect(201);
    let step = format!("{}/revoke", path(&made));
    for who in others {
        let read = stage.house.get(who, &path(&made)).await.expect(200);
        assert_eq!(allowed(&read), Vec::<String>::new());
        stage.house.step(who, &step, made.etag(), revoking(None)).await.problem(403, "forbidden");
    }
    stage.house.step(NOBODY, &step, made.etag(), revoking(None)).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn decisions_are_found() {
    let stage = june().await;
    let diplomas = three(&stage).await;
    let flag = displayed(&stage, stage.first, "CTDCP").await;
    let body = with(decision(&flag, "12/QĐ-CP"), "decided_on", json!("2023-12-31"));
    let flag = stage.house.post(secretary(), "/awards", body).await.expect(201);
    let (diplomas, flag) = (json!(diplomas.id()), flag.body["decision_id"].clone());
    let (cycle_id, nothing) = (stage.cycle_id, Uuid::now_v7());
    #[rustfmt::skip]
    let cases = [
        (String::new(),                                     vec![&diplomas, &flag]),
        ("authority=government,president".into(),           vec![&flag]),
        ("year=2024,2025".into(),                           vec![&diplomas]),
        ("q=467/qd".into(),                                 vec![&diplomas]),
        ("q=nguyen%20van".into(),                           vec![&diplomas, &flag]),
        ("q=co%20thi%20dua".into(),                         vec![&flag]),
        ("decided_on_from=2024-01-01".into(),               vec![&diplomas]),
        ("decided_on_to=2024-05-30".into(),                 vec![&flag]),
        (format!("cycle_id={cycle_id},{nothing}"),          vec![&diplomas, &flag]),
        (format!("cycle_id={nothing}"),                     vec![]),
        (format!("province_id={}", stage.third),            vec![&diplomas]),
        (format!("province_id={}", stage.first),            vec![&diplomas, &flag]),
        (format!("province_id={nothing}&through_mergers=true"), vec![]),
        ("sort=decided_on".into(),                          vec![&flag, &diplomas]),
        ("sort=-created_at".into(),                         vec![&flag, &diplomas]),
    ];
    for (query, expected) in cases {
        let list = stage.house.get(NOBODY, &format!("/decisions?total=true&{query}")).await.expect(200);
        assert_eq!(list.column("id").iter().collect::<Vec<_>>(), expected, "{query}");
        assert_eq!(list.body["page"]["total"], expected.len(), "{query}");
    }
    #[rustfmt::skip]
    let cases = [
        ("authority=king",          "authority unreadable"),
        ("number=467",              "number unknown_parameter"),
        ("through_mergers=perhaps", "through_mergers unreadable"),
        ("sort=number",             "sort unreadable"),
    ];
    for (query, fault) in cases {
        let faults = stage.house.get(NOBODY, &format!("/decisions?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
}
