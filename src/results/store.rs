//! The ranking: computed by the rules, stored for good.

use chrono::{DateTime, Utc};
use entity::{ranking, ranking_entry, ranking_proof, ranking_section, vocab::RankingState};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::re_examine::{self, ReExamination};
use crate::{
    domain::{
        ranking::Placed,
        result::{ALGORITHM, Inputs, Outcome, Proof},
    },
    journal::{self, Author, Change},
    problem::Problem,
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// A ranking to be stored.
pub struct NewRanking<'a> {
    pub state: RankingState,
    /// The ranking it replaces.
    pub supersedes_id: Option<Uuid>,
    /// Why it replaces it.
    pub reason: Option<String>,
    pub inputs: &'a Inputs,
    pub outcome: &'a Outcome,
}

/// A ranking that was stored, and what it means for the nominations of its cycle.
pub struct Stored {
    pub ranking: ranking::Model,
    pub nominations: Vec<ReExamination>,
}

/// Stores a ranking with its entries, its sections and its proof, journals it, and examines the nominations that rest on
/// the former one.
pub async fn store(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    new: NewRanking<'_>,
    now: DateTime<Utc>,
) -> Result<Stored, Problem> {
    let author = author.into();
    let NewRanking { state, supersedes_id, reason, inputs, outcome } = new;
    let former = ranking::Entity::find().filter(ranking::Column::CycleId.eq(inputs.cycle_id)).count(tx).await?;
    let proof = Proof::of(inputs, outcome).map_err(Problem::internal)?;
    let row = ranking::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(inputs.cycle_id),
        number: Set(i32::try_from(former).unwrap_or(i32::MAX).saturating_add(1)),
        state: Set(state),
        criteria_set_id: Set(inputs.criteria_set_id),
        supersedes_id: Set(supersedes_id),
        reason: Set(reason),
        total_points: Set(inputs.total_points),
        algorithm: Set(i32::try_from(ALGORITHM).unwrap_or(i32::MAX)),
        proof_sha256: Set(proof.sha256),
        computed_at: Set(now),
        published_at: Set((state == RankingState::Published).then_some(now)),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let stored = ranking::Entity::insert(row).exec_with_returning(tx).await?;
    let kept = ranking_proof::ActiveModel {
        id: Set(Uuid::now_v7()),
        ranking_id: Set(stored.id),
        content: Set(proof.content),
        created_at: Set(now),
    };
    ranking_proof::Entity::insert(kept).exec_without_returning(tx).await?;
    let (entries, sections) = rows(stored.id, &outcome.placed);
    for some in entries.chunks(BATCH) {
        ranking_entry::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    for some in sections.chunks(BATCH) {
        ranking_section::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    let totals: Vec<_> = outcome.placed.iter().map(|one| (one.province_id, one.place, one.total)).collect();
    let change = Change::new("ranking.create", "ranking", stored.id, stored.version).in_cycle(inputs.cycle_id);
    let change = change.after(&serde_json::json!({ "ranking": stored, "totals": totals }))?;
    journal::record(tx, author.clone(), change).await?;
    let nominations = re_examine::nominations(tx, author, &stored, &outcome.placed).await?;
    Ok(Stored { ranking: stored, nominations })
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
            classification: Set(one.class.as_ref().map(|(vi, _)| vi.clone())),
            classification_en: Set(one.class.as_ref().and_then(|(_, en)| en.clone())),
            tie_breaks: Set(serde_json::json!(one.tie_breaks)),
            adjustments: Set(serde_json::json!(one.adjustments)),
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
