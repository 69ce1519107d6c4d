//! What a caller sees of the cycles: the same facts that the policy asks for, once for a single thing and once as SQL
//! for lists, so that what is hidden shows neither in a list nor in a count.

mod conferences;
mod nominations;
mod pledges;
mod recommendations;
mod scorecards;

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{
    appraiser_assignment, cycle, membership,
    vocab::{CycleState, MemberRole, Role},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::Ctx;
use crate::{
    domain::policy::{Action, Tie, Who},
    problem::Problem,
};

pub use conferences::{SeenConference, tie_to_conference, visible_conference, visible_conferences};
pub use nominations::{
    SeenNomination, tie_to_nomination, visible_dossier, visible_dossiers, visible_nomination, visible_nominations,
};
pub use pledges::{SeenPledge, pledge_tie, visible_pledge, visible_pledges};
pub use recommendations::{
    SeenRecommendation, ids_of_visible_recommendations, recommendation_tie, visible_recommendation,
    visible_recommendations,
};
pub use scorecards::{SeenLine, judged_scorecards, tie_to_sheet, visible_line, visible_scorecards};

/// The states in which a cycle is public.
const PUBLIC: [CycleState; 2] = [CycleState::Published, CycleState::Closed];

/// A cycle, and how the caller is tied to it. At most two statements.
///
/// The tie says nothing yet of one province's things in the cycle: see [`Tie::to_province`].
pub async fn tie(ctx: &Ctx, db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<(cycle::Model, Tie), Problem> {
    ties(ctx, db, [cycle_id]).await?.remove(&cycle_id).ok_or_else(Problem::not_found)
}

/// Many cycles, and how the caller is tied to each. At most two statements, however many there are.
pub async fn ties(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    cycle_ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, (cycle::Model, Tie)>, Problem> {
    let ids: BTreeSet<Uuid> = cycle_ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let cycles = cycle::Entity::find().filter(cycle::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let mut roles = HashMap::new();
    let mut assigned = HashSet::new();
    if let Some(province_id) = ctx.who.officer_of() {
        let memberships = membership::Entity::find()
            .filter(membership::Column::CycleId.is_in(ids))
            .filter(membership::Column::ProvinceId.eq(province_id))
            .all(db)
            .await?;
        roles.extend(memberships.into_iter().map(|membership| (membership.cycle_id, membership.role)));
    } else if let Some(user_id) = appraiser(ctx.who) {
        let assignments = appraiser_assignment::Entity::find()
            .filter(appraiser_assignment::Column::CycleId.is_in(ids))
            .filter(appraiser_assignment::Column::UserId.eq(user_id))
            .all(db)
            .await?;
        assigned.extend(assignments.into_iter().map(|assignment| assignment.cycle_id));
    }
    let tied = |cycle: cycle::Model| {
        let role = roles.get(&cycle.id);
        let tie = Tie {
            head: role == Some(&MemberRole::Head),
            deputy: role == Some(&MemberRole::Deputy),
            member: role.is_some(),
            appraiser: assigned.contains(&cycle.id),
            published: PUBLIC.contains(&cycle.state),
            ..Tie::default()
        };
        (cycle.id, (cycle, tie))
    };
    Ok(cycles.into_iter().map(tied).collect())
}

/// A cycle the caller may know of, and how they are tied to it.
pub async fn visible_cycle(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    cycle_id: Uuid,
) -> Result<(cycle::Model, Tie), Problem> {
    let (cycle, tie) = tie(ctx, db, cycle_id).await?;
    ctx.may(Action::ReadCycle(tie))?;
    Ok((cycle, tie))
}

/// Rows whose cycle the caller may know of: `ReadCycle` as SQL.
pub fn in_visible_cycles(who: Who, cycle_id: impl ColumnTrait) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    in_own_cycles(who, cycle_id).add(cycle_id.in_subquery(public_cycles()))
}

/// Rows of the cycles the caller is tied to, whether public or not.
pub fn in_own_cycles(who: Who, cycle_id: impl ColumnTrait) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    // An empty disjunction would hold for every row.
    let seen = Condition::any().add(cycle_id.is_null());
    match (who.officer_of(), appraiser(who)) {
        (Some(province_id), _) => seen.add(cycle_id.in_subquery(cycles_of_member(province_id))),
        (None, Some(user_id)) => seen.add(cycle_id.in_subquery(cycles_of_appraiser(user_id))),
        (None, None) => seen,
    }
}

/// Ids of the cycles that are public.
pub fn public_cycles() -> SelectStatement {
    cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Id)
        .filter(cycle::Column::State.is_in(PUBLIC))
        .into_query()
}

/// Ids of the cycles a province is a member of.
pub fn cycles_of_member(province_id: Uuid) -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::CycleId)
        .filter(membership::Column::ProvinceId.eq(province_id))
        .into_query()
}

/// Ids of the cycles a province is head of.
pub fn cycles_of_head(province_id: Uuid) -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::CycleId)
        .filter(membership::Column::ProvinceId.eq(province_id))
        .filter(membership::Column::Role.eq(MemberRole::Head))
        .into_query()
}

/// Ids of the cycles an appraiser is assigned to.
pub fn cycles_of_appraiser(user_id: Uuid) -> SelectStatement {
    appraiser_assignment::Entity::find()
        .select_only()
        .column(appraiser_assignment::Column::CycleId)
        .filter(appraiser_assignment::Column::UserId.eq(user_id))
        .into_query()
}

/// The account's id, if it is an appraiser's.
pub fn appraiser(who: Who) -> Option<Uuid> {
    who.account().filter(|account| account.role == Role::Appraiser).map(|account| account.id)
}
