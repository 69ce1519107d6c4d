//! The signed text of a decision.

use actix_web::HttpRequest;
use entity::{award, decision, vocab::RecipientKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, SelectExt};
use uuid::Uuid;

use super::{
    dto::{Decision, DecisionFileTexts},
    read::{require, whole},
};
use crate::{
    db,
    domain::{
        decision as rules,
        file::file_name,
        policy::{self, Action, Tie},
    },
    http::{Ctx, Download, IfMatch, Sent, Upload},
    journal::{self, Change},
    problem::Problem,
};

/// Keeps the content first, so that no row refers to what is not there; what comes to be kept without a row is swept.
/// The content of a file that gave way stays until it is swept, and its hash stays in the journal.
pub(super) async fn put(ctx: &Ctx, id: Uuid, seen: &IfMatch, upload: Upload) -> Result<Decision, Problem> {
    let permitted = |found: &decision::Model| {
        ctx.may(Action::DecideAward)?;
        seen.allows(found.version)
    };
    // Nobody sends 20 MiB to hear only then that it is not wanted.
    permitted(&require(ctx.db.reader(), id).await?)?;
    let (DecisionFileTexts { reason }, Sent { name, file }) = upload.receive().await?;
    let name = file_name(&name, file.media_type).map_err(|fault| Problem::invalid(vec![fault]))?;
    let size = i64::try_from(file.size).map_err(Problem::internal)?;
    ctx.files.keep(&file).await?;
    let saved = db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        permitted(&found)?;
        rules::check_file(found.file_hash.is_some(), reason.as_deref())?;
        let mut row = found.clone().into_active_model();
        row.file_hash = Set(Some(file.hash.clone()));
        row.file_name = Set(Some(name.clone()));
        row.media_type = Set(Some(file.media_type));
        row.size_bytes = Set(Some(size));
        row.file_reason = Set(reason.clone());
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let saved = decision::Entity::update(row)
            .validate()?
            .filter(decision::Column::Version.eq(found.version))
            .exec(tx)
            .await?;
        let change = Change::new("decision.put_file", "decision", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        whole(ctx, tx, saved, None).await
    })
    .await?;
    // If it was there already, nobody referred to it until now, and it may have been swept meanwhile.
    ctx.files.keep(&file).await?;
    Ok(saved)
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, request: &HttpRequest) -> Result<Download, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let decision::Model { file_hash, file_name, media_type, size_bytes, .. } = require(db, id).await?;
    if policy::check(ctx.who, Action::ReadRecipient(Tie::default())).is_err() && honours_people(db, id).await? {
        return Err(Problem::not_found());
    }
    let (Some(hash), Some(name), Some(media_type), Some(size)) = (file_hash, file_name, media_type, size_bytes) else {
        return Err(Problem::not_found());
    };
    let size = size.try_into().map_err(Problem::internal)?;
    Download::open(request, &ctx.files, (name, media_type), (hash, size)).await
}

/// Whether the signed text names people.
async fn honours_people(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, Problem> {
    let people = award::Entity::find()
        .filter(award::Column::DecisionId.eq(id))
        .filter(award::Column::RecipientKind.ne(RecipientKind::Collective));
    Ok(people.exists(db).await?)
}
