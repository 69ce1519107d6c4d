//! Who sees which nomination, and who its dossier and what the public said of it.

use entity::{cycle, nomination, nomination::Column::CycleId, vocab::NominationState};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{cycles_of_head, cycles_of_member, public_cycles, tie};
use crate::{
    domain::{
        nomination::is_public,
        policy::{Action, Tie, Who},
    },
    http::Ctx,
    problem::Problem,
};

/// A nomination, its cycle, and how the caller is tied to them.
#[derive(Clone, Debug)]
pub struct SeenNomination {
    pub nomination: nomination::Model,
    pub cycle: cycle::Model,
    pub tie: Tie,
}

/// A nomination the caller may read.
pub async fn visible_nomination(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<SeenNomination, Problem> {
    let seen = found(ctx, db, id).await?;
    ctx.may(Action::ReadNomination(seen.tie))?;
    Ok(seen)
}

/// A nomination whose dossier the caller may read.
pub async fn visible_dossier(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<SeenNomination, Problem> {
    let seen = found(ctx, db, id).await?;
    ctx.may(Action::ReadDossier(seen.tie))?;
    Ok(seen)
}

async fn found(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<SeenNomination, Problem> {
    let nomination = nomination::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = tie(ctx, db, nomination.cycle_id).await?;
    let tie = tie_to_nomination(tie, ctx.who, &nomination);
    Ok(SeenNomination { nomination, cycle, tie })
}

/// A tie to a cycle, seen from one nomination of it.
pub fn tie_to_nomination(tie: Tie, who: Who, nomination: &nomination::Model) -> Tie {
    tie.to_province(who, nomination.province_id).sharing(is_public(nomination.state))
}

/// `ReadNomination` as SQL.
pub fn visible_nominations(who: Who) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    let shared = NominationState::iter().filter(|state| is_public(*state));
    let shared =
        Condition::all().add(nomination::Column::State.is_in(shared)).add(CycleId.in_subquery(public_cycles()));
    let Some(province_id) = who.officer_of() else { return shared };
    let published = Condition::all()
        .add(CycleId.in_subquery(cycles_of_member(province_id)))
        .add(CycleId.in_subquery(public_cycles()));
    near(province_id).add(published).add(shared)
}

/// Ids of the nominations whose dossier the caller may read: `ReadDossier` as SQL.
pub fn visible_dossiers(who: Who) -> SelectStatement {
    let seen = match who.officer_of() {
        _ if who.sees_all() => Condition::all(),
        Some(province_id) => near(province_id),
        None => Condition::all().add(nomination::Column::Id.is_null()),
    };
    nomination::Entity::find().select_only().column(nomination::Column::Id).filter(seen).into_query()
}

/// Of the own province, or of a cycle that it heads.
fn near(province_id: Uuid) -> Condition {
    Condition::any()
        .add(nomination::Column::ProvinceId.eq(province_id))
        .add(CycleId.in_subquery(cycles_of_head(province_id)))
}
