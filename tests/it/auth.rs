//! Stories of signing in, refreshing and signing out.

use actix_web::{http::header, test::TestRequest};
use entity::vocab::Role;
use futures_util::future::join;
use serde_json::{Value, json};
use thidua::{
    db,
    identity::{sessions, throttle},
};

use super::{
    authz::Door,
    people::{PASSWORD, Person, alike, person, refresh, sign_in},
    support::{House, NOBODY, Reply, administrator, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                             nobody officer appraiser auditor secretary administrator
    ("GET",    "/.well-known/jwks.json",           [200,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/auth/jwks",                [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/auth/password",            [401,  422,    422,      422,    422,      422]),
    ("POST",   "/api/v1/auth/refresh",             [401,  401,    401,      401,    401,      401]),
    // The sixth in a row with the same user name has to wait, whoever it is.
    ("POST",   "/api/v1/auth/sign-in",             [401,  401,    401,      401,    401,      429]),
    ("POST",   "/api/v1/auth/sign-out",            [204,  204,    204,      204,    204,      204]),
];

/// What the bearer of an access token gets at `/me`.
async fn me(house: &House, access_token: &str) -> Reply {
    let bearer = format!("Bearer {access_token}");
    house.send(NOBODY, TestRequest::get().uri("/api/v1/me").insert_header((header::AUTHORIZATION, bearer))).await
}

async fn change_password(house: &House, who: &Person, current: &str, new: &str) -> Reply {
    let body = json!({ "current_password": current, "new_password": new });
    house.post(Some(who.account), "/auth/password", body).await
}

#[actix_web::test]
async fn a_session_begins_goes_on_and_ends() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let begun = sign_in(&house, &person.username, PASSWORD).await.expect(200);
    assert_eq!(begun.header("cache-control"), "no-store");
    assert_eq!((begun.text("/token_type"), begun.body["expires_in"].as_i64()), ("Bearer".into(), Some(900)));
    assert_eq!(begun.text("/refresh_expires_at"), "2024-03-15T08:00:00Z");
    assert_eq!(begun.body["must_change_password"], false);
    assert_eq!(me(&house, &begun.text("/access_token")).await.expect(200).id(), person.account.id.to_string());

    house.at("2024-03-01T08:15:00Z");
    me(&house, &begun.text("/access_token")).await.problem(401, "unauthenticated");
    let next = refresh(&house, &begun.text("/refresh_token")).await.expect(200);
    assert_eq!(next.header("cache-control"), "no-store");
    assert_eq!(next.text("/refresh_expires_at"), "2024-03-15T08:15:00Z");
    me(&house, &next.text("/access_token")).await.expect(200);

    let out = json!({ "refresh_token": next.text("/refresh_token") });
    house.post(NOBODY, "/auth/sign-out", out.clone()).await.expect(204);
    house.post(NOBODY, "/auth/sign-out", out).await.expect(204);
    refresh(&house, &next.text("/refresh_token")).await.problem(401, "unauthenticated");
    house.post(NOBODY, "/auth/sign-out", json!({ "refresh_token": "unknown" })).await.expect(204);
}

#[actix_web::test]
async fn a_used_refresh_token_ends_the_whole_session_and_no_other() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let other = sign_in(&house, &person.username, PASSWORD).await.expect(200);
    let first = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let second = refresh(&house, &first).await.expect(200).text("/refresh_token");
    let third = refresh(&house, &second).await.expect(200).text("/refresh_token");
    let refused = refresh(&house, &first).await;
    let unknown = refresh(&house, "there-is-no-such-token").await;
    assert_eq!(alike(&refused), alike(&unknown));
    assert_eq!(alike(&refresh(&house, &third).await), alike(&unknown));
    refresh(&house, &other.text("/refresh_token")).await.expect(200);
    let told = house.get(administrator(), "/journal?action=session.revoke").await.expect(200);
    assert_eq!(told.column("after"), [json!({ "user_id": person.account.id, "reason": "reuse" })]);
    assert_eq!(told.column("resource_version"), [json!(3)]);
}

