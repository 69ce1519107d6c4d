//! What may be proposed, and how long a proposal can be changed.

use entity::vocab::{CycleState, NominationState, NomineeKind, RecipientKind};

use super::{Nominee, refused, while_nominating};
use crate::domain::{
    achievement::{self, Achievement},
    nominee::{self, Named},
    phrase::Phrase,
    refusal::{Fault, Refusal, blank, unless_faulty},
};

/// Whether nominations may be proposed: when the ranking is known, and until the year is closed.
pub fn may_propose(cycle: CycleState) -> Result<(), Refusal> {
    while_nominating(cycle)
}

/// Whether award, reason and basis may still change: until the authority has it in hands.
pub fn may_edit(state: NominationState, cycle: CycleState) -> Result<(), Refusal> {
    use NominationState::*;
    match state {
        Proposed => while_nominating(cycle),
        Balloted | DossierComplete | Submitted | Appraised | PublicComment | OnHold | Decided | Rejected
        | Withdrawn => refused(
            "only a nomination that is not yet voted on or submitted can be changed",
            "chỉ sửa được đề nghị khen thưởng chưa bỏ phiếu và chưa trình",
        ),
    }
}

/// What is proposed.
#[derive(Clone, Copy, Debug)]
pub struct Proposal<'a> {
    /// The member of the cycle; `None` where the province is none.
    pub member: Option<&'a Nominee>,
    pub named: Named<'a>,
    pub achievement: Achievement<'a>,
    /// Who can receive the award.
    pub recipient_kinds: &'a [RecipientKind],
    pub reason: &'a str,
}

/// Whether this one may be proposed.
pub fn check_proposal(proposal: &Proposal<'_>) -> Result<(), Refusal> {
    let Proposal { member, named, achievement, recipient_kinds, reason } = *proposal;
    let province = province_fault(member, named.kind);
    let award = award_fault(named.kind, recipient_kinds);
    let faults =
        province.into_iter().chain(nominee::faults(named)).chain(achievement::faults(achievement)).chain(award);
    unless_faulty(faults.chain(reason_fault(reason, named)).collect())
}

/// What is wrong with the reason of a nomination: everybody reads it during public comment.
pub fn reason_fault(reason: &str, named: Named<'_>) -> Option<Fault> {
    blank("/reason", reason).or_else(|| nominee::names_person("/reason", reason, named))
}

fn province_fault(member: Option<&Nominee>, kind: NomineeKind) -> Option<Fault> {
    let (code, message) = match member {
        None => (
            "not_a_member",
            Phrase::new(
                "the province is no member of this cycle",
                "tỉnh, thành phố này không phải là thành viên cụm trong năm thi đua",
            ),
        ),
        Some(member) if kind == NomineeKind::Province && member.excluded => (
            "excluded",
            Phrase::made(
                format!("{} is excluded from the ranking", member.province),
                format!("{} đã bị loại khỏi xếp hạng", member.province),
            ),
        ),
        Some(member) if kind == NomineeKind::Province && member.place.is_none() => (
            "not_ranked",
            Phrase::made(
                format!("{} has no rank to rest a nomination on", member.province),
                format!("{} chưa có thứ hạng làm căn cứ đề nghị khen thưởng", member.province),
            ),
        ),
        Some(_) => return None,
    };
    Some(Fault::new("/province_id", code, message))
}

fn award_fault(kind: NomineeKind, recipient_kinds: &[RecipientKind]) -> Option<Fault> {
    if recipient_kinds.contains(&nominee::recipient_kind(kind)) {
        return None;
    }
    let (code, message) = match kind {
        NomineeKind::Province | NomineeKind::Collective => (
            "not_for_collectives",
            Phrase::new(
                "this award is not given to collectives, and so not to a province",
                "danh hiệu, hình thức khen thưởng này không dành cho tập thể nên không trao cho tỉnh, thành phố",
            ),
        ),
        NomineeKind::Person => (
            "not_for_individuals",
            Phrase::new(
                "this award is not given to individuals",
                "danh hiệu, hình thức khen thưởng này không dành cho cá nhân",
            ),
        ),
    };
    Some(Fault::new("/award_type_id", code, message))
}

