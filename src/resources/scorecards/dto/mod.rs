//! Scorecards and scores on the wire.

mod breakdown;
mod card;
mod lines;
mod score;

pub(super) use breakdown::{
    Breakdown, BreakdownAdjustment, BreakdownExtension, BreakdownLine, BreakdownSection, BreakdownStage, StageSums,
    StageTotal,
};
pub(super) use card::{Scorecard, ScorecardExpand, ScorecardFilter, ScorecardSort};
pub(super) use lines::{Answers, AppraisedScores, Explanations, ReturnReason, SelfScoreLine, SelfScores};
pub(super) use score::{CriterionBrief, Score, ScoreFilter, ScoreSort};
