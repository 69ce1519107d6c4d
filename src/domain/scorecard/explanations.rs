//! What a province contests, and what the second appraisal answers: line by line, all or none.
//!
//! Fixed rules of practice: an explanation (giải trình) answers one line and gets an answer; the first appraisal stays
//! beside the second. The answer is the reason of what the second appraisal changes.

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{
    entries::{Found, appraised_points, settle},
    lines::{blocker, each, is_reason},
};
use crate::domain::{
    criteria::Form,
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject},
    scoring::Line,
};

/// What the province says to one line; nothing takes back what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationEntry {
    pub criterion_id: Uuid,
    pub text: Option<String>,
}

/// An explanation as it is stored; an empty one is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub criterion_id: Uuid,
    pub text: Option<String>,
}

/// What the second appraisal says to one explanation. Without points and without a figure the first appraisal stands;
/// without an answer the line is not answered (any more).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerEntry {
    pub criterion_id: Uuid,
    pub text: Option<String>,
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
}

/// An answer as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub criterion_id: Uuid,
    pub text: Option<String>,
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
}

/// The province's explanations, in the order they were sent, or all that is wrong with them (`/explanations/{i}/…`).
pub fn settle_explanations(
    form: &Form,
    lines: &[Line],
    entries: &[ExplanationEntry],
) -> Result<Vec<Explanation>, Refusal> {
    settle(
        form,
        "explanations",
        entries,
        |entry| entry.criterion_id,
        |leaf, entry, at| {
            let answered = line(lines, leaf.id).is_some_and(|line| line.answer.is_some());
            if answered {
                let message = Phrase::new(
                    "this line has had its second appraisal",
                    "tiêu chí này đã được thẩm định lại, không giải trình thêm được",
                );
                return Err(vec![Fault::new(format!("{at}/explanation"), "answered", message)]);
            }
            Ok(Explanation { criterion_id: leaf.id, text: some_text(entry.text.as_ref()) })
        },
    )
}

/// The answers of the second appraisal, in the order they were sent, or all that is wrong with them (`/answers/{i}/…`).
/// In a sheet whose second appraisal is complete no answer is taken back.
pub fn settle_answers(
    form: &Form,
    lines: &[Line],
    entries: &[AnswerEntry],
    complete: bool,
) -> Result<Vec<Answer>, Refusal> {
    settle(
        form,
        "answers",
        entries,
        |entry| entry.criterion_id,
        |leaf, entry, at| {
            let Some(line) = line(lines, leaf.id).filter(|line| line.explanation.is_some()) else {
                let message =
                    Phrase::new("the province has not contested this line", "tỉnh không giải trình về tiêu chí này");
                return Err(vec![Fault::new(format!("{at}/criterion_id"), "not_contested", message)]);
            };
            let text = some_text(entry.text.as_ref());
            let found = Found { target: line.target, attained: entry.attained, points: entry.points };
            let (points, mut faults) = match appraised_points(leaf, found, ["second_attained", "second_points"], at) {
                Ok(points) => (points, vec![]),
                Err(faults) => (entry.points, faults),
            };
            let changes = entry.attained.is_some() || entry.points.is_some();
            if text.is_none() && (complete || changes) {
                let message = Phrase::new("an explanation gets an answer", "phải trả lời giải trình của tỉnh");
                faults.push(Fault::new(format!("{at}/answer"), "required", message));
            }
            if !faults.is_empty() {
                return Err(faults);
            }
            Ok(Answer { criterion_id: leaf.id, text, attained: entry.attained, points })
        },
    )
}

/// What keeps explanations from being handed in: there are none that wait for an answer.
pub fn explanation_blockers(lines: &[Line]) -> Vec<Blocker> {
    if lines.iter().any(waits) {
        return vec![];
    }
    vec![Blocker {
        code: "nothing_explained",
        message: Phrase::new("no line is contested", "chưa giải trình tiêu chí nào"),
        subject: Subject::any("score"),
    }]
}

/// Lines that keep the second appraisal from being complete: contested and not answered.
pub fn second_appraisal_blockers(form: &Form, lines: &[Line]) -> Vec<Blocker> {
    each(form, lines, |leaf, line| {
        waits(line).then(|| {
            blocker(
                leaf,
                "explanation_without_answer",
                "is contested and has no answer",
                "chưa được trả lời giải trình",
            )
        })
    })
}

