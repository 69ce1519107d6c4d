//! Who sees which conference, and with it what was said there and what was resolved.

use entity::{conference, conference::Column::CycleId, cycle, vocab::ConferenceState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{in_own_cycles, public_cycles, tie};
use crate::{
    domain::{
        conference::is_held,
        policy::{Action, Tie, Who},
    },
    http::Ctx,
    problem::Problem,
};

/// A conference, its cycle, and how the caller is tied to them.
#[derive(Clone, Debug)]
pub struct SeenConference {
    pub conference: conference::Model,
    pub cycle: cycle::Model,
    pub tie: Tie,
}

/// A conference the caller may know of. At most three statements.
pub async fn visible_conference(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<SeenConference, Problem> {
    let conference = conference::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = tie(ctx, db, conference.cycle_id).await?;
    let tie = tie_to_conference(tie, ctx.who, &conference);
    ctx.may(Action::ReadConference(tie))?;
    Ok(SeenConference { conference, cycle, tie })
}

/// A tie to a cycle, seen from one conference of it.
pub fn tie_to_conference(tie: Tie, who: Who, conference: &conference::Model) -> Tie {
    let host = conference.host_province_id.is_some() && who.officer_of() == conference.host_province_id;
    Tie { host, ..tie }.sharing(is_held(conference.state))
}

/// Conferences the caller may know of: `ReadConference` as SQL.
pub fn visible_conferences(who: Who) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    let held = ConferenceState::iter().filter(|state| is_held(*state));
    let public = Condition::all().add(conference::Column::State.is_in(held)).add(CycleId.in_subquery(public_cycles()));
    in_own_cycles(who, CycleId).add(public)
}
