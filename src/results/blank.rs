//! Sheets with nothing on them yet: one for each province, with a line for every leaf of the criteria in force.

use chrono::{DateTime, Utc};
use entity::{
    criteria_set, criterion, score, scorecard,
    vocab::{CriteriaSetState, ScorecardState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::form;
use crate::{
    journal::{self, Author, Change},
    problem::Problem,
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// Opens a sheet for each of these members of the cycle.
pub async fn open_sheets(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    cycle_id: Uuid,
    provinces: impl IntoIterator<Item = Uuid>,
) -> Result<(), Problem> {
    let author = author.into();
    let set = criteria_set::Entity::find()
        .filter(criteria_set::Column::CycleId.eq(cycle_id))
        .filter(criteria_set::Column::State.eq(CriteriaSetState::Issued))
        .one(tx)
        .await?
        .ok_or_else(|| Problem::internal("a cycle without criteria passed the guard"))?;
    let criteria = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(set.id)).all(tx).await?;
    let form = form(criteria)?;
    let (mut cards, mut lines, mut changes) = (vec![], vec![], vec![]);
    for province_id in provinces {
        let card = blank_card(cycle_id, province_id, set.id, author.now);
        lines.extend(form.leaves().iter().map(|leaf| blank_line(card.id, leaf.id, author.now)));
        let change = Change::new("scorecard.create", "scorecard", card.id, card.version).in_cycle(cycle_id);
        changes.push(change.after(&json!({ "scorecard": card, "lines": form.leaves().len() }))?);
        cards.push(card.into_active_model().reset_all());
    }
    for some in cards.chunks(BATCH) {
        scorecard::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    for some in lines.chunks(BATCH) {
        score::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    journal::record_all(tx, author, changes).await
}

fn blank_card(cycle_id: Uuid, province_id: Uuid, criteria_set_id: Uuid, now: DateTime<Utc>) -> scorecard::Model {
    scorecard::Model {
        id: Uuid::now_v7(),
        cycle_id,
        province_id,
        criteria_set_id,
        state: ScorecardState::Draft,
        submitted_at: None,
        first_submitted_at: None,
        submitted_by: None,
        returned_at: None,
        returned_by: None,
        return_reason: None,
        appraised_at: None,
        appraised_by: None,
        explained_at: None,
        explained_by: None,
        reappraised_at: None,
        reappraised_by: None,
        finalized_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn blank_line(scorecard_id: Uuid, criterion_id: Uuid, now: DateTime<Utc>) -> score::ActiveModel {
    score::ActiveModel {
        id: Set(Uuid::now_v7()),
        scorecard_id: Set(scorecard_id),
        criterion_id: Set(criterion_id),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
}
