//! What stands in the way of issuing a set of criteria, node by node.
//!
//! Fixed rules of practice: only leaves carry points; a parent's maximum is the sum of its children; the set's total
//! (often 1,000 = 600 + 200 + 200) must add up before it is issued; bonus and penalty lie on top of it.

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{Node, Tree, TreeNode};
use crate::domain::{
    phrase::{Language, Phrase},
    refusal::{Blocker, Subject},
};

/// Everything that stands in the way of issuing the set, in display order; the set's own troubles come last.
///
/// A parent that declares no maximum is worth the sum of its children. Only the node whose own children do not sum up
/// is named, not the parents above it.
pub fn check_issue(set_id: Uuid, total_points: Decimal, tree: &Tree) -> Vec<Blocker> {
    let set = Subject::one("criteria_set", set_id);
    if tree.nodes().is_empty() {
        return vec![Blocker {
            code: "criteria_set_empty",
            message: Phrase::new("the set has no criteria", "bảng tiêu chí chưa có tiêu chí nào"),
            subject: set,
        }];
    }
    let Ok(sums) = tree.sums() else {
        return vec![Blocker {
            code: "out_of_range",
            message: Phrase::new("the maximum points sum up beyond 10^14", "tổng điểm tối đa vượt quá 10^14"),
            subject: set,
        }];
    };
    let sum_of = |id: Option<Uuid>| sums.get(&id).copied().unwrap_or_default();
    let mut blockers: Vec<Blocker> = tree
        .nodes()
        .iter()
        .filter_map(|placed| {
            if placed.is_leaf {
                leaf_blocker(placed)
            } else {
                parent_blocker(&placed.node, sum_of(Some(placed.node.id)))
            }
        })
        .collect();
    let sections = sum_of(None);
    if total_points <= Decimal::ZERO {
        blockers.push(Blocker {
            code: "total_not_positive",
            message: Phrase::new(
                "the total of the set must be more than 0",
                "tổng điểm của bảng tiêu chí phải lớn hơn 0",
            ),
            subject: set,
        });
    }
    if sections != total_points {
        let vi = |number| Language::Vi.number(number);
        blockers.push(Blocker {
            code: "total_differs",
            message: Phrase::made(
                format!("the set declares a total of {total_points} points, but its sections sum up to {sections}"),
                format!(
                    "bảng tiêu chí ghi tổng điểm {}, nhưng các mục lớn cộng lại được {}",
                    vi(total_points),
                    vi(sections)
                ),
            ),
            subject: set,
        });
    }
    blockers
}

/// A version that replaces the one in force says why.
pub fn check_reason(set_id: Uuid, replaces: bool, reason: Option<&str>) -> Option<Blocker> {
    let silent = reason.is_none_or(|reason| reason.trim().is_empty());
    (replaces && silent).then(|| Blocker {
        code: "reason_missing",
        message: Phrase::new(
            "another version is in force: say why this one replaces it",
            "đang có phiên bản được ban hành: phải nêu lý do thay thế",
        ),
        subject: Subject::one("criteria_set", set_id),
    })
}

/// What keeps one leaf from being scored.
pub(super) fn leaf_blocker(placed: &TreeNode) -> Option<Blocker> {
    let node = &placed.node;
    let positive = node.max_points.is_some_and(|max| max > Decimal::ZERO);
    match &node.rule {
        None if placed.depth == 0 => Some(named(
            node,
            "section_without_criteria",
            "the section has no criteria and no method",
            "mục lớn chưa có tiêu chí con và cũng chưa có phương pháp chấm điểm",
        )),
        None => Some(named(
            node,
            "leaf_without_method",
            "the criterion has no method",
            "tiêu chí chưa có phương pháp chấm điểm",
        )),
        Some(rule) if rule.is_on_top() => node.max_points.is_some_and(|max| !max.is_zero()).then(|| {
            named(
                node,
                "max_points_on_top",
                "bonus and penalty lie on top of the total: their cap is a parameter, and maximum points are left out",
                "điểm thưởng, điểm trừ nằm ngoài tổng điểm: mức trần là tham số, không ghi điểm tối đa",
            )
        }),
        Some(_) if !positive => Some(named(
            node,
            "leaf_without_max_points",
            "the criterion has no maximum points",
            "tiêu chí chưa có điểm tối đa",
        )),
        Some(rule) => (rule.promised() > node.max_points).then(|| {
            named(
                node,
                "band_above_maximum",
                "a band earns more than the maximum points of the criterion",
                "có khoảng điểm vượt quá điểm tối đa của tiêu chí",
            )
        }),
    }
}

fn parent_blocker(node: &Node, sum: Decimal) -> Option<Blocker> {
    if node.rule.is_some() {
        return Some(named(
            node,
            "parent_with_method",
            "only a criterion without children has a method",
            "chỉ tiêu chí không có tiêu chí con mới có phương pháp chấm điểm",
        ));
    }
    if node.evidence_required {
        return Some(named(
            node,
            "parent_with_evidence",
            "only a criterion without children can demand evidence",
            "chỉ tiêu chí không có tiêu chí con mới yêu cầu tài liệu kiểm chứng",
        ));
    }
    let declared = node.max_points.filter(|declared| *declared != sum)?;
    let vi = |number| Language::Vi.number(number);
    Some(named(
        node,
        "sum_differs",
        &format!("declares {declared} points, but its children sum up to {sum}"),
        &format!("ghi {} điểm, nhưng các tiêu chí con cộng lại được {}", vi(declared), vi(sum)),
    ))
}

