//! Stories of what a province was given, and those it followed: over mergers, splits and both.

use entity::vocab::CycleState;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Head, Member},
    support::{House, NOBODY, administrator, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                  nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/provinces/{id}/award-history",    [404,  404,    404,      404,    404,      404]),
];

async fn id(house: &House, code: &str, day: &str) -> Uuid {
    let found = house.get(NOBODY, &format!("/provinces?code={code}&as_of={day}")).await.expect(200);
    found.text("/data/0/id").parse().unwrap()
}

/// The province Lào Cai of today, which followed Lào Cai and Yên Bái, all three with awards.
struct Country {
    house: House,
    today: Uuid,
    lao_cai: Uuid,
    yen_bai: Uuid,
    /// The awards, the latest first.
    awards: Vec<Uuid>,
}

impl Country {
    async fn before_and_after() -> Self {
        let house = house().await;
        let (lao_cai, yen_bai) = (id(&house, "10", "2024-03-01").await, id(&house, "15", "2024-03-01").await);
        let (today, other) = (id(&house, "15", "2025-07-01").await, id(&house, "20", "2025-07-01").await);
        let members = [(lao_cai, Head, None), (yen_bai, Member, None)];
        let old = fixtures::cycle(&house, CycleState::Published, 2022, &members).await;
        let members = [(today, Head, None), (other, Member, None)];
        let new = fixtures::cycle(&house, CycleState::Published, 2025, &members).await;
        let mut awards = vec![];
        for (cycle_id, province_id, code, day) in [
            (new, today, "BKTTG", "2026-05-31"),
            (new, today, "CTDCP", "2026-05-20"),
            (old, yen_bai, "BKTTG", "2024-05-31"),
            (old, lao_cai, "CTDCP", "2024-05-20"),
            (old, yen_bai, "HCLD1", "2024-01-10"),
        ] {
            awards.push(fixtures::award(&house, cycle_id, province_id, code, day).await);
        }
        fixtures::award(&house, new, other, "BKTTG", "2026-05-31").await;
        Self { house, today, lao_cai, yen_bai, awards }
    }

    /// Award, recipient, and the first day of who followed it.
    async fn history(&self, province_id: Uuid) -> Vec<Value> {
        let page = self.house.get(NOBODY, &format!("/provinces/{province_id}/award-history")).await.expect(200);
        let line = |one: &Value| {
            json!([
                one["award"]["id"],
                one["recipient_province"]["id"],
                one["as_predecessor"],
                one["through"]["effective_on"]
            ])
        };
        page.body["data"].as_array().unwrap().iter().map(line).collect()
    }
}

#[actix_web::test]
async fn a_province_shows_what_those_it_followed_were_given() {
    let country = Country::before_and_after().await;
    let Country { house, today, lao_cai, yen_bai, awards } = &country;
    let merged = json!("2025-07-01");
    let expected = [
        json!([awards[0], today, false, null]),
        json!([awards[1], today, false, null]),
        json!([awards[2], yen_bai, true, merged]),
        json!([awards[3], lao_cai, true, merged]),
        json!([awards[4], yen_bai, true, merged]),
    ];
    assert_eq!(country.history(*today).await, expected);
    let path = format!("/provinces/{today}/award-history");
    let whole = house.get(NOBODY, &format!("{path}?total=true&expand=award_type,cycle")).await.expect(200);
    assert_eq!((&whole.body["page"]["total"], &whole.body["succeeded"]), (&json!(5), &Value::Null));
    assert_eq!(
        (whole.text("/province/name"), whole.text("/data/0/award/award_type/code")),
        ("Lào Cai".into(), "BKTTG".into())
    );
    let through = &whole.body["data"][2]["through"];
    assert_eq!((&through["kind"], &through["into"][0]["id"]), (&json!("merger"), &json!(today)));
    assert_eq!(whole.text("/data/2/recipient_province/name"), "Yên Bái");

    // Page by page it is the same, and no page takes more statements than another.
    let (mut walked, mut counts, mut cursor) = (vec![], vec![], String::new());
    loop {
        let asked = format!("{path}?limit=2{cursor}");
        let (page, statements) = house.counting(house.get(NOBODY, &asked)).await;
        let page = page.expect(200);
        walked.extend(page.body["data"].as_array().unwrap().iter().map(|one| one["award"]["id"].clone()));
        counts.push(statements);
        let Some(next) = page.body["page"]["next"].as_str() else { break };
        assert!(page.header("link").contains(next));
        cursor = format!("&cursor={next}");
    }
    assert_eq!(walked, awards.iter().map(|id| json!(id)).collect::<Vec<_>>());
    assert_eq!(counts, [5, 5, 5]);
    let trimmed = house.get(NOBODY, &format!("{path}?fields=as_predecessor&state=decided&limit=1")).await.expect(200);
    assert_eq!(
        (&trimmed.body["data"], trimmed.text("/province/name")),
        (&json!([{ "as_predecessor": false }]), "Lào Cai".into())
    );
    let none = house.get(NOBODY, &format!("{path}?state=revoked")).await.expect(200);
    assert_eq!(none.body["data"], json!([]));

    // Who has ended shows its own, and names who followed.
    let own = house.get(NOBODY, &format!("/provinces/{yen_bai}/award-history")).await.expect(200);
    let ids: Vec<_> = own.body["data"].as_array().unwrap().iter().map(|one| one["award"]["id"].clone()).collect();
    assert_eq!(ids, [json!(awards[2]), json!(awards[4])]);
    assert!(own.body["data"].as_array().unwrap().iter().all(|one| one["as_predecessor"] == false));
    let succeeded = &own.body["succeeded"];
    assert_eq!((&succeeded["into"][0]["id"], &succeeded["effective_on"]), (&json!(today), &merged));
    house.get(NOBODY, &format!("/provinces/{}/award-history", Uuid::now_v7())).await.problem(404, "not-found");
    let faults = house.get(NOBODY, &format!("{path}?sort=created_at")).await.problem(400, "bad-parameter");
    assert_eq!(faults, ["sort unknown_parameter"]);
}

