//! What a decision would do, told before it is made.

use entity::{cycle, province, ranking, vocab::CycleState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    dto::{EndingMember, JoiningMember, PromotedMember, TouchedCycle},
    touched::Gathered,
};
use crate::{
    domain::carry_over::{Entering, Plan, ways},
    http::brief::{CycleBrief, ProvinceBrief},
    problem::Problem,
};

/// What stays byte for byte: results of the past point to the provinces as they were
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::resources::province_events) struct PastResults {
    /// Published or closed cycles with a member that ends
    #[schema(minimum = 0)]
    pub cycles: u64,
    /// Published rankings that name a province that ends
    #[schema(minimum = 0)]
    pub rankings: u64,
    /// Awards of provinces that end
    #[schema(minimum = 0)]
    pub awards: u64,
}

pub(in crate::resources::province_events) async fn past(
    db: &impl ConnectionTrait,
    ending: &[Uuid],
) -> Result<PastResults, Problem> {
    use entity::{award, membership, ranking_entry};
    let theirs = membership::Entity::find()
        .select_only()
        .column(membership::Column::CycleId)
        .filter(membership::Column::ProvinceId.is_in(ending.iter().copied()));
    let cycles = cycle::Entity::find()
        .filter(cycle::Column::State.is_in([CycleState::Published, CycleState::Closed]))
        .filter(cycle::Column::Id.in_subquery(theirs.into_query()));
    let named = ranking_entry::Entity::find()
        .select_only()
        .column(ranking_entry::Column::RankingId)
        .filter(ranking_entry::Column::ProvinceId.is_in(ending.iter().copied()));
    let rankings = ranking::Entity::find()
        .filter(ranking::Column::PublishedAt.is_not_null())
        .filter(ranking::Column::Id.in_subquery(named.into_query()));
    let awards = award::Entity::find().filter(award::Column::ProvinceId.is_in(ending.iter().copied()));
    Ok(PastResults {
        cycles: cycles.count(db).await?,
        rankings: rankings.count(db).await?,
        awards: awards.count(db).await?,
    })
}

/// A touched cycle, and what `plan` would do with it.
pub(in crate::resources::province_events) fn told(
    gathered: &Gathered,
    event_year: i32,
    plan: Option<&Plan>,
) -> TouchedCycle {
    let touched = &gathered.touched;
    let ends = |id: Uuid| touched.members.iter().any(|member| member.seat.id == id && member.ends);
    let (joining, promoted) = match plan {
        Some(Plan::CarryOver { entering, promoted, .. }) => (
            entering.iter().map(|one| joins(gathered, one)).collect(),
            promoted
                .iter()
                .filter_map(|(id, role, deputy_rank)| {
                    let (_, province) = gathered.members.iter().find(|(row, _)| row.id == *id)?;
                    let name = province.name.clone();
                    Some(PromotedMember { membership_id: *id, name, role: *role, deputy_rank: *deputy_rank })
                })
                .collect(),
        ),
        _ => (vec![], vec![]),
    };
    TouchedCycle {
        cycle: CycleBrief::from(gathered.cycle.clone()),
        ways: ways(touched.state, touched.year, event_year).to_vec(),
        way: plan.map(Plan::way),
        ending: gathered
            .members
            .iter()
            .filter(|(row, _)| ends(row.id))
            .map(|(row, province)| ending(gathered, row, province.clone()))
            .collect(),
        joining,
        promoted,
    }
}

fn ending(gathered: &Gathered, row: &entity::membership::Model, province: province::Model) -> EndingMember {
    let pledge_id = gathered.pledges.get(&row.province_id).map(|pledge| pledge.id);
    EndingMember {
        province: ProvinceBrief::from(province),
        role: row.role,
        deputy_rank: row.deputy_rank,
        pledge_id,
        targets: pledge_id.map_or(0, |id| targets_of(gathered, id)),
        scorecard_id: gathered.scorecards.get(&row.province_id).map(|card| card.id),
        open_recommendations: gathered.recommendations.get(&row.province_id).copied().unwrap_or_default(),
    }
}

fn joins(gathered: &Gathered, one: &Entering) -> JoiningMember {
    let pledges = one.pledge.iter().chain(&one.targets_of);
    JoiningMember {
        successor_code: one.successor_code.clone(),
        role: one.role,
        deputy_rank: one.deputy_rank,
        pledge_id: one.pledge,
        targets: pledges.map(|id| targets_of(gathered, *id)).sum(),
        scorecard_id: one.scorecard,
        open_recommendations: one.recommendations_of.iter().filter_map(|id| gathered.recommendations.get(id)).sum(),
    }
}

fn targets_of(gathered: &Gathered, pledge_id: Uuid) -> u64 {
    gathered.targets.get(&pledge_id).copied().unwrap_or_default()
}
