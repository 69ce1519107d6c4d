//! Stories of documents: what hangs on a recommendation, who adds it, who sees it, and who takes it away.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use entity::vocab::{ConferenceState, CycleState};
use serde_json::{Value, json};
use thidua::{
    clock::{Clock, SystemClock},
    domain::policy::Account,
    files,
};

use super::{
    authz::Door,
    fixtures::{self, appraiser, move_cycle, officer_of, province},
    form::{PDF, file, form, text},
    nominations::{Stage, stage},
    recommendations::{answer, forwarding, raised, step},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                      nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/documents",                         [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/documents/{id}",                    [404,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/documents/{id}/content",            [404,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/documents/{id}",                    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/campaign-reports/{id}/documents",   [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/campaign-reports/{id}/files",       [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/documents",        [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/files",            [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/contributions/{id}/documents",      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/contributions/{id}/files",          [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/documents",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/files",        [401,  404,    404,      404,    404,      404]),
];

async fn link(stage: &Stage, who: Option<Account>, of: &Reply, url: &str) -> Reply {
    let body = json!({ "title": "Công văn trả lời", "url": url });
    stage.house.post(who, &format!("/recommendations/{}/documents", of.id()), body).await
}

#[actix_web::test]
async fn an_answer_carries_documents_until_it_is_closed() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let own = officer_of(stage.second);
    let made = raised(&stage, "central_level").await;
    let files_of = format!("/recommendations/{}/files", made.id());
    let request = link(&stage, own, &made, "https://example.vn/1").await.expect(201);
    assert_eq!(request.header("location"), format!("/api/v1/documents/{}", request.id()));
    let told = (request.text("/recommendation_id"), &request.body["file"], request.text("/url"));
    assert_eq!(told, (made.id(), &Value::Null, "https://example.vn/1".to_owned()));
    link(&stage, secretary(), &made, "https://example.vn/1").await.problem(409, "conflict");
    step(&stage, secretary(), &made, "forward", forwarding()).await.expect(200);
    step(&stage, secretary(), &made, "answer", answer()).await.expect(200);
    let parts = [text("title", "Công văn số 1234"), file("công văn.pdf", PDF)];
    let letter = house.upload(secretary(), &files_of, form(&parts)).await.expect(201);
    assert_eq!((letter.text("/title"), letter.text("/file/name")), ("Công văn số 1234".into(), "công văn.pdf".into()));
    house.upload(own, &files_of, form(&parts)).await.problem(409, "conflict");
    let untitled = house.upload(own, &files_of, form(&[file("a.pdf", b"%PDF-1.7\n%%EOF other\n")])).await.expect(201);
    assert_eq!(untitled.text("/title"), "a.pdf");

    let content = house.get(auditor(), &format!("/documents/{}/content", letter.id())).await.expect(200);
    assert_eq!((content.bytes.as_slice(), content.header("content-type")), (PDF, "application/pdf"));
    assert!(content.header("content-disposition").starts_with("attachment; "));
    house.get(own, &format!("/documents/{}/content", request.id())).await.problem(404, "not-found");
    let tomorrow = SystemClock.now() + TimeDelta::days(1);
    assert_eq!(files::sweep(&house.state.db, &house.state.files, tomorrow).await.unwrap(), 0, "the documents hold it");

    let path = format!("/documents/{}", untitled.id());
    let bare = TestRequest::delete().uri(&format!("/api/v1{path}"));
    house.send(secretary(), bare).await.problem(428, "precondition-required");
    house.delete(secretary(), &path, "\"7\"").await.problem(412, "stale");
    house.delete(secretary(), &path, untitled.etag()).await.expect(204);
    assert_eq!(files::sweep(&house.state.db, &house.state.files, tomorrow).await.unwrap(), 1);
    let journal = house.get(auditor(), "/journal?resource_type=document&sort=at").await.expect(200);
    let (create, delete) = ("document.create", "document.delete");
    assert_eq!(journal.column("action"), [create, create, create, delete]);
    assert_eq!(journal.column("cycle_id"), vec![json!(stage.cycle_id); 4]);

    step(&stage, own, &made, "close", json!({ "closed_on": "2024-03-01" })).await.expect(200);
    link(&stage, own, &made, "https://example.vn/2").await.problem(409, "wrong-state");
    house.upload(own, &files_of, form(&[file("b.pdf", PDF)])).await.problem(409, "wrong-state");
    house.delete(secretary(), &format!("/documents/{}", letter.id()), "*").await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn who_sees_the_recommendation_sees_its_documents() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let [central, members] = [raised(&stage, "central_level").await, raised(&stage, "members").await];
    let outsider = officer_of(province(house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(house, stage.cycle_id, None).await;
    let theirs = link(&stage, officer_of(stage.second), &central, "https://example.vn/1").await.expect(201);
    let path = format!("/documents/{}", theirs.id());
    #[rustfmt::skip]
    let callers = [
        // who                     sees   adds to what is for the central level, for the members; takes away what others added
        (administrator(),          true,  403, 403, 403),
        (auditor(),                true,  403, 403, 403),
        (stage.head(),             true,  201, 201, 403),
        (officer_of(stage.third),  true,  403, 201, 403),
        (outsider,                 false, 404, 404, 404),
        (assigned,                 false, 404, 404, 404),
        (NOBODY,                   false, 401, 401, 401),
        (secretary(),              true,  201, 201, 204),
    ];
    for (number, (who, sees, central_level, to_members, deletes)) in callers.into_iter().enumerate() {
        let list = house.get(who, &format!("/documents?recommendation_id={}&total=true", central.id())).await;
        let there = !list.expect(200).column("id").is_empty();
        assert_eq!((there, house.get(who, &path).await.status == 200), (sees, sees), "{who:?}");
        let url = format!("https://example.vn/x{number}");
        assert_eq!(link(&stage, who, &central, &url).await.status, central_level, "{who:?}");
        assert_eq!(link(&stage, who, &members, &url).await.status, to_members, "{who:?}");
        assert_eq!(house.delete(who, &path, "*").await.status, deletes, "{who:?}");
    }
    // Who added it takes it away, while it may still be added.
    let third = officer_of(stage.third);
    let added = link(&stage, third, &members, "https://example.vn/own").await.expect(201);
    house.delete(officer_of(stage.third), &format!("/documents/{}", added.id()), "*").await.problem(403, "forbidden");
    house.delete(third, &format!("/documents/{}", added.id()), "*").await.expect(204);

    let both = format!("/documents?recommendation_id={},{}&sort=-created_at", central.id(), members.id());
    assert_eq!(house.get(stage.head(), &both).await.expect(200).column("id").len(), 5);
    for (query, fault) in
        [("recommendation_id=x", "recommendation_id unreadable"), ("kind=x", "kind unknown_parameter")]
    {
        let faults = house.get(secretary(), &format!("/documents?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault]);
    }
    let mut counts = vec![];
    for limit in [1, 4] {
        let (list, statements) = house.counting(house.get(stage.head(), &format!("/documents?limit={limit}"))).await;
        counts.push((list.column("id").len(), statements));
    }
    assert_eq!(counts, [(1, 1), (4, 1)]);
}

#[actix_web::test]
async fn documents_of_a_contribution_are_as_public_as_it_is() {
    let stage = stage(CycleState::Launched).await;
    let house = &stage.house;
    let (given, _) = fixtures::contribution(house, stage.cycle_id, stage.second).await;
    let path = format!("/contributions/{given}/documents");
    let body = json!({ "title": "Biên bản bàn giao", "url": "https://example.vn/ban-giao" });
    for (who, status) in [
        (stage.head(), 201),
        (secretary(), 409),
        (officer_of(stage.second), 403),
        (auditor(), 403),
        (officer_of(province(house, "B1", "Tỉnh khác").await), 404),
        (NOBODY, 401),
    ] {
        assert_eq!(house.post(who, &path, body.clone()).await.status, status, "{who:?}");
    }
    let list = format!("/documents?contribution_id={given}");
    let members = house.get(officer_of(stage.third), &list).await.expect(200);
    let document = format!("/documents/{}", members.text("/data/0/id"));
    assert_eq!(house.get(NOBODY, &list).await.expect(200).column("id").len(), 0);
    house.get(NOBODY, &document).await.problem(404, "not-found");
    move_cycle(house, stage.cycle_id, CycleState::Closed).await;
    assert_eq!(house.get(NOBODY, &list).await.expect(200).column("id").len(), 1);
    assert_eq!(house.get(NOBODY, &document).await.expect(200).text("/contribution_id"), given.to_string());
    let parts = [file("biên lai.pdf", PDF)];
    let receipt = house.upload(stage.head(), &format!("/contributions/{given}/files"), form(&parts)).await.expect(201);
    house.get(NOBODY, &format!("/documents/{}/content", receipt.id())).await.expect(200);
    // The head and the council's office both keep them.
    house.delete(officer_of(stage.second), &document, "*").await.problem(403, "forbidden");
    house.delete(secretary(), &document, "*").await.expect(204);
    move_cycle(house, stage.cycle_id, CycleState::Published).await;
    house.delete(stage.head(), &format!("/contributions/{given}"), "*").await.expect(204);
    house.get(secretary(), &format!("/documents/{}", receipt.id())).await.problem(404, "not-found");
    let journal = house.get(auditor(), "/journal?action=document.delete").await.expect(200);
    assert_eq!(journal.column("action").len(), 2);
}

#[actix_web::test]
async fn documents_go_with_a_recommendation_that_is_thrown_away() {
    let stage = stage(CycleState::Published).await;
    let own = officer_of(stage.second);
    let made = raised(&stage, "members").await;
    let added = link(&stage, own, &made, "https://example.vn").await.expect(201);
    stage.house.delete(own, &format!("/recommendations/{}", made.id()), "*").await.expect(204);
    stage.house.get(secretary(), &format!("/documents/{}", added.id())).await.problem(404, "not-found");
    let journal = stage.house.get(auditor(), "/journal?action=document.delete,recommendation.delete&sort=at").await;
    assert_eq!(journal.expect(200).column("action").len(), 2);
}

#[actix_web::test]
async fn what_is_no_document_is_refused() {
    let stage = stage(CycleState::Published).await;
    let made = raised(&stage, "members").await;
    let path = format!("/recommendations/{}/documents", made.id());
    let good = json!({ "title": "Biên bản", "url": "https://example.vn" });
    for (name, value, fault) in [
        ("title", json!(" "), "/title blank"),
        ("title", json!("x".repeat(301)), "/title too_long"),
        ("url", json!("ftp://example.vn"), "/url web_address"),
        ("url", Value::Null, "/url wrong_type"),
        ("kind", json!("minutes"), "/kind unknown_member"),
    ] {
        let mut body = good.clone();
        body[name] = value;
        let faults = stage.house.post(secretary(), &path, body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let files = format!("/recommendations/{}/files", made.id());
    for (parts, fault) in [
        (vec![text("title", "x")], "/file required"),
        (vec![file("a.pdf", b"MZ")], "/file unknown_type"),
        (vec![text("kind", "minutes"), file("a.pdf", PDF)], "/kind unknown_member"),
    ] {
        let faults = stage.house.upload(secretary(), &files, form(&parts)).await.problem(422, "invalid");
        assert_eq!(faults, [fault]);
    }
    for number in 0..50 {
        link(&stage, secretary(), &made, &format!("https://example.vn/{number}")).await.expect(201);
    }
    link(&stage, secretary(), &made, "https://example.vn/50").await.problem(409, "conflict");
}

#[actix_web::test]
async fn papers_of_a_conference_are_for_the_members() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let open = fixtures::conference(house, stage.cycle_id, stage.second, ConferenceState::Open).await;
    let path = format!("/conferences/{open}/documents");
    let paper = json!({ "title": "Báo cáo tổng kết", "url": "https://example.vn/bao-cao" });
    let made = house.post(officer_of(stage.second), &path, paper.clone()).await.expect(201);
    assert_eq!(made.text("/conference_id"), open.to_string());
    house.post(officer_of(stage.second), &path, paper.clone()).await.problem(409, "conflict");
    let list = format!("/documents?conference_id={open}");
    for who in [officer_of(stage.second), secretary(), auditor()] {
        assert_eq!(house.get(who, &list).await.expect(200).column("id"), [json!(made.id())]);
    }
    let stranger = officer_of(fixtures::province(house, "D9", "Xa").await);
    for who in [NOBODY, stranger] {
        assert_eq!(house.get(who, &list).await.expect(200).column("id"), [Value::Null; 0]);
        house.get(who, &format!("/documents/{}", made.id())).await.problem(404, "not-found");
    }
    house.post(stranger, &path, paper.clone()).await.problem(404, "not-found");
    let over = fixtures::conference(house, stage.cycle_id, stage.second, ConferenceState::Closed).await;
    let late = house.post(secretary(), &format!("/conferences/{over}/documents"), paper).await;
    late.problem(409, "wrong-state");
    house.delete(secretary(), &format!("/documents/{}", made.id()), made.etag()).await.expect(204);
}

#[actix_web::test]
async fn what_supports_a_report_on_a_campaign_is_public_and_goes_with_it() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let own = officer_of(stage.second);
    let campaign = house.get(NOBODY, "/campaigns?limit=1").await.expect(200).text("/data/0/id");
    let join = json!({ "campaign_id": campaign, "province_id": stage.second, "joined_on": "2023-01-01" });
    let part = house.post(own, "/campaign-participations", join).await.expect(201).id();
    let report = json!({ "period_from": "2023-01-01", "period_to": "2023-06-30", "report": "Đã làm" });
    let report = house.post(own, &format!("/campaign-participations/{part}/reports"), report).await.expect(201);
    let path = format!("/campaign-reports/{}/documents", report.id());
    let photo = json!({ "title": "Ảnh", "url": "https://example.vn/anh" });
    let made = house.post(own, &path, photo.clone()).await.expect(201);
    assert_eq!(house.get(NOBODY, &format!("/documents/{}", made.id())).await.expect(200).body, made.body);
    let list = format!("/documents?campaign_report_id={}", report.id());
    assert_eq!(house.get(NOBODY, &list).await.expect(200).column("title"), [json!("Ảnh")]);
    house.post(officer_of(stage.first), &path, photo).await.problem(403, "forbidden");
    house.delete(own, &format!("/campaign-reports/{}", report.id()), report.etag()).await.expect(204);
    house.get(auditor(), &format!("/documents/{}", made.id())).await.problem(404, "not-found");
}
