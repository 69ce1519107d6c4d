//! Stories of public comment: who reads a nomination meanwhile, how long it lasts, and what it takes to decide after it.

use actix_web::test::TestRequest;
use entity::vocab::CycleState;
use futures_util::future::join;
use serde_json::{Value, json};
use thidua::domain::policy::Account;

use super::{
    authz::Door,
    fixtures::{self, appraiser, award_type, exclude, move_cycle, officer_of, province, ranking},
    nominations::{Stage, allowed, stage, why_not},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                    nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/nomination-comments",               [401,  200,    200,      200,    200,      200]),
    ("GET",  "/api/v1/nomination-comments/{id}",          [401,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/nomination-comments/{id}/answer",   [401,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/nominations/{id}/comments",         [401,  404,    404,      404,    404,      404]),
];

/// The step of a nomination, whatever version it has.
async fn step(stage: &Stage, who: Option<Account>, nomination: &Reply, step: &str, body: Value) -> Reply {
    stage.house.step(who, &format!("/nominations/{}/{step}", nomination.id()), "*", body).await
}

/// Submitted and appraised.
async fn appraised(stage: &Stage) -> Reply {
    let submitted = stage.submitted(stage.second).await;
    step(stage, secretary(), &submitted, "appraise", json!({ "opinion": "Đủ điều kiện" })).await.expect(200)
}

/// Open since the present day.
async fn open(stage: &Stage) -> Reply {
    let appraised = appraised(stage).await;
    step(stage, secretary(), &appraised, "open-public-comment", Value::Null).await.expect(200)
}

async fn decide(stage: &Stage, nomination: &Reply) -> Reply {
    let decision = json!({
        "nomination_id": nomination.id(), "decision_number": "467/QĐ-TTg", "decided_on": "2024-02-01",
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Phó Thủ tướng", "citation": "Đã có thành tích",
    });
    stage.house.post(secretary(), "/awards", decision).await
}

async fn comment(stage: &Stage, who: Option<Account>, nomination: &Reply, received_on: &str) -> Reply {
    let body = json!({ "text": "Đề nghị làm rõ số liệu", "received_on": received_on });
    stage.house.post(who, &format!("/nominations/{}/comments", nomination.id()), body).await
}

#[actix_web::test]
async fn from_the_appraisal_through_ten_working_days_to_the_decision() {
    let stage = stage(CycleState::Finalized).await;
    // The first of February in Vietnam; Tết lies before the tenth working day.
    stage.house.at("2024-01-31T17:30:00Z");
    let submitted = stage.submitted(stage.second).await;
    for who in [stage.head(), officer_of(stage.second), auditor(), administrator()] {
        for name in ["appraise", "open-public-comment"] {
            let body = if name == "appraise" { json!({ "opinion": "x" }) } else { Value::Null };
            step(&stage, who, &submitted, name, body).await.problem(403, "forbidden");
        }
    }
    let blank = step(&stage, secretary(), &submitted, "appraise", json!({ "opinion": " " })).await;
    assert_eq!(blank.problem(422, "invalid"), ["/opinion blank"]);
    let bare = TestRequest::post().uri(&format!("/api/v1/nominations/{}/open-public-comment", submitted.id()));
    stage.house.send(secretary(), bare).await.problem(428, "precondition-required");
    step(&stage, secretary(), &submitted, "open-public-comment", Value::Null).await.problem(409, "wrong-state");
    let opinion = json!({ "opinion": "Thành tích đủ tiêu chuẩn" });
    let appraised = step(&stage, secretary(), &submitted, "appraise", opinion.clone()).await.expect(200);
    let told = ["state", "appraisal_opinion", "appraised_at"].map(|name| appraised.text(&format!("/{name}")));
    assert_eq!(told, ["appraised", "Thành tích đủ tiêu chuẩn", "2024-01-31T17:30:00Z"]);
    step(&stage, secretary(), &appraised, "appraise", opinion).await.problem(409, "wrong-state");

    // The public hears of nothing before the results are published.
    step(&stage, secretary(), &appraised, "open-public-comment", Value::Null).await.problem(409, "wrong-state");
    move_cycle(&stage.house, stage.cycle_id, CycleState::Published).await;
    let opened = step(&stage, secretary(), &appraised, "open-public-comment", Value::Null).await.expect(200);
    let told = ["state", "public_comment_from", "public_comment_until"].map(|name| opened.text(&format!("/{name}")));
    assert_eq!(told, ["public_comment", "2024-02-01", "2024-02-22"]);
    let until = "the nomination is open to public comment until 2024-02-22";
    assert_eq!(why_not(&opened, "decide"), until);
    // The whole last day, as it is in Vietnam.
    stage.house.at("2024-02-22T16:59:59Z");
    assert_eq!(decide(&stage, &opened).await.blockers(), ["public_comment_running"]);
    stage.house.at("2024-02-22T17:00:00Z");
    let read = stage.house.get(secretary(), &format!("/nominations/{}", opened.id())).await.expect(200);
    assert_eq!(allowed(&read), ["hold", "decide", "reject", "withdraw"]);
    decide(&stage, &opened).await.expect(201);
}

#[actix_web::test]
async fn the_setting_of_the_award_and_the_calendar_say_how_long() {
    let stage = stage(CycleState::Published).await;
    let path = format!("/award-types/{}", stage.diploma);
    let set = async |days: i32| {
        stage.house.patch(administrator(), &path, "*", json!({ "public_comment_days": days })).await.expect(200);
    };
    let day = json!({
        "day": "2024-03-04", "name": "Nghỉ", "name_en": "Off", "kind": "compensation_day", "legal_basis": "Thông báo",
    });
    stage.house.post(administrator(), "/holidays", day).await.expect(201);
    // The first of March 2024 is a Friday.
    for (days, until) in [(0, "2024-03-01"), (1, "2024-03-05"), (60, "2024-05-30")] {
        set(days).await;
        let opened = open(&stage).await;
        assert_eq!(opened.text("/public_comment_until"), until, "{days}");
        assert_eq!(decide(&stage, &opened).await.blockers(), ["public_comment_running"]);
        // What is set or entered later moves no period that has begun.
        set(30).await;
        let read = stage.house.get(NOBODY, &format!("/nominations/{}", opened.id())).await.expect(200);
        assert_eq!(read.text("/public_comment_until"), until);
        step(&stage, secretary(), &opened, "withdraw", json!({ "reason": "Làm lại" })).await.expect(200);
    }
}

#[actix_web::test]
async fn everybody_reads_what_is_open_to_comment_and_nothing_else() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let quiet = stage.proposed(stage.third).await;
    let opened = open(&stage).await;
    let path = format!("/nominations/{}", opened.id());
    let cluster = house.get(secretary(), &format!("{path}?expand=cycle")).await.text("/cycle/cluster_id");
    let outsider = officer_of(province(house, "B1", "Tỉnh khác").await);
    let strangers = [NOBODY, outsider, fixtures::appraiser(house, stage.cycle_id, None).await];
    let queries = [
        String::new(),
        "sort=created_at".into(),
        "expand=province,award_type,cycle".into(),
        "state=public_comment,on_hold,appraised".into(),
        format!("cycle_id={}", stage.cycle_id),
        format!("cluster_id={cluster}"),
        format!("award_type_id={}", stage.diploma),
        format!("province_id={}", stage.second),
        "year=2023".into(),
    ];
    let seen = async |who: Option<Account>, expected: bool| {
        for query in &queries {
            let list = house.get(who, &format!("/nominations?total=true&{query}")).await.expect(200);
            let ids = if expected { vec![json!(opened.id())] } else { vec![] };
            assert_eq!(
                (list.column("id"), &list.body["page"]["total"]),
                (ids.clone(), &json!(ids.len())),
                "{query} {who:?}"
            );
        }
        house.get(who, &path).await.expect(if expected { 200 } else { 404 });
        house.get(who, &format!("/nominations/{}", quiet.id())).await.problem(404, "not-found");
    };
    let hold = json!({ "ground": "complaint", "reason": "Đang xác minh đơn khiếu nại" });
    for who in strangers {
        seen(who, true).await;
        step(&stage, secretary(), &opened, "hold", hold.clone()).await.expect(200);
        seen(who, false).await;
        step(&stage, secretary(), &opened, "release", json!({ "reason": "Không có cơ sở" })).await.expect(200);
        move_cycle(house, stage.cycle_id, CycleState::Appraisal).await;
        seen(who, false).await;
        move_cycle(house, stage.cycle_id, CycleState::Published).await;
        // Of what happened meanwhile, and of the opinion, nothing is told.
        let read = house.get(who, &format!("{path}?expand=province")).await.expect(200);
        for name in ["state_reason", "held_from", "hold_ground", "appraisal_opinion"] {
            assert_eq!(read.body[name], Value::Null, "{name} {who:?}");
        }
        assert_eq!((read.text("/province/name"), allowed(&read)), ("Yên Bái thử".into(), vec![]));
        assert_eq!(read.text("/reason"), "Xếp thứ hai của cụm năm 2023.");
        let text = String::from_utf8(read.bytes.clone()).unwrap();
        assert!(["cơ sở", "khiếu nại", "Đủ điều kiện"].iter().all(|words| !text.contains(words)), "{text}");
        // What cannot be done is refused as to anybody who sees it; dossier and comments stay hidden.
        let refused = if who.is_some() { 403 } else { 401 };
        assert_eq!(step(&stage, who, &opened, "withdraw", json!({ "reason": "x" })).await.status, refused);
        assert_eq!(comment(&stage, who, &opened, "2024-03-01").await.status, refused);
        let dossier = house.get(who, &format!("{path}/dossier")).await.status;
        assert_eq!(dossier, if who.is_some() { 404 } else { 401 });
    }
    // A member of the cycle sees the reasons, and those who see the dossier the opinion.
    let told = async |who| {
        let read = house.get(who, &path).await.expect(200);
        [read.body["state_reason"].clone(), read.body["appraisal_opinion"].clone()]
    };
    let (reason, opinion) = (json!("Không có cơ sở"), json!("Đủ điều kiện"));
    assert_eq!(told(officer_of(stage.third)).await, [reason.clone(), Value::Null]);
    for who in [secretary(), administrator(), auditor(), stage.head(), officer_of(stage.second)] {
        assert_eq!(told(who).await, [reason.clone(), opinion.clone()], "{who:?}");
    }
    step(&stage, secretary(), &opened, "reject", json!({ "reason": "Không đạt" })).await.expect(200);
    for who in strangers {
        seen(who, false).await;
    }
}