fn named(node: &Node, code: &'static str, en: &str, vi: &str) -> Blocker {
    let Node { id, code: number, name, .. } = node;
    Blocker {
        code,
        message: Phrase::made(format!("{number} “{name}”: {en}"), format!("{number} “{name}”: {vi}")),
        subject: Subject::one("criterion", *id),
    }
}

#[cfg(test)]
mod tests {
    use entity::vocab::Method;
    use serde_json::json;

    use super::*;
    use crate::domain::criteria::Rule;

    const SET: Uuid = Uuid::from_u128(999);

    fn node(id: u128, parent: u128, max_points: Option<&str>, method: Option<Method>) -> Node {
        let parameters = match method {
            Some(Method::Steps) => json!({ "direction": "higher_is_better", "bands": [{ "points": 200 }] }),
            Some(Method::Proportional) => json!({ "direction": "higher_is_better", "target": 10 }),
            Some(Method::Bonus | Method::Penalty) => json!({ "points_each": 1, "cap": 5 }),
            _ => json!({}),
        };
        Node {
            id: Uuid::from_u128(id),
            parent: (parent != 0).then(|| Uuid::from_u128(parent)),
            position: 0,
            code: id.to_string(),
            name: "Kinh tế".into(),
            max_points: max_points.map(|points| points.parse().unwrap()),
            rule: method.map(|method| Rule::from_parts(method, Some(&parameters), "").unwrap()),
            evidence_required: false,
        }
    }

    fn blockers(total: &str, nodes: Vec<Node>) -> Vec<Blocker> {
        check_issue(SET, total.parse().unwrap(), &Tree::build(nodes, |index| format!("/{index}")).unwrap())
    }

    /// 1,000 = 600 + 200 + 200, with a bonus section on top: the shape of practice.
    fn thousand() -> Vec<Node> {
        use Method::*;
        vec![
            node(1, 0, Some("600"), None),
            node(11, 1, Some("599.5"), Some(Proportional)),
            node(12, 1, Some("0.5"), Some(Expert)),
            node(13, 1, None, Some(Penalty)),
            node(2, 0, Some("200"), None),
            node(21, 2, None, None),
            node(211, 21, Some("200"), Some(Expert)),
            node(3, 0, Some("200"), Some(Expert)),
            node(4, 0, None, None),
            node(41, 4, None, Some(Bonus)),
        ]
    }

    #[test]
    fn a_set_that_adds_up_can_be_issued() {
        assert_eq!(blockers("1000", thousand()), []);
    }

    /// Total, nodes, and which node has which trouble.
    type Case = (&'static str, Vec<Node>, &'static [(&'static str, u128)]);

    #[test]
    fn a_version_that_replaces_another_says_why() {
        let silent = |replaces, reason| check_reason(SET, replaces, reason).map(|blocker| blocker.code);
        assert_eq!([silent(false, None), silent(true, Some("đính chính"))], [None, None]);
        assert_eq!([silent(true, None), silent(true, Some(" "))], [Some("reason_missing"), Some("reason_missing")]);
    }

    #[test]
    fn every_trouble_names_its_node() {
        use Method::*;
        let with = |change: fn(&mut Vec<Node>)| {
            let mut nodes = thousand();
            change(&mut nodes);
            nodes
        };
        #[rustfmt::skip]
        let cases: Vec<Case> = vec![
            ("1000", vec![],                                            &[("criteria_set_empty", 999)]),
            ("1000.0001", thousand(),                                   &[("total_differs", 999)]),
            ("0",    vec![node(1, 0, None, Some(Bonus))],               &[("total_not_positive", 999)]),
            ("1000", with(|n| n[0].max_points = Some(Decimal::ZERO)),   &[("sum_differs", 1), ("total_differs", 999)]),
            ("1000", with(|n| n[1].max_points = None),                  &[("sum_differs", 1), ("leaf_without_max_points", 11)]),
            ("1000", with(|n| n[2].max_points = Some(Decimal::ZERO)),   &[("sum_differs", 1), ("leaf_without_max_points", 12)]),
            ("1000", with(|n| n[2].rule = None),                        &[("leaf_without_method", 12)]),
            ("1000", with(|n| n[3].max_points = Some(Decimal::ONE)),    &[("max_points_on_top", 13)]),
            ("1000", with(|n| n[5].rule = n[6].rule.clone()),                   &[("parent_with_method", 21)]),
            ("1000", with(|n| n[6] = node(211, 21, Some("199.5"), Some(Steps))),
                                                                        &[("sum_differs", 2), ("band_above_maximum", 211)]),
            ("1000", with(|n| { n.pop(); }),                            &[("section_without_criteria", 4)]),
            ("1000", vec![node(1, 0, Some("1e14"), Some(Expert)), node(2, 0, Some("1e14"), Some(Expert))],
                                                                        &[("out_of_range", 999)]),
        ];
        for (total, nodes, expected) in cases {
            let found: Vec<_> = blockers(total, nodes)
                .into_iter()
                .map(|blocker| (blocker.code, blocker.subject.id.unwrap().as_u128()))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn both_figures_are_said_in_both_languages() {
        let mut nodes = thousand();
        nodes[2].max_points = Some("1.25".parse().unwrap());
        let found = blockers("1000", nodes);
        let said: Vec<_> = found.iter().map(|b| (b.message.say(Language::En), b.message.say(Language::Vi))).collect();
        assert_eq!(
            said,
            [(
                "1 “Kinh tế”: declares 600 points, but its children sum up to 600.75",
                "1 “Kinh tế”: ghi 600 điểm, nhưng các tiêu chí con cộng lại được 600,75"
            )]
        );
    }
}
