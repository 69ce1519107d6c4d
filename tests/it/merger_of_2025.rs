//! The merger of 2025 over the demonstration: its cluster is in the middle of a year when all seven members end, four of
//! them for good. What is open goes where the decisions say, and 2023 stays what it was.

use entity::vocab::{CycleState, PledgeState};
use serde_json::{Value, json};
use thidua::demo;
use uuid::Uuid;

use super::{
    fixtures::{self, Deputy, Head, Member},
    support::{House, NOBODY, administrator, auditor, house, secretary},
};

/// The members as they were, and who followed: a name and a code.
const MEMBERS: [(&str, &str, &str); 7] = [
    ("Hòa Bình", "Phú Thọ", "25"),
    ("Bắc Kạn", "Thái Nguyên", "19"),
    ("Bắc Giang", "Bắc Ninh", "24"),
    ("Phú Thọ", "Phú Thọ", "25"),
    ("Thái Nguyên", "Thái Nguyên", "19"),
    ("Tuyên Quang", "Tuyên Quang", "08"),
    ("Yên Bái", "Lào Cai", "15"),
];

/// The demonstration with a running year 2025: Hòa Bình is head, Bắc Kạn deputy, and everybody has a signed pledge with
/// one target and an open recommendation.
struct Summer {
    house: House,
    /// The cycle of 2023.
    past: String,
    cycle_id: Uuid,
    provinces: Vec<Uuid>,
}

impl Summer {
    async fn of_2025() -> Self {
        let house = house().await;
        let now = "2026-01-05T02:00:00Z".parse().unwrap();
        demo::play(&house.state.db, &house.state.files, Some("demonstration 2023".into()), now).await.unwrap().unwrap();
        let cluster = house.get(NOBODY, "/clusters?code=CUM-TDMNPB").await.text("/data/0/id");
        let past = house.get(NOBODY, &format!("/cycles?cluster_id={cluster}&year=2023")).await.text("/data/0/id");
        let then = house.get(NOBODY, "/provinces?as_of=2025-06-30&limit=200").await.expect(200);
        let mut provinces: Vec<Uuid> = vec![];
        for (name, ..) in MEMBERS {
            let mut all = then.body["data"].as_array().unwrap().iter();
            let found = all.find(|one| one["name"] == name).unwrap();
            provinces.push(found["id"].as_str().unwrap().parse().unwrap());
        }
        let mut members: Vec<_> = provinces.iter().map(|id| (*id, Member, None)).collect();
        members[0].1 = Head;
        members[1] = (provinces[1], Deputy, Some(1));
        let cycle_id = fixtures::cycle_of(&house, cluster.parse().unwrap(), CycleState::Active, 2025, &members).await;
        for province in &provinces {
            fixtures::pledge_with_target(&house, cycle_id, *province, PledgeState::Signed).await;
            fixtures::recommendation(&house, cycle_id, *province).await;
        }
        Self { house, past, cycle_id, provinces }
    }

    /// Everything of 2023, as bytes.
    async fn past(&self) -> Vec<(String, Vec<u8>)> {
        let past = &self.past;
        let ranking = self.house.get(NOBODY, &format!("/cycles/{past}/ranking")).await.expect(200).id();
        let mut all = vec![];
        for path in [
            format!("/cycles/{past}"),
            format!("/cycles/{past}/ranking"),
            format!("/cycles/{past}/matrix"),
            format!("/rankings/{ranking}"),
            format!("/rankings/{ranking}/proof"),
            format!("/rankings/{ranking}/chart.svg"),
            format!("/memberships?cycle_id={past}&expand=province&limit=200"),
            format!("/pledges?cycle_id={past}&limit=200"),
            format!("/targets?cycle_id={past}&limit=200"),
            format!("/scorecards?cycle_id={past}&expand=province&limit=200"),
            format!("/scores?cycle_id={past}&limit=200"),
            format!("/nominations?cycle_id={past}&limit=200"),
            format!("/awards?cycle_id={past}&limit=200"),
            format!("/recommendations?cycle_id={past}&limit=200"),
            format!("/contributions?cycle_id={past}&limit=200"),
            format!("/conferences?cycle_id={past}&limit=200"),
        ] {
            let bytes = self.house.get(auditor(), &path).await.expect(200).bytes;
            all.push((path, bytes));
        }
        all
    }

