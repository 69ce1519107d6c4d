//! What can be done with criteria sets. One function is one use case is one transaction.

use entity::{
    criteria_set, criterion, cycle,
    vocab::{Certainty, CriteriaSetState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{CriteriaSet, CriteriaSetFilter, CriteriaSetPatch, CriteriaSetSort, NewCriteriaSet},
    tree,
};
use crate::{
    db,
    domain::{
        actions::Verdict,
        criteria::{Event, Tree, check_issue, editable, issuable_in, next},
        phrase::Phrase,
        policy::{self, Action, Tie},
        refusal::unless_blocked,
    },
    http::{self, AllowedAction, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
    results,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CriteriaSetFilter,
) -> Result<Page<criteria_set::Model>, Problem> {
    let mut select = criteria_set::Entity::find().filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(criteria_set::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(criteria_set::Column::State.is_in(states.0.iter().copied()));
    }
    http::page::<CriteriaSetSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// `ReadCriteria` as SQL: who sees the cycle sees what was issued; drafts show to the head and the council.
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

/// A set the caller may read, its cycle, and the caller's tie to it.
pub(super) async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(criteria_set::Model, cycle::Model, Tie), Problem> {
    let set = criteria_set::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = sight::tie(ctx, db, set.cycle_id).await?;
    let tie = tie.sharing(set.state != CriteriaSetState::Draft);
    ctx.may(Action::ReadCriteria(tie))?;
    Ok((set, cycle, tie))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<CriteriaSet, Problem> {
    let db = ctx.db.reader();
    let (set, cycle, tie) = require(ctx, db, id).await?;
    represent(ctx, db, set, &cycle, tie).await
}

async fn represent(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    set: criteria_set::Model,
    cycle: &cycle::Model,
    tie: Tie,
) -> Result<CriteriaSet, Problem> {
    let blockers = check_issue(set.id, set.total_points, &read_tree(db, set.id).await?);
    let issue = Verdict::on("issue")
        .and(policy::check(ctx.who, Action::WriteCriteria(tie)))
        .and(next(set.state, Event::Issue))
        .and(issuable_in(cycle.state))
        .and(unless_blocked(blockers));
    let allowed_actions = Some(AllowedAction::all(&[issue], ctx.language));
    Ok(CriteriaSet { allowed_actions, ..CriteriaSet::from(set) })
}

async fn read_tree(db: &impl ConnectionTrait, set_id: Uuid) -> Result<Tree, Problem> {
    let rows = tree::rows(db, set_id).await?;
    let nodes = rows.into_iter().map(results::node).collect::<Result<Vec<_>, _>>()?;
    Ok(Tree::build(nodes, |index| format!("/{index}"))?)
}

pub(super) async fn create(ctx: &Ctx, new: &NewCriteriaSet) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let (cycle, tie) = sight::tie(ctx, tx, new.cycle_id).await.map_err(|_| unknown("/cycle_id"))?;
        ctx.may(Action::ReadCycle(tie)).map_err(|_| unknown("/cycle_id"))?;
        ctx.may(Action::WriteCriteria(tie.sharing(true)))?;
        let former = criteria_set::Entity::find().filter(criteria_set::Column::CycleId.eq(cycle.id)).all(tx).await?;
        if new.reason.is_none() && former.iter().any(|set| set.state != CriteriaSetState::Draft) {
            let message =
                Phrase::new("say why it replaces the issued version", "hãy nêu lý do thay bảng tiêu chí đã ban hành");
            return Err(Problem::fault("/reason", "required", message));
        }
        let number = former.iter().map(|set| set.number).max().unwrap_or(0) + 1;
        let row = criteria_set::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            number: Set(number),
            title: Set(new.title.clone()),
            state: Set(CriteriaSetState::Draft),
            total_points: Set(new.total_points),
            reason: Set(new.reason.clone()),
            cloned_from_id: Set(new.clone_from_id),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            issued_at: Set(None),
            issued_by: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        if let Some(source) = new.clone_from_id {
            require(ctx, tx, source).await.map_err(|_| unknown("/clone_from_id"))?;
        }
        let row = criteria_set::Entity::insert(row).exec_with_returning(tx).await?;
        if let Some(source) = new.clone_from_id {
            copy(tx, ctx, source, row.id).await?;
        }
        let change = Change::new("criteria_set.create", "criteria_set", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        represent(ctx, tx, row, &cycle, tie).await
    })
    .await
}

/// Copies a tree with new ids, parents before their children.
async fn copy(tx: &impl ConnectionTrait, ctx: &Ctx, from: Uuid, to: Uuid) -> Result<(), Problem> {
    let mut rows = tree::rows(tx, from).await?;
    let placed = read_tree(tx, from).await?;
    let order: Vec<Uuid> = placed.nodes().iter().map(|node| node.node.id).collect();
    let place = |id: Uuid| order.iter().position(|one| *one == id);
    rows.sort_by_key(|row| place(row.id));
    let fresh: Vec<Uuid> = rows.iter().map(|_| Uuid::now_v7()).collect();
    let renamed = |id: Uuid| place(id).and_then(|place| fresh.get(place)).copied();
    let copies: Vec<criterion::ActiveModel> = rows
        .into_iter()
        .map(|mut row| {
            row.parent_id = row.parent_id.and_then(renamed);
            row.id = renamed(row.id).unwrap_or(row.id);
            row.criteria_set_id = to;
            row.version = 1;
            row.created_at = ctx.now;
            row.updated_at = ctx.now;
            row.into_active_model().reset_all()
        })
        .collect();
    for some in copies.chunks(300) {
        criterion::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CriteriaSetPatch,
) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(found.state)?;
        let mut row = found.clone();
        row.title = patch.title.clone().unwrap_or(row.title);
        row.total_points = patch.total_points.unwrap_or(row.total_points);
        row.reason = patch.reason.clone().over(row.reason);
        let saved = save(tx, ctx, "criteria_set.update", &found, row).await?;
        represent(ctx, tx, saved, &cycle, tie).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, _, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(found.state)?;
        // A copy outlives the draft it was made from.
        criteria_set::Entity::update_many()
            .col_expr(criteria_set::Column::ClonedFromId, sea_orm::sea_query::Expr::value(Option::<Uuid>::None))
            .filter(criteria_set::Column::ClonedFromId.eq(id))
            .exec(tx)
            .await?;
        criteria_set::Entity::delete_by_id(id).exec(tx).await?;
        let change = Change::new("criteria_set.delete", "criteria_set", id, found.version).in_cycle(found.cycle_id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

pub(super) async fn issue(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        let state = next(found.state, Event::Issue)?;
        issuable_in(cycle.state)?;
        unless_blocked(check_issue(found.id, found.total_points, &read_tree(tx, id).await?))?;
        let in_force = criteria_set::Entity::find()
            .filter(criteria_set::Column::CycleId.eq(cycle.id))
            .filter(criteria_set::Column::State.eq(CriteriaSetState::Issued))
            .one(tx)
            .await?;
        if let Some(former) = in_force {
            let mut row = former.clone();
            row.state = next(former.state, Event::Supersede)?;
            save(tx, ctx, "criteria_set.supersede", &former, row).await?;
        }
        let mut row = found.clone();
        row.state = state;
        row.issued_at = Some(ctx.now);
        row.issued_by = ctx.who.id();
        let saved = save(tx, ctx, "criteria_set.issue", &found, row).await?;
        represent(ctx, tx, saved, &cycle, tie.sharing(true)).await
    })
    .await
}

/// A change of a criterion is a change of its set: the set's version says so.
pub(super) async fn touch(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &criteria_set::Model,
) -> Result<criteria_set::Model, Problem> {
    let mut row = found.clone();
    row.version += 1;
    row.updated_at = ctx.now;
    let guarded = criteria_set::Entity::update(row.into_active_model().reset_all()).validate()?;
    Ok(guarded.filter(criteria_set::Column::Version.eq(found.version)).exec(tx).await?)
}

async fn save(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    action: &str,
    found: &criteria_set::Model,
    mut row: criteria_set::Model,
) -> Result<criteria_set::Model, Problem> {
    row.version = found.version + 1;
    row.updated_at = ctx.now;
    let guarded = criteria_set::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(criteria_set::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "criteria_set", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

fn unknown(pointer: &str) -> Problem {
    let message = Phrase::new("there is nothing with this id", "không có đối tượng với mã này");
    Problem::fault(pointer, "unknown_reference", message)
}
