//! Many lines written at once: checked together, all or none.

use std::collections::HashSet;

use entity::{decimal::Decimal, vocab::Method};
use uuid::Uuid;

use super::lines::is_reason;
use crate::domain::{
    criteria::{Form, Leaf},
    phrase::{Language, Phrase},
    refusal::{Fault, Refusal, unless_faulty},
    scoring::{Line, LineInput, Stages, outside_range, score},
};

/// A line as the province sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelfEntry {
    pub criterion_id: Uuid,
    /// The registered target it takes its figures from.
    pub registered: Option<Registered>,
    pub input: LineInput,
}

/// What a registered target says now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub target_id: Uuid,
    pub target: Decimal,
    pub actual: Option<Decimal>,
}

/// A line as it is stored: computed points are filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelfScore {
    pub criterion_id: Uuid,
    pub target_id: Option<Uuid>,
    pub attained: Option<Decimal>,
    pub target: Option<Decimal>,
    pub points: Option<Decimal>,
}

/// A line as the appraiser sends it. Without points and without a figure the line is not appraised (any more).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppraisalEntry {
    pub criterion_id: Uuid,
    /// The figure as the appraiser found it; the points follow from it.
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
    pub reason: Option<String>,
    /// A peer says nothing to the line.
    pub abstained: bool,
}

/// A line as it is stored; an empty reason is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppraisalScore {
    pub criterion_id: Uuid,
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
    pub reason: Option<String>,
    /// A peer says nothing to the line.
    pub abstained: bool,
}

/// The province's lines, in the order they were sent, or everything that is wrong with them (`/scores/{i}/…`).
pub fn settle_self(form: &Form, entries: &[SelfEntry]) -> Result<Vec<SelfScore>, Refusal> {
    settle(
        form,
        "scores",
        entries,
        |entry| entry.criterion_id,
        |leaf, entry, at| {
            let input = figures(leaf, entry, at)?;
            let points = score(leaf, input, None, at)?.map(|working| working.points);
            let LineInput { attained, target, .. } = input;
            let target_id = entry.registered.map(|registered| registered.target_id);
            Ok(SelfScore { criterion_id: entry.criterion_id, target_id, attained, target, points })
        },
    )
}

/// The figures of a line: given, or taken from the registered target it names. Figures given beside it must be the same.
fn figures(leaf: &Leaf, entry: &SelfEntry, at: &str) -> Result<LineInput, Vec<Fault>> {
    let Some(Registered { target, actual, .. }) = entry.registered else { return Ok(entry.input) };
    let pointer = format!("{at}/target_id");
    if matches!(leaf.rule.method(), Method::Expert | Method::PassFail) {
        let message = Phrase::new("no points follow from a figure here", "điểm của tiêu chí này không tính từ số liệu");
        return Err(vec![Fault::new(pointer, "no_figure", message)]);
    }
    let Some(actual) = actual else {
        let message = Phrase::new("the target has no actual figure yet", "chỉ tiêu chưa có kết quả thực hiện");
        return Err(vec![Fault::new(pointer, "target_without_actual", message)]);
    };
    let from_line = leaf.rule.goal().is_some_and(|goal| goal.target_from_line);
    let taken = LineInput {
        attained: Some(actual),
        target: if from_line { Some(target) } else { entry.input.target },
        points: entry.input.points,
    };
    let differs = |member: &str, given: Option<Decimal>, taken: Option<Decimal>| {
        (given.is_some() && given != taken).then(|| {
            let message = Phrase::new(
                "differs from the registered target; leave it out",
                "khác với chỉ tiêu đã đăng ký; hãy để trống",
            );
            Fault::new(format!("{at}/{member}"), "differs_from_target", message)
        })
    };
    let faults: Vec<Fault> = [
        differs("attained", entry.input.attained, taken.attained),
        differs("target", entry.input.target, taken.target),
    ]
    .into_iter()
    .flatten()
    .collect();
    if faults.is_empty() { Ok(taken) } else { Err(faults) }
}

/// The appraiser's lines, in the order they were sent, or everything that is wrong with them (`/scores/{i}/…`).
///
/// Fixed rule of practice: a score changed in appraisal needs a reason.
pub fn settle_appraisal(
    form: &Form,
    lines: &[Line],
    entries: &[AppraisalEntry],
) -> Result<Vec<AppraisalScore>, Refusal> {
    settle(
        form,
        "scores",
        entries,
        |entry| entry.criterion_id,
        |leaf, entry, at| {
            let reason = entry.reason.clone().filter(|reason| is_reason(Some(reason)));
            let stored = lines.iter().find(|line| line.criterion_id == leaf.id);
            let before = stored.cloned().unwrap_or_else(|| Line::blank(leaf.id));
            let found = Found { target: before.target, attained: entry.attained, points: entry.points };
            let (points, mut faults) =
                match appraised_points(leaf, found, ["appraised_attained", "appraised_points"], at) {
                    Ok(points) => (points, vec![]),
                    Err(faults) => (entry.points, faults),
                };
            if entry.abstained && (entry.points.is_some() || entry.attained.is_some()) {
                let message = Phrase::new("who abstains gives no points", "đã bỏ trống thì không cho điểm");
                faults.push(Fault::new(format!("{at}/abstained"), "abstained_with_points", message));
            }
            if before.answer.is_some() {
                faults.push(Fault::new(format!("{at}/criterion_id"), "answered", already_answered()));
            }
            let mut after = Line { appraised_attained: entry.attained, ..before };
            after.points.appraised = points;
            let answered = points.is_some() || entry.attained.is_some();
            if answered && after.is_changed(leaf) && reason.is_none() {
                faults.push(needs_reason(leaf, &after, at));
            }
            if !faults.is_empty() {
                return Err(faults);
            }
            let AppraisalEntry { criterion_id, attained, abstained, .. } = *entry;
            Ok(AppraisalScore { criterion_id, attained, points, reason, abstained })
        },
    )
}

