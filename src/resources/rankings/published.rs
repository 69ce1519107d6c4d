//! The published ranking, as the public reads it: thousands at once, on the day of publication.

use actix_web::Either;
use entity::{province, ranking, ranking_entry, vocab::RankingState};
use sea_orm::{ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::{dto::Ranking, service};
use crate::{
    domain::policy::Who,
    http::{Ctx, KeptAnswer, Mark, Tagged},
    problem::Problem,
};

/// Kept for the public, made for everybody else: they may see more.
pub(super) type Answer = Either<KeptAnswer, Tagged<Ranking>>;

/// A ranking by its id.
pub(super) async fn by_id(ctx: &Ctx, id: Uuid) -> Result<Answer, Problem> {
    answer(ctx, ("ranking", id), Condition::all().add(ranking::Column::Id.eq(id)), async || service::get(ctx, id).await)
        .await
}

/// The ranking of a cycle that is in force.
pub(super) async fn of_cycle(ctx: &Ctx, cycle_id: Uuid) -> Result<Answer, Problem> {
    let in_force = Condition::all()
        .add(ranking::Column::CycleId.eq(cycle_id))
        .add(ranking::Column::State.ne(RankingState::Superseded));
    answer(ctx, ("ranking of cycle", cycle_id), in_force, async || service::of_cycle(ctx, cycle_id).await).await
}

async fn answer(
    ctx: &Ctx,
    key: (&'static str, Uuid),
    which: Condition,
    read: impl AsyncFn() -> Result<Ranking, Problem>,
) -> Result<Answer, Problem> {
    let make = async || read().await.map(|ranking| Tagged(ranking.version, ranking));
    if ctx.who != Who::Public {
        return make().await.map(Either::Right);
    }
    let kept = ctx.kept.get(key, async || mark(ctx, which).await, make).await?;
    kept.map(Either::Left).ok_or_else(Problem::not_found)
}

/// The published ranking, its version, and the versions of the provinces it names: one statement.
async fn mark(ctx: &Ctx, which: Condition) -> Result<Option<Mark>, Problem> {
    let found = ranking::Entity::find()
        .select_only()
        .column(ranking::Column::Id)
        .column(ranking::Column::Version)
        .expr(province::Column::Version.sum())
        .join_rev(JoinType::LeftJoin, ranking_entry::Relation::Ranking.def())
        .join(JoinType::LeftJoin, ranking_entry::Relation::Province.def())
        .filter(which)
        .filter(ranking::Column::PublishedAt.is_not_null())
        .group_by(ranking::Column::Id)
        .group_by(ranking::Column::Version)
        .group_by(ranking::Column::Number)
        .order_by_desc(ranking::Column::Number)
        .into_tuple()
        .one(ctx.db.reader())
        .await?;
    Ok(found)
}