fn waits(line: &Line) -> bool {
    line.explanation.is_some() && line.answer.is_none()
}

fn line(lines: &[Line], criterion_id: Uuid) -> Option<&Line> {
    lines.iter().find(|line| line.criterion_id == criterion_id)
}

fn some_text(text: Option<&String>) -> Option<String> {
    text.filter(|text| is_reason(Some(text))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        criteria::example::{form, id},
        scoring::Stages,
    };

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// Appraised, contested where there is an explanation, answered where there is an answer.
    fn appraised(code: u128, points: &str, explanation: Option<&str>, answer: Option<&str>) -> Line {
        Line {
            points: Stages { appraised: Some(decimal(points)), ..Stages::default() },
            explanation: explanation.map(str::to_owned),
            answer: answer.map(str::to_owned),
            ..Line::blank(id(code))
        }
    }

    fn lines() -> [Line; 3] {
        [
            appraised(11, "30", Some("thiếu quý IV"), None),
            appraised(12, "17", Some("có phụ lục"), Some("giữ nguyên")),
            appraised(21, "30", None, None),
        ]
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
    fn a_line_is_explained_until_it_is_answered() {
        let entry =
            |code, text: Option<&str>| ExplanationEntry { criterion_id: id(code), text: text.map(str::to_owned) };
        let settled = settle_explanations(&form(), &lines(), &[entry(11, Some("\u{a0} ")), entry(21, Some("sai số"))]);
        let texts: Vec<_> = settled.unwrap().into_iter().map(|one| one.text).collect();
        assert_eq!(texts, [None, Some("sai số".to_owned())]);
        let refused = settle_explanations(&form(), &lines(), &[entry(12, None), entry(404, None), entry(12, None)]);
        assert_eq!(
            faults(refused),
            [
                "/explanations/0/explanation answered",
                "/explanations/1/criterion_id unknown_criterion",
                "/explanations/2/criterion_id duplicate"
            ]
        );
    }

    #[test]
    fn an_answer_is_the_reason_of_what_it_changes() {
        let entry = |code, text: Option<&str>, attained: Option<&str>, points: Option<&str>| AnswerEntry {
            criterion_id: id(code),
            text: text.map(str::to_owned),
            attained: attained.map(decimal),
            points: points.map(decimal),
        };
        let settle = |entries: &[AnswerEntry], complete| settle_answers(&form(), &lines(), entries, complete);
        // 40 × 29 ÷ 32: the points follow from the figure; without either the first appraisal stands.
        let taken = settle(&[entry(11, Some("chấp nhận"), Some("29"), None), entry(12, Some("giữ"), None, None)], true);
        let points: Vec<_> = taken.unwrap().into_iter().map(|one| (one.points, one.text.is_some())).collect();
        assert_eq!(points, [(Some(decimal("36.25")), true), (None, true)]);
        let taken_back = settle(&[entry(11, None, None, None)], false).unwrap();
        assert_eq!((taken_back[0].points, &taken_back[0].text), (None, &None));
        let refused = settle(
            &[
                entry(11, None, Some("29"), Some("40")),
                entry(12, Some("giữ"), None, Some("20.5")),
                entry(21, Some("không ai hỏi"), None, None),
            ],
            false,
        );
        assert_eq!(
            faults(refused),
            [
                "/answers/0/second_points differs_from_formula",
                "/answers/0/answer required",
                "/answers/1/second_points above_maximum",
                "/answers/2/criterion_id not_contested",
            ]
        );
        assert_eq!(faults(settle(&[entry(12, None, None, None)], true)), ["/answers/0/answer required"]);
    }

    #[test]
    fn what_is_contested_waits_for_its_answer() {
        let codes =
            |blockers: Vec<Blocker>| blockers.into_iter().map(|one| (one.code, one.subject.id)).collect::<Vec<_>>();
        assert_eq!(codes(explanation_blockers(&lines())), []);
        assert_eq!(codes(explanation_blockers(&lines()[1..])), [("nothing_explained", None)]);
        let open = second_appraisal_blockers(&form(), &lines());
        assert_eq!(codes(open), [("explanation_without_answer", Some(id(11)))]);
        assert_eq!(codes(second_appraisal_blockers(&form(), &lines()[1..])), []);
    }
}
