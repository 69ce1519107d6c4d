//! What can be done with single criteria. One function is one use case is one transaction.

use entity::{
    criteria_set, criterion,
    vocab::{Certainty, CriteriaSetState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::dto::{CriterionFilter, CriterionPatch, CriterionSort, NewCriterion};
use crate::{
    db,
    domain::{
        criteria::{MOST_NODES, Tree, editable},
        phrase::Phrase,
        policy::{Action, Tie},
        refusal::Refusal,
        text,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
    results,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CriterionFilter,
) -> Result<Page<criterion::Model>, Problem> {
    let mut sets = criteria_set::Entity::find().select_only().column(criteria_set::Column::Id).filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        sets = sets.filter(criteria_set::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(states) = &filter.set_state {
        sets = sets.filter(criteria_set::Column::State.is_in(states.0.iter().copied()));
    }
    let mut select = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.in_subquery(sets.into_query()));
    if let Some(ids) = &filter.criteria_set_id {
        select = select.filter(criterion::Column::CriteriaSetId.is_in(ids.0.iter().copied()));
    }
    if let Some(parent_id) = &filter.parent_id {
        select = select.filter(criterion::Column::ParentId.is_in(parent_id.0.iter().copied()));
    }
    if let Some(leaf) = filter.leaf {
        let parents = criterion::Entity::find()
            .select_only()
            .column(criterion::Column::ParentId)
            .filter(criterion::Column::ParentId.is_not_null())
            .into_query();
        select = select.filter(if leaf {
            criterion::Column::Id.not_in_subquery(parents)
        } else {
            criterion::Column::Id.in_subquery(parents)
        });
    }
    if let Some(required) = filter.evidence_required {
        select = select.filter(criterion::Column::EvidenceRequired.eq(required));
    }
    if let Some(methods) = &filter.method {
        select = select.filter(criterion::Column::Method.is_in(methods.0.iter().copied()));
    }
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(criterion::Column::SearchText, q));
    }
    http::page::<CriterionSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// `ReadCriteria` as SQL, of the set a criterion belongs to.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let issued = Condition::all()
        .add(criteria_set::Column::State.ne(CriteriaSetState::Draft))
        .add(sight::in_visible_cycles(ctx.who, criteria_set::Column::CycleId));
    match ctx.who.officer_of() {
        Some(province_id) => Condition::any()
            .add(issued)
            .add(criteria_set::Column::CycleId.in_subquery(sight::cycles_of_head(province_id))),
        None => issued,
    }
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<criterion::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, ..)| row)
}

/// A criterion the caller may read, its set, and the caller's tie to it.
async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(criterion::Model, criteria_set::Model, Tie), Problem> {
    let row = criterion::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (set, tie) = require_set(ctx, db, row.criteria_set_id).await?;
    Ok((row, set, tie))
}

