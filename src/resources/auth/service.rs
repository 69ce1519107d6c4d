//! What can be done with credentials. Whatever is wrong with them, as many statements and one look at a password lead to
//! the same answer: neither its words nor its time tell a known user from an unknown one.

use chrono::{DateTime, Utc};
use entity::{sign_in_throttle, user_account, vocab::ActorKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::dto::{PasswordChange, SignIn, Tokens};
use crate::{
    db,
    domain::{phrase::Phrase, policy::Account, text},
    http::Ctx,
    identity::{
        hash_password, password_matches,
        sessions::{self, Ended, Exchange, Refresh},
        throttle::{self, Target},
    },
    journal::{self, Author, Change},
    problem::{Code, Problem},
};

pub(super) async fn sign_in(ctx: &Ctx, body: SignIn) -> Result<Tokens, Problem> {
    let target = Target::sign_in(&body.username);
    let counted = throttle::attempt(&ctx.db, &target, ctx.now).await?;
    let user = user_account::Entity::find()
        .filter(user_account::Column::Username.eq(text::fold(&body.username)))
        .one(ctx.db.reader())
        .await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let matches = password_matches(body.password, hash).await?;
    let user_id = user.as_ref().map(|user| user.id);
    let Some(user) = user.filter(|user| matches && user.disabled_at.is_none()) else {
        return refused(ctx, &counted, user_id, wrong_credentials()).await;
    };
    let begun = db::write(&ctx.db, async |tx| {
        // Disabled, or with another password, while this one was looked at.
        let Some(user) = unchanged(tx, &user).await? else { return Ok(None) };
        throttle::forgive(tx, &target).await?;
        let refresh = sessions::begin(tx, user.id, ctx.now).await?;
        let change = session("session.begin", refresh.family_id, refresh.generation);
        let after = json!({ "user_id": user.id, "expires_at": refresh.expires_at });
        journal::record(tx, author(ctx, user.id), change.after(&after)?).await?;
        Ok(Some((refresh, user)))
    })
    .await?;
    match begun {
        Some((refresh, user)) => tokens(ctx, refresh, &user),
        None => refused(ctx, &counted, user_id, wrong_credentials()).await,
    }
}

pub(super) async fn refresh(ctx: &Ctx, token: &str) -> Result<Tokens, Problem> {
    // A reuse is refused and ends the session all the same: the transaction must commit.
    let exchange = db::write(&ctx.db, async |tx| {
        let exchange = sessions::exchange(tx, token, ctx.now).await?;
        match &exchange {
            Exchange::Next(refresh, user) => {
                let change = session("session.refresh", refresh.family_id, refresh.generation);
                let after = json!({ "user_id": user.id, "expires_at": refresh.expires_at });
                journal::record(tx, author(ctx, user.id), change.after(&after)?).await?;
            }
            Exchange::Reused(ended) => journal_end(tx, ctx, ended, "session.revoke", "reuse").await?,
            Exchange::Refused => {}
        }
        Ok(exchange)
    })
    .await?;
    match exchange {
        Exchange::Next(refresh, user) => tokens(ctx, refresh, &user),
        Exchange::Reused(_) | Exchange::Refused => Err(Problem::new(
            Code::Unauthenticated,
            Phrase::new("the refresh token is not valid: sign in again", "mã làm mới không hợp lệ: hãy đăng nhập lại"),
        )),
    }
}

pub(super) async fn sign_out(ctx: &Ctx, token: &str) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| match sessions::sign_out(tx, token, ctx.now).await? {
        Some(ended) => journal_end(tx, ctx, &ended, "session.end", "sign_out").await,
        None => Ok(()),
    })
    .await
}

