//! A ballot with those who may vote and be chosen, and how the caller is tied to it.

use entity::{ballot, ballot_candidate, ballot_voter, cycle, vocab::BallotState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::dto::{Ballot, Voter};
use crate::{
    domain::{
        actions::Verdict,
        ballot::{BallotRules, Event, close_blockers, may_hold, may_vote, next, open_blockers},
        phrase::Phrase,
        policy::{self, Action, Tie, Who},
        refusal::{Refusal, unless_blocked},
    },
    http::{AllowedAction, Ctx, brief, sight},
    problem::Problem,
};

pub(super) struct Scene {
    pub(super) ballot: ballot::Model,
    pub(super) rules: BallotRules,
    pub(super) cycle: cycle::Model,
    pub(super) tie: Tie,
    /// In the order of the paper.
    pub(super) candidates: Vec<Uuid>,
    /// In the order of the provinces' names.
    pub(super) voters: Vec<ballot_voter::Model>,
}

impl Scene {
    /// A ballot the caller may read. Five statements.
    pub(super) async fn require(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<Self, Problem> {
        let ballot = ballot::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
        let scene = Self::of(ctx, db, ballot).await?;
        ctx.may(Action::ReadBallot(scene.tie))?;
        Ok(scene)
    }

    pub(super) async fn of(ctx: &Ctx, db: &impl ConnectionTrait, ballot: ballot::Model) -> Result<Self, Problem> {
        let (cycle, tie) = sight::tie(ctx, db, ballot.cycle_id).await?;
        let candidates = ballot_candidate::Entity::find()
            .filter(ballot_candidate::Column::BallotId.eq(ballot.id))
            .order_by_asc(ballot_candidate::Column::Position)
            .all(db)
            .await?;
        let voters = ballot_voter::Entity::find()
            .filter(ballot_voter::Column::BallotId.eq(ballot.id))
            .order_by_asc(ballot_voter::Column::Id)
            .all(db)
            .await?;
        let own = voters.iter().any(|voter| is(voter, ctx.who));
        Ok(Self {
            rules: serde_json::from_value(ballot.rules.clone()).map_err(Problem::internal)?,
            tie: Tie { own, ..tie }.sharing(ballot.state != BallotState::Draft),
            candidates: candidates.into_iter().map(|row| row.province_id).collect(),
            ballot,
            cycle,
            voters,
        })
    }

    /// The caller as one of those who may vote.
    pub(super) fn voter(&self, who: Who) -> Option<&ballot_voter::Model> {
        self.voters.iter().find(|voter| is(voter, who))
    }

    /// Where a step leads, or everything that forbids it: asked when it is announced and when it is taken. `voters` are
    /// those there will be.
    pub(super) fn take(&self, ctx: &Ctx, event: Event, voters: usize) -> Result<BallotState, Refusal> {
        let to = next(self.ballot.state, event)?;
        let missing = self.voters.iter().filter(|voter| !voter.voted).count();
        let blockers = match event {
            Event::Open => {
                may_hold(self.ballot.kind, self.cycle.state)?;
                open_blockers(self.ballot.kind, voters, self.candidates.len())
            }
            Event::Close => close_blockers(self.ballot.closes_at, missing, ctx.now),
            Event::Cancel => vec![],
        };
        unless_blocked(blockers)?;
        Ok(to)
    }

    /// Whether the caller may cast a vote now.
    pub(super) fn may_vote(&self, ctx: &Ctx) -> Result<(), Refusal> {
        may_vote(self.ballot.state, self.ballot.opens_at, self.ballot.closes_at, ctx.now)?;
        match self.voter(ctx.who) {
            Some(voter) if voter.voted => Err(voted_already()),
            _ => Ok(()),
        }
    }

    /// As the caller sees it.
    pub(super) async fn represent(self, ctx: &Ctx, db: &impl ConnectionTrait) -> Result<Ballot, Problem> {
        let provinces = brief::provinces(db, self.candidates.iter().copied()).await?;
        // Before it is opened nobody knows how many will vote; that is told by the step itself.
        let voters = if self.ballot.state == BallotState::Draft { 1 } else { self.voters.len() };
        let step = |event: Event| {
            let permitted = policy::check(ctx.who, Action::RunBallot(self.tie));
            Verdict::on(event.name()).and(permitted).and(self.take(ctx, event, voters))
        };
        let mut verdicts: Vec<_> = Event::iter().map(step).collect();
        let permitted = policy::check(ctx.who, Action::CastVote(self.tie));
        verdicts.push(Verdict::on("vote").and(permitted).and(self.may_vote(ctx)));
        Ok(Ballot {
            candidates: Some(self.candidates.iter().filter_map(|id| provinces.get(id).cloned()).collect()),
            voters: Some(self.voters.into_iter().map(Voter::from).collect()),
            allowed_actions: Some(AllowedAction::all(&verdicts, ctx.language)),
            ..Ballot::new(self.ballot, ctx.language)?
        })
    }
}

/// A province votes through its officers, a member of the council in person.
fn is(voter: &ballot_voter::Model, who: Who) -> bool {
    match voter.province_id {
        Some(province_id) => who.officer_of() == Some(province_id),
        None => voter.user_id.is_some() && voter.user_id == who.id(),
    }
}

/// One province, one vote.
pub(super) fn voted_already() -> Refusal {
    Refusal::Conflict(Phrase::new("this vote has been cast already", "đã bỏ phiếu rồi"))
}
