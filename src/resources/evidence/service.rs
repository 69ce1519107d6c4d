//! What can be done with evidence. One function is one use case is one transaction.

use entity::{evidence, score, scorecard, vocab::EvidenceKind};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::dto::{EvidenceFilter, EvidenceSort, EvidenceTexts, NewEvidenceLink};
use crate::{
    db,
    domain::{
        evidence::room_for_another,
        phrase::Phrase,
        policy::Action,
        scorecard::{Write, may_write},
    },
    http::{
        self, AttachedFile, Ctx, IfMatch, Page, PageQuery, Upload,
        sight::{self, SeenLine},
    },
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &EvidenceFilter,
) -> Result<Page<evidence::Model>, Problem> {
    let mut select = evidence::Entity::find().filter(evidence::Column::ScoreId.in_subquery(visible_lines(ctx, filter)));
    if let Some(lines) = &filter.score_id {
        select = select.filter(evidence::Column::ScoreId.is_in(lines.0.iter().copied()));
    }
    if let Some(kinds) = &filter.kind {
        select = select.filter(evidence::Column::Kind.is_in(kinds.0.iter().copied()));
    }
    http::page::<EvidenceSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// Ids of the lines the caller may see, as far as the filter wants them.
fn visible_lines(ctx: &Ctx, filter: &EvidenceFilter) -> SelectStatement {
    let mut wanted = Condition::all().add(sight::visible_scorecards(ctx.who));
    if let Some(cards) = &filter.scorecard_id {
        wanted = wanted.add(scorecard::Column::Id.is_in(cards.0.iter().copied()));
    }
    if let Some(cycles) = &filter.cycle_id {
        wanted = wanted.add(scorecard::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        wanted = wanted.add(scorecard::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    let cards = scorecard::Entity::find().select_only().column(scorecard::Column::Id).filter(wanted).into_query();
    let mut lines = score::Entity::find()
        .select_only()
        .column(score::Column::Id)
        .filter(score::Column::ScorecardId.in_subquery(cards));
    if let Some(criteria) = &filter.criterion_id {
        lines = lines.filter(score::Column::CriterionId.is_in(criteria.0.iter().copied()));
    }
    lines.into_query()
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<evidence::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, _)| row)
}

/// A piece of evidence the caller may see, and its line.
async fn require(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(evidence::Model, SeenLine), Problem> {
    let row = evidence::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let line = sight::visible_line(ctx, db, row.score_id).await?;
    Ok((row, line))
}

/// Whether the caller may add evidence to a line, or take some away, now.
fn writable(ctx: &Ctx, line: &SeenLine) -> Result<(), Problem> {
    ctx.may(Action::FillScorecard(line.tie))?;
    Ok(may_write(Write::SelfPoints, line.card.state, line.cycle.state)?)
}

pub(super) async fn add_link(ctx: &Ctx, score_id: Uuid, new: &NewEvidenceLink) -> Result<evidence::Model, Problem> {
    let row = evidence::Model {
        kind: EvidenceKind::Link,
        title: new.title.clone(),
        url: Some(new.url.clone()),
        ..blank(ctx, score_id)?
    };
    add(ctx, &row).await
}

pub(super) async fn add_file(ctx: &Ctx, score_id: Uuid, upload: Upload) -> Result<evidence::Model, Problem> {
    // Nobody sends 20 MiB to hear only then that it is not wanted.
    writable(ctx, &sight::visible_line(ctx, ctx.db.reader(), score_id).await?)?;
    let (EvidenceTexts { title }, sent) = upload.receive().await?;
    let (AttachedFile { name, media_type, size_bytes, sha256 }, content) = AttachedFile::sent(sent)?;
    let row = evidence::Model {
        kind: EvidenceKind::File,
        title: title.unwrap_or_else(|| name.clone()),
        file_hash: Some(sha256),
        file_name: Some(name),
        media_type: Some(media_type),
        size_bytes: Some(size_bytes),
        ..blank(ctx, score_id)?
    };
    http::keep(ctx, &content, add(ctx, &row)).await
}

fn blank(ctx: &Ctx, score_id: Uuid) -> Result<evidence::Model, Problem> {
    Ok(evidence::Model {
        id: Uuid::now_v7(),
        score_id,
        kind: EvidenceKind::Link,
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

async fn add(ctx: &Ctx, row: &evidence::Model) -> Result<evidence::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let line = sight::visible_line(ctx, tx, row.score_id).await?;
        writable(ctx, &line)?;
        let present = evidence::Entity::find().filter(evidence::Column::ScoreId.eq(row.score_id)).all(tx).await?;
        if present.iter().any(|one| (&one.file_hash, &one.url) == (&row.file_hash, &row.url)) {
            return Err(Problem::conflict(match row.kind {
                EvidenceKind::File => Phrase::new("the line has this file already", "dòng điểm đã có tệp này"),
                EvidenceKind::Link => Phrase::new("the line has this link already", "dòng điểm đã có liên kết này"),
            }));
        }
        room_for_another(present.len())?;
        let active = row.clone().into_active_model().reset_all();
        let saved = evidence::Entity::insert(active).exec_with_returning(tx).await?;
        recount(tx, row.score_id).await?;
        let change = Change::new("evidence.create", "evidence", saved.id, saved.version).in_cycle(line.cycle.id);
        journal::record(tx, ctx, change.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

/// The content of a file stays until it is swept, and its hash stays in the journal.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, line) = require(ctx, tx, id).await?;
        ctx.may(Action::FillScorecard(line.tie))?;
        seen.allows(found.version)?;
        writable(ctx, &line)?;
        evidence::Entity::delete_by_id(id).filter(evidence::Column::Version.eq(found.version)).exec(tx).await?;
        recount(tx, found.score_id).await?;
        let change = Change::new("evidence.delete", "evidence", id, found.version).in_cycle(line.cycle.id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// The line says how much evidence it has: whoever submits the sheet meanwhile collides with it.
async fn recount(tx: &impl ConnectionTrait, score_id: Uuid) -> Result<(), Problem> {
    let count = evidence::Entity::find().filter(evidence::Column::ScoreId.eq(score_id)).count(tx).await?;
    let counted = score::ActiveModel {
        evidence_count: Set(i32::try_from(count).map_err(Problem::internal)?),
        ..Default::default()
    };
    score::Entity::update_many().set(counted).filter(score::Column::Id.eq(score_id)).exec(tx).await?;
    Ok(())
}