#[actix_web::test]
async fn comments_are_recorded_without_their_senders_and_answered_before_the_decision() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let appraised = appraised(&stage).await;
    comment(&stage, secretary(), &appraised, "2024-03-01").await.problem(409, "wrong-state");
    let opened = step(&stage, secretary(), &appraised, "open-public-comment", Value::Null).await.expect(200);
    for who in [stage.head(), officer_of(stage.second), auditor(), administrator()] {
        comment(&stage, who, &opened, "2024-03-01").await.problem(403, "forbidden");
    }
    house.at("2024-03-05T01:00:00Z");
    for (day, fault) in [("2024-02-29", "before_public_comment"), ("2024-03-06", "in_future")] {
        let faults = comment(&stage, secretary(), &opened, day).await.problem(422, "invalid");
        assert_eq!(faults, [format!("/received_on {fault}")]);
    }
    let path = format!("/nominations/{}/comments", opened.id());
    for (body, fault) in [
        (json!({ "text": " ", "received_on": "2024-03-04" }), "/text blank"),
        (json!({ "text": "x", "received_on": "2024-03-04", "sender": "Nguyễn Văn A" }), "/sender unknown_member"),
        (json!({ "text": "x" }), "/received_on required"),
    ] {
        assert_eq!(house.post(secretary(), &path, body).await.problem(422, "invalid"), [fault]);
    }
    let first = comment(&stage, secretary(), &opened, "2024-03-04").await.expect(201);
    assert_eq!(first.header("location"), format!("/api/v1/nomination-comments/{}", first.id()));
    assert_eq!(allowed(&first), ["answer"]);
    let second = comment(&stage, secretary(), &opened, "2024-03-02").await.expect(201);

    // As visible as the dossier.
    let assigned = appraiser(house, stage.cycle_id, None).await;
    for (who, count) in [
        (secretary(), 2),
        (administrator(), 2),
        (auditor(), 2),
        (stage.head(), 2),
        (officer_of(stage.second), 2),
        (officer_of(stage.third), 0),
        (assigned, 0),
    ] {
        let list = house.get(who, "/nomination-comments?total=true").await.expect(200);
        assert_eq!(list.body["page"]["total"], count, "{who:?}");
        let item = house.get(who, &format!("/nomination-comments/{}", first.id())).await.status;
        assert_eq!(item, if count == 0 { 404 } else { 200 }, "{who:?}");
    }
    house.get(NOBODY, "/nomination-comments").await.problem(401, "unauthenticated");

    // Over, but not answered.
    house.at("2024-03-20T01:00:00Z");
    assert_eq!(decide(&stage, &opened).await.blockers(), ["comment_unanswered"]);
    let read = house.get(secretary(), &format!("/nominations/{}", opened.id())).await.expect(200);
    assert_eq!(why_not(&read, "decide"), "2 comments are not answered yet");
    let answer = json!({ "answer": "Số liệu đã được xác nhận." });
    let step_of = |reply: &Reply| format!("/nomination-comments/{}/answer", reply.id());
    house.step(stage.head(), &step_of(&first), first.etag(), answer.clone()).await.problem(403, "forbidden");
    house.step(officer_of(stage.third), &step_of(&first), "*", answer.clone()).await.problem(404, "not-found");
    house.step(secretary(), &step_of(&first), "\"7\"", answer.clone()).await.problem(412, "stale");
    let bare = TestRequest::post().uri(&format!("/api/v1{}", step_of(&first))).set_json(&answer);
    house.send(secretary(), bare).await.problem(428, "precondition-required");
    let answered = house.step(secretary(), &step_of(&first), first.etag(), answer.clone()).await.expect(200);
    assert_eq!((answered.text("/answered_at"), allowed(&answered)), ("2024-03-20T01:00:00Z".into(), vec![]));
    house.step(secretary(), &step_of(&first), answered.etag(), answer.clone()).await.problem(409, "wrong-state");
    let ids = async |query: &str| house.get(secretary(), &format!("/nomination-comments?{query}")).await.column("id");
    assert_eq!(ids("answered=true").await, [json!(first.id())]);
    assert_eq!(ids("answered=false").await, [json!(second.id())]);
    assert_eq!(ids("sort=received_on").await, [json!(second.id()), json!(first.id())]);
    assert_eq!(ids(&format!("nomination_id={}", stage.diploma)).await, Vec::<Value>::new());
    assert_eq!(decide(&stage, &opened).await.blockers(), ["comment_unanswered"]);
    // What led to a hold is answered during it.
    let hold = json!({ "ground": "complaint", "reason": "Xác minh" });
    step(&stage, secretary(), &opened, "hold", hold).await.expect(200);
    house.step(secretary(), &step_of(&second), second.etag(), answer).await.expect(200);
    step(&stage, secretary(), &opened, "release", json!({ "reason": "Đã trả lời" })).await.expect(200);
    decide(&stage, &opened).await.expect(201);
    let journal = house.get(auditor(), "/journal?resource_type=nomination_comment&sort=at").await.expect(200);
    let (create, answer) = ("nomination_comment.create", "nomination_comment.answer");
    assert_eq!(journal.column("action"), [create, create, answer, answer]);
    assert_eq!(journal.column("cycle_id"), vec![json!(stage.cycle_id); 4]);
}