/// What an appraiser found on a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The line's own target, where the criterion takes it from the line.
    pub target: Option<Decimal>,
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
}

/// The points of an appraised line: those given, or those that follow from the figure found. `None` where they wait for
/// the best of the cluster. `names` are those of the figure and of the points on the wire.
pub(super) fn appraised_points(
    leaf: &Leaf,
    found: Found,
    names: [&str; 2],
    at: &str,
) -> Result<Option<Decimal>, Vec<Fault>> {
    let [figure, points] = names;
    let Some(attained) = found.attained else {
        let outside = |given| outside_range(leaf, given, &format!("{at}/{points}"));
        return match found.points.and_then(outside) {
            Some(fault) => Err(vec![fault]),
            None => Ok(found.points),
        };
    };
    if matches!(leaf.rule.method(), Method::Expert | Method::PassFail) {
        return Err(vec![Fault::new(
            format!("{at}/{figure}"),
            "no_figure",
            Phrase::new(
                "no points follow from a figure here; give points",
                "điểm không tính từ số liệu; phải cho điểm",
            ),
        )]);
    }
    let input = LineInput { attained: Some(attained), target: found.target, points: found.points };
    let computed = score(leaf, input, None, at).map_err(|faults| {
        let named = |pointer: &str| {
            pointer.replace("/self_points", &format!("/{points}")).replace("/attained", &format!("/{figure}"))
        };
        faults.into_iter().map(|fault| Fault { pointer: named(&fault.pointer), ..fault }).collect::<Vec<_>>()
    })?;
    Ok(computed.map(|working| working.points))
}

/// Finds the leaf of every entry, refuses unknown and repeated ones, and collects all faults.
pub(super) fn settle<E, S>(
    form: &Form,
    list: &str,
    entries: &[E],
    criterion_id: impl Fn(&E) -> Uuid,
    check: impl Fn(&Leaf, &E, &str) -> Result<S, Vec<Fault>>,
) -> Result<Vec<S>, Refusal> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    let mut settled = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let at = format!("/{list}/{index}");
        let id = criterion_id(entry);
        let Some(leaf) = form.leaf(id) else {
            faults.push(Fault::new(
                format!("{at}/criterion_id"),
                "unknown_criterion",
                Phrase::new(
                    "the criteria of this scorecard have no such leaf",
                    "bảng tiêu chí của phiếu chấm điểm không có tiêu chí được chấm điểm này",
                ),
            ));
            continue;
        };
        if !seen.insert(id) {
            faults.push(Fault::new(
                format!("{at}/criterion_id"),
                "duplicate",
                Phrase::new("this criterion is scored twice", "tiêu chí này bị chấm điểm hai lần"),
            ));
            continue;
        }
        match check(leaf, entry, &at) {
            Ok(score) => settled.push(score),
            Err(found) => faults.extend(found),
        }
    }
    unless_faulty(faults)?;
    Ok(settled)
}

fn already_answered() -> Phrase {
    Phrase::new(
        "this line has had its second appraisal; change the answer instead",
        "tiêu chí này đã được thẩm định lại; hãy sửa phần trả lời giải trình",
    )
}