#[actix_web::test]
async fn of_twins_with_one_refresh_token_one_at_most_is_served() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let (one, two) = join(refresh(&house, &token), refresh(&house, &token)).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    let served = if one.status == 200 { one } else { two };
    refresh(&house, &served.text("/refresh_token")).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_refresh_token_lives_a_fortnight() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    house.at("2024-03-15T07:59:59Z");
    let token = refresh(&house, &token).await.expect(200).text("/refresh_token");
    house.at("2024-03-29T07:59:59Z");
    refresh(&house, &token).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn nothing_tells_a_known_user_from_an_unknown_one() {
    let house = house().await;
    let known = person(&house, Role::Auditor).await;
    let out = person(&house, Role::Auditor).await;
    let path = format!("/users/{}/disable", out.account.id);
    house.step(administrator(), &path, "\"1\"", Value::Null).await.expect(200);
    let mut answers = vec![];
    for (username, password) in [
        ("nobody-here", PASSWORD),
        (known.username.as_str(), "not the password"),
        (out.username.as_str(), PASSWORD),
        (out.username.as_str(), "not the password"),
    ] {
        // The second attempt, so that each finds its count begun.
        sign_in(&house, username, "first").await.expect(401);
        let (reply, statements) = house.counting(sign_in(&house, username, password)).await;
        answers.push((alike(&reply), statements));
    }
    assert_eq!(answers[0].0.0, 401);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[actix_web::test]
async fn a_bad_token_does_not_stand_in_the_way_of_a_new_one() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let request = |path: &str, body: Value| {
        TestRequest::post().uri(path).insert_header((header::AUTHORIZATION, "Bearer expired.or.worse")).set_json(body)
    };
    let body = json!({ "username": person.username.to_uppercase(), "password": PASSWORD });
    let begun = house.send(NOBODY, request("/api/v1/auth/sign-in", body)).await.expect(200);
    let body = json!({ "refresh_token": begun.text("/refresh_token") });
    let next = house.send(NOBODY, request("/api/v1/auth/refresh", body)).await.expect(200);
    let body = json!({ "refresh_token": next.text("/refresh_token") });
    house.send(NOBODY, request("/api/v1/auth/sign-out", body)).await.expect(204);
    house.send(NOBODY, request("/api/v1/auth/password", json!({}))).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_one_time_password_opens_the_change_of_it_and_nothing_else() {
    let house = house().await;
    let new = json!({ "username": "kiem-toan", "display_name": "Kiểm toán", "role": "auditor" });
    let password = house.post(administrator(), "/users", new).await.expect(201).text("/one_time_password");
    let begun = sign_in(&house, "kiem-toan", &password).await.expect(200);
    assert_eq!(begun.body["must_change_password"], true);
    let begun = refresh(&house, &begun.text("/refresh_token")).await.expect(200);
    assert_eq!(begun.body["must_change_password"], true);
    let bearer = format!("Bearer {}", begun.text("/access_token"));
    let with = |request: TestRequest| request.insert_header((header::AUTHORIZATION, bearer.as_str()));

    let known = house.send(NOBODY, with(TestRequest::get().uri("/api/v1/me"))).await.expect(200);
    assert_eq!(
        (known.body["must_change_password"].clone(), known.body["permissions"].clone()),
        (json!(true), json!([]))
    );
    house.send(NOBODY, with(TestRequest::get().uri("/api/v1/journal"))).await.problem(403, "password-change-needed");
    house.send(NOBODY, with(TestRequest::get().uri("/api/v1/clusters"))).await.problem(403, "password-change-needed");
    let body = json!({ "current_password": password, "new_password": PASSWORD });
    let change = TestRequest::post().uri("/api/v1/auth/password").set_json(body);
    house.send(NOBODY, with(change)).await.expect(204);

    refresh(&house, &begun.text("/refresh_token")).await.problem(401, "unauthenticated");
    sign_in(&house, "kiem-toan", &password).await.problem(401, "unauthenticated");
    let settled = sign_in(&house, "kiem-toan", PASSWORD).await.expect(200);
    assert_eq!(settled.body["must_change_password"], false);
    let known = me(&house, &settled.text("/access_token")).await.expect(200);
    assert_eq!(known.body["permissions"], json!(["read_journal"]));
}

#[actix_web::test]
async fn a_changed_password_ends_every_session() {
    let house = house().await;
    let person = person(&house, Role::CouncilSecretary).await;
    let sessions = [
        sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token"),
        sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token"),
    ];
    let decomposed = "ne\u{302}\u{301}p ca\u{301}i hoa va\u{300}ng";
    change_password(&house, &person, PASSWORD, decomposed).await.expect(204);
    for session in sessions {
        refresh(&house, &session).await.problem(401, "unauthenticated");
    }
    sign_in(&house, &person.username, PASSWORD).await.problem(401, "unauthenticated");
    sign_in(&house, &person.username, "nếp cái hoa vàng").await.expect(200);
}

#[actix_web::test]
async fn a_password_has_bounds_and_the_former_must_be_known() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    #[rustfmt::skip]
    let cases = [
        (PASSWORD,          "x".repeat(11),         "/new_password length"),
        (PASSWORD,          "ố".repeat(11),         "/new_password length"),
        (PASSWORD,          "x".repeat(201),        "/new_password length"),
        (PASSWORD,          String::new(),          "/new_password length"),
        (PASSWORD,          PASSWORD.to_owned(),    "/new_password unchanged"),
        (PASSWORD,          "nul\0 in the middle".to_owned(), "/new_password control_character"),
        ("wrong password",  "x".repeat(12),         "/current_password wrong_password"),
        ("",                "x".repeat(12),         "/current_password length"),
    ];
    for (current, new, fault) in cases {
        let faults = change_password(&house, &person, current, &new).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{new}");
    }
    // Whose account is gone has a token that nothing honours here.
    let body = json!({ "current_password": PASSWORD, "new_password": "x".repeat(12) });
    house.post(administrator(), "/auth/password", body).await.problem(401, "unauthenticated");
    change_password(&house, &person, PASSWORD, &"🔑".repeat(12)).await.expect(204);
    sign_in(&house, &person.username, &"🔑".repeat(12)).await.expect(200);
}

