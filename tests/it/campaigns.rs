//! Stories of campaigns and of the provinces that take part.

use entity::vocab::CycleState;
use serde_json::{Value, json};

use super::{
    authz::Door,
    fixtures::{self, Head, Member, officer_of},
    support::{House, NOBODY, administrator, auditor, house, officer, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                    nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/campaigns",                       [200,  200,    200,      200,    200,      200]),
    // The administrator comes second with the same code.
    ("POST",   "/api/v1/campaigns",                       [401,  403,    403,      403,    201,      409]),
    ("GET",    "/api/v1/campaigns/{id}",                  [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/campaigns/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/campaigns/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-participations",         [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/campaign-participations",         [401,  403,    403,      403,    422,      422]),
    ("GET",    "/api/v1/campaign-participations/{id}",    [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/campaign-participations/{id}",    [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/campaign-participations/{id}",    [401,  404,    404,      404,    404,      404]),
];

fn campaign(code: &str) -> Value {
    json!({
        "code": code, "name": "Thi đua làm đường", "launched_by": "prime_minister",
        "launched_on": "2024-02-01", "starts_on": "2024-01-01", "ends_on": "2024-12-31",
    })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn yen_bai(house: &House) -> String {
    house.get(NOBODY, "/provinces?code=15&as_of=2023-01-01").await.text("/data/0/id")
}

#[actix_web::test]
async fn the_campaigns_of_the_country() {
    let house = house().await;
    let rural = house.get(NOBODY, "/campaigns?q=nong%20thon%20moi").await.expect(200);
    assert!(rural.column("code").contains(&json!("NTM-2025")));
    let rural = house.get(NOBODY, "/campaigns?code=NTM-2025&launched_by=prime_minister&as_of=2025-12-31").await;
    assert_eq!(
        (rural.text("/data/0/launched_on"), rural.text("/data/0/starts_on")),
        ("2022-05-18".into(), "2021-01-01".into())
    );
    let over = house.get(NOBODY, "/campaigns?code=NTM-2025&as_of=2026-01-01").await.expect(200);
    assert_eq!(over.body["data"], json!([]));
    let (_, statements) = house.counting(house.get(NOBODY, "/campaigns?limit=200")).await;
    assert_eq!(statements, 1);
}

#[actix_web::test]
async fn a_campaign_is_launched_changed_and_deleted() {
    let house = house().await;
    let made = house.post(secretary(), "/campaigns", campaign("DUONG")).await.expect(201);
    let path = format!("/campaigns/{}", made.id());
    house.post(administrator(), "/campaigns", campaign("DUONG")).await.problem(409, "conflict");
    let part = with(&campaign("DUONG-1"), &json!({ "parent_id": made.id() }));
    let part = house.post(secretary(), "/campaigns", part).await.expect(201);
    let parts = house.get(NOBODY, &format!("/campaigns?parent_id={}", made.id())).await.expect(200);
    assert_eq!(parts.column("id"), [part.id()]);
    let ring = house.patch(secretary(), &path, made.etag(), json!({ "parent_id": part.id() })).await;
    assert_eq!(ring.problem(422, "invalid"), ["/parent_id ring"]);
    house.delete(secretary(), &path, made.etag()).await.problem(409, "conflict");

    let change = json!({ "name": "Làm cầu", "ends_on": null });
    house.patch(auditor(), &path, made.etag(), change.clone()).await.problem(403, "forbidden");
    let changed = house.patch(secretary(), &path, made.etag(), change.clone()).await.expect(200);
    assert_eq!((&changed.body["ends_on"], &changed.body["version"]), (&json!(null), &json!(2)));
    house.patch(secretary(), &path, made.etag(), change).await.problem(412, "stale");
    let found = house.get(NOBODY, "/campaigns?q=lam%20cau").await.expect(200);
    assert_eq!(found.column("id"), [made.id()]);

    house.delete(secretary(), &format!("/campaigns/{}", part.id()), part.etag()).await.expect(204);
    house.delete(secretary(), &path, changed.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
}

#[actix_web::test]
async fn provinces_and_heads_launch_their_own() {
    let house = house().await;
    let (head, member) = (fixtures::province(&house, "90", "Đầu").await, fixtures::province(&house, "91", "Hai").await);
    let of_province = with(&campaign("TINH"), &json!({ "launched_by": "province", "province_id": head }));
    house.post(officer_of(member), "/campaigns", of_province.clone()).await.problem(403, "forbidden");
    house.post(officer_of(head), "/campaigns", campaign("X")).await.problem(403, "forbidden");
    let made = house.post(officer_of(head), "/campaigns", of_province).await.expect(201);
    let path = format!("/campaigns/{}", made.id());
    house.patch(officer_of(member), &path, made.etag(), json!({ "name": "X" })).await.problem(403, "forbidden");
    house.patch(officer_of(head), &path, made.etag(), json!({ "name": "Y" })).await.expect(200);

    let cycle = fixtures::cycle(&house, CycleState::Active, 2024, &[(head, Head, None), (member, Member, None)]).await;
    let cluster = house.get(secretary(), &format!("/cycles/{cycle}")).await.text("/cluster/id");
    let of_cluster = with(&campaign("CUM"), &json!({ "launched_by": "cluster", "cluster_id": cluster }));
    house.post(officer_of(member), "/campaigns", of_cluster.clone()).await.problem(403, "forbidden");
    let made = house.post(officer_of(head), "/campaigns", of_cluster).await.expect(201);
    let list = house.get(NOBODY, &format!("/campaigns?cluster_id={cluster}")).await.expect(200);
    assert_eq!(list.column("id"), [made.id()]);
    fixtures::move_cycle(&house, cycle, CycleState::Closed).await;
    house.delete(officer_of(head), &format!("/campaigns/{}", made.id()), "*").await.problem(403, "forbidden");
    house.delete(secretary(), &format!("/campaigns/{}", made.id()), "*").await.expect(204);
}

#[actix_web::test]
async fn bad_campaigns_name_their_fault() {
    let house = house().await;
    let nowhere = uuid::Uuid::now_v7();
    let future = house.get(NOBODY, "/provinces?code=15&as_of=2025-07-01").await.text("/data/0/id");
    #[rustfmt::skip]
    let cases = [
        (json!({ "ends_on": "2023-12-31" }),                                     "/ends_on before_start"),
        (json!({ "launched_on": "1200-01-01" }),                                 "/launched_on out_of_range"),
        (json!({ "launched_on": "2024-02-30" }),                                 "/launched_on wrong_type"),
        (json!({ "parent_id": nowhere }),                                        "/parent_id unknown_reference"),
        (json!({ "province_id": nowhere }),                                      "/province_id not_the_launcher"),
        (json!({ "launched_by": "province" }),                                   "/province_id required"),
        (json!({ "launched_by": "province", "province_id": nowhere }),           "/province_id unknown_reference"),
        (json!({ "launched_by": "province", "province_id": future }),            "/province_id not_valid_then"),
        (json!({ "launched_by": "cluster", "cluster_id": nowhere }),             "/cluster_id unknown_reference"),
        (json!({ "launched_by": "king" }),                                       "/launched_by unknown_value"),
        (json!({ "code": "x".repeat(101) }),                                     "/code too_long"),
        (json!({ "name": "" }),                                                  "/name blank"),
        (json!({ "name": "a\0b" }),                                              "/name control_character"),
        (json!({ "colour": "red" }),                                             "/colour unknown_member"),
    ];
    for (more, fault) in cases {
        let body = with(&campaign("BAD"), &more);
        assert_eq!(house.post(secretary(), "/campaigns", body).await.problem(422, "invalid"), [fault], "{more}");
    }
    let nfd = with(&campaign("NFD"), &json!({ "name": "Y\u{65}\u{302}n Ba\u{301}i 🎏" }));
    assert_eq!(house.post(secretary(), "/campaigns", nfd).await.expect(201).text("/name"), "Yên Bái 🎏");
}

#[actix_web::test]
async fn a_province_joins_reports_and_leaves() {
    let house = house().await;
    let (province, rural) =
        (yen_bai(&house).await, house.get(NOBODY, "/campaigns?code=NTM-2025").await.text("/data/0/id"));
    let other = house.get(NOBODY, "/provinces?code=10&as_of=2023-01-01").await.text("/data/0/id");
    let own = officer(&province);
    let body = json!({
        "campaign_id": rural, "province_id": province, "joined_on": "2022-06-01",
        "figures": [{ "name": "Xã đạt chuẩn", "unit": "xã", "value": 103 }],
    });
    let list = "/campaign-participations";
    house.post(officer(&other), list, body.clone()).await.problem(403, "forbidden");
    house.post(auditor(), list, body.clone()).await.problem(403, "forbidden");
    let made = house.post(own, list, body.clone()).await.expect(201);
    house.post(secretary(), list, body.clone()).await.problem(409, "conflict");
    let path = format!("{list}/{}", made.id());
    let report = json!({ "report": "Đạt\nchuẩn", "figures": [{ "name": "Xã", "unit": "xã", "value": 0.5 }] });
    house.patch(officer(&other), &path, made.etag(), report.clone()).await.problem(403, "forbidden");
    let told = house.patch(own, &path, made.etag(), report.clone()).await.expect(200);
    assert_eq!((&told.body["figures"], told.text("/joined_on")), (&report["figures"], "2022-06-01".into()));
    house.patch(own, &path, made.etag(), report).await.problem(412, "stale");
    let found = house
        .get(
            NOBODY,
            &format!("{list}?campaign_id={rural}&province_id={province}&joined_on_to=2022-06-01&expand=province"),
        )
        .await;
    assert_eq!(found.text("/data/0/province/name"), "Yên Bái");
    assert_eq!(house.get(NOBODY, &format!("{list}?joined_on_from=2022-06-02")).await.body["data"], json!([]));
    let (_, statements) = house.counting(house.get(NOBODY, &format!("{list}?expand=province&total=true"))).await;
    assert_eq!(statements, 3);
    house.delete(secretary(), &format!("/campaigns/{rural}"), "*").await.problem(409, "conflict");
    house.delete(own, &path, told.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");

    let figure = json!({ "name": "Xã", "unit": "xã", "value": 1 });
    #[rustfmt::skip]
    let cases = [
        (json!({ "campaign_id": uuid::Uuid::now_v7() }),                "/campaign_id unknown_reference"),
        (json!({ "joined_on": "2025-07-01" }),                          "/province_id not_valid_then"),
        (json!({ "joined_on": "0001-01-01" }),                          "/joined_on out_of_range"),
        (json!({ "figures": vec![figure.clone(); 51] }),                "/figures length"),
        (json!({ "figures": [with(&figure, &json!({ "unit": "" }))] }), "/figures/0/unit blank"),
        (json!({ "figures": [with(&figure, &json!({ "x": 1 }))] }),     "/figures/0/x unknown_member"),
        (json!({ "report": "x".repeat(20_001) }),                       "/report too_long"),
    ];
    for (more, fault) in cases {
        assert_eq!(house.post(own, list, with(&body, &more)).await.problem(422, "invalid"), [fault], "{more}");
    }
    let twin = || house.post(own, list, body.clone());
    let (one, other) = futures_util::future::join(twin(), twin()).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}
