//! The steps of a ballot's life.

use entity::{
    ballot, ballot_urn, ballot_voter, membership, nomination, province,
    vocab::{BallotKind, BallotState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::Ballot,
    effects,
    scene::Scene,
    service::{store, voter},
    votes,
};
use crate::{
    db,
    domain::{
        ballot::{Event, count},
        policy::Action,
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

pub(super) async fn open(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<Ballot, Problem> {
    db::write(&ctx.db, async |tx| {
        let scene = permitted(ctx, tx, id, seen).await?;
        let members = if scene.voters.is_empty() { electorate(tx, &scene).await? } else { vec![] };
        let state = scene.take(ctx, Event::Open, scene.voters.len() + members.len())?;
        if !members.is_empty() {
            let rows = members.iter().map(|(id, name)| voter(scene.ballot.id, Some(*id), None, name));
            ballot_voter::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
        let urn =
            ballot_urn::ActiveModel { id: Set(Uuid::now_v7()), ballot_id: Set(scene.ballot.id), votes: Set(json!([])) };
        ballot_urn::Entity::insert(urn).exec_without_returning(tx).await?;
        let row = ballot::Model { state, opened_at: Some(ctx.now), ..scene.ballot.clone() };
        let saved = store(ctx, tx, "ballot.open", &scene.ballot, row).await?;
        Scene::of(ctx, tx, saved).await?.represent(ctx, tx).await
    })
    .await
}

/// Counts, stores the result, and does what follows from it, all in one step.
pub(super) async fn close(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<Ballot, Problem> {
    db::write(&ctx.db, async |tx| {
        let scene = permitted(ctx, tx, id, seen).await?;
        let state = scene.take(ctx, Event::Close, scene.voters.len())?;
        let cast: Vec<_> = votes::urn(tx, id).await?.1.votes().iter().map(|sealed| sealed.vote).collect();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let candidates = (scene.ballot.kind != BallotKind::Nomination).then_some(scene.candidates.as_slice());
        let by_post = number(scene.voters.iter().filter(|voter| voter.by_post).count());
        let tally = count(&scene.rules, number(scene.voters.len()), by_post, candidates, &cast);
        let row = ballot::Model {
            state,
            closed_at: Some(ctx.now),
            outcome: Some(tally.outcome),
            result: Some(json!(tally)),
            ..scene.ballot.clone()
        };
        let saved = store(ctx, tx, "ballot.close", &scene.ballot, row).await?;
        effects::take(ctx, tx, &saved, &tally).await?;
        Scene::of(ctx, tx, saved).await?.represent(ctx, tx).await
    })
    .await
}

pub(super) async fn cancel(ctx: &Ctx, id: Uuid, seen: &IfMatch, reason: &str) -> Result<Ballot, Problem> {
    db::write(&ctx.db, async |tx| {
        let scene = permitted(ctx, tx, id, seen).await?;
        let state = scene.take(ctx, Event::Cancel, scene.voters.len())?;
        let row = ballot::Model { state, state_reason: Some(reason.to_owned()), ..scene.ballot.clone() };
        let saved = store(ctx, tx, "ballot.cancel", &scene.ballot, row).await?;
        Scene::of(ctx, tx, saved).await?.represent(ctx, tx).await
    })
    .await
}

async fn permitted(ctx: &Ctx, tx: &impl ConnectionTrait, id: Uuid, seen: &IfMatch) -> Result<Scene, Problem> {
    let scene = Scene::require(ctx, tx, id).await?;
    ctx.may(Action::RunBallot(scene.tie))?;
    seen.allows(scene.ballot.version)?;
    Ok(scene)
}

/// The members of the cycle; without the one the ballot is about, unless the setting lets it vote.
async fn electorate(tx: &impl ConnectionTrait, scene: &Scene) -> Result<Vec<(Uuid, String)>, Problem> {
    let barred = match scene.ballot.nomination_id.filter(|_| !scene.rules.own_province_votes) {
        Some(id) => nomination::Entity::find_by_id(id).one(tx).await?.map(|row| row.province_id),
        None => None,
    };
    let members = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(scene.ballot.cycle_id))
        .find_also_related(province::Entity)
        .order_by_asc(province::Column::NameKey)
        .all(tx)
        .await?;
    let provinces = members.into_iter().filter_map(|(_, province)| province);
    Ok(provinces.filter(|one| Some(one.id) != barred).map(|one| (one.id, one.name)).collect())
}

/// Whether the count may be known.
pub(super) fn is_counted(ballot: &ballot::Model) -> bool {
    ballot.state == BallotState::Closed
}
