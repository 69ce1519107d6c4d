//! Where a nomination stands, and everything that its next step hangs on.

use chrono::NaiveDate;
use entity::vocab::{CycleState, DocumentKind, NominationState, NomineeKind};
use uuid::Uuid;

use super::{Event, next};
use crate::domain::{
    dossier,
    phrase::Phrase,
    public_comment,
    refusal::{Blocker, Refusal, Subject, unless_blocked},
};

/// The province that is nominated, as a member of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominee {
    pub membership_id: Uuid,
    /// The province's name.
    pub province: String,
    pub excluded: bool,
    /// Its rank in the ranking that is in force now.
    pub place: Option<i32>,
}

/// Where a nomination stands, and everything that its next step hangs on.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub state: NominationState,
    /// Where it stood before it was put on hold.
    pub held_from: Option<NominationState>,
    /// The rank it rests on.
    pub place: Option<i32>,
    pub cycle: CycleState,
    pub nominee: &'a Nominee,
    /// The province itself rests on its rank; its collectives and people do not.
    pub nominee_kind: NomineeKind,
    /// The award rule asks for a ballot.
    pub ballot_required: bool,
    /// The required documents that are not there.
    pub missing: &'a [DocumentKind],
    /// Awards that must come before, and are not known.
    pub earlier: &'a [Blocker],
    /// The last day of public comment.
    pub comment_until: Option<NaiveDate>,
    /// Comments that nobody has answered yet.
    pub unanswered: u64,
    /// The day it is in Vietnam.
    pub today: NaiveDate,
}

impl Standing<'_> {
    /// What a step leads to, or everything that forbids it.
    pub fn take(&self, event: Event) -> Result<NominationState, Refusal> {
        let to = next(self.state, self.held_from, event, self.cycle)?;
        unless_blocked(self.blockers(event))?;
        Ok(to)
    }

    /// What stands in the way of a step.
    fn blockers(&self, event: Event) -> Vec<Blocker> {
        let nominee = self.nominee_blocker();
        match event {
            Event::CompleteDossier => {
                let unvoted = self.ballot_required && self.state == NominationState::Proposed;
                let ballot = unvoted.then(|| ballot_missing(self.nominee));
                let documents = self.missing.iter().map(|kind| dossier::document_missing(*kind));
                nominee.into_iter().chain(ballot).chain(documents).chain(self.earlier.iter().cloned()).collect()
            }
            Event::Decide => {
                let running = public_comment::running(self.comment_until, self.today);
                nominee.into_iter().chain(running).chain(public_comment::unanswered(self.unanswered)).collect()
            }
            Event::Submit | Event::Appraise | Event::OpenPublicComment => nominee.into_iter().collect(),
            Event::Ballot | Event::Hold | Event::Release | Event::Reject | Event::Withdraw => vec![],
        }
    }

    /// A province that was excluded after it was proposed goes no further, and a rank that a correction has changed since
    /// supports no award.
    fn nominee_blocker(&self) -> Option<Blocker> {
        if self.nominee_kind != NomineeKind::Province {
            return None;
        }
        let Nominee { membership_id, province: name, excluded, place } = self.nominee;
        if *excluded {
            return Some(Blocker {
                code: "nominee_excluded",
                message: Phrase::made(
                    format!("{name} is excluded from the ranking"),
                    format!("{name} đã bị loại khỏi xếp hạng"),
                ),
                subject: Subject::one("membership", *membership_id),
            });
        }
        (*place != self.place).then(|| Blocker {
            code: "rank_changed",
            message: Phrase::made(
                format!("the rank of {name} has changed: withdraw the nomination and propose it anew"),
                format!("thứ hạng của {name} đã thay đổi: hãy rút đề nghị khen thưởng và đề nghị lại"),
            ),
            subject: Subject::any("ranking"),
        })
    }
}

