//! The sheet of one province: lines, sections and total, at every stage of the points.
//!
//! Nothing is clamped on the way: a total is the sum of its parts to the last digit, even where penalties bring it
//! below 0 or a bonus above the maximum.

use std::collections::HashMap;

use entity::decimal::{Decimal, NotDecimal};
use uuid::Uuid;

use super::{Best, Line, LineInput, Stages, Working, score};
use crate::domain::{
    criteria::{Form, Leaf, Section},
    phrase::{Language, Phrase},
    refusal::{Fault, Refusal, unless_faulty},
};

/// A scorecard with its sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// In display order, one for every leaf of the form.
    pub lines: Vec<SheetLine>,
    pub sections: Vec<SectionSum>,
    pub total: Stages<StageSum>,
    pub max_points: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    pub leaf: Leaf,
    /// How the self points came about; `None` while there are none.
    pub working: Option<Working>,
    /// How the appraised points came about, where they follow from the figure that the appraiser found.
    pub appraisal: Option<Working>,
    /// How the points of the second appraisal came about, where they follow from the figure it found.
    pub second: Option<Working>,
    pub stages: Stages<StagePoints>,
}

/// The points of a line at one stage, and how it came to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagePoints {
    pub points: Option<Decimal>,
    pub how: Phrase,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionSum {
    pub section: Section,
    pub sums: Stages<StageSum>,
}

/// A sum at one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageSum {
    /// Points that are part of the maximum.
    pub within: Decimal,
    /// Bonus and penalty, which lie on top.
    pub on_top: Decimal,
    /// `within` and `on_top` together.
    pub points: Decimal,
    /// Lines without points at this stage; they are not in the sum.
    pub open: usize,
}

impl StageSum {
    fn count(&mut self, leaf: &Leaf, points: Option<Decimal>) -> Result<(), NotDecimal> {
        let Some(points) = points else {
            self.open += 1;
            return Ok(());
        };
        let part = if leaf.rule.is_on_top() { &mut self.on_top } else { &mut self.within };
        *part = part.plus(points)?;
        self.points = self.points.plus(points)?;
        Ok(())
    }
}

fn count(sums: &mut Stages<StageSum>, leaf: &Leaf, points: Stages<Option<Decimal>>) -> Result<(), NotDecimal> {
    sums.self_scored.count(leaf, points.self_scored)?;
    sums.appraised.count(leaf, points.appraised)?;
    sums.second.count(leaf, points.second)?;
    sums.finalized.count(leaf, points.finalized)
}

impl Sheet {
    /// Sums up what is stored. A leaf without a stored line counts as a blank one; the order of the lines is indifferent.
    pub fn of(form: &Form, lines: &[Line], best: &Best) -> Result<Self, Refusal> {
        let stored = by_criterion(form, lines)?;
        let mut total = Stages::default();
        let mut sums: HashMap<Uuid, Stages<StageSum>> = HashMap::new();
        let mut written = Vec::with_capacity(form.leaves().len());
        for leaf in form.leaves() {
            let blank = Line::blank(leaf.id);
            let line = stored.get(&leaf.id).copied().unwrap_or(&blank);
            let best = best.at(leaf.id);
            let counted = line.counted(leaf, best);
            count(&mut total, leaf, counted)?;
            count(sums.entry(leaf.section_id).or_default(), leaf, counted)?;
            written.push(sheet_line(leaf, line, best)?);
        }
        let sections: Vec<SectionSum> = form
            .sections()
            .iter()
            .map(|section| SectionSum {
                section: section.clone(),
                sums: sums.get(&section.id).copied().unwrap_or_default(),
            })
            .collect();
        let max_points = Decimal::sum(sections.iter().map(|sum| sum.section.max_points))?;
        Ok(Self { lines: written, sections, total, max_points })
    }
}

fn by_criterion<'a>(form: &Form, lines: &'a [Line]) -> Result<HashMap<Uuid, &'a Line>, Refusal> {
    let mut stored = HashMap::new();
    let mut faults = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if form.leaf(line.criterion_id).is_none() || stored.insert(line.criterion_id, line).is_some() {
            faults.push(Fault::new(
                format!("/lines/{index}"),
                "not_one_line_each",
                Phrase::new("every criterion has one line", "mỗi tiêu chí có đúng một dòng điểm"),
            ));
        }
    }
    unless_faulty(faults)?;
    Ok(stored)
}

