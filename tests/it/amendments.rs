//! Stories of amendments: a signed pledge changes only with a reason, and what was promised stays on record.

use actix_web::{http::header, test::TestRequest};
use entity::vocab::CycleState;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    fixtures::officer_of,
    pledges::{Year, signature, year},
    support::{Reply, auditor, secretary},
};

fn target(pledge: &Reply, name: &str, target: i32) -> Value {
    json!({ "pledge_id": pledge.id(), "name": name, "unit": "%", "direction": "higher_is_better", "target": target })
}

/// The signed pledge of the member, with three targets.
async fn promised(year: &Year) -> (Reply, Vec<Reply>) {
    let signed = year.signed(year.member).await;
    let mut targets = vec![];
    for (name, figure) in [("Một", 10), ("Hai", 20), ("Ba", 30)] {
        let body = target(&signed, name, figure);
        targets.push(year.house.post(officer_of(year.member), "/targets", body).await.expect(201));
    }
    (signed, targets)
}

impl Year {
    async fn amend(&self, pledge: &Reply, body: Value) -> Reply {
        self.step(officer_of(self.member), pledge, "amend", body).await
    }

    /// The targets of a pledge in their order: `position name target version`.
    async fn targets(&self, pledge: &Reply) -> Vec<String> {
        let list = self.house.get(auditor(), &format!("/targets?pledge_id={}", pledge.id())).await.expect(200);
        let targets = list.body["data"].as_array().unwrap().iter();
        let line = |one: &Value| {
            format!("{} {} {} v{}", one["position"], one["name"].as_str().unwrap(), one["target"], one["version"])
        };
        targets.map(line).collect()
    }

    async fn amendments(&self, pledge: &Reply, query: &str) -> Reply {
        self.house
            .get(officer_of(self.member), &format!("/pledges/{}/amendments{query}", pledge.id()))
            .await
            .expect(200)
    }
}

#[actix_web::test]
async fn what_changes_is_recorded_and_all_of_it_happens() {
    let year = year(CycleState::Active).await;
    let (signed, targets) = promised(&year).await;
    let (one, two) = (targets[0].id(), targets[1].id());
    let body = json!({
        "reason": "Điều chỉnh theo nghị quyết của Hội đồng nhân dân tỉnh",
        "text": "Cam kết đã điều chỉnh.", "signatory_title": "Quyền Chủ tịch",
        "targets": [
            { "id": one, "target": 12.5, "baseline": 0 },
            { "name": "Bốn", "unit": "xã", "direction": "lower_is_better", "target": 0 },
            { "id": targets[2].id(), "name": "Ba" },
        ],
        "remove_target_ids": [two],
    });
    let amended = year.amend(&signed, body).await.expect(200);
    assert_eq!((amended.text("/state"), &amended.body["version"]), ("signed".into(), &json!(3)));
    assert_eq!(
        (amended.text("/text"), amended.text("/signatory_title"), amended.text("/signatory_name")),
        ("Cam kết đã điều chỉnh.".into(), "Quyền Chủ tịch".into(), "Nguyễn Văn A".into())
    );
    assert_eq!(amended.body["targets_summary"]["open"], 3);
    assert_eq!(year.targets(&signed).await, ["1 Một 12.5 v2", "3 Ba 30 v1", "4 Bốn 0 v1"]);

    let list = year.amendments(&signed, "?total=true").await;
    assert_eq!(list.body["page"]["total"], 1);
    let recorded = &list.body["data"][0];
    assert_eq!((&recorded["number"], &recorded["pledge_id"]), (&json!(1), &json!(signed.id())));
    assert_eq!(recorded["amended_at"], "2024-03-01T08:00:00Z");
    assert!(recorded["amended_by"].is_string());
    let added = recorded["after"]["targets"][1]["id"].clone();
    let promise = |id: Value, position: i32, name: &str, unit: &str, way: &str, baseline: Value, target: Value| {
        json!({
            "id": id, "position": position, "name": name, "unit": unit, "direction": way, "baseline": baseline,
            "target": target, "certainty": "verified",
        })
    };
    let higher = "higher_is_better";
    let before = json!({
        "text": "Cam kết hoàn thành các chỉ tiêu.", "signatory_name": "Nguyễn Văn A", "signatory_title": "Chủ tịch",
        "signed_at": "2024-03-01T07:30:00Z", "signed_place": "Bắc Kạn",
        "targets": [
            promise(json!(one), 1, "Một", "%", higher, Value::Null, json!(10)),
            promise(json!(two), 2, "Hai", "%", higher, Value::Null, json!(20)),
        ],
    });
    let after = json!({
        "text": "Cam kết đã điều chỉnh.", "signatory_name": "Nguyễn Văn A", "signatory_title": "Quyền Chủ tịch",
        "signed_at": "2024-03-01T07:30:00Z", "signed_place": "Bắc Kạn",
        "targets": [
            promise(json!(one), 1, "Một", "%", higher, json!(0), json!(12.5)),
            promise(added, 4, "Bốn", "xã", "lower_is_better", Value::Null, json!(0)),
        ],
    });
    assert_eq!((&recorded["before"], &recorded["after"]), (&before, &after));
    let journal = year.journal().await;
    assert_eq!(journal[5..], ["target.delete 1", "target.update 2", "target.create 1", "pledge.amend 3"]);

    let again = json!({ "reason": "Sửa ngày ký", "signed_at": "2024-02-29T09:00:00+07:00" });
    let again = year.amend(&amended, again).await.expect(200);
    assert_eq!(again.text("/signed_at"), "2024-02-29T02:00:00Z");
    let list = year.amendments(&signed, "?sort=-number&limit=1").await;
    assert_eq!((list.column("number"), list.column("reason")), (vec![json!(2)], vec![json!("Sửa ngày ký")]));
    let link =
        list.header("link").strip_prefix("</api/v1").unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned();
    let rest = year.house.get(officer_of(year.member), &link).await.expect(200);
    assert_eq!((rest.column("number"), rest.header("link")), (vec![json!(1)], ""));
}

