//! Stories of accounts.

use actix_web::test::TestRequest;
use entity::{user_account, vocab::Role};
use futures_util::future::join;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    authz::Door,
    people::{self, PASSWORD, person, refresh, sign_in},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/users",                    [401,  403,    403,      403,    403,      200]),
    ("POST",   "/api/v1/users",                    [401,  403,    403,      403,    403,      201]),
    ("GET",    "/api/v1/users/{id}",               [401,  403,    403,      403,    403,      404]),
    ("PATCH",  "/api/v1/users/{id}",               [401,  403,    403,      403,    403,      404]),
    ("POST",   "/api/v1/users/{id}/disable",       [401,  403,    403,      403,    403,      404]),
    ("POST",   "/api/v1/users/{id}/enable",        [401,  403,    403,      403,    403,      404]),
    ("POST",   "/api/v1/users/{id}/reset-password",[401,  403,    403,      403,    403,      404]),
];

async fn made(house: &House, username: &str, display_name: &str, role: &str) -> Reply {
    let body = json!({ "username": username, "display_name": display_name, "role": role });
    house.post(administrator(), "/users", body).await.expect(201)
}

/// Name and reason of each step, `None` where it is allowed.
fn steps(body: &Value) -> Vec<(&str, Option<&str>)> {
    let actions = body["allowed_actions"].as_array().unwrap();
    actions.iter().map(|action| (action["name"].as_str().unwrap(), action["reason"].as_str())).collect()
}

#[actix_web::test]
async fn an_account_is_made_changed_disabled_and_enabled() {
    let house = house().await;
    let made = made(&house, "thu-ky", "Trần Văn Nam", "council_secretary").await;
    let path = format!("/users/{}", made.id());
    assert_eq!(
        (made.header("location"), made.header("cache-control")),
        (format!("/api/v1{path}").as_str(), "no-store")
    );
    assert_eq!((made.text("/one_time_password").len(), made.body["must_change_password"].clone()), (20, json!(true)));

    let read = house.get(administrator(), &path).await.expect(200);
    assert_eq!(read.body.get("one_time_password"), None);
    assert_eq!(
        steps(&read.body),
        [("disable", None), ("enable", Some("the account is not disabled")), ("reset-password", None)]
    );

    let patch = json!({ "display_name": "Trần Văn Bắc" });
    let changed = house.patch(administrator(), &path, read.etag(), patch.clone()).await.expect(200);
    assert_eq!((changed.text("/display_name"), changed.body["version"].as_i64()), ("Trần Văn Bắc".into(), Some(2)));
    house.patch(administrator(), &path, read.etag(), patch.clone()).await.problem(412, "stale");
    let blind = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(patch);
    house.send(administrator(), blind).await.problem(428, "precondition-required");

    let disable = format!("{path}/disable");
    let disabled = house.step(administrator(), &disable, changed.etag(), Value::Null).await.expect(200);
    assert_eq!(disabled.text("/disabled_at"), "2024-03-01T08:00:00Z");
    house.step(administrator(), &disable, changed.etag(), Value::Null).await.problem(412, "stale");
    house.step(administrator(), &disable, disabled.etag(), Value::Null).await.problem(409, "wrong-state");
    let enabled =
        house.step(administrator(), &format!("{path}/enable"), disabled.etag(), Value::Null).await.expect(200);
    assert_eq!((enabled.body["disabled_at"].clone(), enabled.body["version"].as_i64()), (Value::Null, Some(4)));
    let enable = house.step(administrator(), &format!("{path}/enable"), enabled.etag(), Value::Null).await;
    enable.problem(409, "wrong-state");
}