#[actix_web::test]
async fn lists_are_widened_to_those_a_province_followed() {
    let country = Country::before_and_after().await;
    let Country { house, today, yen_bai, awards, .. } = &country;
    let ids = |range: std::ops::Range<usize>| awards[range].iter().map(|id| json!(id)).collect::<Vec<_>>();
    #[rustfmt::skip]
    let cases = [
        (format!("province_id={today}"),                                 ids(0..2)),
        (format!("province_id={today}&through_mergers=false"),           ids(0..2)),
        (format!("province_id={today}&through_mergers=true"),            ids(0..5)),
        (format!("province_id={today},{yen_bai}&through_mergers=true"),  ids(0..5)),
        (format!("province_id={yen_bai}&through_mergers=true"),          [ids(2..3), ids(4..5)].concat()),
        (format!("province_id={today}&through_mergers=true&year=2024"),  ids(2..5)),
        (format!("province_id={today}&through_mergers=true&year=2024,2026&authority=government"), [ids(1..2), ids(3..4)].concat()),
    ];
    for (query, expected) in cases {
        let (mut walked, mut cursor) = (vec![], String::new());
        loop {
            let page = house.get(NOBODY, &format!("/awards?limit=2&total=true&{query}{cursor}")).await.expect(200);
            assert_eq!(page.body["page"]["total"], expected.len(), "{query}");
            walked.extend(page.column("id"));
            let Some(next) = page.body["page"]["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(walked, expected, "{query}");
        // Each award has a decision of its own here; the year is that of both.
        let found = house.get(NOBODY, &format!("/decisions?total=true&{query}")).await.expect(200);
        assert_eq!(found.body["page"]["total"], expected.len(), "{query}");
    }
    let oldest = format!("/awards?sort=decided_on&limit=1&province_id={today}&through_mergers=true");
    assert_eq!(house.get(NOBODY, &oldest).await.expect(200).column("id"), ids(4..5));
}

#[actix_web::test]
async fn a_split_and_a_merger_of_its_parts_show_no_award_twice() {
    let country = Country::before_and_after().await;
    let Country { house, today, yen_bai, awards, .. } = &country;
    let unit = |code: &str, name: &str| json!({ "code": code, "name": name, "name_en": name, "kind": "province" });
    let event = async |kind: &str, day: &str, from: &[Uuid], successors: Value| {
        let body = json!({ "kind": kind, "effective_on": day, "predecessor_ids": from, "successors": successors });
        house.post(administrator(), "/province-events", body).await.expect(201)
    };
    let halves = event("split", "2030-01-01", &[*today], json!([unit("15", "Lào Đông"), unit("10", "Lào Tây")])).await;
    let halves = [0, 1].map(|at| halves.text(&format!("/successors/{at}/id")).parse::<Uuid>().unwrap());
    let lines = |into: &[&str]| {
        let into: Vec<_> = into.iter().map(|name| json!(name)).collect();
        awards.iter().map(|id| (json!(id), into.clone())).collect::<Vec<_>>()
    };
    let told = async |province_id: Uuid| {
        let page = house.get(NOBODY, &format!("/provinces/{province_id}/award-history")).await.expect(200);
        let names =
            |one: &Value| one["through"]["into"].as_array().unwrap().iter().map(|p| p["name"].clone()).collect();
        let lines = page.body["data"].as_array().unwrap().iter();
        lines.map(|one| (one["award"]["id"].clone(), names(one))).collect::<Vec<(Value, Vec<Value>)>>()
    };
    let mut expected = lines(&["Lào Tây"]);
    expected[2..].clone_from_slice(&lines(&["Lào Cai"])[2..]);
    assert_eq!(told(halves[1]).await, expected, "a half shows what the whole was given");
    let again = event("merger", "2031-01-01", &halves, json!([unit("15", "Lào Cai Mới")])).await;
    let again: Uuid = again.text("/successors/0/id").parse().unwrap();
    let mut found = told(again).await;
    for (_, names) in &mut found {
        names.sort_by_key(Value::to_string);
    }
    let mut expected = lines(&["Lào Tây", "Lào Đông"]);
    expected[2..].clone_from_slice(&lines(&["Lào Cai"])[2..]);
    assert_eq!(found, expected, "each once, by both ways");
    let whole = house.get(NOBODY, &format!("/provinces/{today}/award-history")).await.expect(200);
    assert_eq!(whole.body["succeeded"]["into"].as_array().unwrap().len(), 2);
    let own = house.get(NOBODY, &format!("/awards?province_id={yen_bai}&through_mergers=true&total=true")).await;
    assert_eq!(own.expect(200).body["page"]["total"], 2, "nothing is shown to those who came before");
}
