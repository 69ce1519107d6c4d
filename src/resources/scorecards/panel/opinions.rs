//! What each of several appraisers says, and what it comes to.

use std::collections::HashMap;

use entity::{appraiser_assignment, opinion};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::Sheet;
use crate::{
    domain::scorecard::{AppraisalScore, Common, Opinion, in_common},
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// What the caller is assigned to in the cycle of a sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seat {
    /// Codes; all sections where there are none.
    pub sections: Vec<String>,
    pub lead: bool,
    /// The province that scores as a peer.
    pub peer: Option<Uuid>,
}

impl Seat {
    pub(crate) async fn of(ctx: &Ctx, db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Self, Problem> {
        let Some(user_id) = ctx.who.id() else { return Ok(Self::default()) };
        let found = appraiser_assignment::Entity::find()
            .filter(appraiser_assignment::Column::CycleId.eq(cycle_id))
            .filter(appraiser_assignment::Column::UserId.eq(user_id))
            .one(db)
            .await?;
        let Some(row) = found else { return Ok(Self::default()) };
        Ok(Self {
            sections: serde_json::from_value(row.sections).map_err(Problem::internal)?,
            lead: row.lead,
            peer: None,
        })
    }
}

/// What came of writing opinions.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// What the appraisers come to on each of the lines.
    pub common: HashMap<Uuid, AppraisalScore>,
    /// Whether any opinion is another one now.
    pub changed: bool,
}

/// All opinions on the lines of a sheet, in the order they were first given.
pub(crate) async fn of_sheet(
    db: &impl ConnectionTrait,
    lines: impl Iterator<Item = Uuid>,
) -> Result<Vec<opinion::Model>, Problem> {
    let mut found = opinion::Entity::find().filter(opinion::Column::ScoreId.is_in(lines)).all(db).await?;
    found.sort_by_key(|row| row.id);
    Ok(found)
}

/// Writes the caller's opinion on each of these lines, or takes it back where it says nothing; returns what the
/// appraisers come to on every one of them.
pub(crate) async fn write(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    sheet: &mut Sheet,
    seat: &Seat,
    said: &HashMap<Uuid, AppraisalScore>,
) -> Result<Written, Problem> {
    let Some(by) = ctx.who.id() else { return Ok(Written::default()) };
    // A peer speaks for its province, whoever of its officers writes.
    let own = |one: &opinion::Model| one.province_id == seat.peer && (seat.peer.is_some() || one.user_id == by);
    let (mut before, mut after, mut gone) = (vec![], vec![], vec![]);
    for row in &sheet.scores {
        let Some(one) = said.get(&row.criterion_id) else { continue };
        let found = sheet.opinions.iter().find(|one| one.score_id == row.id && own(one));
        let silent = one.attained.is_none() && one.points.is_none() && !one.abstained;
        let same = found.is_some_and(|found| {
            (found.attained, found.points, &found.reason, found.lead, found.abstained)
                == (one.attained, one.points, &one.reason, seat.lead, one.abstained)
        });
        if same || (silent && found.is_none()) {
            continue;
        }
        before.extend(found.cloned());
        if silent {
            gone.extend(found.map(|found| found.id));
            continue;
        }
        after.push(opinion::Model {
            id: found.map_or_else(Uuid::now_v7, |found| found.id),
            score_id: row.id,
            user_id: by,
            province_id: seat.peer,
            lead: seat.lead,
            abstained: one.abstained,
            attained: one.attained,
            points: one.points,
            reason: one.reason.clone(),
            created_at: found.map_or(ctx.now, |found| found.created_at),
            updated_at: ctx.now,
        });
    }
    let changed = !before.is_empty() || !after.is_empty();
    if changed {
        store(tx, &after, &gone).await?;
        let change = Change::new("scorecard.put_opinions", "scorecard", sheet.card.id, sheet.card.version);
        let change = change.in_cycle(sheet.card.cycle_id);
        let change = change.before(&json!({ "opinions": before }))?.after(&json!({ "opinions": after }))?;
        journal::record(tx, ctx, change).await?;
        let touched: Vec<Uuid> = before.iter().map(|row| row.id).collect();
        sheet.opinions.retain(|row| !touched.contains(&row.id));
        sheet.opinions.extend(after);
        sheet.opinions.sort_by_key(|row| row.id);
    }
    let common = said.keys().map(|criterion_id| Ok((*criterion_id, settled(sheet, *criterion_id)?)));
    Ok(Written { common: common.collect::<Result<_, Problem>>()?, changed })
}

async fn store(tx: &impl ConnectionTrait, after: &[opinion::Model], gone: &[Uuid]) -> Result<(), Problem> {
    let over = OnConflict::column(opinion::Column::Id)
        .update_columns([
            opinion::Column::UserId,
            opinion::Column::Lead,
            opinion::Column::Abstained,
            opinion::Column::Attained,
            opinion::Column::Points,
            opinion::Column::Reason,
            opinion::Column::UpdatedAt,
        ])
        .to_owned();
    for some in after.chunks(BATCH) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        opinion::Entity::insert_many(rows).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    if !gone.is_empty() {
        opinion::Entity::delete_many().filter(opinion::Column::Id.is_in(gone.iter().copied())).exec(tx).await?;
    }
    Ok(())
}

/// What the appraisers come to on one line.
pub(super) fn settled(sheet: &Sheet, criterion_id: Uuid) -> Result<AppraisalScore, Problem> {
    let leaf = sheet.form.leaf(criterion_id).ok_or_else(|| Problem::internal("an opinion on no leaf"))?;
    let row = sheet.scores.iter().find(|row| row.criterion_id == criterion_id);
    let opinions: Vec<Opinion> = row
        .map(|row| sheet.opinions.iter().filter(|one| one.score_id == row.id).map(heard).collect())
        .unwrap_or_default();
    let Common { attained, points, reason } = in_common(leaf, sheet.mode_of(leaf), &opinions)?;
    Ok(AppraisalScore { criterion_id, attained, points, reason, abstained: false })
}

fn heard(row: &opinion::Model) -> Opinion {
    Opinion {
        lead: row.lead,
        abstained: row.abstained,
        attained: row.attained,
        points: row.points,
        reason: row.reason.clone(),
    }
}
