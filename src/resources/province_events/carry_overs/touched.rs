//! Which cycles an event touches, and what hangs on their members: gathered in a constant number of statements.

use std::collections::HashMap;

use entity::{
    ballot, cycle, membership, pledge, province, recommendation, scorecard, target,
    vocab::{BallotState, CycleState, RecommendationState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::SimpleExpr,
};
use uuid::Uuid;

use crate::{
    domain::{
        carry_over::{Member, Touched},
        membership::Seat,
    },
    problem::Problem,
};

/// A touched cycle with its rows.
pub(in crate::resources::province_events) struct Gathered {
    pub(super) cycle: cycle::Model,
    pub(super) members: Vec<(membership::Model, province::Model)>,
    pub(super) pledges: HashMap<Uuid, pledge::Model>,
    pub(super) scorecards: HashMap<Uuid, scorecard::Model>,
    /// By pledge.
    pub(super) targets: HashMap<Uuid, u64>,
    /// By province.
    pub(super) recommendations: HashMap<Uuid, u64>,
    pub(in crate::resources::province_events) touched: Touched,
}

/// The cycles that are not closed and have one of `ending` among their members, the latest year first; `only` that one, if
/// it is named.
pub(in crate::resources::province_events) async fn gather(
    db: &impl ConnectionTrait,
    ending: &[Uuid],
    only: Option<Uuid>,
) -> Result<Vec<Gathered>, Problem> {
    let theirs = Condition::all()
        .add(membership::Column::ProvinceId.is_in(ending.iter().copied()))
        .add(membership::Column::ExcludedAt.is_null())
        .add_option(only.map(|id| membership::Column::CycleId.eq(id)));
    let ids: Vec<Uuid> = membership::Entity::find()
        .select_only()
        .column(membership::Column::CycleId)
        .distinct()
        .filter(theirs)
        .into_tuple()
        .all(db)
        .await?;
    let cycles = cycle::Entity::find()
        .filter(cycle::Column::Id.is_in(ids))
        .filter(cycle::Column::State.ne(CycleState::Closed))
        .order_by_desc(cycle::Column::Year)
        .order_by_asc(cycle::Column::Id)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = cycles.iter().map(|cycle| cycle.id).collect();
    let mut rows = Rows::load(db, &ids).await?;
    Ok(cycles.into_iter().map(|cycle| rows.take(cycle, ending)).collect())
}

/// Those that wait for an answer, or for their end.
pub(super) fn open_recommendations() -> SimpleExpr {
    use RecommendationState::{Answered, Forwarded, Raised};
    recommendation::Column::State.is_in([Raised, Forwarded, Answered])
}

/// What hangs on the members of several cycles.
struct Rows {
    members: Vec<(membership::Model, Option<province::Model>)>,
    pledges: Vec<pledge::Model>,
    scorecards: Vec<scorecard::Model>,
    targets: HashMap<Uuid, u64>,
    open_ballots: HashMap<Uuid, usize>,
    /// By cycle and province.
    recommendations: HashMap<(Uuid, Uuid), u64>,
}

impl Rows {
    async fn load(db: &impl ConnectionTrait, cycles: &[Uuid]) -> Result<Self, Problem> {
        let members = membership::Entity::find()
            .filter(membership::Column::CycleId.is_in(cycles.iter().copied()))
            .find_also_related(province::Entity)
            .order_by_asc(province::Column::NameKey)
            .order_by_asc(membership::Column::Id)
            .all(db)
            .await?;
        let pledges =
            pledge::Entity::find().filter(pledge::Column::CycleId.is_in(cycles.iter().copied())).all(db).await?;
        let scorecards =
            scorecard::Entity::find().filter(scorecard::Column::CycleId.is_in(cycles.iter().copied())).all(db).await?;
        let targets: Vec<(Uuid, i64)> = target::Entity::find()
            .inner_join(pledge::Entity)
            .filter(pledge::Column::CycleId.is_in(cycles.iter().copied()))
            .select_only()
            .column(target::Column::PledgeId)
            .expr(target::Column::Id.count())
            .group_by(target::Column::PledgeId)
            .into_tuple()
            .all(db)
            .await?;
        let open: Vec<(Uuid, i64)> = ballot::Entity::find()
            .filter(ballot::Column::CycleId.is_in(cycles.iter().copied()))
            .filter(ballot::Column::State.eq(BallotState::Open))
            .select_only()
            .column(ballot::Column::CycleId)
            .expr(ballot::Column::Id.count())
            .group_by(ballot::Column::CycleId)
            .into_tuple()
            .all(db)
            .await?;
        let raised: Vec<(Uuid, Uuid, i64)> = recommendation::Entity::find()
            .filter(recommendation::Column::CycleId.is_in(cycles.iter().copied()))
            .filter(open_recommendations())
            .select_only()
            .column(recommendation::Column::CycleId)
            .column(recommendation::Column::ProvinceId)
            .expr(recommendation::Column::Id.count())
            .group_by(recommendation::Column::CycleId)
            .group_by(recommendation::Column::ProvinceId)
            .into_tuple()
            .all(db)
            .await?;
        let raised = raised.into_iter();
        let recommendations = raised
            .map(|(cycle, province, count)| ((cycle, province), u64::try_from(count).unwrap_or_default()))
            .collect();
        let count = |(id, count): (Uuid, i64)| (id, u64::try_from(count).unwrap_or_default());
        Ok(Self {
            members,
            pledges,
            scorecards,
            targets: targets.into_iter().map(count).collect(),
            open_ballots: open
                .into_iter()
                .map(|(id, count)| (id, usize::try_from(count).unwrap_or_default()))
                .collect(),
            recommendations,
        })
    }

    /// What belongs to one of them.
    fn take(&mut self, cycle: cycle::Model, ending: &[Uuid]) -> Gathered {
        let members: Vec<(membership::Model, province::Model)> = self
            .members
            .extract_if(.., |(row, _)| row.cycle_id == cycle.id)
            .filter_map(|(row, province)| Some((row, province?)))
            .collect();
        let pledges = self.pledges.extract_if(.., |row| row.cycle_id == cycle.id);
        let pledges: HashMap<Uuid, pledge::Model> = pledges.map(|row| (row.province_id, row)).collect();
        let scorecards = self.scorecards.extract_if(.., |row| row.cycle_id == cycle.id);
        let scorecards: HashMap<Uuid, scorecard::Model> = scorecards.map(|row| (row.province_id, row)).collect();
        let member = |(row, province): &(membership::Model, province::Model)| Member {
            seat: Seat { id: row.id, province: province.name.clone(), role: row.role, deputy_rank: row.deputy_rank },
            province_id: row.province_id,
            ends: row.excluded_at.is_none() && ending.contains(&row.province_id),
            pledge: pledges.get(&row.province_id).map(|row| row.id),
            scorecard: scorecards.get(&row.province_id).map(|row| row.id),
        };
        let touched = Touched {
            cycle_id: cycle.id,
            title: cycle.title.clone(),
            year: cycle.year,
            state: cycle.state,
            members: members.iter().map(member).collect(),
            open_ballots: self.open_ballots.get(&cycle.id).copied().unwrap_or_default(),
        };
        let of_cycle = |id: &Uuid| pledges.values().any(|pledge| pledge.id == *id);
        let targets = self.targets.iter().filter(|(id, _)| of_cycle(id)).map(|(id, count)| (*id, *count)).collect();
        let raised = self.recommendations.iter().filter(|((id, _), _)| *id == cycle.id);
        let recommendations = raised.map(|((_, province), count)| (*province, *count)).collect();
        Gathered { cycle, members, pledges, scorecards, targets, recommendations, touched }
    }
}
