//! The tree of a set: read whole, written whole.

use std::collections::HashMap;

use entity::{criteria_set, criterion, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    dto::{CriteriaTree, CriterionNode, NewCriteriaTree, NewCriterionNode},
    service::{require, touch},
};
use crate::{
    db,
    domain::{
        criteria::{Node, Rule, Tree, editable},
        phrase::Phrase,
        policy::Action,
        text,
    },
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
    results,
};

const MOST_NODES: usize = 2000;
/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 300;

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<CriteriaTree, Problem> {
    let db = ctx.db.reader();
    let (set, ..) = require(ctx, db, id).await?;
    let rows = rows(db, id).await?;
    nested(&set, rows)
}

/// The criteria of a set, children in order.
pub(super) async fn rows(db: &impl ConnectionTrait, set_id: Uuid) -> Result<Vec<criterion::Model>, Problem> {
    let of_set = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(set_id));
    let ordered = of_set.order_by_asc(criterion::Column::Position).order_by_asc(criterion::Column::Id);
    Ok(ordered.all(db).await?)
}

fn nested(set: &criteria_set::Model, rows: Vec<criterion::Model>) -> Result<CriteriaTree, Problem> {
    let nodes = rows.iter().cloned().map(results::node).collect::<Result<Vec<_>, _>>()?;
    let tree = Tree::build(nodes, |index| format!("/{index}"))?;
    let mut by_id: HashMap<Uuid, criterion::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut children: HashMap<Option<Uuid>, Vec<CriterionNode>> = HashMap::new();
    // Preorder backwards: every node comes after all of its children, and siblings come last first.
    for placed in tree.nodes().iter().rev() {
        let Some(row) = by_id.remove(&placed.node.id) else { continue };
        let mut own = children.remove(&Some(row.id)).unwrap_or_default();
        own.reverse();
        children.entry(row.parent_id).or_default().push(represent(row, own));
    }
    let mut nodes = children.remove(&None).unwrap_or_default();
    nodes.reverse();
    Ok(CriteriaTree { criteria_set_id: set.id, version: set.version, nodes })
}

fn represent(row: criterion::Model, children: Vec<CriterionNode>) -> CriterionNode {
    let criterion::Model {
        id,
        criteria_set_id: _,
        parent_id: _,
        position: _,
        code,
        name,
        name_en,
        max_points,
        method,
        parameters,
        guidance,
        certainty,
        search_text: _,
        version: _,
        created_at: _,
        updated_at: _,
    } = row;
    CriterionNode { id, code, name, name_en, max_points, method, parameters, guidance, certainty, children }
}

