//! Whether a scorecard is complete, line by line.

use entity::decimal::Decimal;

use crate::domain::{
    criteria::{Form, Leaf},
    phrase::Phrase,
    refusal::{Blocker, Subject},
    scoring::Line,
};

/// Lines that keep a scorecard from being submitted: those without self points. 0 counts as scored; a bonus or a
/// penalty without an entry counts as 0 and does not block.
pub fn submit_blockers(form: &Form, lines: &[Line]) -> Vec<Blocker> {
    each(form, lines, |leaf, line| {
        line.counted(leaf)
            .self_scored
            .is_none()
            .then(|| blocker(leaf, "line_without_self_points", "has no self points", "chưa có điểm tự chấm"))
    })
}

/// Lines that keep the appraisal from being complete: those without appraised points, and those whose appraised points
/// differ from the self points without a reason. The second also happens when a returned sheet comes back changed.
pub fn appraisal_blockers(form: &Form, lines: &[Line]) -> Vec<Blocker> {
    each(form, lines, |leaf, line| {
        let counted = line.counted(leaf);
        if counted.appraised.is_none() {
            let (en, vi) = ("has no appraised points", "chưa có điểm thẩm định");
            return Some(blocker(leaf, "line_without_appraised_points", en, vi));
        }
        (counted.appraised != counted.self_scored && !is_reason(line.appraisal_reason.as_deref())).then(|| {
            blocker(
                leaf,
                "change_without_reason",
                "has appraised points that differ from the self points without a reason",
                "có điểm thẩm định khác điểm tự chấm nhưng chưa nêu lý do",
            )
        })
    })
}

/// The final points of an appraised line: what the appraisal says. `None` while it says nothing.
pub fn final_points(leaf: &Leaf, line: &Line) -> Option<Decimal> {
    line.counted(leaf).appraised
}

/// White space is no reason.
pub(super) fn is_reason(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn each(form: &Form, lines: &[Line], find: impl Fn(&Leaf, &Line) -> Option<Blocker>) -> Vec<Blocker> {
    form.leaves()
        .iter()
        .filter_map(|leaf| match lines.iter().find(|line| line.criterion_id == leaf.id) {
            Some(line) => find(leaf, line),
            None => find(leaf, &Line::blank(leaf.id)),
        })
        .collect()
}

fn blocker(leaf: &Leaf, code: &'static str, en: &str, vi: &str) -> Blocker {
    let Leaf { id, code: number, name, .. } = leaf;
    Blocker {
        code,
        message: Phrase::made(format!("criterion {number} “{name}” {en}"), format!("tiêu chí {number} “{name}” {vi}")),
        subject: Subject::one("criterion", *id),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        criteria::example::{form, id},
        scoring::Stages,
    };

    fn line(code: u128, self_scored: Option<i32>, appraised: Option<i32>, reason: Option<&str>) -> Line {
        let points = Stages {
            self_scored: self_scored.map(Decimal::whole),
            appraised: appraised.map(Decimal::whole),
            finalized: None,
        };
        Line { points, appraisal_reason: reason.map(str::to_owned), ..Line::blank(id(code)) }
    }

    fn named(blockers: Vec<Blocker>) -> Vec<(&'static str, Uuid)> {
        blockers.into_iter().filter_map(|blocker| Some((blocker.code, blocker.subject.id?))).collect()
    }

    #[test]
    fn a_line_without_self_points_blocks_and_zero_is_a_score() {
        let lines = [line(11, Some(0), None, None), line(12, None, None, None)];
        let found = named(submit_blockers(&form(), &lines));
        // 21 has no stored line at all; the bonus 22 and the penalty 23 count as 0.
        assert_eq!(found, [("line_without_self_points", id(12)), ("line_without_self_points", id(21))]);
        let lines = [11, 12, 21].map(|code| line(code, Some(0), None, None));
        assert_eq!(submit_blockers(&form(), &lines), []);
    }

    #[test]
    fn an_appraisal_is_complete_when_every_line_has_points_and_every_change_its_reason() {
        let lines = [
            line(11, Some(30), Some(29), Some("số liệu của Tổng cục Thống kê")),
            line(12, Some(18), Some(17), Some("  ")),
            line(21, Some(30), None, None),
            line(22, Some(4), None, None),
            line(23, None, Some(-1), None),
        ];
        assert_eq!(
            named(appraisal_blockers(&form(), &lines)),
            [
                ("change_without_reason", id(12)),
                ("line_without_appraised_points", id(21)),
                ("line_without_appraised_points", id(22)),
                ("change_without_reason", id(23)),
            ]
        );
        let complete = [
            line(11, Some(30), Some(29), Some("số liệu của Tổng cục Thống kê")),
            line(12, Some(0), Some(0), None),
            line(21, Some(30), Some(30), None),
            line(22, None, Some(0), None),
        ];
        assert_eq!(appraisal_blockers(&form(), &complete), []);
    }

    #[test]
    fn final_points_are_the_appraised_points() {
        let form = form();
        let of = |line: &Line| final_points(form.leaf(line.criterion_id).unwrap(), line);
        assert_eq!(of(&line(11, Some(30), Some(29), Some("…"))), Some(Decimal::whole(29)));
        assert_eq!(of(&line(11, Some(30), None, None)), None);
        assert_eq!(of(&line(23, None, None, None)), Some(Decimal::ZERO), "no penalty was entered");
    }
}