#[actix_web::test]
async fn a_disabled_account_neither_signs_in_nor_refreshes() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let path = format!("/users/{}", person.account.id);
    house.step(administrator(), &format!("{path}/disable"), "*", Value::Null).await.expect(200);
    refresh(&house, &token).await.problem(401, "unauthenticated");
    sign_in(&house, &person.username, PASSWORD).await.problem(401, "unauthenticated");
    house.step(administrator(), &format!("{path}/enable"), "*", Value::Null).await.expect(200);
    refresh(&house, &token).await.problem(401, "unauthenticated");
    sign_in(&house, &person.username, PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn a_reset_gives_a_one_time_password_and_ends_sessions() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let path = format!("/users/{}/reset-password", person.account.id);
    let reset = house.step(administrator(), &path, "\"1\"", Value::Null).await.expect(200);
    assert_eq!((reset.header("cache-control"), reset.body["version"].as_i64()), ("no-store", Some(2)));
    house.step(administrator(), &path, "\"1\"", Value::Null).await.problem(412, "stale");
    refresh(&house, &token).await.problem(401, "unauthenticated");
    sign_in(&house, &person.username, PASSWORD).await.problem(401, "unauthenticated");
    let begun = sign_in(&house, &person.username, &reset.text("/one_time_password")).await.expect(200);
    assert_eq!(begun.body["must_change_password"], true);
}

#[actix_web::test]
async fn a_new_role_counts_from_the_next_refresh_on() {
    let house = house().await;
    let person = person(&house, Role::Appraiser).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let province = people::province(&house, "15", "2024-03-01").await;
    let patch = json!({ "role": "province_officer", "province_id": province });
    let path = format!("/users/{}", person.account.id);
    house.patch(administrator(), &path, "\"1\"", patch).await.expect(200);
    let next = refresh(&house, &token).await.expect(200);
    let bearer = house.state.identity.verify(&next.text("/access_token"), house.state.clock.now()).unwrap();
    assert_eq!((bearer.account.role, bearer.account.province_id), (Role::ProvinceOfficer, Some(province)));
}

