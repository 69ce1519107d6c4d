//! A provisional ranking made anew, because something it is computed from has changed.

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
    let found = ranking::Entity::find()
        .filter(ranking::Column::CycleId.eq(cycle_id))
        .filter(ranking::Column::State.eq(RankingState::Provisional))
        .one(tx)
        .await?
        .ok_or_else(|| Problem::internal("no provisional ranking to make anew"))?;
    let mut row = found.clone().into_active_model();
    row.state = Set(RankingState::Superseded);
    row.version = Set(found.version + 1);
    row.updated_at = Set(author.now);
    let guarded = ranking::Entity::update(row).validate()?;
    let saved = guarded.filter(ranking::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("ranking.supersede", "ranking", saved.id, saved.version).in_cycle(cycle_id);
    journal::record(tx, author.clone(), change.before(&found)?.after(&saved)?).await?;
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
