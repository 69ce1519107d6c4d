//! Stories of figures of achievement: stated with their source, read by everybody.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, officer_of},
    support::{House, NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                 nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/achievement-figures",          [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/achievement-figures",          [401,  403,    403,      403,    422,      422]),
    ("GET",    "/api/v1/achievement-figures/{id}",     [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/achievement-figures/{id}",     [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/achievement-figures/{id}",     [401,  404,    404,      404,    404,      404]),
];

const LIST: &str = "/achievement-figures";

fn growth(province_id: Uuid) -> Value {
    json!({
        "province_id": province_id, "year": 2023, "indicator": "Tốc độ tăng trưởng", "indicator_en": "Growth",
        "region": "Trung du và miền núi phía Bắc", "rank_in_region": 7, "ranked_in_region": 14,
        "rank_in_country": 36, "ranked_in_country": 63, "source": "Báo chí, ngày 01/3/2024",
    })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn ids(house: &House, query: &str) -> Vec<Value> {
    house.get(NOBODY, &format!("{LIST}?{query}")).await.expect(200).column("id")
}

#[actix_web::test]
async fn a_figure_is_stated_read_corrected_and_taken_away() {
    let house = house().await;
    let (own, other) =
        (fixtures::province(&house, "A1", "Tỉnh A1").await, fixtures::province(&house, "A2", "Tỉnh A2").await);
    let officer = officer_of(own);
    for who in [officer_of(other), auditor()] {
        house.post(who, LIST, growth(own)).await.problem(403, "forbidden");
    }
    house.post(NOBODY, LIST, growth(own)).await.problem(401, "unauthenticated");
    let made = house.post(officer, LIST, growth(own)).await.expect(201);
    let path = format!("{LIST}/{}", made.id());
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    let told = ["value", "unit", "rank_in_region", "ranked_in_region", "rank_in_country", "certainty", "version"];
    let told = told.map(|name| made.body[name].clone());
    assert_eq!(json!(told), json!([null, null, 7, 14, 36, "verified", 1]));
    assert_eq!(house.get(NOBODY, &path).await.expect(200).body, made.body);

    // However the indicator is typed, it stands once for the province and the year.
    for who in [officer, secretary(), administrator()] {
        let twin = with(&growth(own), &json!({ "indicator": "TỐC  độ tăng truong" }));
        house.post(who, LIST, twin).await.problem(409, "conflict");
    }
    house.post(secretary(), LIST, growth(other)).await.expect(201);
    let next = house.post(administrator(), LIST, with(&growth(own), &json!({ "year": 2024 }))).await.expect(201);
    let second = json!({ "indicator": "Giải ngân", "value": 98.5, "unit": "%", "certainty": "likely" });
    let second = house.post(officer, LIST, with(&growth(own), &second)).await.expect(201);

    let change = json!({ "value": 7.04, "unit": "%", "indicator_en": null, "ranked_in_country": null });
    for who in [officer_of(other), auditor()] {
        house.patch(who, &path, made.etag(), change.clone()).await.problem(403, "forbidden");
    }
    let bare = actix_web::test::TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(&change);
    house.send(officer, bare).await.problem(428, "precondition-required");
    let changed = house.patch(officer, &path, made.etag(), change.clone()).await.expect(200);
    let told = ["value", "unit", "indicator_en", "rank_in_country", "ranked_in_country", "version"];
    let told = told.map(|name| changed.body[name].clone());
    assert_eq!(json!(told), json!([7.04, "%", null, 36, null, 2]));
    house.patch(officer, &path, made.etag(), change).await.problem(412, "stale");
    let clash = house.patch(officer, &path, "*", json!({ "indicator": "giải ngân" })).await;
    clash.problem(409, "conflict");
    #[rustfmt::skip]
    let cases = [
        (json!({ "value": null }),                           "/unit without_value"),
        (json!({ "rank_in_region": 15 }),                    "/rank_in_region out_of_range"),
        (json!({ "region": null }),                          "/region required"),
        (json!({ "year": 2022 }),                            "/year unknown_member"),
        (json!({ "province_id": other }),                    "/province_id unknown_member"),
        (json!({ "source": null }),                          "/source wrong_type"),
    ];
    for (patch, fault) in cases {
        assert_eq!(house.patch(officer, &path, "*", patch.clone()).await.problem(422, "invalid"), [fault], "{patch}");
    }

    house.delete(officer_of(other), &path, changed.etag()).await.problem(403, "forbidden");
    house.delete(officer, &path, made.etag()).await.problem(412, "stale");
    house.delete(officer, &path, changed.etag()).await.expect(204);
    house.get(NOBODY, &path).await.problem(404, "not-found");
    house.delete(secretary(), &format!("{LIST}/{}", next.id()), next.etag()).await.expect(204);
    house.delete(administrator(), &format!("{LIST}/{}", second.id()), second.etag()).await.expect(204);
    let journal = house.get(auditor(), &format!("/journal?resource_id={}&sort=at", made.id())).await.expect(200);
    let told = ["achievement_figure.create", "achievement_figure.update", "achievement_figure.delete"];
    assert_eq!(journal.column("action"), told);
}

#[actix_web::test]
async fn figures_are_found_by_what_they_say() {
    let house = house().await;
    let (own, other) =
        (fixtures::province(&house, "A1", "Tỉnh A1").await, fixtures::province(&house, "A2", "Tỉnh A2").await);
    let mut made = vec![];
    for (province, more) in [
        (own, json!({})),
        (own, json!({ "indicator": "Ấp đạt chuẩn", "indicator_en": null, "year": 2021 })),
        (
            other,
            json!({
                "indicator": "Giải ngân", "indicator_en": "Disbursement", "year": 2022, "value": 0, "region": null,
                "rank_in_region": null, "ranked_in_region": null, "rank_in_country": null, "ranked_in_country": null,
            }),
        ),
    ] {
        let body = with(&growth(province), &more);
        made.push(json!(house.post(secretary(), LIST, body).await.expect(201).id()));
    }
    let [a, b, c] = [&made[0], &made[1], &made[2]];
    #[rustfmt::skip]
    let cases: [(&str, &[&Value]); 15] = [
        ("",                                    &[a, c, b]),
        ("sort=year",                           &[b, c, a]),
        ("sort=indicator",                      &[b, c, a]),
        ("sort=-created_at",                    &[c, b, a]),
        ("q=tang%20truong",                     &[a]),
        ("q=DISBURSE",                          &[c]),
        ("q=%25",                               &[]),
        ("year=2021,2023",                      &[a, b]),
        ("year_from=2022",                      &[a, c]),
        ("year_to=2022",                        &[c, b]),
        ("year_from=2022&year_to=2022",         &[c]),
        ("has_rank_in_region=true",             &[a, b]),
        ("has_rank_in_country=false",           &[c]),
        ("year_from=2023&has_rank_in_region=false", &[]),
        ("year_from=-5&year_to=2147483647",     &[a, c, b]),
    ];
    for (query, expected) in cases {
        assert_eq!(ids(&house, query).await, expected.iter().copied().cloned().collect::<Vec<_>>(), "{query}");
    }
    assert_eq!(ids(&house, &format!("province_id={other}")).await, std::slice::from_ref(c));
    let path = format!("{LIST}?expand=province&total=true");
    let (list, statements) = house.counting(house.get(NOBODY, &path)).await;
    let list = list.expect(200);
    assert_eq!((list.text("/data/0/province/name"), &list.body["page"]["total"]), ("Tỉnh A1".into(), &json!(3)));
    assert_eq!(statements, 3);
    for query in ["sort=value", "colour=red", "has_rank_in_region=maybe", "year_from=x", "expand=cycle"] {
        house.get(NOBODY, &format!("{LIST}?{query}")).await.problem(400, "bad-parameter");
    }
}

#[actix_web::test]
async fn bad_figures_name_their_fault() {
    let house = house().await;
    let own = fixtures::province(&house, "A1", "Tỉnh A1").await;
    let gone = house.get(NOBODY, "/provinces?code=15&as_of=2023-01-01").await.text("/data/0/id");
    let born = house.get(NOBODY, "/provinces?code=15&as_of=2025-07-01").await.text("/data/0/id");
    let nothing = json!({
        "region": null, "rank_in_region": null, "ranked_in_region": null, "rank_in_country": null,
        "ranked_in_country": null,
    });
    #[rustfmt::skip]
    let cases = [
        (nothing,                                                "/value required"),
        (json!({ "ranked_in_region": 6 }),                       "/rank_in_region out_of_range"),
        (json!({ "rank_in_country": 64 }),                       "/rank_in_country out_of_range"),
        (json!({ "rank_in_country": null }),                     "/ranked_in_country without_rank"),
        (json!({ "rank_in_country": 0 }),                        "/rank_in_country range"),
        (json!({ "ranked_in_country": 10_001 }),                 "/ranked_in_country range"),
        (json!({ "rank_in_region": 1.5 }),                       "/rank_in_region wrong_type"),
        (json!({ "region": null }),                              "/region required"),
        (json!({ "unit": "%" }),                                 "/unit without_value"),
        (json!({ "value": 0.00001 }),                            "/value too_precise"),
        (json!({ "province_id": Uuid::now_v7() }),               "/province_id unknown_reference"),
        (json!({ "province_id": gone, "year": 2026 }),           "/province_id not_valid_then"),
        (json!({ "province_id": born, "year": 2024 }),           "/province_id not_valid_then"),
        (json!({ "year": 1944 }),                                "/year out_of_range"),
        (json!({ "year": 2101 }),                                "/year out_of_range"),
        (json!({ "indicator": " " }),                            "/indicator blank"),
        (json!({ "indicator": "a\0b" }),                         "/indicator control_character"),
        (json!({ "indicator": "a\nb" }),                         "/indicator several_lines"),
        (json!({ "source": "x".repeat(301) }),                   "/source too_long"),
        (json!({ "certainty": "sure" }),                         "/certainty unknown_value"),
        (json!({ "colour": "red" }),                             "/colour unknown_member"),
    ];
    for (more, fault) in cases {
        let body = with(&growth(own), &more);
        assert_eq!(house.post(secretary(), LIST, body).await.problem(422, "invalid"), [fault], "{more}");
    }
    for (province, year) in [(gone, 2025), (born, 2025)] {
        let body = with(&growth(own), &json!({ "province_id": province, "year": year }));
        house.post(secretary(), LIST, body).await.expect(201);
    }
    let nfd = with(&growth(own), &json!({ "indicator": "Y\u{65}\u{302}n Ba\u{301}i 🎏" }));
    assert_eq!(house.post(secretary(), LIST, nfd).await.expect(201).text("/indicator"), "Yên Bái 🎏");

    let twin = || house.post(secretary(), LIST, growth(own));
    let (one, other) = futures_util::future::join(twin(), twin()).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}
