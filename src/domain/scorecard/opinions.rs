//! Several appraisers of one line, and the one score they come to.
//!
//! Settings: who appraises which section, and whether the mean or the lead's word counts.

use entity::{
    decimal::{Decimal, Rounding},
    vocab::Method,
};

use crate::domain::{
    criteria::{Form, Leaf},
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
    scoring::{AppraisalMode, ScoringRules},
};
use uuid::Uuid;

/// What one appraiser says to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    pub lead: bool,
    /// It says nothing: it counts nowhere, not as 0 either.
    pub abstained: bool,
    /// The figure as found; the points follow from it.
    pub attained: Option<Decimal>,
    /// `None` where they wait for the best of the cluster.
    pub points: Option<Decimal>,
    pub reason: Option<String>,
}

/// What the appraisers come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
    /// All their reasons, each once.
    pub reason: Option<String>,
}

/// One score out of the opinions given. Nothing while there are none, or while the lead is silent.
///
/// Decided where practice leaves a gap: the mean is that of the points, to 4 decimals, half up; a figure is kept where
/// all found the same; where points follow from the best of the cluster the mean is that of the figures, unless points
/// were given; passed or failed is what most say, and failed where they are even.
pub fn in_common(leaf: &Leaf, mode: AppraisalMode, opinions: &[Opinion]) -> Result<Common, Refusal> {
    let counted: Vec<&Opinion> = match mode {
        AppraisalMode::Lead => opinions.iter().rev().find(|one| one.lead && !one.abstained).into_iter().collect(),
        AppraisalMode::Mean | AppraisalMode::Joint => opinions.iter().filter(|one| !one.abstained).collect(),
    };
    let Some(first) = counted.first() else { return Ok(Common::default()) };
    let figure = |one: &Opinion| (one.attained, one.points);
    let (attained, points) = if counted.iter().all(|one| figure(one) == figure(first)) {
        figure(first)
    } else if counted.iter().any(|one| one.points.is_some()) {
        (None, Some(points_in_common(leaf, &given(&counted, |one| one.points))?))
    } else {
        (Some(mean(&given(&counted, |one| one.attained))?), None)
    };
    Ok(Common { attained, points, reason: reasons(&counted) })
}

fn given(opinions: &[&Opinion], figure: impl Fn(&Opinion) -> Option<Decimal>) -> Vec<Decimal> {
    opinions.iter().filter_map(|one| figure(one)).collect()
}

fn points_in_common(leaf: &Leaf, points: &[Decimal]) -> Result<Decimal, Refusal> {
    if leaf.rule.method() == Method::PassFail {
        let passed = points.iter().filter(|points| !points.is_zero()).count();
        return Ok(if passed > points.len() - passed { leaf.max_points } else { Decimal::ZERO });
    }
    mean(points)
}

/// To 4 decimals, half up; 0 of nothing.
fn mean(numbers: &[Decimal]) -> Result<Decimal, Refusal> {
    let count = Decimal::whole(i32::try_from(numbers.len()).unwrap_or(i32::MAX).max(1));
    Ok(Decimal::sum(numbers.iter().copied())?.times_ratio(Decimal::ONE, count, Rounding::HalfUp)?)
}