async fn require_set(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(criteria_set::Model, Tie), Problem> {
    let set = criteria_set::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (_, tie) = sight::tie(ctx, db, set.cycle_id).await?;
    let tie = tie.sharing(set.state != CriteriaSetState::Draft);
    ctx.may(Action::ReadCriteria(tie))?;
    Ok((set, tie))
}

pub(super) async fn create(ctx: &Ctx, new: &NewCriterion) -> Result<criterion::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (set, tie) = require_set(ctx, tx, new.criteria_set_id)
            .await
            .map_err(|problem| problem.of_reference("/criteria_set_id"))?;
        ctx.may(Action::WriteCriteria(tie))?;
        editable(set.state)?;
        let mut rows = of_set(tx, set.id).await?;
        if rows.len() >= MOST_NODES {
            return Err(Problem::conflict(Phrase::new(
                "the set has 2,000 criteria, the most there can be",
                "bảng tiêu chí đã có 2.000 tiêu chí, là mức tối đa",
            )));
        }
        let siblings = rows.iter().filter(|row| row.parent_id == new.parent_id);
        let last = siblings.map(|row| row.position).max().unwrap_or(0);
        let row = criterion::Model {
            id: Uuid::now_v7(),
            criteria_set_id: set.id,
            parent_id: new.parent_id,
            position: new.position.unwrap_or(last + 1),
            code: new.code.clone(),
            name: new.name.clone(),
            name_en: new.name_en.clone(),
            max_points: new.max_points,
            method: new.method,
            parameters: new.parameters.clone(),
            guidance: new.guidance.clone(),
            evidence_required: new.evidence_required,
            certainty: new.certainty.unwrap_or(Certainty::Verified),
            search_text: String::new(),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = settled(row)?;
        rows.push(row.clone());
        sound(rows)?;
        let active = row.into_active_model().reset_all();
        let saved = criterion::Entity::insert(active).exec_with_returning(tx).await?;
        touch(tx, ctx, &set).await?;
        let change = Change::new("criterion.create", "criterion", saved.id, saved.version).in_cycle(set.cycle_id);
        journal::record(tx, ctx, change.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CriterionPatch,
) -> Result<criterion::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, set, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(set.state)?;
        let patch = patch.clone();
        let mut row = found.clone();
        row.parent_id = patch.parent_id.over(row.parent_id);
        row.position = patch.position.unwrap_or(row.position);
        row.code = patch.code.unwrap_or(row.code);
        row.name = patch.name.unwrap_or(row.name);
        row.name_en = patch.name_en.over(row.name_en);
        row.max_points = patch.max_points.over(row.max_points);
        row.method = patch.method.over(row.method);
        row.parameters = patch.parameters.over(row.parameters);
        row.guidance = patch.guidance.over(row.guidance);
        row.evidence_required = patch.evidence_required.unwrap_or(row.evidence_required);
        row.certainty = patch.certainty.unwrap_or(row.certainty);
        row.version = found.version + 1;
        row.updated_at = ctx.now;
        let row = settled(row)?;
        let mut rows = of_set(tx, set.id).await?;
        rows.retain(|other| other.id != id);
        rows.push(row.clone());
        sound(rows)?;
        let guarded = criterion::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(criterion::Column::Version.eq(found.version)).exec(tx).await?;
        touch(tx, ctx, &set).await?;
        let change = Change::new("criterion.update", "criterion", id, saved.version).in_cycle(set.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, set, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(set.state)?;
        let gone = with_parts(of_set(tx, set.id).await?, id);
        criterion::Entity::delete_by_id(id).filter(criterion::Column::Version.eq(found.version)).exec(tx).await?;
        touch(tx, ctx, &set).await?;
        let change = |row: &criterion::Model| {
            Change::new("criterion.delete", "criterion", row.id, row.version).in_cycle(set.cycle_id).before(row)
        };
        journal::record_all(tx, ctx, gone.iter().map(change).collect::<Result<_, _>>()?).await
    })
    .await
}

async fn of_set(db: &impl ConnectionTrait, set_id: Uuid) -> Result<Vec<criterion::Model>, Problem> {
    Ok(criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(set_id)).all(db).await?)
}

/// A criterion and everything below it, which the database deletes with it.
fn with_parts(mut rest: Vec<criterion::Model>, id: Uuid) -> Vec<criterion::Model> {
    let mut found: Vec<criterion::Model> = rest.extract_if(.., |row| row.id == id).collect();
    let mut next = 0;
    while let Some(parent) = found.get(next).map(|row| row.id) {
        found.extend(rest.extract_if(.., |row| row.parent_id == Some(parent)));
        next += 1;
    }
    found
}

/// The row with its parameters checked and completed, and the text it is found by.
fn settled(mut row: criterion::Model) -> Result<criterion::Model, Problem> {
    if row.method.is_none() && row.parameters.is_some() {
        let message = Phrase::new("parameters go with a method", "tham số phải đi kèm phương pháp tính điểm");
        return Err(Problem::fault("/parameters", "contradiction", message));
    }
    let rule = results::node(row.clone())?.rule;
    row.parameters = rule.map(|rule| rule.parameters());
    row.search_text = text::search_text(&[&row.name, row.name_en.as_deref().unwrap_or_default(), &row.code]);
    Ok(row)
}

/// The whole tree with the changed criterion, the last of `rows`, still is one. Without the change it was, so that every
/// fault is one of the change, also where it shows at another criterion: below the one that was moved too deep.
fn sound(rows: Vec<criterion::Model>) -> Result<(), Problem> {
    let nodes = rows.into_iter().map(results::node).collect::<Result<Vec<_>, _>>()?;
    match Tree::build(nodes, |_| String::new()) {
        Err(Refusal::Invalid(mut faults)) => {
            faults.dedup();
            Err(Problem::invalid(faults))
        }
        other => {
            other?;
            Ok(())
        }
    }
}

/// A change of a criterion is a change of its set: the set's version says so.
async fn touch(tx: &impl ConnectionTrait, ctx: &Ctx, found: &criteria_set::Model) -> Result<(), Problem> {
    let mut row = found.clone();
    row.version += 1;
    row.updated_at = ctx.now;
    let guarded = criteria_set::Entity::update(row.into_active_model().reset_all()).validate()?;
    guarded.filter(criteria_set::Column::Version.eq(found.version)).exec(tx).await?;
    Ok(())
}
