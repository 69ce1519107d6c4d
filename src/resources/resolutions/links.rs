//! What resolutions lead to: found for who links it, and shown to those who may see it.

use std::collections::HashSet;

use entity::{ballot, conference, cycle, nomination, ranking, resolution, vocab::BallotState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::ResolutionSubject;
use crate::{
    domain::{
        conference::{Link, check_link},
        policy::{Action, Tie, allows},
        refusal::unless_faulty,
    },
    http::{Ctx, sight},
    problem::Problem,
};

/// The links that the caller may see.
#[derive(Debug, Default)]
pub(super) struct Shown(HashSet<Uuid>);

impl Shown {
    pub(super) fn link(&self, id: Option<Uuid>) -> Option<Uuid> {
        id.filter(|id| self.0.contains(id))
    }
}

/// Which links of these resolutions the caller may see: at most six statements, however many there are.
pub(super) async fn shown(ctx: &Ctx, db: &impl ConnectionTrait, rows: &[resolution::Model]) -> Result<Shown, Problem> {
    let ballots = many::<ballot::Entity>(db, ballot::Column::Id, rows.iter().filter_map(|row| row.ballot_id)).await?;
    let rankings =
        many::<ranking::Entity>(db, ranking::Column::Id, rows.iter().filter_map(|row| row.ranking_id)).await?;
    let nominations = rows.iter().filter_map(|row| row.nomination_id);
    let nominations = many::<nomination::Entity>(db, nomination::Column::Id, nominations).await?;
    let signed: Vec<Uuid> = rows.iter().filter_map(|row| row.signed_cycle_id).collect();
    let cycles = ballots.iter().map(|row| row.cycle_id).chain(rankings.iter().map(|row| row.cycle_id));
    let cycles = cycles.chain(nominations.iter().map(|row| row.cycle_id)).chain(signed.iter().copied());
    let ties = sight::ties(ctx, db, cycles).await?;
    let may = |cycle_id: Uuid, action: &dyn Fn(Tie) -> Action| {
        ties.get(&cycle_id).is_some_and(|(_, tie)| allows(ctx.who, action(*tie)))
    };
    let mut seen = HashSet::new();
    seen.extend(ballots.iter().filter(|row| may(row.cycle_id, &|tie| read_ballot(tie, row))).map(|row| row.id));
    seen.extend(rankings.iter().filter(|row| may(row.cycle_id, &|tie| read_ranking(tie, row))).map(|row| row.id));
    let nominations = nominations.iter();
    seen.extend(nominations.filter(|row| may(row.cycle_id, &|tie| read_nomination(ctx, tie, row))).map(|row| row.id));
    seen.extend(signed.into_iter().filter(|id| may(*id, &Action::ReadCycle)));
    Ok(Shown(seen))
}

async fn many<E: EntityTrait>(
    db: &impl ConnectionTrait,
    id: E::Column,
    ids: impl Iterator<Item = Uuid>,
) -> Result<Vec<E::Model>, Problem> {
    let ids: HashSet<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    Ok(E::find().filter(id.is_in(ids)).all(db).await?)
}

fn read_ballot(tie: Tie, row: &ballot::Model) -> Action {
    Action::ReadBallot(tie.sharing(row.state != BallotState::Draft))
}

fn read_ranking(tie: Tie, row: &ranking::Model) -> Action {
    Action::ReadRanking(tie.sharing(row.published_at.is_some()))
}

fn read_nomination(ctx: &Ctx, tie: Tie, row: &nomination::Model) -> Action {
    Action::ReadNomination(sight::tie_to_nomination(tie, ctx.who, row))
}

/// Checks what a new resolution leads to against what there is and the caller may see. `tie` is to the cycle of the
/// conference.
pub(super) async fn check(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    conference: &conference::Model,
    (cycle, tie): (&cycle::Model, Tie),
    subject: ResolutionSubject,
) -> Result<(), Problem> {
    let unknown = |member: &str| Problem::unknown_reference(&format!("/subject/{member}"));
    let found = match subject {
        ResolutionSubject::Election { ballot_id } => {
            let row = ballot::Entity::find_by_id(ballot_id).one(tx).await?.filter(|row| row.cycle_id == cycle.id);
            let row = row.filter(|row| allows(ctx.who, read_ballot(tie, row))).ok_or_else(|| unknown("ballot_id"))?;
            Link::Ballot { kind: row.kind, outcome: row.outcome }
        }
        ResolutionSubject::RankingApproval { ranking_id } => {
            let row = ranking::Entity::find_by_id(ranking_id).one(tx).await?.filter(|row| row.cycle_id == cycle.id);
            let row = row.filter(|row| allows(ctx.who, read_ranking(tie, row))).ok_or_else(|| unknown("ranking_id"))?;
            Link::Ranking { state: row.state }
        }
        ResolutionSubject::PledgeSigning { signed_cycle_id } => {
            let seen = sight::visible_cycle(ctx, tx, signed_cycle_id).await;
            let (signed, _) = seen.map_err(|problem| problem.of_reference("/subject/signed_cycle_id"))?;
            Link::SignedCycle { same_cluster: signed.cluster_id == cycle.cluster_id }
        }
        ResolutionSubject::Nomination { nomination_id } => {
            let row =
                nomination::Entity::find_by_id(nomination_id).one(tx).await?.filter(|row| row.cycle_id == cycle.id);
            let row = row.filter(|row| allows(ctx.who, read_nomination(ctx, tie, row)));
            Link::Nomination { state: row.ok_or_else(|| unknown("nomination_id"))?.state }
        }
        ResolutionSubject::Other {} => return Ok(()),
    };
    Ok(unless_faulty(check_link(conference.kind, found).into_iter().collect())?)
}