#[actix_web::test]
async fn who_falls_back_during_the_course_is_stopped_at_each_step() {
    let stage = stage(CycleState::Published).await;
    let submitted = stage.submitted(stage.second).await;
    let opinion = json!({ "opinion": "Đủ điều kiện" });
    let places = [(stage.first, Some(1)), (stage.second, Some(2)), (stage.third, Some(3)), (stage.excluded, None)];
    let other = [(stage.second, Some(1)), (stage.first, Some(2)), (stage.third, Some(3)), (stage.excluded, None)];
    for (name, body) in [("appraise", opinion), ("open-public-comment", Value::Null)] {
        exclude(&stage.house, stage.cycle_id, stage.second, Some("Vi phạm")).await;
        assert_eq!(step(&stage, secretary(), &submitted, name, body.clone()).await.blockers(), ["nominee_excluded"]);
        exclude(&stage.house, stage.cycle_id, stage.second, None).await;
        ranking(&stage.house, stage.cycle_id, &other).await;
        assert_eq!(step(&stage, secretary(), &submitted, name, body.clone()).await.blockers(), ["rank_changed"]);
        ranking(&stage.house, stage.cycle_id, &places).await;
        step(&stage, secretary(), &submitted, name, body).await.expect(200);
    }
    // And where no dossier is asked for, the way is the same.
    let tap_the = award_type(&stage.house, "TTLDXS").await;
    let mut new = stage.body(stage.third);
    new["award_type_id"] = json!(tap_the);
    let made = stage.house.post(stage.head(), "/nominations", new).await.expect(201);
    step(&stage, secretary(), &made, "submit", Value::Null).await.problem(409, "wrong-state");
    step(&stage, stage.head(), &made, "complete-dossier", Value::Null).await.expect(200);
    step(&stage, stage.head(), &made, "submit", Value::Null).await.problem(403, "forbidden");
    step(&stage, secretary(), &made, "reject", json!({ "reason": "x" })).await.problem(409, "wrong-state");
}

