//! What became of targets, of the pledges that the caller may see.

use entity::{cycle, pledge, target, vocab::TargetOutcome};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    dto::{ResultsBy, ResultsQuery, Statistics, TargetFigures},
    groups::named,
    published::{dimensions, key},
    scope::{Provinces, cycles},
};
use crate::{
    domain::{statistics::groups::grouped, target::Summary},
    http::{Ctx, outcome, sight},
    problem::Problem,
};

/// Targets of one province in one cycle with one outcome.
pub(super) struct Row {
    pub(super) cycle_id: Uuid,
    year: i32,
    cluster_id: Uuid,
    pub(super) province_id: Uuid,
    pub(super) outcome: TargetOutcome,
    pub(super) count: u32,
}

pub(super) async fn targets(ctx: &Ctx, query: &ResultsQuery) -> Result<Statistics<TargetFigures>, Problem> {
    let db = ctx.db.reader();
    let provinces = Provinces::asked(db, query.province_id.as_ref(), query.through_mergers).await?;
    let wanted = cycles(query.year_from, query.year_to, query.cluster_id.as_ref());
    let wanted = wanted.add_option(provinces.among(pledge::Column::ProvinceId));
    let rows = counted(ctx, db, wanted).await?.into_iter().flat_map(|row| {
        let found = (row.outcome, row.count);
        let to = provinces.counts_to(row.province_id);
        to.into_iter().map(move |id| (key(row.year, row.cluster_id, id), found))
    });
    let by = dimensions(query.group_by.as_ref(), ResultsBy::Year);
    let add = |tally: &mut Summary, (outcome, count)| {
        *tally = tally.with(outcome, count);
        Ok(())
    };
    let groups = grouped(rows, &by, add).map_err(Problem::internal)?;
    named(db, groups, |tally| Ok((*tally).into())).await
}

/// Counted by the database: one statement, however many targets there are.
pub(super) async fn counted(ctx: &Ctx, db: &impl ConnectionTrait, wanted: Condition) -> Result<Vec<Row>, Problem> {
    let rows: Vec<(Uuid, i32, Uuid, Uuid, TargetOutcome, i64)> = target::Entity::find()
        .select_only()
        .column(cycle::Column::Id)
        .column(cycle::Column::Year)
        .column(cycle::Column::ClusterId)
        .column(pledge::Column::ProvinceId)
        .column_as(outcome(), "outcome")
        .column_as(target::Column::Id.count(), "count")
        .join(JoinType::InnerJoin, target::Relation::Pledge.def())
        .join(JoinType::InnerJoin, pledge::Relation::Cycle.def())
        .filter(sight::visible_pledges(ctx.who))
        .filter(wanted)
        .group_by(cycle::Column::Id)
        .group_by(cycle::Column::Year)
        .group_by(cycle::Column::ClusterId)
        .group_by(pledge::Column::ProvinceId)
        .group_by(Expr::col("outcome"))
        .into_tuple()
        .all(db)
        .await?;
    let row = |(cycle_id, year, cluster_id, province_id, outcome, count): (_, _, _, _, _, i64)| {
        let count = u32::try_from(count).map_err(Problem::internal)?;
        Ok(Row { cycle_id, year, cluster_id, province_id, outcome, count })
    };
    rows.into_iter().map(row).collect()
}
