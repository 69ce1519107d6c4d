//! Stories of dossiers: what an award asks for, who adds it, who sees it, and what a nomination cannot do without it.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use entity::vocab::CycleState;
use futures_util::future::join;
use serde_json::{Value, json};
use thidua::{
    clock::{Clock, SystemClock},
    domain::policy::Account,
    files,
};

use super::{
    authz::Door,
    fixtures::{self, appraiser, officer_of, province},
    form::{PDF, file, form, text},
    nominations::{Stage, allowed, stage, why_not},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                          nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/dossier-documents",                     [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/dossier-documents/{id}",                [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/dossier-documents/{id}/content",        [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/dossier-documents/{id}",                [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/nominations/{id}/dossier",              [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/nominations/{id}/dossier-documents",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/nominations/{id}/dossier-files",        [401,  404,    404,      404,    404,      404]),
];

async fn link(stage: &Stage, who: Option<Account>, nomination: &Reply, kind: &str, url: &str) -> Reply {
    let body = json!({ "kind": kind, "title": "Tờ trình số 45/TTr-UBND", "url": url });
    stage.house.post(who, &format!("/nominations/{}/dossier-documents", nomination.id()), body).await
}

#[actix_web::test]
async fn a_dossier_is_put_together_piece_by_piece() {
    let stage = stage(CycleState::Finalized).await;
    let house = &stage.house;
    let made = stage.proposed(stage.second).await;
    let path = format!("/nominations/{}", made.id());
    let own = officer_of(stage.second);
    let dossier = house.get(own, &format!("{path}/dossier")).await.expect(200);
    let asked = json!(["submission_letter", "achievement_report", "minutes"]);
    assert_eq!((&dossier.body["complete"], &dossier.body["missing"]), (&json!(false), &asked));
    let told = dossier.body["entries"].as_array().unwrap();
    assert_eq!(told.iter().map(|one| one["required"] == true).collect::<Vec<_>>(), [true, true, true, false]);
    assert_eq!(told[3]["requirement"]["certainty"], "unsure");
    assert_eq!(
        why_not(&house.get(stage.head(), &path).await, "complete-dossier"),
        "the dossier has no submission letter; the dossier has no report of achievements; the dossier has no minutes of \
         the review"
    );
    let blocked = stage.step(stage.head(), &made, "complete-dossier", Value::Null).await.blockers();
    assert_eq!(blocked, ["document_missing"; 3]);

    let letter = link(&stage, stage.head(), &made, "submission_letter", "https://example.vn/45").await.expect(201);
    assert_eq!(letter.header("location"), format!("/api/v1/dossier-documents/{}", letter.id()));
    let parts = [text("kind", "achievement_report"), text("title", "Báo cáo thành tích"), file("báo cáo.pdf", PDF)];
    let report = house.upload(own, &format!("{path}/dossier-files"), form(&parts)).await.expect(201);
    assert_eq!((report.text("/title"), report.text("/file/name")), ("Báo cáo thành tích".into(), "báo cáo.pdf".into()));
    link(&stage, secretary(), &made, "minutes", "https://example.vn/45").await.expect(201);
    link(&stage, own, &made, "minutes", "https://example.vn/45").await.problem(409, "conflict");
    house.upload(own, &format!("{path}/dossier-files"), form(&parts)).await.problem(409, "conflict");
    let other = link(&stage, own, &made, "other", "https://example.vn/46").await.expect(201);
    let dossier = house.get(own, &format!("{path}/dossier")).await.expect(200);
    assert_eq!((&dossier.body["complete"], &dossier.body["missing"]), (&json!(true), &json!([])));
    assert_eq!(dossier.body["entries"][4]["requirement"], Value::Null, "nobody asked for it");

    let content = house.get(auditor(), &format!("/dossier-documents/{}/content", report.id())).await.expect(200);
    assert_eq!((content.bytes.as_slice(), content.header("content-type")), (PDF, "application/pdf"));
    assert!(content.header("content-disposition").starts_with("attachment; "));
    house.get(own, &format!("/dossier-documents/{}/content", letter.id())).await.problem(404, "not-found");
    let tomorrow = SystemClock.now() + TimeDelta::days(1);
    assert_eq!(files::sweep(&house.state.db, &house.state.files, tomorrow).await.unwrap(), 0, "the dossier holds it");

    let of_other = format!("/dossier-documents/{}", other.id());
    let bare = TestRequest::delete().uri(&format!("/api/v1{of_other}"));
    house.send(own, bare).await.problem(428, "precondition-required");
    house.delete(own, &of_other, "\"7\"").await.problem(412, "stale");
    house.delete(own, &of_other, other.etag()).await.expect(204);
    let journal = house.get(auditor(), "/journal?resource_type=dossier_document&sort=at").await.expect(200);
    let (create, delete) = ("dossier_document.create", "dossier_document.delete");
    assert_eq!(journal.column("action"), [create, create, create, create, delete]);
    assert_eq!(journal.column("cycle_id"), vec![json!(stage.cycle_id); 5]);

    // Complete: nothing is taken away any more, and once submitted the council's office alone adds.
    stage.step(own, &made, "complete-dossier", Value::Null).await.problem(403, "forbidden");
    let complete = stage.step(stage.head(), &made, "complete-dossier", Value::Null).await.expect(200);
    assert_eq!((complete.text("/state"), allowed(&complete)), ("dossier_complete".into(), vec!["withdraw".into()]));
    house.delete(own, &format!("/dossier-documents/{}", report.id()), "*").await.problem(409, "wrong-state");
    link(&stage, own, &made, "other", "https://example.vn/47").await.expect(201);
    stage.step(stage.head(), &complete, "complete-dossier", Value::Null).await.problem(409, "wrong-state");
    let submitted = stage.step(secretary(), &complete, "submit", Value::Null).await.expect(200);
    link(&stage, own, &made, "other", "https://example.vn/48").await.problem(409, "wrong-state");
    link(&stage, secretary(), &made, "other", "https://example.vn/48").await.expect(201);
    let opinion = json!({ "opinion": "Đủ điều kiện" });
    let appraised = stage.step(secretary(), &submitted, "appraise", opinion).await.expect(200);
    assert_eq!(allowed(&appraised), ["hold", "reject", "withdraw"], "nothing is public before the results are");
    link(&stage, secretary(), &made, "other", "https://example.vn/49").await.expect(201);
    let hold = json!({ "ground": "press", "reason": "Báo nêu" });
    stage.step(secretary(), &appraised, "hold", hold).await.expect(200);
    link(&stage, secretary(), &made, "other", "https://example.vn/50").await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn a_dossier_is_seen_by_those_who_work_on_it() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let made = stage.displayed(stage.second).await;
    let other = stage.proposed(stage.third).await;
    let theirs = link(&stage, officer_of(stage.third), &other, "other", "https://example.vn").await.expect(201);
    let list = format!("/dossier-documents?nomination_id={}&total=true", made.id());
    let ours = house.get(secretary(), &list).await.expect(200);
    let id = ours.text("/data/0/id");
    let outsider = officer_of(province(house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(house, stage.cycle_id, None).await;
    #[rustfmt::skip]
    let callers = [
        // who                       sees  adds
        (secretary(),                true,  409), // not during public comment
        (administrator(),            true,  403),
        (auditor(),                  true,  403),
        (stage.head(),               true,  409),
        (officer_of(stage.second),   true,  409),
        (officer_of(stage.third),    false, 404), // a member sees the nomination, not its dossier
        (outsider,                   false, 404), // as everybody
        (assigned,                   false, 404),
    ];
    for (who, sees, adds) in callers {
        house.get(who, &format!("/nominations/{}", made.id())).await.expect(200);
        let status = if sees { 200 } else { 404 };
        assert_eq!(house.get(who, &list).await.expect(200).body["page"]["total"], if sees { 3 } else { 0 }, "{who:?}");
        for path in [format!("/nominations/{}/dossier", made.id()), format!("/dossier-documents/{id}")] {
            assert_eq!(house.get(who, &path).await.status, status, "{path} {who:?}");
        }
        let added = link(&stage, who, &made, "other", "https://example.vn/x").await.status;
        assert_eq!(added, adds, "{who:?}");
        let deleted = house.delete(who, &format!("/dossier-documents/{id}"), "*").await.status;
        assert_eq!(deleted, adds, "{who:?}");
    }
    house.get(NOBODY, &list).await.problem(401, "unauthenticated");
    let own = house.get(officer_of(stage.third), "/dossier-documents?kind=other,minutes&sort=-created_at").await;
    assert_eq!(own.expect(200).column("id"), [json!(theirs.id())]);
    for (query, fault) in [("kind=letter", "kind unreadable"), ("title=x", "title unknown_parameter")] {
        let faults = house.get(secretary(), &format!("/dossier-documents?{query}")).await;
        assert_eq!(faults.problem(400, "bad-parameter"), [fault]);
    }
    let mut counts = vec![];
    for limit in [1, 4] {
        let path = format!("/dossier-documents?limit={limit}");
        let (list, statements) = house.counting(house.get(stage.head(), &path)).await;
        counts.push((list.column("id").len(), statements));
    }
    assert_eq!(counts, [(1, 1), (4, 1)]);
}

#[actix_web::test]
async fn what_is_no_document_is_refused() {
    let stage = stage(CycleState::Finalized).await;
    let made = stage.proposed(stage.second).await;
    let path = format!("/nominations/{}/dossier-documents", made.id());
    let good = json!({ "kind": "minutes", "title": "Biên bản", "url": "https://example.vn" });
    for (name, value, fault) in [
        ("kind", json!("letter"), "/kind unknown_value"),
        ("kind", Value::Null, "/kind wrong_type"),
        ("title", json!(" "), "/title blank"),
        ("title", json!("x".repeat(301)), "/title too_long"),
        ("url", json!("ftp://example.vn"), "/url web_address"),
        ("sha256", json!("x"), "/sha256 unknown_member"),
    ] {
        let mut body = good.clone();
        body[name] = value;
        let faults = stage.house.post(secretary(), &path, body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let files = format!("/nominations/{}/dossier-files", made.id());
    for (parts, fault) in [
        (vec![file("a.pdf", PDF)], "/kind required"),
        (vec![text("kind", "letter"), file("a.pdf", PDF)], "/kind unknown_value"),
        (vec![text("kind", "minutes")], "/file required"),
        (vec![text("kind", "minutes"), file("a.pdf", b"MZ")], "/file unknown_type"),
    ] {
        let faults = stage.house.upload(secretary(), &files, form(&parts)).await.problem(422, "invalid");
        assert_eq!(faults, [fault]);
    }
    for number in 0..50 {
        link(&stage, secretary(), &made, "other", &format!("https://example.vn/{number}")).await.expect(201);
    }
    link(&stage, secretary(), &made, "other", "https://example.vn/50").await.problem(409, "conflict");
}

/// A document is taken away while the dossier is declared complete: one of the two is refused.
#[actix_web::test]
async fn a_dossier_is_never_complete_without_what_it_asks_for() {
    let stage = stage(CycleState::Published).await;
    let replica = stage.house.replica().await;
    let mut complete = 0;
    for _ in 0..20 {
        let made = stage.proposed(stage.second).await;
        let mut last = String::new();
        for kind in ["submission_letter", "achievement_report", "minutes"] {
            last = link(&stage, secretary(), &made, kind, "https://example.vn").await.expect(201).id();
        }
        let document = format!("/dossier-documents/{last}");
        let (completed, deleted) = join(
            stage.step(stage.head(), &made, "complete-dossier", Value::Null),
            replica.delete(secretary(), &document, "*"),
        )
        .await;
        match (completed.status, deleted.status) {
            (200, 409) => complete += 1,
            (409, 204) => assert_eq!(completed.blockers(), ["document_missing"]),
            both => panic!("{both:?}"),
        }
        stage
            .house
            .step(secretary(), &format!("/nominations/{}/withdraw", made.id()), "*", json!({ "reason": "x" }))
            .await;
    }
    assert!(complete <= 20);
    let nothing = fixtures::nomination(&stage.house, stage.cycle_id, stage.second, stage.diploma).await;
    let dossier = stage.house.get(auditor(), &format!("/nominations/{nothing}/dossier")).await.expect(200);
    assert_eq!(dossier.body["missing"].as_array().unwrap().len(), 3);
}
