//! What a caller sees of the pledges, and of the targets inside.

use entity::{cycle, pledge, vocab::PledgeState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{appraiser, cycles_of_appraiser, cycles_of_head, cycles_of_member, public_cycles, tie};
use crate::{
    domain::policy::{Action, Tie, Who},
    http::Ctx,
    problem::Problem,
};

/// The states in which a pledge is meant for all members.
const SHARED: [PledgeState; 2] = [PledgeState::Signed, PledgeState::Concluded];

/// A pledge the caller may know of, its cycle, and how they are tied to it.
#[derive(Clone, Debug)]
pub struct SeenPledge {
    pub pledge: pledge::Model,
    pub cycle: cycle::Model,
    pub tie: Tie,
}

/// The tie to a cycle, seen from one of its pledges.
pub fn pledge_tie(who: Who, tie: Tie, pledge: &pledge::Model) -> Tie {
    tie.to_province(who, pledge.province_id).sharing(SHARED.contains(&pledge.state))
}

/// A pledge the caller may know of. At most three statements.
pub async fn visible_pledge(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<SeenPledge, Problem> {
    let pledge = pledge::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = tie(ctx, db, pledge.cycle_id).await?;
    let tie = pledge_tie(ctx.who, tie, &pledge);
    ctx.may(Action::ReadPledge(tie))?;
    Ok(SeenPledge { pledge, cycle, tie })
}

/// Pledges the caller may know of: `ReadPledge` as SQL.
pub fn visible_pledges(who: Who) -> Condition {
    use pledge::Column::{CycleId, Id, ProvinceId, State};
    if who.sees_all() {
        return Condition::all();
    }
    match (who.officer_of(), appraiser(who)) {
        (Some(province_id), _) => {
            let shared = Condition::any().add(State.is_in(SHARED)).add(CycleId.in_subquery(public_cycles()));
            let theirs = Condition::all().add(CycleId.in_subquery(cycles_of_member(province_id))).add(shared);
            Condition::any()
                .add(ProvinceId.eq(province_id))
                .add(CycleId.in_subquery(cycles_of_head(province_id)))
                .add(theirs)
        }
        (None, Some(user_id)) => Condition::all().add(CycleId.in_subquery(cycles_of_appraiser(user_id))),
        (None, None) => Condition::all().add(Id.is_null()),
    }
}
