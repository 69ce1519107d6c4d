//! Writing lines: many at once, all or none, and the same again changes nothing.

use std::collections::HashMap;

use entity::score;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::{AppraisedScores, Scorecard, SelfScores},
    read::Sheet,
    steps,
};
use crate::{
    db,
    domain::{
        policy::Action,
        refusal::unless_blocked,
        scorecard::{
            AppraisalEntry, AppraisalScore, SelfEntry, SelfScore, Write, appraisal_blockers, may_write,
            settle_appraisal, settle_self,
        },
        scoring::LineInput,
    },
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
};
use entity::vocab::ScorecardState;

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 300;

pub(super) async fn put_self(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &SelfScores) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(Action::FillScorecard(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::SelfPoints, sheet.card.state, sheet.cycle.state)?;
        let entries: Vec<SelfEntry> = new
            .scores
            .iter()
            .map(|line| SelfEntry {
                criterion_id: line.criterion_id,
                input: LineInput { attained: line.attained, target: line.target, points: line.self_points },
            })
            .collect();
        let settled: HashMap<Uuid, SelfScore> =
            settle_self(&sheet.form, &entries)?.into_iter().map(|one| (one.criterion_id, one)).collect();
        let notes: HashMap<Uuid, &Option<String>> =
            new.scores.iter().map(|line| (line.criterion_id, &line.self_note)).collect();
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, "scorecard.put_scores", |row| {
            let Some(one) = settled.get(&row.criterion_id) else { return };
            let note = notes.get(&row.criterion_id).copied().cloned().flatten();
            let same = (row.attained, row.target, row.self_points, &row.self_note)
                == (one.attained, one.target, one.points, &note);
            if !same {
                (row.attained, row.target, row.self_points) = (one.attained, one.target, one.points);
                row.self_note = note;
                (row.self_by, row.self_at) = (by, now);
            }
        })
        .await
    })
    .await
}

pub(super) async fn put_appraisal(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    new: &AppraisedScores,
) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(Action::AppraiseScorecard(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::Appraisal, sheet.card.state, sheet.cycle.state)?;
        let entries: Vec<AppraisalEntry> = new
            .scores
            .iter()
            .map(|line| AppraisalEntry {
                criterion_id: line.criterion_id,
                attained: line.appraised_attained,
                points: line.appraised_points,
                reason: line.appraisal_reason.clone(),
            })
            .collect();
        let settled = settle_appraisal(&sheet.form, &sheet.lines(), &entries)?;
        let settled: HashMap<Uuid, AppraisalScore> = settled.into_iter().map(|one| (one.criterion_id, one)).collect();
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, "scorecard.put_appraisal", |row| {
            let Some(one) = settled.get(&row.criterion_id) else { return };
            let same = (row.appraised_attained, row.appraised_points, &row.appraisal_reason)
                == (one.attained, one.points, &one.reason);
            if !same {
                (row.appraised_attained, row.appraised_points) = (one.attained, one.points);
                row.appraisal_reason.clone_from(&one.reason);
                (row.appraised_by, row.appraised_at) = (by, now);
            }
        })
        .await
    })
    .await
}

/// Stores the lines that `change` changed in one statement, and the sheet's new version in another.
async fn store(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    mut sheet: Sheet,
    action: &str,
    change: impl Fn(&mut score::Model),
) -> Result<Scorecard, Problem> {
    let (mut before, mut after) = (vec![], vec![]);
    for row in &mut sheet.scores {
        let old = row.clone();
        change(row);
        if *row != old {
            row.version += 1;
            row.updated_at = ctx.now;
            before.push(old);
            after.push(row.clone());
        }
    }
    if after.is_empty() {
        return Ok(sheet.represent(ctx));
    }
    // A sheet whose appraisal is complete stays complete.
    if sheet.card.state == ScorecardState::Appraised {
        unless_blocked(appraisal_blockers(&sheet.form, &sheet.lines()))?;
    }
    let over = OnConflict::column(score::Column::Id)
        .update_columns([
            score::Column::Attained,
            score::Column::Target,
            score::Column::SelfPoints,
            score::Column::SelfNote,
            score::Column::SelfBy,
            score::Column::SelfAt,
            score::Column::AppraisedAttained,
            score::Column::AppraisedPoints,
            score::Column::AppraisalReason,
            score::Column::AppraisedBy,
            score::Column::AppraisedAt,
            score::Column::Version,
            score::Column::UpdatedAt,
        ])
        .to_owned();
    for some in after.chunks(BATCH) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        score::Entity::insert_many(rows).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    let found = sheet.card.clone();
    sheet.card = steps::save(tx, ctx, &found, sheet.card).await?;
    let entry = Change::new(action, "scorecard", found.id, sheet.card.version).in_cycle(found.cycle_id);
    let entry = entry.before(&json!({ "scores": before }))?.after(&json!({ "scores": after }))?;
    journal::record(tx, ctx, entry).await?;
    Ok(sheet.represent(ctx))
}
