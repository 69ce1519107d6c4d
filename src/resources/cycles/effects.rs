//! What a step of a cycle does to the things that hang on it.

use std::collections::HashMap;

use entity::{
    cycle,
    decimal::Decimal,
    membership, ranking, score, scorecard,
    vocab::{RankingState, ScorecardState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{criteria::Form, cycle::Event, result::compute, scorecard as rules, scoring::Best},
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
    results::{self, NewRanking, Sheets, line},
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// Does what the step means beyond the cycle itself. `before` is the state in which it is taken.
pub(super) async fn take(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    cycle: &cycle::Model,
    event: Event,
) -> Result<(), Problem> {
    match event {
        Event::OpenSelfScoring => open_scorecards(tx, ctx, cycle).await,
        Event::Finalize => finalize(tx, ctx, cycle).await,
        Event::Publish => results::publish(tx, ctx, cycle.id).await,
        Event::Reopen => reopen(tx, ctx, cycle).await,
        Event::Launch
        | Event::Activate
        | Event::OpenAppraisal
        | Event::OpenExplanation
        | Event::Close
        | Event::Interrupt
        | Event::Resume => Ok(()),
    }
}

/// A sheet for every member.
async fn open_scorecards(tx: &impl ConnectionTrait, ctx: &Ctx, cycle: &cycle::Model) -> Result<(), Problem> {
    let members = membership::Entity::find().filter(membership::Column::CycleId.eq(cycle.id)).all(tx).await?;
    results::open_sheets(tx, ctx, cycle.id, members.into_iter().map(|member| member.province_id)).await
}

/// Final points on every line, every sheet locked, the ranking computed. All or nothing.
async fn finalize(tx: &impl ConnectionTrait, ctx: &Ctx, cycle: &cycle::Model) -> Result<(), Problem> {
    let sheets = Sheets::load(tx, cycle.id).await?;
    let inputs = sheets.inputs()?;
    let outcome = compute(&inputs)?;
    let mut changed = vec![];
    for (mut card, mut lines) in sheets.cards {
        if rules::next(card.state, rules::Event::Finalize, cycle.state, false).is_err() {
            // The guard has seen to it that only an excluded province comes here without an appraised sheet.
            continue;
        }
        let points: HashMap<Uuid, Decimal> =
            outcome.lines.get(&card.province_id).into_iter().flatten().copied().collect();
        for row in &mut lines {
            freeze(&sheets.frame.form, &outcome.best, row);
            row.final_points = points.get(&row.criterion_id).copied();
            row.final_at = Some(ctx.now);
            touch(ctx, row);
        }
        let before = card.clone();
        card.state = ScorecardState::Final;
        card.finalized_at = Some(ctx.now);
        changed.push((before, card, lines));
    }
    save(tx, ctx, cycle, "scorecard.finalize", changed).await?;
    let former = ranking::Entity::find()
        .filter(ranking::Column::CycleId.eq(cycle.id))
        .order_by_desc(ranking::Column::Number)
        .one(tx)
        .await?;
    let new = NewRanking {
        state: RankingState::Provisional,
        supersedes_id: former.as_ref().map(|former| former.id),
        reason: former.and(cycle.state_reason.clone()),
        inputs: &inputs,
        outcome: &outcome,
    };
    results::store(tx, ctx, new, ctx.now).await?;
    Ok(())
}

/// Points that followed from the best of the cluster are written down beside the figures they came from.
fn freeze(form: &Form, best: &Best, row: &mut score::Model) {
    let Some(leaf) = form.leaf(row.criterion_id).filter(|leaf| leaf.rule.is_relative()) else { return };
    let counted = line(row).counted(leaf, best.at(leaf.id));
    (row.self_points, row.appraised_points) = (counted.self_scored, counted.appraised);
    row.second_points = counted.second.filter(|_| row.second_attained.is_some()).or(row.second_points);
}

/// The sheets are open again: the best of the cluster may change.
fn thaw(form: &Form, row: &mut score::Model) {
    let relative = form.leaf(row.criterion_id).is_some_and(|leaf| leaf.rule.is_relative());
    if relative {
        row.self_points = None;
        // Points without a figure were given by the appraiser and stand.
        row.appraised_points = row.appraised_points.filter(|_| row.appraised_attained.is_none());
        row.second_points = row.second_points.filter(|_| row.second_attained.is_none());
    }
}

/// Final points are taken back, sheets are open for appraisal again, and the result that was never public is replaced.
async fn reopen(tx: &impl ConnectionTrait, ctx: &Ctx, cycle: &cycle::Model) -> Result<(), Problem> {
    let sheets = Sheets::load(tx, cycle.id).await?;
    let mut changed = vec![];
    for (mut card, mut lines) in sheets.cards {
        let answered = lines.iter().any(|row| row.answer.is_some());
        let Ok(state) = rules::next(card.state, rules::Event::Reopen, cycle.state, answered) else { continue };
        let before = card.clone();
        for row in &mut lines {
            thaw(&sheets.frame.form, row);
            row.final_points = None;
            row.final_reason = None;
            row.final_at = None;
            touch(ctx, row);
        }
        card.state = state;
        card.finalized_at = None;
        changed.push((before, card, lines));
    }
    save(tx, ctx, cycle, "scorecard.reopen", changed).await?;
    results::supersede(tx, ctx, &results::provisional(tx, cycle.id).await?).await
}

fn touch(ctx: &Ctx, row: &mut score::Model) {
    row.version += 1;
    row.updated_at = ctx.now;
}

type Changed = (scorecard::Model, scorecard::Model, Vec<score::Model>);

/// Stores the sheets of a cycle and their lines in batches, and journals each sheet.
async fn save(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    cycle: &cycle::Model,
    action: &'static str,
    changed: Vec<Changed>,
) -> Result<(), Problem> {
    let (mut cards, mut lines, mut changes) = (vec![], vec![], vec![]);
    for (before, mut card, scores) in changed {
        card.version += 1;
        card.updated_at = ctx.now;
        let points: Vec<_> = scores.iter().map(|row| json!([row.criterion_id, row.final_points])).collect();
        let change = Change::new(action, "scorecard", card.id, card.version).in_cycle(cycle.id);
        changes.push(change.before(&before)?.after(&json!({ "scorecard": card, "final_points": points }))?);
        cards.push(card.into_active_model().reset_all());
        lines.extend(scores.into_iter().map(|row| row.into_active_model().reset_all()));
    }
    let over_cards = OnConflict::column(scorecard::Column::Id)
        .update_columns([
            scorecard::Column::State,
            scorecard::Column::FinalizedAt,
            scorecard::Column::Version,
            scorecard::Column::UpdatedAt,
        ])
        .to_owned();
    for some in cards.chunks(BATCH) {
        let insert = scorecard::Entity::insert_many(some.iter().cloned()).on_conflict(over_cards.clone());
        insert.exec_without_returning(tx).await?;
    }
    let over_lines = OnConflict::column(score::Column::Id)
        .update_columns([
            score::Column::SelfPoints,
            score::Column::AppraisedPoints,
            score::Column::SecondPoints,
            score::Column::FinalPoints,
            score::Column::FinalReason,
            score::Column::FinalAt,
            score::Column::Version,
            score::Column::UpdatedAt,
        ])
        .to_owned();
    for some in lines.chunks(BATCH) {
        let insert = score::Entity::insert_many(some.iter().cloned()).on_conflict(over_lines.clone());
        insert.exec_without_returning(tx).await?;
    }
    journal::record_all(tx, ctx, changes).await
}