    /// Everything of 2025 that an event may touch.
    async fn present(&self) -> Vec<Value> {
        let mut all = vec![self.house.get(secretary(), &format!("/cycles/{}", self.cycle_id)).await.expect(200).body];
        for what in ["memberships", "pledges", "targets", "recommendations", "carry-overs"] {
            all.push(self.all(what).await);
        }
        all
    }

    /// All of one kind, the oldest first.
    async fn all(&self, what: &str) -> Value {
        let path = format!("/{what}?cycle_id={}&sort=created_at&limit=200", self.cycle_id);
        self.house.get(secretary(), &path).await.expect(200).body["data"].clone()
    }

    /// Of all of one kind, one member.
    async fn each(&self, what: &str, member: &str) -> Vec<String> {
        let all = self.all(what).await;
        let text = |one: &Value| one[member].as_str().unwrap_or_default().to_owned();
        all.as_array().unwrap().iter().map(text).collect()
    }

    /// The event of 1 July 2025 that ended a member, with the id of the successor.
    async fn event(&self, province_id: Uuid) -> (String, String) {
        let path = format!("/province-events?province_id={province_id}&effective_on_from=2025-07-01");
        let page = self.house.get(NOBODY, &path).await.expect(200);
        assert_eq!(page.column("effective_on"), ["2025-07-01"]);
        (page.text("/data/0/id"), page.text("/data/0/successors/0/id"))
    }
}