#[cfg(test)]
mod tests {
    use entity::vocab::AchievementKind;
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nominations_are_proposed_once_the_ranking_is_known() {
        let known = [CycleState::Finalized, CycleState::Published];
        let states: Vec<_> = CycleState::iter().filter(|cycle| may_propose(*cycle).is_ok()).collect();
        assert_eq!(states, known);
        for state in NominationState::iter() {
            let states: Vec<_> = CycleState::iter().filter(|cycle| may_edit(state, *cycle).is_ok()).collect();
            let expected: &[_] = if state == NominationState::Proposed { &known } else { &[] };
            assert_eq!(states, expected, "{state:?}");
        }
    }

    fn nominee(excluded: bool) -> Nominee {
        Nominee { membership_id: Uuid::from_u128(1), province: "Yên Bái".into(), excluded, place: Some(2) }
    }

    #[test]
    fn what_a_proposal_must_be() {
        use RecipientKind::*;
        let (yen_bai, excluded) = (nominee(false), nominee(true));
        let unranked = Nominee { place: None, ..nominee(false) };
        #[rustfmt::skip]
        let cases: [(_, &[_], _, &[&str]); 7] = [
            (Some(&yen_bai),  &[Individual, Collective, Household], "Xếp thứ hai", &[]),
            (Some(&yen_bai),  &[Collective],                        "Xếp thứ hai", &[]),
            (Some(&yen_bai),  &[Individual, Household],             "Xếp thứ hai", &["/award_type_id not_for_collectives"]),
            (Some(&excluded), &[Collective],                        "Xếp thứ hai", &["/province_id excluded"]),
            (Some(&unranked), &[Collective],                        "Xếp thứ hai", &["/province_id not_ranked"]),
            (None,            &[Collective],                        " ",           &["/province_id not_a_member", "/reason blank"]),
            (None,            &[],                                  "Xếp thứ hai", &["/province_id not_a_member", "/award_type_id not_for_collectives"]),
        ];
        for (nominee, kinds, reason, expected) in cases {
            let proposal = Proposal {
                member: nominee,
                named: Named { kind: NomineeKind::Province, name: None, position: None },
                achievement: Achievement { kind: AchievementKind::Yearly, text: None },
                recipient_kinds: kinds,
                reason,
            };
            let faults = match check_proposal(&proposal) {
                Ok(()) => Vec::new(),
                Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(faults, expected, "{nominee:?} {kinds:?} {reason:?}");
        }
    }

    #[test]
    fn collectives_and_people_need_no_rank_of_their_province() {
        use RecipientKind::{Collective, Individual};
        let (unranked, excluded) = (Nominee { place: None, ..nominee(false) }, nominee(true));
        let office = Named { kind: NomineeKind::Collective, name: Some("Sở Nội vụ"), position: None };
        let person =
            Named {
                kind: NomineeKind::Person, name: Some("Nguyễn Văn A"), position: Some("Giám đốc Sở Nội vụ")
            };
        #[rustfmt::skip]
        let cases: [(_, _, &[_], _, &[&str]); 6] = [
            (Some(&unranked), office, &[Collective], "Dẫn đầu",               &[]),
            (Some(&excluded), person, &[Individual], "Dẫn đầu",               &[]),
            (Some(&unranked), person, &[Collective], "Dẫn đầu",               &["/award_type_id not_for_individuals"]),
            (Some(&unranked), office, &[Individual], "Dẫn đầu",               &["/award_type_id not_for_collectives"]),
            (Some(&unranked), person, &[Individual], "Ông nguyen van A giỏi", &["/reason names_a_person"]),
            (None,            person, &[Individual], " ",                     &["/province_id not_a_member", "/reason blank"]),
        ];
        for (member, named, recipient_kinds, reason, expected) in cases {
            let achievement = Achievement { kind: AchievementKind::Sudden, text: Some("Cứu nạn") };
            let faults = match check_proposal(&Proposal { member, named, achievement, recipient_kinds, reason }) {
                Ok(()) => Vec::new(),
                Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(faults, expected, "{named:?} {reason:?}");
        }
    }
}
