//! Stories of the caller: who they are, and what they may do.

use entity::{
    appraiser_assignment,
    vocab::{CycleState, Role},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use thidua::db;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member},
    people::person,
    support::{House, NOBODY, administrator, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/me",                       [401,  200,    200,      200,    200,      200]),
];

async fn assign(house: &House, cycle_id: Uuid, user_id: Uuid) {
    let row = appraiser_assignment::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        user_id: Set(user_id),
        sections: Set(serde_json::json!([])),
        lead: Set(false),
        version: Set(1),
        created_at: Set(house.state.clock.now()),
    };
    db::write(&house.state.db, async |tx| Ok(row.clone().insert(tx).await?)).await.unwrap();
}

fn years(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|cycle| cycle["year"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn an_officer_knows_the_own_province_and_where_it_leads() {
    let house = house().await;
    let officer = person(&house, Role::ProvinceOfficer).await;
    let before = house.get(Some(officer.account), "/me").await.expect(200);
    assert_eq!(before.text("/province/name"), "Yên Bái");
    assert_eq!(before.body["head_of"], json!([]));
    let without = before.body["permissions"].clone();
    assert_eq!(
        without,
        json!([
            "launch_own_campaign",
            "report_participation",
            "write_achievement_figures",
            "write_exemplars",
            "write_assignments",
            "write_pledge",
            "fill_scorecard",
            "write_speech",
            "propose_nominee",
            "raise_recommendation",
            "record_share",
        ])
    );

    let yen_bai = officer.account.province_id.unwrap();
    let other = fixtures::province(&house, "A1", "Tỉnh A1").await;
    let may_plan = async || {
        let me = house.get(Some(officer.account), "/me").await.expect(200);
        me.body["permissions"].as_array().unwrap().contains(&json!("plan_conference"))
    };
    for (year, role, rank, plans) in
        [(2090, Member, None, false), (2091, Deputy, Some(1), true), (2092, Head, None, true)]
    {
        fixtures::cycle(&house, CycleState::Draft, year, &[(yen_bai, role, rank)]).await;
        assert_eq!(may_plan().await, plans, "{role:?}");
    }
    fixtures::cycle(&house, CycleState::Draft, 2093, &[(other, Head, None)]).await;
    let (me, statements) = house.counting(house.get(Some(officer.account), "/me")).await;
    let me = me.expect(200);
    assert_eq!(
        (years(&me.body["head_of"]), years(&me.body["member_of"])[..3].to_vec()),
        (vec![2092], vec![2092, 2091, 2090])
    );
    assert_eq!((me.body["appraiser_of"].clone(), statements), (json!([]), 5));
    let led = me.body["permissions"].as_array().unwrap();
    for name in
        ["edit_cycle", "move_cycle", "assign_appraisers", "write_criteria", "plan_conference", "propose_nomination"]
    {
        assert!(led.contains(&json!(name)), "{name}");
    }
    assert!(!led.contains(&json!("reopen_cycle")) && !led.contains(&json!("decide_award")));
}

#[actix_web::test]
async fn an_appraiser_knows_the_assignments() {
    let house = house().await;
    let appraiser = person(&house, Role::Appraiser).await;
    let before = house.get(Some(appraiser.account), "/me").await.expect(200);
    assert_eq!((before.body["province"].clone(), before.body["permissions"].clone()), (Value::Null, json!([])));
    for year in [2090, 2091] {
        let cycle_id = fixtures::cycle(&house, CycleState::Draft, year, &[]).await;
        assign(&house, cycle_id, appraiser.account.id).await;
    }
    let me = house.get(Some(appraiser.account), "/me").await.expect(200);
    assert_eq!((years(&me.body["appraiser_of"]), me.body["member_of"].clone()), (vec![2091, 2090], json!([])));
    assert_eq!(me.body["permissions"], json!(["appraise_scorecard", "return_scorecard"]));
}

#[actix_web::test]
async fn what_the_central_roles_may_do_is_told_by_name() {
    let house = house().await;
    let permissions = async |role| {
        let person = person(&house, role).await;
        house.get(Some(person.account), "/me").await.expect(200).body["permissions"].clone()
    };
    assert_eq!(permissions(Role::Auditor).await, json!(["read_journal"]));
    let administrator = permissions(Role::Administrator).await;
    assert_eq!(
        administrator,
        json!([
            "configure_provinces",
            "configure_clusters",
            "configure_catalogues",
            "manage_users",
            "read_journal",
            "create_cycle",
            "edit_cycle",
            "move_cycle",
            "assign_appraisers",
            "launch_campaign",
            "launch_own_campaign",
            "report_participation",
            "write_achievement_figures",
        ])
    );
    let secretary = permissions(Role::CouncilSecretary).await;
    for name in ["reopen_cycle", "correct_ranking", "decide_award", "settle_nomination"] {
        assert!(secretary.as_array().unwrap().contains(&json!(name)), "{name}");
    }
}

#[actix_web::test]
async fn who_is_disabled_or_gone_is_nobody() {
    let house = house().await;
    house.get(NOBODY, "/me").await.problem(401, "unauthenticated");
    house.get(administrator(), "/me").await.problem(401, "unauthenticated");
    let person = person(&house, Role::Auditor).await;
    let path = format!("/users/{}/disable", person.account.id);
    house.step(administrator(), &path, "\"1\"", Value::Null).await.expect(200);
    house.get(Some(person.account), "/me").await.problem(401, "unauthenticated");
}