fn needs_reason(leaf: &Leaf, line: &Line, at: &str) -> Fault {
    let counted = line.counted(leaf, Stages::default());
    let (kind, before, after) = match (counted.self_scored, counted.appraised) {
        (None, None) => (("figure", "số liệu"), line.attained, line.appraised_attained),
        (before, after) => (("points", "điểm"), before, after),
    };
    let message = match (before, after) {
        (Some(before), Some(after)) => {
            let (en, vi) = kind;
            let number = |number| Language::Vi.number(number);
            Phrase::made(
                format!("appraised {en} {after} instead of {before}: a reason is needed"),
                format!("{vi} thẩm định là {} thay cho {}: phải nêu lý do", number(after), number(before)),
            )
        }
        _ => Phrase::new(
            "the province gave no points: a reason is needed",
            "tỉnh chưa tự chấm điểm dòng này: phải nêu lý do",
        ),
    };
    Fault::new(format!("{at}/appraisal_reason"), "reason_required", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::example::{form, id};

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn entry(code: u128, attained: Option<&str>, points: Option<&str>) -> SelfEntry {
        let input = LineInput { attained: attained.map(decimal), target: None, points: points.map(decimal) };
        SelfEntry { criterion_id: id(code), registered: None, input }
    }

    fn appraisal(code: u128, points: Option<&str>, reason: Option<&str>) -> AppraisalEntry {
        AppraisalEntry {
            criterion_id: id(code),
            points: points.map(decimal),
            reason: reason.map(str::to_owned),
            ..AppraisalEntry::default()
        }
    }

    fn faults<T: std::fmt::Debug>(settled: Result<Vec<T>, Refusal>) -> Vec<String> {
        match settled {
            Err(Refusal::Invalid(faults)) => {
                faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn computed_points_are_filled_in() {
        let entries = [entry(12, None, Some("0")), entry(11, Some("29"), None), entry(23, None, None)];
        let points: Vec<_> = settle_self(&form(), &entries).unwrap().into_iter().map(|score| score.points).collect();
        assert_eq!(points, [Some(Decimal::ZERO), Some(decimal("36.25")), None]);
        assert_eq!(settle_self(&form(), &[]), Ok(Vec::new()));
    }

    #[test]
    fn every_bad_line_is_named_at_once() {
        let entries = [
            entry(11, Some("29"), Some("40")),
            entry(1, None, Some("1")),
            entry(12, None, Some("20.5")),
            entry(12, None, Some("2")),
            entry(21, Some("2"), None),
            entry(22, Some("0.5"), None),
        ];
        assert_eq!(
            faults(settle_self(&form(), &entries)),
            [
                "/scores/0/self_points differs_from_formula",
                "/scores/1/criterion_id unknown_criterion",
                "/scores/2/self_points above_maximum",
                "/scores/3/criterion_id duplicate",
                "/scores/4/target required",
                "/scores/5/attained not_a_count",
            ]
        );
    }

    #[test]
    fn a_line_takes_its_figures_from_a_registered_target() {
        let registered = |actual: Option<&str>| {
            let target_id = Uuid::from_u128(9);
            Some(Registered { target_id, target: Decimal::whole(3), actual: actual.map(decimal) })
        };
        let from = |code, registered| SelfEntry { registered, ..entry(code, None, None) };
        let taken = settle_self(&form(), &[from(21, registered(Some("4"))), from(11, registered(Some("29")))]).unwrap();
        let found: Vec<_> = taken.iter().map(|one| (one.target, one.points, one.target_id.is_some())).collect();
        // 40 × 3 ÷ 4, lower is better, the target from the line; 40 × 29 ÷ 32, the target of the criterion.
        assert_eq!(found, [(Some(decimal("3")), Some(decimal("30")), true), (None, Some(decimal("36.25")), true)]);
        let other = SelfEntry { registered: registered(Some("29")), ..entry(11, Some("30"), None) };
        let refused = settle_self(&form(), &[other, from(21, registered(None)), from(12, registered(Some("1")))]);
        assert_eq!(
            faults(refused),
            [
                "/scores/0/attained differs_from_target",
                "/scores/1/target_id target_without_actual",
                "/scores/2/target_id no_figure",
            ]
        );
    }

    #[test]
    fn a_changed_score_needs_a_reason() {
        let scored = |code, points: &str| Line {
            points: Stages { self_scored: Some(decimal(points)), ..Stages::default() },
            ..Line::blank(id(code))
        };
        let lines = [scored(11, "36.25"), scored(12, "18"), scored(21, "30")];
        let taken = settle_appraisal(
            &form(),
            &lines,
            &[
                appraisal(11, Some("36.25"), Some(" ")),
                appraisal(12, Some("17"), Some("thiếu tài liệu kiểm chứng")),
                appraisal(21, None, None),
                appraisal(22, Some("0"), None),
            ],
        );
        assert_eq!(
            taken.unwrap().into_iter().map(|score| (score.points, score.reason.is_some())).collect::<Vec<_>>(),
            [(Some(decimal("36.25")), false), (Some(decimal("17")), true), (None, false), (Some(Decimal::ZERO), false)]
        );
        let refused = settle_appraisal(
            &form(),
            &lines,
            &[
                appraisal(11, Some("36"), None),
                appraisal(12, Some("-1"), Some("\u{a0}")),
                appraisal(23, Some("1"), Some("vi phạm")),
                appraisal(22, Some("2"), None),
                appraisal(11, Some("36.25"), None),
                appraisal(404, None, None),
            ],
        );
        assert_eq!(
            faults(refused),
            [
                "/scores/0/appraisal_reason reason_required",
                "/scores/1/appraised_points below_minimum",
                "/scores/1/appraisal_reason reason_required",
                "/scores/2/appraised_points above_maximum",
                "/scores/3/appraisal_reason reason_required",
                "/scores/4/criterion_id duplicate",
                "/scores/5/criterion_id unknown_criterion",
            ]
        );
    }
}
