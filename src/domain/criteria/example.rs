//! A small form for the tests of the rules that stand on criteria.

use entity::vocab::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Form, Leaf, Node, Rule, Tree};

/// The id of the criterion with this code in [`form`].
pub(crate) const fn id(code: u128) -> Uuid {
    Uuid::from_u128(code)
}

pub(crate) fn node(code: u128, parent: Option<u128>, max: Option<&str>, rule: Option<(Method, Value)>) -> Node {
    Node {
        id: id(code),
        parent: parent.map(id),
        position: 0,
        code: code.to_string(),
        name: format!("Tiêu chí {code}"),
        max_points: max.map(|points| points.parse().unwrap()),
        rule: rule.map(|(method, parameters)| Rule::from_parts(method, Some(&parameters), "").unwrap()),
        evidence_required: false,
    }
}

/// A hundred points: 60 (11 proportional, 12 expert) + 40 (21 proportional, lower is better, target in the line), and
/// on top of section 2 the bonus 22 (2 each, at most 5) and the penalty 23 (1.5 each, at most 4).
pub(crate) fn form() -> Form {
    demanding([])
}

/// The same form, where these criteria demand evidence.
pub(crate) fn demanding<const N: usize>(evidence: [u128; N]) -> Form {
    use Method::*;
    let higher = json!({ "direction": "higher_is_better", "target": 32 });
    let lower = json!({ "direction": "lower_is_better", "target_from_line": true });
    let mut nodes = vec![
        node(1, None, Some("60"), None),
        node(11, Some(1), Some("40"), Some((Proportional, higher))),
        node(12, Some(1), Some("20"), Some((Expert, json!({})))),
        node(2, None, None, None),
        node(21, Some(2), Some("40"), Some((Proportional, lower))),
        node(22, Some(2), None, Some((Bonus, json!({ "points_each": 2, "cap": 5 })))),
        node(23, Some(2), None, Some((Penalty, json!({ "points_each": 1.5, "cap": 4 })))),
    ];
    for node in &mut nodes {
        node.evidence_required = evidence.map(id).contains(&node.id);
    }
    Form::of(&Tree::build(nodes, |index| format!("/{index}")).unwrap()).unwrap()
}

/// A leaf of its own.
pub(crate) fn leaf(method: Method, max: Option<&str>, parameters: Value) -> Leaf {
    let nodes = vec![node(7, None, max, Some((method, parameters)))];
    Form::of(&Tree::build(nodes, |index| format!("/{index}")).unwrap()).unwrap().leaf(id(7)).unwrap().clone()
}
