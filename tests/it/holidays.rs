//! Stories of the calendar: days off, weekends that are worked, and what a dossier asks for.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::award_type,
    support::{NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                               nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/holidays",                   [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/holidays",                   [401,  403,    403,      403,    403,      201]),
    ("GET",    "/api/v1/holidays/{id}",              [404,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/holidays/{id}",              [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/dossier-requirements",       [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/dossier-requirements",       [401,  403,    403,      403,    403,      422]),
    ("GET",    "/api/v1/dossier-requirements/{id}",  [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/dossier-requirements/{id}",  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/dossier-requirements/{id}",  [401,  404,    404,      404,    404,      404]),
];

#[actix_web::test]
async fn the_calendar_is_read_by_everybody_and_kept_by_the_administrator() {
    let house = house().await;
    let days = async |query: &str| house.get(NOBODY, &format!("/holidays?{query}")).await.expect(200).column("day");
    assert_eq!(days("day_from=2024-02-01&day_to=2024-02-29&kind=compensation_day").await, ["2024-02-13", "2024-02-14"]);
    assert_eq!(days("year=2024&kind=working_day").await, ["2024-05-04"]);
    assert_eq!(days("year=2025,2026&kind=working_day&sort=-day").await, ["2026-08-22", "2026-01-10", "2025-04-26"]);
    assert_eq!(days("year=1999,99999999").await, Vec::<Value>::new());
    let (all, statements) = house.counting(house.get(NOBODY, "/holidays?total=true&limit=5")).await;
    assert_eq!((all.expect(200).body["page"]["total"].clone(), statements), (json!(62), 2));

    let new = json!({
        "day": "2027-05-08", "name": "Làm bù", "name_en": "Worked in exchange", "kind": "working_day",
        "legal_basis": "Thông báo", "certainty": "likely",
    });
    house.post(secretary(), "/holidays", new.clone()).await.problem(403, "forbidden");
    let made = house.post(administrator(), "/holidays", new.clone()).await.expect(201);
    let path = format!("/holidays/{}", made.id());
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    assert_eq!(house.get(NOBODY, &path).await.expect(200).body, made.body);
    house.post(administrator(), "/holidays", new.clone()).await.problem(409, "conflict");
    for (name, value, fault) in [
        ("day", json!("2027-05-07"), "/day not_weekend"),
        ("day", json!("2101-01-01"), "/day out_of_range"),
        ("kind", json!("compensation_day"), "/day weekend"),
        ("kind", json!("feast"), "/kind unknown_value"),
        ("name", json!(" "), "/name blank"),
        ("legal_basis", json!("a\nb"), "/legal_basis several_lines"),
        ("year", json!(2027), "/year unknown_member"),
    ] {
        let mut body = new.clone();
        body[name] = value;
        let faults = house.post(administrator(), "/holidays", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    house.delete(secretary(), &path, made.etag()).await.problem(403, "forbidden");
    house.delete(administrator(), &path, "\"7\"").await.problem(412, "stale");
    house.delete(administrator(), &path, made.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
    house.post(administrator(), "/holidays", new).await.expect(201);
    let journal = house.get(auditor(), &format!("/journal?resource_id={}&sort=at", made.id())).await.expect(200);
    assert_eq!(journal.column("action"), ["holiday.create", "holiday.delete"]);
}

#[actix_web::test]
async fn what_a_dossier_asks_for_is_data() {
    let house = house().await;
    let diploma = award_type(&house, "BKTTG").await;
    let asked = async |query: &str| house.get(NOBODY, &format!("/dossier-requirements?{query}")).await.expect(200);
    let of_diploma = asked(&format!("award_type_id={diploma}&total=true")).await;
    let kinds = ["submission_letter", "achievement_report", "minutes", "certificate"];
    assert_eq!(of_diploma.column("document_kind"), kinds);
    assert_eq!(of_diploma.column("required"), [true, true, true, false]);
    assert!(of_diploma.column("certainty").iter().all(|certainty| certainty == "likely" || certainty == "unsure"));
    assert_eq!(asked("document_kind=certificate,other&total=true").await.body["page"]["total"], 5);

    let new = json!({
        "award_type_id": diploma, "document_kind": "other", "required": true, "legal_basis": "Quy chế cụm",
        "note": "Bảng điểm",
    });
    house.post(secretary(), "/dossier-requirements", new.clone()).await.problem(403, "forbidden");
    let made = house.post(administrator(), "/dossier-requirements", new.clone()).await.expect(201);
    assert_eq!((made.text("/certainty"), made.text("/note")), ("verified".into(), "Bảng điểm".into()));
    house.post(administrator(), "/dossier-requirements", new.clone()).await.problem(409, "conflict");
    for (name, value, fault) in [
        ("award_type_id", json!(Uuid::now_v7()), "/award_type_id unknown_reference"),
        ("document_kind", json!("letter"), "/document_kind unknown_value"),
        ("required", json!("yes"), "/required wrong_type"),
        ("note", json!(""), "/note blank"),
        ("valid_to", json!("2030-01-01"), "/valid_to unknown_member"),
    ] {
        let mut body = new.clone();
        body[name] = value;
        let faults = house.post(administrator(), "/dossier-requirements", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let path = format!("/dossier-requirements/{}", made.id());
    let patch = json!({ "required": false, "note": null });
    house.patch(secretary(), &path, made.etag(), patch.clone()).await.problem(403, "forbidden");
    let changed = house.patch(administrator(), &path, made.etag(), patch.clone()).await.expect(200);
    assert_eq!((&changed.body["required"], &changed.body["note"]), (&json!(false), &Value::Null));
    house.patch(administrator(), &path, made.etag(), patch).await.problem(412, "stale");
    let faults = house.patch(administrator(), &path, "*", json!({ "document_kind": "minutes" })).await;
    assert_eq!(faults.problem(422, "invalid"), ["/document_kind unknown_member"]);
    house.delete(administrator(), &path, made.etag()).await.problem(412, "stale");
    house.delete(administrator(), &path, changed.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
    let journal = house.get(auditor(), &format!("/journal?resource_id={}&sort=at", made.id())).await.expect(200);
    let told = ["dossier_requirement.create", "dossier_requirement.update", "dossier_requirement.delete"];
    assert_eq!(journal.column("action"), told);
}
