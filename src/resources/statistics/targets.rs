//! What became of targets, of the pledges that the caller may see.

use entity::{cycle, pledge, target};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationTrait,
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
    http::{Ctx, sight, summaries},
    problem::Problem,
};

/// Targets of one province in one cycle: one pledge.
pub(super) struct Row {
    pub(super) cycle_id: Uuid,
    year: i32,
    cluster_id: Uuid,
    pub(super) province_id: Uuid,
    pub(super) targets: Summary,
}

pub(super) async fn targets(ctx: &Ctx, query: &ResultsQuery) -> Result<Statistics<TargetFigures>, Problem> {
    let db = ctx.db.reader();
    let provinces = Provinces::asked(db, query.province_id.as_ref(), query.through_mergers).await?;
    let wanted = cycles(query.year_from, query.year_to, query.cluster_id.as_ref());
    let wanted = wanted.add_option(provinces.among(pledge::Column::ProvinceId));
    let rows = counted(ctx, db, wanted).await?.into_iter().flat_map(|row| {
        let to = provinces.counts_to(row.province_id);
        to.into_iter().map(move |id| (key(row.year, row.cluster_id, id), row.targets))
    });
    let by = dimensions(query.group_by.as_ref(), ResultsBy::Year);
    let add = |tally: &mut Summary, targets| {
        *tally = tally.with(targets);
        Ok(())
    };
    let groups = grouped(rows, &by, add).map_err(Problem::internal)?;
    named(db, groups, |tally| Ok((*tally).into())).await
}

/// Two statements, however many targets there are. A pledge without targets is left out.
pub(super) async fn counted(ctx: &Ctx, db: &impl ConnectionTrait, wanted: Condition) -> Result<Vec<Row>, Problem> {
    let pledges = pledge::Entity::find()
        .select_only()
        .column(pledge::Column::Id)
        .join(JoinType::InnerJoin, pledge::Relation::Cycle.def())
        .filter(sight::visible_pledges(ctx.who))
        .filter(wanted);
    let mut targets = summaries(db, target::Column::PledgeId.in_subquery(pledges.clone().into_query())).await?;
    let rows: Vec<(Uuid, Uuid, i32, Uuid, Uuid)> = pledges
        .column(cycle::Column::Id)
        .column(cycle::Column::Year)
        .column(cycle::Column::ClusterId)
        .column(pledge::Column::ProvinceId)
        .into_tuple()
        .all(db)
        .await?;
    let row = |(id, cycle_id, year, cluster_id, province_id)| {
        Some(Row { cycle_id, year, cluster_id, province_id, targets: targets.remove(&id)? })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}
