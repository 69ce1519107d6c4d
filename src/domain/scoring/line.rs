//! One stored line, and what it counts at every stage.
//!
//! Fixed rule of practice: the stages of a score stand side by side, none overwrites another.

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{LineInput, relative::relative_points};
use crate::domain::criteria::Leaf;

/// One value for each stage of the points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stages<T> {
    /// Điểm tự chấm: by the province.
    pub self_scored: T,
    /// Điểm thẩm định: by the appraisers.
    pub appraised: T,
    /// Điểm thẩm định lại: what stands after the explanations were answered; the first appraisal where nothing was contested.
    pub second: T,
    /// Điểm chính thức: set when the cycle is finalised.
    pub finalized: T,
}

impl<T> Stages<T> {
    pub fn map<U>(self, change: impl Fn(T) -> U) -> Stages<U> {
        Stages {
            self_scored: change(self.self_scored),
            appraised: change(self.appraised),
            second: change(self.second),
            finalized: change(self.finalized),
        }
    }
}

/// What is stored of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub criterion_id: Uuid,
    pub attained: Option<Decimal>,
    pub target: Option<Decimal>,
    /// The figure as the appraiser found it, where the points follow from a figure.
    pub appraised_attained: Option<Decimal>,
    /// The figure as the second appraisal found it.
    pub second_attained: Option<Decimal>,
    /// As stored; of the second appraisal only what it changed. What counts says [`Line::counted`].
    pub points: Stages<Option<Decimal>>,
    pub appraisal_reason: Option<String>,
    /// Why the province contests the appraisal.
    pub explanation: Option<String>,
    /// What the second appraisal says to that.
    pub answer: Option<String>,
    /// The points of several appraisers or peers whose mean is the appraisal.
    pub opinions: Vec<Decimal>,
    /// How many of them abstained.
    pub abstentions: usize,
    /// What the province says to the line; where evidence is missing, its explanation.
    pub self_note: Option<String>,
    /// How many files and links support it.
    pub evidence_count: i32,
}

impl Line {
    /// A line nobody has written in yet.
    pub fn blank(criterion_id: Uuid) -> Self {
        Self {
            criterion_id,
            attained: None,
            target: None,
            appraised_attained: None,
            second_attained: None,
            points: Stages::default(),
            appraisal_reason: None,
            explanation: None,
            answer: None,
            opinions: vec![],
            abstentions: 0,
            self_note: None,
            evidence_count: 0,
        }
    }

    /// Whether the province has said what it has to say: points, or the figure they will follow from. A bonus or a
    /// penalty without an entry says that nothing happened.
    pub fn is_scored(&self, leaf: &Leaf) -> bool {
        leaf.rule.is_on_top()
            || self.points.self_scored.is_some()
            || (leaf.rule.is_relative() && self.attained.is_some())
    }

    /// Whether the appraiser has: as [`Line::is_scored`], but what the province entered needs an answer.
    pub fn is_appraised(&self, leaf: &Leaf) -> bool {
        self.points.appraised.is_some()
            || (leaf.rule.is_relative() && self.appraised_attained.is_some())
            || (leaf.rule.is_on_top() && self.points.self_scored.is_none())
    }

    /// Whether the appraisal says something else than the province did.
    pub fn is_changed(&self, leaf: &Leaf) -> bool {
        if leaf.rule.is_relative() && self.appraised_attained.is_some() {
            return self.appraised_attained != self.attained;
        }
        let counted = self.counted(leaf, Stages::default());
        counted.appraised != counted.self_scored
    }

    /// What the line counts at each stage; `None` while it has no points there. A bonus or a penalty without an entry
    /// counts as 0: nothing happened that would add or take away points. Points that follow from the best of the cluster
    /// are there when it is known.
    pub fn counted(&self, leaf: &Leaf, best: Stages<Option<Decimal>>) -> Stages<Option<Decimal>> {
        let Stages { self_scored, appraised, finalized, .. } = self.points;
        let nothing = leaf.rule.is_on_top() && self_scored.is_none() && appraised.is_none();
        Stages {
            self_scored: self.claimed(leaf, best.self_scored),
            appraised: self.found(leaf, best.appraised),
            second: self.concluded(leaf, best.second),
            finalized: finalized.or(nothing.then_some(Decimal::ZERO)),
        }
    }

    /// The `self` stage of [`Line::counted`].
    pub fn claimed(&self, leaf: &Leaf, best: Option<Decimal>) -> Option<Decimal> {
        let nothing = leaf.rule.is_on_top().then_some(Decimal::ZERO);
        self.follows(leaf, self.attained, best).or(self.points.self_scored).or(nothing)
    }

    /// The `second` stage of [`Line::counted`]: what the last appraisal says.
    pub fn concluded(&self, leaf: &Leaf, best: Option<Decimal>) -> Option<Decimal> {
        self.follows(leaf, self.second_attained, best).or(self.points.second).or_else(|| self.found(leaf, best))
    }

    /// The `appraised` stage, given the best of that stage.
    fn found(&self, leaf: &Leaf, best: Option<Decimal>) -> Option<Decimal> {
        let nothing = (leaf.rule.is_on_top() && self.points.self_scored.is_none()).then_some(Decimal::ZERO);
        self.follows(leaf, self.appraised_attained, best).or(self.points.appraised).or(nothing)
    }

    /// Points that follow from a figure and the best of the cluster.
    fn follows(&self, leaf: &Leaf, attained: Option<Decimal>, best: Option<Decimal>) -> Option<Decimal> {
        if !leaf.rule.is_relative() {
            return None;
        }
        relative_points(leaf, LineInput { attained, target: self.target, points: None }, best)
    }
}
