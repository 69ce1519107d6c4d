//! The criteria as a tree: flat nodes put in order.

use std::collections::{HashMap, HashSet};

use entity::decimal::{Decimal, NotDecimal};
use uuid::Uuid;

use super::Rule;
use crate::domain::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// Levels a tree can have, sections included. Far beyond any real set of criteria; without a bound, a chain of a
/// thousand nodes could not be written as nested JSON.
pub const MOST_LEVELS: usize = 32;

/// Criteria a tree can have. Sets of practice have less than a hundred.
pub const MOST_NODES: usize = 2_000;

/// One criterion as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: Uuid,
    /// A section has none.
    pub parent: Option<Uuid>,
    /// Order among the siblings; equal positions follow their ids.
    pub position: i32,
    pub code: String,
    pub name: String,
    /// Of a leaf the points it can earn; of a parent what it declares its children to sum up to.
    pub max_points: Option<Decimal>,
    pub rule: Option<Rule>,
    /// Whether its line needs evidence or an explanation; leaves only.
    pub evidence_required: bool,
}

/// A criterion at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    pub node: Node,
    /// 0 for a section.
    pub depth: usize,
    /// The section it belongs to; a section belongs to itself.
    pub section_id: Uuid,
    pub is_leaf: bool,
}

/// All criteria of a set in display order: every parent directly before its children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<TreeNode>,
}

impl Tree {
    /// Puts flat nodes in order. `at` gives the JSON pointer of the n-th of them, for the faults.
    pub fn build(nodes: Vec<Node>, at: impl Fn(usize) -> String) -> Result<Self, Refusal> {
        let pointers: HashMap<Uuid, String> =
            nodes.iter().enumerate().map(|(index, node)| (node.id, at(index))).collect();
        let mut faults = flat_faults(&nodes, &at);

        let mut children: HashMap<Option<Uuid>, Vec<Node>> = HashMap::new();
        for node in nodes {
            let parent = node.parent.filter(|parent| pointers.contains_key(parent));
            children.entry(parent).or_default().push(node);
        }
        // The next to be placed is the last.
        let mut waiting: Vec<(Node, usize, Uuid)> = ordered(children.remove(&None))
            .map(|section| {
                let id = section.id;
                (section, 0, id)
            })
            .collect();
        let mut placed = Vec::new();
        while let Some((node, depth, section_id)) = waiting.pop() {
            let below = children.remove(&Some(node.id));
            if depth == MOST_LEVELS {
                faults.extend(pointers.get(&node.id).map(|pointer| too_deep(pointer)));
            }
            let is_leaf = below.is_none();
            waiting.extend(ordered(below).map(|child| (child, depth + 1, section_id)));
            placed.push(TreeNode { node, depth, section_id, is_leaf });
        }
        // Whatever no section leads to hangs in a ring.
        let mut ring: Vec<&String> = children.values().flatten().filter_map(|node| pointers.get(&node.id)).collect();
        ring.sort_unstable();
        faults.extend(ring.into_iter().map(|pointer| in_a_ring(pointer)));
        unless_faulty(faults)?;
        Ok(Self { nodes: placed })
    }

    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    pub fn leaves(&self) -> impl Iterator<Item = &TreeNode> {
        self.nodes.iter().filter(|placed| placed.is_leaf)
    }

    pub fn sections(&self) -> impl Iterator<Item = &TreeNode> {
        self.nodes.iter().filter(|placed| placed.depth == 0)
    }

    /// What the children of each parent sum up to; under `None` what the sections do. Bonus and penalty lie on top and
    /// count nothing, a leaf without points counts nothing, a parent counts what it declares.
    pub(super) fn sums(&self) -> Result<HashMap<Option<Uuid>, Decimal>, NotDecimal> {
        let mut sums: HashMap<Option<Uuid>, Decimal> = HashMap::new();
        // Backwards every child comes before its parent.
        for placed in self.nodes.iter().rev() {
            let worth = worth(placed, &sums);
            let sum = sums.entry(placed.node.parent).or_default();
            *sum = sum.plus(worth)?;
        }
        Ok(sums)
    }
}

/// What a node counts for in the sum of its parent, given the sums of what lies below it.
pub(super) fn worth(placed: &TreeNode, sums: &HashMap<Option<Uuid>, Decimal>) -> Decimal {
    let node = &placed.node;
    if placed.is_leaf {
        let on_top = node.rule.as_ref().is_some_and(Rule::is_on_top);
        return if on_top { Decimal::ZERO } else { node.max_points.unwrap_or_default() };
    }
    node.max_points.or_else(|| sums.get(&Some(node.id)).copied()).unwrap_or_default()
}

/// Backwards, as a stack wants them.
fn ordered(siblings: Option<Vec<Node>>) -> impl Iterator<Item = Node> {
    let mut siblings = siblings.unwrap_or_default();
    siblings.sort_unstable_by_key(|node| (node.position, node.id));
    siblings.into_iter().rev()
}

