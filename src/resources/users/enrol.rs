//! How an account and its one-time password come about: over HTTP, on the command line, at the first start.

use chrono::{DateTime, Utc};
use entity::{province, user_account, vocab::Role};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    db::{self, Db},
    domain::{
        account,
        phrase::Phrase,
        refusal::{Fault, unless_faulty},
        text,
    },
    identity::{
        hash_password, one_time_password, sessions,
        throttle::{self, Target},
    },
    journal::{self, Author, Change},
    problem::Problem,
};

/// A person who is to get an account.
#[derive(Clone, Debug)]
pub(crate) struct NewAccount {
    pub username: String,
    pub(crate) display_name: String,
    pub(crate) role: Role,
    pub(crate) province_id: Option<Uuid>,
}

/// A password to hand over once. Only its hash is stored.
pub struct OneTime {
    pub username: String,
    pub password: String,
}

/// Creates an account with a one-time password, which the caller made and hashed beforehand.
pub(crate) async fn enrol(
    tx: &impl ConnectionTrait,
    author: Author,
    new: &NewAccount,
    password_hash: String,
) -> Result<user_account::Model, Problem> {
    let faults = [account::misnamed(&new.username), account::misplaced(new.role, new.province_id)];
    unless_faulty(faults.into_iter().flatten().collect())?;
    known_province(tx, new.province_id).await?;
    if user_account::Entity::find().filter(user_account::Column::Username.eq(&new.username)).count(tx).await? > 0 {
        let name = &new.username;
        return Err(Problem::conflict(Phrase::made(
            format!("the user name {name} is taken"),
            format!("tên đăng nhập {name} đã được dùng"),
        )));
    }
    let row = user_account::ActiveModel {
        id: Set(Uuid::now_v7()),
        username: Set(new.username.clone()),
        display_name: Set(new.display_name.clone()),
        role: Set(new.role),
        province_id: Set(new.province_id),
        password_hash: Set(password_hash),
        must_change_password: Set(true),
        disabled_at: Set(None),
        search_text: Set(text::search_text(&[&new.username, &new.display_name])),
        version: Set(1),
        created_at: Set(author.now),
        updated_at: Set(author.now),
    };
    let row = user_account::Entity::insert(row).exec_with_returning(tx).await?;
    let change = Change::new("user.create", "user", row.id, row.version);
    journal::record(tx, author, change.after(&row)?).await?;
    Ok(row)
}

/// Replaces the password by a one-time password, which the caller made and hashed beforehand, and ends all sessions.
pub(crate) async fn give_one_time_password(
    tx: &impl ConnectionTrait,
    author: Author,
    found: user_account::Model,
    password_hash: String,
) -> Result<user_account::Model, Problem> {
    let mut row = found.clone().into_active_model();
    row.password_hash = Set(password_hash);
    row.must_change_password = Set(true);
    let saved = save(tx, author.now, &found, row).await?;
    let change = Change::new("user.reset_password", "user", saved.id, saved.version);
    journal::record(tx, author.clone(), change.before(&found)?.after(&saved)?).await?;
    // Whoever forgot the password has tried it often enough.
    throttle::forgive(tx, &Target::sign_in(&saved.username)).await?;
    end_sessions(tx, author, saved.id, "password").await?;
    Ok(saved)
}

/// Creates `administrator` where there is no account at all.
pub async fn ensure_first_administrator(db: &Db, now: DateTime<Utc>) -> Result<Option<OneTime>, Problem> {
    let empty = async |db: &_| user_account::Entity::find().count(db).await.map(|count| count == 0);
    if !empty(db.reader()).await? {
        return Ok(None);
    }
    let first = NewAccount {
        username: "administrator".to_owned(),
        display_name: "Quản trị viên".to_owned(),
        role: Role::Administrator,
        province_id: None,
    };
    let password = one_time_password();
    let hash = hash_password(password.clone()).await?;
    let made = db::write(db, async |tx| {
        // Of several replicas that start at once, one makes it.
        if user_account::Entity::find().count(tx).await? > 0 {
            return Ok(None);
        }
        enrol(tx, Author::system("first-start", now), &first, hash.clone()).await.map(Some)
    })
    .await?;
    Ok(made.map(|row| OneTime { username: row.username, password }))
}

/// A province that an account names must be there; any, also one of the past: old cycles have officers too.
pub(super) async fn known_province(tx: &impl ConnectionTrait, province_id: Option<Uuid>) -> Result<(), Problem> {
    let Some(province_id) = province_id else { return Ok(()) };
    if province::Entity::find_by_id(province_id).one(tx).await?.is_some() {
        return Ok(());
    }
    let message = Phrase::new("there is no such province", "không có tỉnh này");
    Err(Problem::invalid(vec![Fault::new("/province_id", "unknown_reference", message)]))
}

/// Stores a changed account as its next version.
pub(super) async fn save(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    found: &user_account::Model,
    mut row: user_account::ActiveModel,
) -> Result<user_account::Model, Problem> {
    row.version = Set(found.version + 1);
    row.updated_at = Set(now);
    // The version guards the row even where the database lets two writers in at once.
    let guarded = user_account::Entity::update(row).validate()?.filter(user_account::Column::Version.eq(found.version));
    Ok(guarded.exec(tx).await?)
}

/// Ends all sessions of an account.
pub(super) async fn end_sessions(
    tx: &impl ConnectionTrait,
    author: Author,
    user_id: Uuid,
    reason: &str,
) -> Result<(), Problem> {
    let ended = sessions::end_all(tx, user_id, author.now).await?;
    let after = json!({ "user_id": user_id, "reason": reason });
    let changes: Result<Vec<_>, Problem> = ended
        .iter()
        .map(|ended| Change::new("session.revoke", "session", ended.family_id, ended.generation).after(&after))
        .collect();
    journal::record_all(tx, author, changes?).await
}