fn reasons(opinions: &[&Opinion]) -> Option<String> {
    let mut told: Vec<&str> = vec![];
    for reason in opinions.iter().filter_map(|one| one.reason.as_deref()) {
        if !told.contains(&reason) {
            told.push(reason);
        }
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// Who writes points.
#[derive(Clone, Copy, Debug)]
pub enum Scorer<'a> {
    /// An appraiser assigned to these sections; to all of them where there are none.
    Appraiser(&'a [String]),
    /// A member assigned to another one's sheet.
    Peer,
}

/// Whether the scorer scores these lines; `list` names the member that lists them.
pub fn check_sections(
    form: &Form,
    rules: &ScoringRules,
    scorer: Scorer<'_>,
    list: &str,
    lines: impl Iterator<Item = Uuid>,
) -> Result<(), Refusal> {
    let code = |leaf: &Leaf| form.sections().iter().find(|section| section.id == leaf.section_id).map(|one| &one.code);
    let foreign = |(index, criterion_id): (usize, Uuid)| {
        let code = code(form.leaf(criterion_id)?)?;
        let fault = |kind, message| Some(Fault::new(format!("/{list}/{index}/criterion_id"), kind, message));
        match (scorer, rules.by_peers(code)) {
            (Scorer::Peer, true) => None,
            (Scorer::Appraiser(_), true) if list == "scores" => fault(
                "scored_by_peers",
                Phrase::made(
                    format!("section {code} is scored by the members crosswise"),
                    format!("mục {code} do các thành viên chấm chéo"),
                ),
            ),
            (Scorer::Appraiser(sections), _) if sections.is_empty() || sections.contains(code) => None,
            (Scorer::Appraiser(_), _) | (Scorer::Peer, false) => fault(
                "not_assigned",
                Phrase::made(
                    format!("you are not assigned to section {code}"),
                    format!("bạn không được phân công chấm điểm mục {code}"),
                ),
            ),
        }
    };
    unless_faulty(lines.enumerate().filter_map(foreign).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::criteria::example::{form, id};

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn opinion(lead: bool, attained: Option<&str>, points: Option<&str>, reason: Option<&str>) -> Opinion {
        Opinion {
            lead,
            abstained: false,
            attained: attained.map(decimal),
            points: points.map(decimal),
            reason: reason.map(str::to_owned),
        }
    }

    #[test]
    fn several_come_to_one_score() {
        use AppraisalMode::{Lead, Mean};
        let form = form();
        let expert = form.leaf(id(12)).unwrap();
        let settle = |mode, opinions: &[Opinion]| {
            let common = in_common(expert, mode, opinions).unwrap();
            (common.attained, common.points, common.reason)
        };
        let three = [
            opinion(false, None, Some("17"), Some("thiếu minh chứng")),
            opinion(true, None, Some("18"), None),
            opinion(false, None, Some("18.5"), Some("thiếu minh chứng")),
        ];
        // (17 + 18 + 18.5) ÷ 3 = 17.8333…
        assert_eq!(settle(Mean, &three), (None, Some(decimal("17.8333")), Some("thiếu minh chứng".into())));
        assert_eq!(settle(Lead, &three), (None, Some(decimal("18")), None));
        assert_eq!(settle(Lead, &three[..1]), (None, None, None), "the lead is silent");
        assert_eq!(settle(Mean, &[]), (None, None, None));
        let silent = Opinion { abstained: true, ..opinion(false, None, None, Some("không đủ cơ sở")) };
        let with_silence = [three[0].clone(), silent.clone(), three[1].clone()];
        assert_eq!(settle(Mean, &with_silence).1, Some(decimal("17.5")), "an abstention is not a zero");
        assert_eq!(settle(Mean, &[silent]), (None, None, None));
        let share = form.leaf(id(11)).unwrap();
        let agreed = [opinion(false, Some("29"), Some("36.25"), None), opinion(false, Some("29"), Some("36.25"), None)];
        let found = in_common(share, Mean, &agreed).unwrap();
        assert_eq!((found.attained, found.points), (Some(decimal("29")), Some(decimal("36.25"))));
        let apart = [agreed[0].clone(), opinion(false, Some("30"), Some("37.5"), Some("số liệu mới"))];
        let found = in_common(share, Mean, &apart).unwrap();
        assert_eq!((found.attained, found.points), (None, Some(decimal("36.875"))));
        let waiting = [opinion(false, Some("8"), None, None), opinion(false, Some("9"), None, None)];
        let found = in_common(share, Mean, &waiting).unwrap();
        assert_eq!((found.attained, found.points), (Some(decimal("8.5")), None));
    }

    #[test]
    fn an_appraiser_scores_the_own_sections() {
        let form = form();
        let sections = form.sections().iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        let check = |peer_sections: &[String], scorer: Scorer<'_>, list: &str| {
            let rules = ScoringRules { peer_sections: peer_sections.to_vec(), ..ScoringRules::default() };
            match check_sections(&form, &rules, scorer, list, [id(11), id(21)].into_iter()) {
                Err(Refusal::Invalid(faults)) => {
                    faults.into_iter().map(|one| format!("{} {}", one.pointer, one.code)).collect()
                }
                other => vec![format!("{other:?}")],
            }
        };
        let (all, one) = (Scorer::Appraiser(&[]), Scorer::Appraiser(&sections[..1]));
        assert_eq!(check(&[], all, "scores"), ["Ok(())"]);
        assert_eq!(check(&[], Scorer::Appraiser(&sections), "scores"), ["Ok(())"]);
        assert_eq!(check(&[], one, "scores"), ["/scores/1/criterion_id not_assigned"]);
        assert_eq!(check(&sections[1..], all, "scores"), ["/scores/1/criterion_id scored_by_peers"]);
        assert_eq!(check(&sections[1..], all, "answers"), ["Ok(())"], "explanations are answered by appraisers");
        assert_eq!(check(&sections[1..], Scorer::Peer, "scores"), ["/scores/0/criterion_id not_assigned"]);
        assert_eq!(check(&sections, Scorer::Peer, "scores"), ["Ok(())"]);
    }

    proptest! {
        #[test]
        fn a_mean_lies_between_its_parts_whatever_their_order(
            points in prop::collection::vec(0..200_000_i64, 1..8),
            turn in 0..8_usize,
        ) {
            let form = form();
            let leaf = form.leaf(id(12)).unwrap();
            let mut opinions: Vec<Opinion> = points
                .iter()
                .map(|points| Opinion {
                    lead: false,
                    abstained: false,
                    attained: None,
                    points: Decimal::from_scaled(*points).ok(),
                    reason: None,
                })
                .collect();
            let found = in_common(leaf, AppraisalMode::Mean, &opinions).unwrap().points.unwrap();
            let given: Vec<Decimal> = opinions.iter().filter_map(|one| one.points).collect();
            prop_assert!(given.iter().min().unwrap() <= &found && &found <= given.iter().max().unwrap());
            let turn = turn % opinions.len();
            opinions.rotate_left(turn);
            prop_assert_eq!(in_common(leaf, AppraisalMode::Mean, &opinions).unwrap().points, Some(found));
        }
    }
}
