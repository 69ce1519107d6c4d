//! How a cycle scores: settings of the criteria set.

use chrono::{DateTime, Utc};
use entity::decimal::{Decimal, NotDecimal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Adjustment, LateDays, LatenessRule, WrongSelfScoreRule};
use crate::domain::{
    phrase::{Language, Phrase},
    refusal::{Blocker, Fault, Subject},
};

/// How the lines of a cycle are scored; a setting of the criteria
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "appraisal": "mean", "explanation_required": true, "peer_sections": ["III"],
    "lateness": { "per": "started_day", "points": 1, "cap": 5 },
    "wrong_self_score": { "tolerance": 5, "share": 0.5, "cap": 10 },
}))]
pub struct ScoringRules {
    /// How several appraisers come to one score
    #[serde(default)]
    #[schema(required = false, default = "joint")]
    pub appraisal: AppraisalMode,
    /// Whether provinces must have been heard: points become final only from the explanation stage
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub explanation_required: bool,
    /// Codes of the sections that the members score crosswise: the mean of the peers who say something counts there, and
    /// appraisers write nothing
    #[serde(default)]
    #[schema(required = false, max_items = 50, example = json!(["III"]))]
    pub peer_sections: Vec<String>,
    /// What a scorecard costs that comes after its due date; nothing when left out
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lateness: Option<LatenessRule>,
    /// What scoring oneself too high costs; nothing when left out
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_self_score: Option<WrongSelfScoreRule>,
}

/// Rules that cost nothing.
const FREE: LatenessRule = LatenessRule { per: LateDays::StartedDay, points: Decimal::ZERO, cap: None };
const FORGIVEN: WrongSelfScoreRule = WrongSelfScoreRule { tolerance: Decimal::ZERO, share: Decimal::ZERO, cap: None };

/// The most points a rule can name: few enough that no lateness counts beyond what a number holds.
const MOST_POINTS: Decimal = Decimal::whole(1_000_000);

/// Sections the rules can name.
const MOST_SECTIONS: usize = 50;

impl ScoringRules {
    /// What is wrong with the rules themselves, whatever the criteria.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let (root, at) = (at, format!("{at}/peer_sections"));
        let mut faults = vec![];
        if self.peer_sections.len() > MOST_SECTIONS {
            let message = Phrase::new("has more than 50 members", "có quá 50 phần tử");
            faults.push(Fault::new(at.clone(), "too_many", message));
        }
        for (index, section) in self.peer_sections.iter().enumerate() {
            if self.peer_sections.iter().take(index).any(|other| other == section) {
                let message = Phrase::new("is named already", "đã được nêu");
                faults.push(Fault::new(format!("{at}/{index}"), "duplicate", message));
            }
        }
        let LatenessRule { points, cap, .. } = self.lateness.unwrap_or(FREE);
        let late = [("lateness/points", Some(points), MOST_POINTS), ("lateness/cap", cap, MOST_POINTS)];
        let WrongSelfScoreRule { tolerance, share, cap } = self.wrong_self_score.unwrap_or(FORGIVEN);
        let wrong = [
            ("wrong_self_score/tolerance", Some(tolerance), MOST_POINTS),
            ("wrong_self_score/share", Some(share), Decimal::ONE),
            ("wrong_self_score/cap", cap, MOST_POINTS),
        ];
        faults.extend(late.into_iter().chain(wrong).filter_map(|(member, number, most)| {
            let number = number?;
            let outside = number.is_negative() || number > most;
            let message = || {
                Phrase::made(
                    format!("lies between 0 and {most}"),
                    format!("phải từ 0 đến {}", Language::Vi.number(most)),
                )
            };
            outside.then(|| Fault::new(format!("{root}/{member}"), "out_of_range", message()))
        }));
        faults
    }

    /// What is taken from a province's total beside its lines: `came` is when it submitted first and when that was due,
    /// `lines` the self and final points of the lines that have both.
    pub fn adjustments(
        &self,
        came: Option<(DateTime<Utc>, DateTime<Utc>)>,
        lines: impl Iterator<Item = (Decimal, Decimal)>,
    ) -> Result<Vec<Adjustment>, NotDecimal> {
        let late = match (&self.lateness, came) {
            (Some(rule), Some((submitted_at, due_at))) => rule.cost(due_at, submitted_at)?,
            _ => None,
        };
        let wrong = match &self.wrong_self_score {
            Some(rule) => rule.cost(lines)?,
            None => None,
        };
        Ok(late.into_iter().chain(wrong).collect())
    }

    /// What keeps criteria with these rules from being issued: a section they do not have.
    pub fn blockers(&self, sections: &[&str]) -> Vec<Blocker> {
        let unknown = self.peer_sections.iter().filter(|section| !sections.contains(&section.as_str()));
        let blocker = |section: &String| Blocker {
            code: "peers_without_section",
            message: Phrase::made(
                format!("peers are to score the section {section}, which the criteria do not have"),
                format!("quy định chấm chéo nêu mục {section} nhưng bảng tiêu chí không có mục này"),
            ),
            subject: Subject::any("criterion"),
        };
        unknown.map(blocker).collect()
    }

    /// Whether the members score a section crosswise.
    pub fn by_peers(&self, section: &str) -> bool {
        self.peer_sections.iter().any(|one| one == section)
    }

    /// How those who score a section come to one score.
    pub fn mode_in(&self, section: &str) -> AppraisalMode {
        if self.by_peers(section) { AppraisalMode::Mean } else { self.appraisal }
    }

    /// Whether anybody's opinion is kept apart from the score.
    pub fn keep_opinions(&self) -> bool {
        self.appraisal != AppraisalMode::Joint || !self.peer_sections.is_empty()
    }
}

/// How several appraisers come to one score.
///
/// - `joint`: they write one score together; the last word counts
/// - `mean`: each writes an opinion, and the mean of those given counts
/// - `lead`: each writes an opinion, and that of the section's lead counts
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppraisalMode {
    #[default]
    Joint,
    Mean,
    Lead,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_score_the_sections_named() {
        let named = |sections: &[&str]| ScoringRules {
            appraisal: AppraisalMode::Lead,
            peer_sections: sections.iter().map(|one| (*one).to_owned()).collect(),
            ..ScoringRules::default()
        };
        let rules = named(&["III", "II", "III"]);
        let faults: Vec<_> = rules.faults("/scoring_rules").into_iter().map(|one| (one.pointer, one.code)).collect();
        assert_eq!(faults, [("/scoring_rules/peer_sections/2".to_owned(), "duplicate")]);
        let rules = named(&["III", "IX"]);
        assert_eq!(rules.faults(""), []);
        let blockers: Vec<_> = rules.blockers(&["I", "II", "III"]).into_iter().map(|one| one.code).collect();
        assert_eq!(blockers, ["peers_without_section"]);
        assert_eq!((rules.mode_in("III"), rules.mode_in("I")), (AppraisalMode::Mean, AppraisalMode::Lead));
        assert!(named(&[]).keep_opinions() && !ScoringRules::default().keep_opinions());
    }
}
