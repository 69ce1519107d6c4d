//! The ranking: computed by the rules, stored for good.

use chrono::{DateTime, Utc};
use entity::{membership, province, ranking, ranking_entry, ranking_section, vocab::RankingState};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::Sheets;
use crate::{
    domain::ranking::{Entry, Placed, SectionPoints, rank, sections},
    journal::{self, Author, Change},
    problem::Problem,
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// A ranking to be stored.
pub struct NewRanking<'a> {
    pub cycle_id: Uuid,
    pub state: RankingState,
    /// The ranking it replaces.
    pub supersedes_id: Option<Uuid>,
    /// Why it replaces it.
    pub reason: Option<String>,
    pub sheets: &'a Sheets,
    pub placed: Vec<Placed>,
}

/// Ranks the provinces of a cycle by the final points of their sheets. An excluded province without a complete sheet
/// is shown with no points.
pub async fn compute(db: &impl ConnectionTrait, cycle_id: Uuid, sheets: &Sheets) -> Result<Vec<Placed>, Problem> {
    let members = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(cycle_id))
        .find_also_related(province::Entity)
        .all(db)
        .await?;
    let written = sheets.by_province();
    let mut entries = vec![];
    for (member, province) in members {
        let scores = written.get(&member.province_id).copied().unwrap_or_default();
        let sheet = sheets.sheet(scores)?;
        let sections: Vec<SectionPoints> = match &member.excluded_reason {
            Some(_) => sections(&sheet).unwrap_or_default(),
            None => sections(&sheet)?,
        };
        entries.push(Entry {
            province_id: member.province_id,
            sort_key: province.map(|province| province.name_key).unwrap_or_default(),
            excluded_reason: member.excluded_reason,
            sections,
        });
    }
    Ok(rank(entries)?)
}

/// Stores a ranking with its entries and sections, and journals it.
pub async fn store(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    new: NewRanking<'_>,
    now: DateTime<Utc>,
) -> Result<ranking::Model, Problem> {
    let former = ranking::Entity::find().filter(ranking::Column::CycleId.eq(new.cycle_id)).count(tx).await?;
    let sections = new.sheets.form.sections().iter();
    let row = ranking::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(new.cycle_id),
        number: Set(i32::try_from(former).unwrap_or(i32::MAX).saturating_add(1)),
        state: Set(new.state),
        criteria_set_id: Set(new.sheets.criteria_set_id),
        supersedes_id: Set(new.supersedes_id),
        reason: Set(new.reason),
        total_points: Set(
            entity::decimal::Decimal::sum(sections.map(|section| section.max_points)).map_err(Problem::internal)?
        ),
        computed_at: Set(now),
        published_at: Set((new.state == RankingState::Published).then_some(now)),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let stored = ranking::Entity::insert(row).exec_with_returning(tx).await?;
    let (entries, sections) = rows(stored.id, &new.placed);
    for some in entries.chunks(BATCH) {
        ranking_entry::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    for some in sections.chunks(BATCH) {
        ranking_section::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    let totals: Vec<_> = new.placed.iter().map(|one| (one.province_id, one.place, one.total)).collect();
    let change = Change::new("ranking.create", "ranking", stored.id, stored.version).in_cycle(new.cycle_id);
    journal::record(tx, author, change.after(&serde_json::json!({ "ranking": stored, "totals": totals }))?).await?;
    Ok(stored)
}

fn rows(ranking_id: Uuid, placed: &[Placed]) -> (Vec<ranking_entry::ActiveModel>, Vec<ranking_section::ActiveModel>) {
    let (mut entries, mut sections) = (vec![], vec![]);
    for one in placed {
        let entry_id = Uuid::now_v7();
        entries.push(ranking_entry::ActiveModel {
            id: Set(entry_id),
            ranking_id: Set(ranking_id),
            province_id: Set(one.province_id),
            position: Set(one.position),
            place: Set(one.place),
            total: Set(one.total),
            excluded_reason: Set(one.excluded_reason.clone()),
        });
        sections.extend((1..).zip(&one.sections).map(|(position, section)| ranking_section::ActiveModel {
            id: Set(Uuid::now_v7()),
            entry_id: Set(entry_id),
            criterion_id: Set(section.criterion_id),
            position: Set(position),
            code: Set(section.code.clone()),
            name: Set(section.name.clone()),
            max_points: Set(Some(section.max_points)),
            points: Set(section.points),
        }));
    }
    (entries, sections)
}
