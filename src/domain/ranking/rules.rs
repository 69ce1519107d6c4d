//! How totals become ranks and classes: settings of the criteria set.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::classification::Classification;
use crate::domain::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Subject},
};

/// Tie-breakers a chain can have.
const MOST_TIE_BREAKERS: usize = 20;

/// How the totals of a cycle become ranks and classes; a setting of the criteria
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "tie_breakers": [{ "by": "section_points", "section": "I" }, { "by": "fewer_penalties" }],
    "classification": { "measure": "percent", "bands": [
        { "name": "Hoàn thành xuất sắc nhiệm vụ", "from": 90 },
        { "name": "Hoàn thành tốt nhiệm vụ", "from": 70, "to": 90 },
        { "name": "Hoàn thành nhiệm vụ", "to": 70 },
    ]},
}))]
pub struct RankingRules {
    /// Tried one after the other among provinces with equal totals; a tie that none breaks shares a rank (1, 1, 3)
    #[serde(default)]
    #[schema(max_items = 20)]
    pub tie_breakers: Vec<TieBreaker>,
    /// The classes of totals; none when left out
    pub classification: Option<Classification>,
}

/// What decides between equal totals.
///
/// - `section_points`: more points in a section, bonus and penalty included
/// - `fewer_penalties`: fewer points taken by penalties
/// - `earlier_submission`: the scorecard was submitted earlier
/// - `ballot`: more votes in a ballot between all that share the rank; the last of the chain
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum TieBreaker {
    /// More points in a section, bonus and penalty included
    SectionPoints {
        /// The code of the section
        #[schema(min_length = 1, max_length = 50, example = "I")]
        section: String,
    },
    /// Fewer points taken by penalties
    FewerPenalties {},
    /// The scorecard was submitted earlier; one that was never submitted comes last
    EarlierSubmission {},
    /// More votes in a ballot that the members held between all that share the rank
    Ballot {},
}

impl RankingRules {
    /// What is wrong with the rules themselves, whatever the criteria.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = vec![];
        if self.tie_breakers.len() > MOST_TIE_BREAKERS {
            faults.push(Fault::new(
                format!("{at}/tie_breakers"),
                "too_many",
                Phrase::new("has more than 20 members", "có quá 20 phần tử"),
            ));
        }
        for (index, breaker) in self.tie_breakers.iter().enumerate() {
            if self.tie_breakers.iter().take(index).any(|other| other == breaker) {
                faults.push(Fault::new(
                    format!("{at}/tie_breakers/{index}"),
                    "duplicate",
                    Phrase::new("stands in the chain already", "đã có trong danh sách"),
                ));
            }
        }
        let last = self.tie_breakers.len().saturating_sub(1);
        if let Some(index) =
            self.tie_breakers.iter().position(|one| *one == TieBreaker::Ballot {}).filter(|at| *at < last)
        {
            let message =
                Phrase::new("a ballot stands at the end of the chain", "bỏ phiếu phải là tiêu chí phụ cuối cùng");
            faults.push(Fault::new(format!("{at}/tie_breakers/{index}"), "not_last", message));
        }
        if let Some(classification) = &self.classification {
            faults.extend(classification.faults(&format!("{at}/classification")));
        }
        faults
    }

    /// Whether a ballot decides what nothing else does.
    pub fn by_ballot(&self) -> bool {
        self.tie_breakers.contains(&TieBreaker::Ballot {})
    }

    /// What keeps criteria with these rules from being issued: a tie-breaker that names no section.
    pub fn blockers(&self, sections: &[&str]) -> Vec<Blocker> {
        let unknown = |breaker: &TieBreaker| match breaker {
            TieBreaker::SectionPoints { section } if !sections.contains(&section.as_str()) => Some(Blocker {
                code: "tie_breaker_without_section",
                message: Phrase::made(
                    format!("a tie-breaker names the section {section}, which the criteria do not have"),
                    format!("tiêu chí phụ nêu mục {section} nhưng bảng tiêu chí không có mục này"),
                ),
                subject: Subject::any("criterion"),
            }),
            TieBreaker::SectionPoints { .. }
            | TieBreaker::FewerPenalties {}
            | TieBreaker::EarlierSubmission {}
            | TieBreaker::Ballot {} => None,
        };
        self.tie_breakers.iter().filter_map(unknown).collect()
    }

    /// The class of a total, in Vietnamese and English.
    pub fn class(&self, total: Decimal, of: Decimal) -> Option<(&str, Option<&str>)> {
        let band = self.classification.as_ref()?.holding(total, of)?;
        Some((&band.name, band.name_en.as_deref()))
    }
}