#[actix_web::test]
async fn four_provinces_vanish_in_the_middle_of_a_year_and_2023_stays_what_it_was() {
    let summer = Summer::of_2025().await;
    let (house, id) = (&summer.house, summer.cycle_id);
    let (before, running) = (summer.past().await, summer.present().await);

    // Five events end the seven. The first that an event ends gives its pledge, all give their targets; the successor of
    // Bắc Kạn and Thái Nguyên takes up the recommendation of the first only.
    let mut decisions: Vec<(String, Value)> = vec![];
    let mut successors = vec![];
    for (province, (_, _, code)) in summer.provinces.iter().zip(MEMBERS) {
        let (event, successor) = summer.event(*province).await;
        successors.push(successor);
        match decisions.iter_mut().find(|(known, _)| *known == event) {
            None => {
                let heir = json!({ "successor_code": code, "pledge_from": province, "targets_from": [province],
                    "recommendations_from": [province] });
                decisions.push((
                    event.clone(),
                    json!({ "event_id": event, "reason": "Sắp xếp đơn vị hành chính", "heirs": [heir] }),
                ));
            }
            Some((_, decision)) => {
                let heir = &mut decision["heirs"][0];
                heir["targets_from"].as_array_mut().unwrap().push(json!(province));
                if code == "25" {
                    heir["recommendations_from"].as_array_mut().unwrap().push(json!(province));
                }
            }
        }
    }
    assert_eq!(decisions.len(), 5);

    // The dry run: who would join as what, and with how many targets.
    let path = format!("/cycles/{id}/carry-over");
    let mut joining = vec![];
    for (_, decision) in &decisions {
        let tried = house.post(secretary(), &format!("{path}/preview"), decision.clone()).await.expect(200);
        let joins = &tried.body["joining"][0];
        joining.push(["role", "targets", "open_recommendations"].map(|name| joins[name].clone()));
    }
    assert_eq!(
        json!(joining),
        json!([["head", 2, 2], ["deputy", 2, 1], ["member", 1, 1], ["member", 1, 1], ["member", 1, 1]])
    );
    assert_eq!(summer.present().await, running, "a dry run stores nothing");

    // For real.
    for (_, decision) in &decisions {
        let carried = house.step(secretary(), &path, "*", decision.clone()).await.expect(201);
        let inherited = &carried.body["heirs"][0];
        let moved = decision["heirs"][0]["targets_from"].as_array().unwrap().len() - 1;
        assert_eq!(inherited["targets_moved"], moved, "the targets of its own pledge came along with it");
    }
    let members = summer.all("memberships").await;
    let told: Vec<_> = members.as_array().unwrap().iter().collect();
    assert!(told[..7].iter().all(|one| one["role"] == "member" && !one["excluded_at"].is_null()));
    let heirs: Vec<_> =
        told[7..].iter().map(|one| ["province_id", "role", "excluded_at"].map(|name| &one[name])).collect();
    let (phu_tho, thai_nguyen) = (&successors[0], &successors[1]);
    assert_eq!(
        json!(heirs),
        json!([
            [phu_tho, "head", null],
            [thai_nguyen, "deputy", null],
            [successors[2], "member", null],
            [successors[5], "member", null],
            [successors[6], "member", null],
        ])
    );

    // What was open went where the decisions said; what nobody inherits stays with the province as it was.
    let as_they_were: Vec<String> = summer.provinces.iter().map(Uuid::to_string).collect();
    let stays = |places: &[usize]| {
        let owner = |place| if places.contains(&place) { &as_they_were[place] } else { &successors[place] };
        (0..7).map(owner).cloned().collect::<Vec<_>>()
    };
    assert_eq!(summer.each("pledges", "province_id").await, stays(&[3, 4]));
    assert_eq!(summer.each("recommendations", "province_id").await, stays(&[4]));
    let pledges = summer.each("pledges", "id").await;
    let targets = summer.each("targets", "pledge_id").await;
    let [one, two, three, .., six, seven] = pledges.as_slice() else { panic!("{pledges:?}") };
    assert_eq!(targets.iter().collect::<Vec<_>>(), [one, two, three, one, two, six, seven]);
    let officer = fixtures::officer_of(phu_tho.parse().unwrap());
    let renamed = house.patch(officer, &format!("/cycles/{id}"), "*", json!({ "title": "Năm thi đua 2025" })).await;
    assert_eq!(renamed.expect(200).text("/state"), "active", "the year goes on under the head's successor");

    // The vanished lead to their successors.
    for (place, (name, successor, _)) in MEMBERS.iter().enumerate().filter(|(_, (name, after, _))| name != after) {
        let lineage = house.get(NOBODY, &format!("/provinces/{}/lineage", summer.provinces[place])).await.expect(200);
        let leads = lineage.body["successions"].as_array().unwrap().iter();
        let to: Vec<_> = leads.filter(|one| one["predecessor_id"] == as_they_were[place]).collect();
        assert_eq!(to.len(), 1, "{name}");
        assert_eq!(to[0]["successor_id"], successors[place], "{name}");
        let heir = house.get(NOBODY, &format!("/provinces/{}", successors[place])).await.expect(200);
        assert_eq!(heir.text("/name"), *successor, "{name}");
    }

    // 2023 stays what it was, byte for byte; 2024 was over, and is not asked.
    for ((path, was), (_, is)) in before.iter().zip(summer.past().await) {
        assert!(*was == is, "{path}");
    }
    let ranking = house.get(NOBODY, &format!("/cycles/{}/ranking", summer.past)).await.expect(200).id();
    let held = house.post(auditor(), &format!("/rankings/{ranking}/verify"), Value::Null).await.expect(200);
    assert_eq!(held.body["holds"], true);
    let past = format!("/cycles/{}/carry-over/preview", summer.past);
    house.post(administrator(), &past, decisions[0].1.clone()).await.problem(409, "wrong-state");
}