/// What can be seen of a node without its place in the tree.
fn flat_faults(nodes: &[Node], at: impl Fn(usize) -> String) -> Vec<Fault> {
    let ids: HashSet<Uuid> = nodes.iter().map(|node| node.id).collect();
    let (mut seen, mut codes) = (HashSet::new(), HashSet::new());
    let mut faults = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let mut fault =
            |member: &str, code, message| faults.push(Fault::new(format!("{}/{member}", at(index)), code, message));
        if !seen.insert(node.id) {
            fault("id", "duplicate", Phrase::new("this id is used twice", "mã định danh bị trùng"));
        }
        if !codes.insert(node.code.as_str()) {
            fault(
                "code",
                "duplicate",
                Phrase::made(
                    format!("the code “{}” is used twice in the set", node.code),
                    format!("mã tiêu chí “{}” bị trùng trong bảng tiêu chí", node.code),
                ),
            );
        }
        if node.parent.is_some_and(|parent| !ids.contains(&parent)) {
            fault(
                "parent_id",
                "unknown_parent",
                Phrase::new("the set has no such criterion", "bảng tiêu chí không có tiêu chí cha này"),
            );
        }
        if node.max_points.is_some_and(Decimal::is_negative) {
            fault(
                "max_points",
                "negative",
                Phrase::new("maximum points are never negative", "điểm tối đa không được âm"),
            );
        }
    }
    faults
}

fn too_deep(pointer: &str) -> Fault {
    Fault::new(
        format!("{pointer}/parent_id"),
        "too_deep",
        Phrase::made(
            format!("criteria have at most {MOST_LEVELS} levels"),
            format!("bảng tiêu chí có tối đa {MOST_LEVELS} cấp"),
        ),
    )
}

fn in_a_ring(pointer: &str) -> Fault {
    Fault::new(
        format!("{pointer}/parent_id"),
        "parent_ring",
        Phrase::new(
            "its parents lead back to itself and never to a section",
            "các tiêu chí cha vòng lại chính nó, không dẫn tới mục lớn nào",
        ),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn node(id: u128, parent: Option<u128>, position: i32) -> Node {
        Node {
            id: Uuid::from_u128(id),
            parent: parent.map(Uuid::from_u128),
            position,
            code: id.to_string(),
            name: format!("Tiêu chí {id}"),
            max_points: None,
            rule: None,
            evidence_required: false,
        }
    }

    fn build(nodes: Vec<Node>) -> Result<Tree, Refusal> {
        Tree::build(nodes, |index| format!("/{index}"))
    }

    fn faults(nodes: Vec<Node>) -> Vec<String> {
        match build(nodes) {
            Err(Refusal::Invalid(faults)) => {
                faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_parent_comes_directly_before_its_children() {
        let tree = build(vec![
            node(5, Some(2), 1),
            node(3, None, 2),
            node(2, None, 1),
            node(4, Some(2), 1),
            node(6, Some(5), 7),
            node(7, Some(2), 0),
        ])
        .unwrap();
        let shape: Vec<_> = tree
            .nodes()
            .iter()
            .map(|placed| (placed.node.code.as_str(), placed.depth, placed.section_id.as_u128(), placed.is_leaf))
            .collect();
        assert_eq!(
            shape,
            [
                ("2", 0, 2, false),
                ("7", 1, 2, true),
                ("4", 1, 2, true),
                ("5", 1, 2, false),
                ("6", 2, 2, true),
                ("3", 0, 3, true),
            ]
        );
    }

    #[test]
    fn a_broken_tree_is_refused_and_the_node_named() {
        let twin = Node { code: "1".into(), ..node(2, None, 0) };
        let negative = Node { max_points: Some(Decimal::whole(-1)), ..node(1, None, 0) };
        #[rustfmt::skip]
        let cases: Vec<(Vec<Node>, &[&str])> = vec![
            (vec![node(1, Some(1), 0)],                        &["/0/parent_id parent_ring"]),
            (vec![node(1, Some(2), 0), node(2, Some(1), 0), node(3, Some(2), 0), node(4, None, 0)],
                                                               &["/0/parent_id parent_ring", "/1/parent_id parent_ring", "/2/parent_id parent_ring"]),
            (vec![node(1, None, 0), node(2, Some(9), 0)],      &["/1/parent_id unknown_parent"]),
            (vec![node(1, None, 0), node(1, None, 0)],         &["/1/id duplicate", "/1/code duplicate"]),
            (vec![node(1, None, 0), twin],                     &["/1/code duplicate"]),
            (vec![negative],                                   &["/0/max_points negative"]),
        ];
        for (nodes, expected) in cases {
            assert_eq!(faults(nodes), expected);
        }
    }

    #[test]
    fn a_tree_is_32_levels_deep_at_most() {
        let chain = |length: u128| (0..length).map(|id| node(id, id.checked_sub(1), 0)).collect::<Vec<_>>();
        assert_eq!(build(chain(32)).unwrap().nodes().len(), 32);
        assert_eq!(faults(chain(33)), ["/32/parent_id too_deep"]);
        assert_eq!(faults(chain(20_000)).len(), 1);
    }

    #[test]
    fn an_empty_tree_is_a_tree() {
        assert_eq!(build(Vec::new()).unwrap(), Tree::default());
    }

    proptest! {
        /// The order in which the database returns the rows changes nothing.
        #[test]
        fn the_order_of_the_rows_changes_nothing(
            parents in prop::collection::vec((any::<prop::sample::Index>(), 0..3_i32), 1..40).prop_flat_map(|parents| {
                let order: Vec<usize> = (0..parents.len()).collect();
                (Just(parents), Just(order).prop_shuffle())
            })
        ) {
            let (parents, order) = parents;
            let nodes: Vec<Node> = parents
                .iter()
                .enumerate()
                .map(|(id, (parent, position))| {
                    let parent = parent.index(id + 1).checked_sub(1).map(|parent| parent as u128);
                    // Shallow enough: a node hangs below one of the first 30, or is a section.
                    node(id as u128, parent.filter(|parent| *parent < 30), *position)
                })
                .collect();
            let shuffled = order.iter().map(|index| nodes[*index].clone()).collect();
            prop_assert_eq!(build(nodes).unwrap(), build(shuffled).unwrap());
        }
    }
}
