//! Stories of assignments: handed out, reported, rated, withdrawn; and the summary of a year.

use actix_web::test::TestRequest;
use entity::vocab::Role;
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, officer_of},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                          nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/assignments",                           [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/assignments",                           [401,  403,    403,      403,    403,      403]),
    ("GET",    "/api/v1/assignments/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/assignments/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/assignments/{id}/report",               [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/assignments/{id}/rate",                 [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/assignments/{id}/withdraw",             [401,  404,    404,      404,    404,      404]),
    // The year is missing.
    ("GET",    "/api/v1/provinces/{id}/assignment-summary",     [401,  400,    400,      400,    400,      400]),
];

const LIST: &str = "/assignments";

struct Stage {
    house: House,
    own: Uuid,
    other: Uuid,
}

/// Noon of 1 March 2024, in Vietnam.
async fn stage() -> Stage {
    let house = house().await;
    house.at("2024-03-01T05:00:00Z");
    let own = fixtures::province(&house, "A1", "Tỉnh A1").await;
    let other = fixtures::province(&house, "A2", "Tỉnh A2").await;
    Stage { house, own, other }
}

fn forest(province_id: Uuid) -> Value {
    json!({
        "province_id": province_id, "year": 2024, "unit_kind": "department", "unit_name": "Sở Nông nghiệp",
        "task": "Trồng rừng mới", "product": "15.500 ha rừng", "due_on": "2024-06-30",
    })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

impl Stage {
    fn officer(&self) -> Option<Account> {
        officer_of(self.own)
    }

    async fn given(&self, more: Value) -> Reply {
        self.house.post(self.officer(), LIST, with(&forest(self.own), &more)).await.expect(201)
    }

    async fn step(&self, who: Option<Account>, seen: &Reply, step: &str, body: Value) -> Reply {
        self.house.step(who, &format!("{LIST}/{}/{step}", seen.id()), seen.etag(), body).await
    }

    async fn patch(&self, who: Option<Account>, seen: &Reply, body: Value) -> Reply {
        self.house.patch(who, &format!("{LIST}/{}", seen.id()), seen.etag(), body).await
    }

    async fn read(&self, who: Option<Account>, seen: &Reply) -> Reply {
        self.house.get(who, &format!("{LIST}/{}", seen.id())).await
    }
}

fn told<const N: usize>(reply: &Reply, names: [&str; N]) -> Value {
    names.into_iter().map(|name| reply.body[name].clone()).collect()
}

/// The steps a representation says are possible.
fn possible(reply: &Reply) -> Vec<&str> {
    let actions = reply.body["allowed_actions"].as_array().unwrap().iter();
    actions.filter(|action| action["allowed"] == true).map(|action| action["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_task_is_handed_out_reported_and_rated() {
    let stage = stage().await;
    let officer = stage.officer();
    for who in [officer_of(stage.other), secretary(), administrator(), auditor(), someone(Role::Appraiser, None)] {
        stage.house.post(who, LIST, forest(stage.own)).await.problem(403, "forbidden");
    }
    let given = stage.given(json!({ "note": "Theo kế hoạch" })).await;
    assert_eq!(given.header("location"), format!("/api/v1{LIST}/{}", given.id()));
    let names = ["state", "result", "reported_on", "late", "overdue", "rating", "rated_on", "certainty", "version"];
    let fresh = json!(["assigned", null, null, false, false, null, null, "verified", 1]);
    assert_eq!(told(&given, names), fresh);
    assert_eq!(possible(&given), ["report", "withdraw"]);
    stage.step(officer, &given, "rate", json!({ "rating": "good" })).await.problem(409, "wrong-state");
    stage.patch(officer, &given, json!({ "result": "x" })).await.problem(409, "wrong-state");
    let changed = json!({ "unit_name": "Sở Nông nghiệp và Môi trường", "due_on": "2024-05-31", "note": null });
    let changed = stage.patch(officer, &given, changed).await.expect(200);
    assert_eq!(
        told(&changed, ["unit_name", "due_on", "note", "task", "version"]),
        json!(["Sở Nông nghiệp và Môi trường", "2024-05-31", null, "Trồng rừng mới", 2])
    );
    stage.patch(officer, &given, json!({ "note": "x" })).await.problem(412, "stale");

    // The due date is the last day in Vietnam: it is over at 17:00 UTC.
    for (now, overdue) in [("2024-05-31T16:59:59Z", false), ("2024-05-31T17:00:00Z", true)] {
        stage.house.at(now);
        assert_eq!(stage.read(officer, &given).await.body["overdue"], overdue, "{now}");
    }
    let report = json!({ "result": "Trồng 16.200 ha" });
    let reported = stage.step(officer, &changed, "report", report.clone()).await.expect(200);
    assert_eq!(
        told(&reported, names),
        json!(["reported", "Trồng 16.200 ha", "2024-06-01", true, false, null, null, "verified", 3])
    );
    assert_eq!(possible(&reported), ["rate"]);
    stage.step(officer, &reported, "report", report).await.problem(409, "wrong-state");
    stage.step(officer, &reported, "withdraw", json!({ "reason": "x" })).await.problem(409, "wrong-state");
    stage.patch(officer, &reported, json!({ "task": "Khác", "result": "x" })).await.problem(409, "wrong-state");
    let corrected = stage.patch(officer, &reported, json!({ "result": "Trồng 16.250 ha" })).await.expect(200);
    let rating = json!({ "rating": "excellent", "rated_on": "2024-06-01", "note": "Vượt kế hoạch" });
    let rated = stage.step(officer, &corrected, "rate", rating.clone()).await.expect(200);
    assert_eq!(
        told(&rated, ["state", "result", "rating", "rated_on", "note", "late"]),
        json!(["rated", "Trồng 16.250 ha", "excellent", "2024-06-01", "Vượt kế hoạch", true])
    );
    assert_eq!(possible(&rated), [""; 0]);
    stage.step(officer, &rated, "rate", rating).await.problem(409, "wrong-state");
    stage.patch(officer, &rated, json!({ "result": "x" })).await.problem(409, "wrong-state");
    let noted = stage.patch(officer, &rated, json!({ "note": null, "certainty": "likely" })).await.expect(200);
    assert_eq!(told(&noted, ["note", "certainty", "version"]), json!([null, "likely", 6]));

    let journal = stage.house.get(auditor(), &format!("/journal?resource_id={}", given.id())).await.expect(200);
    let mut actions = journal.column("action");
    actions.sort_by_key(ToString::to_string);
    let [create, rate, report, update] =
        ["create", "rate", "report", "update"].map(|step| json!(format!("assignment.{step}")));
    assert_eq!(actions, [create, rate, report, update.clone(), update.clone(), update]);
}

#[actix_web::test]
async fn a_task_is_withdrawn_with_a_reason() {
    let stage = stage().await;
    let officer = stage.officer();
    let given = stage.given(json!({})).await;
    let blank = stage.step(officer, &given, "withdraw", json!({ "reason": " " })).await;
    assert_eq!(blank.problem(422, "invalid"), ["/reason blank"]);
    let bare = TestRequest::post().uri(&format!("/api/v1{LIST}/{}/withdraw", given.id()));
    let bare = stage.house.send(officer, bare.set_json(json!({ "reason": "x" }))).await;
    bare.problem(428, "precondition-required");
    let withdrawn =
        stage.step(officer, &given, "withdraw", json!({ "reason": "Chuyển đơn vị khác" })).await.expect(200);
    assert_eq!(told(&withdrawn, ["state", "withdrawal_reason"]), json!(["withdrawn", "Chuyển đơn vị khác"]));
    assert_eq!(possible(&withdrawn), [""; 0]);
    stage.step(officer, &given, "report", json!({ "result": "x" })).await.problem(412, "stale");
    for (step, body) in [
        ("report", json!({ "result": "x" })),
        ("rate", json!({ "rating": "good" })),
        ("withdraw", json!({ "reason": "x" })),
    ] {
        stage.step(officer, &withdrawn, step, body).await.problem(409, "wrong-state");
    }
    stage.patch(officer, &withdrawn, json!({ "note": "x" })).await.problem(409, "wrong-state");
    // Past its due date it is not overdue.
    stage.house.at("2024-07-01T00:00:00Z");
    assert_eq!(stage.read(officer, &withdrawn).await.body["overdue"], false);
}

#[actix_web::test]
async fn assignments_are_the_provinces_own() {
    let stage = stage().await;
    let given = stage.given(json!({})).await;
    let summary = format!("/provinces/{}/assignment-summary?year=2024", stage.own);
    for who in [stage.officer(), secretary(), administrator(), auditor()] {
        stage.read(who, &given).await.expect(200);
        stage.house.get(who, &summary).await.expect(200);
    }
    for who in [secretary(), administrator(), auditor()] {
        let read = stage.read(who, &given).await;
        assert_eq!(read.text("/allowed_actions/0/reason"), "your role does not allow this");
        stage.step(who, &read, "report", json!({ "result": "x" })).await.problem(403, "forbidden");
        stage.patch(who, &read, json!({ "note": "x" })).await.problem(403, "forbidden");
    }
    let queries = ["", "q=rung", "year=2024", "state=assigned", "sort=unit_name", "overdue=false", "expand=province"];
    for who in [officer_of(stage.other), someone(Role::Appraiser, Some(stage.own))] {
        stage.read(who, &given).await.problem(404, "not-found");
        for step in ["report", "rate", "withdraw"] {
            let body = match step {
                "report" => json!({ "result": "x" }),
                "rate" => json!({ "rating": "good" }),
                _ => json!({ "reason": "x" }),
            };
            stage.step(who, &given, step, body).await.problem(404, "not-found");
        }
        stage.patch(who, &given, json!({ "note": "x" })).await.problem(404, "not-found");
        stage.house.get(who, &summary).await.problem(404, "not-found");
        for query in queries {
            let list = stage.house.get(who, &format!("{LIST}?total=true&{query}")).await.expect(200);
            assert_eq!((&list.body["data"], &list.body["page"]["total"]), (&json!([]), &json!(0)), "{query}");
        }
    }
    stage.read(NOBODY, &given).await.problem(401, "unauthenticated");
    let nowhere = format!("/provinces/{}/assignment-summary?year=2024", Uuid::now_v7());
    stage.house.get(secretary(), &nowhere).await.problem(404, "not-found");
    stage
        .house
        .get(secretary(), &format!("/provinces/{}/assignment-summary", stage.own))
        .await
        .problem(400, "bad-parameter");
}

#[actix_web::test]
async fn bad_assignments_name_their_fault() {
    let stage = stage().await;
    let gone = stage.house.get(NOBODY, "/provinces?code=15&as_of=2023-01-01").await.text("/data/0/id");
    let gone: Uuid = gone.parse().unwrap();
    #[rustfmt::skip]
    let cases = [
        (json!({ "due_on": "2023-12-31" }),             "/due_on out_of_year"),
        (json!({ "due_on": "2026-01-01" }),             "/due_on out_of_year"),
        (json!({ "due_on": "2024-02-30" }),             "/due_on wrong_type"),
        (json!({ "year": 1944 }),                       "/year out_of_range"),
        (json!({ "unit_kind": "ministry" }),            "/unit_kind unknown_value"),
        (json!({ "unit_name": " " }),                   "/unit_name blank"),
        (json!({ "unit_name": "a\0b" }),                "/unit_name control_character"),
        (json!({ "task": "x".repeat(301) }),            "/task too_long"),
        (json!({ "product": "x".repeat(20_001) }),      "/product too_long"),
        (json!({ "note": "" }),                         "/note blank"),
        (json!({ "state": "rated" }),                   "/state unknown_member"),
    ];
    for (more, fault) in cases {
        let body = with(&forest(stage.own), &more);
        assert_eq!(stage.house.post(stage.officer(), LIST, body).await.problem(422, "invalid"), [fault], "{more}");
    }
    let late = with(&forest(gone), &json!({ "year": 2026, "due_on": "2026-06-30" }));
    let late = stage.house.post(officer_of(gone), LIST, late).await;
    assert_eq!(late.problem(422, "invalid"), ["/province_id not_valid_then"]);
    let nfd = stage.given(json!({ "unit_name": "Y\u{65}\u{302}n Ba\u{301}i 🎏" })).await;
    assert_eq!(nfd.text("/unit_name"), "Yên Bái 🎏");

    let given = stage.given(json!({})).await;
    let patch = stage.patch(stage.officer(), &given, json!({ "due_on": "2023-01-01" })).await;
    assert_eq!(patch.problem(422, "invalid"), ["/due_on out_of_year"]);
    for (body, fault) in [
        (json!({ "result": "" }), "/result blank"),
        (json!({ "result": "x", "reported_on": "2023-12-31" }), "/reported_on too_early"),
        (json!({ "result": "x", "reported_on": "2024-03-02" }), "/reported_on in_future"),
        (json!({ "result": "x", "rating": "good" }), "/rating unknown_member"),
    ] {
        let refused = stage.step(stage.officer(), &given, "report", body.clone()).await;
        assert_eq!(refused.problem(422, "invalid"), [fault], "{body}");
    }
    let report = json!({ "result": "x", "reported_on": "2024-02-28" });
    let reported = stage.step(stage.officer(), &given, "report", report).await.expect(200);
    for (body, fault) in [
        (json!({ "rating": "superb" }), "/rating unknown_value"),
        (json!({ "rating": "good", "rated_on": "2024-02-27" }), "/rated_on too_early"),
        (json!({ "rating": "good", "rated_on": "2024-03-02" }), "/rated_on in_future"),
    ] {
        let refused = stage.step(stage.officer(), &reported, "rate", body.clone()).await;
        assert_eq!(refused.problem(422, "invalid"), [fault], "{body}");
    }
    let rated = stage.step(stage.officer(), &reported, "rate", json!({ "rating": "not_completed" })).await.expect(200);
    assert_eq!(rated.text("/rated_on"), "2024-03-01");
}

#[actix_web::test]
async fn a_year_is_listed_and_summed_up() {
    let stage = stage().await;
    let officer = stage.officer();
    let health = json!({ "unit_name": "Sở Y tế", "task": "Bảo hiểm y tế", "due_on": "2024-02-29" });
    let overdue = stage.given(health.clone()).await;
    let late = stage.given(with(&health, &json!({ "unit_name": "SỞ  Y TẾ" }))).await;
    let late = stage.step(officer, &late, "report", json!({ "result": "x" })).await.expect(200);
    let late = stage.step(officer, &late, "rate", json!({ "rating": "completed" })).await.expect(200);
    let town = json!({ "unit_kind": "town", "unit_name": "Thị xã Nghĩa Lộ", "due_on": "2024-12-15" });
    let early = stage.given(town.clone()).await;
    let early = stage.step(officer, &early, "report", json!({ "result": "x" })).await.expect(200);
    let open = stage.given(json!({ "unit_kind": "district", "unit_name": "Huyện Văn Yên" })).await;
    let gone = stage.given(with(&town, &json!({ "due_on": "2024-01-15" }))).await;
    let gone = stage.step(officer, &gone, "withdraw", json!({ "reason": "x" })).await.expect(200);
    let before = stage.given(json!({ "year": 2023 })).await;
    let foreign = stage.house.post(officer_of(stage.other), LIST, forest(stage.other)).await.expect(201);

    let all = [&gone, &overdue, &late, &open, &before, &early].map(|one| json!(one.id()));
    #[rustfmt::skip]
    let cases: [(&str, Vec<&Reply>); 11] = [
        ("sort=due_on,created_at&year=2024", vec![&gone, &overdue, &late, &open, &early]),
        ("year=2023",                        vec![&before]),
        ("overdue=true",                     vec![&overdue]),
        ("overdue=false&state=assigned",     vec![&open, &before]),
        ("state=rated,withdrawn",            vec![&gone, &late]),
        ("rating=completed,good",            vec![&late]),
        ("rating=excellent",                 vec![]),
        ("unit_kind=town",                   vec![&gone, &early]),
        ("q=so%20y%20te",                    vec![&overdue, &late]),
        ("q=bao%20hiem&state=assigned",      vec![&overdue]),
        ("sort=-created_at&year=2024&state=assigned", vec![&open, &overdue]),
    ];
    for (query, expected) in cases {
        let list = stage.house.get(officer, &format!("{LIST}?{query}")).await.expect(200);
        assert_eq!(list.column("id"), expected.iter().map(|one| json!(one.id())).collect::<Vec<_>>(), "{query}");
    }
    assert_eq!(stage.house.get(officer, LIST).await.expect(200).column("id"), all);
    let names = stage.house.get(officer, &format!("{LIST}?sort=unit_name&state=assigned,reported")).await;
    assert_eq!(names.column("unit_name"), ["Huyện Văn Yên", "Sở Nông nghiệp", "Sở Y tế", "Thị xã Nghĩa Lộ"]);
    let foreigners = format!("{LIST}?province_id={}", stage.other);
    assert_eq!(stage.house.get(auditor(), &foreigners).await.expect(200).column("id"), [json!(foreign.id())]);
    assert_eq!(stage.house.get(officer, &foreigners).await.expect(200).column("id"), Vec::<Value>::new());
    let path = format!("{LIST}?expand=province&total=true");
    let (list, statements) = stage.house.counting(stage.house.get(officer, &path)).await;
    let list = list.expect(200);
    assert_eq!((list.text("/data/0/province/name"), &list.body["page"]["total"]), ("Tỉnh A1".into(), &json!(6)));
    assert_eq!(statements, 3);
    for query in ["sort=task", "overdue=maybe", "rating=superb", "colour=red"] {
        stage.house.get(officer, &format!("{LIST}?{query}")).await.problem(400, "bad-parameter");
    }

    let path = format!("/provinces/{}/assignment-summary?year=2024", stage.own);
    let (summary, statements) = stage.house.counting(stage.house.get(officer, &path)).await;
    let counts = |numbers: [u32; 5], completed: u32| {
        let [assigned, reported, late, overdue, withdrawn] = numbers;
        json!({
            "assigned": assigned, "reported": reported, "late": late, "overdue": overdue, "withdrawn": withdrawn,
            "ratings": { "excellent": 0, "good": 0, "completed": completed, "not_completed": 0 },
        })
    };
    let unit =
        |kind: &str, name: &str, counts: Value| json!({ "unit_kind": kind, "unit_name": name, "counts": counts });
    let expected = json!({
        "province_id": stage.own, "year": 2024,
        "units": [
            unit("district", "Huyện Văn Yên", counts([1, 0, 0, 0, 0], 0)),
            unit("department", "Sở Y tế", counts([2, 1, 1, 1, 0], 1)),
            unit("town", "Thị xã Nghĩa Lộ", counts([1, 1, 0, 0, 1], 0)),
        ],
        "total": counts([4, 2, 1, 1, 1], 1),
    });
    assert_eq!((summary.expect(200).body, statements), (expected, 2));
    let empty = stage.house.get(auditor(), &path.replace("2024", "-7")).await.expect(200);
    assert_eq!(empty.body["units"], json!([]));
}
