//! The published ranking, as the public reads it: thousands at once, on the day of publication.

use actix_web::Either;
use entity::{province, ranking, ranking_entry, vocab::RankingState};
use futures_util::FutureExt;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::{dto::Ranking, service};
use crate::{
    domain::policy::Who,
    http::{Ctx, KeptAnswer, Look, Tagged},
    problem::Problem,
};

/// Kept for the public, made for everybody else: they may see more.
pub(super) type Answer = Either<KeptAnswer, Tagged<Ranking>>;

/// A ranking by its id.
pub(super) async fn by_id(ctx: &Ctx, id: Uuid) -> Result<Answer, Problem> {
    let this = || Condition::all().add(ranking::Column::Id.eq(id));
    answer(ctx, ("/api/v1/rankings/{id}", id), this, async || service::get(ctx, id).await).await
}

/// The ranking of a cycle that is in force.
pub(super) async fn of_cycle(ctx: &Ctx, cycle_id: Uuid) -> Result<Answer, Problem> {
    let in_force = || {
        Condition::all()
            .add(ranking::Column::CycleId.eq(cycle_id))
            .add(ranking::Column::State.ne(RankingState::Superseded))
    };
    let read = async || service::of_cycle(ctx, cycle_id).await;
    answer(ctx, ("/api/v1/cycles/{id}/ranking", cycle_id), in_force, read).await
}

async fn answer(
    ctx: &Ctx,
    (route, id): (&'static str, Uuid),
    which: impl FnOnce() -> Condition,
    read: impl AsyncFn() -> Result<Ranking, Problem>,
) -> Result<Answer, Problem> {
    let make = async || read().await.map(|ranking| Tagged(ranking.version, ranking));
    if ctx.who != Who::Public {
        return make().await.map(Either::Right);
    }
    let look = || {
        let (db, found) = (ctx.db.clone(), mark(which()));
        let look = move || {
            let (db, found) = (db.clone(), found.clone());
            // All of at most one: SQLite would plan a statement with a limit anew each time.
            async move { Ok(found.into_tuple().all(db.reader()).await?.into_iter().next()) }.boxed()
        };
        Box::new(look) as Look
    };
    let kept = ctx.kept.get(route, id, look, make).await?;
    kept.map(Either::Left).ok_or_else(Problem::not_found)
}

/// The published ranking, its version, and the versions of the provinces it names: one statement.
fn mark(which: Condition) -> Select<ranking::Entity> {
    ranking::Entity::find()
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
}
