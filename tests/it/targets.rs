//! Stories of targets: promised, reached, counted.

use actix_web::{http::header, test::TestRequest};
use entity::vocab::CycleState;
use serde_json::{Value, json};
use thidua::domain::policy::Account;

use super::{
    authz::Door,
    fixtures::{appraiser, officer_of},
    pledges::{Year, signature, year},
    support::{NOBODY, Reply, administrator, auditor, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                   nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/targets",        [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/targets",        [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/targets/{id}",   [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/targets/{id}",   [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/targets/{id}",   [401,  404,    404,      404,    404,      404]),
];

fn body(pledge: &Reply) -> Value {
    json!({
        "pledge_id": pledge.id(), "name": "Tỷ lệ che phủ rừng", "unit": "%", "direction": "higher_is_better",
        "target": 63,
    })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

impl Year {
    async fn register(&self, who: Option<Account>, body: Value) -> Reply {
        self.house.post(who, "/targets", body).await
    }

    async fn report(&self, who: Option<Account>, seen: &Reply, body: Value) -> Reply {
        self.house.patch(who, &format!("/targets/{}", seen.id()), seen.etag(), body).await
    }
}

#[actix_web::test]
async fn a_target_is_promised_changed_and_reached() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let draft = year.draft(year.member).await;
    let made = year.register(officer, body(&draft)).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/targets/{}", made.id()));
    assert_eq!((&made.body["position"], made.text("/outcome")), (&json!(1), "open".into()));
    assert_eq!((&made.body["actual"], &made.body["baseline"]), (&Value::Null, &Value::Null));
    assert_eq!((&made.body["target"], made.text("/certainty")), (&json!(63), "verified".into()));
    year.report(officer, &made, json!({ "actual": 1 })).await.problem(409, "wrong-state");

    let changed =
        json!({ "name": "Che phủ", "target": 62.4999, "baseline": -0.5, "certainty": "invented", "position": 7 });
    let changed = year.report(officer, &made, changed).await.expect(200);
    assert_eq!((&changed.body["target"], &changed.body["baseline"]), (&json!(62.4999), &json!(-0.5)));
    let second = year.register(officer, body(&draft)).await.expect(201);
    assert_eq!(second.body["position"], 8);
    year.register(officer, with(body(&draft), "position", json!(7))).await.problem(409, "conflict");
    year.report(officer, &second, json!({ "position": 7 })).await.problem(409, "conflict");
    let same = year.report(officer, &changed, json!({ "name": "Che phủ", "actual": null })).await.expect(200);
    assert_eq!(same.etag(), changed.etag());

    let signed = year.step(officer, &draft, "sign", signature()).await.expect(200);
    for promise in [json!({ "target": 1 }), json!({ "name": "Khác", "actual": 1 }), json!({ "baseline": null })] {
        year.report(officer, &changed, promise).await.problem(409, "wrong-state");
    }
    year.house.delete(officer, &format!("/targets/{}", made.id()), changed.etag()).await.problem(409, "wrong-state");
    let third = year.register(officer, body(&signed)).await.expect(201);
    assert_eq!(third.body["position"], 9);

    year.moves(CycleState::SelfScoring).await;
    year.register(officer, body(&signed)).await.problem(409, "wrong-state");
    let figure = json!({ "actual": 62.5, "source": "Báo cáo năm", "name": "Che phủ" });
    let reached = year.report(officer, &changed, figure).await.expect(200);
    assert_eq!((reached.text("/outcome"), reached.text("/source")), ("exceeded".into(), "Báo cáo năm".into()));
    let zero = year.report(officer, &reached, json!({ "actual": 0 })).await.expect(200);
    assert_eq!((&zero.body["actual"], zero.text("/outcome")), (&json!(0), "missed".into()));
    let cleared = year.report(officer, &zero, json!({ "actual": null, "source": null })).await.expect(200);
    assert_eq!((&cleared.body["source"], cleared.text("/outcome")), (&Value::Null, "open".into()));
    assert_eq!(year.read(officer, &signed).await.etag().split('-').next(), signed.etag().split('-').next());

    year.moves(CycleState::Published).await;
    year.report(officer, &cleared, json!({ "actual": 70 })).await.problem(409, "wrong-state");
    assert_eq!(
        year.journal().await,
        [
            "pledge.create 1",
            "target.create 1",
            "target.update 2",
            "target.create 1",
            "pledge.sign 2",
            "target.create 1",
            "target.update 3",
            "target.update 4",
            "target.update 5"
        ]
    );
}

#[actix_web::test]
async fn a_target_leaves_a_draft() {
    let year = year(CycleState::Draft).await;
    let officer = officer_of(year.member);
    let draft = year.draft(year.member).await;
    let made = year.register(officer, body(&draft)).await.expect(201);
    let path = format!("/targets/{}", made.id());
    year.house.delete(officer, &path, "\"2\"").await.problem(412, "stale");
    let blind = TestRequest::delete().uri(&format!("/api/v1{path}"));
    year.house.send(officer, blind).await.problem(428, "precondition-required");
    let blind = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({}));
    year.house.send(officer, blind).await.problem(428, "precondition-required");
    let had = TestRequest::get().uri(&format!("/api/v1{path}")).insert_header((header::IF_NONE_MATCH, made.etag()));
    year.house.send(officer, had).await.expect(304);
    year.house.delete(officer, &path, made.etag()).await.expect(204);
    year.house.get(officer, &path).await.problem(404, "not-found");
    year.moves(CycleState::Interrupted).await;
    year.register(officer, body(&draft)).await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn the_year_of_yen_bai_is_told_in_one_sentence() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let signed = year.signed(year.member).await;
    for number in 0..32 {
        let made = year.register(officer, body(&signed)).await.expect(201);
        let actual = match number {
            0..17 => json!(63.0001),
            17..29 => json!(63),
            _ => json!(0),
        };
        year.report(officer, &made, json!({ "actual": actual })).await.expect(200);
    }
    let summary = |text: &str| json!({ "total": 32, "met": 29, "exceeded": 17, "missed": 3, "open": 0, "text": text });
    let told = year.read(officer, &signed).await.expect(200);
    assert_eq!(told.body["targets_summary"], summary("29 of 32 met, 17 exceeded"));
    let ask = TestRequest::get().uri("/api/v1/pledges").insert_header((header::ACCEPT_LANGUAGE, "vi"));
    let told = year.house.send(officer, ask).await.expect(200);
    assert_eq!(told.column("targets_summary"), [summary("29/32 chỉ tiêu đạt, trong đó 17 chỉ tiêu vượt")]);
}

#[actix_web::test]
async fn filters_counts_and_members_tell_the_same_outcomes() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let signed = year.signed(year.member).await;
    for direction in ["higher_is_better", "lower_is_better"] {
        for target in [json!(-1), json!(0), json!(1e14), json!(0.0001)] {
            for actual in [Value::Null, json!(-1), json!(0), json!(1e14), json!(0.0001), json!(0.0002), json!(-1e14)] {
                let new = with(with(body(&signed), "direction", json!(direction)), "target", target.clone());
                let made = year.register(officer, new).await.expect(201);
                year.report(officer, &made, json!({ "actual": actual })).await.expect(200);
            }
        }
    }
    let all = year.house.get(officer, "/targets?limit=200").await.expect(200);
    let summary = year.read(officer, &signed).await.body["targets_summary"].clone();
    let mut seen = 0;
    for outcome in ["open", "exceeded", "met", "missed"] {
        let found =
            year.house.get(officer, &format!("/targets?outcome={outcome}&limit=200&total=true")).await.expect(200);
        let items = all.body["data"].as_array().unwrap().iter();
        let expected: Vec<_> = items.filter(|one| one["outcome"] == outcome).map(|one| one["id"].clone()).collect();
        assert_eq!(found.column("id"), expected, "{outcome}");
        assert_eq!(found.body["page"]["total"], expected.len(), "{outcome}");
        let counted = if outcome == "met" { &summary["met"] } else { &json!(expected.len()) };
        assert_eq!(&summary[outcome], counted, "{outcome}");
        seen += expected.len();
    }
    assert_eq!((seen, &summary["total"]), (56, &json!(56)));
    let met = year.house.get(officer, "/targets?outcome=met,exceeded&total=true&limit=1").await.expect(200);
    assert_eq!(met.body["page"]["total"], summary["met"]);
}

#[actix_web::test]
async fn targets_are_found_sorted_and_dressed() {
    let year = year(CycleState::Active).await;
    let signed = year.signed(year.member).await;
    let other = year.signed(year.head).await;
    for name in ["Đường bê tông", "Dân số", "Ăn học", "Êm đềm"] {
        year.register(secretary(), with(body(&signed), "name", json!(name))).await.expect(201);
    }
    let poor = with(with(body(&other), "name", json!("Tỷ lệ hộ nghèo")), "direction", json!("lower_is_better"));
    year.register(secretary(), poor).await.expect(201);
    let by_pledge = ["Đường bê tông", "Dân số", "Ăn học", "Êm đềm", "Tỷ lệ hộ nghèo"];
    #[rustfmt::skip]
    let cases: Vec<(String, Vec<&str>)> = vec![
        (String::new(),                                       by_pledge.to_vec()),
        ("sort=name".into(),                                  vec!["Ăn học", "Dân số", "Đường bê tông", "Êm đềm", "Tỷ lệ hộ nghèo"]),
        ("sort=-position,name".into(),                        vec!["Êm đềm", "Ăn học", "Dân số", "Đường bê tông", "Tỷ lệ hộ nghèo"]),
        ("sort=-created_at,-pledge_id,-position".into(),      vec!["Tỷ lệ hộ nghèo", "Êm đềm", "Ăn học", "Dân số", "Đường bê tông"]),
        ("q=duong%20BE%20tong".into(),                        vec!["Đường bê tông"]),
        ("q=H%C3%B4%CC%A3%20ngh%C3%A8o".into(),               vec!["Tỷ lệ hộ nghèo"]),
        ("q=%25".into(),                                      vec![]),
        ("direction=lower_is_better".into(),                  vec!["Tỷ lệ hộ nghèo"]),
        (format!("pledge_id={}", other.id()),                 vec!["Tỷ lệ hộ nghèo"]),
        (format!("province_id={}&cycle_id={}", year.head, year.cycle), vec!["Tỷ lệ hộ nghèo"]),
        (format!("cycle_id={}", year.outsider),               vec![]),
        ("outcome=met".into(),                                vec![]),
    ];
    for (query, expected) in cases {
        let list = year.house.get(auditor(), &format!("/targets?{query}")).await.expect(200);
        assert_eq!(list.column("name"), expected, "{query}");
    }
    let dressed = year.house.get(auditor(), "/targets?expand=pledge&q=ngheo").await.expect(200);
    let brief = json!({ "id": other.id(), "cycle_id": year.cycle, "province_id": year.head, "state": "signed" });
    assert_eq!(dressed.column("pledge"), std::slice::from_ref(&brief));
    let path = format!("/targets/{}", dressed.text("/data/0/id"));
    assert_eq!(year.house.get(auditor(), &format!("{path}?expand=pledge")).await.expect(200).body["pledge"], brief);
    #[rustfmt::skip]
    let faults = [
        ("/targets?outcome=won",            "outcome unreadable"),
        ("/targets?direction=up",           "direction unreadable"),
        ("/targets?sort=actual",            "sort unreadable"),
        ("/targets?expand=cycle",           "expand unreadable"),
        ("/targets?actual=0",               "actual unknown_parameter"),
        ("/targets?q=%00",                  "q control_character"),
        (&format!("{path}?outcome=met"),    "outcome unknown_parameter"),
    ];
    for (path, fault) in faults {
        assert_eq!(year.house.get(auditor(), path).await.problem(400, "bad-parameter"), [fault], "{path}");
    }
}

#[actix_web::test]
async fn a_target_is_seen_and_written_like_its_pledge() {
    let year = year(CycleState::Active).await;
    let draft = year.draft(year.member).await;
    let made = year.register(officer_of(year.member), body(&draft)).await.expect(201);
    let path = format!("/targets/{}", made.id());
    let assigned = appraiser(&year.house, year.cycle, Some(year.member)).await;
    #[rustfmt::skip]
    let rows = [
        // who                                        draft signed published write
        ("administrator", administrator(),            [200, 200, 200], 403),
        ("auditor",       auditor(),                  [200, 200, 200], 403),
        ("head",          officer_of(year.head),      [200, 200, 200], 403),
        ("appraiser",     assigned,                   [200, 200, 200], 403),
        ("deputy",        officer_of(year.deputy),    [404, 200, 200], 404),
        ("outsider",      officer_of(year.outsider),  [404, 404, 404], 404),
        ("nobody",        NOBODY,                     [401, 401, 401], 401),
        ("secretary",     secretary(),                [200, 200, 200], 200),
    ];
    for (name, who, _, status) in rows {
        assert_eq!(year.report(who, &made, json!({ "name": made.text("/name") })).await.status, status, "{name}");
        let post = if matches!(status, 404) { 422 } else { status };
        if status != 200 {
            assert_eq!(year.register(who, body(&draft)).await.status, post, "{name}");
            assert_eq!(year.house.delete(who, &path, made.etag()).await.status, status, "{name}");
        }
    }
    let hidden = year.register(officer_of(year.deputy), body(&draft)).await.problem(422, "invalid");
    assert_eq!(hidden, ["/pledge_id unknown_reference"]);
    for step in 0..3 {
        if step == 1 {
            year.step(secretary(), &draft, "sign", signature()).await.expect(200);
        } else if step == 2 {
            year.moves(CycleState::Published).await;
        }
        for (name, who, statuses, _) in rows {
            assert_eq!(year.house.get(who, &path).await.status, statuses[step], "{name} {step}");
            let list = year.house.get(who, "/targets?total=true").await;
            let total = match statuses[step] {
                200 => json!(1),
                404 => json!(0),
                _ => Value::Null,
            };
            assert_eq!(list.body.pointer("/page/total").unwrap_or(&Value::Null), &total, "{name} {step}");
        }
    }
}

#[actix_web::test]
async fn bad_bodies_name_their_fault_and_change_nothing() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let draft = year.draft(year.member).await;
    let but = |name: &str, value: Value| with(body(&draft), name, value);
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                  "/pledge_id required"),
        (json!("x"),                                 " wrong_type"),
        (but("pledge_id", json!(year.cycle)),        "/pledge_id unknown_reference"),
        (but("pledge_id", json!("x")),               "/pledge_id wrong_type"),
        (but("actual", json!(1)),                    "/actual unknown_member"),
        (but("target_value", json!(1)),              "/target_value unknown_member"),
        (but("name", json!("\u{a0}")),               "/name blank"),
        (but("name", json!("x".repeat(301))),        "/name too_long"),
        (but("name", json!("a\u{7}")),               "/name control_character"),
        (but("unit", json!("")),                     "/unit blank"),
        (but("unit", json!("x".repeat(101))),        "/unit too_long"),
        (but("direction", json!("Higher")),          "/direction unknown_value"),
        (but("direction", Value::Null),              "/direction wrong_type"),
        (but("target", Value::Null),                 "/target wrong_type"),
        (but("target", json!("63")),                 "/target wrong_type"),
        (but("target", json!(0.00001)),              "/target too_precise"),
        (but("target", json!(100_000_000_000_001_i64)), "/target out_of_range"),
        (but("baseline", json!(-1e300)),             "/baseline out_of_range"),
        (but("position", json!(0)),                  "/position range"),
        (but("position", json!(-1)),                 "/position range"),
        (but("position", json!(10_001)),             "/position range"),
        (but("position", json!(4_000_000_000_i64)),  "/position wrong_type"),
        (but("position", json!(1.5)),                "/position wrong_type"),
        (but("certainty", json!("")),                "/certainty unknown_value"),
    ];
    for (body, fault) in cases {
        let faults = year.register(officer, body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let told = with(but("name", json!("Hô\u{323} nghe\u{300}o 🎏")), "unit", json!("ho\u{323}\u{302}"));
    let made = year.register(officer, told).await.expect(201);
    assert_eq!((made.text("/name"), made.text("/unit")), ("Hộ nghèo 🎏".into(), "hộ".into()));
    for (body, fault) in [
        (json!({ "target": null }), "/target wrong_type"),
        (json!({ "pledge_id": draft.id() }), "/pledge_id unknown_member"),
        (json!({ "outcome": "met" }), "/outcome unknown_member"),
        (json!({ "source": "" }), "/source blank"),
        (json!({ "source": "a\nb" }), "/source several_lines"),
        (json!({ "actual": true }), "/actual wrong_type"),
        (json!({ "actual": 0.12345 }), "/actual too_precise"),
        (json!({ "position": null }), "/position wrong_type"),
    ] {
        assert_eq!(year.report(officer, &made, body.clone()).await.problem(422, "invalid"), [fault], "{body}");
    }
    assert_eq!(year.journal().await, ["pledge.create 1", "target.create 1"]);
}

#[actix_web::test]
async fn of_twins_one_wins() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let signed = year.signed(year.member).await;
    for round in 1..=20 {
        let post = || year.register(officer, with(body(&signed), "position", json!(round)));
        let (one, two) = tokio::join!(post(), post());
        let (made, lost) = if one.status == 201 { (one, two) } else { (two, one) };
        lost.problem(409, "conflict");
        let made = made.expect(201);

        let patch = |actual: i32| year.report(officer, &made, json!({ "actual": actual }));
        let (one, two) = tokio::join!(patch(1), patch(2));
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        lost.problem(412, "stale");
        let read = year.house.get(officer, &format!("/targets/{}", made.id())).await;
        assert_eq!(read.body, won.expect(200).body, "round {round}");
    }
    // Without a position each finds its own.
    let post = || year.register(officer, body(&signed));
    let (one, two, three) = tokio::join!(post(), post(), post());
    let mut positions = [one, two, three].map(|made| made.expect(201).body["position"].as_i64());
    positions.sort_unstable();
    assert_eq!(positions, [Some(21), Some(22), Some(23)]);
}
