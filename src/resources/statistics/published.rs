//! Results and awards that are public, whoever asks: each in one statement and those that name the groups.

use entity::{
    award, cycle,
    decimal::Decimal,
    ranking, ranking_entry,
    vocab::{AwardState, RankingState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use super::{
    dto::{AwardFigures, AwardsBy, AwardsQuery, ResultsBy, ResultsFigures, ResultsQuery, Statistics},
    groups::named,
    scope::{Provinces, cycles},
};
use crate::{
    domain::{
        policy::Action,
        statistics::{
            groups::{Dimension, Key, grouped},
            tallies::{Alike, Awards, Entry, Results},
        },
    },
    http::{Csv, Ctx},
    problem::Problem,
};

pub(super) async fn results(ctx: &Ctx, query: &ResultsQuery) -> Result<Statistics<ResultsFigures>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let provinces = Provinces::asked(db, query.province_id.as_ref(), query.through_mergers).await?;
    let wanted = cycles(query.year_from, query.year_to, query.cluster_id.as_ref());
    let wanted = wanted.add_option(provinces.among(ranking_entry::Column::ProvinceId));
    let rows: Vec<(Uuid, i32, Uuid, Uuid, Option<i32>, Decimal, Decimal)> = ranking_entry::Entity::find()
        .select_only()
        .column(ranking::Column::Id)
        .column(cycle::Column::Year)
        .column(cycle::Column::ClusterId)
        .column(ranking_entry::Column::ProvinceId)
        .column(ranking_entry::Column::Place)
        .column(ranking_entry::Column::Total)
        .column(ranking::Column::TotalPoints)
        .join(JoinType::InnerJoin, ranking_entry::Relation::Ranking.def())
        .join(JoinType::InnerJoin, ranking::Relation::Cycle.def())
        .filter(ranking::Column::State.eq(RankingState::Published))
        .filter(wanted)
        .into_tuple()
        .all(db)
        .await?;
    let rows = rows.into_iter().flat_map(|(ranking_id, year, cluster_id, province_id, place, total, of)| {
        let entry = Entry { ranking_id, place, total, of };
        provinces.counts_to(province_id).into_iter().map(move |id| (key(year, cluster_id, id), entry))
    });
    let by = dimensions(query.group_by.as_ref(), ResultsBy::Year);
    let groups = grouped(rows, &by, Results::add).map_err(Problem::internal)?;
    named(db, groups, |tally| Ok(tally.figures().map_err(Problem::internal)?.into())).await
}

pub(super) async fn awards(ctx: &Ctx, query: &AwardsQuery) -> Result<Statistics<AwardFigures>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let provinces = Provinces::asked(db, query.province_id.as_ref(), query.through_mergers).await?;
    let types = query.award_type_id.as_ref();
    let wanted = cycles(query.year_from, query.year_to, query.cluster_id.as_ref())
        .add_option(provinces.among(award::Column::ProvinceId))
        .add_option(types.map(|Csv(ids)| award::Column::AwardTypeId.is_in(ids.iter().copied())));
    let rows = alike(db, wanted).await?.into_iter().flat_map(|row| {
        let found = (row.key(), row.alike);
        provinces
            .counts_to(row.province_id)
            .into_iter()
            .map(move |id| (Key { province_id: Some(id), ..found.0 }, found.1))
    });
    let by = dimensions(query.group_by.as_ref(), AwardsBy::Year);
    let groups = grouped(rows, &by, Awards::add).map_err(Problem::internal)?;
    named(db, groups, |tally| Ok((*tally).into())).await
}

/// Awards of one province in one cycle that are alike.
pub(super) struct Row {
    pub(super) cycle_id: Uuid,
    year: i32,
    cluster_id: Uuid,
    pub(super) province_id: Uuid,
    award_type_id: Uuid,
    pub(super) alike: Alike,
}

impl Row {
    fn key(&self) -> Key {
        Key { award_type_id: Some(self.award_type_id), ..key(self.year, self.cluster_id, self.province_id) }
    }
}

/// All awards, counted by the database where they are alike: one statement, however many there are.
pub(super) async fn alike(db: &impl ConnectionTrait, wanted: Condition) -> Result<Vec<Row>, Problem> {
    use award::Column::{AmountToRecover, AwardTypeId, CycleId, Id, ProvinceId, RewardAmount, State};
    type Columns = (Uuid, i32, Uuid, Uuid, Uuid, AwardState, Option<Decimal>, Option<Decimal>, i64);
    let alike = [CycleId, ProvinceId, AwardTypeId, State, RewardAmount, AmountToRecover];
    let select = award::Entity::find()
        .select_only()
        .column(CycleId)
        .column(cycle::Column::Year)
        .column(cycle::Column::ClusterId)
        .columns([ProvinceId, AwardTypeId, State, RewardAmount, AmountToRecover])
        .expr(Id.count())
        .join(JoinType::InnerJoin, award::Relation::Cycle.def())
        .filter(wanted)
        .group_by(cycle::Column::Year)
        .group_by(cycle::Column::ClusterId);
    let select = alike.into_iter().fold(select, QuerySelect::group_by);
    let rows: Vec<Columns> = select.into_tuple().all(db).await?;
    let row = |(cycle_id, year, cluster_id, province_id, award_type_id, state, reward, to_recover, count): Columns| {
        let count = u32::try_from(count).map_err(Problem::internal)?;
        let alike = Alike { state, count, reward, to_recover };
        Ok(Row { cycle_id, year, cluster_id, province_id, award_type_id, alike })
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn key(year: i32, cluster_id: Uuid, province_id: Uuid) -> Key {
    Key { year: Some(year), cluster_id: Some(cluster_id), province_id: Some(province_id), ..Key::default() }
}

/// What is counted by; `otherwise` where nothing is said.
pub(super) fn dimensions<B: Copy + Into<Dimension>>(asked: Option<&Csv<B>>, otherwise: B) -> Vec<Dimension> {
    asked.map_or_else(|| vec![otherwise.into()], |Csv(by)| by.iter().map(|one| (*one).into()).collect())
}
