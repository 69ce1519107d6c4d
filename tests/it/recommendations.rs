//! Stories of recommendations: who raises them, who hands them on, who answers, and who hears of them.

use actix_web::test::TestRequest;
use entity::vocab::CycleState;
use serde_json::{Value, json};
use thidua::domain::policy::Account;

use super::{
    authz::Door,
    fixtures::{self, appraiser, move_cycle, officer_of, province},
    nominations::{Stage, allowed, stage, why_not},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                   nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/recommendations",                [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/recommendations",                [401,  403,    403,      403,    422,      403]),
    ("GET",    "/api/v1/recommendations/{id}",           [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/recommendations/{id}",           [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/recommendations/{id}",           [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/forward",   [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/answer",    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/close",     [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/recommendations/{id}/withdraw",  [401,  404,    404,      404,    404,      404]),
];

fn body(stage: &Stage, addressee: &str) -> Value {
    json!({
        "cycle_id": stage.cycle_id, "province_id": stage.second, "addressee": addressee,
        "title": "Đầu tư công tác dự báo thiên tai", "text": "Đề nghị quan tâm đầu tư.", "raised_on": "2024-03-01",
    })
}

/// The second member raises it.
pub(crate) async fn raised(stage: &Stage, addressee: &str) -> Reply {
    stage.house.post(officer_of(stage.second), "/recommendations", body(stage, addressee)).await.expect(201)
}

/// A step, whatever version there is.
pub(crate) async fn step(stage: &Stage, who: Option<Account>, of: &Reply, step: &str, body: Value) -> Reply {
    stage.house.step(who, &format!("/recommendations/{}/{step}", of.id()), "*", body).await
}

pub(crate) fn forwarding() -> Value {
    json!({ "forwarded_on": "2024-03-01", "forwarded_to": "Văn phòng Chính phủ", "due_on": "2024-03-31" })
}

pub(crate) fn answer() -> Value {
    json!({ "answer": "Đã đưa vào kế hoạch.", "answered_by": "Bộ Tài chính", "answered_on": "2024-03-01" })
}

#[actix_web::test]
async fn from_the_conference_to_the_answer() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let own = officer_of(stage.second);
    let mut new = body(&stage, "central_level");
    new["addressee_name"] = json!("Bộ Nông nghiệp");
    // Decomposed spelling is stored composed.
    new["title"] = json!("Đa\u{302}\u{300}u tư dự báo");
    let made = house.post(own, "/recommendations", new).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/recommendations/{}", made.id()));
    let told = ["title", "state", "certainty", "addressee_name"].map(|name| made.text(&format!("/{name}")));
    assert_eq!(told, ["Đầu tư dự báo", "raised", "verified", "Bộ Nông nghiệp"]);
    assert_eq!(
        (&made.body["due_on"], &made.body["overdue"], allowed(&made)),
        (&Value::Null, &json!(false), vec!["withdraw".to_owned()])
    );

    let path = format!("/recommendations/{}", made.id());
    let patch = json!({ "addressee_name": null, "title": "Đầu tư dự báo thiên tai", "certainty": "invented" });
    let patched = house.patch(own, &path, made.etag(), patch).await.expect(200);
    let told = (patched.text("/title"), patched.text("/certainty"), &patched.body["addressee_name"]);
    assert_eq!(told, ("Đầu tư dự báo thiên tai".into(), "invented".into(), &Value::Null));
    house.patch(own, &path, made.etag(), json!({ "title": "x" })).await.problem(412, "stale");
    let bare = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({ "title": "x" }));
    house.send(own, bare).await.problem(428, "precondition-required");

    let at_head = house.get(stage.head(), &path).await.expect(200);
    assert_eq!(allowed(&at_head), ["forward"]);
    let forward = format!("{path}/forward");
    house.step(stage.head(), &forward, made.etag(), forwarding()).await.problem(412, "stale");
    let forwarded = house.step(stage.head(), &forward, at_head.etag(), forwarding()).await.expect(200);
    let told = ["state", "forwarded_on", "forwarded_to", "due_on"].map(|name| forwarded.text(&format!("/{name}")));
    assert_eq!(told, ["forwarded", "2024-03-01", "Văn phòng Chính phủ", "2024-03-31"]);
    assert_eq!(why_not(&forwarded, "forward"), "the recommendation has been forwarded already");

    // The whole last day, as it is in Vietnam.
    let late = async |now: &str| {
        house.at(now);
        let item = house.get(own, &path).await.expect(200).body["overdue"].clone();
        let list = house.get(own, "/recommendations?overdue=true&total=true").await.expect(200);
        let other = house.get(own, "/recommendations?overdue=false&total=true").await.expect(200);
        (item, list.body["page"]["total"].clone(), other.body["page"]["total"].clone())
    };
    assert_eq!(late("2024-03-31T16:59:59Z").await, (json!(false), json!(0), json!(1)));
    assert_eq!(late("2024-03-31T17:00:00Z").await, (json!(true), json!(1), json!(0)));

    // Answers come when the year is over.
    move_cycle(house, stage.cycle_id, CycleState::Closed).await;
    let answered = step(&stage, secretary(), &made, "answer", answer()).await.expect(200);
    let told = ["state", "answer", "answered_by", "answered_on"].map(|name| answered.text(&format!("/{name}")));
    assert_eq!(told, ["answered", "Đã đưa vào kế hoạch.", "Bộ Tài chính", "2024-03-01"]);
    assert_eq!((&answered.body["overdue"], allowed(&answered)), (&json!(false), vec!["close".to_owned()]));
    let closing = json!({ "closed_on": "2024-03-31", "closing_note": "Tỉnh thống nhất." });
    let closed = step(&stage, own, &made, "close", closing).await.expect(200);
    assert_eq!((closed.text("/state"), closed.text("/closing_note")), ("closed".into(), "Tỉnh thống nhất.".into()));
    assert_eq!((allowed(&closed), why_not(&closed, "forward").as_str()), (vec![], "your role does not allow this"));
    let journal = house.get(auditor(), "/journal?resource_type=recommendation&sort=at").await.expect(200);
    let names = ["create", "update", "forward", "answer", "close"].map(|name| json!(format!("recommendation.{name}")));
    assert_eq!((journal.column("action"), journal.column("cycle_id")), (names.into(), vec![json!(stage.cycle_id); 5]));
}