/// A comment comes in while the award is decided: it is recorded and stops the decision, or comes too late.
#[actix_web::test]
async fn no_award_is_decided_over_an_open_comment() {
    let stage = stage(CycleState::Published).await;
    let mut counts = vec![];
    for limit in 1..=20 {
        let code = ["BKTTG", "CTDCP", "CTDBNT", "BKBNT"][limit % 4];
        let provinces = [stage.first, stage.second, stage.third];
        let mut new = stage.body(provinces[limit % 3]);
        new["award_type_id"] = json!(award_type(&stage.house, code).await);
        new["achievement_kind"] = json!("thematic");
        new["achievement"] = json!(code);
        let made = stage.house.post(secretary(), "/nominations", new).await;
        if made.status != 201 {
            continue;
        }
        let displayed = fixtures::display(&stage.house, &made.id()).await;
        let decision = json!({
            "nomination_id": made.id(), "decision_number": format!("{limit}/QĐ"), "decided_on": "2024-03-01",
            "signatory_name": "Nguyễn Văn A", "signatory_title": "Phó Thủ tướng", "citation": "Đã có thành tích",
        });
        let (said, decided) = join(
            comment(&stage, secretary(), &displayed, "2024-02-20"),
            stage.house.post(secretary(), "/awards", decision),
        )
        .await;
        match (said.status, decided.status) {
            (201, 409) => assert_eq!(decided.blockers(), ["comment_unanswered"]),
            (409, 201) => {}
            both => panic!("{both:?}"),
        }
        let (list, statements) = stage.house.counting(stage.house.get(stage.head(), "/nomination-comments")).await;
        list.expect(200);
        counts.push(statements);
    }
    assert_eq!(counts.len(), 12);
    // Page, nominations, cycles, the caller's memberships.
    assert!(counts.iter().all(|statements| *statements <= 4), "{counts:?}");
}
