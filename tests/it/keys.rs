//! Stories of the keys that sign: made once, published, rotated without anybody noticing.

use actix_web::{http::header, test::TestRequest};
use chrono::{DateTime, Utc};
use entity::{signing_key, vocab::Role};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use thidua::{
    db,
    identity::{KeyPair, Keys, store},
};

use super::{
    people::{Person, person},
    support::{House, NOBODY, house},
};

async fn ensure(house: &House) -> Option<signing_key::Model> {
    let now = house.state.clock.now();
    db::write(&house.state.db, async |tx| store::ensure(tx, now).await).await.unwrap()
}

async fn rotate(house: &House) -> store::Rotation {
    let now = house.state.clock.now();
    db::write(&house.state.db, async |tx| store::rotate(tx, now).await).await.unwrap()
}

/// What a server does each minute.
async fn look(house: &House) {
    let keys = store::load(house.state.db.reader(), house.state.clock.now()).await.unwrap();
    house.state.identity.replace_keys(keys);
}

async fn published(house: &House) -> Vec<String> {
    let set = house.get(NOBODY, "/auth/jwks").await.expect(200);
    set.body["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn status(house: &House, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let request = TestRequest::get().uri("/api/v1/me").insert_header((header::AUTHORIZATION, bearer));
    house.send(NOBODY, request).await.status
}

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

fn token(house: &House, person: &Person) -> String {
    house.token(person.account)
}

#[actix_web::test]
async fn the_first_start_makes_a_key_and_the_second_finds_it() {
    let house = house().await;
    let made = ensure(&house).await.unwrap();
    assert!(ensure(&house).await.is_none());
    look(&house).await;
    assert_eq!(published(&house).await, [made.kid.as_str()]);
    let person = person(&house, Role::Auditor).await;
    assert_eq!(kid(&token(&house, &person)), made.kid);
    assert_eq!(serde_json::to_value(&made).unwrap().get("private_pem"), None);
}

#[actix_web::test]
async fn replicas_that_start_at_once_make_one_key() {
    let house = house().await;
    let made = futures_util::future::join_all((0..4).map(|_| ensure(&house))).await;
    assert_eq!(made.iter().flatten().count(), 1);
    assert_eq!(signing_key::Entity::find().all(house.state.db.reader()).await.unwrap().len(), 1);
}

#[actix_web::test]
async fn a_rotation_signs_nobody_out() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let first = ensure(&house).await.unwrap().kid;
    look(&house).await;

    let second = rotate(&house).await;
    let time = |at: &str| at.parse::<DateTime<Utc>>().unwrap();
    assert_eq!(second.new.active_from, time("2024-03-01T08:05:00Z"));
    assert_eq!(second.former[0].1.retired_at, Some(time("2024-03-01T08:25:00Z")));
    let second = second.new.kid;
    look(&house).await;
    assert_eq!(published(&house).await, [first.clone(), second.clone()], "published at once");
    assert_eq!(kid(&token(&house, &person)), first, "but it does not sign yet");

    house.at("2024-03-01T08:04:59Z");
    look(&house).await;
    let last_of_first = token(&house, &person);
    house.at("2024-03-01T08:05:00Z");
    look(&house).await;
    let of_second = token(&house, &person);
    assert_eq!((kid(&last_of_first), kid(&of_second)), (first.clone(), second.clone()));
    assert_eq!((status(&house, &last_of_first).await, status(&house, &of_second).await), (200, 200));

    house.at("2024-03-01T08:19:58Z");
    look(&house).await;
    assert_eq!(status(&house, &last_of_first).await, 200, "it lives out its quarter of an hour");
    house.at("2024-03-01T08:25:00Z");
    look(&house).await;
    assert_eq!(published(&house).await, [second]);
}

#[actix_web::test]
async fn a_token_of_a_retired_key_is_forgotten_with_it() {
    let house = house().await;
    let person = person(&house, Role::Auditor).await;
    let (former, present) = (KeyPair::generate(), KeyPair::generate());
    let take =
        |signer: &KeyPair, others: &[KeyPair]| house.state.identity.replace_keys(Keys::new(signer, others).unwrap());
    take(&former, &[]);
    let token = token(&house, &person);
    assert_eq!(status(&house, &token).await, 200);
    take(&present, std::slice::from_ref(&former));
    assert_eq!(status(&house, &token).await, 200);
    take(&present, &[]);
    assert_eq!(status(&house, &token).await, 401);
}

#[actix_web::test]
async fn two_rotations_in_a_row_leave_always_one_that_signs() {
    let house = house().await;
    let first = ensure(&house).await.unwrap();
    let second = rotate(&house).await.new;
    house.at("2024-03-01T08:01:00Z");
    let third = rotate(&house).await.new;
    let signer = async |at: &str| {
        house.at(at);
        let now = house.state.clock.now();
        let all = store::list(house.state.db.reader()).await.unwrap();
        let valid: Vec<_> = all.into_iter().filter(|key| store::valid(key, now)).collect();
        store::signer(&valid, now).unwrap().kid.clone()
    };
    assert_eq!(signer("2024-03-01T08:04:59Z").await, first.kid);
    assert_eq!(signer("2024-03-01T08:05:30Z").await, second.kid);
    assert_eq!(signer("2024-03-01T08:06:00Z").await, third.kid);
    assert_eq!(signer("2034-03-01T08:00:00Z").await, third.kid);
}

#[actix_web::test]
async fn the_key_set_is_public_and_may_be_kept_a_while() {
    let house = house().await;
    let set = house.get(NOBODY, "/auth/jwks").await.expect(200);
    let known = house.get(NOBODY, "//.well-known/jwks.json").await.expect(200);
    assert_eq!((set.bytes.clone(), set.header("cache-control")), (known.bytes.clone(), "public, max-age=120"));
    let key = &set.body["keys"][0];
    let fixed = ["kty", "crv", "alg", "use"].map(|name| key[name].clone());
    assert_eq!(fixed, ["OKP", "Ed25519", "EdDSA", "sig"].map(Value::from));
    assert_eq!(key.as_object().unwrap().len(), 6, "{key}: nothing of the private half");
    let again = TestRequest::get().uri("/.well-known/jwks.json").insert_header((header::IF_NONE_MATCH, known.etag()));
    house.send(NOBODY, again).await.expect(304);
    assert_ne!(key["x"], json!(""));
}
