//! Stories of award rules: set before the result is known, and whom they propose.

use entity::vocab::CycleState;
use serde_json::{Value, json};

use super::{
    authz::Door,
    fixtures::{Deputy, Head, award_type, cycle, exclude, move_cycle, officer_of, province, ranking, submit},
    nominations::{Stage, stage, why_not},
    support::{NOBODY, Reply, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                      nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/award-rules",                       [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/award-rules",                       [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/award-rules/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/award-rules/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/award-rules/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/cycles/{id}/nominations/propose",   [401,  404,    404,      404,    404,      404]),
];

async fn ruled(stage: &Stage, rules: &[Value]) {
    move_cycle(&stage.house, stage.cycle_id, CycleState::Active).await;
    for rule in rules {
        let mut body = rule.clone();
        body["cycle_id"] = json!(stage.cycle_id);
        stage.house.post(stage.head(), "/award-rules", body).await.expect(201);
    }
    move_cycle(&stage.house, stage.cycle_id, CycleState::Finalized).await;
}

async fn propose(stage: &Stage) -> Reply {
    let path = format!("/cycles/{}/nominations/propose", stage.cycle_id);
    stage.house.post(stage.head(), &path, Value::Null).await
}

/// What each rule finds of each province, in the order of the ranking.
fn found(reply: &Reply) -> Vec<Vec<String>> {
    let rules = reply.body["findings"].as_array().unwrap().iter();
    let of = |rule: &Value| {
        let provinces = rule["provinces"].as_array().unwrap().iter();
        provinces.map(|one| one["finding"].as_str().unwrap().to_owned()).collect()
    };
    rules.map(of).collect()
}

#[actix_web::test]
async fn rules_are_set_until_the_result_is_known() {
    let house = house().await;
    let (head, deputy) = (province(&house, "W1", "Tỉnh W1").await, province(&house, "W2", "Tỉnh W2").await);
    let outsider = province(&house, "W3", "Tỉnh W3").await;
    let members = [(head, Head, None), (deputy, Deputy, Some(1))];
    let cycle_id = cycle(&house, CycleState::Active, 2037, &members).await;
    let (flag, personal) = (award_type(&house, "CTDCP").await, award_type(&house, "CSTDTQ").await);
    let new = json!({
        "cycle_id": cycle_id, "award_type_id": flag, "place_from": 1, "place_to": 1, "ties": "all",
        "ballot_required": true, "reason": "Đơn vị dẫn đầu Cụm thi đua",
    });
    house.post(officer_of(deputy), "/award-rules", new.clone()).await.problem(403, "forbidden");
    let told = house.post(officer_of(outsider), "/award-rules", new.clone()).await;
    assert_eq!(told.problem(422, "invalid"), ["/cycle_id unknown_reference"]);
    for (member, value, fault) in [
        ("place_from", json!(0), "/place_from range"),
        ("place_from", json!(2), "/place_to before_from"),
        ("min_total", json!(-1), "/min_total negative"),
        ("min_total", json!(900.00001), "/min_total too_precise"),
        ("quota", json!(0), "/quota range"),
        ("ties", json!("some"), "/ties unknown_value"),
        ("reason", json!(" "), "/reason blank"),
        ("award_type_id", json!(personal), "/award_type_id not_for_collectives"),
        ("award_type_id", json!(cycle_id), "/award_type_id unknown_reference"),
        ("band", json!("A"), "/band unknown_member"),
    ] {
        let mut wrong = new.clone();
        wrong[member] = value;
        assert_eq!(house.post(secretary(), "/award-rules", wrong).await.problem(422, "invalid"), [fault]);
    }
    let rule = house.post(officer_of(head), "/award-rules", new.clone()).await.expect(201);
    let path = format!("/award-rules/{}", rule.id());
    house.post(officer_of(head), "/award-rules", new).await.problem(409, "conflict");
    for (who, count) in [(officer_of(deputy), 1), (auditor(), 1), (officer_of(outsider), 0)] {
        let list = house.get(who, &format!("/award-rules?cycle_id={cycle_id}&award_type_id={flag}&total=true")).await;
        assert_eq!(list.expect(200).body["page"]["total"], count);
        assert_eq!(house.get(who, &path).await.status, if count == 1 { 200 } else { 404 });
    }
    house.patch(officer_of(head), &path, "\"7\"", json!({ "quota": 2 })).await.problem(412, "stale");
    let told = house.patch(officer_of(head), &path, "*", json!({ "place_from": 3 })).await;
    assert_eq!(told.problem(422, "invalid"), ["/place_to before_from"]);
    let changed = json!({ "place_to": null, "quota": 2, "ties": "none", "classification": "Xuất sắc" });
    let changed = house.patch(officer_of(head), &path, rule.etag(), changed).await.expect(200);
    let shown =
        ["place_from", "place_to", "quota", "ties", "classification", "version"].map(|name| changed.body[name].clone());
    assert_eq!(shown, [json!(1), Value::Null, json!(2), json!("none"), json!("Xuất sắc"), json!(2)]);
    move_cycle(&house, cycle_id, CycleState::Finalized).await;
    house.patch(officer_of(head), &path, "*", json!({ "quota": 1 })).await.problem(409, "wrong-state");
    house.delete(secretary(), &path, "*").await.problem(409, "wrong-state");
    move_cycle(&house, cycle_id, CycleState::Appraisal).await;
    house.delete(officer_of(head), &path, "*").await.expect(204);
    let entries = house.get(auditor(), &format!("/journal?cycle_id={cycle_id}&resource_type=award_rule&sort=at")).await;
    assert_eq!(entries.expect(200).column("action"), ["award_rule.create", "award_rule.update", "award_rule.delete"]);
}

#[actix_web::test]
async fn rules_propose_and_tell_why_they_do_not() {
    let stage = stage(CycleState::Finalized).await;
    let flag = award_type(&stage.house, "CTDCP").await;
    ruled(&stage, &[
        json!({ "award_type_id": flag, "place_from": 1, "place_to": 1, "ties": "all", "ballot_required": true, "reason": "Dẫn đầu" }),
        json!({ "award_type_id": stage.diploma, "place_from": 2, "quota": 1, "ties": "none", "ballot_required": false, "reason": "Xếp thứ hai" }),
    ])
    .await;
    let path = format!("/cycles/{}/nominations/propose", stage.cycle_id);
    stage.house.post(officer_of(stage.second), &path, Value::Null).await.problem(403, "forbidden");
    stage.house.post(NOBODY, &path, Value::Null).await.problem(401, "unauthenticated");
    let proposed = propose(&stage).await.expect(200);
    assert_eq!(
        found(&proposed),
        [
            ["proposed", "place_outside", "place_outside", "excluded"],
            ["place_outside", "proposed", "quota_used", "excluded"],
        ]
    );
    assert_eq!(proposed.text("/findings/1/provinces/2/how"), "the quota of 1 is used by better ranks");
    let id = proposed.text("/findings/0/provinces/0/nomination_id");
    let list =
        stage.house.get(stage.head(), &format!("/nominations?cycle_id={}&sort=created_at", stage.cycle_id)).await;
    assert_eq!(list.column("reason"), ["Dẫn đầu", "Xếp thứ hai"]);
    assert_eq!((list.column("place"), list.column("id")[0].clone()), (vec![json!(1), json!(2)], json!(id)));

    // Where the rule asks for a ballot nothing goes on without one.
    let flagged = stage.house.get(secretary(), &format!("/nominations/{id}")).await.expect(200);
    let told = "the award rule asks for a ballot, and none has carried the nomination of Tuyên Quang thử";
    assert!(why_not(&flagged, "complete-dossier").starts_with(told));
    let path = format!("/nominations/{id}/complete-dossier");
    let blocked = stage.house.step(secretary(), &path, "*", Value::Null).await.blockers();
    assert_eq!(blocked, ["ballot_missing", "document_missing", "document_missing", "document_missing"]);
    submit(&stage.house, &proposed.text("/findings/1/provinces/1/nomination_id")).await;

    // Asked again nothing is double; what was withdrawn is proposed anew.
    let again = propose(&stage).await.expect(200);
    assert_eq!(found(&again)[0][0], "nominated_already");
    assert_eq!(found(&again)[1][1..3], ["nominated_already", "quota_used"]);
    let because = json!({ "reason": "Sai tên" });
    stage.house.step(stage.head(), &format!("/nominations/{id}/withdraw"), "*", because).await.expect(200);
    let anew = propose(&stage).await.expect(200);
    assert_eq!(found(&anew)[0][0], "proposed");
    assert_ne!(anew.text("/findings/0/provinces/0/nomination_id"), id);
}

#[actix_web::test]
async fn equal_ranks_are_proposed_together_or_not_at_all() {
    for (ties, expected) in [
        ("all", ["proposed", "proposed", "quota_used", "excluded"]),
        ("none", ["tied_at_quota", "tied_at_quota", "quota_used", "excluded"]),
    ] {
        let stage = stage(CycleState::Finalized).await;
        let places = [(stage.first, Some(1)), (stage.second, Some(1)), (stage.third, Some(3)), (stage.excluded, None)];
        ranking(&stage.house, stage.cycle_id, &places).await;
        let rule = json!({ "award_type_id": stage.diploma, "quota": 1, "ties": ties, "ballot_required": false, "reason": "Dẫn đầu" });
        ruled(&stage, &[rule]).await;
        let proposed = propose(&stage).await.expect(200);
        assert_eq!(found(&proposed), [expected], "{ties}: nobody overtakes");
    }
}

#[actix_web::test]
async fn rules_wait_for_a_result_and_need_few_statements() {
    let stage = stage(CycleState::Finalized).await;
    move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
    propose(&stage).await.problem(409, "wrong-state");
    ruled(&stage, &[]).await;
    assert_eq!(propose(&stage).await.expect(200).body["findings"], json!([]));
    let rule = json!({ "award_type_id": stage.diploma, "ties": "all", "ballot_required": false, "reason": "Tất cả" });
    exclude(&stage.house, stage.cycle_id, stage.excluded, None).await;
    ruled(&stage, &[rule]).await;
    let (all, statements) = stage.house.counting(propose(&stage)).await;
    assert_eq!(found(&all.expect(200)), [["proposed", "proposed", "proposed", "excluded"]], "as the ranking shows it");
    // Cycle, tie, rules, entries, nominations, award types, provinces; rows and journal in one each.
    assert_eq!(statements, 9);
}
