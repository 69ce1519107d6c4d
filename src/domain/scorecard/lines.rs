//! Whether a scorecard is complete, line by line.

use entity::decimal::Decimal;

use crate::domain::{
    criteria::{Form, Leaf},
    phrase::Phrase,
    refusal::{Blocker, Subject},
    scoring::{Best, Line},
};

/// Lines that keep a scorecard from being submitted: those without self points, and those whose criterion demands
/// evidence while they have neither evidence nor a note that explains why. 0 counts as scored; a bonus or a penalty
/// without an entry counts as 0, claims nothing, and does not block.
pub fn submit_blockers(form: &Form, lines: &[Line]) -> Vec<Blocker> {
    each(form, lines, |leaf, line| {
        if !line.is_scored(leaf) {
            return Some(blocker(leaf, "line_without_self_points", "has no self points", "chưa có điểm tự chấm"));
        }
        let claimed = line.points.self_scored.is_some() || line.attained.is_some();
        (claimed && leaf.evidence_required && !is_backed(line)).then(|| {
            blocker(
                leaf,
                "line_without_evidence",
                "demands evidence: attach a file or a link, or explain in the note why there is none",
                "yêu cầu tài liệu kiểm chứng: hãy đính kèm tệp hoặc liên kết, hoặc giải trình tại ghi chú",
            )
        })
    })
}

/// Evidence, or a written explanation where evidence is missing.
fn is_backed(line: &Line) -> bool {
    line.evidence_count > 0 || is_reason(line.self_note.as_deref())
}

/// Lines that keep the appraisal from being complete: those without appraised points, and those whose appraised points
/// differ from the self points without a reason. The second also happens when a returned sheet comes back changed.
pub fn appraisal_blockers(form: &Form, lines: &[Line]) -> Vec<Blocker> {
    each(form, lines, |leaf, line| {
        if !line.is_appraised(leaf) {
            let (en, vi) = ("has no appraised points", "chưa có điểm thẩm định");
            return Some(blocker(leaf, "line_without_appraised_points", en, vi));
        }
        (line.is_changed(leaf) && !is_reason(line.appraisal_reason.as_deref())).then(|| {
            blocker(
                leaf,
                "change_without_reason",
                "has appraised points that differ from the self points without a reason",
                "có điểm thẩm định khác điểm tự chấm nhưng chưa nêu lý do",
            )
        })
    })
}

/// The final points of an appraised line: what the last appraisal says, in relation to the best of the cluster where they
/// follow from it. `None` while it says nothing.
pub fn final_points(leaf: &Leaf, line: &Line, best: &Best) -> Option<Decimal> {
    line.concluded(leaf, best.at(leaf.id).second)
}

/// White space is no reason.
pub(super) fn is_reason(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

pub(super) fn each(form: &Form, lines: &[Line], find: impl Fn(&Leaf, &Line) -> Option<Blocker>) -> Vec<Blocker> {
    form.leaves()
        .iter()
        .filter_map(|leaf| match lines.iter().find(|line| line.criterion_id == leaf.id) {
            Some(line) => find(leaf, line),
            None => find(leaf, &Line::blank(leaf.id)),
        })
        .collect()
}

pub(super) fn blocker(leaf: &Leaf, code: &'static str, en: &str, vi: &str) -> Blocker {
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
        criteria::example::{demanding, form, id},
        scoring::Stages,
    };

    fn line(code: u128, self_scored: Option<i32>, appraised: Option<i32>, reason: Option<&str>) -> Line {
        let points = Stages {
            self_scored: self_scored.map(Decimal::whole),
            appraised: appraised.map(Decimal::whole),
            ..Stages::default()
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
    fn a_line_that_must_be_backed_has_evidence_or_an_explanation() {
        let form = demanding([12, 22]);
        let with = |scored: Option<i32>, evidence_count: i32, note: Option<&str>| {
            let backed = Line { evidence_count, self_note: note.map(str::to_owned), ..line(12, scored, None, None) };
            let lines = [line(11, Some(0), None, None), backed, line(21, Some(0), None, None)];
            named(submit_blockers(&form, &lines)).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
        };
        #[rustfmt::skip]
        let cases: [(Option<i32>, i32, Option<&str>, &[&str]); 7] = [
            (Some(18), 0, None,                     &["line_without_evidence"]),
            (Some(0),  0, Some(" \u{a0}\n"),        &["line_without_evidence"]),
            (Some(18), 1, None,                     &[]),
            (Some(18), 0, Some("chưa có số liệu"),  &[]),
            (Some(18), 3, Some("xem phụ lục"),      &[]),
            (None,     0, None,                     &["line_without_self_points"]),
            (None,     1, None,                     &["line_without_self_points"]),
        ];
        for (scored, evidence, note, expected) in cases {
            assert_eq!(with(scored, evidence, note), expected, "{scored:?} {evidence} {note:?}");
        }
        // The bonus 22 demands evidence as soon as it is claimed.
        let mut lines: Vec<Line> = [11, 12, 21].map(|code| line(code, Some(0), None, None)).into();
        lines[1].evidence_count = 1;
        assert_eq!(submit_blockers(&form, &lines), []);
        lines.push(line(22, Some(2), None, None));
        assert_eq!(named(submit_blockers(&form, &lines)), [("line_without_evidence", id(22))]);
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
        let of = |line: &Line| final_points(form.leaf(line.criterion_id).unwrap(), line, &Best::default());
        assert_eq!(of(&line(11, Some(30), Some(29), Some("…"))), Some(Decimal::whole(29)));
        assert_eq!(of(&line(11, Some(30), None, None)), None);
        let mut contested = line(11, Some(30), Some(29), Some("…"));
        contested.points.second = Some(Decimal::ZERO);
        assert_eq!(of(&contested), Some(Decimal::ZERO), "the second appraisal stands");
        assert_eq!(of(&line(23, None, None, None)), Some(Decimal::ZERO), "no penalty was entered");
    }
}
