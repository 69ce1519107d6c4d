//! Writing lines: many at once, all or none, and the same again changes nothing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{pledge, score, target};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::{AppraisedScores, Scorecard, SelfScoreLine, SelfScores},
    panel::{self, Seat},
    read::Sheet,
    steps,
};
use crate::{
    db,
    domain::{
        phrase::Phrase,
        policy::Action,
        refusal::{Fault, unless_blocked, unless_faulty},
        scorecard::{
            AppraisalEntry, AppraisalScore, Registered, Scorer, SelfEntry, SelfScore, Write, appraisal_blockers,
            check_sections, may_write, settle_appraisal, settle_self,
        },
        scoring::{AppraisalMode, LineInput},
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
        let entries = entries(tx, &sheet, &new.scores).await?;
        let settled: HashMap<Uuid, SelfScore> =
            settle_self(&sheet.form, &entries)?.into_iter().map(|one| (one.criterion_id, one)).collect();
        let notes: HashMap<Uuid, &Option<String>> =
            new.scores.iter().map(|line| (line.criterion_id, &line.self_note)).collect();
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, ("scorecard.put_scores", false), |row| {
            let Some(one) = settled.get(&row.criterion_id) else { return };
            let note = notes.get(&row.criterion_id).copied().cloned().flatten();
            let same = (row.target_id, row.attained, row.target, row.self_points, &row.self_note)
                == (one.target_id, one.attained, one.target, one.points, &note);
            if !same {
                row.target_id = one.target_id;
                (row.attained, row.target, row.self_points) = (one.attained, one.target, one.points);
                row.self_note = note;
                (row.self_by, row.self_at) = (by, now);
            }
        })
        .await
    })
    .await
}

/// The lines as the rules see them, with the registered targets they name: one statement more, where any is named.
async fn entries(tx: &impl ConnectionTrait, sheet: &Sheet, lines: &[SelfScoreLine]) -> Result<Vec<SelfEntry>, Problem> {
    let named: Vec<Uuid> = lines.iter().filter_map(|line| line.target_id).collect();
    let mut registered: HashMap<Uuid, Registered> = HashMap::new();
    if !named.is_empty() {
        let own = target::Entity::find()
            .inner_join(pledge::Entity)
            .filter(pledge::Column::CycleId.eq(sheet.card.cycle_id))
            .filter(pledge::Column::ProvinceId.eq(sheet.card.province_id))
            .filter(target::Column::Id.is_in(named));
        let figures = |row: target::Model| {
            (row.id, Registered { target_id: row.id, target: row.target_value, actual: row.actual })
        };
        registered = own.all(tx).await?.into_iter().map(figures).collect();
    }
    let mut faults = vec![];
    let entry = |(index, line): (usize, &SelfScoreLine)| {
        let known = line.target_id.map(|id| registered.get(&id).copied());
        if known == Some(None) {
            let message = Phrase::new(
                "the pledge of the province in this cycle has no such target",
                "giao ước của tỉnh trong năm thi đua này không có chỉ tiêu đó",
            );
            faults.push(Fault::new(format!("/scores/{index}/target_id"), "unknown_reference", message));
        }
        SelfEntry {
            criterion_id: line.criterion_id,
            registered: known.flatten(),
            input: LineInput { attained: line.attained, target: line.target, points: line.self_points },
        }
    };
    let entries = lines.iter().enumerate().map(entry).collect();
    unless_faulty(faults)?;
    Ok(entries)
}

pub(super) async fn put_appraisal(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    new: &AppraisedScores,
) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let mut sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(Action::AppraiseScorecard(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::Appraisal, sheet.card.state, sheet.cycle.state)?;
        let seat = Seat::of(ctx, tx, sheet.card.cycle_id).await?;
        let criteria = new.scores.iter().map(|line| line.criterion_id);
        check_sections(&sheet.form, &sheet.rules, Scorer::Appraiser(&seat.sections), "scores", criteria)?;
        let entries: Vec<AppraisalEntry> = new
            .scores
            .iter()
            .map(|line| AppraisalEntry {
                criterion_id: line.criterion_id,
                attained: line.appraised_attained,
                points: line.appraised_points,
                reason: line.appraisal_reason.clone(),
                abstained: false,
            })
            .collect();
        let settled = settle_appraisal(&sheet.form, &sheet.lines(), &entries)?;
        let mut settled: HashMap<Uuid, AppraisalScore> =
            settled.into_iter().map(|one| (one.criterion_id, one)).collect();
        let mut said = false;
        if sheet.rules.appraisal != AppraisalMode::Joint {
            let written = panel::write(tx, ctx, &mut sheet, &seat, &settled).await?;
            (settled, said) = (written.common, written.changed);
        }
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, ("scorecard.put_appraisal", said), |row| {
            let Some(one) = settled.get(&row.criterion_id) else { return };
            appraise(row, one, (by, now));
        })
        .await
    })
    .await
}

/// Writes the first appraisal into a line, and who and when if that changes anything.
pub(super) fn appraise(row: &mut score::Model, one: &AppraisalScore, (by, now): (Option<Uuid>, Option<DateTime<Utc>>)) {
    let same = (row.appraised_attained, row.appraised_points, &row.appraisal_reason)
        == (one.attained, one.points, &one.reason);
    if !same {
        (row.appraised_attained, row.appraised_points) = (one.attained, one.points);
        row.appraisal_reason.clone_from(&one.reason);
        (row.appraised_by, row.appraised_at) = (by, now);
    }
}

/// Stores the lines that `change` changed in one statement, and the sheet's new version in another; the version
/// grows where no line changed, too, if something else of the sheet did (`touched`).
pub(super) async fn store(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    mut sheet: Sheet,
    (action, touched): (&str, bool),
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
    if after.is_empty() && !touched {
        return Ok(sheet.represent(ctx));
    }
    // A sheet whose appraisal is complete stays complete.
    if matches!(sheet.card.state, ScorecardState::Appraised | ScorecardState::Reappraised) {
        unless_blocked(appraisal_blockers(&sheet.form, &sheet.lines()))?;
    }
    let over = OnConflict::column(score::Column::Id)
        .update_columns([
            score::Column::TargetId,
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
            score::Column::Explanation,
            score::Column::ExplainedBy,
            score::Column::ExplainedAt,
            score::Column::Answer,
            score::Column::SecondAttained,
            score::Column::SecondPoints,
            score::Column::AnsweredBy,
            score::Column::AnsweredAt,
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
