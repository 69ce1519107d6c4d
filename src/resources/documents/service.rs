//! What can be done with documents. One function is one use case is one transaction.

use entity::document;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{DocumentFilter, DocumentSort, DocumentTexts, NewDocumentLink},
    owner::{Owner, Seen, visible_documents},
};
use crate::{
    db,
    domain::{document::room_for_another, phrase::Phrase},
    http::{self, AttachedFile, Csv, Ctx, IfMatch, Page, PageQuery, Upload},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &DocumentFilter,
) -> Result<Page<document::Model>, Problem> {
    use document::Column::{CampaignReportId, ConferenceId, ContributionId, RecommendationId};
    let wanted = Condition::all()
        .add(visible_documents(ctx.who))
        .add_option(filter.campaign_report_id.as_ref().map(|Csv(ids)| CampaignReportId.is_in(ids.iter().copied())))
        .add_option(filter.conference_id.as_ref().map(|Csv(ids)| ConferenceId.is_in(ids.iter().copied())))
        .add_option(filter.recommendation_id.as_ref().map(|Csv(ids)| RecommendationId.is_in(ids.iter().copied())))
        .add_option(filter.contribution_id.as_ref().map(|Csv(ids)| ContributionId.is_in(ids.iter().copied())));
    let select = document::Entity::find().filter(wanted);
    http::page::<DocumentSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<document::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, _)| row)
}

/// A document the caller may see, and what it hangs on.
async fn require(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(document::Model, Seen), Problem> {
    let row = document::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let seen = Owner::of(&row)?.seen(ctx, db).await?;
    Ok((row, seen))
}

/// What it hangs on, if the caller may add a document to it now.
async fn addable(ctx: &Ctx, db: &impl ConnectionTrait, owner: Owner) -> Result<Seen, Problem> {
    let seen = owner.seen(ctx, db).await?;
    ctx.may(seen.right)?;
    seen.open.clone()?;
    Ok(seen)
}

pub(super) async fn add_link(ctx: &Ctx, owner: Owner, new: &NewDocumentLink) -> Result<document::Model, Problem> {
    let row = document::Model { title: new.title.clone(), url: Some(new.url.clone()), ..blank(ctx, owner)? };
    add(ctx, owner, &row).await
}

pub(super) async fn add_file(ctx: &Ctx, owner: Owner, upload: Upload) -> Result<document::Model, Problem> {
    // Nobody sends 20 MiB to hear only then that it is not wanted.
    addable(ctx, ctx.db.reader(), owner).await?;
    let (DocumentTexts { title }, sent) = upload.receive().await?;
    let (AttachedFile { name, media_type, size_bytes, sha256 }, content) = AttachedFile::sent(sent)?;
    let row = document::Model {
        title: title.unwrap_or_else(|| name.clone()),
        file_hash: Some(sha256),
        file_name: Some(name),
        media_type: Some(media_type),
        size_bytes: Some(size_bytes),
        ..blank(ctx, owner)?
    };
    http::keep(ctx, &content, add(ctx, owner, &row)).await
}

fn blank(ctx: &Ctx, owner: Owner) -> Result<document::Model, Problem> {
    Ok(owner.hang(document::Model {
        id: Uuid::now_v7(),
        campaign_report_id: None,
        conference_id: None,
        recommendation_id: None,
        contribution_id: None,
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
    }))
}

async fn add(ctx: &Ctx, owner: Owner, row: &document::Model) -> Result<document::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = addable(ctx, tx, owner).await?;
        let present = document::Entity::find().filter(owner.documents()).all(tx).await?;
        if present.iter().any(|one| (&one.file_hash, &one.url) == (&row.file_hash, &row.url)) {
            return Err(Problem::conflict(if row.url.is_some() {
                Phrase::new("the link is there already", "đã có liên kết này")
            } else {
                Phrase::new("the file is there already", "đã có tệp này")
            }));
        }
        room_for_another(present.len())?;
        let active = row.clone().into_active_model().reset_all();
        let saved = document::Entity::insert(active).exec_with_returning(tx).await?;
        journal::record(tx, ctx, change("document.create", &seen, &saved).after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

/// The content of a file stays until it is swept, and its hash stays in the journal.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, version: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, seen) = require(ctx, tx, id).await?;
        ctx.may(seen.right)?;
        if !seen.keeper && ctx.who.id() != Some(found.added_by) {
            return Err(Problem::forbidden());
        }
        version.allows(found.version)?;
        seen.open.clone()?;
        let guarded = document::Entity::delete_by_id(id);
        guarded.filter(document::Column::Version.eq(found.version)).exec(tx).await?;
        journal::record(tx, ctx, change("document.delete", &seen, &found).before(&found)?).await
    })
    .await
}

fn change<'a>(action: &'a str, seen: &Seen, row: &document::Model) -> Change<'a> {
    let change = Change::new(action, "document", row.id, row.version);
    match seen.cycle_id {
        Some(cycle_id) => change.in_cycle(cycle_id),
        None => change,
    }
}
