//! What can be done with dossier documents. One function is one use case is one transaction.

use entity::{
    dossier_document,
    vocab::{DocumentKind, Role},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{DossierDocumentFilter, DossierDocumentSort, DossierTexts, NewDossierLink};
use crate::{
    db,
    domain::{
        dossier::{may_add, may_remove, room_for_another},
        phrase::Phrase,
        policy::Action,
    },
    http::{
        self, AttachedFile, Csv, Ctx, IfMatch, Page, PageQuery, Upload,
        sight::{self, SeenNomination},
    },
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &DossierDocumentFilter,
) -> Result<Page<dossier_document::Model>, Problem> {
    use dossier_document::Column;
    let wanted = Condition::all()
        .add(Column::NominationId.in_subquery(sight::visible_dossiers(ctx.who)))
        .add_option(filter.nomination_id.as_ref().map(|Csv(ids)| Column::NominationId.is_in(ids.iter().copied())))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| Column::Kind.is_in(kinds.iter().copied())));
    let select = dossier_document::Entity::find().filter(wanted);
    http::page::<DossierDocumentSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<dossier_document::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, _)| row)
}

/// A document the caller may see, and its nomination.
async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(dossier_document::Model, SeenNomination), Problem> {
    let row = dossier_document::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let seen = sight::visible_dossier(ctx, db, row.nomination_id).await?;
    Ok((row, seen))
}

/// Whether the caller may add a document now.
fn addable(ctx: &Ctx, seen: &SeenNomination) -> Result<(), Problem> {
    ctx.may(Action::WriteDossier(seen.tie))?;
    Ok(may_add(seen.nomination.state, ctx.who.role() == Some(Role::CouncilSecretary))?)
}

pub(super) async fn add_link(
    ctx: &Ctx,
    nomination_id: Uuid,
    new: &NewDossierLink,
) -> Result<dossier_document::Model, Problem> {
    let row = dossier_document::Model {
        title: new.title.clone(),
        url: Some(new.url.clone()),
        ..blank(ctx, nomination_id, new.kind)?
    };
    add(ctx, &row).await
}

pub(super) async fn add_file(
    ctx: &Ctx,
    nomination_id: Uuid,
    upload: Upload,
) -> Result<dossier_document::Model, Problem> {
    // Nobody sends 20 MiB to hear only then that it is not wanted.
    addable(ctx, &sight::visible_dossier(ctx, ctx.db.reader(), nomination_id).await?)?;
    let (DossierTexts { kind, title }, sent) = upload.receive().await?;
    let (AttachedFile { name, media_type, size_bytes, sha256 }, content) = AttachedFile::sent(sent)?;
    let row = dossier_document::Model {
        title: title.unwrap_or_else(|| name.clone()),
        file_hash: Some(sha256),
        file_name: Some(name),
        media_type: Some(media_type),
        size_bytes: Some(size_bytes),
        ..blank(ctx, nomination_id, kind)?
    };
    http::keep(ctx, &content, add(ctx, &row)).await
}

fn blank(ctx: &Ctx, nomination_id: Uuid, kind: DocumentKind) -> Result<dossier_document::Model, Problem> {
    Ok(dossier_document::Model {
        id: Uuid::now_v7(),
        nomination_id,
        kind,
        title: String::new(),
        url: None,
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        added_by: ctx.who.id().ok_or_else(Problem::unauthenticated)?,
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    })
}

async fn add(ctx: &Ctx, row: &dossier_document::Model) -> Result<dossier_document::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_dossier(ctx, tx, row.nomination_id).await?;
        addable(ctx, &seen)?;
        let of_nomination = dossier_document::Column::NominationId.eq(row.nomination_id);
        let present = dossier_document::Entity::find().filter(of_nomination).all(tx).await?;
        let same = |one: &dossier_document::Model| {
            (one.kind, &one.file_hash, &one.url) == (row.kind, &row.file_hash, &row.url)
        };
        if present.iter().any(same) {
            return Err(Problem::conflict(if row.url.is_some() {
                Phrase::new("the dossier has this link already", "hồ sơ đã có liên kết này")
            } else {
                Phrase::new("the dossier has this file already", "hồ sơ đã có tệp này")
            }));
        }
        room_for_another(present.len())?;
        let active = row.clone().into_active_model().reset_all();
        let saved = dossier_document::Entity::insert(active).exec_with_returning(tx).await?;
        let change = Change::new("dossier_document.create", "dossier_document", saved.id, saved.version);
        journal::record(tx, ctx, change.in_cycle(seen.cycle.id).after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

/// The content of a file stays until it is swept, and its hash stays in the journal.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, dossier) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteDossier(dossier.tie))?;
        seen.allows(found.version)?;
        may_remove(dossier.nomination.state)?;
        let guarded = dossier_document::Entity::delete_by_id(id);
        guarded.filter(dossier_document::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("dossier_document.delete", "dossier_document", id, found.version);
        journal::record(tx, ctx, change.in_cycle(dossier.cycle.id).before(&found)?).await
    })
    .await
}
