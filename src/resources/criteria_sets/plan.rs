//! What a whole tree, as it is sent, makes of the criteria that are stored.

use std::collections::HashMap;

use entity::{criteria_set, criterion, vocab::Certainty};
use uuid::Uuid;

use super::dto::{NewCriteriaTree, NewCriterionNode};
use crate::{
    domain::{
        criteria::{MOST_NODES, Node, Rule, Tree},
        phrase::Phrase,
        refusal::{Fault, Refusal, unless_faulty},
        text,
    },
    http::Ctx,
    problem::Problem,
};

/// The rows a tree makes, or everything that is wrong with it. A criterion whose code stays keeps its id, and its version
/// where nothing changes.
pub(super) fn planned(
    ctx: &Ctx,
    set: &criteria_set::Model,
    before: &[criterion::Model],
    new: &NewCriteriaTree,
) -> Result<Vec<criterion::Model>, Problem> {
    let mut by_code: HashMap<&str, &criterion::Model> = before.iter().map(|row| (row.code.as_str(), row)).collect();
    let (mut rows, mut nodes, mut pointers, mut faults) = (vec![], vec![], vec![], vec![]);
    let mut open: Vec<Waiting<'_>> = vec![];
    push(&mut open, &new.nodes, None, "/nodes");
    while let Some((child, parent_id, position, at)) = open.pop() {
        if rows.len() + open.len() + child.children.len() >= MOST_NODES {
            return Err(too_many());
        }
        let rule = rule(child, &at).unwrap_or_else(|found| {
            faults.extend(found);
            None
        });
        // Taken out, so that a second node with the same code is a duplicate and not the same criterion.
        let known = by_code.remove(child.code.as_str());
        let row = merged(ctx, set, known, child, Place { parent_id, position }, rule.as_ref());
        push(&mut open, &child.children, Some(row.id), &format!("{at}/children"));
        nodes.push(Node {
            id: row.id,
            parent: parent_id,
            position,
            code: row.code.clone(),
            name: row.name.clone(),
            max_points: row.max_points,
            rule,
            evidence_required: row.evidence_required,
        });
        rows.push(row);
        pointers.push(at);
    }
    if let Err(refusal) = Tree::build(nodes, |index| pointers.get(index).cloned().unwrap_or_default()) {
        match refusal {
            // In a nested body a node has no `parent_id`: what is too deep is the node itself.
            Refusal::Invalid(found) => faults.extend(
                found
                    .into_iter()
                    .map(|fault| Fault { pointer: fault.pointer.trim_end_matches("/parent_id").to_owned(), ..fault }),
            ),
            other => return Err(other.into()),
        }
    }
    unless_faulty(faults)?;
    Ok(rows)
}

fn rule(node: &NewCriterionNode, at: &str) -> Result<Option<Rule>, Vec<Fault>> {
    match node.method {
        Some(method) => match Rule::from_parts(method, node.parameters.as_ref(), at) {
            Ok(rule) => Ok(Some(rule)),
            Err(Refusal::Invalid(faults)) => Err(faults),
            Err(_) => Ok(None),
        },
        None if node.parameters.is_some() => {
            let message = Phrase::new("parameters go with a method", "tham số phải đi kèm phương pháp tính điểm");
            Err(vec![Fault::new(format!("{at}/parameters"), "contradiction", message)])
        }
        None => Ok(None),
    }
}

struct Place {
    parent_id: Option<Uuid>,
    position: i32,
}

/// The row of a node, at its next version if it changes one that is stored.
fn merged(
    ctx: &Ctx,
    set: &criteria_set::Model,
    known: Option<&criterion::Model>,
    node: &NewCriterionNode,
    Place { parent_id, position }: Place,
    rule: Option<&Rule>,
) -> criterion::Model {
    let mut row = criterion::Model {
        id: known.map_or_else(Uuid::now_v7, |row| row.id),
        criteria_set_id: set.id,
        parent_id,
        position,
        code: node.code.clone(),
        name: node.name.clone(),
        name_en: node.name_en.clone(),
        max_points: node.max_points,
        method: node.method,
        parameters: rule.map(Rule::parameters),
        guidance: node.guidance.clone(),
        evidence_required: node.evidence_required,
        certainty: node.certainty.unwrap_or(Certainty::Verified),
        search_text: text::search_text(&[&node.name, node.name_en.as_deref().unwrap_or_default(), &node.code]),
        version: known.map_or(1, |row| row.version),
        created_at: known.map_or(ctx.now, |row| row.created_at),
        updated_at: known.map_or(ctx.now, |row| row.updated_at),
    };
    if known.is_some_and(|old| *old != row) {
        row.version += 1;
        row.updated_at = ctx.now;
    }
    row
}

/// A node that waits for its turn: its parent, its position, and its pointer in the body.
type Waiting<'a> = (&'a NewCriterionNode, Option<Uuid>, i32, String);

/// Siblings go on the stack last first, so that they come off in order.
fn push<'a>(open: &mut Vec<Waiting<'a>>, siblings: &'a [NewCriterionNode], parent: Option<Uuid>, at: &str) {
    let mut waiting: Vec<Waiting<'a>> = (1..)
        .zip(siblings.iter().enumerate())
        .map(|(position, (index, node))| (node, parent, position, format!("{at}/{index}")))
        .collect();
    waiting.reverse();
    open.append(&mut waiting);
}

fn too_many() -> Problem {
    Problem::fault("/nodes", "too_many", Phrase::new("at most 2,000 criteria", "tối đa 2.000 tiêu chí"))
}