#[actix_web::test]
async fn targets_change_places() {
    let year = year(CycleState::Launched).await;
    let (signed, targets) = promised(&year).await;
    let place = |target: &Reply, position: i32| json!({ "id": target.id(), "position": position });
    let body = json!({
        "reason": "Sắp xếp lại", "remove_target_ids": [targets[2].id()],
        "targets": [
            place(&targets[0], 2), place(&targets[1], 3),
            { "name": "Đầu", "unit": "%", "direction": "higher_is_better", "target": 1, "position": 1 },
            { "name": "Cuối", "unit": "%", "direction": "higher_is_better", "target": 1 },
        ],
    });
    let amended = year.amend(&signed, body).await.expect(200);
    assert_eq!(year.targets(&signed).await, ["1 Đầu 1 v1", "2 Một 10 v2", "3 Hai 20 v2", "4 Cuối 1 v1"]);
    let body = json!({ "reason": "Đổi chỗ", "targets": [place(&targets[0], 3), place(&targets[1], 2)] });
    let amended = year.amend(&amended, body).await.expect(200);
    assert_eq!(year.targets(&signed).await, ["1 Đầu 1 v1", "2 Hai 20 v3", "3 Một 10 v3", "4 Cuối 1 v1"]);
    let clash = json!({ "reason": "Trùng chỗ", "targets": [
        place(&targets[0], 1), { "name": "X", "unit": "%", "direction": "higher_is_better", "target": 1, "position": 4 },
    ] });
    let faults = year.amend(&amended, clash).await.problem(422, "invalid");
    assert_eq!(faults, ["/targets/0/position taken", "/targets/1/position taken"]);
}

#[actix_web::test]
async fn a_draft_or_a_year_gone_on_is_not_amended() {
    let year = year(CycleState::Active).await;
    let draft = year.draft(year.member).await;
    let body = json!({ "reason": "Vì", "text": "Khác" });
    year.amend(&draft, body.clone()).await.problem(409, "wrong-state");
    let signed = year.step(secretary(), &draft, "sign", signature()).await.expect(200);
    for state in [CycleState::SelfScoring, CycleState::Published, CycleState::Interrupted] {
        year.moves(state).await;
        year.amend(&signed, body.clone()).await.problem(409, "wrong-state");
    }
    assert_eq!(year.amendments(&signed, "").await.column("id"), Vec::<Value>::new());
}

