//! What may be proposed, and how long a proposal can be changed.

use entity::vocab::{CycleState, NominationState, RecipientKind};

use super::{Nominee, refused, while_nominating};
use crate::domain::{
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

/// Whether this one may be proposed. `nominee` is `None` where the province is no member of the cycle.
pub fn check_proposal(
    nominee: Option<&Nominee>,
    recipient_kinds: &[RecipientKind],
    reason: &str,
) -> Result<(), Refusal> {
    let province = match nominee {
        None => Some((
            "not_a_member",
            Phrase::new(
                "the province is no member of this cycle",
                "tỉnh, thành phố này không phải là thành viên cụm trong năm thi đua",
            ),
        )),
        Some(nominee) if nominee.excluded => Some((
            "excluded",
            Phrase::made(
                format!("{} is excluded from the ranking", nominee.province),
                format!("{} đã bị loại khỏi xếp hạng", nominee.province),
            ),
        )),
        Some(nominee) if nominee.place.is_none() => Some((
            "not_ranked",
            Phrase::made(
                format!("{} has no rank to rest a nomination on", nominee.province),
                format!("{} chưa có thứ hạng làm căn cứ đề nghị khen thưởng", nominee.province),
            ),
        )),
        Some(_) => None,
    };
    let province = province.map(|(code, message)| Fault::new("/province_id", code, message));
    let award = (!recipient_kinds.contains(&RecipientKind::Collective)).then(|| {
        let message = Phrase::new(
            "this award is not given to collectives, and so not to a province",
            "danh hiệu, hình thức khen thưởng này không dành cho tập thể nên không trao cho tỉnh, thành phố",
        );
        Fault::new("/award_type_id", "not_for_collectives", message)
    });
    unless_faulty(province.into_iter().chain(award).chain(blank("/reason", reason)).collect())
}

#[cfg(test)]
mod tests {
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
            let faults = match check_proposal(nominee, kinds, reason) {
                Ok(()) => Vec::new(),
                Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(faults, expected, "{nominee:?} {kinds:?} {reason:?}");
        }
    }
}
