//! What a resolution settles: each kind has exactly its link, and the link leads to what can be settled by it.

use entity::vocab::{BallotKind, BallotOutcome, ConferenceKind, NominationState, RankingState};

use crate::domain::{
    nomination::is_standing,
    phrase::Phrase,
    refusal::{Fault, Refusal},
};

/// What a resolution leads to, as it was found. Things of another cycle, and those the caller may not see, are not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Ballot {
        kind: BallotKind,
        outcome: Option<BallotOutcome>,
    },
    Ranking {
        state: RankingState,
    },
    /// Another cycle, or the very one; whether it is of the same cluster.
    SignedCycle {
        same_cluster: bool,
    },
    Nomination {
        state: NominationState,
    },
}

/// The fault of a link, at the member that holds it. Fixed rules of practice: an election is recorded when it is carried;
/// the year-end conference approves the ranking before it is published; whoever withdrew is not nominated.
pub fn check_link(conference: ConferenceKind, link: Link) -> Option<Fault> {
    let fault = |member: &str, code, en, vi| Some(Fault::new(format!("/subject/{member}"), code, Phrase::new(en, vi)));
    match link {
        Link::Ballot { kind: BallotKind::Nomination | BallotKind::Tie, .. } => {
            fault("ballot_id", "wrong_kind", "is no election", "không phải cuộc bỏ phiếu bầu")
        }
        Link::Ballot { kind: BallotKind::Election, outcome } => match outcome {
            Some(BallotOutcome::Carried) => None,
            Some(BallotOutcome::NotCarried | BallotOutcome::Tied | BallotOutcome::NoQuorum) | None => {
                fault("ballot_id", "not_carried", "has elected nobody", "chưa bầu được ai")
            }
        },
        Link::Ranking { .. } if conference != ConferenceKind::YearEnd => fault(
            "kind",
            "year_end_only",
            "only a year-end conference approves a ranking",
            "chỉ hội nghị tổng kết mới thông qua bảng xếp hạng",
        ),
        Link::Ranking { state: RankingState::Provisional } => None,
        Link::Ranking { state: RankingState::Published | RankingState::Superseded } => fault(
            "ranking_id",
            "not_provisional",
            "is published or superseded, and needs no approval",
            "đã công bố hoặc đã được thay thế, không cần thông qua",
        ),
        Link::SignedCycle { same_cluster: true } => None,
        Link::SignedCycle { same_cluster: false } => {
            fault("signed_cycle_id", "other_cluster", "is of another cluster", "thuộc cụm thi đua khác")
        }
        Link::Nomination { state } if is_standing(state) => None,
        Link::Nomination { .. } => {
            fault("nomination_id", "not_standing", "was rejected or withdrawn", "đã bị từ chối hoặc đã rút")
        }
    }
}

/// Whether a resolution can be taken back while the conference is open. What has been published on it stays.
pub fn may_take_back(published: bool) -> Result<(), Refusal> {
    if !published {
        return Ok(());
    }
    Err(Refusal::WrongState(Phrase::new(
        "the ranking has been published on this resolution",
        "bảng xếp hạng đã được công bố theo nghị quyết này",
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_link_leads_where_it_should() {
        use ConferenceKind::{MidYear, YearEnd};
        let ballot = |kind, outcome| Link::Ballot { kind, outcome };
        let ranking = |state| Link::Ranking { state };
        let nomination = |state| Link::Nomination { state };
        let carried = Some(BallotOutcome::Carried);
        #[rustfmt::skip]
        let cases = [
            (YearEnd, ballot(BallotKind::Election, carried),                       None),
            (MidYear, ballot(BallotKind::Election, carried),                       None),
            (YearEnd, ballot(BallotKind::Election, None),                          Some("/subject/ballot_id not_carried")),
            (YearEnd, ballot(BallotKind::Election, Some(BallotOutcome::NoQuorum)), Some("/subject/ballot_id not_carried")),
            (YearEnd, ballot(BallotKind::Nomination, carried),                     Some("/subject/ballot_id wrong_kind")),
            (YearEnd, ballot(BallotKind::Tie, carried),                            Some("/subject/ballot_id wrong_kind")),
            (YearEnd, ranking(RankingState::Provisional),                          None),
            (MidYear, ranking(RankingState::Provisional),                          Some("/subject/kind year_end_only")),
            (YearEnd, ranking(RankingState::Published),                            Some("/subject/ranking_id not_provisional")),
            (YearEnd, ranking(RankingState::Superseded),                           Some("/subject/ranking_id not_provisional")),
            (YearEnd, Link::SignedCycle { same_cluster: true },                    None),
            (YearEnd, Link::SignedCycle { same_cluster: false },                   Some("/subject/signed_cycle_id other_cluster")),
            (YearEnd, nomination(NominationState::Proposed),                       None),
            (YearEnd, nomination(NominationState::Decided),                        None),
            (YearEnd, nomination(NominationState::Withdrawn),                      Some("/subject/nomination_id not_standing")),
            (YearEnd, nomination(NominationState::Rejected),                       Some("/subject/nomination_id not_standing")),
        ];
        for (kind, link, expected) in cases {
            let found = check_link(kind, link).map(|fault| format!("{} {}", fault.pointer, fault.code));
            assert_eq!(found.as_deref(), expected, "{kind:?}, {link:?}");
        }
    }

    #[test]
    fn what_was_published_stays_approved() {
        assert_eq!(may_take_back(false), Ok(()));
        assert!(may_take_back(true).is_err());
    }
}
