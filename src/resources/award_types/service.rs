//! How award types are read, in two statements, however many there are; and their one setting.

use std::collections::HashMap;

use entity::{award_type, reward_coefficient};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{AwardType, AwardTypeFilter, AwardTypePatch, AwardTypeSort, Coefficient};
use crate::{
    db,
    domain::policy::Action,
    http::{self, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &AwardTypeFilter) -> Result<Page<AwardType>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = award_type::Entity::find();
    if let Some(codes) = &filter.code {
        select = select.filter(award_type::Column::Code.is_in(codes.0.iter().map(String::as_str)));
    }
    if let Some(categories) = &filter.category {
        select = select.filter(award_type::Column::Category.is_in(categories.0.iter().copied()));
    }
    if let Some(authorities) = &filter.authority {
        select = select.filter(award_type::Column::Authority.is_in(authorities.0.iter().copied()));
    }
    if let Some(kind) = filter.recipient_kind {
        // No word of the vocabulary is part of another one.
        select = select.filter(award_type::Column::RecipientKinds.contains(<&str>::from(kind)));
    }
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(award_type::Column::SearchText, q));
    }
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<AwardTypeSort>(db, select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: with_coefficients(db, data).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<AwardType, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = award_type::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    with_coefficients(db, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &AwardTypePatch) -> Result<AwardType, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = award_type::Entity::find_by_id(id).one(tx).await?.ok_or_else(Problem::not_found)?;
        ctx.may(Action::ConfigureCatalogues)?;
        seen.allows(found.version)?;
        let mut row = found.clone().into_active_model();
        row.public_comment_days = Set(patch.public_comment_days.unwrap_or(found.public_comment_days));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = award_type::Entity::update(row).validate()?;
        let saved = guarded.filter(award_type::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award_type.update", "award_type", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        with_coefficients(tx, vec![saved]).await?.pop().ok_or_else(Problem::not_found)
    })
    .await
}

async fn with_coefficients(db: &impl ConnectionTrait, rows: Vec<award_type::Model>) -> Result<Vec<AwardType>, Problem> {
    let found = reward_coefficient::Entity::find()
        .filter(reward_coefficient::Column::AwardTypeId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(reward_coefficient::Column::ValidFrom)
        .order_by_asc(reward_coefficient::Column::RecipientKind)
        .all(db)
        .await?;
    let mut by_type: HashMap<Uuid, Vec<Coefficient>> = HashMap::new();
    for row in found {
        by_type.entry(row.award_type_id).or_default().push(row.into());
    }
    let one = |row: award_type::Model| {
        let coefficients = by_type.remove(&row.id).unwrap_or_default();
        AwardType::new(row, coefficients)
    };
    Ok(rows.into_iter().map(one).collect())
}
