//! Who appraises what: every section has an appraiser, and where the lead's word counts, a lead.

use uuid::Uuid;

use crate::domain::{
    phrase::Phrase,
    refusal::{Blocker, Subject},
    scoring::AppraisalMode,
};

/// The appraisers of a cycle and the sections there are to appraise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    pub mode: AppraisalMode,
    /// The sections of the criteria in force: id and code.
    pub sections: Vec<(Uuid, String)>,
    pub seats: Vec<PanelSeat>,
}

/// One appraiser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelSeat {
    /// Codes; all sections where there are none.
    pub sections: Vec<String>,
    pub lead: bool,
}

impl PanelSeat {
    fn covers(&self, section: &String) -> bool {
        self.sections.is_empty() || self.sections.contains(section)
    }
}

/// What keeps the panel from appraising.
pub(super) fn gaps(panel: &Panel) -> Vec<Blocker> {
    if panel.seats.is_empty() {
        return vec![Blocker {
            code: "no_appraiser",
            message: Phrase::new("no appraiser is assigned", "chưa phân công người thẩm định"),
            subject: Subject::any("appraiser_assignment"),
        }];
    }
    panel.sections.iter().filter_map(|(id, code)| gap(panel, *id, code)).collect()
}

fn gap(panel: &Panel, id: Uuid, code: &String) -> Option<Blocker> {
    let mut covering = panel.seats.iter().filter(|seat| seat.covers(code)).peekable();
    let subject = Subject::one("criterion", id);
    if covering.peek().is_none() {
        return Some(Blocker {
            code: "section_without_appraiser",
            message: Phrase::made(
                format!("section {code} has no appraiser"),
                format!("mục {code} chưa có người thẩm định"),
            ),
            subject,
        });
    }
    let leads = covering.filter(|seat| seat.lead).count();
    (panel.mode == AppraisalMode::Lead && leads != 1).then(|| Blocker {
        code: "section_without_one_lead",
        message: Phrase::made(
            format!("section {code} needs exactly one lead appraiser, and has {leads}"),
            format!("mục {code} cần đúng một người thẩm định chính, hiện có {leads}"),
        ),
        subject,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phrase::Language;

    fn seat(sections: &[&str], lead: bool) -> PanelSeat {
        PanelSeat { sections: sections.iter().map(|code| (*code).to_owned()).collect(), lead }
    }

    #[test]
    fn every_section_has_its_appraiser_and_its_lead() {
        use AppraisalMode::{Joint, Lead, Mean};
        let sections = vec![(Uuid::from_u128(1), "I".to_owned()), (Uuid::from_u128(2), "II".to_owned())];
        #[rustfmt::skip]
        let cases: [(AppraisalMode, Vec<PanelSeat>, &[&str]); 7] = [
            (Joint, vec![],                                     &["no appraiser is assigned"]),
            (Joint, vec![seat(&[], false)],                     &[]),
            (Mean,  vec![seat(&["I"], false)],                  &["section II has no appraiser"]),
            (Mean,  vec![seat(&["I"], false), seat(&["II", "I"], false)], &[]),
            (Lead,  vec![seat(&[], false)],                     &["section I needs exactly one lead appraiser, and has 0", "section II needs exactly one lead appraiser, and has 0"]),
            (Lead,  vec![seat(&[], true), seat(&["II"], true)], &["section II needs exactly one lead appraiser, and has 2"]),
            (Lead,  vec![seat(&["I"], true), seat(&["II"], true), seat(&[], false)], &[]),
        ];
        for (mode, seats, expected) in cases {
            let panel = Panel { mode, sections: sections.clone(), seats };
            let said: Vec<_> = gaps(&panel).iter().map(|gap| gap.message.say(Language::En).to_owned()).collect();
            assert_eq!(said, expected, "{panel:?}");
        }
    }
}