#[actix_web::test]
async fn nobody_shuts_out_themselves_or_the_last_administrator() {
    let house = house().await;
    let one = person(&house, Role::Administrator).await;
    let (path, me) = (format!("/users/{}", one.account.id), Some(one.account));
    let demote = json!({ "role": "auditor" });
    // The last one, by somebody whose token outlived the account.
    house.step(administrator(), &format!("{path}/disable"), "*", Value::Null).await.problem(409, "conflict");
    house.patch(administrator(), &path, "*", demote.clone()).await.problem(409, "conflict");

    let two = person(&house, Role::Administrator).await;
    house.step(me, &format!("{path}/disable"), "*", Value::Null).await.problem(409, "conflict");
    house.patch(me, &path, "*", demote.clone()).await.problem(409, "conflict");
    house.patch(me, &path, "*", json!({ "role": "administrator", "display_name": "Vẫn thế" })).await.expect(200);
    let seen = house.get(me, &path).await.expect(200);
    assert_eq!(steps(&seen.body)[0], ("disable", Some("nobody can disable the own account")));

    // Each shuts out the other at the same moment: one of them stays.
    let other = format!("/users/{}", two.account.id);
    let (this, that) = (format!("{other}/disable"), format!("{path}/disable"));
    let (a, b) =
        join(house.step(me, &this, "*", Value::Null), house.step(Some(two.account), &that, "*", Value::Null)).await;
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[actix_web::test]
async fn accounts_are_found_by_name_role_province_and_state() {
    let house = house().await;
    for (username, name, role) in [
        ("audit-1", "Đỗ Văn Hùng", "auditor"),
        ("audit-2", "Nguyễn Thị Hoa", "auditor"),
        ("sec-1", "Lê Hoàng", "council_secretary"),
    ] {
        made(&house, username, name, role).await;
    }
    let officer = person(&house, Role::ProvinceOfficer).await;
    let province = officer.account.province_id.unwrap();
    let out = house.get(administrator(), "/users?q=audit-2").await.expect(200).body["data"][0].clone();
    house
        .step(administrator(), &format!("/users/{}/disable", out["id"].as_str().unwrap()), "*", Value::Null)
        .await
        .expect(200);
    let names = async |query: &str| {
        let list = house.get(administrator(), &format!("/users?{query}")).await.expect(200);
        list.column("username").iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("role=auditor").await, ["audit-1", "audit-2"]);
    assert_eq!(names("role=auditor,council_secretary&sort=-username").await, ["sec-1", "audit-2", "audit-1"]);
    assert_eq!(names("q=do%20van").await, ["audit-1"]);
    assert_eq!(names("q=SEC").await, ["sec-1"]);
    assert_eq!(names("disabled=true").await, ["audit-2"]);
    assert_eq!(names("disabled=false&role=auditor").await, ["audit-1"]);
    assert_eq!(names(&format!("province_id={province}")).await, [officer.username]);
    assert_eq!(names("limit=1&sort=created_at").await.len(), 1);
    #[rustfmt::skip]
    let cases = [
        ("role=emperor",    "role unreadable"),
        ("province_id=15",  "province_id unreadable"),
        ("disabled=maybe",  "disabled unreadable"),
        ("username=audit",  "username unknown_parameter"),
        ("sort=password_hash",  "sort unreadable"),
        ("fields=password_hash",    "fields unknown_member"),
    ];
    for (query, fault) in cases {
        let faults = house.get(administrator(), &format!("/users?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
    let (_, statements) = house.counting(house.get(administrator(), "/users?total=true")).await;
    assert_eq!(statements, 3);
}

#[actix_web::test]
async fn bad_accounts_name_their_fault_and_change_nothing() {
    let house = house().await;
    made(&house, "taken", "Đã có", "auditor").await;
    let province = people::province(&house, "15", "2024-03-01").await;
    let good = json!({ "username": "good", "display_name": "Tốt", "role": "auditor" });
    let with = |changes: Value| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        body
    };
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                             "/username required"),
        (with(json!({ "username": "Good" })),                   "/username pattern"),
        (with(json!({ "username": "yên-bái" })),                "/username pattern"),
        (with(json!({ "username": "" })),                       "/username pattern"),
        (with(json!({ "username": "x".repeat(65) })),           "/username pattern"),
        (with(json!({ "display_name": " " })),                  "/display_name blank"),
        (with(json!({ "display_name": "x".repeat(301) })),      "/display_name too_long"),
        (with(json!({ "display_name": "nul\0" })),              "/display_name control_character"),
        (with(json!({ "role": "emperor" })),                    "/role unknown_value"),
        (with(json!({ "role": "province_officer" })),           "/province_id required"),
        (with(json!({ "province_id": province })),              "/province_id not_allowed"),
        (with(json!({ "role": "appraiser", "province_id": Uuid::now_v7() })), "/province_id unknown_reference"),
        (with(json!({ "role": "appraiser", "province_id": "15" })), "/province_id wrong_type"),
        (with(json!({ "password": PASSWORD })),                 "/password unknown_member"),
        (with(json!({ "password_hash": "x" })),                 "/password_hash unknown_member"),
    ];
    for (body, fault) in cases {
        let faults = house.post(administrator(), "/users", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    house.post(administrator(), "/users", with(json!({ "username": "taken" }))).await.problem(409, "conflict");
    let all = house.get(administrator(), "/users").await.expect(200);
    assert_eq!(all.column("username"), ["taken"]);

    let path = format!("/users/{}", all.column("id")[0].as_str().unwrap());
    #[rustfmt::skip]
    let cases = [
        (json!({ "username": "other" }),                        "/username unknown_member"),
        (json!({ "role": null }),                               "/role wrong_type"),
        (json!({ "role": "province_officer" }),                 "/province_id required"),
        (json!({ "province_id": province }),                    "/province_id not_allowed"),
        (json!({ "role": "appraiser", "province_id": Uuid::now_v7() }), "/province_id unknown_reference"),
        (json!({ "must_change_password": false }),              "/must_change_password unknown_member"),
        (json!({ "disabled_at": null }),                        "/disabled_at unknown_member"),
    ];
    for (body, fault) in cases {
        let faults = house.patch(administrator(), &path, "\"1\"", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    assert_eq!(house.get(administrator(), &path).await.expect(200).body["version"], 1);
    for other in [secretary(), auditor()] {
        house.get(other, &path).await.problem(403, "forbidden");
    }
    house.get(NOBODY, &path).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn of_twins_with_one_name_one_is_made() {
    let house = house().await;
    let body = json!({ "username": "twin", "display_name": "Sinh đôi", "role": "auditor" });
    let (a, b) =
        join(house.post(administrator(), "/users", body.clone()), house.post(administrator(), "/users", body.clone()))
            .await;
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(user_account::Entity::find().all(house.state.db.reader()).await.unwrap().len(), 1);
}
