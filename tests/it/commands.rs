//! Stories of the command line: the real program, against the database of a house.

use std::process::{Command, Output};

use entity::{signing_key, vocab::Role};
use sea_orm::EntityTrait;
use serde_json::json;

use super::{
    people::{PASSWORD, person, refresh, sign_in},
    support::{House, auditor, house},
};

fn thidua(house: &House, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_thidua"));
    program.env_remove("THIDUA_SIGNING_KEY").env("DATABASE_URL", house.database_url()).args(arguments);
    program.output().unwrap()
}

#[track_caller]
fn told(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(output: Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

fn password(told: &str) -> &str {
    told.lines().find_map(|line| line.strip_prefix("one-time password:")).unwrap().trim()
}

#[actix_web::test]
async fn accounts_are_made_and_reset_from_the_command_line() {
    let house = house().await;
    let made = told(thidua(&house, &["user", "add", "--username", "quan-tri", "--role", "administrator"]));
    assert!(made.contains("quan-tri"));
    let begun = sign_in(&house, "quan-tri", password(&made)).await.expect(200);
    assert_eq!(begun.body["must_change_password"], true);

    let add =
        ["user", "add", "--username", "ha-noi.01", "--role", "province_officer", "--display-name", "Lê Văn Cường"];
    told(thidua(&house, &[&add[..], &["--province-code", "01"]].concat()));
    let list = house.get(super::support::administrator(), "/users?q=cuong&fields=username,role").await.expect(200);
    assert_eq!(list.body["data"], json!([{ "username": "ha-noi.01", "role": "province_officer" }]));

    assert!(refused(thidua(&house, &add)).contains("/province_id: a province officer needs a province"));
    assert!(refused(thidua(&house, &["user", "add", "--username", "quan-tri", "--role", "auditor"])).contains("taken"));
    assert!(
        refused(thidua(&house, &["user", "add", "--username", "Quản trị", "--role", "auditor"])).contains("/username")
    );
    assert!(refused(thidua(&house, &["user", "add", "--username", "x-y", "--role", "emperor"])).contains("auditor"));
    assert!(refused(thidua(&house, &[&add[..], &["--province-code", "00"]].concat())).contains("no province"));

    let person = person(&house, Role::Auditor).await;
    let token = sign_in(&house, &person.username, PASSWORD).await.expect(200).text("/refresh_token");
    let reset = told(thidua(&house, &["user", "reset-password", "--username", &person.username]));
    refresh(&house, &token).await.problem(401, "unauthenticated");
    sign_in(&house, &person.username, password(&reset)).await.expect(200);
    assert!(refused(thidua(&house, &["user", "reset-password", "--username", "nobody"])).contains("no account"));

    let journal = house.get(auditor(), "/journal?resource_type=user&request_id=user%20add").await.expect(200);
    assert_eq!(journal.column("actor_kind"), ["system", "system"]);
}

#[actix_web::test]
async fn keys_are_rotated_from_the_command_line() {
    let house = house().await;
    told(thidua(&house, &["key", "rotate"]));
    let listed = told(thidua(&house, &["key", "rotate"]));
    let keys = signing_key::Entity::find().all(house.state.db.reader()).await.unwrap();
    assert_eq!((keys.len(), listed.lines().count()), (2, 3));
    assert_eq!(keys.iter().filter(|key| key.retired_at.is_some()).count(), 1);
    assert_eq!(told(thidua(&house, &["key", "list"])).lines().count(), 3);
    assert!(!listed.contains("PRIVATE"));
    let journal = house.get(auditor(), "/journal?resource_type=signing_key&sort=at").await.expect(200);
    assert_eq!(journal.column("action"), ["signing_key.create", "signing_key.create", "signing_key.retire"]);
    let given = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .env("THIDUA_SIGNING_KEY", "somewhere.pem")
        .env("DATABASE_URL", house.database_url())
        .args(["key", "rotate"])
        .output()
        .unwrap();
    assert!(refused(given).contains("settings"));
}
