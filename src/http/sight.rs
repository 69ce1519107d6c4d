//! What a caller sees of the cycles: the same facts that the policy asks for, once for a single thing and once as SQL
//! for lists, so that what is hidden shows neither in a list nor in a count.

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

/// The states in which a cycle is public.
const PUBLIC: [CycleState; 2] = [CycleState::Published, CycleState::Closed];

/// A cycle, and how the caller is tied to it. At most two statements.
///
/// The tie says nothing yet of one province's things in the cycle: see [`Tie::to_province`].
pub async fn tie(ctx: &Ctx, db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<(cycle::Model, Tie), Problem> {
    let cycle = cycle::Entity::find_by_id(cycle_id).one(db).await?.ok_or_else(Problem::not_found)?;
    let mut tie = Tie { published: PUBLIC.contains(&cycle.state), ..Tie::default() };
    if let Some(province_id) = ctx.who.officer_of() {
        let membership = membership::Entity::find()
            .filter(membership::Column::CycleId.eq(cycle_id))
            .filter(membership::Column::ProvinceId.eq(province_id))
            .one(db)
            .await?;
        tie.member = membership.is_some();
        tie.head = membership.is_some_and(|membership| membership.role == MemberRole::Head);
    } else if let Some(user_id) = appraiser(ctx.who) {
        let assigned = appraiser_assignment::Entity::find()
            .filter(appraiser_assignment::Column::CycleId.eq(cycle_id))
            .filter(appraiser_assignment::Column::UserId.eq(user_id))
            .one(db)
            .await?;
        tie.appraiser = assigned.is_some();
    }
    Ok((cycle, tie))
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
    let seen = Condition::any().add(cycle_id.in_subquery(public_cycles()));
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
