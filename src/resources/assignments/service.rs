//! What can be done with assignments. One function is one use case is one transaction.

use chrono::NaiveDate;
use entity::{
    assignment,
    vocab::{AssignmentState, Certainty},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{Assignment, AssignmentExpand, AssignmentFilter, AssignmentPatch, AssignmentSort, NewAssignment},
    sight::{tie, visible, visible_to},
    steps::{verdicts, writable},
};
use crate::{
    db,
    domain::{
        assignment::{Write, may_write, misdue},
        calendar::vietnam_day,
        policy::Action,
        refusal::unless_faulty,
        text,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, Patch, brief},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &AssignmentFilter) -> Result<Page<Assignment>, Problem> {
    use assignment::Column;
    let today = vietnam_day(ctx.now);
    let wanted = Condition::all()
        .add(visible_to(ctx.who))
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.province_id.as_ref().map(|ids| Column::ProvinceId.is_in(ids.0.iter().copied())))
        .add_option(filter.year.as_ref().map(|years| Column::Year.is_in(years.0.iter().copied())))
        .add_option(filter.unit_kind.as_ref().map(|kinds| Column::UnitKind.is_in(kinds.0.iter().copied())))
        .add_option(filter.state.as_ref().map(|states| Column::State.is_in(states.0.iter().copied())))
        .add_option(filter.rating.as_ref().map(|ratings| Column::Rating.is_in(ratings.0.iter().copied())))
        .add_option(filter.overdue.map(|yes| overdue(yes, today)));
    let select = assignment::Entity::find().filter(wanted);
    let db = ctx.db.reader();
    let found = http::page::<AssignmentSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut found = found.map(|row| shown(ctx, row));
    if filter.expand.as_ref().is_some_and(|expand| expand.0.contains(&AssignmentExpand::Province)) {
        let provinces = brief::provinces(db, found.data.iter().map(|one| one.province_id)).await?;
        for one in &mut found.data {
            one.province = provinces.get(&one.province_id).cloned();
        }
    }
    Ok(found)
}

/// `is_overdue` as SQL, or its contrary.
fn overdue(yes: bool, today: NaiveDate) -> Condition {
    use assignment::Column::{DueOn, State};
    if yes {
        Condition::all().add(State.eq(AssignmentState::Assigned)).add(DueOn.lt(today))
    } else {
        Condition::any().add(State.ne(AssignmentState::Assigned)).add(DueOn.gte(today))
    }
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<assignment::Model, Problem> {
    visible(ctx, ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewAssignment) -> Result<assignment::Model, Problem> {
    ctx.may(Action::BeginAssignment(tie(ctx.who, new.province_id)))?;
    let new = new.clone();
    let row = assignment::Model {
        id: Uuid::now_v7(),
        province_id: new.province_id,
        year: new.year,
        unit_kind: new.unit_kind,
        unit_key: text::sort_key(&new.unit_name),
        search_text: search_text(&new.unit_name, &new.task, &new.product),
        unit_name: new.unit_name,
        task: new.task,
        product: new.product,
        due_on: new.due_on,
        state: AssignmentState::Assigned,
        result: None,
        reported_on: None,
        rating: None,
        rated_on: None,
        withdrawal_reason: None,
        note: new.note,
        certainty: new.certainty.unwrap_or(Certainty::Verified),
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    db::write(&ctx.db, async |tx| {
        http::province_in_year(tx, row.province_id, row.year).await?;
        unless_faulty(misdue(row.year, row.due_on).into_iter().collect())?;
        let row = assignment::Entity::insert(row.clone().into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("assignment.create", "assignment", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &AssignmentPatch,
) -> Result<assignment::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        for write in writes(patch) {
            may_write(write, found.state)?;
        }
        let row = patched(&found, patch);
        unless_faulty(misdue(row.year, row.due_on).into_iter().collect())?;
        store(ctx, tx, &found, row, "assignment.update").await
    })
    .await
}

/// What a patch writes; one that says nothing counts as a note.
fn writes(patch: &AssignmentPatch) -> Vec<Write> {
    let AssignmentPatch { unit_kind, unit_name, task, product, due_on, result, note, certainty } = patch;
    let words = [unit_name.is_some(), task.is_some(), product.is_some()];
    let of_task = unit_kind.is_some() || due_on.is_some() || words.contains(&true);
    let of_note = *note != Patch::Keep || certainty.is_some();
    let asked = [(Write::Task, of_task), (Write::Result, result.is_some()), (Write::Note, of_note)];
    let asked: Vec<Write> = asked.into_iter().filter(|(_, asked)| *asked).map(|(write, _)| write).collect();
    if asked.is_empty() { vec![Write::Note] } else { asked }
}

fn patched(found: &assignment::Model, patch: &AssignmentPatch) -> assignment::Model {
    let AssignmentPatch { unit_kind, unit_name, task, product, due_on, result, note, certainty } = patch.clone();
    let before = found.clone();
    let unit_name = unit_name.unwrap_or(before.unit_name);
    let task = task.unwrap_or(before.task);
    let product = product.unwrap_or(before.product);
    assignment::Model {
        unit_kind: unit_kind.unwrap_or(before.unit_kind),
        unit_key: text::sort_key(&unit_name),
        search_text: search_text(&unit_name, &task, &product),
        unit_name,
        task,
        product,
        due_on: due_on.unwrap_or(before.due_on),
        result: result.or(before.result),
        note: note.over(before.note),
        certainty: certainty.unwrap_or(before.certainty),
        withdrawal_reason: before.withdrawal_reason,
        ..*found
    }
}

/// An assignment as the caller sees it today.
pub(super) fn shown(ctx: &Ctx, row: assignment::Model) -> Assignment {
    let verdicts = verdicts(ctx, &row);
    Assignment::new(row, vietnam_day(ctx.now), &verdicts, ctx.language)
}

/// Stores what became of an assignment as its next version, with its entry in the journal.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: &assignment::Model,
    row: assignment::Model,
    action: &str,
) -> Result<assignment::Model, Problem> {
    let row = assignment::Model { version: found.version + 1, updated_at: ctx.now, ..row };
    // The version guards the row even where the database lets two writers in at once.
    let guarded = assignment::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(assignment::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "assignment", saved.id, saved.version);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

fn search_text(unit_name: &str, task: &str, product: &str) -> String {
    text::search_text(&[unit_name, task, product])
}
