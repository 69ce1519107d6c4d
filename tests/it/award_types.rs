//! Stories of the catalogue of awards.

use serde_json::json;

use super::{
    authz::Door,
    support::{NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                        nobody officer appraiser auditor secretary administrator
    ("GET", "/api/v1/award-types",            [200,  200,    200,      200,    200,      200]),
    ("GET", "/api/v1/award-types/{id}",       [404,  404,    404,      404,    404,      404]),
    ("PATCH", "/api/v1/award-types/{id}",     [401,  404,    404,      404,    404,      404]),
];

#[actix_web::test]
async fn the_catalogue_of_the_law() {
    let house = house().await;
    let all = house.get(NOBODY, "/award-types?total=true&limit=200").await.expect(200);
    assert_eq!(all.body["page"]["total"], 60);
    let diploma = house.get(NOBODY, "/award-types?code=BKTTG").await.expect(200);
    assert_eq!(diploma.text("/data/0/authority"), "prime_minister");
    assert_eq!(diploma.body["data"][0]["recipient_kinds"], json!(["individual", "collective", "household"]));
    let coefficients = diploma.body["data"][0]["coefficients"].as_array().unwrap();
    let on_2024 =
        coefficients.iter().find(|one| one["recipient_kind"] == "collective" && one["valid_from"] == "2024-01-01");
    assert_eq!(on_2024.unwrap()["coefficient"], 7);
    let flag = house.get(NOBODY, "/award-types?q=co%20thi%20dua%20cua%20chinh%20phu").await.expect(200);
    assert_eq!(flag.column("code"), ["CTDCP"]);
    let households = house.get(NOBODY, "/award-types?recipient_kind=household&sort=code").await.expect(200);
    assert_eq!(households.column("code"), ["BKBNT", "BKTTG", "GDVH", "GK"]);
    let (_, one) = house.counting(house.get(NOBODY, "/award-types?limit=1")).await;
    let (_, many) = house.counting(house.get(NOBODY, "/award-types?limit=50")).await;
    assert_eq!((one, many), (2, 2));
    house.get(NOBODY, &format!("/award-types/{}", diploma.text("/data/0/id"))).await.expect(200);
    house.get(NOBODY, "/award-types?category=medal").await.problem(400, "bad-parameter");
}

#[actix_web::test]
async fn how_long_the_public_is_heard_is_a_setting() {
    let house = house().await;
    let id = house.get(NOBODY, "/award-types?code=BKTTG").await.text("/data/0/id");
    let path = format!("/award-types/{id}");
    let read = house.get(NOBODY, &path).await.expect(200);
    assert_eq!(read.body["public_comment_days"], 10);
    let patch = json!({ "public_comment_days": 15 });
    house.patch(secretary(), &path, read.etag(), patch.clone()).await.problem(403, "forbidden");
    house.patch(NOBODY, &path, read.etag(), patch.clone()).await.problem(401, "unauthenticated");
    house.patch(administrator(), &path, "\"7\"", patch.clone()).await.problem(412, "stale");
    for (body, fault) in [
        (json!({ "public_comment_days": 61 }), "/public_comment_days range"),
        (json!({ "public_comment_days": -1 }), "/public_comment_days range"),
        (json!({ "public_comment_days": null }), "/public_comment_days wrong_type"),
        (json!({ "name": "Bằng khen" }), "/name unknown_member"),
    ] {
        let faults = house.patch(administrator(), &path, read.etag(), body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let changed = house.patch(administrator(), &path, read.etag(), patch).await.expect(200);
    assert_eq!((&changed.body["public_comment_days"], &changed.body["version"]), (&json!(15), &json!(2)));
    assert_eq!(changed.body["coefficients"], read.body["coefficients"]);
    house.patch(administrator(), &path, read.etag(), json!({})).await.problem(412, "stale");
    let journal = house.get(auditor(), &format!("/journal?resource_id={id}&sort=at")).await.expect(200);
    assert_eq!(journal.column("action"), ["reference.load", "award_type.update"]);
}
