//! What can be done with accounts. One function is one use case is one transaction.

use entity::{user_account, vocab::Role};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{NewUser, User, UserFilter, UserPatch, UserSort, UserWithPassword},
    enrol::{self, NewAccount},
};
use crate::{
    db,
    domain::{
        account::{self, Standing},
        actions::Verdict,
        policy::{self, Action},
        refusal::unless_faulty,
        text,
    },
    http::{self, AllowedAction, Ctx, IfMatch, Page, PageQuery},
    identity::{hash_password, one_time_password},
    journal::{self, Author, Change},
    problem::Problem,
};

/// What shuts an account out, or lets it in again.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Disable,
    Enable,
}

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &UserFilter) -> Result<Page<User>, Problem> {
    ctx.may(Action::ManageUsers)?;
    let mut select = user_account::Entity::find();
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(user_account::Column::SearchText, q));
    }
    if let Some(roles) = &filter.role {
        select = select.filter(user_account::Column::Role.is_in(roles.0.iter().copied()));
    }
    if let Some(ids) = &filter.province_id {
        select = select.filter(user_account::Column::ProvinceId.is_in(ids.0.iter().copied()));
    }
    match filter.disabled {
        Some(true) => select = select.filter(user_account::Column::DisabledAt.is_not_null()),
        Some(false) => select = select.filter(user_account::Column::DisabledAt.is_null()),
        None => {}
    }
    let rows = http::page::<UserSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await?;
    let administrators = administrators(ctx.db.reader()).await?;
    Ok(rows.map(|row| shown(ctx, row, administrators)))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<User, Problem> {
    ctx.may(Action::ManageUsers)?;
    let row = require(ctx.db.reader(), id).await?;
    Ok(shown(ctx, row, administrators(ctx.db.reader()).await?))
}

pub(super) async fn create(ctx: &Ctx, new: NewUser) -> Result<UserWithPassword, Problem> {
    ctx.may(Action::ManageUsers)?;
    let NewUser { username, display_name, role, province_id } = new;
    let new = NewAccount { username, display_name, role, province_id };
    let one_time_password = one_time_password();
    let hash = hash_password(one_time_password.clone()).await?;
    let user = db::write(&ctx.db, async |tx| {
        let row = enrol::enrol(tx, Author::from(ctx), &new, hash.clone()).await?;
        Ok(shown(ctx, row, administrators(tx).await?))
    })
    .await?;
    Ok(UserWithPassword { user, one_time_password })
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: UserPatch) -> Result<User, Problem> {
    ctx.may(Action::ManageUsers)?;
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        seen.allows(found.version)?;
        let display_name = patch.display_name.clone().unwrap_or_else(|| found.display_name.clone());
        let role = patch.role.unwrap_or(found.role);
        let province_id = patch.province_id.over(found.province_id);
        unless_faulty(account::misplaced(role, province_id).into_iter().collect())?;
        standing(ctx, &found, administrators(tx).await?).take_role(role)?;
        if province_id != found.province_id {
            enrol::known_province(tx, province_id).await?;
        }
        let mut row = found.clone().into_active_model();
        row.search_text = Set(text::search_text(&[&found.username, &display_name]));
        row.display_name = Set(display_name);
        row.role = Set(role);
        row.province_id = Set(province_id);
        let saved = enrol::save(tx, ctx.now, &found, row).await?;
        let change = Change::new("user.update", "user", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(shown(ctx, saved, administrators(tx).await?))
    })
    .await
}

pub(super) async fn advance(ctx: &Ctx, id: Uuid, seen: &IfMatch, step: Step) -> Result<User, Problem> {
    ctx.may(Action::ManageUsers)?;
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        seen.allows(found.version)?;
        let standing = standing(ctx, &found, administrators(tx).await?);
        let (disabled_at, action) = match step {
            Step::Disable => standing.disable().map(|()| (Some(ctx.now), "user.disable"))?,
            Step::Enable => standing.enable().map(|()| (None, "user.enable"))?,
        };
        let mut row = found.clone().into_active_model();
        row.disabled_at = Set(disabled_at);
        let saved = enrol::save(tx, ctx.now, &found, row).await?;
        let change = Change::new(action, "user", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        if saved.disabled_at.is_some() {
            enrol::end_sessions(tx, Author::from(ctx), id, "disabled").await?;
        }
        Ok(shown(ctx, saved, administrators(tx).await?))
    })
    .await
}

pub(super) async fn reset_password(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<UserWithPassword, Problem> {
    ctx.may(Action::ManageUsers)?;
    let one_time_password = one_time_password();
    let hash = hash_password(one_time_password.clone()).await?;
    let user = db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        seen.allows(found.version)?;
        let saved = enrol::give_one_time_password(tx, Author::from(ctx), found, hash.clone()).await?;
        Ok(shown(ctx, saved, administrators(tx).await?))
    })
    .await?;
    Ok(UserWithPassword { user, one_time_password })
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<user_account::Model, Problem> {
    user_account::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

/// How many administrators can sign in.
async fn administrators(db: &impl ConnectionTrait) -> Result<u64, Problem> {
    let able = user_account::Entity::find()
        .filter(user_account::Column::Role.eq(Role::Administrator))
        .filter(user_account::Column::DisabledAt.is_null());
    Ok(able.count(db).await?)
}

fn standing(ctx: &Ctx, row: &user_account::Model, administrators: u64) -> Standing {
    let own = ctx.who.id() == Some(row.id);
    Standing { role: row.role, disabled: row.disabled_at.is_some(), own, administrators }
}

fn shown(ctx: &Ctx, row: user_account::Model, administrators: u64) -> User {
    let standing = standing(ctx, &row, administrators);
    let step = |name| Verdict::on(name).and(policy::check(ctx.who, Action::ManageUsers));
    let verdicts =
        [step("disable").and(standing.disable()), step("enable").and(standing.enable()), step("reset-password")];
    User::new(row, AllowedAction::all(&verdicts, ctx.language))
}