#[actix_web::test]
async fn each_step_has_its_people() {
    let stage = stage(CycleState::Published).await;
    let outsider = officer_of(province(&stage.house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(&stage.house, stage.cycle_id, None).await;
    let [central, members] = [raised(&stage, "central_level").await, raised(&stage, "members").await];
    let withdrawal = json!({ "reason": "Đã giải quyết" });
    let callers = [
        secretary(),
        administrator(),
        auditor(),
        stage.head(),
        officer_of(stage.second),
        officer_of(stage.third),
        outsider,
        assigned,
        NOBODY,
    ];
    let patch = json!({ "text": "Nội dung khác" });
    // In the wrong state 409 tells that the caller may.
    #[rustfmt::skip]
    let cases = [
        // which     step        body                sec  adm  aud  head own  member out  appr nobody
        (&central, "patch",    patch,                [200, 403, 403, 403, 200, 403, 404, 404, 401]),
        (&central, "answer",   answer(),             [409, 403, 403, 403, 403, 403, 404, 404, 401]),
        (&members, "answer",   answer(),             [409, 403, 403, 409, 403, 409, 404, 404, 401]),
        (&central, "close",    json!({ "closed_on": "2024-03-01" }), [409, 403, 403, 403, 409, 403, 404, 404, 401]),
        (&central, "forward",  forwarding(),         [200, 403, 403, 409, 403, 403, 404, 404, 401]),
        (&central, "withdraw", withdrawal,           [403, 403, 403, 403, 409, 403, 404, 404, 401]),
        (&central, "patch",    json!({ "text": "x" }), [409, 403, 403, 403, 409, 403, 404, 404, 401]),
        (&central, "delete",   Value::Null,          [409, 403, 403, 403, 409, 403, 404, 404, 401]),
    ];
    for (one, name, body, statuses) in cases {
        for (who, status) in callers.into_iter().zip(statuses) {
            let path = format!("/recommendations/{}", one.id());
            let reply = match name {
                "patch" => stage.house.patch(who, &path, "*", body.clone()).await,
                "delete" => stage.house.delete(who, &path, "*").await,
                _ => step(&stage, who, one, name, body.clone()).await,
            };
            assert_eq!(reply.status, status, "{name} {who:?}: {:#}", reply.body);
        }
    }

    // The head of the cycle answers nobody's question of its own.
    let mut own = body(&stage, "members");
    own["province_id"] = json!(stage.first);
    let own = stage.house.post(stage.head(), "/recommendations", own).await.expect(201);
    step(&stage, stage.head(), &own, "forward", forwarding()).await.expect(200);
    step(&stage, stage.head(), &own, "answer", answer()).await.problem(403, "forbidden");
    let answered = step(&stage, officer_of(stage.third), &own, "answer", answer()).await.expect(200);
    assert_eq!(answered.text("/state"), "answered");

    let withdrawn = step(&stage, officer_of(stage.second), &members, "withdraw", json!({ "reason": "Thôi" })).await;
    let withdrawn = withdrawn.expect(200);
    assert_eq!((withdrawn.text("/state"), withdrawn.text("/withdrawn_reason")), ("withdrawn".into(), "Thôi".into()));
    step(&stage, stage.head(), &members, "forward", forwarding()).await.problem(409, "wrong-state");
    let third = raised(&stage, "members").await;
    let path = format!("/recommendations/{}", third.id());
    stage.house.delete(officer_of(stage.second), &path, third.etag()).await.expect(204);
    stage.house.get(officer_of(stage.second), &path).await.problem(404, "not-found");
}

#[actix_web::test]
async fn who_raises_and_where() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let new = body(&stage, "members");
    for who in [stage.head(), officer_of(stage.third), auditor(), administrator()] {
        house.post(who, "/recommendations", new.clone()).await.problem(403, "forbidden");
    }
    house.post(NOBODY, "/recommendations", new.clone()).await.problem(401, "unauthenticated");
    house.post(secretary(), "/recommendations", new.clone()).await.expect(201);
    let stranger = province(house, "B1", "Tỉnh khác").await;
    let mut foreign = new.clone();
    foreign["province_id"] = json!(stranger);
    let faults = house.post(officer_of(stranger), "/recommendations", foreign).await.problem(422, "invalid");
    assert_eq!(faults, ["/province_id not_a_member"]);
    // A cycle one does not know of is no cycle.
    let hidden = fixtures::cycle(house, CycleState::Launched, 2041, &[(stranger, fixtures::Head, None)]).await;
    let mut there = new.clone();
    there["cycle_id"] = json!(hidden);
    let faults = house.post(officer_of(stage.second), "/recommendations", there).await.problem(422, "invalid");
    assert_eq!(faults, ["/cycle_id unknown_reference"]);
    for (name, value, fault) in [
        ("title", json!(" "), "/title blank"),
        ("title", json!("x".repeat(301)), "/title too_long"),
        ("text", json!("x".repeat(20_001)), "/text too_long"),
        ("addressee", json!("province"), "/addressee unknown_value"),
        ("addressee_name", json!("a\nb"), "/addressee_name several_lines"),
        ("raised_on", json!("2024-03-02"), "/raised_on in_future"),
        ("raised_on", json!("1999-12-31"), "/raised_on out_of_range"),
        ("state", json!("closed"), "/state unknown_member"),
    ] {
        let mut bad = new.clone();
        bad[name] = value;
        let faults = house.post(secretary(), "/recommendations", bad.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{bad}");
    }
    let made = raised(&stage, "central_level").await;
    for (name, bad, faults) in [
        (
            "forward",
            json!({ "forwarded_on": "2024-02-29", "due_on": "2024-02-28" }),
            &["/due_on too_early", "/forwarded_on too_early"][..],
        ),
        ("forward", json!({ "forwarded_on": "2024-03-01" }), &["/due_on required"]),
    ] {
        let mut found = step(&stage, secretary(), &made, name, bad).await.problem(422, "invalid");
        found.sort();
        assert_eq!(found, faults);
    }
    for state in [CycleState::Draft, CycleState::Closed, CycleState::Interrupted] {
        move_cycle(house, stage.cycle_id, state).await;
        house.post(secretary(), "/recommendations", new.clone()).await.problem(409, "wrong-state");
    }
}

#[actix_web::test]
async fn the_list_shows_what_the_caller_may_see() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let [central, members] = [raised(&stage, "central_level").await, raised(&stage, "members").await];
    step(&stage, secretary(), &members, "forward", forwarding()).await.expect(200);
    let outsider = officer_of(province(house, "B1", "Tỉnh khác").await);
    let assigned = appraiser(house, stage.cycle_id, None).await;
    #[rustfmt::skip]
    let callers = [
        (secretary(), true), (administrator(), true), (auditor(), true), (stage.head(), true),
        (officer_of(stage.second), true), (officer_of(stage.excluded), true), (outsider, false), (assigned, false),
    ];
    for (who, sees) in callers {
        let list = house.get(who, "/recommendations?total=true").await.expect(200);
        assert_eq!(list.body["page"]["total"], if sees { 2 } else { 0 }, "{who:?}");
        let status = house.get(who, &format!("/recommendations/{}", central.id())).await.status;
        assert_eq!(status, if sees { 200 } else { 404 }, "{who:?}");
    }
    house.get(NOBODY, "/recommendations").await.problem(401, "unauthenticated");
    let (first, second) = (json!(central.id()), json!(members.id()));
    let (cycle, raiser) = (stage.cycle_id, stage.second);
    for (query, expected) in [
        ("q=DU%20BAO&sort=created_at".to_owned(), vec![&first, &second]),
        ("q=l%C5%A9".to_owned(), vec![]),
        (format!("cycle_id={cycle}&province_id={raiser}&year=2023&sort=-created_at"), vec![&second, &first]),
        ("year=2024".to_owned(), vec![]),
        ("state=forwarded,answered".to_owned(), vec![&second]),
        ("addressee=central_level".to_owned(), vec![&first]),
        ("sort=due_on".to_owned(), vec![&second, &first]),
        ("sort=-due_on".to_owned(), vec![&first, &second]),
        ("raised_on_from=2024-03-02".to_owned(), vec![]),
        ("raised_on_from=2024-03-01&raised_on_to=2024-03-01&sort=raised_on".to_owned(), vec![&first, &second]),
    ] {
        let found = house.get(stage.head(), &format!("/recommendations?{query}")).await.expect(200);
        assert_eq!(found.column("id").iter().collect::<Vec<_>>(), expected, "{query}");
    }
    // A walk along the days of which one is not set.
    let page = house.get(stage.head(), "/recommendations?sort=due_on&limit=1").await.expect(200);
    let next = format!("/recommendations?sort=due_on&limit=1&cursor={}", page.text("/page/next"));
    assert_eq!(house.get(stage.head(), &next).await.expect(200).column("id"), [first]);
    let shown =
        house.get(stage.head(), &format!("/recommendations/{}?expand=province", central.id())).await.expect(200);
    assert_eq!(shown.text("/province/name"), "Yên Bái thử");
    for (query, fault) in [("addressee=province", "addressee unreadable"), ("sort=text", "sort unreadable")] {
        let faults = house.get(secretary(), &format!("/recommendations?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault]);
    }
    let mut counts = vec![];
    for limit in [1, 2] {
        let path = format!("/recommendations?limit={limit}&expand=province");
        let (list, statements) = house.counting(house.get(stage.head(), &path)).await;
        assert_eq!(list.text("/data/0/province/name"), "Yên Bái thử");
        counts.push((list.column("id").len(), statements));
    }
    assert_eq!(counts, [(1, 4), (2, 4)]);
}
