//! Stories of criteria and scorecards.

use entity::vocab::CycleState;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    support::{House, NOBODY, Reply, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                          nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/criteria-sets",                         [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/criteria-sets",                         [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/criteria-sets/{id}",                    [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/criteria-sets/{id}",                    [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/criteria-sets/{id}",                    [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/criteria-sets/{id}/issue",              [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/criteria-sets/{id}/tree",               [404,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/criteria-sets/{id}/tree",               [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/criteria",                              [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/criteria",                              [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/criteria/{id}",                         [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/criteria/{id}",                         [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/criteria/{id}",                         [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/scorecards",                            [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/scorecards/{id}",                       [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/scorecards/{id}/scores",                [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/scorecards/{id}/appraisal",             [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/submit",                [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/return",                [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/complete-appraisal",    [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/scorecards/{id}/explanations",          [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/submit-explanations",   [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/scorecards/{id}/second-appraisal",      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/complete-second-appraisal", [401, 404, 404,      404,    404,      404]),
    ("GET",    "/api/v1/scorecards/{id}/breakdown",             [401,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/scorecards/{id}/peer-scores",           [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scorecards/{id}/recusals",              [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/opinions",                              [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/recusals",                              [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/recusals/{id}",                         [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/scores",                                [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/scores/{id}",                           [401,  404,    404,      404,    404,      404]),
];

/// A launched cycle of three provinces, and its set with 25 leaves of 4 points each.
pub(crate) async fn launched(house: &House) -> (Uuid, [Uuid; 3], Reply) {
    let mut provinces = [Uuid::nil(); 3];
    for (place, (code, name)) in [("B1", "Tỉnh Một"), ("B2", "Tỉnh Hai"), ("B3", "Tỉnh Ba")].into_iter().enumerate()
    {
        provinces[place] = fixtures::province(house, code, name).await;
    }
    let seats = [(provinces[0], Head, None), (provinces[1], Deputy, Some(1)), (provinces[2], Member, None)];
    let cycle = fixtures::cycle(house, CycleState::Launched, 2031, &seats).await;
    let body = json!({ "cycle_id": cycle, "title": "Bảng tiêu chí", "total_points": 100 });
    let set = house.post(officer_of(provinces[0]), "/criteria-sets", body).await.expect(201);
    (cycle, provinces, set)
}

fn tree(leaves: i32) -> Value {
    let leaf = |n: i32| json!({ "code": format!("I.{n}"), "name": format!("Tiêu chí {n}"), "max_points": 4, "method": "expert", "parameters": {} });
    let children: Vec<Value> = (1..=leaves).map(leaf).collect();
    json!({ "nodes": [{ "code": "I", "name": "Phần một", "max_points": 100, "children": children }] })
}

/// The cards of a cycle in self-scoring, by province.
pub(crate) async fn cards(house: &House, cycle: Uuid, provinces: [Uuid; 3], set: &Reply, tree: Value) -> Vec<String> {
    let head = officer_of(provinces[0]);
    let path = format!("/criteria-sets/{}", set.id());
    let stored = house.put(head, &format!("{path}/tree"), set.etag(), tree).await.expect(200);
    house.step(head, &format!("{path}/issue"), stored.etag(), Value::Null).await.expect(200);
    for province in provinces {
        fixtures::signed_pledge_with_target(house, cycle, province).await;
    }
    let path = format!("/cycles/{cycle}");
    for step in ["activate", "open-self-scoring"] {
        let etag = house.get(head, &path).await.etag().to_owned();
        house.step(head, &format!("{path}/{step}"), &etag, Value::Null).await.expect(200);
    }
    let mut ids = vec![];
    for province in provinces {
        let list = house.get(head, &format!("/scorecards?cycle_id={cycle}&province_id={province}")).await;
        ids.push(list.text("/data/0/id"));
    }
    ids
}

#[actix_web::test]
async fn a_tree_is_written_whole_and_the_same_again_changes_nothing() {
    let house = house().await;
    let (_, provinces, set) = launched(&house).await;
    let head = officer_of(provinces[0]);
    let path = format!("/criteria-sets/{}/tree", set.id());
    let first = house.put(head, &path, set.etag(), tree(25)).await.expect(200);
    let again = house.put(head, &path, first.etag(), tree(25)).await.expect(200);
    assert_eq!((again.body["version"].clone(), again.etag()), (json!(2), first.etag()));
    let fewer = house.put(head, &path, first.etag(), tree(3)).await.expect(200);
    assert_eq!(fewer.body["nodes"][0]["children"].as_array().unwrap().len(), 3);
    let kept = |reply: &Reply| reply.body["nodes"][0]["children"][2]["id"].clone();
    assert_eq!(kept(&fewer), kept(&first), "a criterion whose code stays keeps its id");
    house.put(head, &path, first.etag(), tree(4)).await.problem(412, "stale");
    let node = |extra: Value| {
        let mut node = json!({ "code": "I", "name": "Phần" });
        extra.as_object().unwrap().iter().for_each(|(name, value)| node[name] = value.clone());
        json!({ "nodes": [node] })
    };
    #[rustfmt::skip]
    let cases = [
        (node(json!({ "method": "guess" })), "/nodes/0/method unknown_value"),
        (node(json!({ "method": "bonus", "parameters": {} })), "/nodes/0/parameters/points_each required"),
        (node(json!({ "method": "expert", "parameters": { "x": 1 } })), "/nodes/0/parameters/x unknown_member"),
        (node(json!({ "parameters": {} })), "/nodes/0/parameters contradiction"),
        (node(json!({ "max_points": -1 })), "/nodes/0/max_points negative"),
        (node(json!({ "max_points": 0.00001 })), "/nodes/0/max_points too_precise"),
        (node(json!({ "name": "" })), "/nodes/0/name blank"),
        (node(json!({ "children": [{ "code": "I", "name": "Phần" }] })), "/nodes/0/children/0/code duplicate"),
    ];
    for (body, fault) in cases {
        assert_eq!(house.put(head, &path, fewer.etag(), body).await.problem(422, "invalid"), [fault]);
    }
    house.get(officer_of(provinces[2]), &path).await.problem(404, "not-found");
    house.put(officer_of(provinces[2]), &path, fewer.etag(), tree(1)).await.problem(404, "not-found");
}

#[actix_web::test]
async fn issuing_names_what_does_not_add_up_and_then_nothing_changes() {
    let house = house().await;
    let (_, provinces, set) = launched(&house).await;
    let head = officer_of(provinces[0]);
    let path = format!("/criteria-sets/{}", set.id());
    let short = house.put(head, &format!("{path}/tree"), set.etag(), tree(24)).await.expect(200);
    let refused = house.step(head, &format!("{path}/issue"), short.etag(), Value::Null).await;
    assert!(refused.text("/blockers/0/message").contains("96"), "{:#}", refused.body);
    assert_eq!(refused.blockers(), ["sum_differs"]);
    let added = json!({
        "criteria_set_id": set.id(), "parent_id": short.body["nodes"][0]["id"], "code": "I.25", "name": "Tiêu chí 25",
        "max_points": 4, "method": "expert",
    });
    let added = house.post(head, "/criteria", added).await.expect(201);
    assert_eq!((added.body["position"].clone(), added.body["parameters"].clone()), (json!(25), json!({})));
    house.step(head, &format!("{path}/issue"), short.etag(), Value::Null).await.problem(412, "stale");
    let etag = house.get(head, &path).await.etag().to_owned();
    let issued = house.step(head, &format!("{path}/issue"), &etag, Value::Null).await.expect(200);
    assert_eq!(issued.text("/state"), "issued");
    let leaf = format!("/criteria/{}", added.id());
    house.patch(head, &leaf, added.etag(), json!({ "max_points": 5 })).await.problem(409, "wrong-state");
    house.delete(head, &leaf, added.etag()).await.problem(409, "wrong-state");
    assert_eq!(house.get(officer_of(provinces[2]), &leaf).await.expect(200).text("/code"), "I.25");

    let next = json!({ "cycle_id": issued.body["cycle_id"], "title": "Bản sửa", "total_points": 100, "clone_from_id": set.id() });
    assert_eq!(house.post(head, "/criteria-sets", next.clone()).await.problem(422, "invalid"), ["/reason required"]);
    let mut reasoned = next;
    reasoned["reason"] = json!("Sửa lỗi");
    let next = house.post(head, "/criteria-sets", reasoned).await.expect(201);
    assert_eq!(next.body["number"], 2);
    house.step(head, &format!("/criteria-sets/{}/issue", next.id()), next.etag(), Value::Null).await.expect(200);
    assert_eq!(house.get(head, &path).await.text("/state"), "superseded");
}

#[actix_web::test]
async fn lines_are_written_all_or_none_in_few_statements() {
    let house = house().await;
    let (cycle, provinces, set) = launched(&house).await;
    let ids = cards(&house, cycle, provinces, &set, tree(25)).await;
    let officer = officer_of(provinces[1]);
    let path = format!("/scorecards/{}", ids[1]);
    let (card, read) = house.counting(house.get(officer, &path)).await;
    assert_eq!((card.expect(200).body["scores"].as_array().unwrap().len(), read), (25, 6));
    let card = house.get(officer, &path).await;
    let criteria: Vec<Value> =
        card.body["scores"].as_array().unwrap().iter().map(|score| score["criterion_id"].clone()).collect();
    let all = |points: Value| {
        let line = |id: &Value| json!({ "criterion_id": id, "self_points": points });
        json!({ "scores": criteria.iter().map(line).collect::<Vec<_>>() })
    };
    let scores = format!("{path}/scores");
    let mut bad = all(json!(2));
    bad["scores"][3]["self_points"] = json!(5);
    bad["scores"][4]["criterion_id"] = bad["scores"][3]["criterion_id"].clone();
    let faults = house.put(officer, &scores, card.etag(), bad).await.problem(422, "invalid");
    assert_eq!(faults, ["/scores/3/self_points above_maximum", "/scores/4/criterion_id duplicate"]);
    assert_eq!(house.get(officer, &path).await.etag(), card.etag(), "nothing was written");

    let (written, statements) = house.counting(house.put(officer, &scores, card.etag(), all(json!(0)))).await;
    assert!(statements <= 10, "{statements} statements");
    let written = written.expect(200);
    let again = house.put(officer, &scores, written.etag(), all(json!(0.0))).await.expect(200);
    assert_eq!(again.body["version"], written.body["version"], "the same again changes nothing");
    house.put(officer, &scores, card.etag(), all(json!(1))).await.problem(412, "stale");
    let submitted = house.step(officer, &format!("{path}/submit"), written.etag(), Value::Null).await.expect(200);
    assert_eq!(submitted.text("/state"), "submitted", "0 counts as scored");
    house.put(officer, &scores, submitted.etag(), all(json!(1))).await.problem(409, "wrong-state");
    house.put(officer_of(provinces[0]), &scores, submitted.etag(), all(json!(1))).await.problem(403, "forbidden");

    let why = json!({ "reason": "Thiếu số liệu" });
    let returned = house.step(secretary(), &format!("{path}/return"), submitted.etag(), why).await;
    assert_eq!(returned.expect(200).text("/return_reason"), "Thiếu số liệu");
    let breakdown = house.get(officer, &format!("{path}/breakdown")).await.expect(200);
    assert_eq!(
        (&breakdown.body["total"]["self"]["points"], &breakdown.body["total"]["final"]["open"]),
        (&json!(0), &json!(25))
    );
}

#[actix_web::test]
async fn nobody_sees_a_neighbours_sheet_before_publication() {
    let house = house().await;
    let (cycle, provinces, set) = launched(&house).await;
    let ids = cards(&house, cycle, provinces, &set, tree(25)).await;
    let interested = fixtures::appraiser(&house, cycle, Some(provinces[1])).await;
    let path = format!("/scorecards/{}", ids[1]);
    let seen = async |who| {
        house.get(who, &format!("/scorecards?cycle_id={cycle}&total=true")).await.body["page"]["total"].clone()
    };
    let counts = [
        seen(officer_of(provinces[0])).await,
        seen(officer_of(provinces[2])).await,
        seen(interested).await,
        seen(auditor()).await,
    ];
    assert_eq!(json!(counts), json!([3, 1, 2, 3]), "head, member, appraiser from a member province, auditor");
    house.get(officer_of(provinces[2]), &path).await.problem(404, "not-found");
    house.get(interested, &path).await.problem(404, "not-found");
    let lines = house.get(officer_of(provinces[2]), &format!("/scores?cycle_id={cycle}&total=true&limit=1")).await;
    assert_eq!(lines.body["page"]["total"], 25);
    house.get(NOBODY, &path).await.problem(401, "unauthenticated");
    fixtures::move_cycle(&house, cycle, CycleState::Published).await;
    assert_eq!(seen(officer_of(provinces[2])).await, json!(3));
}

#[actix_web::test]
async fn of_two_writers_with_one_etag_exactly_one_wins() {
    let house = house().await;
    let (cycle, provinces, set) = launched(&house).await;
    let ids = cards(&house, cycle, provinces, &set, tree(25)).await;
    let officer = officer_of(provinces[2]);
    let path = format!("/scorecards/{}", ids[2]);
    let mut card = house.get(officer, &path).await;
    let criterion = card.body["scores"][0]["criterion_id"].clone();
    for round in 0..20 {
        let etag = card.etag().to_owned();
        let write = async |points: i32| {
            let body = json!({ "scores": [{ "criterion_id": criterion, "self_points": points, "self_note": format!("lần {round}") }] });
            house.put(officer, &format!("{path}/scores"), &etag, body).await.status
        };
        let mut statuses = <[u16; 2]>::from(futures_util::future::join(write(1), write(2)).await);
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "round {round}");
        card = house.get(officer, &path).await;
    }
    assert_eq!(card.body["version"], 21);
}
