//! Sessions: families of refresh tokens. A token is used once, for the next one of its family; whoever brings a used
//! one has stolen it or was stolen from, and the family ends.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{refresh_token, user_account};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{domain::digest::sha256, problem::Problem};

/// Days a refresh token lives.
pub const REFRESH_DAYS: i64 = 14;

/// A refresh token on its way to the client; only its hash is stored.
pub struct Refresh {
    pub token: String,
    pub expires_at: DateTime<Utc>,
    /// The session.
    pub family_id: Uuid,
    /// Which token of the family it is, from 1.
    pub generation: i32,
}

/// What became of a refresh token that was brought.
pub enum Exchange {
    /// The next token, and whose it is.
    Next(Refresh, user_account::Model),
    /// It had been used before: the family is revoked.
    Reused(Ended),
    /// Unknown, expired, revoked, or of somebody who is shut out.
    Refused,
}

/// A session that is over.
pub struct Ended {
    pub family_id: Uuid,
    pub user_id: Uuid,
    /// How many tokens it had.
    pub generation: i32,
}

/// Begins a session.
pub async fn begin(tx: &impl ConnectionTrait, user_id: Uuid, now: DateTime<Utc>) -> Result<Refresh, Problem> {
    issue(tx, user_id, Uuid::now_v7(), now).await
}

/// Exchanges a refresh token for the next one.
pub async fn exchange(tx: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<Exchange, Problem> {
    let Some(found) = find(tx, token).await? else { return Ok(Exchange::Refused) };
    if found.revoked_at.is_some() {
        return Ok(Exchange::Refused);
    }
    if found.used_at.is_some() {
        let ended = end(tx, found.family_id, now).await?;
        return Ok(ended.map_or(Exchange::Refused, Exchange::Reused));
    }
    let user = user_account::Entity::find_by_id(found.user_id).one(tx).await?;
    let Some(user) = user.filter(|user| user.disabled_at.is_none() && now < found.expires_at) else {
        return Ok(Exchange::Refused);
    };
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::Column::Id.eq(found.id))
        .exec(tx)
        .await?;
    Ok(Exchange::Next(issue(tx, user.id, found.family_id, now).await?, user))
}

/// Ends the session a refresh token belongs to, if there is such a session and it has not ended.
pub async fn sign_out(tx: &impl ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<Option<Ended>, Problem> {
    match find(tx, token).await? {
        Some(found) => end(tx, found.family_id, now).await,
        None => Ok(None),
    }
}

/// Ends all sessions of an account, and tells which were alive.
pub async fn end_all(tx: &impl ConnectionTrait, user_id: Uuid, now: DateTime<Utc>) -> Result<Vec<Ended>, Problem> {
    let open = refresh_token::Column::UserId.eq(user_id).and(refresh_token::Column::RevokedAt.is_null());
    let tokens: Vec<(Uuid, DateTime<Utc>)> = refresh_token::Entity::find()
        .select_only()
        .columns([refresh_token::Column::FamilyId, refresh_token::Column::ExpiresAt])
        .filter(open.clone())
        .into_tuple()
        .all(tx)
        .await?;
    let mut families: BTreeMap<Uuid, (i32, bool)> = BTreeMap::new();
    for (family_id, expires_at) in tokens {
        let (generation, alive) = families.entry(family_id).or_default();
        *generation += 1;
        *alive |= now < expires_at;
    }
    // Also what has expired by this clock: another one may think otherwise.
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::RevokedAt, Expr::value(now))
        .filter(open)
        .exec(tx)
        .await?;
    let alive = families.into_iter().filter(|(_, (_, alive))| *alive);
    Ok(alive.map(|(family_id, (generation, _))| Ended { family_id, user_id, generation }).collect())
}

/// Takes the sessions away whose every token has expired: nothing tells them from unknown ones any more.
pub async fn forget_expired(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Problem> {
    let alive = refresh_token::Entity::find()
        .select_only()
        .column(refresh_token::Column::FamilyId)
        .filter(refresh_token::Column::ExpiresAt.gt(now))
        .into_query();
    let expired = refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::ExpiresAt.lte(now))
        .filter(refresh_token::Column::FamilyId.not_in_subquery(alive));
    Ok(expired.exec(tx).await?.rows_affected)
}

async fn end(tx: &impl ConnectionTrait, family_id: Uuid, now: DateTime<Utc>) -> Result<Option<Ended>, Problem> {
    let of_family = refresh_token::Column::FamilyId.eq(family_id);
    let revoked = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::RevokedAt, Expr::value(now))
        .filter(of_family.clone())
        .filter(refresh_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    if revoked.rows_affected == 0 {
        return Ok(None);
    }
    let Some(one) = refresh_token::Entity::find().filter(of_family).one(tx).await? else { return Ok(None) };
    Ok(Some(Ended { family_id, user_id: one.user_id, generation: generation(tx, family_id).await? }))
}

async fn find(tx: &impl ConnectionTrait, token: &str) -> Result<Option<refresh_token::Model>, Problem> {
    Ok(refresh_token::Entity::find().filter(refresh_token::Column::TokenHash.eq(sha256(token))).one(tx).await?)
}

async fn issue(
    tx: &impl ConnectionTrait,
    user_id: Uuid,
    family_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Refresh, Problem> {
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let expires_at = now + TimeDelta::days(REFRESH_DAYS);
    let row = refresh_token::ActiveModel {
        id: Set(Uuid::now_v7()),
        family_id: Set(family_id),
        user_id: Set(user_id),
        token_hash: Set(sha256(&token)),
        issued_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
        revoked_at: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Refresh { token, expires_at, family_id, generation: generation(tx, family_id).await? })
}

async fn generation(tx: &impl ConnectionTrait, family_id: Uuid) -> Result<i32, Problem> {
    let tokens = refresh_token::Entity::find().filter(refresh_token::Column::FamilyId.eq(family_id)).count(tx).await?;
    Ok(i32::try_from(tokens).unwrap_or(i32::MAX))
}
