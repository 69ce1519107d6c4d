//! Stories of clusters.

use actix_web::{http::header, test::TestRequest};
use serde_json::{Value, json};

use super::{
    authz::Door,
    support::{House, NOBODY, Reply, administrator, auditor, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/clusters",                 [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/clusters",                 [401,  403,    403,      403,    403,      201]),
    ("GET",    "/api/v1/clusters/{id}",            [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/clusters/{id}",            [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/clusters/{id}",            [401,  404,    404,      404,    404,      404]),
];

async fn made(house: &House, code: &str, name: &str) -> Reply {
    let body = json!({ "code": code, "name": name, "name_en": format!("Cluster {code}") });
    house.post(administrator(), "/clusters", body).await.expect(201)
}

#[actix_web::test]
async fn a_cluster_is_made_changed_and_deleted() {
    let house = house().await;
    let made = made(&house, "CUM-T", "Cụm thử").await;
    let path = format!("/clusters/{}", made.id());
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    assert!(made.etag().starts_with("\"1-"), "{}", made.etag());

    let read = house.get(NOBODY, &path).await.expect(200);
    assert_eq!((read.body["name"].as_str(), read.etag()), (Some("Cụm thử"), made.etag()));

    let body = json!({ "name": "Cụm mới", "overseer_name": "Trần Thị B" });
    let changed = house.patch(administrator(), &path, made.etag(), body).await.expect(200);
    assert_eq!((changed.text("/overseer_name"), changed.body["version"].as_i64()), ("Trần Thị B".into(), Some(2)));
    let cleared =
        house.patch(administrator(), &path, changed.etag(), json!({ "overseer_name": null })).await.expect(200);
    assert_eq!((cleared.body["overseer_name"].clone(), cleared.text("/name")), (Value::Null, "Cụm mới".into()));

    house.patch(administrator(), &path, made.etag(), json!({ "name": "Khác" })).await.problem(412, "stale");
    let blind = TestRequest::delete().uri(&format!("/api/v1{path}"));
    house.send(administrator(), blind).await.problem(428, "precondition-required");
    house.delete(auditor(), &path, cleared.etag()).await.problem(403, "forbidden");
    house.delete(administrator(), &path, cleared.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
}

#[actix_web::test]
async fn a_reader_who_has_it_gets_304() {
    let house = house().await;
    let path = format!("/api/v1/clusters/{}", made(&house, "CUM-T", "Cụm thử").await.id());
    let first = house.send(NOBODY, TestRequest::get().uri(&path)).await.expect(200);
    let again = TestRequest::get().uri(&path).insert_header((header::IF_NONE_MATCH, first.etag()));
    let again = house.send(NOBODY, again).await.expect(304);
    assert_eq!((again.bytes.len(), again.etag()), (0, first.etag()));
}

#[actix_web::test]
async fn a_name_is_found_and_sorted_the_vietnamese_way() {
    let house = house().await;
    for (code, name) in [("Z1", "Zz Đà"), ("Z2", "Zz Cao"), ("Z3", "Zz Ea"), ("Z4", "Zz Du")] {
        made(&house, code, name).await;
    }
    let all = house.get(NOBODY, "/clusters?q=zz").await.expect(200);
    assert_eq!(all.column("name"), ["Zz Cao", "Zz Du", "Zz Đà", "Zz Ea"]);
    let found = house.get(NOBODY, "/clusters?q=ZZ%20da").await.expect(200);
    assert_eq!(found.column("name"), ["Zz Đà"]);
    assert_eq!(house.get(NOBODY, "/clusters?q=%25").await.expect(200).column("name"), Vec::<Value>::new());
}

#[actix_web::test]
async fn a_walk_meets_every_cluster_once() {
    let house = house().await;
    for number in 0..7 {
        made(&house, &format!("W{number}"), &format!("Walk {}", number % 3)).await;
    }
    let mut next = "/clusters?q=walk&limit=3&sort=-name&total=true".to_owned();
    let (mut codes, mut pages) = (vec![], 0);
    loop {
        let page = house.get(NOBODY, &next).await.expect(200);
        assert_eq!(page.body["page"]["total"], 7);
        codes.extend(page.column("code"));
        pages += 1;
        if page.body["page"]["next"].is_null() {
            assert_eq!(page.header("link"), "");
            break;
        }
        let link = page.header("link").strip_prefix("</api/v1").unwrap().strip_suffix(">; rel=\"next\"").unwrap();
        next = link.to_owned();
    }
    codes.sort_by_key(ToString::to_string);
    assert_eq!((pages, codes), (3, (0..7).map(|number| json!(format!("W{number}"))).collect()));
}

#[actix_web::test]
async fn fields_trim_and_strangers_are_named() {
    let house = house().await;
    made(&house, "CUM-T", "Cụm thử").await;
    let trimmed = house.get(NOBODY, "/clusters?q=cum%20thu&fields=code,name").await.expect(200);
    assert_eq!(trimmed.body["data"], json!([{ "code": "CUM-T", "name": "Cụm thử" }]));
    #[rustfmt::skip]
    let cases = [
        ("fields=secret",        "fields unknown_member"),
        ("limit=0",              "limit range"),
        ("limit=201",            "limit range"),
        ("limit=many",           "limit unreadable"),
        ("limit=1&limit=2",      "limit duplicate_parameter"),
        ("nmae=x",               "nmae unknown_parameter"),
        ("sort=colour",          "sort unreadable"),
        ("cursor=AAAA",          "cursor unreadable"),
        ("q=%00",                "q control_character"),
        ("q=%FF",                "q control_character"),
        ("total=maybe",          "total unreadable"),
    ];
    for (query, fault) in cases {
        let faults = house.get(NOBODY, &format!("/clusters?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
}

#[actix_web::test]
async fn bad_bodies_name_their_fault_and_change_nothing() {
    let house = house().await;
    made(&house, "TAKEN", "Đã có").await;
    let good = json!({ "code": "C", "name": "N", "name_en": "E" });
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    #[rustfmt::skip]
    let cases = [
        (json!({}),                               "/code required"),
        (json!([]),                               " wrong_type"),
        (with("nmae", json!("x")),                "/nmae unknown_member"),
        (with("name", json!("")),                 "/name blank"),
        (with("name", json!(" \u{3000}")),        "/name blank"),
        (with("name", json!("a\nb")),             "/name several_lines"),
        (with("name", json!("x".repeat(301))),    "/name too_long"),
        (with("name", json!("nul\0")),            "/name control_character"),
        (with("name", json!(7)),                  "/name wrong_type"),
        (with("name", Value::Null),               "/name wrong_type"),
    ];
    let before = house.get(NOBODY, "/clusters?total=true").await.body["page"]["total"].clone();
    for (body, fault) in cases {
        let faults = house.post(administrator(), "/clusters", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    house.post(administrator(), "/clusters", with("code", json!("TAKEN"))).await.problem(409, "conflict");
    let raw = |text: &'static str| {
        TestRequest::post()
            .uri("/api/v1/clusters")
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .set_payload(text)
    };
    house.send(administrator(), raw("{\"code\":")).await.problem(400, "malformed");
    let twins = house.send(administrator(), raw("{\"code\":\"A\",\"code\":\"B\"}")).await.problem(422, "invalid");
    assert_eq!(twins, ["/code duplicate_member"]);
    let huge = raw("{}").set_payload(format!("\"{}\"", "x".repeat(2 << 20)));
    house.send(administrator(), huge).await.problem(413, "too-large");
    let text = raw("{}").insert_header((header::CONTENT_TYPE, "text/plain"));
    house.send(administrator(), text).await.problem(415, "unsupported-media-type");
    assert_eq!(house.get(NOBODY, "/clusters?total=true").await.body["page"]["total"], before);
}

#[actix_web::test]
async fn text_is_stored_in_nfc_whatever_came() {
    let house = house().await;
    let made = made(&house, "NFD", "Y\u{65}\u{302}n Ba\u{301}i 🏆 مرحبا").await;
    assert_eq!(made.text("/name"), "Yên Bái 🏆 مرحبا");
}

#[actix_web::test]
async fn problems_speak_the_callers_language() {
    let house = house().await;
    let ask = |language: &'static str| {
        TestRequest::get().uri("/api/v1/clusters?limit=0").insert_header((header::ACCEPT_LANGUAGE, language))
    };
    let vietnamese = house.send(NOBODY, ask("vi-VN, en;q=0.5")).await;
    assert_eq!(vietnamese.text("/title"), "Tham số truy vấn không đúng");
    let english = house.send(NOBODY, ask("fr, en;q=0.8, vi;q=0.2")).await;
    assert_eq!(english.text("/title"), "A query parameter is wrong");
    assert_eq!(english.text("/request_id"), english.header("x-request-id"));
}

#[actix_web::test]
async fn unknown_paths_and_methods_are_problems() {
    let house = house().await;
    house.get(NOBODY, "/nowhere").await.problem(404, "not-found");
    house.get(NOBODY, "/clusters/not-a-uuid").await.problem(404, "not-found");
    let wrong = house.send(NOBODY, TestRequest::delete().uri("/api/v1/clusters")).await;
    assert_eq!(wrong.header("allow"), "GET, POST, HEAD, OPTIONS");
    wrong.problem(405, "method-not-allowed");
    let xml = TestRequest::get().uri("/api/v1/clusters").insert_header((header::ACCEPT, "text/xml"));
    house.send(NOBODY, xml).await.problem(406, "not-acceptable");
}
