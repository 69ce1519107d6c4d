//! Stories of wrong passwords, one after another and many at once.

use std::time::{Duration, Instant};

use entity::{sign_in_throttle, vocab::Role};
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{
    people::{PASSWORD, alike, person, sign_in},
    support::{House, administrator, house},
};

/// Gives a wrong password so often.
async fn fail(house: &House, username: &str, times: usize) {
    for _ in 0..times {
        sign_in(house, username, "not the password").await.problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn waits_grow_and_the_right_password_ends_them() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    fail(&house, &person.username, 5).await;
    let waiting = sign_in(&house, &person.username, PASSWORD).await;
    assert_eq!(waiting.header("retry-after"), "15");
    waiting.problem(429, "too-many-requests");

    house.at("2024-03-01T08:00:14Z");
    assert_eq!(sign_in(&house, &person.username, PASSWORD).await.expect(429).header("retry-after"), "1");
    house.at("2024-03-01T08:00:15Z");
    fail(&house, &person.username, 1).await;
    assert_eq!(sign_in(&house, &person.username, PASSWORD).await.expect(429).header("retry-after"), "30");
    house.at("2024-03-01T08:00:45Z");
    sign_in(&house, &person.username, PASSWORD).await.expect(200);
    fail(&house, &person.username, 4).await;
    sign_in(&house, &person.username, PASSWORD).await.expect(200);
    assert_eq!(sign_in_throttle::Entity::find().count(house.state.db.reader()).await.unwrap(), 0);
}

#[actix_web::test]
async fn an_unknown_name_waits_as_a_known_one_does() {
    let house = house().await;
    let known = person(&house, Role::Auditor).await;
    fail(&house, &known.username, 5).await;
    fail(&house, "nobody-here", 5).await;
    let (known, unknown) =
        (sign_in(&house, &known.username, PASSWORD).await, sign_in(&house, "nobody-here", PASSWORD).await);
    assert_eq!((alike(&known), known.header("retry-after")), (alike(&unknown), unknown.header("retry-after")));
    // Another spelling of the name is the same name; another name is free.
    sign_in(&house, " NOBODY-here", PASSWORD).await.problem(429, "too-many-requests");
    sign_in(&house, "nobody-there", PASSWORD).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn attempts_at_once_are_counted_one_by_one() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let tries = (0..12).map(|number| sign_in(&house, &person.username, ["wrong", "false"][number % 2]));
    let statuses: Vec<u16> = join_all(tries).await.iter().map(|reply| reply.status).collect();
    let of = |status| statuses.iter().filter(|one| **one == status).count();
    assert_eq!((of(401), of(429)), (5, 7));
}

#[actix_web::test]
async fn who_is_signed_in_cannot_guess_either() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let change = async |current: &str| {
        let body = json!({ "current_password": current, "new_password": "một mật khẩu khác hẳn" });
        house.post(Some(person.account), "/auth/password", body).await
    };
    for _ in 0..5 {
        change("not the password").await.problem(422, "invalid");
    }
    assert_eq!(change(PASSWORD).await.expect(429).header("retry-after"), "15");
    // The two doors are counted apart: nobody outside can keep the owner from changing the password.
    sign_in(&house, &person.username, PASSWORD).await.expect(200);
    house.at("2024-03-01T08:00:15Z");
    change(PASSWORD).await.expect(204);
}

#[actix_web::test]
async fn a_reset_forgives() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    fail(&house, &person.username, 5).await;
    let path = format!("/users/{}/reset-password", person.account.id);
    let reset = house.step(administrator(), &path, "\"1\"", Value::Null).await.expect(200);
    sign_in(&house, &person.username, &reset.text("/one_time_password")).await.expect(200);
}

#[actix_web::test]
async fn refused_sign_ins_are_journaled_without_what_was_typed() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    fail(&house, &person.username, 1).await;
    fail(&house, "a password in the wrong place", 2).await;
    let told = house.get(administrator(), "/journal?action=session.refuse&sort=at").await.expect(200);
    let failures: Vec<Value> = told.column("after").iter().map(|after| after["failures"].clone()).collect();
    assert_eq!(failures, [json!(1), json!(1), json!(2)]);
    assert_eq!(told.column("after")[0]["user_id"], json!(person.account.id));
    assert_eq!(told.column("after")[1]["user_id"], Value::Null);
    assert!(!String::from_utf8(told.bytes).unwrap().contains("wrong place"));
}

#[actix_web::test]
async fn an_unknown_name_takes_as_long_as_a_known_one() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let time = async |username: &str| {
        let begun = Instant::now();
        sign_in(&house, username, "not the password").await.expect(401);
        begun.elapsed()
    };
    // The quickest of several: what the machine does beside counts for nothing. Without a look at some password the
    // answer would come in a twentieth of the time.
    let (mut unknown, mut known) = (Duration::MAX, Duration::MAX);
    for _ in 0..4 {
        unknown = unknown.min(time("nobody-here").await);
        known = known.min(time(&person.username).await);
    }
    assert!(unknown * 8 > known, "{unknown:?} and {known:?}");
}
