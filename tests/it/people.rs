//! People with accounts, for stories in which somebody signs in.

use chrono::NaiveDate;
use entity::{province, user_account, vocab::Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use thidua::{
    db,
    domain::{policy::Account, province::valid_on, text},
    identity::hash_password,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::support::{House, NOBODY, Reply, someone};

/// The password of everybody here.
pub(crate) const PASSWORD: &str = "lúa chín vàng đồng 2024";

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) account: Account,
    pub(crate) username: String,
}

/// An account of this role with a password of its own.
pub(crate) async fn person(house: &House, role: Role) -> Person {
    let province_id = match role {
        Role::ProvinceOfficer => Some(province(house, "15", "2024-03-01").await),
        _ => None,
    };
    let account = someone(role, province_id).unwrap();
    Person { account, username: enrol(house, account).await }
}

/// Gives an account its row, and tells the user name.
pub(crate) async fn enrol(house: &House, account: Account) -> String {
    // One hash for all: it takes its time, and who has which salt is no story here.
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = HASH.get_or_init(async || hash_password(PASSWORD.to_owned()).await.unwrap()).await;
    let username = format!("u{}", account.id.simple());
    let now = house.state.clock.now();
    let row = user_account::ActiveModel {
        id: Set(account.id),
        username: Set(username.clone()),
        display_name: Set("Nguyễn Thị Hoa".to_owned()),
        role: Set(account.role),
        province_id: Set(account.province_id),
        password_hash: Set(hash.clone()),
        must_change_password: Set(false),
        disabled_at: Set(None),
        search_text: Set(text::search_text(&[&username, "Nguyễn Thị Hoa"])),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    db::write(&house.state.db, async |tx| Ok(row.clone().insert(tx).await?)).await.unwrap();
    username
}

/// The province that had this code on a day.
pub(crate) async fn province(house: &House, code: &str, day: &str) -> Uuid {
    let day: NaiveDate = day.parse().unwrap();
    let coded = province::Entity::find().filter(province::Column::Code.eq(code)).all(house.state.db.reader()).await;
    coded.unwrap().into_iter().find(|row| valid_on(row.valid_from, row.valid_to, day)).unwrap().id
}

pub(crate) async fn sign_in(house: &House, username: &str, password: &str) -> Reply {
    house.post(NOBODY, "/auth/sign-in", json!({ "username": username, "password": password })).await
}

pub(crate) async fn refresh(house: &House, token: &str) -> Reply {
    house.post(NOBODY, "/auth/refresh", json!({ "refresh_token": token })).await
}

/// A problem without what names the single request: what two callers can compare.
pub(crate) fn alike(reply: &Reply) -> (u16, Value, String) {
    let mut body = reply.body.clone();
    for member in ["request_id", "instance"] {
        body.as_object_mut().unwrap().remove(member);
    }
    (reply.status, body, reply.header("www-authenticate").to_owned())
}