pub(super) async fn change_password(ctx: &Ctx, body: PasswordChange) -> Result<(), Problem> {
    let user_id = ctx.who.id().ok_or_else(Problem::unauthenticated)?;
    if body.new_password == body.current_password {
        let same = Phrase::new("must differ from the present one", "phải khác mật khẩu hiện tại");
        return Err(Problem::fault("/new_password", "unchanged", same));
    }
    let target = Target::password_of(user_id);
    let counted = throttle::attempt(&ctx.db, &target, ctx.now).await?;
    let user = user_account::Entity::find_by_id(user_id).one(ctx.db.reader()).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let matches = password_matches(body.current_password, hash).await?;
    let Some(user) = user.filter(|user| user.disabled_at.is_none()) else {
        return refused(ctx, &counted, Some(user_id), Problem::unauthenticated()).await;
    };
    if !matches {
        let wrong = Phrase::new("it is not the present password", "không phải mật khẩu hiện tại");
        let problem = Problem::fault("/current_password", "wrong_password", wrong);
        return refused(ctx, &counted, Some(user_id), problem).await;
    }
    let password_hash = hash_password(body.new_password).await?;
    db::write(&ctx.db, async |tx| {
        let found = unchanged(tx, &user).await?.ok_or_else(Problem::unauthenticated)?;
        let mut row = found.clone().into_active_model();
        row.password_hash = Set(password_hash.clone());
        row.must_change_password = Set(false);
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let saved = user_account::Entity::update(row)
            .validate()?
            .filter(user_account::Column::Version.eq(found.version))
            .exec(tx)
            .await?;
        throttle::forgive(tx, &target).await?;
        let change = Change::new("user.change_password", "user", user_id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        for ended in sessions::end_all(tx, user_id, ctx.now).await? {
            journal_end(tx, ctx, &ended, "session.revoke", "password").await?;
        }
        Ok(())
    })
    .await
}

fn tokens(ctx: &Ctx, refresh: Refresh, user: &user_account::Model) -> Result<Tokens, Problem> {
    let account = Account { id: user.id, role: user.role, province_id: user.province_id };
    let (access_token, expires): (String, DateTime<Utc>) =
        ctx.identity.issue(account, user.must_change_password, ctx.now)?;
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: (expires - ctx.now).num_seconds(),
        refresh_token: refresh.token,
        refresh_expires_at: refresh.expires_at,
        must_change_password: user.must_change_password,
    })
}

/// The account, if it may still sign in with the password that was looked at.
async fn unchanged(
    tx: &impl ConnectionTrait,
    seen: &user_account::Model,
) -> Result<Option<user_account::Model>, Problem> {
    let now = user_account::Entity::find_by_id(seen.id).one(tx).await?;
    Ok(now.filter(|user| user.disabled_at.is_none() && user.password_hash == seen.password_hash))
}

/// Journals the failure, and answers it.
async fn refused<T>(
    ctx: &Ctx,
    counted: &sign_in_throttle::Model,
    user_id: Option<Uuid>,
    problem: Problem,
) -> Result<T, Problem> {
    let after = json!({ "user_id": user_id, "failures": counted.failures, "blocked_until": counted.blocked_until });
    db::write(&ctx.db, async |tx| {
        let change = Change::new("session.refuse", "sign_in_throttle", counted.id, counted.failures);
        journal::record(tx, ctx, change.after(&after)?).await
    })
    .await?;
    Err(problem)
}

fn wrong_credentials() -> Problem {
    let detail = Phrase::new("user name and password do not match", "tên đăng nhập và mật khẩu không khớp");
    Problem::new(Code::Unauthenticated, detail)
}

fn session(action: &str, family_id: Uuid, generation: i32) -> Change<'_> {
    Change::new(action, "session", family_id, generation)
}

async fn journal_end(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    ended: &Ended,
    action: &str,
    reason: &str,
) -> Result<(), Problem> {
    let after = json!({ "user_id": ended.user_id, "reason": reason });
    let change = session(action, ended.family_id, ended.generation).after(&after)?;
    journal::record(tx, author(ctx, ended.user_id), change).await
}

/// Whoever holds the password or the refresh token is the account's person, though no access token says so.
fn author(ctx: &Ctx, user_id: Uuid) -> Author {
    Author { kind: ActorKind::User, id: Some(user_id), ..Author::from(ctx) }
}
