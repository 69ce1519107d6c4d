//! All that a result depends on.

use chrono::{DateTime, Utc};
use entity::decimal::Decimal;
use uuid::Uuid;

use crate::domain::{
    criteria::{Form, Node, Tree},
    ranking::{RankingRules, TieVotes},
    refusal::Refusal,
    scoring::{Best, Line, ScoringRules},
};

/// All that a result depends on, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    pub cycle_id: Uuid,
    pub criteria_set_id: Uuid,
    /// The version of the criteria.
    pub criteria_number: i32,
    /// The total of the criteria, bonus aside.
    pub total_points: Decimal,
    pub rules: RankingRules,
    pub scoring: ScoringRules,
    pub criteria: Vec<Node>,
    /// Ballots that were held between provinces that shared a rank.
    pub ballots: Vec<TieVotes>,
    pub provinces: Vec<Province>,
}

/// A province and its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    pub id: Uuid,
    pub name: String,
    /// Orders what shares a rank for display, the Vietnamese way; it decides no rank.
    pub sort_key: String,
    pub excluded_reason: Option<String>,
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the sheet came first, and when that was due, an extension included.
    pub came: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Final points stand in a line only where they were corrected.
    pub lines: Vec<Line>,
}

impl Province {
    /// Changes the line of a criterion; a blank one where there is none.
    pub(super) fn change(&mut self, criterion_id: Uuid, change: impl FnOnce(&mut Line)) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.criterion_id == criterion_id) {
            change(line);
        } else {
            let mut line = Line::blank(criterion_id);
            change(&mut line);
            self.lines.push(line);
        }
    }
}

impl Inputs {
    pub fn form(&self) -> Result<Form, Refusal> {
        Form::of(&Tree::build(self.criteria.clone(), |index| format!("/criteria/{index}"))?)
    }

    /// The best figures of the provinces that compete.
    pub fn best(&self, form: &Form) -> Best {
        let competing = self.provinces.iter().filter(|province| province.excluded_reason.is_none());
        Best::of(form, competing.flat_map(|province| &province.lines))
    }
}

impl Inputs {
    /// The sheets as far as they are: a line takes the farthest stage it has reached. With the number of lines that have
    /// reached none and count as 0.
    pub fn provisional(mut self) -> Result<(Self, usize), Refusal> {
        let form = self.form()?;
        let mut open = 0;
        for province in &mut self.provinces {
            for leaf in form.leaves() {
                province.change(leaf.id, |line| {
                    if line.points.finalized.is_some() || line.is_appraised(leaf) {
                        return;
                    }
                    if leaf.rule.is_relative() && line.attained.is_some() {
                        line.appraised_attained = line.attained;
                    } else {
                        open += usize::from(!line.is_scored(leaf));
                        line.points.finalized = Some(line.points.self_scored.unwrap_or_default());
                    }
                });
            }
        }
        Ok((self, open))
    }
}
