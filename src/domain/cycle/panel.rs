//! Who appraises what: every section has an appraiser, and where the lead's word counts, a lead; where the members score
//! crosswise, every member has a peer.

use std::collections::HashSet;

use uuid::Uuid;

use super::Member;
use crate::domain::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, unless_faulty},
    scoring::{AppraisalMode, ScoringRules},
};

/// The appraisers of a cycle and the sections there are to appraise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    pub rules: ScoringRules,
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

/// A member whose sheet nobody scores where the members score crosswise.
pub(super) fn without_peers(panel: &Panel, member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    (!panel.rules.peer_sections.is_empty() && member.peers == 0).then(|| Blocker {
        code: "province_without_peers",
        message: Phrase::made(
            format!("no member is assigned to score {name} crosswise"),
            format!("chưa phân công thành viên chấm chéo cho {name}"),
        ),
        subject: Subject::one("membership", member.seat.id),
    })
}

/// Who scores whom crosswise: members only, nobody the own sheet (fixed rule: conflict of interest), no pair twice. Pairs
/// are whose sheet and who scores it; faults stand at `/peers/{i}/…`.
pub fn check_peers(members: &HashSet<Uuid>, pairs: &[(Uuid, Uuid)]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    let mut faults = vec![];
    for (index, (province_id, peer_id)) in pairs.iter().enumerate() {
        let at = |member: &str| format!("/peers/{index}{member}");
        for (member, id) in [("/province_id", province_id), ("/peer_id", peer_id)] {
            if !members.contains(id) {
                let message = Phrase::new("is no member of the cycle", "không phải thành viên của năm thi đua");
                faults.push(Fault::new(at(member), "unknown_reference", message));
            }
        }
        if province_id == peer_id {
            let message = Phrase::new("nobody scores the own sheet", "không được tự chấm chéo phiếu của mình");
            faults.push(Fault::new(at("/peer_id"), "own_sheet", message));
        }
        if !seen.insert((province_id, peer_id)) {
            faults.push(Fault::new(at(""), "duplicate", Phrase::new("is given already", "đã được nêu")));
        }
    }
    unless_faulty(faults)
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
    let appraised = panel.sections.iter().filter(|(_, code)| !panel.rules.by_peers(code));
    appraised.filter_map(|(id, code)| gap(panel, *id, code)).collect()
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
    (panel.rules.appraisal == AppraisalMode::Lead && leads != 1).then(|| Blocker {
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
    fn nobody_scores_the_own_sheet() {
        let id = Uuid::from_u128;
        let members = HashSet::from([id(1), id(2), id(3)]);
        assert_eq!(check_peers(&members, &[(id(1), id(2)), (id(2), id(1)), (id(1), id(3))]), Ok(()));
        let Err(Refusal::Invalid(faults)) =
            check_peers(&members, &[(id(1), id(2)), (id(1), id(1)), (id(9), id(3)), (id(1), id(2))])
        else {
            panic!()
        };
        let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        let expected = [
            ("/peers/1/peer_id", "own_sheet"),
            ("/peers/2/province_id", "unknown_reference"),
            ("/peers/3", "duplicate"),
        ];
        assert_eq!(found, expected);
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
            let rules = ScoringRules { appraisal: mode, ..ScoringRules::default() };
            let panel = Panel { rules, sections: sections.clone(), seats };
            let said: Vec<_> = gaps(&panel).iter().map(|gap| gap.message.say(Language::En).to_owned()).collect();
            assert_eq!(said, expected, "{panel:?}");
            let by_peers = ScoringRules { peer_sections: vec!["I".into(), "II".into()], ..panel.rules.clone() };
            let left = gaps(&Panel { rules: by_peers, ..panel.clone() });
            assert_eq!(left.is_empty(), !panel.seats.is_empty(), "peers need no appraiser: {panel:?}");
        }
    }
}
