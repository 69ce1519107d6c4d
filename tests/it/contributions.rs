//! Stories of contributions: what a cluster gives, what each member gives of it, and what is paid.

use actix_web::test::TestRequest;
use entity::vocab::CycleState;
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, appraiser, move_cycle, officer_of, province},
    nominations::{Stage, stage},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                              nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/contributions",             [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/contributions",             [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/contributions/{id}",        [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/contributions/{id}",        [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/contributions/{id}",        [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/contribution-shares",       [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/contribution-shares",       [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/contribution-shares/{id}",  [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/contribution-shares/{id}",  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/contribution-shares/{id}",  [401,  404,    404,      404,    404,      404]),
];

fn body(stage: &Stage) -> Value {
    json!({
        "cycle_id": stage.cycle_id, "purpose": "Xây nhà cho gia đình chính sách",
        "beneficiary": "Gia đình chính sách", "host_province_id": stage.first, "form": "money",
        "announced_amount": 350_000_000, "decided_on": "2024-03-01",
    })
}

async fn given(stage: &Stage) -> Reply {
    stage.house.post(stage.head(), "/contributions", body(stage)).await.expect(201)
}

fn part(of: &Reply, province_id: Uuid, pledged: i64) -> Value {
    json!({ "contribution_id": of.id(), "province_id": province_id, "pledged_amount": pledged })
}

async fn share(stage: &Stage, who: Option<Account>, body: Value) -> Reply {
    stage.house.post(who, "/contribution-shares", body).await
}

#[actix_web::test]
async fn from_the_announcement_to_the_last_payment() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let mut new = body(&stage);
    // Decomposed spelling is stored composed.
    new["purpose"] = json!("Xây nha\u{300}");
    let made = house.post(stage.head(), "/contributions", new).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/contributions/{}", made.id()));
    assert_eq!((made.text("/purpose"), made.text("/certainty")), ("Xây nhà".into(), "verified".into()));
    let nothing = json!({ "announced": 350_000_000, "pledged_total": 0, "paid_total": 0, "outstanding": 0 });
    assert_eq!((&made.body["totals"], &made.body["shares"]), (&nothing, &json!([])));
    let path = format!("/contributions/{}", made.id());

    let own = officer_of(stage.second);
    let first = share(&stage, own, part(&made, stage.second, 200_000_000)).await.expect(201);
    assert_eq!(first.header("location"), format!("/api/v1/contribution-shares/{}", first.id()));
    assert_eq!((&first.body["paid_amount"], &first.body["paid_on"]), (&json!(0), &Value::Null));
    let mut paid = part(&made, stage.third, 100_000_000);
    paid["paid_amount"] = json!(60_000_000);
    paid["paid_on"] = json!("2024-02-20");
    share(&stage, stage.head(), paid).await.expect(201);
    share(&stage, secretary(), part(&made, stage.second, 1)).await.problem(409, "conflict");
    let read = house.get(NOBODY, &path).await.expect(200);
    let sums = json!({
        "announced": 350_000_000, "pledged_total": 300_000_000, "paid_total": 60_000_000, "outstanding": 240_000_000,
    });
    assert_eq!((&read.body["totals"], read.etag() == made.etag()), (&sums, false));
    let givers: Vec<_> = read.body["shares"].as_array().unwrap().iter().map(|one| &one["province_id"]).collect();
    assert_eq!(givers, [&json!(stage.second), &json!(stage.third)]);

    let of_share = format!("/contribution-shares/{}", first.id());
    let bare = TestRequest::patch().uri(&format!("/api/v1{of_share}")).set_json(json!({ "paid_amount": 1 }));
    house.send(own, bare).await.problem(428, "precondition-required");
    let paid = json!({ "paid_amount": 200_000_000, "paid_on": "2024-03-01" });
    // Money comes when the year is over, but what was pledged stays.
    move_cycle(house, stage.cycle_id, CycleState::Closed).await;
    house.patch(own, &of_share, first.etag(), json!({ "pledged_amount": 1 })).await.problem(409, "wrong-state");
    let settled = house.patch(own, &of_share, first.etag(), paid.clone()).await.expect(200);
    assert_eq!((&settled.body["paid_amount"], settled.text("/paid_on")), (&json!(200_000_000), "2024-03-01".into()));
    house.patch(own, &of_share, first.etag(), paid).await.problem(412, "stale");
    share(&stage, stage.head(), part(&made, stage.first, 1)).await.problem(409, "wrong-state");
    house.patch(stage.head(), &path, "*", json!({ "note": "x" })).await.problem(409, "wrong-state");
    house.delete(stage.head(), &path, "*").await.problem(409, "wrong-state");
    house.delete(own, &of_share, "*").await.problem(409, "wrong-state");
    let sums = house.get(NOBODY, &path).await.expect(200).body["totals"].clone();
    assert_eq!((&sums["paid_total"], &sums["outstanding"]), (&json!(260_000_000), &json!(40_000_000)));

    move_cycle(house, stage.cycle_id, CycleState::Published).await;
    assert_eq!(house.delete(stage.head(), &path, "*").await.blockers(), ["share_paid", "share_paid"]);
    assert_eq!(house.delete(own, &of_share, "*").await.blockers(), ["share_paid"]);
    let patch = json!({ "announced_amount": null, "note": "Đợt 1", "host_province_id": stage.third });
    house.patch(stage.head(), &path, "\"7\"", patch.clone()).await.problem(412, "stale");
    let patched = house.patch(stage.head(), &path, made.etag(), patch).await.expect(200);
    let told = (&patched.body["announced_amount"], patched.text("/note"), &patched.body["totals"]["announced"]);
    assert_eq!(told, (&Value::Null, "Đợt 1".into(), &Value::Null));
    let journal = house.get(auditor(), "/journal?resource_type=contribution,contribution_share&sort=at").await;
    let journal = journal.expect(200);
    let mut actions = journal.column("action");
    actions.sort_by_key(Value::to_string);
    let (share, whole) = ("contribution_share", "contribution");
    let expected = [
        format!("{whole}.create"),
        format!("{whole}.update"),
        format!("{share}.create"),
        format!("{share}.create"),
        format!("{share}.update"),
    ];
    assert_eq!(
        (actions, journal.column("cycle_id")),
        (expected.map(|one| json!(one)).into(), vec![json!(stage.cycle_id); 5])
    );
}

#[actix_web::test]
async fn shares_go_with_what_nobody_has_paid() {
    let stage = stage(CycleState::Launched).await;
    let made = given(&stage).await;
    let open = share(&stage, officer_of(stage.second), part(&made, stage.second, 50)).await.expect(201);
    let other = share(&stage, officer_of(stage.third), part(&made, stage.third, 50)).await.expect(201);
    let path = |of: &Reply| format!("/contribution-shares/{}", of.id());
    stage.house.delete(officer_of(stage.third), &path(&other), other.etag()).await.expect(204);
    stage.house.delete(stage.head(), &format!("/contributions/{}", made.id()), made.etag()).await.expect(204);
    stage.house.get(secretary(), &path(&open)).await.problem(404, "not-found");
    let journal = stage.house.get(auditor(), "/journal?action=contribution.delete,contribution_share.delete").await;
    assert_eq!(journal.expect(200).column("action").len(), 3);
}

#[actix_web::test]
async fn who_gives_and_who_records() {
    let stage = stage(CycleState::Launched).await;
    let house = &stage.house;
    let made = given(&stage).await;
    let path = format!("/contributions/{}", made.id());
    let theirs = share(&stage, secretary(), part(&made, stage.second, 50)).await.expect(201);
    let of_share = format!("/contribution-shares/{}", theirs.id());
    let outsider = officer_of(province(house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(house, stage.cycle_id, None).await;
    #[rustfmt::skip]
    let callers = [
        // who                    reads create changes share of the second: record, change
        (secretary(),             200,  201,   200,    409, 200),
        (administrator(),         200,  403,   403,    403, 403),
        (auditor(),               200,  403,   403,    403, 403),
        (stage.head(),            200,  201,   200,    409, 200),
        (officer_of(stage.second), 200, 403,   403,    409, 200),
        (officer_of(stage.third), 200,  403,   403,    403, 403),
        (assigned,                200,  403,   403,    403, 403),
        (outsider,                404,  422,   404,    422, 404),
        (NOBODY,                  404,  401,   401,    401, 401),
    ];
    for (who, reads, creates, changes, records, alters) in callers {
        assert_eq!(house.get(who, &path).await.status, reads, "{who:?}");
        assert_eq!(house.get(who, &of_share).await.status, reads, "{who:?}");
        for list in ["contributions", "contribution-shares"] {
            let list = house.get(who, &format!("/{list}?total=true")).await.expect(200);
            assert_eq!(list.body["page"]["total"].as_u64().unwrap() > 0, reads == 200, "{who:?}");
        }
        assert_eq!(house.post(who, "/contributions", body(&stage)).await.status, creates, "{who:?}");
        assert_eq!(house.patch(who, &path, "*", json!({ "note": "x" })).await.status, changes, "{who:?}");
        assert_eq!(share(&stage, who, part(&made, stage.second, 1)).await.status, records, "{who:?}");
        assert_eq!(house.patch(who, &of_share, "*", json!({ "pledged_amount": 60 })).await.status, alters, "{who:?}");
    }
    move_cycle(house, stage.cycle_id, CycleState::Published).await;
    for who in [outsider, NOBODY] {
        assert_eq!(house.get(who, &path).await.expect(200).body["shares"][0]["pledged_amount"], 60);
        house.get(who, &of_share).await.expect(200);
    }
    house.post(outsider, "/contributions", body(&stage)).await.problem(403, "forbidden");
    let stranger = outsider.unwrap().province_id.unwrap();
    let faults = share(&stage, outsider, part(&made, stranger, 1)).await.problem(422, "invalid");
    assert_eq!(faults, ["/province_id not_a_member"]);
    for state in [CycleState::Draft, CycleState::Closed] {
        move_cycle(house, stage.cycle_id, state).await;
        house.post(secretary(), "/contributions", body(&stage)).await.problem(409, "wrong-state");
    }
}

#[actix_web::test]
async fn what_does_not_add_up_is_refused() {
    let stage = stage(CycleState::Active).await;
    let house = &stage.house;
    for (name, value, fault) in [
        ("purpose", json!(" "), "/purpose blank"),
        ("beneficiary", json!("x".repeat(301)), "/beneficiary too_long"),
        ("form", json!("cash"), "/form unknown_value"),
        ("announced_amount", json!(0), "/announced_amount range"),
        ("announced_amount", json!(100_000_000_000_001_i64), "/announced_amount range"),
        ("announced_amount", json!(1.5), "/announced_amount wrong_type"),
        ("goods", json!("2 tấn gạo"), "/goods not_for_money"),
        ("decided_on", json!("2024-03-02"), "/decided_on in_future"),
        ("host_province_id", json!(Uuid::now_v7()), "/host_province_id unknown_reference"),
        ("paid", json!(1), "/paid unknown_member"),
    ] {
        let mut bad = body(&stage);
        bad[name] = value;
        let faults = house.post(secretary(), "/contributions", bad.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{bad}");
    }
    let made = given(&stage).await;
    for (members, fault) in [
        (json!({ "pledged_amount": 0 }), "/pledged_amount nothing_pledged"),
        (json!({ "pledged_amount": -1 }), "/pledged_amount range"),
        (json!({ "paid_amount": 51, "paid_on": "2024-03-01" }), "/paid_amount more_than_pledged"),
        (json!({ "paid_amount": 50 }), "/paid_on required"),
        (json!({ "paid_on": "2024-03-01" }), "/paid_on nothing_paid"),
        (json!({ "paid_amount": 50, "paid_on": "2024-03-02" }), "/paid_on in_future"),
        (json!({ "goods": "Gạo" }), "/goods not_for_money"),
        (json!({ "contribution_id": Uuid::now_v7() }), "/contribution_id unknown_reference"),
        (json!({ "province_id": Uuid::now_v7() }), "/province_id unknown_reference"),
    ] {
        let mut bad = part(&made, stage.second, 50);
        for (name, value) in members.as_object().unwrap() {
            bad[name] = value.clone();
        }
        let faults = share(&stage, secretary(), bad.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{bad}");
    }
    let mut goods = body(&stage);
    goods["form"] = json!("goods");
    assert_eq!(
        house.post(secretary(), "/contributions", goods.clone()).await.problem(422, "invalid"),
        ["/goods required"]
    );
    goods["goods"] = json!("5 tấn gạo");
    goods["announced_amount"] = Value::Null;
    let goods = house.post(secretary(), "/contributions", goods).await.expect(201);
    let mut rice = part(&goods, stage.second, 0);
    rice["goods"] = json!("2 tấn gạo");
    rice["paid_on"] = json!("2024-03-01");
    let rice = share(&stage, officer_of(stage.second), rice).await.expect(201);
    assert_eq!(
        house.delete(secretary(), &format!("/contribution-shares/{}", rice.id()), "*").await.blockers().len(),
        1
    );
}

#[actix_web::test]
async fn lists_are_filtered_and_take_few_statements() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let [first, second] = [given(&stage).await, given(&stage).await];
    let other = fixtures::cycle(house, CycleState::Published, 2020, &[(stage.third, fixtures::Head, None)]).await;
    let mut foreign = body(&stage);
    foreign["cycle_id"] = json!(other);
    foreign["host_province_id"] = json!(stage.third);
    foreign["decided_on"] = json!("2021-01-01");
    let foreign = house.post(secretary(), "/contributions", foreign).await.expect(201);
    let (a, b) = (
        share(&stage, secretary(), part(&first, stage.second, 50)).await.expect(201),
        share(&stage, secretary(), part(&second, stage.third, 40)).await.expect(201),
    );
    let [first, second, foreign, a, b] = [&first, &second, &foreign, &a, &b].map(Reply::id);
    for (query, expected) in [
        (format!("contributions?cycle_id={}&sort=created_at", stage.cycle_id), vec![&first, &second]),
        (format!("contributions?host_province_id={}", stage.third), vec![&foreign]),
        ("contributions?year=2020,2021".to_owned(), vec![&foreign]),
        ("contributions?form=goods".to_owned(), vec![]),
        ("contributions?sort=decided_on,-created_at".to_owned(), vec![&foreign, &second, &first]),
        (format!("contribution-shares?contribution_id={first}"), vec![&a]),
        (format!("contribution-shares?province_id={}", stage.third), vec![&b]),
        ("contribution-shares?sort=pledged_amount".to_owned(), vec![&b, &a]),
    ] {
        let found = house.get(NOBODY, &format!("/{query}")).await.expect(200).column("id");
        assert_eq!(found, expected.into_iter().map(|id| json!(id)).collect::<Vec<_>>(), "{query}");
    }
    let shown = house.get(NOBODY, &format!("/contributions/{first}?expand=host_province")).await.expect(200);
    assert_eq!(shown.text("/host_province/name"), "Tuyên Quang thử");
    for (list, expand) in [("contributions", "host_province"), ("contribution-shares", "province")] {
        let mut counts = vec![];
        for limit in [1, 2] {
            let path = format!("/{list}?limit={limit}&expand={expand}");
            let (page, statements) = house.counting(house.get(stage.head(), &path)).await;
            assert!(!page.text(&format!("/data/0/{expand}/name")).is_empty());
            counts.push((page.column("id").len(), statements));
        }
        assert_eq!(counts[0].1, counts[1].1, "{list}");
        assert_eq!((counts[0].0, counts[1].0), (1, 2));
    }
}
