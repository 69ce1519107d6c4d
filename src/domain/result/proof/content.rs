//! The words of a proof. They never change; a new version of the computation that needs others gets a file of its own.

use chrono::{DateTime, Utc};
use entity::{decimal::Decimal, vocab::Method};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::{Inputs, Outcome, Province},
    numbers::{Text, as_numbers, as_text},
};
use crate::domain::{
    criteria::{Node, Rule, Tree},
    phrase::Phrase,
    ranking::{Placed, RankingRules, TieStep, TieVotes},
    refusal::Refusal,
    scoring::{Line, ScoringRules, Stages},
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    pub algorithm: u32,
    inputs: WrittenInputs,
    result: Vec<WrittenEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInputs {
    cycle_id: Uuid,
    criteria_set_id: Uuid,
    criteria_number: i32,
    total_points: Text,
    ranking_rules: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scoring_rules: Option<Value>,
    criteria: Vec<WrittenCriterion>,
    provinces: Vec<WrittenProvince>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ballots: Vec<TieVotes>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCriterion {
    id: Uuid,
    parent_id: Option<Uuid>,
    position: i32,
    code: String,
    name: String,
    max_points: Option<Text>,
    method: Option<Method>,
    parameters: Option<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProvince {
    id: Uuid,
    name: String,
    sort_key: String,
    excluded_reason: Option<String>,
    submitted_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    came: Option<(DateTime<Utc>, DateTime<Utc>)>,
    lines: Vec<WrittenLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLine {
    criterion_id: Uuid,
    attained: Option<Text>,
    target: Option<Text>,
    self_points: Option<Text>,
    appraised_attained: Option<Text>,
    appraised_points: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_attained: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_points: Option<Text>,
    corrected_points: Option<Text>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    province_id: Uuid,
    position: i32,
    place: Option<i32>,
    total: Text,
    classification: Option<String>,
    classification_en: Option<String>,
    tie_breaks: Vec<TieStep>,
    sections: Vec<WrittenPoints>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    adjustments: Vec<Value>,
    lines: Vec<WrittenPoints>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPoints {
    criterion_id: Uuid,
    points: Text,
}

impl Content {
    /// In one order, whatever the order of the inputs.
    pub(super) fn of(algorithm: u32, inputs: &Inputs, outcome: &Outcome) -> Self {
        Self {
            algorithm,
            inputs: WrittenInputs::of(inputs),
            result: outcome.placed.iter().map(|placed| WrittenEntry::of(placed, outcome)).collect(),
        }
    }

    /// A word that the algorithm the content names did not have yet.
    pub(super) fn newer_word(&self) -> Option<&'static str> {
        let provinces = || self.inputs.provinces.iter();
        let chain = self.inputs.ranking_rules.get("tie_breakers").and_then(Value::as_array);
        let by_ballot =
            chain.is_some_and(|chain| chain.iter().any(|one| one.get("by") == Some(&Value::from("ballot"))));
        let second = |line: &WrittenLine| line.second_attained.is_some() || line.second_points.is_some();
        [
            (2, "scoring_rules", self.inputs.scoring_rules.is_some()),
            (2, "came", provinces().any(|province| province.came.is_some())),
            (2, "second_points", provinces().any(|province| province.lines.iter().any(second))),
            (2, "adjustments", self.result.iter().any(|entry| !entry.adjustments.is_empty())),
            (3, "ballot", by_ballot || !self.inputs.ballots.is_empty()),
        ]
        .into_iter()
        .find_map(|(since, word, used)| (used && self.algorithm < since).then_some(word))
    }

    pub(super) fn inputs(&self) -> Result<Inputs, Refusal> {
        let WrittenInputs {
            cycle_id,
            criteria_set_id,
            criteria_number,
            total_points,
            ranking_rules,
            scoring_rules,
            criteria,
            provinces,
            ballots,
        } = &self.inputs;
        let scoring = match scoring_rules.clone().map(as_numbers) {
            Some(rules) => serde_json::from_value(rules).map_err(|_| {
                let message = Phrase::new("are no scoring rules", "không phải là quy tắc chấm điểm");
                Refusal::fault("/inputs/scoring_rules", "unreadable", message)
            })?,
            None => ScoringRules::default(),
        };
        let rules: RankingRules = serde_json::from_value(as_numbers(ranking_rules.clone())).map_err(|_| {
            let message = Phrase::new("are no ranking rules", "không phải là quy tắc xếp hạng");
            Refusal::fault("/inputs/ranking_rules", "unreadable", message)
        })?;
        Ok(Inputs {
            cycle_id: *cycle_id,
            criteria_set_id: *criteria_set_id,
            criteria_number: *criteria_number,
            total_points: total_points.0,
            rules,
            scoring,
            criteria: criteria.iter().enumerate().map(|(index, one)| one.read(index)).collect::<Result<_, _>>()?,
            provinces: provinces.iter().map(WrittenProvince::read).collect(),
            ballots: ballots.clone(),
        })
    }
}

impl WrittenInputs {
    fn of(inputs: &Inputs) -> Self {
        // What cannot be put in order gave no result, so this is reached with criteria that can.
        let tree = Tree::build(inputs.criteria.clone(), |_| String::new()).unwrap_or_default();
        let mut provinces: Vec<_> = inputs.provinces.iter().map(WrittenProvince::of).collect();
        provinces.sort_by_key(|province| province.id);
        Self {
            cycle_id: inputs.cycle_id,
            criteria_set_id: inputs.criteria_set_id,
            criteria_number: inputs.criteria_number,
            total_points: Text(inputs.total_points),
            ranking_rules: as_text(serde_json::json!(inputs.rules)),
            scoring_rules: (inputs.scoring != ScoringRules::default())
                .then(|| as_text(serde_json::json!(inputs.scoring))),
            criteria: tree.nodes().iter().map(|placed| WrittenCriterion::of(&placed.node)).collect(),
            provinces,
            ballots: inputs.ballots.clone(),
        }
    }
}

impl WrittenCriterion {
    fn of(node: &Node) -> Self {
        Self {
            id: node.id,
            parent_id: node.parent,
            position: node.position,
            code: node.code.clone(),
            name: node.name.clone(),
            max_points: node.max_points.map(Text),
            method: node.rule.as_ref().map(Rule::method),
            parameters: node.rule.as_ref().map(|rule| as_text(rule.parameters())),
        }
    }

    fn read(&self, index: usize) -> Result<Node, Refusal> {
        let parameters = self.parameters.clone().map(as_numbers);
        let rule = self
            .method
            .map(|method| Rule::from_parts(method, parameters.as_ref(), &format!("/inputs/criteria/{index}")))
            .transpose()?;
        Ok(Node {
            id: self.id,
            parent: self.parent_id,
            position: self.position,
            code: self.code.clone(),
            name: self.name.clone(),
            max_points: self.max_points.map(|points| points.0),
            rule,
            // Evidence backs points; it makes none.
            evidence_required: false,
        })
    }
}

impl WrittenProvince {
    fn of(province: &Province) -> Self {
        let mut lines: Vec<_> = province.lines.iter().map(WrittenLine::of).collect();
        lines.sort_by_key(|line| line.criterion_id);
        Self {
            id: province.id,
            name: province.name.clone(),
            sort_key: province.sort_key.clone(),
            excluded_reason: province.excluded_reason.clone(),
            submitted_at: province.submitted_at,
            came: province.came,
            lines,
        }
    }

    fn read(&self) -> Province {
        Province {
            id: self.id,
            name: self.name.clone(),
            sort_key: self.sort_key.clone(),
            excluded_reason: self.excluded_reason.clone(),
            submitted_at: self.submitted_at,
            came: self.came,
            lines: self.lines.iter().map(WrittenLine::read).collect(),
        }
    }
}

impl WrittenLine {
    fn of(line: &Line) -> Self {
        Self {
            criterion_id: line.criterion_id,
            attained: line.attained.map(Text),
            target: line.target.map(Text),
            self_points: line.points.self_scored.map(Text),
            appraised_attained: line.appraised_attained.map(Text),
            appraised_points: line.points.appraised.map(Text),
            second_attained: line.second_attained.map(Text),
            second_points: line.points.second.map(Text),
            corrected_points: line.points.finalized.map(Text),
        }
    }

    fn read(&self) -> Line {
        let number = |text: Option<Text>| -> Option<Decimal> { text.map(|text| text.0) };
        Line {
            attained: number(self.attained),
            target: number(self.target),
            appraised_attained: number(self.appraised_attained),
            second_attained: number(self.second_attained),
            points: Stages {
                self_scored: number(self.self_points),
                appraised: number(self.appraised_points),
                second: number(self.second_points),
                finalized: number(self.corrected_points),
            },
            ..Line::blank(self.criterion_id)
        }
    }
}

impl WrittenEntry {
    fn of(placed: &Placed, outcome: &Outcome) -> Self {
        let (classification, classification_en) = placed.class.clone().map_or((None, None), |(vi, en)| (Some(vi), en));
        let mut lines: Vec<_> = outcome
            .lines
            .get(&placed.province_id)
            .into_iter()
            .flatten()
            .map(|(criterion_id, points)| WrittenPoints { criterion_id: *criterion_id, points: Text(*points) })
            .collect();
        lines.sort_by_key(|line| line.criterion_id);
        Self {
            province_id: placed.province_id,
            position: placed.position,
            place: placed.place,
            total: Text(placed.total),
            classification,
            classification_en,
            tie_breaks: placed.tie_breaks.clone(),
            sections: placed
                .sections
                .iter()
                .map(|section| WrittenPoints { criterion_id: section.criterion_id, points: Text(section.points) })
                .collect(),
            adjustments: placed.adjustments.iter().map(|one| as_text(serde_json::json!(one))).collect(),
            lines,
        }
    }
}
