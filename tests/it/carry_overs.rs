//! Stories of provinces that end in mid-year: what becomes of the cycles they are in, and who inherits what.

use entity::vocab::{CycleState, PledgeState};
use futures_util::future::join;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, move_cycle, officer_of},
    results::{Year, shown},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                  nobody officer appraiser auditor secretary administrator
    ("GET",  "/api/v1/carry-overs",                     [200,  200,    200,      200,    200,      200]),
    ("GET",  "/api/v1/carry-overs/{id}",                [404,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/cycles/{id}/carry-over",          [401,  404,    404,      404,    404,      404]),
    ("POST", "/api/v1/cycles/{id}/carry-over/preview",  [401,  404,    404,      404,    404,      404]),
];

/// Four members of one cluster in 2031: head, two deputies, a member; the first two merge in the middle of the year.
struct Cluster {
    house: House,
    cycle_id: Uuid,
    provinces: [Uuid; 4],
    pledges: [Uuid; 4],
}

impl Cluster {
    async fn at(state: CycleState) -> Self {
        let house = house().await;
        let mut provinces = [Uuid::nil(); 4];
        for (place, code) in provinces.iter_mut().zip(["M1", "M2", "M3", "M4"]) {
            *place = fixtures::province(&house, code, &format!("Tỉnh {code}")).await;
        }
        let seats = [(Head, None), (Deputy, Some(1)), (Deputy, Some(2)), (Member, None)];
        let mut members = vec![];
        for (id, (role, rank)) in provinces.iter().zip(seats) {
            members.push((*id, role, rank));
        }
        let cycle_id = fixtures::cycle(&house, state, 2031, &members).await;
        for province in provinces {
            fixtures::recommendation(&house, cycle_id, province).await;
        }
        let mut pledges = [Uuid::nil(); 4];
        for (place, province) in pledges.iter_mut().zip(provinces) {
            *place = fixtures::pledge_with_target(&house, cycle_id, province, PledgeState::Signed).await;
        }
        Self { house, cycle_id, provinces, pledges }
    }

    /// The merger of the first two, with what it means for the cycle.
    fn merger(&self, cycles: &Value) -> Value {
        json!({
            "kind": "merger", "effective_on": "2031-07-01", "legal_act": "Nghị quyết giả định",
            "predecessor_ids": self.provinces[..2],
            "successors": [{ "code": "97", "name": "Tỉnh Hợp Nhất", "name_en": "United", "kind": "province" }],
            "cycles": cycles,
        })
    }

    fn carried(&self, heir: &Value) -> Value {
        json!([{ "cycle_id": self.cycle_id, "way": "carry_over", "reason": "Hợp nhất từ ngày 01/7/2031", "heirs": [heir] }])
    }

    /// The one that ends first inherits from both.
    fn heir(&self) -> Value {
        json!({ "successor_code": "97", "pledge_from": self.provinces[1], "targets_from": self.provinces[..2],
            "recommendations_from": [self.provinces[0]] })
    }

    async fn preview(&self, cycles: Value) -> Reply {
        self.house.post(administrator(), "/province-events/preview", self.merger(&cycles)).await
    }

    async fn enter(&self, cycles: Value) -> Reply {
        self.house.post(administrator(), "/province-events", self.merger(&cycles)).await
    }

    /// Name, role, rank and exclusion of every member.
    async fn members(&self) -> Vec<(String, String, Value, bool)> {
        let path = format!("/memberships?cycle_id={}&expand=province&sort=created_at", self.cycle_id);
        let page = self.house.get(secretary(), &path).await.expect(200);
        let member = |one: &Value| {
            let text = |pointer: &str| one.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
            (text("/province/name"), text("/role"), one["deputy_rank"].clone(), !one["excluded_at"].is_null())
        };
        page.body["data"].as_array().unwrap().iter().map(member).collect()
    }

    async fn cycle(&self) -> Reply {
        self.house.get(secretary(), &format!("/cycles/{}", self.cycle_id)).await.expect(200)
    }

    /// The state of everything that an event may touch.
    async fn everything(&self) -> Vec<Value> {
        let mut all = vec![];
        for path in [
            "/provinces?as_of=2031-08-01&limit=200",
            "/province-events",
            "/memberships",
            "/pledges",
            "/targets",
            "/cycles",
        ] {
            all.push(self.house.get(secretary(), path).await.expect(200).body);
        }
        all
    }
}

fn member(name: &str, role: &str, rank: Value, excluded: bool) -> (String, String, Value, bool) {
    (name.into(), role.into(), rank, excluded)
}

#[actix_web::test]
async fn a_merger_is_tried_and_then_entered_with_what_it_means_for_the_running_year() {
    let cluster = Cluster::at(CycleState::Active).await;
    let before = cluster.everything().await;

    let asked = cluster.preview(json!([])).await.expect(200);
    assert_eq!((asked.body["ready"].clone(), asked.body["last_day"].clone()), (json!(false), json!("2031-06-30")));
    assert_eq!(asked.body["blockers"][0]["code"], "decision_missing");
    assert_eq!(asked.body["cycles"][0]["ways"], json!(["interrupt", "carry_over"]));
    let ending = &asked.body["cycles"][0]["ending"];
    assert_eq!((&ending[0]["province"]["name"], &ending[0]["role"]), (&json!("Tỉnh M1"), &json!("head")));
    assert_eq!((&ending[1]["pledge_id"], &ending[1]["targets"]), (&json!(cluster.pledges[1]), &json!(1)));
    assert_eq!(asked.body["past"], json!({ "cycles": 0, "rankings": 0, "awards": 0 }));
    assert_eq!(cluster.enter(json!([])).await.blockers(), ["decision_missing"]);

    let decided = cluster.carried(&cluster.heir());
    let tried = cluster.preview(decided.clone()).await.expect(200);
    assert_eq!((tried.body["ready"].clone(), tried.body["blockers"].clone()), (json!(true), json!([])));
    let joining = &tried.body["cycles"][0]["joining"][0];
    assert_eq!(
        (&joining["role"], &joining["targets"], &joining["pledge_id"]),
        (&json!("head"), &json!(2), &json!(cluster.pledges[1]))
    );
    assert_eq!(tried.body["cycles"][0]["promoted"][0]["name"], "Tỉnh M3");
    assert_eq!(cluster.everything().await, before, "a dry run stores nothing");

    let seen = cluster.cycle().await;
    let event = cluster.enter(decided).await.expect(201);
    let heir = event.text("/successors/0/id");
    assert_eq!(
        cluster.members().await,
        [
            member("Tỉnh M1", "member", Value::Null, true),
            member("Tỉnh M2", "member", Value::Null, true),
            member("Tỉnh M3", "deputy", json!(1), false),
            member("Tỉnh M4", "member", Value::Null, false),
            member("Tỉnh Hợp Nhất", "head", Value::Null, false),
        ]
    );
    let pledge = cluster.house.get(secretary(), &format!("/pledges/{}", cluster.pledges[1])).await.expect(200);
    assert_eq!((pledge.text("/province_id"), pledge.text("/state")), (heir.clone(), "signed".into()));
    let left = cluster.house.get(secretary(), &format!("/pledges/{}", cluster.pledges[0])).await.expect(200);
    assert_eq!(left.text("/province_id"), cluster.provinces[0].to_string(), "what nobody inherits stays");
    let targets = |id: Uuid| format!("/targets?pledge_id={id}&sort=position");
    let targets_now = cluster.house.get(secretary(), &targets(cluster.pledges[1])).await.expect(200);
    assert_eq!(targets_now.column("position"), [json!(1), json!(2)]);
    let targets_left = cluster.house.get(secretary(), &targets(cluster.pledges[0])).await.expect(200);
    assert_eq!(targets_left.column("id"), [Value::Null; 0]);

    let recommended = cluster.house.get(secretary(), &format!("/recommendations?province_id={heir}")).await.expect(200);
    assert_eq!(recommended.column("state").len(), 1, "that of the first moved, that of the second stayed");

    let path = format!("/carry-overs?event_id={}", event.id());
    let told = cluster.house.get(officer_of(cluster.provinces[3]), &path).await.expect(200);
    assert_eq!(
        (told.column("way"), told.column("reason")),
        (vec![json!("carry_over")], vec![json!("Hợp nhất từ ngày 01/7/2031")])
    );
    let inherited = &told.body["data"][0]["heirs"][0];
    assert_eq!((&inherited["targets_moved"], &inherited["pledge_from"]), (&json!(1), &json!(cluster.provinces[1])));
    assert_eq!(inherited["recommendations_moved"], 1);
    let one = cluster.house.get(auditor(), &format!("/carry-overs/{}", told.text("/data/0/id"))).await.expect(200);
    assert_eq!(one.body, told.body["data"][0]);
    assert_eq!(cluster.house.get(NOBODY, &path).await.expect(200).column("id"), [Value::Null; 0]);
    cluster.house.get(NOBODY, &format!("/carry-overs/{}", one.id())).await.problem(404, "not-found");

    let now = cluster.cycle().await;
    assert_eq!(
        (now.text("/state"), now.body["version"].as_i64()),
        ("active".into(), seen.body["version"].as_i64().map(|v| v + 1))
    );
    let journal =
        cluster.house.get(auditor(), &format!("/journal?cycle_id={}&limit=200", cluster.cycle_id)).await.expect(200);
    let actions = journal.column("action");
    for action in [
        "cycle.carry_over",
        "carry_over.create",
        "membership.exclude",
        "membership.create",
        "pledge.inherit",
        "target.inherit",
    ] {
        assert!(actions.contains(&json!(action)), "{action} is not in {actions:?}");
    }
    // The heir's officer is head of the cycle now, and works with what was inherited.
    let officer = officer_of(heir.parse().unwrap());
    let target = targets_now.text("/data/0/id");
    move_cycle(&cluster.house, cluster.cycle_id, CycleState::SelfScoring).await;
    let wrote = cluster
        .house
        .patch(officer, &format!("/targets/{target}"), "*", json!({ "actual": 3, "source": "Báo cáo" }))
        .await;
    assert_eq!(wrote.expect(200).body["actual"], 3);
    let former = cluster
        .house
        .patch(officer_of(cluster.provinces[1]), &format!("/targets/{target}"), "*", json!({ "actual": 4 }))
        .await;
    assert!([403, 404].contains(&former.status), "{}", former.status);
}

#[actix_web::test]
async fn an_interrupted_year_goes_on_once_the_successor_has_its_place() {
    let cluster = Cluster::at(CycleState::Active).await;
    let stop = json!([{ "cycle_id": cluster.cycle_id, "way": "interrupt", "reason": "Chờ sắp xếp lại" }]);
    let event = cluster.enter(stop).await.expect(201);
    let stopped = cluster.cycle().await;
    assert_eq!(
        (stopped.text("/state"), stopped.text("/interrupted_from"), stopped.text("/state_reason")),
        ("interrupted".into(), "active".into(), "Chờ sắp xếp lại".into())
    );
    let cycle = format!("/cycles/{}", cluster.cycle_id);
    let resume = json!({ "reason": "Đã sắp xếp xong" });
    let refused = cluster.house.step(secretary(), &format!("{cycle}/resume"), stopped.etag(), resume.clone()).await;
    assert_eq!(refused.blockers(), ["member_ended", "member_ended"]);

    let later = json!({ "event_id": event.id(), "reason": "Đơn vị mới kế thừa", "heirs": [cluster.heir()] });
    let path = format!("{cycle}/carry-over");
    let tried = cluster.house.post(secretary(), &format!("{path}/preview"), later.clone()).await.expect(200);
    assert_eq!(tried.body["joining"][0]["successor_code"], "97");
    assert_eq!(cluster.cycle().await.body, stopped.body, "a dry run stores nothing");
    cluster.house.step(officer_of(cluster.provinces[3]), &path, "*", later.clone()).await.problem(403, "forbidden");
    cluster.house.post(secretary(), &path, later.clone()).await.problem(428, "precondition-required");
    cluster.house.step(secretary(), &path, "\"77\"", later.clone()).await.problem(412, "stale");
    let carried = cluster.house.step(secretary(), &path, stopped.etag(), later.clone()).await.expect(201);
    assert_eq!(carried.body["heirs"][0]["role"], "head");
    cluster.house.step(secretary(), &path, "*", later).await.problem(409, "wrong-state");
    let went_on = cluster.house.step(secretary(), &format!("{cycle}/resume"), "*", resume).await.expect(200);
    assert_eq!((went_on.text("/state"), went_on.body["interrupted_from"].clone()), ("active".into(), Value::Null));
    let ways =
        cluster.house.get(secretary(), &format!("/carry-overs?cycle_id={}&sort=created_at", cluster.cycle_id)).await;
    assert_eq!(ways.expect(200).column("way"), [json!("interrupt"), json!("carry_over")]);
}

#[actix_web::test]
async fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let cluster = Cluster::at(CycleState::Active).await;
    let before = cluster.everything().await;
    let [_, second, third, _] = cluster.provinces;
    let heir = |members: Value| {
        let mut heir = cluster.heir();
        for (name, value) in members.as_object().unwrap() {
            heir[name] = value.clone();
        }
        cluster.carried(&heir)
    };
    let choice = |way: &str| json!({ "cycle_id": cluster.cycle_id, "way": way, "reason": "Lý do" });
    let mut stranger = choice("interrupt");
    stranger["cycle_id"] = json!(Uuid::nil());
    #[rustfmt::skip]
    let cases = [
        (json!([choice("keep")]), "/cycles/0/way not_open"),
        (json!([choice("wait")]), "/cycles/0/way unknown_value"),
        (json!([stranger]), "/cycles/0/cycle_id not_touched"),
        (json!([choice("interrupt"), choice("interrupt")]), "/cycles/1/cycle_id duplicate"),
        (json!([choice("carry_over")]), "/cycles/0/heirs required"),
        (heir(json!({ "successor_code": "98" })), "/cycles/0/heirs/0/successor_code not_a_successor"),
        (heir(json!({ "pledge_from": third })), "/cycles/0/heirs/0/pledge_from not_ending"),
        (heir(json!({ "scorecard_from": second })), "/cycles/0/heirs/0/scorecard_from nothing_there"),
        (heir(json!({ "pledge_from": null })), "/cycles/0/heirs/0/pledge_from required"),
        (heir(json!({ "targets_from": [second, second] })), "/cycles/0/heirs/0/targets_from/1 duplicate"),
        (heir(json!({ "guess": 1 })), "/cycles/0/heirs/0/guess unknown_member"),
        (heir(json!({ "recommendations_from": vec![second; 101] })), "/cycles/0/heirs/0/recommendations_from length"),
    ];
    for (cycles, fault) in cases {
        for path in ["/province-events", "/province-events/preview"] {
            let reply = cluster.house.post(administrator(), path, cluster.merger(&cycles)).await;
            assert_eq!(reply.problem(422, "invalid"), [fault], "{path} {cycles}");
        }
    }
    let mut blank = choice("interrupt");
    blank["reason"] = json!(" \t ");
    assert_eq!(cluster.enter(json!([blank])).await.status, 422);
    cluster
        .house
        .post(secretary(), "/province-events/preview", cluster.merger(&json!([])))
        .await
        .problem(403, "forbidden");
    assert_eq!(cluster.everything().await, before);
}