fn sheet_line(leaf: &Leaf, line: &Line, best: Stages<Option<Decimal>>) -> Result<SheetLine, Refusal> {
    let relative = leaf.rule.is_relative();
    let points = line.points.self_scored.filter(|_| !relative);
    let input = LineInput { attained: line.attained, target: line.target, points };
    let working = if points.is_some() || relative {
        score(leaf, input, best.self_scored, "/line").map_err(Refusal::Invalid)?
    } else {
        None
    };
    let found = |attained: Option<Decimal>, best| match attained {
        Some(_) => {
            let input = LineInput { attained, target: line.target, points: None };
            score(leaf, input, best, "/line").map_err(Refusal::Invalid)
        }
        None => Ok(None),
    };
    let appraisal = found(line.appraised_attained, best.appraised)?;
    let second = found(line.second_attained, best.second)?;
    let counted = line.counted(leaf, best);
    let how = Stages {
        self_scored: match (&working, counted.self_scored) {
            (Some(working), _) => working.formula.clone(),
            (None, Some(_)) if relative => follows_the_best(),
            (None, Some(_)) => nothing_entered(),
            (None, None) if line.is_scored(leaf) => waits_for_the_best(),
            (None, None) => Phrase::new("not scored yet", "chưa tự chấm"),
        },
        appraised: match (line.points.appraised, counted.appraised) {
            _ if appraisal.is_some() && line.is_changed(leaf) => {
                appraisal.as_ref().map_or_else(nothing_entered, worked)
            }
            (_, Some(points)) if line.points.appraised.is_some() || relative => taken_over(
                counted.self_scored,
                points,
                &Phrase::new("as scored by the province", "giữ nguyên điểm tự chấm"),
                &Phrase::new("changed in appraisal", "thay đổi khi thẩm định"),
            ),
            (_, Some(_)) => nothing_entered(),
            (_, None) if line.is_appraised(leaf) => waits_for_the_best(),
            (_, None) => Phrase::new("not appraised yet", "chưa thẩm định"),
        },
        second: match (&line.explanation, &line.answer, counted.second) {
            (None, _, None) => Phrase::new("not appraised yet", "chưa thẩm định"),
            (None, _, Some(_)) => Phrase::new("not contested", "không có giải trình"),
            (Some(_), None, _) => Phrase::new("contested, not answered yet", "có giải trình, chưa thẩm định lại"),
            (Some(_), Some(_), _) if second.is_some() => second.as_ref().map_or_else(nothing_entered, worked),
            (Some(_), Some(_), Some(points)) => taken_over(
                counted.appraised,
                points,
                &Phrase::new("upheld in the second appraisal", "giữ nguyên khi thẩm định lại"),
                &Phrase::new("changed in the second appraisal", "thay đổi khi thẩm định lại"),
            ),
            (Some(_), Some(_), None) => waits_for_the_best(),
        },
        finalized: match (line.points.finalized, counted.finalized) {
            (Some(points), _) => taken_over(
                counted.second,
                points,
                &Phrase::new("as appraised", "theo điểm thẩm định"),
                &Phrase::new("corrected after appraisal", "điều chỉnh sau thẩm định"),
            ),
            (None, Some(_)) => nothing_entered(),
            (None, None) => Phrase::new("not final yet", "chưa có điểm chính thức"),
        },
    };
    let how = Stages { appraised: with_opinions(how.appraised, line), ..how };
    let stages = Stages {
        self_scored: StagePoints { points: counted.self_scored, how: how.self_scored },
        appraised: StagePoints { points: counted.appraised, how: how.appraised },
        second: StagePoints { points: counted.second, how: how.second },
        finalized: StagePoints { points: counted.finalized, how: how.finalized },
    };
    Ok(SheetLine { leaf: leaf.clone(), working, appraisal, second, stages })
}

/// Of a mean: of what, and that an abstention is not a zero.
fn with_opinions(how: Phrase, line: &Line) -> Phrase {
    let (count, silent) = (line.opinions.len(), line.abstentions);
    if count + silent < 2 {
        return how;
    }
    let list =
        |language: Language| line.opinions.iter().map(|points| language.number(*points)).collect::<Vec<_>>().join("; ");
    let [en, vi] = match silent {
        0 => [String::new(), String::new()],
        _ => [format!("; {silent} abstained, which counts as nothing"), format!("; {silent} bỏ trống, không tính")],
    };
    Phrase::made(
        format!("{} (mean of {count} opinions: {}{en})", how.say(Language::En), list(Language::En)),
        format!("{} (trung bình của {count} ý kiến: {}{vi})", how.say(Language::Vi), list(Language::Vi)),
    )
}

fn worked(working: &Working) -> Phrase {
    working.formula.clone()
}

fn waits_for_the_best() -> Phrase {
    Phrase::new(
        "follows from the best of the cluster, which is known when the sheets are locked",
        "tính theo kết quả tốt nhất của cụm, biết được khi đã khóa các phiếu",
    )
}

fn follows_the_best() -> Phrase {
    Phrase::new("in relation to the best of the cluster", "tính theo kết quả tốt nhất của cụm")
}

