//! Stories of conferences: planned, held, closed; who takes part and what was said.

use entity::vocab::{ConferenceState, CycleState, Role};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, move_cycle, officer_of},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                       nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/conferences",                        [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/conferences",                        [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/conferences/{id}",                   [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/conferences/{id}",                   [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/conferences/{id}/participants",      [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/conferences/{id}/agenda",            [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/open",              [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/close",             [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/cancel",            [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/speeches",          [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/speeches",                           [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/speeches/{id}",                      [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/speeches/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/speeches/{id}",                      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/conferences/{id}/resolutions",       [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/resolutions",                        [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/resolutions/{id}",                   [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/resolutions/{id}",                   [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/resolutions/{id}",                   [401,  404,    404,      404,    404,      404]),
];

/// A running cycle with a head, a deputy, a host and a member.
struct Stage {
    house: House,
    cycle_id: Uuid,
    head: Uuid,
    deputy: Uuid,
    host: Uuid,
    member: Uuid,
    outsider: Uuid,
}

impl Stage {
    async fn set() -> Self {
        let house = house().await;
        let mut ids = vec![];
        for code in ["C1", "C2", "C3", "C4", "C5"] {
            ids.push(fixtures::province(&house, code, &format!("Tỉnh {code}")).await);
        }
        let [head, deputy, host, member, outsider] = ids.try_into().unwrap();
        let seats = [(head, Head, None), (deputy, Deputy, Some(1)), (host, Member, None), (member, Member, None)];
        let cycle_id = fixtures::cycle(&house, CycleState::Active, 2031, &seats).await;
        Self { house, cycle_id, head, deputy, host, member, outsider }
    }

    fn plan(&self) -> Value {
        json!({
            "cycle_id": self.cycle_id, "kind": "mid_year", "title": "Hội nghị sơ kết", "place": "Hòa Bình",
            "starts_at": "2024-03-01T08:00:00+07:00", "host_province_id": self.host,
        })
    }

    async fn planned(&self) -> Reply {
        self.house.post(officer_of(self.head), "/conferences", self.plan()).await.expect(201)
    }

    async fn step(&self, who: Option<Account>, id: &str, step: &str, body: Value) -> Reply {
        self.house.step(who, &format!("/conferences/{id}/{step}"), "*", body).await
    }

    async fn opened(&self) -> Reply {
        let planned = self.planned().await;
        self.step(officer_of(self.host), &planned.id(), "open", Value::Null).await.expect(200)
    }

    /// With a chair and minutes, closed.
    async fn closed(&self) -> Reply {
        let open = self.opened().await;
        let path = format!("/conferences/{}", open.id());
        let chairs = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
        self.house.put(officer_of(self.deputy), &format!("{path}/participants"), "*", chairs).await.expect(200);
        let minutes = json!({ "minutes": "Biên bản hội nghị" });
        self.house.patch(officer_of(self.deputy), &path, "*", minutes).await.expect(200);
        self.step(officer_of(self.deputy), &open.id(), "close", Value::Null).await.expect(200)
    }
}

/// What a caller may do with it now, and why not.
fn actions(reply: &Reply) -> Vec<(String, bool)> {
    let all = reply.body["allowed_actions"].as_array().unwrap().iter();
    all.map(|one| (one["name"].as_str().unwrap().to_owned(), one["allowed"].as_bool().unwrap())).collect()
}

#[actix_web::test]
async fn a_conference_is_planned_held_and_closed() {
    let stage = Stage::set().await;
    let house = &stage.house;
    let planned = stage.planned().await;
    let path = format!("/conferences/{}", planned.id());
    assert_eq!(planned.header("location"), format!("/api/v1{path}"));
    let told = ["state", "starts_at", "minutes", "participants", "agenda", "closed_at", "certainty", "version"]
        .map(|name| planned.body[name].clone());
    assert_eq!(json!(told), json!(["planned", "2024-03-01T01:00:00Z", null, [], [], null, "verified", 1]));
    let all =
        |open, close, cancel| [("open".to_owned(), open), ("close".to_owned(), close), ("cancel".to_owned(), cancel)];
    assert_eq!(actions(&planned), all(true, false, true));
    assert_eq!(actions(&house.get(officer_of(stage.member), &path).await.expect(200)), all(false, false, false));

    // Names are not always known, and not everybody comes from a province.
    let list = json!({ "participants": [
        { "role": "chair", "title": "Ủy viên Hội đồng", "organisation": "Hội đồng Trung ương" },
        { "role": "chair", "title": "Chủ tịch tỉnh", "province_id": stage.host },
        { "role": "delegate", "name": "Nguye\u{302}\u{303}n Văn A", "title": "Giám đốc sở", "province_id": stage.member },
        { "role": "guest", "name": "Trần Thị B", "title": "Nhà báo" },
    ]});
    let with =
        house.put(officer_of(stage.host), &format!("{path}/participants"), planned.etag(), list).await.expect(200);
    assert_eq!((&with.body["version"], with.text("/participants/2/name")), (&json!(2), "Nguyễn Văn A".into()));
    let agenda = json!({ "items": [
        { "starts_at": "2024-03-01T08:00:00+07:00", "title": "Khai mạc" },
        { "title": "Báo cáo", "speaker": "Cụm trưởng" },
    ]});
    house.put(secretary(), &format!("{path}/agenda"), planned.etag(), agenda.clone()).await.problem(412, "stale");
    let with = house.put(secretary(), &format!("{path}/agenda"), with.etag(), agenda).await.expect(200);
    assert_eq!(with.body["agenda"][1], json!({ "starts_at": null, "title": "Báo cáo", "speaker": "Cụm trưởng" }));
    assert_eq!(with.body["participants"].as_array().unwrap().len(), 4, "one list leaves the other alone");
    let shown = house.get(officer_of(stage.member), &format!("{path}?expand=province,cycle")).await.expect(200);
    let names = ["/host_province/name", "/participants/1/province/name", "/participants/2/province/name"];
    assert_eq!(names.map(|name| shown.text(name)), ["Tỉnh C3", "Tỉnh C3", "Tỉnh C4"]);
    assert_eq!(shown.body["cycle"]["year"], 2031);

    // A shorter list takes the others away.
    let one = json!({ "participants": [{ "role": "guest", "title": "Khách" }] });
    let fewer = house.put(secretary(), &format!("{path}/participants"), "*", one).await.expect(200);
    assert_eq!(fewer.body["participants"].as_array().unwrap().len(), 1);

    let open = stage.step(officer_of(stage.deputy), &planned.id(), "open", Value::Null).await.expect(200);
    assert_eq!((open.text("/state"), actions(&open)), ("open".into(), all(false, false, true).to_vec()));
    let missing = stage.step(officer_of(stage.deputy), &planned.id(), "close", Value::Null).await.blockers();
    assert_eq!(missing, ["minutes_missing", "chair_missing"]);
    for settled in [
        json!({ "place": "Hà Nội" }),
        json!({ "starts_at": "2024-03-02T00:00:00Z" }),
        json!({ "host_province_id": null }),
    ] {
        house.patch(secretary(), &path, "*", settled).await.problem(409, "wrong-state");
    }
    let chairs = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
    house.put(secretary(), &format!("{path}/participants"), "*", chairs.clone()).await.expect(200);
    let patch = json!({ "minutes": "Biên bản", "ends_at": "2024-03-01T04:00:00Z" });
    let written = house.patch(officer_of(stage.host), &path, "*", patch).await.expect(200);
    assert_eq!(
        (written.text("/minutes"), written.text("/ends_at")),
        ("Biên bản".into(), "2024-03-01T04:00:00Z".into())
    );
    let closed = stage.step(officer_of(stage.head), &planned.id(), "close", Value::Null).await.expect(200);
    assert_eq!((closed.text("/state"), closed.text("/closed_at")), ("closed".into(), "2024-03-01T08:00:00Z".into()));

    // Nothing of it changes any more.
    house.patch(secretary(), &path, "*", json!({ "minutes": "Khác" })).await.problem(409, "wrong-state");
    house.put(secretary(), &format!("{path}/participants"), "*", chairs).await.problem(409, "wrong-state");
    house.put(secretary(), &format!("{path}/agenda"), "*", json!({ "items": [] })).await.problem(409, "wrong-state");
    let reason = json!({ "reason": "Bão" });
    for (step, body) in [("open", Value::Null), ("close", Value::Null), ("cancel", reason)] {
        stage.step(secretary(), &planned.id(), step, body).await.problem(409, "wrong-state");
    }
    let speech = json!({ "title": "Muộn", "speaker_name": "A" });
    house.post(secretary(), &format!("{path}/speeches"), speech).await.problem(409, "wrong-state");

    let entries = house.get(auditor(), &format!("/journal?resource_id={}&sort=at", planned.id())).await.expect(200);
    let actions: Vec<_> = entries.column("action");
    let expected =
        ["create", "put_participants", "put_agenda", "put_participants", "open", "put_participants", "update", "close"];
    assert_eq!(actions, expected.map(|verb| json!(format!("conference.{verb}"))));
    assert!(entries.column("cycle_id").iter().all(|id| *id == json!(stage.cycle_id)));
}

#[actix_web::test]
async fn who_plans_and_runs_a_conference() {
    let stage = Stage::set().await;
    let house = &stage.house;
    let appraiser = fixtures::appraiser(house, stage.cycle_id, None).await;
    #[rustfmt::skip]
    let callers = [
        // who                        plans it, and runs it
        (secretary(),                 201, 200),
        (officer_of(stage.head),      201, 200),
        (officer_of(stage.deputy),    201, 200),
        (officer_of(stage.host),      403, 200),
        (officer_of(stage.member),    403, 403),
        (administrator(),             403, 403),
        (auditor(),                   403, 403),
        (appraiser,                   403, 403),
        (officer_of(stage.outsider),  422, 404),
        (someone(Role::Appraiser, None), 422, 404),
        (NOBODY,                      401, 401),
    ];
    let agenda = json!({ "items": [] });
    for (who, plans, runs) in callers {
        let planned = stage.planned().await;
        let path = format!("/conferences/{}", planned.id());
        assert_eq!(house.post(who, "/conferences", stage.plan()).await.status, plans, "{who:?}");
        assert_eq!(house.patch(who, &path, "*", json!({ "title": "Khác" })).await.status, runs, "{who:?}");
        assert_eq!(house.put(who, &format!("{path}/agenda"), "*", agenda.clone()).await.status, runs, "{who:?}");
        assert_eq!(stage.step(who, &planned.id(), "open", Value::Null).await.status, runs, "{who:?}");
        let cancelled = stage.step(who, &planned.id(), "cancel", json!({ "reason": "Bão số 3" })).await;
        assert_eq!(cancelled.status, runs, "{who:?}");
        if runs == 200 {
            assert_eq!(
                (cancelled.text("/state"), cancelled.text("/cancel_reason")),
                ("cancelled".into(), "Bão số 3".into())
            );
        }
    }
    // What a cycle that has ended still has is run to its end, but nothing new is planned.
    let planned = stage.planned().await;
    move_cycle(house, stage.cycle_id, CycleState::Closed).await;
    house.post(secretary(), "/conferences", stage.plan()).await.problem(409, "wrong-state");
    stage.step(officer_of(stage.head), &planned.id(), "open", Value::Null).await.expect(200);
    // A conference hangs on its cycle.
    move_cycle(house, stage.cycle_id, CycleState::Draft).await;
    house.delete(secretary(), &format!("/cycles/{}", stage.cycle_id), "*").await.problem(409, "conflict");
}

#[actix_web::test]
async fn what_a_conference_cannot_be() {
    let stage = Stage::set().await;
    let house = &stage.house;
    let cases = [
        ("kind", json!("lunch"), "/kind unknown_value"),
        ("title", json!(" "), "/title blank"),
        ("title", json!("x".repeat(301)), "/title too_long"),
        ("place", json!("Hà\nNội"), "/place several_lines"),
        ("cycle_id", json!(Uuid::nil()), "/cycle_id unknown_reference"),
        ("host_province_id", json!(stage.outsider), "/host_province_id not_a_member"),
        ("starts_at", json!("1999-12-31T00:00:00Z"), "/starts_at range"),
        ("ends_at", json!("2024-03-01T07:00:00+07:00"), "/ends_at before_start"),
        ("ends_at", json!("2500-01-01T00:00:00Z"), "/ends_at range"),
        ("state", json!("open"), "/state unknown_member"),
    ];
    for (member, value, fault) in cases {
        let mut body = stage.plan();
        body[member] = value;
        let refused = house.post(secretary(), "/conferences", body).await;
        assert_eq!(refused.problem(422, "invalid"), [fault]);
    }
    let planned = stage.planned().await;
    let path = format!("/conferences/{}", planned.id());
    house.patch(secretary(), &path, "\"9\"", json!({ "title": "Khác" })).await.problem(412, "stale");
    let unseen = actix_web::test::TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({}));
    house.send(secretary(), unseen).await.problem(428, "precondition-required");
    let ends = json!({ "ends_at": "2024-02-01T00:00:00Z" });
    assert_eq!(house.patch(secretary(), &path, "*", ends).await.problem(422, "invalid"), ["/ends_at before_start"]);
    let host = json!({ "host_province_id": stage.outsider });
    assert_eq!(
        house.patch(secretary(), &path, "*", host).await.problem(422, "invalid"),
        ["/host_province_id not_a_member"]
    );
    let moved = json!({ "starts_at": "2024-03-02T00:00:00+07:00", "host_province_id": null, "place": "Phú Thọ" });
    let moved = house.patch(secretary(), &path, "*", moved).await.expect(200);
    assert_eq!((moved.text("/place"), &moved.body["host_province_id"]), ("Phú Thọ".into(), &Value::Null));
    let early = stage.step(secretary(), &planned.id(), "open", Value::Null).await;
    assert_eq!(early.blockers(), ["before_its_day"]);

    let list = json!({ "participants": [
        { "role": "chair", "title": "Chủ tịch", "province_id": stage.member, "organisation": "Bộ Nội vụ" },
        { "role": "chair", "title": "Chủ tịch", "province_id": Uuid::nil() },
    ]});
    let refused = house.put(secretary(), &format!("{path}/participants"), "*", list).await.problem(422, "invalid");
    assert_eq!(refused, ["/participants/0/organisation either_or", "/participants/1/province_id unknown_reference"]);
    let agenda = json!({ "items": [
        { "starts_at": "2024-03-02T09:00:00Z", "title": "Một" }, { "starts_at": "2024-03-02T08:00:00Z", "title": "Hai" },
    ]});
    let refused = house.put(secretary(), &format!("{path}/agenda"), "*", agenda).await.problem(422, "invalid");
    assert_eq!(refused, ["/items/1/starts_at not_in_order"]);
    let many = json!({ "items": vec![json!({ "title": "Nội dung" }); 501] });
    let refused = house.put(secretary(), &format!("{path}/agenda"), "*", many).await.problem(422, "invalid");
    assert_eq!(refused, ["/items length"]);
    let most = json!({ "items": vec![json!({ "title": "Nội dung" }); 500] });
    let most = house.put(secretary(), &format!("{path}/agenda"), "*", most).await.expect(200);
    assert_eq!(most.body["agenda"].as_array().unwrap().len(), 500);
}

#[actix_web::test]
async fn the_public_sees_what_is_held_of_a_published_cycle() {
    let stage = Stage::set().await;
    let house = &stage.house;
    let mut ids = vec![];
    for state in [ConferenceState::Planned, ConferenceState::Open, ConferenceState::Cancelled] {
        ids.push(fixtures::conference(house, stage.cycle_id, stage.member, state).await.to_string());
    }
    ids.push(stage.closed().await.id());
    let speech = json!({ "title": "Tham luận", "speaker_name": "A" });
    house.post(secretary(), &format!("/conferences/{}/speeches", ids[3]), speech).await.problem(409, "wrong-state");
    let appraiser = fixtures::appraiser(house, stage.cycle_id, None).await;
    let all = [true; 4];
    let held = [false, true, false, true];
    #[rustfmt::skip]
    let callers = [
        // who                            before and after publication    the minutes
        (officer_of(stage.member),        all,        all,  true),
        (appraiser,                       all,        all,  true),
        (secretary(),                     all,        all,  true),
        (administrator(),                 all,        all,  true),
        (auditor(),                       all,        all,  true),
        (officer_of(stage.outsider),      [false; 4], held, false),
        (someone(Role::Appraiser, None),  [false; 4], held, false),
        (NOBODY,                          [false; 4], held, false),
    ];
    for (state, after) in [(CycleState::Active, false), (CycleState::Published, true), (CycleState::Closed, true)] {
        move_cycle(house, stage.cycle_id, state).await;
        for (who, before, published, minutes) in callers {
            let expected = if after { published } else { before };
            let list = house.get(who, &format!("/conferences?cycle_id={}&sort=created_at", stage.cycle_id)).await;
            let listed = list.expect(200).column("id");
            for list in ["speeches", "resolutions"] {
                let found =
                    house.get(who, &format!("/{list}?cycle_id={}&total=true", stage.cycle_id)).await.expect(200);
                let of = found.column("conference_id");
                // The closed one has neither.
                let shown = ids[..3].iter().zip(expected).filter(|(_, seen)| *seen).map(|(id, _)| json!(id));
                assert_eq!(of, shown.collect::<Vec<_>>(), "{list}, {who:?}");
                assert_eq!(found.body["page"]["total"], of.len());
                for id in found.column("id") {
                    house.get(who, &format!("/{list}/{}", id.as_str().unwrap())).await.expect(200);
                }
            }
            for (id, seen) in ids.iter().zip(expected) {
                assert_eq!(listed.contains(&json!(id)), seen, "{who:?}, {state:?}");
                let one = house.get(who, &format!("/conferences/{id}")).await;
                assert_eq!(one.status, if seen { 200 } else { 404 }, "{who:?}, {state:?}");
                if seen {
                    assert_eq!(one.body.get("minutes").is_some(), minutes, "{who:?}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn provinces_add_their_own_speeches() {
    let stage = Stage::set().await;
    let house = &stage.house;
    let planned = stage.planned().await;
    let path = format!("/conferences/{}/speeches", planned.id());
    let speech = |province_id: Option<Uuid>| json!({ "title": "Kinh nghiệm", "speaker_name": "Nguyễn Văn A", "province_id": province_id, "text": "Kính thưa…" });
    #[rustfmt::skip]
    let callers = [
        // who                          for the member, for another, for none
        (officer_of(stage.member),      [201, 403, 403]),
        (officer_of(stage.host),        [201, 201, 201]),
        (officer_of(stage.deputy),      [201, 201, 201]),
        (secretary(),                   [201, 201, 201]),
        (auditor(),                     [403, 403, 403]),
        (officer_of(stage.outsider),    [404, 404, 404]),
        (NOBODY,                        [401, 401, 401]),
    ];
    for (who, expected) in callers {
        let subjects = [Some(stage.member), Some(stage.outsider), None];
        for (province_id, status) in subjects.into_iter().zip(expected) {
            assert_eq!(house.post(who, &path, speech(province_id)).await.status, status, "{who:?}");
        }
    }
    // An outsider speaks for itself only where it is a member.
    house.post(officer_of(stage.outsider), &path, speech(Some(stage.outsider))).await.problem(404, "not-found");
    let unknown = house.post(secretary(), &path, speech(Some(Uuid::nil()))).await.problem(422, "invalid");
    assert_eq!(unknown, ["/province_id unknown_reference"]);

    let made = house.post(officer_of(stage.member), &path, speech(Some(stage.member))).await.expect(201);
    let one = format!("/speeches/{}", made.id());
    assert_eq!(made.header("location"), format!("/api/v1{one}"));
    let patch = json!({ "title": "Kinh nghiệm mới", "text": null, "speaker_title": "Giám đốc" });
    house.patch(officer_of(stage.outsider), &one, "*", patch.clone()).await.problem(404, "not-found");
    let changed = house.patch(officer_of(stage.member), &one, made.etag(), patch.clone()).await.expect(200);
    let told = ["title", "text", "speaker_title", "speaker_name", "version"].map(|name| changed.body[name].clone());
    assert_eq!(json!(told), json!(["Kinh nghiệm mới", null, "Giám đốc", "Nguyễn Văn A", 2]));
    house.patch(officer_of(stage.member), &one, made.etag(), patch).await.problem(412, "stale");
    let other = house.post(secretary(), &path, speech(Some(stage.host))).await.expect(201);
    let foreign = format!("/speeches/{}", other.id());
    house.patch(officer_of(stage.member), &foreign, "*", json!({ "title": "Khác" })).await.problem(403, "forbidden");
    house.delete(officer_of(stage.member), &foreign, "*").await.problem(403, "forbidden");
    house.delete(officer_of(stage.host), &foreign, other.etag()).await.expect(204);
    house.get(secretary(), &foreign).await.problem(404, "not-found");

    let list = format!("/speeches?conference_id={}&province_id={}&expand=province", planned.id(), stage.member);
    let (listed, statements) = house.counting(house.get(officer_of(stage.member), &list)).await;
    let names: Vec<_> = listed.expect(200).column("province").iter().map(|one| one["name"].clone()).collect();
    assert_eq!((names, statements), (vec![json!("Tỉnh C4"); 5], 2));
    let entries = house.get(auditor(), "/journal?resource_type=speech&action=speech.delete").await.expect(200);
    assert_eq!(entries.column("resource_id"), [json!(other.id())]);
}