#[actix_web::test]
async fn a_year_that_was_over_when_they_ended_may_be_kept() {
    let cluster = Cluster::at(CycleState::Active).await;
    let mut merger =
        cluster.merger(&json!([{ "cycle_id": cluster.cycle_id, "way": "keep", "reason": "Năm đã kết thúc" }]));
    merger["effective_on"] = json!("2032-01-01");
    cluster.house.post(administrator(), "/province-events", merger).await.expect(201);
    assert!(cluster.members().await.iter().all(|(.., excluded)| !excluded));
    assert_eq!(cluster.cycle().await.text("/state"), "active");
}

#[actix_web::test]
async fn the_scores_that_were_decided_stand_and_the_others_are_shown_unranked() {
    let year = Year::appraised().await;
    let [first, second, third] = year.provinces;
    let merger = json!({
        "kind": "merger", "effective_on": "2031-07-01", "predecessor_ids": [second, third],
        "successors": [{ "code": "97", "name": "Tỉnh Hợp Nhất", "name_en": "United", "kind": "province" }],
        "cycles": [{
            "cycle_id": year.cycle_id, "way": "carry_over", "reason": "Hợp nhất",
            "heirs": [{ "successor_code": "97", "scorecard_from": second }],
        }],
    });
    let event = year.house.post(administrator(), "/province-events", merger).await.expect(201);
    let heir = event.text("/successors/0/id");
    let card = year.house.get(secretary(), &format!("/scorecards/{}", year.cards[&second])).await.expect(200);
    assert_eq!((card.text("/province_id"), card.text("/state")), (heir.clone(), "appraised".into()));
    let ranking = year.finalize().await;
    let entries: Vec<(Value, Value)> = ranking.body["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["province"]["id"].clone(), one["place"].clone()))
        .collect();
    assert_eq!(entries[..2], [(json!(heir), json!(1)), (json!(first), json!(1))]);
    assert!(entries[2..].iter().all(|(_, place)| place.is_null()), "{entries:?}");
}

#[actix_web::test]
async fn published_results_stay_byte_for_byte() {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    fixtures::publish(&year.house, year.cycle_id).await;
    let paths = [
        format!("/rankings/{}", ranking.id()),
        format!("/rankings/{}/proof", ranking.id()),
        format!("/cycles/{}/matrix", year.cycle_id),
        format!("/scorecards?cycle_id={}", year.cycle_id),
        format!("/memberships?cycle_id={}", year.cycle_id),
    ];
    let read = async || {
        let mut all = vec![];
        for path in &paths {
            all.push(year.house.get(auditor(), path).await.expect(200).bytes);
        }
        all
    };
    let before = read().await;
    let [first, second, _] = year.provinces;
    let merger = json!({
        "kind": "merger", "effective_on": "2032-04-01", "predecessor_ids": [first, second],
        "successors": [{ "code": "97", "name": "Tỉnh Hợp Nhất", "name_en": "United", "kind": "province" }],
    });
    let tried = year.house.post(administrator(), "/province-events/preview", merger.clone()).await.expect(200);
    assert_eq!((&tried.body["ready"], &tried.body["cycles"][0]["ways"]), (&json!(true), &json!([])));
    assert_eq!(tried.body["past"], json!({ "cycles": 1, "rankings": 1, "awards": 0 }));
    year.house.post(administrator(), "/province-events", merger).await.expect(201);
    assert_eq!(read().await, before);
    assert_eq!(shown(&year.house.get(NOBODY, &paths[0]).await.expect(200)), shown(&ranking));
}

/// A cycle in self-scoring with a draft sheet for each member; gives the sheets and the one criterion.
async fn scoring(cluster: &Cluster) -> (std::collections::HashMap<Uuid, Uuid>, Uuid) {
    let (set, leaf) = fixtures::draft_criteria(&cluster.house, cluster.cycle_id).await;
    let cards = fixtures::scorecards(&cluster.house, cluster.cycle_id, set).await;
    move_cycle(&cluster.house, cluster.cycle_id, CycleState::SelfScoring).await;
    (cards, leaf)
}

/// Whoever comes second hears why: the sheet is another province's now, or its version moved on.
#[actix_web::test]
async fn a_merger_is_entered_while_scores_are_written() {
    for round in 0..20 {
        let cluster = Cluster::at(CycleState::Active).await;
        let (cards, leaf) = scoring(&cluster).await;
        let [_, second, ..] = cluster.provinces;
        let replica = cluster.house.replica().await;
        let mut heir = cluster.heir();
        heir["scorecard_from"] = json!(second);
        let merger = cluster.merger(&cluster.carried(&heir));
        let path = format!("/scorecards/{}", cards[&second]);
        let before = cluster.house.get(secretary(), &path).await.expect(200);
        let lines = json!({ "scores": [{ "criterion_id": leaf, "self_points": 21 }] });
        let scores = format!("{path}/scores");
        let write = cluster.house.put(officer_of(second), &scores, before.etag(), lines);
        let enter = replica.post(administrator(), "/province-events", merger);
        let (written, entered) = if round % 2 == 0 {
            join(write, enter).await
        } else {
            let (entered, written) = join(enter, write).await;
            (written, entered)
        };
        let event = entered.expect(201);
        let now = cluster.house.get(secretary(), &path).await.expect(200);
        assert_eq!(now.text("/province_id"), event.text("/successors/0/id"));
        let points =
            cluster.house.get(secretary(), &format!("/scores?scorecard_id={}", cards[&second])).await.expect(200);
        let steps = now.body["version"].as_i64().unwrap() - before.body["version"].as_i64().unwrap();
        let told = (written.status, steps, points.body["data"][0]["self"]["points"].clone());
        match written.status {
            200 => assert_eq!(told, (200, 2, json!(21)), "written, then inherited"),
            403 | 404 | 409 | 412 => {
                assert_eq!(told, (written.status, 1, Value::Null), "inherited, and nothing written");
            }
            other => panic!("{other}: {:#}", written.body),
        }
    }
}
