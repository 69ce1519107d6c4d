//! A pledge as it is shown: with what became of its targets, and what the caller may do with it.

use std::collections::HashMap;

use entity::{
    pledge, target,
    vocab::{CycleState, PledgeState, Stage},
};
use sea_orm::{ColumnTrait, ConnectionTrait};
use strum::IntoEnumIterator;

use super::dto::PledgeExpand;
use crate::{
    domain::{
        actions::Verdict,
        deadline::Due,
        pledge::{Event, next},
        policy::{self, Action, Tie},
        refusal::unless_blocked,
        target::Summary,
    },
    http::{
        Ctx,
        brief::{self, CycleBrief, ProvinceBrief},
        sight::{self, SeenPledge},
        summaries,
    },
    problem::Problem,
    results::Deadlines,
};

/// A pledge, and what is shown beside it.
#[derive(Debug)]
pub(super) struct View {
    pub pledge: pledge::Model,
    pub summary: Summary,
    /// By how many seconds it was signed after its due date.
    pub late_by_seconds: Option<i64>,
    pub verdicts: Vec<Verdict>,
    pub province: Option<ProvinceBrief>,
    pub cycle: Option<CycleBrief>,
}

/// Many pledges that the caller may see. A constant number of statements, however many there are.
pub(super) async fn views(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    pledges: Vec<pledge::Model>,
    expand: &[PledgeExpand],
) -> Result<Vec<View>, Problem> {
    let ties = sight::ties(ctx, db, pledges.iter().map(|pledge| pledge.cycle_id)).await?;
    let seen = pledges.into_iter().filter_map(|pledge| {
        let (cycle, tie) = ties.get(&pledge.cycle_id)?.clone();
        let tie = sight::pledge_tie(ctx.who, tie, &pledge);
        Some(SeenPledge { pledge, cycle, tie })
    });
    dress(ctx, db, seen.collect(), expand).await
}

/// One pledge that the caller sees.
pub(super) async fn view(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    seen: SeenPledge,
    expand: &[PledgeExpand],
) -> Result<View, Problem> {
    let found = dress(ctx, db, vec![seen], expand).await?.pop();
    found.ok_or_else(|| Problem::internal("a pledge was lost on its way to the reader"))
}

async fn dress(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    seen: Vec<SeenPledge>,
    expand: &[PledgeExpand],
) -> Result<Vec<View>, Problem> {
    let deadlines = Deadlines::load(db, seen.iter().map(|seen| seen.cycle.id)).await?;
    let mut summaries = summaries(db, target::Column::PledgeId.is_in(seen.iter().map(|seen| seen.pledge.id))).await?;
    let provinces = if expand.contains(&PledgeExpand::Province) {
        brief::provinces(db, seen.iter().map(|seen| seen.pledge.province_id)).await?
    } else {
        HashMap::new()
    };
    let dressed = seen.into_iter().map(|SeenPledge { pledge, cycle, tie }| {
        let due = deadlines.due(cycle.id, Stage::Pledge, pledge.province_id);
        View {
            summary: summaries.remove(&pledge.id).unwrap_or_default(),
            late_by_seconds: pledge.signed_at.and_then(|signed| Due::late_by(due, signed)),
            verdicts: verdicts(ctx, tie, pledge.state, cycle.state, due),
            province: provinces.get(&pledge.province_id).cloned(),
            cycle: expand.contains(&PledgeExpand::Cycle).then(|| cycle.into()),
            pledge,
        }
    });
    Ok(dressed.collect())
}

/// What the caller may do with a pledge now.
fn verdicts(ctx: &Ctx, tie: Tie, pledge: PledgeState, cycle: CycleState, due: Option<Due>) -> Vec<Verdict> {
    let verdict = |event: Event| {
        let permitted = policy::check(ctx.who, Action::WritePledge(tie));
        let due = due.filter(|_| event == Event::Sign);
        Verdict::on(event.name())
            .and(permitted)
            .and(next(pledge, event, cycle))
            .and(unless_blocked(Due::blockers(due, ctx.now)))
    };
    Event::iter().map(verdict).collect()
}
