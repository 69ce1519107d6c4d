//! Stories of provinces, over the catalogue that ships with the service.

use serde_json::{Value, json};

use super::{
    authz::Door,
    support::{NOBODY, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/provinces",                   [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/provinces/{id}",              [404,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/provinces/{id}/lineage",      [404,  404,    404,      404,    404,      404]),
];

#[actix_web::test]
async fn the_country_on_a_day() {
    let house = house().await;
    let count = async |query: &str| {
        let page = house.get(NOBODY, &format!("/provinces?{query}&total=true&limit=1")).await.expect(200);
        page.body["page"]["total"].as_i64().unwrap()
    };
    #[rustfmt::skip]
    let cases = [
        ("as_of=2024-03-01", 63),
        ("as_of=2025-06-30", 63),
        ("as_of=2025-07-01", 34),
        ("as_of=2026-05-01", 34),
        ("as_of=2000-01-01", 0),
        ("as_of=2024-03-01&kind=city", 5),
        ("as_of=2025-03-01&kind=city", 6),
        ("as_of=2026-05-01&kind=city", 7),
    ];
    for (query, expected) in cases {
        assert_eq!(count(query).await, expected, "{query}");
    }
    let names = async |query: &str| house.get(NOBODY, &format!("/provinces?{query}")).await.expect(200).column("name");
    assert_eq!(names("code=15&as_of=2024-03-01").await, ["Yên Bái"]);
    assert_eq!(names("code=15&as_of=2025-07-01").await, ["Lào Cai"]);
    assert_eq!(names("q=yen%20bai").await, ["Yên Bái"]);
    assert_eq!(names("q=Y%C3%AAn%20B%C3%A1i").await, ["Yên Bái"]);
    let first = names("as_of=2024-03-01&limit=6").await;
    assert_eq!(first, ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh"]);
    for query in ["as_of=yesterday", "as_of=2024-02-30", "kind=village"] {
        house.get(NOBODY, &format!("/provinces?{query}")).await.problem(400, "bad-parameter");
    }
}

#[actix_web::test]
async fn a_province_knows_its_family() {
    let house = house().await;
    let today = house.get(NOBODY, "/provinces?code=15&as_of=2025-07-01").await.text("/data/0/id");
    let province = house.get(NOBODY, &format!("/provinces/{today}")).await.expect(200);
    let mut parents: Vec<String> =
        province.body["predecessors"].as_array().unwrap().iter().map(|one| one["name"].to_string()).collect();
    parents.sort();
    assert_eq!((parents, &province.body["successors"]), (vec!["\"Lào Cai\"".into(), "\"Yên Bái\"".into()], &json!([])));
    let lineage = house.get(NOBODY, &format!("/provinces/{today}/lineage")).await.expect(200);
    let links = lineage.body["successions"].as_array().unwrap();
    assert!(links.iter().all(|link| link["kind"] == "merger" && link["effective_on"] == "2025-07-01"));
    assert_eq!((links.len(), lineage.body["provinces"].as_array().unwrap().len()), (2, 3));
    let hue = house.get(NOBODY, "/provinces?code=46&as_of=2024-03-01").await.text("/data/0/id");
    let lineage = house.get(NOBODY, &format!("/provinces/{hue}/lineage")).await.expect(200);
    let names: Vec<Value> =
        lineage.body["provinces"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(
        (names, &lineage.body["successions"][0]["kind"]),
        (vec![json!("Thừa Thiên Huế"), json!("Huế")], &json!("kind_change"))
    );
}