#[actix_web::test]
async fn bad_amendments_name_their_faults_and_change_nothing() {
    let year = year(CycleState::Active).await;
    let (signed, targets) = promised(&year).await;
    let foreign = year.signed(year.head).await;
    let foreign = year.house.post(secretary(), "/targets", target(&foreign, "Ngoài", 1)).await.expect(201).id();
    let (one, two, stranger) = (targets[0].id(), targets[1].id(), Uuid::now_v7());
    let with = |body: Value| {
        let mut body = body;
        body["reason"] = json!("Vì nghị quyết mới");
        body
    };
    let of = |targets: Value| with(json!({ "targets": targets }));
    let whole = json!({ "name": "Mới", "unit": "%", "direction": "higher_is_better", "target": 1 });
    let but = |name: &str, value: Value| {
        let mut whole = whole.clone();
        whole[name] = value;
        of(json!([whole]))
    };
    #[rustfmt::skip]
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({ "text": "Khác" }),                           &["/reason required"]),
        (json!({ "reason": " ", "text": "Khác" }),            &["/reason blank"]),
        (with(json!({})),                                     &[" unchanged"]),
        (with(json!({ "text": "Cam kết hoàn thành các chỉ tiêu.", "targets": [{ "id": one, "target": 10.0 }] })), &[" unchanged"]),
        (with(json!({ "text": null })),                       &["/text wrong_type"]),
        (with(json!({ "text": "nul\0" })),                    &["/text control_character"]),
        (with(json!({ "state": "draft" })),                   &["/state unknown_member"]),
        (with(json!({ "signed_at": "1970-01-01T00:00:00Z" })), &["/signed_at range"]),
        (with(json!({ "targets": {} })),                      &["/targets wrong_type"]),
        (with(json!({ "remove_target_ids": [one, one] })),    &["/remove_target_ids/1 duplicate"]),
        (with(json!({ "remove_target_ids": [stranger] })),    &["/remove_target_ids/0 unknown_reference"]),
        (with(json!({ "remove_target_ids": [foreign] })),     &["/remove_target_ids/0 unknown_reference"]),
        (with(json!({ "remove_target_ids": ["1"] })),         &["/remove_target_ids/0 wrong_type"]),
        (with(json!({ "targets": [{ "id": one, "target": 1 }], "remove_target_ids": [one] })), &["/remove_target_ids/0 duplicate"]),
        (of(json!([{ "id": foreign, "target": 2 }])),         &["/targets/0/id unknown_reference"]),
        (of(json!([{ "id": one, "target": 2 }, { "id": one, "unit": "xã" }])), &["/targets/1/id duplicate"]),
        (of(json!([{ "id": two, "actual": 2 }])),             &["/targets/0/actual unknown_member"]),
        (of(json!([{ "id": two, "name": null }])),            &["/targets/0/name wrong_type"]),
        (of(json!([{ "id": two, "position": 0 }])),           &["/targets/0/position range"]),
        (of(json!([{ "id": two, "position": 10_001 }])),      &["/targets/0/position range"]),
        (of(json!([{ "id": two, "target": 1.00001 }])),       &["/targets/0/target too_precise"]),
        (of(json!([{ "id": two, "baseline": 1e15 }])),        &["/targets/0/baseline out_of_range"]),
        (of(json!([{ "name": "Mới" }])),                      &["/targets/0/unit required", "/targets/0/direction required", "/targets/0/target required"]),
        (but("name", json!("")),                              &["/targets/0/name blank"]),
        (but("unit", json!("x".repeat(101))),                 &["/targets/0/unit too_long"]),
        (but("direction", json!("up")),                       &["/targets/0/direction unknown_value"]),
        (but("position", json!(2)),                           &["/targets/0/position taken"]),
        (of(json!(vec![whole.clone(); 201])),                 &["/targets length"]),
        (with(json!({ "remove_target_ids": vec![one.clone(); 201] })), &["/remove_target_ids length"]),
    ];
    let journal = year.journal().await;
    for (body, expected) in cases {
        let faults = year.amend(&signed, body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, expected, "{body}");
    }
    let later = with(json!({ "signed_at": "2024-03-02T00:00:00Z" }));
    assert_eq!(year.amend(&signed, later).await.blockers(), ["signed_in_future"]);
    assert_eq!(year.journal().await, journal);
    assert_eq!(year.targets(&signed).await, ["1 Một 10 v1", "2 Hai 20 v1", "3 Ba 30 v1"]);
    let read = TestRequest::get().uri(&format!("/api/v1/pledges/{}", signed.id()));
    let read = read.insert_header((header::IF_MATCH, signed.etag()));
    assert_eq!(year.house.send(auditor(), read).await.expect(200).body["version"], 2);
}

#[actix_web::test]
async fn two_hundred_targets_are_added_at_once() {
    let year = year(CycleState::Active).await;
    let signed = year.signed(year.member).await;
    let whole = json!({ "name": "Nhật 🎏", "unit": "%", "direction": "higher_is_better", "target": -1 });
    let body = json!({ "reason": "Nha\u{302}\u{323}t", "targets": vec![whole; 200] });
    let amended = year.amend(&signed, body).await.expect(200);
    assert_eq!(amended.text("/targets_summary/text"), "0 of 200 met, 0 exceeded, 200 still open");
    let list = year.amendments(&signed, "?fields=reason").await;
    assert_eq!(list.column("reason"), ["Nhật"]);
    let ids = year.house.get(auditor(), &format!("/targets?pledge_id={}&limit=200", signed.id())).await.column("id");
    let body = json!({ "reason": "Bỏ hết", "remove_target_ids": ids });
    let amended = year.amend(&amended, body).await.expect(200);
    assert_eq!(amended.body["targets_summary"]["total"], 0);
}

#[actix_web::test]
async fn of_two_amendments_at_once_one_wins() {
    let year = year(CycleState::Active).await;
    let (mut pledge, targets) = promised(&year).await;
    for round in 1..=20 {
        let body = |figure: i32| json!({ "reason": "Vì", "targets": [{ "id": targets[0].id(), "target": figure }] });
        let (one, two) =
            tokio::join!(year.amend(&pledge, body(round * 100)), year.amend(&pledge, body(round * 100 + 1)));
        let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        lost.problem(412, "stale");
        pledge = won.expect(200);
        let list = year.amendments(&pledge, "?total=true&limit=1&sort=-number").await;
        assert_eq!((&list.body["page"]["total"], list.column("number")), (&json!(round), vec![json!(round)]));
    }
}
