//! Stories of exemplars: discovered, fostered, reviewed, spread, and read by everybody once they are released.

use actix_web::{http::header, test::TestRequest};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, officer_of},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/exemplars",                [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/exemplars",                [401,  403,    403,      403,    422,      403]),
    ("GET",    "/api/v1/exemplars/{id}",           [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/exemplars/{id}",           [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/exemplars/{id}",           [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/exemplars/{id}/foster",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/exemplars/{id}/review",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/exemplars/{id}/spread",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/exemplars/{id}/release",   [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/exemplars/{id}/withhold",  [401,  404,    404,      404,    404,      404]),
];

const LIST: &str = "/exemplars";

struct Stage {
    house: House,
    own: Uuid,
    other: Uuid,
}

async fn stage() -> Stage {
    let house = house().await;
    let own = fixtures::province(&house, "A1", "Tỉnh A1").await;
    let other = fixtures::province(&house, "A2", "Tỉnh A2").await;
    Stage { house, own, other }
}

fn farmer(province_id: Uuid) -> Value {
    json!({
        "province_id": province_id, "year": 2023, "kind": "person", "name": "Giàng A Páo", "unit": "Xã Suối Giàng",
        "field": "Trồng chè", "story": "Vận động bà con giữ rừng chè cổ.",
    })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// What each step takes.
fn words(step: &str) -> Value {
    match step {
        "foster" => json!({ "fostering": "Hỗ trợ vốn" }),
        "review" => json!({ "review": "Có hiệu quả" }),
        "spread" => json!({ "spreading": "Giới thiệu tại hội nghị" }),
        "withhold" => json!({ "reason": "Đang xác minh" }),
        _ => Value::Null,
    }
}

impl Stage {
    async fn found(&self) -> Reply {
        self.house.post(officer_of(self.own), LIST, farmer(self.own)).await.expect(201)
    }

    async fn step(&self, who: Option<Account>, seen: &Reply, step: &str) -> Reply {
        self.house.step(who, &format!("{LIST}/{}/{step}", seen.id()), seen.etag(), words(step)).await
    }

    async fn steps(&self, seen: Reply, steps: &[&str]) -> Reply {
        let mut seen = seen;
        for step in steps {
            seen = self.step(officer_of(self.own), &seen, step).await.expect(200);
        }
        seen
    }

    async fn read(&self, who: Option<Account>, seen: &Reply) -> Reply {
        self.house.get(who, &format!("{LIST}/{}", seen.id())).await
    }

    async fn ids(&self, who: Option<Account>, query: &str) -> Vec<Value> {
        self.house.get(who, &format!("{LIST}?{query}")).await.expect(200).column("id")
    }
}

/// The steps a representation says are possible.
fn possible(reply: &Reply) -> Vec<&str> {
    let actions = reply.body["allowed_actions"].as_array().unwrap().iter();
    actions.filter(|action| action["allowed"] == true).map(|action| action["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn an_exemplar_is_discovered_fostered_reviewed_and_spread() {
    let stage = stage().await;
    let officer = officer_of(stage.own);
    for who in [officer_of(stage.other), auditor(), administrator(), someone(entity::vocab::Role::Appraiser, None)] {
        stage.house.post(who, LIST, farmer(stage.own)).await.problem(403, "forbidden");
    }
    let found = stage.found().await;
    assert_eq!(found.header("location"), format!("/api/v1{LIST}/{}", found.id()));
    let told = ["state", "fostering", "review", "spreading", "released_at", "certainty", "version"];
    let said = |reply: &Reply| json!(told.map(|name| reply.body[name].clone()));
    assert_eq!(said(&found), json!(["discovered", null, null, null, null, "verified", 1]));
    assert_eq!(possible(&found), ["foster"]);
    for step in ["review", "spread", "release", "withhold"] {
        stage.step(officer, &found, step).await.problem(409, "wrong-state");
    }
    let fostered = stage.step(officer, &found, "foster").await.expect(200);
    assert_eq!(said(&fostered), json!(["fostered", "Hỗ trợ vốn", null, null, null, "verified", 2]));
    assert_eq!(possible(&fostered), ["review"]);
    for step in ["foster", "spread", "release"] {
        stage.step(officer, &fostered, step).await.problem(409, "wrong-state");
    }
    stage.step(officer, &found, "review").await.problem(412, "stale");
    let reviewed = stage.step(secretary(), &fostered, "review").await.expect(200);
    assert_eq!(possible(&reviewed), ["spread", "release"]);
    stage.house.at("2024-05-01T00:00:00Z");
    let released = stage.step(officer, &reviewed, "release").await.expect(200);
    assert_eq!(released.text("/released_at"), "2024-05-01T00:00:00Z");
    assert_eq!(possible(&released), ["spread", "withhold"]);
    let spread = stage.step(officer, &released, "spread").await.expect(200);
    let whole = ["spread", "Hỗ trợ vốn", "Có hiệu quả", "Giới thiệu tại hội nghị", "2024-05-01T00:00:00Z", "verified"];
    assert_eq!(said(&spread).as_array().unwrap()[..6], whole);
    assert_eq!(possible(&spread), ["withhold"]);
    for step in ["foster", "review", "spread", "release"] {
        stage.step(officer, &spread, step).await.problem(409, "wrong-state");
    }
    let withheld = stage.step(officer, &spread, "withhold").await.expect(200);
    assert_eq!((&withheld.body["released_at"], withheld.text("/state")), (&Value::Null, "spread".into()));
    assert_eq!((withheld.text("/withheld_reason"), possible(&withheld)), ("Đang xác minh".into(), vec!["release"]));
    let again = stage.step(officer, &withheld, "release").await.expect(200);
    assert_eq!((&again.body["withheld_reason"], &again.body["version"]), (&Value::Null, &json!(7)));

    let journal = stage.house.get(auditor(), &format!("/journal?resource_id={}&sort=at", found.id())).await.expect(200);
    let told = ["create", "foster", "review", "release", "spread", "withhold", "release"];
    let mut told = told.map(|step| json!(format!("exemplar.{step}")));
    let mut actions = journal.column("action");
    // Entries of one moment come in no order.
    told.sort_by_key(ToString::to_string);
    actions.sort_by_key(ToString::to_string);
    assert_eq!(actions, told);
}

#[actix_web::test]
async fn who_may_not_write_learns_no_more_than_they_may_read() {
    let stage = stage().await;
    let reviewed = stage.steps(stage.found().await, &["foster", "review"]).await;
    let path = format!("{LIST}/{}", reviewed.id());
    let appraiser = someone(entity::vocab::Role::Appraiser, Some(stage.own));
    let strangers = [officer_of(stage.other), appraiser];
    for who in strangers {
        for step in ["foster", "review", "spread", "release", "withhold"] {
            stage.step(who, &reviewed, step).await.problem(404, "not-found");
        }
        stage.house.patch(who, &path, "*", json!({ "field": "Chè" })).await.problem(404, "not-found");
        stage.house.delete(who, &path, "*").await.problem(404, "not-found");
    }
    for who in [auditor(), administrator()] {
        let read = stage.read(who, &reviewed).await.expect(200);
        assert_eq!(possible(&read), [""; 0]);
        assert_eq!(read.text("/allowed_actions/2/reason"), "your role does not allow this");
        stage.step(who, &reviewed, "spread").await.problem(403, "forbidden");
    }
    let released = stage.steps(reviewed, &["release"]).await;
    for who in strangers {
        stage.step(who, &released, "withhold").await.problem(403, "forbidden");
        stage.house.delete(who, &path, "*").await.problem(403, "forbidden");
    }
    stage.step(NOBODY, &released, "withhold").await.problem(401, "unauthenticated");
    let read = stage.read(NOBODY, &released).await.expect(200);
    assert_eq!(read.text("/allowed_actions/4/reason"), "sign in first");
}

#[actix_web::test]
async fn nobody_else_hears_of_it_before_it_is_released() {
    let stage = stage().await;
    let rural = stage.house.get(NOBODY, "/campaigns?code=NTM-2025").await.text("/data/0/id");
    let body = with(&farmer(stage.own), &json!({ "campaign_id": rural }));
    let found = stage.house.post(officer_of(stage.own), LIST, body).await.expect(201);
    let inside = [officer_of(stage.own), secretary(), administrator(), auditor()];
    let appraiser = someone(entity::vocab::Role::Appraiser, Some(stage.own));
    let outside = [NOBODY, officer_of(stage.other), appraiser];
    let queries = [
        String::new(),
        "q=giang%20a%20pao".into(),
        "q=suoi".into(),
        "sort=name".into(),
        "expand=province".into(),
        format!("province_id={}", stage.own),
        format!("campaign_id={rural}"),
        "year=2023".into(),
        "state=discovered,fostered,reviewed,spread".into(),
        "kind=person".into(),
        "released=false".into(),
    ];
    let seen = async |callers: &[Option<Account>], queries: &[String], expected: bool| {
        for who in callers {
            for query in queries {
                let list = stage.house.get(*who, &format!("{LIST}?total=true&{query}")).await.expect(200);
                let ids = if expected { vec![json!(found.id())] } else { vec![] };
                let told = (list.column("id"), &list.body["page"]["total"]);
                assert_eq!(told, (ids.clone(), &json!(ids.len())), "{query} {who:?}");
                assert_eq!(String::from_utf8_lossy(&list.bytes).contains("Páo"), expected, "{query} {who:?}");
            }
            assert_eq!(stage.read(*who, &found).await.status, if expected { 200 } else { 404 }, "{who:?}");
        }
    };
    seen(&inside, &queries, true).await;
    seen(&outside, &queries, false).await;
    let reviewed = stage.read(officer_of(stage.own), &found).await;
    let reviewed = stage.steps(reviewed, &["foster", "review"]).await;
    seen(&outside, &queries, false).await;
    let released = stage.steps(reviewed, &["release"]).await;
    let open = [&queries[..10], &["released=true".to_owned()]].concat();
    seen(&inside, &open, true).await;
    seen(&outside, &open, true).await;
    stage.steps(released, &["withhold"]).await;
    seen(&inside, &queries, true).await;
    seen(&outside, &queries, false).await;

    // What names it keeps the campaign from being deleted.
    stage.house.delete(secretary(), &format!("/campaigns/{rural}"), "*").await.problem(409, "conflict");
}

#[actix_web::test]
async fn an_exemplar_is_changed_and_deleted_while_it_is_not_public() {
    let stage = stage().await;
    let officer = officer_of(stage.own);
    let found = stage.found().await;
    let path = format!("{LIST}/{}", found.id());
    let bare = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({ "field": "Chè" }));
    stage.house.send(officer, bare).await.problem(428, "precondition-required");
    let rural = stage.house.get(NOBODY, "/campaigns?code=NTM-2025").await.text("/data/0/id");
    let change = json!({
        "name": "Hợp tác xã Suối Giàng", "kind": "collective", "unit": null, "field": "Chè", "story": "Liên kết",
        "campaign_id": rural, "certainty": "likely",
    });
    let changed = stage.house.patch(officer, &path, found.etag(), change.clone()).await.expect(200);
    for (name, value) in change.as_object().unwrap() {
        assert_eq!(&changed.body[name], value, "{name}");
    }
    assert_eq!(stage.ids(officer, "q=hop%20tac&kind=collective").await, [json!(found.id())]);
    assert_eq!(stage.ids(officer, "q=pao").await, Vec::<Value>::new());
    stage.house.patch(officer, &path, found.etag(), change).await.problem(412, "stale");
    #[rustfmt::skip]
    let cases = [
        (json!({ "fostering": "x" }),                  "/fostering too_early"),
        (json!({ "campaign_id": Uuid::now_v7() }),     "/campaign_id unknown_reference"),
        (json!({ "year": 2022 }),                      "/year unknown_member"),
        (json!({ "state": "spread" }),                 "/state unknown_member"),
        (json!({ "name": null }),                      "/name wrong_type"),
        (json!({ "story": " " }),                      "/story blank"),
    ];
    for (patch, fault) in cases {
        let refused = stage.house.patch(officer, &path, "*", patch.clone()).await;
        assert_eq!(refused.problem(422, "invalid"), [fault], "{patch}");
    }
    let reviewed = stage.steps(changed, &["foster", "review"]).await;
    let both = json!({ "review": "Rất có hiệu quả", "spreading": "x" });
    let both = stage.house.patch(officer, &path, "*", both).await;
    assert_eq!(both.problem(422, "invalid"), ["/spreading too_early"]);
    let corrected = json!({ "review": "Rất có hiệu quả" });
    let corrected = stage.house.patch(officer, &path, reviewed.etag(), corrected).await.expect(200);
    assert_eq!(
        (corrected.text("/review"), corrected.text("/fostering")),
        ("Rất có hiệu quả".into(), "Hỗ trợ vốn".into())
    );

    let released = stage.steps(corrected, &["release"]).await;
    stage.house.patch(officer, &path, released.etag(), json!({ "field": "Khác" })).await.problem(409, "wrong-state");
    stage.house.delete(officer, &path, released.etag()).await.problem(409, "wrong-state");
    let withheld = stage.steps(released, &["withhold"]).await;
    let bare = TestRequest::delete().uri(&format!("/api/v1{path}"));
    stage.house.send(officer, bare).await.problem(428, "precondition-required");
    stage.house.delete(officer, &path, found.etag()).await.problem(412, "stale");
    stage.house.delete(officer, &path, withheld.etag()).await.expect(204);
    stage.read(officer, &withheld).await.problem(404, "not-found");
    let journal = stage.house.get(auditor(), &format!("/journal?resource_id={}", found.id())).await.expect(200);
    assert!(journal.column("action").contains(&json!("exemplar.delete")));
}

#[actix_web::test]
async fn bad_exemplars_name_their_fault() {
    let stage = stage().await;
    let gone = stage.house.get(NOBODY, "/provinces?code=15&as_of=2023-01-01").await.text("/data/0/id");
    #[rustfmt::skip]
    let cases = [
        (json!({ "kind": "province" }),                     "/kind unknown_value"),
        (json!({ "year": 1900 }),                           "/year out_of_range"),
        (json!({ "year": 2026, "province_id": gone }),      "/province_id not_valid_then"),
        (json!({ "province_id": Uuid::now_v7() }),          "/province_id unknown_reference"),
        (json!({ "campaign_id": Uuid::now_v7() }),          "/campaign_id unknown_reference"),
        (json!({ "name": "" }),                             "/name blank"),
        (json!({ "name": "a\0b" }),                         "/name control_character"),
        (json!({ "unit": "x".repeat(301) }),                "/unit too_long"),
        (json!({ "field": "a\nb" }),                        "/field several_lines"),
        (json!({ "story": "x".repeat(20_001) }),            "/story too_long"),
        (json!({ "released_at": null }),                    "/released_at unknown_member"),
    ];
    for (more, fault) in cases {
        let body = with(&farmer(stage.own), &more);
        assert_eq!(stage.house.post(secretary(), LIST, body).await.problem(422, "invalid"), [fault], "{more}");
    }
    let nfd = with(&farmer(stage.own), &json!({ "name": "Y\u{65}\u{302}n Ba\u{301}i 🎏" }));
    let made = stage.house.post(secretary(), LIST, nfd).await.expect(201);
    assert_eq!(made.text("/name"), "Yên Bái 🎏");
    let path = |step: &str| format!("{LIST}/{}/{step}", made.id());
    for (step, body, fault) in [
        ("foster", json!({ "fostering": " " }), "/fostering blank"),
        ("foster", json!({}), "/fostering required"),
        ("foster", json!({ "fostering": "x", "review": "x" }), "/review unknown_member"),
        ("review", json!({ "review": "x".repeat(20_001) }), "/review too_long"),
        ("spread", json!({ "spreading": 7 }), "/spreading wrong_type"),
        ("withhold", json!({ "reason": "a\0b" }), "/reason control_character"),
    ] {
        let refused = stage.house.step(secretary(), &path(step), "*", body.clone()).await;
        assert_eq!(refused.problem(422, "invalid"), [fault], "{step} {body}");
    }
    let bare = TestRequest::post().uri(&format!("/api/v1{}", path("release")));
    stage.house.send(secretary(), bare).await.problem(428, "precondition-required");
    let vietnamese = TestRequest::post()
        .uri(&format!("/api/v1{}", path("release")))
        .insert_header((header::IF_MATCH, "*"))
        .insert_header((header::ACCEPT_LANGUAGE, "vi"));
    let refused = stage.house.send(secretary(), vietnamese).await;
    assert_eq!(refused.text("/detail"), "chỉ công khai được điển hình đã được tổng kết");
}

#[actix_web::test]
async fn exemplars_are_found_sorted_and_counted() {
    let stage = stage().await;
    let mut made = vec![];
    for (province, more) in [
        (stage.own, json!({ "name": "Ấp Đông", "kind": "collective", "year": 2022 })),
        (stage.own, json!({ "name": "Đinh Thị Hoa" })),
        (stage.other, json!({ "name": "Bàn Văn Ba", "year": 2021, "field": null })),
    ] {
        let body = with(&farmer(province), &more);
        made.push(json!(stage.house.post(secretary(), LIST, body).await.expect(201).id()));
    }
    let [a, b, c] = [&made[0], &made[1], &made[2]];
    #[rustfmt::skip]
    let cases: [(&str, &[&Value]); 9] = [
        ("",                        &[b, a, c]),
        ("sort=year",               &[c, a, b]),
        ("sort=name",               &[a, c, b]),
        ("sort=-created_at",        &[c, b, a]),
        ("q=dinh",                  &[b]),
        ("q=trong%20che",           &[b, a]),
        ("year=2021,2022",          &[a, c]),
        ("kind=collective",         &[a]),
        ("state=fostered",          &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(stage.ids(auditor(), query).await, expected.iter().copied().cloned().collect::<Vec<_>>(), "{query}");
    }
    let path = format!("{LIST}?expand=province&total=true");
    let (list, statements) = stage.house.counting(stage.house.get(auditor(), &path)).await;
    let list = list.expect(200);
    assert_eq!((list.text("/data/0/province/name"), &list.body["page"]["total"]), ("Tỉnh A1".into(), &json!(3)));
    assert_eq!(statements, 3);
    for query in ["sort=state", "released=maybe", "kind=province", "colour=red"] {
        stage.house.get(auditor(), &format!("{LIST}?{query}")).await.problem(400, "bad-parameter");
    }
}