fn ballot_missing(nominee: &Nominee) -> Blocker {
    let name = &nominee.province;
    Blocker {
        code: "ballot_missing",
        message: Phrase::made(
            format!("the award rule asks for a ballot, and none has carried the nomination of {name}"),
            format!("quy định khen thưởng yêu cầu bỏ phiếu, chưa có cuộc bỏ phiếu nào thông qua việc suy tôn {name}"),
        ),
        subject: Subject::any("ballot"),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{CycleState::*, NominationState::*, *};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn nominee(excluded: bool, place: i32) -> Nominee {
        Nominee { membership_id: Uuid::from_u128(1), province: "Yên Bái".into(), excluded, place: Some(place) }
    }

    /// Nominated on its second rank, the dossier complete, the comments over and answered.
    fn standing(state: NominationState, nominee: &Nominee) -> Standing<'_> {
        Standing {
            state,
            held_from: None,
            place: Some(2),
            cycle: Published,
            nominee,
            nominee_kind: NomineeKind::Province,
            ballot_required: false,
            missing: &[],
            earlier: &[],
            comment_until: Some(day("2024-03-15")),
            unanswered: 0,
            today: day("2024-03-16"),
        }
    }

    fn codes(taken: Result<NominationState, Refusal>) -> Vec<&'static str> {
        match taken {
            Ok(_) => vec![],
            Err(Refusal::Blocked(blockers)) => blockers.iter().map(|blocker| blocker.code).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_is_excluded_or_ranked_anew_goes_no_further() {
        let stopped = |nominee: &Nominee| -> Vec<_> {
            let all = |event: Event| {
                let blockers = standing(Proposed, nominee).blockers(event);
                blockers.into_iter().map(move |one| (event.name(), one.code))
            };
            Event::iter().flat_map(all).collect()
        };
        let steps = ["complete-dossier", "submit", "appraise", "open-public-comment", "decide"];
        assert_eq!(stopped(&nominee(true, 2)), steps.map(|step| (step, "nominee_excluded")));
        assert_eq!(stopped(&nominee(true, 1)), steps.map(|step| (step, "nominee_excluded")));
        assert_eq!(stopped(&nominee(false, 1)), steps.map(|step| (step, "rank_changed")));
        assert_eq!(stopped(&nominee(false, 2)), []);
        for kind in [NomineeKind::Collective, NomineeKind::Person] {
            let province = nominee(true, 1);
            let unranked = Standing { nominee_kind: kind, ..standing(Proposed, &province) };
            let blockers: Vec<_> = Event::iter().flat_map(|event| unranked.blockers(event)).collect();
            assert_eq!(blockers, [], "{kind:?} rests on no rank");
        }
    }

    #[test]
    fn the_state_counts_before_the_blockers() {
        let decided = |state, cycle, excluded| {
            let nominee = nominee(excluded, 2);
            Standing { cycle, ..standing(state, &nominee) }.take(Event::Decide)
        };
        assert_eq!(decided(PublicComment, Published, false), Ok(Decided));
        assert!(matches!(decided(PublicComment, Published, true), Err(Refusal::Blocked(_))));
        assert!(matches!(decided(PublicComment, Finalized, true), Err(Refusal::WrongState(_))));
        assert!(matches!(decided(Appraised, Published, true), Err(Refusal::WrongState(_))));
    }

    #[test]
    fn a_dossier_is_complete_with_its_ballot_and_documents() {
        use DocumentKind::*;
        let yen_bai = nominee(false, 2);
        let completed = |state, ballot_required, missing: &[DocumentKind]| {
            codes(Standing { ballot_required, missing, ..standing(state, &yen_bai) }.take(Event::CompleteDossier))
        };
        assert_eq!(completed(Proposed, false, &[]), Vec::<&str>::new());
        assert_eq!(completed(Balloted, true, &[]), Vec::<&str>::new());
        assert_eq!(completed(Proposed, true, &[]), ["ballot_missing"]);
        let missing = [SubmissionLetter, Minutes];
        assert_eq!(completed(Proposed, true, &missing), ["ballot_missing", "document_missing", "document_missing"]);
        assert_eq!(completed(Balloted, true, &missing), ["document_missing", "document_missing"]);
        let submitted = Standing { missing: &missing, ..standing(DossierComplete, &yen_bai) }.take(Event::Submit);
        assert_eq!(submitted, Ok(Submitted), "what the catalogue asks for later touches no complete dossier");
    }

    #[test]
    fn a_decision_waits_for_the_last_day_and_the_last_answer() {
        let yen_bai = nominee(false, 2);
        let decided = |today: &str, unanswered| {
            let standing = Standing { today: day(today), unanswered, ..standing(PublicComment, &yen_bai) };
            codes(standing.take(Event::Decide))
        };
        assert_eq!(decided("2024-03-15", 0), ["public_comment_running"]);
        assert_eq!(decided("2024-03-15", 3), ["public_comment_running", "comment_unanswered"]);
        assert_eq!(decided("2024-03-16", 1), ["comment_unanswered"]);
        assert_eq!(decided("2024-03-16", 0), Vec::<&str>::new());
    }
}
