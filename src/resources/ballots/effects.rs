//! What follows from a result, in the step that closes the ballot.

use entity::{
    ballot, cycle, membership, nomination,
    vocab::{BallotKind, BallotOutcome, CycleState, MemberRole, NominationState},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    domain::{ballot::Tally, membership as seats, nomination as nominations, phrase::Phrase},
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
    results,
};

/// Nothing follows unless it is carried.
pub(super) async fn take(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    ballot: &ballot::Model,
    tally: &Tally,
) -> Result<(), Problem> {
    if tally.outcome != BallotOutcome::Carried {
        return Ok(());
    }
    match (ballot.kind, ballot.nomination_id, ballot.elects_cycle_id, tally.elected_id) {
        (BallotKind::Nomination, Some(nomination_id), _, _) => nominate(ctx, tx, nomination_id).await,
        (BallotKind::Election, _, Some(cycle_id), Some(elected_id)) => {
            seat(ctx, tx, ballot, cycle_id, elected_id).await
        }
        // The ballot is an input of the ranking now.
        (BallotKind::Tie, ..) => results::renew(tx, ctx, ballot.cycle_id, ballot.title.clone()).await,
        _ => Err(Problem::internal("a ballot about nothing")),
    }
}

/// The nomination goes on as one that the members voted for.
async fn nominate(ctx: &Ctx, tx: &impl ConnectionTrait, id: Uuid) -> Result<(), Problem> {
    let found = nomination::Entity::find_by_id(id).one(tx).await?;
    let found = found.ok_or_else(|| Problem::internal("a ballot without its nomination"))?;
    let cycle = cycle::Entity::find_by_id(found.cycle_id).one(tx).await?;
    let cycle = cycle.ok_or_else(|| Problem::internal("a nomination without its cycle"))?;
    let state: NominationState = nominations::next(found.state, None, nominations::Event::Ballot, cycle.state)?;
    let mut row = found.clone();
    row.state = state;
    row.version += 1;
    row.updated_at = ctx.now;
    let guarded = nomination::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(nomination::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("nomination.ballot", "nomination", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await
}

/// The winner gets the office; whoever had it, and what else the winner had, becomes an ordinary seat.
async fn seat(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    ballot: &ballot::Model,
    cycle_id: Uuid,
    elected_id: Uuid,
) -> Result<(), Problem> {
    let elects = cycle::Entity::find_by_id(cycle_id).one(tx).await?;
    seats::may_change(seats::Change::Alter, elects.map_or(CycleState::Closed, |cycle| cycle.state))?;
    let (role, rank) = (ballot.office.unwrap_or(MemberRole::Head), ballot.deputy_rank);
    let members = membership::Entity::find().filter(membership::Column::CycleId.eq(cycle_id)).all(tx).await?;
    let (winner, others): (Vec<_>, Vec<_>) = members.into_iter().partition(|row| row.province_id == elected_id);
    let winner = winner.into_iter().next().ok_or_else(|| {
        Problem::conflict(Phrase::new(
            "the elected province is no member of that cycle any more",
            "tỉnh trúng cử không còn là thành viên của năm thi đua đó",
        ))
    })?;
    // First the former holder, so that the office is never held twice.
    for former in others.into_iter().filter(|row| (row.role, row.deputy_rank) == (role, rank)) {
        assign(ctx, tx, former, MemberRole::Member, None).await?;
    }
    assign(ctx, tx, winner, role, rank).await
}

async fn assign(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: membership::Model,
    role: MemberRole,
    deputy_rank: Option<i32>,
) -> Result<(), Problem> {
    let mut row = found.clone();
    (row.role, row.deputy_rank) = (role, deputy_rank);
    row.version += 1;
    row.updated_at = ctx.now;
    let guarded = membership::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(membership::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("membership.elect", "membership", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await
}
