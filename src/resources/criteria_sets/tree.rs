//! The tree of a set: read whole, written whole.

use std::collections::HashMap;

use entity::{criteria_set, criterion};
use uuid::Uuid;

use super::{
    dto::{CriteriaTree, CriterionNode, NewCriteriaTree},
    plan::planned,
    rows::{arranged, rows, store},
    service::{require, touch},
};
use crate::{
    db,
    domain::{criteria::editable, policy::Action},
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<CriteriaTree, Problem> {
    let db = ctx.db.reader();
    let (set, ..) = require(ctx, db, id).await?;
    let rows = rows(db, id).await?;
    nested(&set, rows)
}

fn nested(set: &criteria_set::Model, rows: Vec<criterion::Model>) -> Result<CriteriaTree, Problem> {
    let tree = arranged(&rows)?;
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
        evidence_required,
        certainty,
        search_text: _,
        version: _,
        created_at: _,
        updated_at: _,
    } = row;
    CriterionNode {
        id,
        code,
        name,
        name_en,
        max_points,
        method,
        parameters,
        guidance,
        evidence_required,
        certainty,
        children,
    }
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
