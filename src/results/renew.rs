//! The life of a stored ranking: published, superseded, or made anew because something it is computed from has changed.

use entity::{ranking, vocab::RankingState};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{NewRanking, Sheets, store};
use crate::{
    domain::result::compute,
    journal::{self, Author, Change},
    problem::Problem,
};

/// The former provisional ranking is superseded, for this reason.
pub async fn renew(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    cycle_id: Uuid,
    reason: String,
) -> Result<(), Problem> {
    let author = author.into();
    let found = provisional(tx, cycle_id).await?;
    supersede(tx, author.clone(), &found).await?;
    let inputs = Sheets::load(tx, cycle_id).await?.inputs()?;
    let outcome = compute(&inputs)?;
    let new = NewRanking {
        state: RankingState::Provisional,
        supersedes_id: Some(found.id),
        reason: Some(reason),
        inputs: &inputs,
        outcome: &outcome,
    };
    let now = author.now;
    store(tx, author, new, now).await.map(drop)
}

/// The ranking of a finalised cycle that is not yet public.
pub async fn provisional(tx: &impl ConnectionTrait, cycle_id: Uuid) -> Result<ranking::Model, Problem> {
    ranking::Entity::find()
        .filter(ranking::Column::CycleId.eq(cycle_id))
        .filter(ranking::Column::State.eq(RankingState::Provisional))
        .one(tx)
        .await?
        .ok_or_else(|| Problem::internal("a finalised cycle without a provisional ranking"))
}

/// The provisional ranking of a cycle becomes public.
pub async fn publish(tx: &impl ConnectionTrait, author: impl Into<Author>, cycle_id: Uuid) -> Result<(), Problem> {
    let found = provisional(tx, cycle_id).await?;
    advance(tx, author.into(), &found, "ranking.publish", RankingState::Published).await
}

/// A ranking gives way to another, or to none; that it was public stays written.
pub async fn supersede(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    found: &ranking::Model,
) -> Result<(), Problem> {
    advance(tx, author.into(), found, "ranking.supersede", RankingState::Superseded).await
}

async fn advance(
    tx: &impl ConnectionTrait,
    author: Author,
    found: &ranking::Model,
    action: &'static str,
    state: RankingState,
) -> Result<(), Problem> {
    let mut row = found.clone().into_active_model();
    row.state = Set(state);
    if state == RankingState::Published {
        row.published_at = Set(Some(author.now));
    }
    row.version = Set(found.version + 1);
    row.updated_at = Set(author.now);
    let guarded = ranking::Entity::update(row).validate()?;
    let saved = guarded.filter(ranking::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "ranking", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, author, change.before(found)?.after(&saved)?).await
}
