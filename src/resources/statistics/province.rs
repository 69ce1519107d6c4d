//! The years of one province, side by side.

use std::collections::{BTreeSet, HashMap};

use entity::{award, cycle, decimal::Decimal, pledge, province, ranking, ranking_entry, vocab::RankingState};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use super::{
    dto::{ProvinceStatistics, ProvinceYear, ProvinceYearsQuery, TargetFigures},
    published, scope, targets,
};
use crate::{
    domain::{
        policy::{Action, Who},
        statistics::tallies::{Awards, percent},
        target::Summary,
    },
    http::{Ctx, brief},
    problem::Problem,
    results::Family,
};

/// In which cycle which province.
type At = (Uuid, Uuid);

/// Ranking, cycle, year, cluster, province, place, total, total of the criteria, class.
type Row = (Uuid, Uuid, i32, Uuid, Uuid, Option<i32>, Decimal, Decimal, Option<String>);

/// Seven statements at most, however many years there are.
pub(super) async fn years(ctx: &Ctx, id: Uuid, query: &ProvinceYearsQuery) -> Result<ProvinceStatistics, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let found = province::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let all: BTreeSet<Uuid> =
        if query.through_mergers { Family::load(db).await?.widened(&[id]) } else { BTreeSet::from([id]) };
    let rows = placed(db, query, &all).await?;
    let ranked = ranked(db, &rows).await?;
    let wanted = scope::cycles(query.year_from, query.year_to, None);
    let mut awards: HashMap<At, Awards> = HashMap::new();
    for row in published::alike(db, wanted.clone().add(award::Column::ProvinceId.is_in(all.iter().copied()))).await? {
        awards.entry((row.cycle_id, row.province_id)).or_default().add(row.alike).map_err(Problem::internal)?;
    }
    let targets = of_targets(ctx, db, wanted.add(pledge::Column::ProvinceId.is_in(all.iter().copied()))).await?;
    let mut provinces = brief::provinces(db, all.iter().copied().filter(|one| *one != id)).await?;
    let year = |(ranking_id, cycle_id, year, cluster_id, province_id, place, total, of, classification): Row| {
        let at = (cycle_id, province_id);
        Ok(ProvinceYear {
            year,
            cycle_id,
            cluster_id,
            ranking_id,
            province_id,
            place,
            ranked: ranked.get(&ranking_id).copied().unwrap_or_default(),
            total,
            of,
            percent: percent(total, of).map_err(Problem::internal)?,
            classification,
            targets: targets.as_ref().and_then(|found| found.get(&at)).copied().map(TargetFigures::from),
            awards: awards.get(&at).copied().unwrap_or_default().into(),
        })
    };
    Ok(ProvinceStatistics {
        province: found.into(),
        predecessors: all.iter().filter_map(|one| provinces.remove(one)).collect(),
        years: rows.into_iter().map(year).collect::<Result<_, Problem>>()?,
    })
}

/// Their places in the published rankings in force, the earliest year first.
async fn placed(
    db: &impl ConnectionTrait,
    query: &ProvinceYearsQuery,
    all: &BTreeSet<Uuid>,
) -> Result<Vec<Row>, Problem> {
    let rows = ranking_entry::Entity::find()
        .select_only()
        .column(ranking::Column::Id)
        .column(ranking::Column::CycleId)
        .column(cycle::Column::Year)
        .column(cycle::Column::ClusterId)
        .column(ranking_entry::Column::ProvinceId)
        .column(ranking_entry::Column::Place)
        .column(ranking_entry::Column::Total)
        .column(ranking::Column::TotalPoints)
        .column(ranking_entry::Column::Classification)
        .join(JoinType::InnerJoin, ranking_entry::Relation::Ranking.def())
        .join(JoinType::InnerJoin, ranking::Relation::Cycle.def())
        .filter(ranking::Column::State.eq(RankingState::Published))
        .filter(ranking_entry::Column::ProvinceId.is_in(all.iter().copied()))
        .filter(scope::cycles(query.year_from, query.year_to, None))
        .order_by_asc(cycle::Column::Year)
        .order_by_asc(ranking_entry::Column::ProvinceId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// How many provinces have a place in each of the rankings.
async fn ranked(db: &impl ConnectionTrait, rows: &[Row]) -> Result<HashMap<Uuid, u64>, Problem> {
    let counts: Vec<(Uuid, i64)> = ranking_entry::Entity::find()
        .select_only()
        .column(ranking_entry::Column::RankingId)
        .expr(ranking_entry::Column::Id.count())
        .filter(ranking_entry::Column::RankingId.is_in(rows.iter().map(|row| row.0)))
        .filter(ranking_entry::Column::Place.is_not_null())
        .group_by(ranking_entry::Column::RankingId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(id, count)| (id, u64::try_from(count).unwrap_or_default())).collect())
}

/// `None` for the public, who sees no pledge.
async fn of_targets(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    wanted: sea_orm::Condition,
) -> Result<Option<HashMap<At, Summary>>, Problem> {
    if ctx.who == Who::Public {
        return Ok(None);
    }
    let mut found: HashMap<At, Summary> = HashMap::new();
    for row in targets::counted(ctx, db, wanted).await? {
        let summary = found.entry((row.cycle_id, row.province_id)).or_default();
        *summary = summary.with(row.targets);
    }
    Ok(Some(found))
}
