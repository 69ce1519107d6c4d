//! How rankings are read.

use std::collections::HashMap;

use entity::{cycle, ranking, ranking_entry, ranking_section, vocab::RankingState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::dto::{Ranking, RankingEntry, RankingFilter, RankingSection, RankingSort};
use crate::{
    domain::policy::{Action, Tie},
    http::{self, Ctx, Page, PageQuery, brief, sight},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &RankingFilter) -> Result<Page<ranking::Model>, Problem> {
    let mut select = ranking::Entity::find().filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(ranking::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    let mut cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
    if let Some(cluster_id) = filter.cluster_id {
        cycles = cycles.filter(cycle::Column::ClusterId.eq(cluster_id));
    }
    if let Some(years) = &filter.year {
        cycles = cycles.filter(cycle::Column::Year.is_in(years.0.iter().copied()));
    }
    if filter.cluster_id.is_some() || filter.year.is_some() {
        select = select.filter(ranking::Column::CycleId.in_subquery(cycles.into_query()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(ranking::Column::State.is_in(states.0.iter().copied()));
    }
    http::page::<RankingSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// `ReadRanking` as SQL: everybody what was published, the head what is provisional, too.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let seen = Condition::any().add(ranking::Column::PublishedAt.is_not_null());
    match ctx.who.officer_of() {
        Some(province_id) => seen.add(ranking::Column::CycleId.in_subquery(sight::cycles_of_head(province_id))),
        None => seen,
    }
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Ranking, Problem> {
    let db = ctx.db.reader();
    let (row, _) = require(ctx, db, id).await?;
    with_entries(db, row).await
}

/// A ranking the caller may see, and the caller's tie to it.
pub(super) async fn require(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(ranking::Model, Tie), Problem> {
    let row = ranking::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (_, tie) = sight::tie(ctx, db, row.cycle_id).await?;
    let tie = tie.sharing(row.published_at.is_some());
    ctx.may(Action::ReadRanking(tie))?;
    Ok((row, tie))
}

/// The result of a cycle as it stands: the latest ranking that the caller may see and that nothing replaced.
pub(super) async fn of_cycle(ctx: &Ctx, cycle_id: Uuid) -> Result<Ranking, Problem> {
    let db = ctx.db.reader();
    let row = ranking::Entity::find()
        .filter(ranking::Column::CycleId.eq(cycle_id))
        .filter(ranking::Column::State.ne(RankingState::Superseded))
        .filter(visible(ctx))
        .order_by_desc(ranking::Column::Number)
        .one(db)
        .await?
        .ok_or_else(Problem::not_found)?;
    with_entries(db, row).await
}

/// Entries and sections in three statements, however many there are.
pub(super) async fn with_entries(db: &impl ConnectionTrait, row: ranking::Model) -> Result<Ranking, Problem> {
    let rows = ranking_entry::Entity::find()
        .filter(ranking_entry::Column::RankingId.eq(row.id))
        .order_by_asc(ranking_entry::Column::Position)
        .all(db)
        .await?;
    let of_entry = ranking_section::Entity::find()
        .inner_join(ranking_entry::Entity)
        .filter(ranking_entry::Column::RankingId.eq(row.id))
        .order_by_asc(ranking_section::Column::Position)
        .all(db)
        .await?;
    let mut sections: HashMap<Uuid, Vec<RankingSection>> = HashMap::new();
    for row in of_entry {
        let ranking_section::Model { id: _, entry_id, criterion_id, position: _, code, name, max_points, points } = row;
        let section = RankingSection { criterion_id, code, name, max_points, points };
        sections.entry(entry_id).or_default().push(section);
    }
    let provinces = brief::provinces(db, rows.iter().map(|row| row.province_id)).await?;
    let entries = rows
        .into_iter()
        .map(|row| {
            let province = provinces.get(&row.province_id).cloned();
            Ok(RankingEntry {
                place: row.place,
                province: province.ok_or_else(|| Problem::internal("a ranked province is missing"))?,
                total: row.total,
                classification: row.classification,
                classification_en: row.classification_en,
                tie_breaks: serde_json::from_value(row.tie_breaks).map_err(Problem::internal)?,
                adjustments: serde_json::from_value(row.adjustments).map_err(Problem::internal)?,
                excluded_reason: row.excluded_reason,
                sections: sections.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect::<Result<Vec<_>, Problem>>()?;
    Ok(Ranking { entries: Some(entries), ..Ranking::from(row) })
}
