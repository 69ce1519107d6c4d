//! Stories of the catalogues rewards are counted with: base salaries and coefficients.

use serde_json::json;

use super::{
    authz::Door,
    support::{NOBODY, administrator, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                              nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/base-salaries",               [200,  200,    200,      200,    200,      200]),
    ("POST", "/api/v1/base-salaries",               [401,  403,    403,      403,    403,      201]),
    ("GET",  "/api/v1/base-salaries/{id}",          [404,  404,    404,      404,    404,      404]),
    ("GET",  "/api/v1/reward-coefficients",         [200,  200,    200,      200,    200,      200]),
    ("GET",  "/api/v1/reward-coefficients/{id}",    [404,  404,    404,      404,    404,      404]),
];

#[actix_web::test]
async fn the_next_base_salary_ends_the_last_one() {
    let house = house().await;
    let on =
        async |day: &str| house.get(NOBODY, &format!("/base-salaries?as_of={day}")).await.expect(200).column("amount");
    assert_eq!(on("2024-06-30").await, [1_800_000]);
    assert_eq!(on("2024-07-01").await, [2_340_000]);
    let next = json!({ "amount": 2_530_000, "valid_from": "2026-07-01", "legal_basis": "Nghị định mới" });
    house.post(secretary(), "/base-salaries", next.clone()).await.problem(403, "forbidden");
    let made = house.post(administrator(), "/base-salaries", next.clone()).await.expect(201);
    assert_eq!((&made.body["valid_to"], made.text("/certainty")), (&json!(null), "verified".into()));
    let read = house.get(NOBODY, &format!("/base-salaries/{}", made.id())).await.expect(200);
    assert_eq!(read.etag(), made.etag());
    assert_eq!((on("2026-06-30").await, on("2026-07-01").await), (vec![json!(2_340_000)], vec![json!(2_530_000)]));
    let all = house.get(NOBODY, "/base-salaries?limit=2").await.expect(200);
    assert_eq!(all.column("valid_to"), [json!(null), json!("2026-06-30")]);
    assert_eq!(all.column("version"), [1, 2]);

    let with = |member: &str, value: serde_json::Value| {
        let mut body = next.clone();
        body["valid_from"] = json!("2027-07-01");
        body[member] = value;
        body
    };
    #[rustfmt::skip]
    let cases = [
        (with("amount", json!(0)),                      "/amount not_positive"),
        (with("amount", json!(-1)),                     "/amount not_positive"),
        (with("amount", json!("x")),                    "/amount wrong_type"),
        (with("valid_from", json!("2026-07-01")),       "/valid_from not_later"),
        (with("valid_from", json!("2101-01-01")),       "/valid_from out_of_range"),
        (with("legal_basis", json!(" ")),               "/legal_basis blank"),
        (with("legal_bases", json!("x")),               "/legal_bases unknown_member"),
    ];
    for (body, fault) in cases {
        let faults = house.post(administrator(), "/base-salaries", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
}

#[actix_web::test]
async fn coefficients_are_those_of_the_day() {
    let house = house().await;
    let worth = async |query: &str| house.get(NOBODY, &format!("/reward-coefficients?{query}")).await.expect(200);
    let all = worth("as_of=2024-03-01&recipient_kind=collective&sort=-coefficient,valid_from&total=true").await;
    assert!(all.column("valid_from").iter().all(|day| day == "2024-01-01"));
    let one = &all.body["data"][0];
    let id = one["award_type_id"].as_str().unwrap();
    let (of_type, statements) = house.counting(worth(&format!("award_type_id={id}&as_of=2024-03-01"))).await;
    assert_eq!((of_type.column("id")[0].clone(), statements), (one["id"].clone(), 1));
    let item = house.get(NOBODY, &format!("/reward-coefficients/{}", one["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(&item.body, one);
    assert_eq!(worth("as_of=1990-01-01").await.body["data"], json!([]));
    house.get(NOBODY, "/reward-coefficients?recipient_kind=planet").await.problem(400, "bad-parameter");
}
