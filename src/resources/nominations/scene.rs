//! What surrounds nominations: the facts that rights and rules ask for, gathered for many of them at once.

use std::collections::{BTreeSet, HashMap};

use entity::{
    award_rule, cycle, membership, nomination, ranking, ranking_entry,
    vocab::{NominationState, NomineeKind},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::papers::Papers;
use crate::{
    domain::{
        actions::Verdict,
        calendar,
        nomination::{self as rules, Event, Nominee, Standing},
        policy::{self, Action, Tie},
        refusal::Refusal,
    },
    http::{
        AllowedAction, Ctx,
        brief::{self, ProvinceBrief},
        sight,
    },
    problem::Problem,
};

/// One province in one cycle, as a nomination sees it.
pub(super) struct Scene {
    pub cycle: cycle::Model,
    /// How the caller is tied to the province's things in the cycle.
    pub tie: Tie,
    /// `None` where the province is no member of the cycle.
    pub nominee: Option<Nominee>,
    /// The ranking in force, where it knows the province.
    pub ranking_id: Option<Uuid>,
    pub province: Option<ProvinceBrief>,
    /// The awards for which the rules of the cycle ask for a ballot.
    pub by_ballot: Vec<Uuid>,
}

/// A cycle and a province.
type Place = (Uuid, Uuid);

/// The scenes of many places. At most six statements, however many there are.
pub(super) async fn scenes(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    places: &[Place],
) -> Result<HashMap<Place, Scene>, Problem> {
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let cycle_ids: BTreeSet<Uuid> = places.iter().map(|(cycle_id, _)| *cycle_id).collect();
    let province_ids: BTreeSet<Uuid> = places.iter().map(|(_, province_id)| *province_id).collect();
    let ties = sight::ties(ctx, db, cycle_ids.iter().copied()).await?;
    let provinces = brief::provinces(db, province_ids.iter().copied()).await?;
    let members = membership::Entity::find()
        .filter(membership::Column::CycleId.is_in(cycle_ids.iter().copied()))
        .filter(membership::Column::ProvinceId.is_in(province_ids.iter().copied()))
        .all(db)
        .await?;
    let members: HashMap<Place, _> = members.into_iter().map(|row| ((row.cycle_id, row.province_id), row)).collect();
    let ranked = ranking_entry::Entity::in_force(cycle_ids)
        .filter(ranking_entry::Column::ProvinceId.is_in(province_ids))
        .all(db)
        .await?;
    let ranked: HashMap<Place, _> = ranked.into_iter().filter_map(beside_its_ranking).collect();
    let asking = award_rule::Entity::find()
        .filter(award_rule::Column::CycleId.is_in(ties.keys().copied()))
        .filter(award_rule::Column::BallotRequired.eq(true))
        .all(db)
        .await?;
    let scene = |&(cycle_id, province_id): &Place| {
        let place = (cycle_id, province_id);
        let (cycle, tie) = ties.get(&cycle_id)?.clone();
        let province = provinces.get(&province_id).cloned();
        let entry = ranked.get(&place);
        let nominee = members.get(&place).map(|member| Nominee {
            membership_id: member.id,
            province: province.as_ref().map(|province| province.name.clone()).unwrap_or_default(),
            excluded: member.excluded_reason.is_some(),
            place: entry.and_then(|entry| entry.place),
        });
        let tie = tie.to_province(ctx.who, province_id);
        let by_ballot = asking.iter().filter(|rule| rule.cycle_id == cycle_id).map(|rule| rule.award_type_id).collect();
        let ranking_id = entry.map(|entry| entry.ranking_id);
        Some((place, Scene { cycle, tie, nominee, ranking_id, province, by_ballot }))
    };
    Ok(places.iter().filter_map(scene).collect())
}

fn beside_its_ranking(
    (entry, ranking): (ranking_entry::Model, Option<ranking::Model>),
) -> Option<(Place, ranking_entry::Model)> {
    ranking.map(|ranking| ((ranking.cycle_id, entry.province_id), entry))
}

impl Scene {
    /// The scene of one nomination.
    pub(super) async fn of(ctx: &Ctx, db: &impl ConnectionTrait, row: &nomination::Model) -> Result<Self, Problem> {
        let place = (row.cycle_id, row.province_id);
        scenes(ctx, db, &[place]).await?.remove(&place).ok_or_else(|| Problem::internal("a nomination without a cycle"))
    }

    /// How the caller is tied to one of the province's nominations.
    pub(super) fn tie_to(&self, ctx: &Ctx, row: &nomination::Model) -> Tie {
        sight::tie_to_nomination(self.tie, ctx.who, row)
    }

    /// Where a step leads, or everything that forbids it: asked when it is announced and when it is taken.
    pub(super) fn take(
        &self,
        ctx: &Ctx,
        event: Event,
        row: &nomination::Model,
        papers: &Papers,
    ) -> Result<NominationState, Refusal> {
        // A nominee is a member: the database keeps the membership as long as the nomination.
        let Some(nominee) = &self.nominee else {
            return rules::next(row.state, row.held_from, event, self.cycle.state);
        };
        let standing = Standing {
            state: row.state,
            held_from: row.held_from,
            place: row.place,
            cycle: self.cycle.state,
            nominee,
            nominee_kind: row.nominee_kind,
            ballot_required: self.by_ballot.contains(&row.award_type_id),
            missing: &papers.missing,
            earlier: &papers.earlier,
            comment_until: row.public_comment_until,
            unanswered: papers.unanswered,
            today: calendar::vietnam_day(ctx.now),
        };
        standing.take(event)
    }

    /// What the caller may do with the nomination now.
    pub(super) fn actions(&self, ctx: &Ctx, row: &nomination::Model, papers: &Papers) -> Vec<AllowedAction> {
        let tie = self.tie_to(ctx, row);
        let verdict = |event: Event| {
            let allowed = policy::check(ctx.who, right(event, tie, row.nominee_kind));
            Verdict::on(event.name()).and(allowed).and(self.take(ctx, event, row, papers))
        };
        AllowedAction::all(&Event::iter().map(verdict).collect::<Vec<_>>(), ctx.language)
    }
}

/// The right a step asks for.
pub(super) fn right(event: Event, tie: Tie, kind: NomineeKind) -> Action {
    match event {
        Event::CompleteDossier | Event::Withdraw if kind != NomineeKind::Province => Action::CareForNominee(tie),
        Event::Ballot => Action::RunBallot(tie),
        Event::CompleteDossier => Action::CompleteDossier(tie),
        Event::Submit | Event::Appraise | Event::OpenPublicComment | Event::Hold | Event::Release | Event::Reject => {
            Action::SettleNomination(tie)
        }
        Event::Withdraw => Action::WithdrawNomination(tie),
        Event::Decide => Action::DecideAward,
    }
}