#[actix_web::test]
async fn bad_credentials_of_every_kind_are_problems() {
    let house = house().await;
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                                   "/username required"),
        (json!({ "username": "a" }),                                  "/password required"),
        (json!({ "username": "", "password": "x" }),                  "/username blank"),
        (json!({ "username": "a", "password": "" }),                  "/password length"),
        (json!({ "username": "a", "password": "x".repeat(201) }),     "/password length"),
        (json!({ "username": "x".repeat(101), "password": "x" }),     "/username too_long"),
        (json!({ "username": 7, "password": "x" }),                   "/username wrong_type"),
        (json!({ "username": "a\0", "password": "x" }),               "/username control_character"),
        (json!({ "username": "a", "password": "x", "otp": 1 }),       "/otp unknown_member"),
    ];
    for (body, fault) in cases {
        let faults = house.post(NOBODY, "/auth/sign-in", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    for username in ["🎏", "%", "' OR 1=1 --", "Ye\u{302}n Ba\u{301}i", "_"] {
        sign_in(&house, username, PASSWORD).await.problem(401, "unauthenticated");
    }
    for path in ["/auth/refresh", "/auth/sign-out"] {
        let faults = house.post(NOBODY, path, json!({ "refresh_token": "x".repeat(101) })).await;
        assert_eq!(faults.problem(422, "invalid"), ["/refresh_token too_long"]);
    }
}

#[actix_web::test]
async fn what_has_expired_is_thrown_away_and_nothing_else() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let first = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    sign_in(&house, &person.username, PASSWORD).await.expect(200);
    sign_in(&house, "nobody-here", PASSWORD).await.expect(401);
    house.at("2024-03-10T08:00:00Z");
    let second = refresh(&house, &first).await.expect(200).text("/refresh_token");
    sign_in(&house, "nobody-there", PASSWORD).await.expect(401);
    house.at("2024-03-15T08:00:00Z");
    let now = house.state.clock.now();
    let forgotten = db::write(&house.state.db, async |tx| {
        Ok((sessions::forget_expired(tx, now).await?, throttle::forget_old(tx, now).await?))
    });
    // The session that goes on keeps its used token, by which a thief would be found out.
    assert_eq!(forgotten.await.unwrap(), (1, 2));
    refresh(&house, &first).await.expect(401);
    refresh(&house, &second).await.expect(401);
}
