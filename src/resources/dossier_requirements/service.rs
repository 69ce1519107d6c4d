//! What can be done with dossier requirements. One function is one use case is one transaction.

use entity::{award_type, dossier_requirement, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::dto::{DossierRequirementFilter, DossierRequirementPatch, DossierRequirementSort, NewDossierRequirement};
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
    filter: &DossierRequirementFilter,
) -> Result<Page<dossier_requirement::Model>, Problem> {
    use dossier_requirement::Column;
    ctx.may(Action::ReadOpen)?;
    let wanted = Condition::all()
        .add_option(filter.award_type_id.as_ref().map(|Csv(ids)| Column::AwardTypeId.is_in(ids.iter().copied())))
        .add_option(filter.document_kind.as_ref().map(|Csv(kinds)| Column::DocumentKind.is_in(kinds.iter().copied())));
    let select = dossier_requirement::Entity::find().filter(wanted);
    http::page::<DossierRequirementSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<dossier_requirement::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewDossierRequirement) -> Result<dossier_requirement::Model, Problem> {
    ctx.may(Action::ConfigureCatalogues)?;
    db::write(&ctx.db, async |tx| {
        if award_type::Entity::find_by_id(new.award_type_id).one(tx).await?.is_none() {
            return Err(Problem::unknown_reference("/award_type_id"));
        }
        let twins = dossier_requirement::Entity::find()
            .filter(dossier_requirement::Column::AwardTypeId.eq(new.award_type_id))
            .filter(dossier_requirement::Column::DocumentKind.eq(new.document_kind));
        if twins.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the award type asks for this kind of document already",
                "danh hiệu, hình thức khen thưởng này đã yêu cầu loại tài liệu đó",
            )));
        }
        let row = dossier_requirement::ActiveModel {
            id: Set(Uuid::now_v7()),
            award_type_id: Set(new.award_type_id),
            document_kind: Set(new.document_kind),
            required: Set(new.required),
            note: Set(new.note.clone()),
            legal_basis: Set(new.legal_basis.clone()),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = dossier_requirement::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("dossier_requirement.create", "dossier_requirement", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &DossierRequirementPatch,
) -> Result<dossier_requirement::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let patch = patch.clone();
        let row = dossier_requirement::Model {
            required: patch.required.unwrap_or(found.required),
            note: patch.note.over(found.note.clone()),
            legal_basis: patch.legal_basis.unwrap_or_else(|| found.legal_basis.clone()),
            certainty: patch.certainty.unwrap_or(found.certainty),
            version: found.version + 1,
            updated_at: ctx.now,
            ..found.clone()
        };
        let guarded = dossier_requirement::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(dossier_requirement::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("dossier_requirement.update", "dossier_requirement", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let guarded = dossier_requirement::Entity::delete_by_id(id);
        guarded.filter(dossier_requirement::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("dossier_requirement.delete", "dossier_requirement", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<dossier_requirement::Model, Problem> {
    let found = require(tx, id).await?;
    ctx.may(Action::ConfigureCatalogues)?;
    seen.allows(found.version)?;
    Ok(found)
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<dossier_requirement::Model, Problem> {
    dossier_requirement::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}
