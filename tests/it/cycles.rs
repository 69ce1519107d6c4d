//! Stories of cycles, their members and appraisers.

use serde_json::{Value, json};

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    support::{NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                     nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/cycles",                           [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/cycles",                           [401,  403,    403,      403,    422,      422]),
    ("GET",    "/api/v1/cycles/{id}",                      [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/cycles/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/cycles/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/cycles/{id}/readiness",            [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/cycles/{id}/peers",                [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/cycles/{id}/peers",                [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/launch",               [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/activate",             [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/open-self-scoring",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/open-appraisal",       [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/open-explanation",     [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/finalize",             [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/publish",              [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/close",                [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/interrupt",            [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/resume",               [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/reopen",               [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/memberships",                      [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/memberships",                      [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/memberships/{id}",                 [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/memberships/{id}",                 [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/memberships/{id}",                 [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/memberships/{id}/exclude",         [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/memberships/{id}/readmit",         [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/due-date-extensions",              [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/due-date-extensions",              [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/due-date-extensions/{id}",         [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/due-date-extensions/{id}",         [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/appraiser-assignments",            [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/appraiser-assignments",            [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/appraiser-assignments/{id}",       [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/appraiser-assignments/{id}",       [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/appraiser-assignments/{id}",       [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/rankings",                         [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/rankings/{id}",                    [404,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/cycles/{id}/ranking",              [404,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/ranking/preview",      [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/rankings/{id}/proof",              [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/rankings/{id}/verify",             [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/rankings/{id}/correct",            [401,  404,    404,      404,    404,      404]),
];

async fn members(house: &super::support::House) -> [uuid::Uuid; 3] {
    [
        fixtures::province(house, "A1", "Tỉnh Một").await,
        fixtures::province(house, "A2", "Tỉnh Hai").await,
        fixtures::province(house, "A3", "Tỉnh Ba").await,
    ]
}

#[actix_web::test]
async fn a_cycle_is_made_once_a_year_with_its_due_dates() {
    let house = house().await;
    let cluster = fixtures::cluster(&house, "Cụm").await;
    let body = json!({
        "cluster_id": cluster, "year": 2030, "title": "Năm 2030",
        "due_dates": [{ "stage": "pledge", "due_at": "2030-03-31T17:00:00+07:00" }],
    });
    let made = house.post(secretary(), "/cycles", body.clone()).await.expect(201);
    let soft = json!([{ "stage": "pledge", "due_at": "2030-03-31T17:00:00+07:00", "hard_due_at": null }]);
    assert_eq!(made.body["due_dates"], soft);
    house.post(secretary(), "/cycles", body).await.problem(409, "conflict");
    let twice = json!([
        { "stage": "pledge", "due_at": "2030-03-31T17:00:00Z" }, { "stage": "pledge", "due_at": "2030-04-30T17:00:00Z" },
    ]);
    #[rustfmt::skip]
    let cases = [
        ("year", json!(1999), "/year range"),
        ("year", json!(2101), "/year range"),
        ("year", json!(2030.5), "/year wrong_type"),
        ("title", json!(""), "/title blank"),
        ("due_dates", twice, "/due_dates duplicate"),
        ("due_dates", json!([{ "stage": "lunch", "due_at": "2030-03-31T17:00:00Z" }]), "/due_dates/0/stage unknown_value"),
        ("due_dates", json!([{ "stage": "pledge", "due_at": "tomorrow" }]), "/due_dates/0/due_at wrong_type"),
        ("cluster_id", json!(uuid::Uuid::nil()), "/cluster_id unknown_reference"),
    ];
    for (member, value, fault) in cases {
        let mut body = json!({ "cluster_id": cluster, "year": 2031, "title": "Năm 2031" });
        body[member] = value;
        assert_eq!(house.post(secretary(), "/cycles", body).await.problem(422, "invalid"), [fault]);
    }
    let path = format!("/cycles/{}", made.id());
    let patch = json!({ "title": "Năm thi đua 2030", "due_dates": [] });
    let changed = house.patch(administrator(), &path, made.etag(), patch).await.expect(200);
    assert_eq!((changed.text("/title"), &changed.body["due_dates"]), ("Năm thi đua 2030".into(), &json!([])));
    house.get(NOBODY, &path).await.problem(404, "not-found");
    house.delete(auditor(), &path, changed.etag()).await.problem(403, "forbidden");
    house.delete(secretary(), &path, changed.etag()).await.expect(204);
}

#[actix_web::test]
async fn one_head_ranked_deputies_and_one_cluster_a_year() {
    let house = house().await;
    let [one, two, three] = members(&house).await;
    let cycle = fixtures::cycle(&house, entity::vocab::CycleState::Draft, 2031, &[]).await;
    let other = fixtures::cycle(&house, entity::vocab::CycleState::Draft, 2031, &[]).await;
    let seat = |cycle, province, role: &str, rank: Value| json!({ "cycle_id": cycle, "province_id": province, "role": role, "deputy_rank": rank });
    let join = async |body: Value| house.post(secretary(), "/memberships", body).await;
    let head = join(seat(cycle, one, "head", Value::Null)).await.expect(201);
    join(seat(cycle, two, "head", Value::Null)).await.problem(409, "conflict");
    join(seat(other, one, "member", Value::Null)).await.problem(409, "conflict");
    assert_eq!(join(seat(cycle, two, "deputy", Value::Null)).await.problem(422, "invalid").len(), 1);
    assert_eq!(join(seat(cycle, two, "member", json!(1))).await.problem(422, "invalid").len(), 1);
    let deputy = join(seat(cycle, two, "deputy", json!(1))).await.expect(201);
    join(seat(cycle, three, "deputy", json!(1))).await.problem(409, "conflict");
    let gap = join(seat(cycle, three, "deputy", json!(3))).await.expect(201);
    let path = format!("/cycles/{cycle}");
    let etag = house.get(secretary(), &path).await.etag().to_owned();
    let refused = house.step(secretary(), &format!("{path}/launch"), &etag, Value::Null).await;
    assert_eq!(refused.blockers(), ["deputy_rank_gap"]);

    // The head becomes a member first, then the deputy can become head.
    let swap = async |path: &str, etag: &str, body: Value| house.patch(secretary(), path, etag, body).await;
    let (first, second) = (format!("/memberships/{}", head.id()), format!("/memberships/{}", deputy.id()));
    let to_head = json!({ "role": "head", "deputy_rank": null });
    swap(&second, deputy.etag(), to_head.clone()).await.problem(409, "conflict");
    swap(&first, head.etag(), json!({ "role": "member" })).await.expect(200);
    swap(&second, deputy.etag(), to_head).await.expect(200);
    swap(&format!("/memberships/{}", gap.id()), gap.etag(), json!({ "deputy_rank": 1 })).await.expect(200);
    let launched = house.step(secretary(), &format!("{path}/launch"), &etag, Value::Null).await.expect(200);
    assert_eq!(launched.text("/state"), "launched");
    join(seat(cycle, one, "member", Value::Null)).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn steps_are_refused_out_of_turn_and_interruption_needs_a_reason() {
    let house = house().await;
    let [one, two, three] = members(&house).await;
    let seats = [(one, Head, None), (two, Deputy, Some(1)), (three, Member, None)];
    let cycle = fixtures::cycle(&house, entity::vocab::CycleState::Launched, 2031, &seats).await;
    let path = format!("/cycles/{cycle}");
    let read = house.get(officer_of(one), &path).await.expect(200);
    let allowed: Vec<&str> = read.body["allowed_actions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|action| action["allowed"] == true)
        .map(|action| action["name"].as_str().unwrap())
        .collect();
    assert_eq!(allowed, ["interrupt"]);
    let step = async |who, name: &str, body: Value| house.step(who, &format!("{path}/{name}"), read.etag(), body).await;
    step(officer_of(one), "finalize", Value::Null).await.problem(409, "wrong-state");
    step(officer_of(three), "interrupt", json!({ "reason": "Sáp nhập" })).await.problem(403, "forbidden");
    let stranger = fixtures::province(&house, "A4", "Tỉnh Bốn").await;
    step(officer_of(stranger), "interrupt", json!({ "reason": "Sáp nhập" })).await.problem(404, "not-found");
    assert_eq!(
        step(officer_of(one), "interrupt", json!({ "reason": " " })).await.problem(422, "invalid"),
        ["/reason blank"]
    );
    let refused = step(officer_of(one), "activate", Value::Null).await;
    assert_eq!(refused.blockers(), ["criteria_not_issued", "pledge_missing", "pledge_missing", "pledge_missing"]);
    let stopped = step(officer_of(one), "interrupt", json!({ "reason": "Sáp nhập" })).await.expect(200);
    assert_eq!((stopped.text("/state"), stopped.text("/interrupted_from")), ("interrupted".into(), "launched".into()));
    step(officer_of(one), "launch", Value::Null).await.problem(412, "stale");
}

#[actix_web::test]
async fn what_is_hidden_is_not_counted() {
    let house = house().await;
    let [one, two, _] = members(&house).await;
    let seats = [(one, Head, None), (two, Deputy, Some(1))];
    fixtures::cycle(&house, entity::vocab::CycleState::Active, 2031, &seats).await;
    let public = fixtures::cycle(&house, entity::vocab::CycleState::Published, 2032, &seats).await;
    let count = async |who| house.get(who, "/cycles?year=2031,2032&total=true").await.body["page"]["total"].clone();
    let stranger = fixtures::province(&house, "A5", "Tỉnh Năm").await;
    let counts =
        [count(NOBODY).await, count(officer_of(stranger)).await, count(officer_of(two)).await, count(auditor()).await];
    assert_eq!(json!(counts), json!([1, 1, 2, 2]));
    let seen = house.get(NOBODY, "/memberships?year=2031,2032&expand=province,cycle&total=true").await.expect(200);
    assert_eq!(seen.column("cycle_id"), [json!(public), json!(public)]);
    assert_eq!(seen.body["data"][0]["cycle"]["state"], "published");
    let (_, few) = house.counting(house.get(auditor(), "/memberships?year=2032&expand=province,cycle")).await;
    let (_, many) = house.counting(house.get(auditor(), "/memberships?limit=50&expand=province,cycle")).await;
    assert_eq!((few, many), (3, 3));
    let (_, few) = house.counting(house.get(auditor(), "/cycles?year=2032")).await;
    let (_, many) = house.counting(house.get(auditor(), "/cycles?limit=50")).await;
    assert_eq!((few, many), (3, 3));
}
