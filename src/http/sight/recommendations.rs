//! Who sees which recommendation: the members of its cycle, and those who see all.

use entity::{
    cycle, recommendation,
    recommendation::Column::{CycleId, Id},
    vocab::Addressee,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{cycles_of_member, tie};
use crate::{
    domain::policy::{Action, Tie, Who},
    http::Ctx,
    problem::Problem,
};

/// A recommendation the caller may read, its cycle, and how they are tied to it.
#[derive(Clone, Debug)]
pub struct SeenRecommendation {
    pub recommendation: recommendation::Model,
    pub cycle: cycle::Model,
    pub tie: Tie,
}

/// The tie to a cycle, seen from one of its recommendations: what is addressed to the members is shared.
pub fn recommendation_tie(who: Who, tie: Tie, row: &recommendation::Model) -> Tie {
    tie.to_province(who, row.province_id).sharing(row.addressee == Addressee::Members)
}

/// A recommendation the caller may read. At most three statements.
pub async fn visible_recommendation(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<SeenRecommendation, Problem> {
    let recommendation = recommendation::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = tie(ctx, db, recommendation.cycle_id).await?;
    let tie = recommendation_tie(ctx.who, tie, &recommendation);
    ctx.may(Action::ReadRecommendation(tie))?;
    Ok(SeenRecommendation { recommendation, cycle, tie })
}

/// `ReadRecommendation` as SQL.
pub fn visible_recommendations(who: Who) -> Condition {
    match who.officer_of() {
        _ if who.sees_all() => Condition::all(),
        Some(province_id) => Condition::all().add(CycleId.in_subquery(cycles_of_member(province_id))),
        None => Condition::all().add(Id.is_null()),
    }
}

/// Ids of the recommendations the caller may read.
pub fn ids_of_visible_recommendations(who: Who) -> SelectStatement {
    recommendation::Entity::find().select_only().column(Id).filter(visible_recommendations(who)).into_query()
}
