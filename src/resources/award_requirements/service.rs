//! What can be done with award requirements. One function is one use case is one transaction.

use entity::{award_requirement, award_type, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::dto::{AwardRequirementFilter, AwardRequirementPatch, AwardRequirementSort, NewAwardRequirement};
use crate::{
    db,
    domain::{phrase::Phrase, policy::Action},
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &AwardRequirementFilter,
) -> Result<Page<award_requirement::Model>, Problem> {
    use award_requirement::Column;
    ctx.may(Action::ReadOpen)?;
    let wanted = Condition::all()
        .add_option(filter.award_type_id.as_ref().map(|Csv(ids)| Column::AwardTypeId.is_in(ids.iter().copied())))
        .add_option(filter.recipient_kind.as_ref().map(|Csv(kinds)| Column::RecipientKind.is_in(kinds.iter().copied())))
        .add_option(
            filter.needed_award_type_id.as_ref().map(|Csv(ids)| Column::NeededAwardTypeId.is_in(ids.iter().copied())),
        );
    let select = award_requirement::Entity::find().filter(wanted);
    http::page::<AwardRequirementSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<award_requirement::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewAwardRequirement) -> Result<award_requirement::Model, Problem> {
    ctx.may(Action::ConfigureCatalogues)?;
    db::write(&ctx.db, async |tx| {
        for (pointer, id) in
            [("/award_type_id", new.award_type_id), ("/needed_award_type_id", new.needed_award_type_id)]
        {
            if award_type::Entity::find_by_id(id).one(tx).await?.is_none() {
                return Err(Problem::unknown_reference(pointer));
            }
        }
        let twins = award_requirement::Entity::find()
            .filter(award_requirement::Column::AwardTypeId.eq(new.award_type_id))
            .filter(award_requirement::Column::RecipientKind.eq(new.recipient_kind))
            .filter(award_requirement::Column::NeededAwardTypeId.eq(new.needed_award_type_id));
        if twins.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the award type asks for this award already",
                "danh hiệu, hình thức khen thưởng này đã có điều kiện đó",
            )));
        }
        let row = award_requirement::ActiveModel {
            id: Set(Uuid::now_v7()),
            award_type_id: Set(new.award_type_id),
            recipient_kind: Set(new.recipient_kind),
            needed_award_type_id: Set(new.needed_award_type_id),
            times: Set(new.times),
            within_years: Set(new.within_years),
            legal_basis: Set(new.legal_basis.clone()),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = award_requirement::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("award_requirement.create", "award_requirement", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &AwardRequirementPatch,
) -> Result<award_requirement::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let patch = patch.clone();
        let row = award_requirement::Model {
            times: patch.times.unwrap_or(found.times),
            within_years: patch.within_years.over(found.within_years),
            legal_basis: patch.legal_basis.unwrap_or_else(|| found.legal_basis.clone()),
            certainty: patch.certainty.unwrap_or(found.certainty),
            version: found.version + 1,
            updated_at: ctx.now,
            ..found.clone()
        };
        let guarded = award_requirement::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(award_requirement::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award_requirement.update", "award_requirement", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let guarded = award_requirement::Entity::delete_by_id(id);
        guarded.filter(award_requirement::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award_requirement.delete", "award_requirement", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<award_requirement::Model, Problem> {
    let found = require(tx, id).await?;
    ctx.may(Action::ConfigureCatalogues)?;
    seen.allows(found.version)?;
    Ok(found)
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<award_requirement::Model, Problem> {
    award_requirement::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}
