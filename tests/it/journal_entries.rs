//! Stories of the journal.

use actix_web::test::TestRequest;
use entity::{user_account, vocab::Role};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    authz::Door,
    people::{PASSWORD, person, refresh, sign_in},
    support::{House, NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/journal",                  [401,  403,    403,      200,    403,      200]),
    ("GET",    "/api/v1/journal/{id}",             [401,  403,    403,      404,    403,      404]),
];

async fn cluster(house: &House, code: &str) -> String {
    let body = json!({ "code": code, "name": "Cụm thử", "name_en": "Trial" });
    house.post(administrator(), "/clusters", body).await.expect(201).id()
}

#[actix_web::test]
async fn a_change_is_told_with_what_was_and_what_is() {
    let house = house().await;
    let who = administrator();
    let body = json!({ "code": "CUM-T", "name": "Cụm thử", "name_en": "Trial" });
    let request = TestRequest::post().uri("/api/v1/clusters").insert_header(("x-request-id", "story-1")).set_json(body);
    let made = house.send(who, request).await.expect(201);
    let path = format!("/clusters/{}", made.id());
    house.at("2024-03-01T09:00:00Z");
    house.patch(who, &path, made.etag(), json!({ "name": "Cụm mới" })).await.expect(200);

    let told = house.get(auditor(), &format!("/journal?resource_id={}", made.id())).await.expect(200);
    assert_eq!(told.column("action"), ["cluster.update", "cluster.create"]);
    let [update, create] = [&told.body["data"][0], &told.body["data"][1]];
    assert_eq!((&update["before"]["name"], &update["after"]["name"]), (&json!("Cụm thử"), &json!("Cụm mới")));
    assert_eq!((&create["before"], &create["request_id"]), (&Value::Null, &json!("story-1")));
    assert_eq!((&create["actor_id"], &create["actor_kind"]), (&json!(who.unwrap().id), &json!("user")));
    assert_eq!((&update["resource_version"], &update["at"]), (&json!(2), &json!("2024-03-01T09:00:00Z")));

    let one = house.get(auditor(), &format!("/journal/{}", update["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(one.body, *update);
    house.get(secretary(), "/journal").await.problem(403, "forbidden");
    house.get(NOBODY, "/journal").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn entries_are_found_by_each_of_their_sides() {
    let house = house().await;
    let first = cluster(&house, "J-1").await;
    house.at("2024-03-02T08:00:00Z");
    let second = cluster(&house, "J-2").await;
    let user = person(&house, Role::Auditor).await;
    sign_in(&house, &user.username, PASSWORD).await.expect(200);
    let ids = async |query: &str| {
        let list = house.get(auditor(), &format!("/journal?{query}")).await.expect(200);
        list.column("resource_id")
    };
    assert_eq!(ids("action=cluster.create&sort=-at&at_from=2024-03-01T08:00:00Z").await, [json!(second), json!(first)]);
    assert_eq!(ids(&format!("resource_id={first},{second}&sort=at")).await, [json!(first), json!(second)]);
    assert_eq!(ids(&format!("resource_id={first},{second}&at_to=2024-03-01T15:00:00%2B07:00")).await, [json!(first)]);
    assert_eq!(ids(&format!("resource_id={first},{second}&at_from=2024-03-01T08:00:01Z")).await, [json!(second)]);
    assert_eq!(ids("resource_type=session").await, ids(&format!("actor_id={}", user.account.id)).await);
    assert_eq!(ids("resource_type=session").await.len(), 1);
    assert_eq!(ids(&format!("cycle_id={first}")).await, Vec::<Value>::new());
    assert_eq!(ids("request_id=nothing-like-it").await, Vec::<Value>::new());
    #[rustfmt::skip]
    let cases = [
        ("resource_id=x",       "resource_id unreadable"),
        ("at_from=yesterday",   "at_from unreadable"),
        ("at=2024-03-01",       "at unknown_parameter"),
        ("sort=action",         "sort unreadable"),
    ];
    for (query, fault) in cases {
        let faults = house.get(auditor(), &format!("/journal?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
    let (_, statements) = house.counting(house.get(auditor(), "/journal?total=true&limit=200")).await;
    assert_eq!(statements, 2);
}

#[actix_web::test]
async fn no_secret_is_ever_written() {
    let house = house().await;
    let new = json!({ "username": "kiem-toan", "display_name": "Kiểm toán", "role": "auditor" });
    let made = house.post(administrator(), "/users", new).await.expect(201);
    let mut secrets = vec![made.text("/one_time_password")];
    let begun = sign_in(&house, "kiem-toan", &secrets[0]).await.expect(200);
    sign_in(&house, "kiem-toan", "a wrong password typed").await.expect(401);
    let next = refresh(&house, &begun.text("/refresh_token")).await.expect(200);
    for reply in [&begun, &next] {
        secrets.extend([reply.text("/refresh_token"), reply.text("/access_token")]);
    }
    let bearer = format!("Bearer {}", next.text("/access_token"));
    let body = json!({ "current_password": secrets[0], "new_password": PASSWORD });
    let change =
        TestRequest::post().uri("/api/v1/auth/password").insert_header(("authorization", bearer)).set_json(body);
    house.send(NOBODY, change).await.expect(204);
    let reset = format!("/users/{}/reset-password", made.id());
    let reset = house.step(administrator(), &reset, "*", Value::Null).await.expect(200);
    secrets.extend([reset.text("/one_time_password"), PASSWORD.to_owned(), "a wrong password typed".to_owned()]);

    let mut journal = String::new();
    let mut next = "/journal?limit=200".to_owned();
    loop {
        let page = house.get(auditor(), &next).await.expect(200);
        journal.push_str(std::str::from_utf8(&page.bytes).unwrap());
        let Some(cursor) = page.body["page"]["next"].as_str() else { break };
        next = format!("/journal?limit=200&cursor={cursor}");
    }
    for action in [
        "user.create",
        "session.begin",
        "session.refresh",
        "session.refuse",
        "user.change_password",
        "user.reset_password",
        "session.revoke",
    ] {
        assert!(journal.contains(&format!("\"{action}\"")), "{action}");
    }
    let users = user_account::Entity::find().all(house.state.db.reader()).await.unwrap();
    secrets.extend(users.into_iter().map(|user| user.password_hash));
    secrets.extend(["$argon2", "password_hash", "token_hash", "private_pem", "PRIVATE KEY"].map(ToOwned::to_owned));
    for secret in secrets {
        assert!(!journal.contains(&secret), "{secret}");
    }
}
