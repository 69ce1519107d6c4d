//! Stories of what happens to provinces.

use entity::vocab::CycleState;
use serde_json::{Value, json};

use super::{
    authz::Door,
    fixtures::{self, Head},
    support::{House, NOBODY, administrator, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                           nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/province-events",          [200,  200,    200,      200,    200,      200]),
    ("POST", "/api/v1/province-events",          [401,  403,    403,      403,    403,      422]),
    ("POST", "/api/v1/province-events/preview",  [401,  403,    403,      403,    403,      422]),
    ("GET",  "/api/v1/province-events/{id}",     [404,  404,    404,      404,    404,      404]),
];

async fn id(house: &House, code: &str, day: &str) -> String {
    house.get(NOBODY, &format!("/provinces?code={code}&as_of={day}")).await.expect(200).text("/data/0/id")
}

/// A merger of Lào Cai and Lai Châu of today, as somebody might decide it.
async fn merger(house: &House) -> Value {
    let (lao_cai, lai_chau) = (id(house, "15", "2027-01-01").await, id(house, "12", "2027-01-01").await);
    json!({
        "kind": "merger", "effective_on": "2027-07-01", "legal_act": "Nghị quyết giả định",
        "predecessor_ids": [lao_cai, lai_chau],
        "successors": [{ "code": "15", "name": "Hoàng Liên", "name_en": "Hoang Lien", "kind": "province" }],
    })
}

#[actix_web::test]
async fn a_merger_from_end_to_end() {
    let house = house().await;
    let body = merger(&house).await;
    house.post(secretary(), "/province-events", body.clone()).await.problem(403, "forbidden");
    let made = house.post(administrator(), "/province-events", body.clone()).await.expect(201);
    let names = |side: &str| -> Vec<Value> {
        made.body[side].as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(
        (names("predecessors"), names("successors")),
        (vec![json!("Lào Cai"), json!("Lai Châu")], vec![json!("Hoàng Liên")])
    );
    let read = house.get(NOBODY, made.header("location").strip_prefix("/api/v1").unwrap()).await.expect(200);
    assert_eq!(read.body, made.body);

    let total = async |day: &str| {
        let page = house.get(NOBODY, &format!("/provinces?as_of={day}&total=true&limit=1")).await;
        page.body["page"]["total"].clone()
    };
    assert_eq!((total("2027-06-30").await, total("2027-07-01").await), (json!(34), json!(33)));
    let old = house.get(NOBODY, &format!("/provinces/{}", body["predecessor_ids"][0].as_str().unwrap())).await;
    assert_eq!((&old.body["valid_to"], &old.body["version"]), (&json!("2027-06-30"), &json!(2)));
    assert_eq!(old.body["successors"][0]["name"], "Hoàng Liên");
    let found = house.get(NOBODY, "/provinces?q=hoang%20lien&as_of=2027-07-01").await.expect(200);
    let lineage = house.get(NOBODY, &format!("/provinces/{}/lineage", found.text("/data/0/id"))).await.expect(200);
    let family: Vec<_> = lineage.body["provinces"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert!(family.contains(&&json!("Yên Bái")), "{family:?}");

    let again = house.post(administrator(), "/province-events", body).await.problem(422, "invalid");
    let codes = ["/predecessor_ids/0 already_ended", "/predecessor_ids/1 already_ended", "/successors/0/code taken"];
    assert_eq!(again, codes);
}

#[actix_web::test]
async fn two_who_enter_the_same_event_at_once() {
    let house = house().await;
    let body = merger(&house).await;
    let twin = || house.post(administrator(), "/province-events", body.clone());
    let (one, other) = futures_util::future::join(twin(), twin()).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    let events = house.get(NOBODY, "/province-events?effective_on_from=2027-01-01&total=true").await.expect(200);
    assert_eq!(events.body["page"]["total"], 1);
}

#[actix_web::test]
async fn refusals_change_nothing() {
    let house = house().await;
    let good = merger(&house).await;
    let before = house.get(NOBODY, "/province-events?total=true").await.body["page"]["total"].clone();
    let with = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let lang_son = id(&house, "20", "2027-01-01").await;
    #[rustfmt::skip]
    let cases = [
        (with("/kind", json!("annexation")),                  "/kind unknown_value"),
        (with("/kind", json!("renaming")),                    "/predecessor_ids wrong_count"),
        (with("/effective_on", json!("2300-01-01")),          "/effective_on out_of_range"),
        (with("/predecessor_ids/1", json!(uuid::Uuid::nil())), "/predecessor_ids/1 unknown"),
        (with("/predecessor_ids", json!(vec![lang_son.clone(); 101])), "/predecessor_ids length"),
        (with("/successors/0/code", json!("20")),             "/successors/0/code taken"),
        (with("/successors/0/code", json!("1")),              "/successors/0/code malformed"),
        (with("/successors/0/name", json!("  ")),             "/successors/0/name blank"),
        (with("/successors/0/name", json!("a\0")),            "/successors/0/name control_character"),
        (with("/successors", json!([])),                      "/successors wrong_count"),
        (with("/legal_act", json!("x".repeat(301))),          "/legal_act too_long"),
    ];
    for (body, fault) in cases {
        let faults = house.post(administrator(), "/province-events", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let province: uuid::Uuid = good["predecessor_ids"][0].as_str().unwrap().parse().unwrap();
    fixtures::cycle(&house, CycleState::Draft, 2030, &[(province, Head, None)]).await;
    house.post(administrator(), "/province-events", good.clone()).await.problem(409, "conflict");
    assert_eq!(house.get(NOBODY, "/province-events?total=true").await.body["page"]["total"], before);
}

#[actix_web::test]
async fn the_other_kinds_of_events() {
    let house = house().await;
    let lang_son = id(&house, "20", "2027-01-01").await;
    let event = |kind: &str, day: &str, from: &str, successors: Value| json!({ "kind": kind, "effective_on": day, "predecessor_ids": [from], "successors": successors });
    let unit =
        |code: &str, name: &str, kind: &str| json!({ "code": code, "name": name, "name_en": name, "kind": kind });
    let mut last = lang_son;
    for (kind, day, successor) in [
        ("renaming", "2027-01-01", unit("20", "Xứ Lạng", "province")),
        ("kind_change", "2028-01-01", unit("20", "Xứ Lạng", "city")),
        ("recoding", "2029-01-01", unit("97", "Xứ Lạng", "city")),
    ] {
        let made = house.post(administrator(), "/province-events", event(kind, day, &last, json!([successor]))).await;
        last = made.expect(201).text("/successors/0/id");
    }
    let halves = json!([unit("97", "Lạng Đông", "province"), unit("98", "Lạng Tây", "province")]);
    let split = house.post(administrator(), "/province-events", event("split", "2030-01-01", &last, halves)).await;
    assert_eq!(split.expect(201).body["successors"].as_array().unwrap().len(), 2);
    let list = house.get(NOBODY, &format!("/province-events?province_id={last}&sort=effective_on")).await.expect(200);
    assert_eq!(list.column("kind"), ["recoding", "split"]);
    let list = "/province-events?kind=kind_change,split&effective_on_from=2027-01-01&effective_on_to=2030-01-01";
    assert_eq!(house.get(NOBODY, list).await.expect(200).column("kind"), ["split", "kind_change"]);
    let (_, one) = house.counting(house.get(NOBODY, "/province-events?limit=1")).await;
    let (_, many) = house.counting(house.get(NOBODY, "/province-events?limit=200")).await;
    assert_eq!((one, many), (3, 3));
}