fn nothing_entered() -> Phrase {
    Phrase::new("nothing entered: counts as 0", "không kê khai: tính 0 điểm")
}

/// How a stage relates to the one before it.
fn taken_over(before: Option<Decimal>, points: Decimal, same: &Phrase, changed: &Phrase) -> Phrase {
    match before {
        Some(before) if before != points => {
            let words = |language: Language| {
                format!("{}: {} → {}", changed.say(language), language.number(before), language.number(points))
            };
            Phrase::made(words(Language::En), words(Language::Vi))
        }
        Some(_) => same.clone(),
        None => {
            let words = |language: Language| format!("{}: {}", changed.say(language), language.number(points));
            Phrase::made(words(Language::En), words(Language::Vi))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        criteria::example::{form, id},
        scoring::Finals,
    };

    fn line(code: u128, attained: Option<&str>, points: [Option<&str>; 3]) -> Line {
        let read = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let [self_scored, appraised, finalized] = points.map(read);
        Line {
            attained: read(attained),
            target: (code == 21).then(|| Decimal::whole(3)),
            points: Stages { self_scored, appraised, finalized, ..Stages::default() },
            ..Line::blank(id(code))
        }
    }

    fn lines() -> Vec<Line> {
        vec![
            line(11, Some("29"), [Some("36.25"), Some("36.25"), Some("36.25")]),
            line(12, None, [Some("18"), Some("17.5"), Some("16")]),
            line(21, Some("4"), [Some("30"), None, None]),
            line(22, Some("2"), [Some("4"), Some("4"), Some("4")]),
            line(23, None, [None, Some("-1.5"), Some("-1.5")]),
        ]
    }

    fn figures(sum: StageSum) -> (String, String, String, usize) {
        (sum.within.to_string(), sum.on_top.to_string(), sum.points.to_string(), sum.open)
    }

    fn figure(within: &str, on_top: &str, points: &str, open: usize) -> (String, String, String, usize) {
        (within.into(), on_top.into(), points.into(), open)
    }

    #[test]
    fn lines_sections_and_total_at_every_stage() {
        let sheet = Sheet::of(&form(), &lines(), &Best::default()).unwrap();
        assert_eq!(sheet.max_points, Decimal::whole(100));
        let sums: Vec<_> = sheet.sections.iter().map(|sum| sum.sums.map(figures)).collect();
        assert_eq!(
            sums,
            [
                Stages {
                    self_scored: figure("54.25", "0", "54.25", 0),
                    appraised: figure("53.75", "0", "53.75", 0),
                    second: figure("53.75", "0", "53.75", 0),
                    finalized: figure("52.25", "0", "52.25", 0),
                },
                Stages {
                    self_scored: figure("30", "4", "34", 0),
                    appraised: figure("0", "2.5", "2.5", 1),
                    second: figure("0", "2.5", "2.5", 1),
                    finalized: figure("0", "2.5", "2.5", 1),
                },
            ]
        );
        assert_eq!(figures(sheet.total.self_scored), figure("84.25", "4", "88.25", 0));
        assert_eq!(figures(sheet.total.finalized), figure("52.25", "2.5", "54.75", 1));
        let Err(Refusal::Blocked(blockers)) = Finals::of(&form(), &lines(), &Best::default()) else { panic!() };
        assert_eq!(blockers.iter().map(|b| b.subject.id).collect::<Vec<_>>(), [Some(id(21))]);
    }

    #[test]
    fn every_stage_says_how_it_came_about() {
        let sheet = Sheet::of(&form(), &lines(), &Best::default()).unwrap();
        let said: Vec<_> = sheet
            .lines
            .iter()
            .map(|line| {
                let Stages { self_scored, appraised, finalized, .. } = &line.stages;
                [self_scored, appraised, finalized].map(|stage| stage.how.say(Language::Vi))
            })
            .collect();
        assert_eq!(
            said,
            [
                [
                    "điểm tối đa × kết quả đạt được ÷ chỉ tiêu = 40 × 29 ÷ 32, làm tròn đến 2 chữ số thập phân = 36,25",
                    "giữ nguyên điểm tự chấm",
                    "theo điểm thẩm định"
                ],
                [
                    "người chấm cho từ 0 đến 20 điểm: 18",
                    "thay đổi khi thẩm định: 18 → 17,5",
                    "điều chỉnh sau thẩm định: 17,5 → 16"
                ],
                [
                    "điểm tối đa × chỉ tiêu ÷ kết quả đạt được = 40 × 3 ÷ 4, làm tròn đến 2 chữ số thập phân = 30",
                    "chưa thẩm định",
                    "chưa có điểm chính thức"
                ],
                ["số lượng × điểm mỗi mục = 2 × 2 = 4", "giữ nguyên điểm tự chấm", "theo điểm thẩm định"],
                ["không kê khai: tính 0 điểm", "thay đổi khi thẩm định: 0 → -1,5", "theo điểm thẩm định"],
            ]
        );
    }

    #[test]
    fn a_second_appraisal_stands_beside_the_first() {
        let contested = |line: Line, answer: Option<&str>| Line {
            explanation: Some("có số liệu bổ sung".into()),
            answer: answer.map(str::to_owned),
            ..line
        };
        let mut lines = lines();
        lines[0] = contested(lines[0].clone(), Some("chấp nhận"));
        (lines[0].second_attained, lines[0].points.second) = (Some(Decimal::whole(30)), Some("37.5".parse().unwrap()));
        lines[1] = contested(lines[1].clone(), Some("chấp nhận một phần"));
        lines[1].points.second = Some("17.75".parse().unwrap());
        lines[3] = contested(lines[3].clone(), Some("không chấp nhận"));
        lines[4] = contested(lines[4].clone(), None);
        for line in &mut lines {
            line.points.finalized = None;
        }
        let sheet = Sheet::of(&form(), &lines, &Best::default()).unwrap();
        let said: Vec<_> = sheet
            .lines
            .iter()
            .map(|line| (line.stages.second.points, line.stages.second.how.say(Language::En)))
            .collect();
        let points = |text: &str| Some(text.parse::<Decimal>().unwrap());
        assert_eq!(
            said,
            [
                (points("37.5"), "maximum × attained ÷ target = 40 × 30 ÷ 32, rounded to 2 decimals = 37.5"),
                (points("17.75"), "changed in the second appraisal: 17.5 → 17.75"),
                (None, "not appraised yet"),
                (points("4"), "upheld in the second appraisal"),
                (points("-1.5"), "contested, not answered yet"),
            ]
        );
        // The first appraisal is what it was.
        assert_eq!(figures(sheet.total.appraised), figure("53.75", "2.5", "56.25", 1));
        assert_eq!(figures(sheet.total.second), figure("55.25", "2.5", "57.75", 1));
    }

    #[test]
    fn a_sheet_without_lines_is_open_but_for_bonus_and_penalty() {
        let sheet = Sheet::of(&form(), &[], &Best::default()).unwrap();
        assert_eq!(sheet.total.map(figures), Stages::default().map(|()| figure("0", "0", "0", 3)));
        assert_eq!(sheet.lines.len(), 5);
    }

    #[test]
    fn a_line_twice_or_of_another_form_is_refused() {
        let twice = [lines(), vec![Line::blank(id(11)), Line::blank(id(404))]].concat();
        let Err(Refusal::Invalid(faults)) = Sheet::of(&form(), &twice, &Best::default()) else { panic!() };
        assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/lines/5", "/lines/6"]);
    }

    proptest! {
        #[test]
        fn a_total_is_the_sum_of_its_parts_whatever_their_order(
            points in prop::collection::vec(prop::option::of(-400_000..400_000_i64), 5),
            order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle(),
        ) {
            let form = form();
            let lines: Vec<Line> = form
                .leaves()
                .iter()
                .zip(points)
                .map(|(leaf, points)| {
                    let finalized = points.map(|points| Decimal::from_scaled(points).unwrap());
                    Line { points: Stages { finalized, ..Stages::default() }, ..Line::blank(leaf.id) }
                })
                .collect();
            let sheet = Sheet::of(&form, &lines, &Best::default()).unwrap();
            let shuffled: Vec<Line> = order.iter().map(|index: &usize| lines[*index].clone()).collect();
            prop_assert_eq!(&sheet, &Sheet::of(&form, &shuffled, &Best::default()).unwrap());

            let by_line = sheet.lines.iter().filter_map(|line| line.stages.finalized.points);
            let by_section = sheet.sections.iter().map(|sum| sum.sums.finalized.points);
            let total = sheet.total.finalized;
            prop_assert_eq!(Ok(total.points), Decimal::sum(by_line));
            prop_assert_eq!(Ok(total.points), Decimal::sum(by_section));
            prop_assert_eq!(Ok(total.points), total.within.plus(total.on_top));
            if let Ok(finals) = Finals::of(&form, &lines, &Best::default()) {
                prop_assert_eq!(Decimal::sum(finals.sections.clone()), Ok(total.points));
                let sections: Vec<Decimal> = sheet.sections.iter().map(|sum| sum.sums.finalized.points).collect();
                prop_assert_eq!(finals.sections, sections);
            }
            prop_assert_eq!(total.open, sheet.sections.iter().map(|sum| sum.sums.finalized.open).sum::<usize>());
        }
    }
}