pub(super) async fn put(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &NewCriteriaTree) -> Result<CriteriaTree, Problem> {
    db::write(&ctx.db, async |tx| {
        let (set, _, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(set.version)?;
        editable(set.state)?;
        let before = rows(tx, id).await?;
        let after = planned(ctx, &set, &before, new)?;
        let kept: HashMap<Uuid, &criterion::Model> = before.iter().map(|row| (row.id, row)).collect();
        if after.len() == before.len() && after.iter().all(|row| kept.get(&row.id).is_some_and(|old| *old == row)) {
            return nested(&set, before);
        }
        store(tx, &before, &after).await?;
        let saved = touch(tx, ctx, &set).await?;
        let change = Change::new("criteria_set.put_tree", "criteria_set", id, saved.version).in_cycle(set.cycle_id);
        journal::record(tx, ctx, change.before(&before)?.after(&after)?).await?;
        nested(&saved, after)
    })
    .await
}

/// The rows a tree makes, each checked; a criterion whose code stays keeps its id, and its version where nothing changes.
fn planned(
    ctx: &Ctx,
    set: &criteria_set::Model,
    before: &[criterion::Model],
    new: &NewCriteriaTree,
) -> Result<Vec<criterion::Model>, Problem> {
    let by_code: HashMap<&str, &criterion::Model> = before.iter().map(|row| (row.code.as_str(), row)).collect();
    let (mut rows, mut nodes, mut pointers) = (vec![], vec![], vec![]);
    let mut open: Vec<Waiting<'_>> = vec![];
    if new.nodes.len() > MOST_NODES {
        return Err(too_many());
    }
    push(&mut open, &new.nodes, None, "/nodes");
    while let Some((child, parent_id, position, at)) = open.pop() {
        let rule = match child.method {
            Some(method) => Some(Rule::from_parts(method, child.parameters.as_ref(), &at)?),
            None if child.parameters.is_some() => {
                let message = Phrase::new("parameters go with a method", "tham số phải đi kèm phương pháp tính điểm");
                return Err(Problem::fault(format!("{at}/parameters"), "contradiction", message));
            }
            None => None,
        };
        // Of two nodes with one code only the first can be the one that is stored; the rule refuses the second.
        let known = by_code
            .get(child.code.as_str())
            .filter(|row| rows.iter().all(|other: &criterion::Model| other.id != row.id));
        let id = known.map_or_else(Uuid::now_v7, |row| row.id);
        let mut row = criterion::Model {
            id,
            criteria_set_id: set.id,
            parent_id,
            position,
            code: child.code.clone(),
            name: child.name.clone(),
            name_en: child.name_en.clone(),
            max_points: child.max_points,
            method: child.method,
            parameters: rule.as_ref().map(Rule::parameters),
            guidance: child.guidance.clone(),
            certainty: child.certainty.unwrap_or(Certainty::Verified),
            search_text: text::search_text(&[&child.name, child.name_en.as_deref().unwrap_or_default(), &child.code]),
            version: known.map_or(1, |row| row.version),
            created_at: known.map_or(ctx.now, |row| row.created_at),
            updated_at: known.map_or(ctx.now, |row| row.updated_at),
        };
        if known.is_some_and(|old| **old != row) {
            row.version += 1;
            row.updated_at = ctx.now;
        }
        nodes.push(Node {
            id,
            parent: parent_id,
            position,
            code: row.code.clone(),
            name: row.name.clone(),
            max_points: row.max_points,
            rule,
        });
        rows.push(row);
        if rows.len() + open.len() + child.children.len() > MOST_NODES {
            return Err(too_many());
        }
        push(&mut open, &child.children, Some(id), &format!("{at}/children"));
        pointers.push(at);
    }
    Tree::build(nodes, |index| pointers.get(index).cloned().unwrap_or_default())?;
    Ok(rows)
}

/// A node that waits for its turn: its parent, its position, and its pointer in the body.
type Waiting<'a> = (&'a NewCriterionNode, Option<Uuid>, i32, String);

/// Siblings go on the stack last first, so that they come off in order.
fn push<'a>(open: &mut Vec<Waiting<'a>>, siblings: &'a [NewCriterionNode], parent: Option<Uuid>, at: &str) {
    let waiting =
        (1..).zip(siblings).map(|(position, node)| (node, parent, position, format!("{at}/{}", position - 1)));
    let mut waiting: Vec<Waiting<'a>> = waiting.collect();
    waiting.reverse();
    open.append(&mut waiting);
}

fn too_many() -> Problem {
    Problem::fault("/nodes", "too_many", Phrase::new("at most 2,000 criteria", "tối đa 2.000 tiêu chí"))
}

/// Parents stand before their children, so that every batch finds what it refers to.
async fn store(
    tx: &impl ConnectionTrait,
    before: &[criterion::Model],
    after: &[criterion::Model],
) -> Result<(), Problem> {
    let over = OnConflict::column(criterion::Column::Id)
        .update_columns([
            criterion::Column::ParentId,
            criterion::Column::Position,
            criterion::Column::Name,
            criterion::Column::NameEn,
            criterion::Column::MaxPoints,
            criterion::Column::Method,
            criterion::Column::Parameters,
            criterion::Column::Guidance,
            criterion::Column::Certainty,
            criterion::Column::SearchText,
            criterion::Column::Version,
            criterion::Column::UpdatedAt,
        ])
        .to_owned();
    for some in after.chunks(BATCH) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        criterion::Entity::insert_many(rows).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    let gone: Vec<Uuid> = before.iter().map(|row| row.id).filter(|id| !after.iter().any(|row| row.id == *id)).collect();
    if !gone.is_empty() {
        criterion::Entity::delete_many().filter(criterion::Column::Id.is_in(gone)).exec(tx).await?;
    }
    Ok(())
}
