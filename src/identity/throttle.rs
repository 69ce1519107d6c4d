//! Wrong passwords, counted by whom they were meant for, whether or not there is such an account.

use chrono::{DateTime, Utc};
use entity::sign_in_throttle::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    db::{self, Db},
    domain::{digest::sha256, phrase::Phrase, text, throttle::Attempts},
    problem::{Code, Problem},
};

/// What attempts are counted under: a hash, for people type passwords where names belong.
#[derive(Clone, Debug)]
pub struct Target(String);

impl Target {
    /// Signing in under a name, however it is spelt.
    pub fn sign_in(username: &str) -> Self {
        Self(sha256(format!("sign-in:{}", text::fold(username))))
    }

    /// Proving who is signed in, before the password is changed.
    pub fn password_of(user_id: Uuid) -> Self {
        Self(sha256(format!("password:{user_id}")))
    }
}

/// Counts an attempt as failed before the password is looked at, so that many at once are no way around the wait;
/// [`forgive`] takes it back. Refused with 429 while there is a wait.
pub async fn attempt(db: &Db, target: &Target, now: DateTime<Utc>) -> Result<Model, Problem> {
    db::write(db, async |tx| {
        let found = Entity::find().filter(Column::Subject.eq(&target.0)).one(tx).await?;
        let earlier = found.as_ref().map(|row| Attempts {
            failures: row.failures,
            blocked_until: row.blocked_until,
            at: row.updated_at,
        });
        let attempts = Attempts::one_more(earlier, now).map_err(wait)?;
        let Some(found) = found else {
            let row = ActiveModel {
                id: Set(Uuid::now_v7()),
                subject: Set(target.0.clone()),
                failures: Set(attempts.failures),
                blocked_until: Set(attempts.blocked_until),
                updated_at: Set(attempts.at),
            };
            return Ok(Entity::insert(row).exec_with_returning(tx).await?);
        };
        let mut row = found.into_active_model();
        row.failures = Set(attempts.failures);
        row.blocked_until = Set(attempts.blocked_until);
        row.updated_at = Set(attempts.at);
        Ok(Entity::update(row).validate()?.exec(tx).await?)
    })
    .await
}

/// Forgets the wrong passwords, after the right one.
pub async fn forgive(tx: &impl ConnectionTrait, target: &Target) -> Result<(), Problem> {
    Entity::delete_many().filter(Column::Subject.eq(&target.0)).exec(tx).await?;
    Ok(())
}

/// Takes away what no wait depends on any more.
pub async fn forget_old(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Problem> {
    let old = Entity::delete_many().filter(Column::UpdatedAt.lte(Attempts::forgotten(now)));
    Ok(old.exec(tx).await?.rows_affected)
}

fn wait(seconds: u64) -> Problem {
    let detail = Phrase::made(format!("try again in {seconds} seconds"), format!("hãy thử lại sau {seconds} giây"));
    Problem::new(Code::TooManyRequests, detail).retry_after(seconds)
}
