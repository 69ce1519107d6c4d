//! The steps of a cycle's life: every one of every endpoint comes through [`advance`].

use entity::{conference, cycle};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{Cycle, Readiness},
    effects, facts, views,
};
use crate::{
    db,
    domain::{
        calendar::vietnam_day,
        cycle::{self as rules, Event},
        policy::{Action, Tie},
        refusal::unless_blocked,
    },
    http::{Ctx, IfMatch, sight},
    journal::{self, Change},
    problem::{Problem, ProblemBlocker},
};

/// A step as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) event: Event,
    pub(super) reason: Option<String>,
}

impl Step {
    pub(super) fn plain(event: Event) -> Self {
        Self { event, reason: None }
    }

    pub(super) fn because(event: Event, reason: String) -> Self {
        Self { event, reason: Some(reason) }
    }
}

/// The right a step needs.
pub(super) fn action(event: Event, tie: Tie) -> Action {
    match event {
        Event::Reopen => Action::ReopenCycle(tie),
        Event::Launch
        | Event::Activate
        | Event::OpenSelfScoring
        | Event::OpenAppraisal
        | Event::OpenExplanation
        | Event::Finalize
        | Event::Publish
        | Event::Close
        | Event::Interrupt
        | Event::Resume => Action::MoveCycle(tie),
    }
}

/// Moves a cycle one step along its life.
pub(super) async fn advance(ctx: &Ctx, id: Uuid, step: &Step, seen: &IfMatch) -> Result<Cycle, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = sight::visible_cycle(ctx, tx, id).await?;
        ctx.may(action(step.event, tie))?;
        seen.allows(found.version)?;
        let state = rules::next(found.state, found.interrupted_from, step.event)?;
        let facts = facts::gather(tx, &found).await?;
        unless_blocked(rules::blockers(step.event, &facts))?;
        effects::take(tx, ctx, &found, step.event).await?;

        let mut row = found.clone().into_active_model();
        row.state = Set(state);
        match step.event {
            Event::Launch => row.launched_at = Set(Some(ctx.now)),
            Event::Finalize => row.finalized_at = Set(Some(ctx.now)),
            Event::Publish => {
                let held = approving(tx, facts.provisional_ranking).await?;
                row.conference_on = Set(Some(vietnam_day(held.starts_at)));
                row.conference_place = Set(Some(held.place));
                row.published_at = Set(Some(ctx.now));
            }
            Event::Close => row.closed_at = Set(Some(ctx.now)),
            Event::Reopen => row.finalized_at = Set(None),
            Event::Interrupt => row.interrupted_from = Set(Some(found.state)),
            Event::Resume => row.interrupted_from = Set(None),
            Event::Activate | Event::OpenSelfScoring | Event::OpenAppraisal | Event::OpenExplanation => {}
        }
        if rules::needs_reason(step.event) {
            row.state_reason = Set(step.reason.clone());
        }
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let saved =
            cycle::Entity::update(row).validate()?.filter(cycle::Column::Version.eq(found.version)).exec(tx).await?;
        let verb = format!("cycle.{}", step.event.name());
        let change = Change::new(&verb, "cycle", id, saved.version).in_cycle(id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        let (saved, tie) = sight::tie(ctx, tx, id).await?;
        views::one(ctx, tx, saved, tie).await
    })
    .await
}

/// The conference that approved a ranking.
async fn approving(tx: &impl ConnectionTrait, ranking_id: Option<Uuid>) -> Result<conference::Model, Problem> {
    let held = match ranking_id {
        Some(ranking_id) => conference::Entity::approving(ranking_id).one(tx).await?,
        None => None,
    };
    held.ok_or_else(|| Problem::internal("a ranking that nobody approved passed the guard"))
}

/// What stands in the way of the next step.
pub(super) async fn readiness(ctx: &Ctx, id: Uuid) -> Result<Readiness, Problem> {
    let db = ctx.db.reader();
    let (cycle, tie) = sight::visible_cycle(ctx, db, id).await?;
    // A blocker tells of every member's pledge, sheet and nomination.
    ctx.may(Action::ReadSheets(tie))?;
    let Some(event) = rules::following(cycle.state) else {
        return Ok(Readiness { step: None, ready: false, blockers: vec![] });
    };
    let facts = facts::gather(db, &cycle).await?;
    let blockers = rules::blockers(event, &facts);
    let told = blockers.iter().map(|blocker| ProblemBlocker::new(blocker, ctx.language)).collect();
    Ok(Readiness { step: Some(event.name()), ready: blockers.is_empty(), blockers: told })
}
