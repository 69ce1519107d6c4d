//! What one member still owes before a step of the cycle.

use chrono::NaiveDate;
use entity::vocab::{PledgeState, ScorecardState};
use uuid::Uuid;

use crate::domain::{
    membership::Seat,
    phrase::Phrase,
    refusal::{Blocker, Subject},
};

/// A province in the cycle, with what it has done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub seat: Seat,
    pub excluded: bool,
    pub pledge: Option<(Uuid, PledgeState)>,
    pub targets: usize,
    pub scorecard: Option<(Uuid, ScorecardState)>,
    /// How many members are to score its sheet crosswise.
    pub peers: usize,
    /// The last day of a province that ended before the year was over.
    pub ended_on: Option<NaiveDate>,
}

pub(super) fn ended(member: &Member) -> Option<Blocker> {
    let (name, day) = (&member.seat.province, member.ended_on?);
    Some(Blocker {
        code: "member_ended",
        message: Phrase::made(
            format!("{name} ended on {day}: let its successors take its place"),
            format!("{name} đã chấm dứt ngày {day}: hãy chuyển cho đơn vị kế thừa"),
        ),
        subject: Subject::one("membership", member.seat.id),
    })
}

pub(super) fn unsigned(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    match member.pledge {
        None => Some(Blocker {
            code: "pledge_missing",
            message: Phrase::made(format!("{name} has no pledge"), format!("{name} chưa có giao ước thi đua")),
            subject: Subject::one("membership", member.seat.id),
        }),
        Some((id, PledgeState::Draft)) => Some(Blocker {
            code: "pledge_not_signed",
            message: Phrase::made(
                format!("{name} has not signed its pledge"),
                format!("{name} chưa ký giao ước thi đua"),
            ),
            subject: Subject::one("pledge", id),
        }),
        Some((_, PledgeState::Signed | PledgeState::Concluded)) => None,
    }
}

pub(super) fn without_targets(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    (member.targets == 0).then(|| Blocker {
        code: "no_targets",
        message: Phrase::made(format!("{name} has registered no target"), format!("{name} chưa đăng ký chỉ tiêu nào")),
        subject: member
            .pledge
            .map_or(Subject::one("membership", member.seat.id), |(pledge, _)| Subject::one("pledge", pledge)),
    })
}

pub(super) fn unsubmitted(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    let (id, message) = match member.scorecard {
        None => {
            return Some(Blocker {
                code: "scorecard_missing",
                message: Phrase::made(format!("{name} has no scorecard"), format!("{name} chưa có phiếu chấm điểm")),
                subject: Subject::one("membership", member.seat.id),
            });
        }
        Some((id, ScorecardState::Draft)) => (
            id,
            Phrase::made(format!("{name} has not submitted its scorecard"), format!("{name} chưa nộp phiếu chấm điểm")),
        ),
        Some((id, ScorecardState::Returned)) => (
            id,
            Phrase::made(
                format!("{name} has not resubmitted its returned scorecard"),
                format!("{name} chưa nộp lại phiếu chấm điểm bị trả lại"),
            ),
        ),
        Some((
            _,
            ScorecardState::Submitted
            | ScorecardState::Appraised
            | ScorecardState::Explained
            | ScorecardState::Reappraised
            | ScorecardState::Final,
        )) => return None,
    };
    Some(Blocker { code: "scorecard_not_submitted", message, subject: Subject::one("scorecard", id) })
}

pub(super) fn unappraised(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    unsubmitted(member).or_else(|| match member.scorecard {
        Some((id, ScorecardState::Submitted)) => Some(Blocker {
            code: "scorecard_not_appraised",
            message: Phrase::made(
                format!("the appraisal of {name}’s scorecard is not complete"),
                format!("phiếu chấm điểm của {name} chưa thẩm định xong"),
            ),
            subject: Subject::one("scorecard", id),
        }),
        None
        | Some((
            _,
            ScorecardState::Draft
            | ScorecardState::Returned
            | ScorecardState::Appraised
            | ScorecardState::Explained
            | ScorecardState::Reappraised
            | ScorecardState::Final,
        )) => None,
    })
}

/// A sheet whose explanations are handed in waits for its second appraisal.
pub(super) fn unanswered(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    unappraised(member).or_else(|| match member.scorecard {
        Some((id, ScorecardState::Explained)) => Some(Blocker {
            code: "explanations_not_answered",
            message: Phrase::made(
                format!("the second appraisal of {name}’s scorecard is not complete"),
                format!("phiếu chấm điểm của {name} chưa thẩm định lại xong"),
            ),
            subject: Subject::one("scorecard", id),
        }),
        None
        | Some((
            _,
            ScorecardState::Draft
            | ScorecardState::Submitted
            | ScorecardState::Returned
            | ScorecardState::Appraised
            | ScorecardState::Reappraised
            | ScorecardState::Final,
        )) => None,
    })
}

/// A draft is no blocker here: it can be signed no more, and nobody could remove the obstacle.
pub(super) fn unconcluded(member: &Member) -> Option<Blocker> {
    let name = &member.seat.province;
    match member.pledge {
        Some((id, PledgeState::Signed)) => Some(Blocker {
            code: "pledge_not_concluded",
            message: Phrase::made(
                format!("the pledge of {name} is not concluded"),
                format!("giao ước thi đua của {name} chưa được tổng kết"),
            ),
            subject: Subject::one("pledge", id),
        }),
        None | Some((_, PledgeState::Draft | PledgeState::Concluded)) => None,
    }
}

#[cfg(test)]
mod tests {
    use entity::vocab::MemberRole;

    use super::*;

    const ID: Uuid = Uuid::from_u128(100);

    fn member(pledge: Option<PledgeState>, scorecard: Option<ScorecardState>) -> Member {
        let (role, deputy_rank) = (MemberRole::Member, None);
        Member {
            seat: Seat { id: Uuid::from_u128(3), province: "Yên Bái".into(), role, deputy_rank },
            excluded: false,
            pledge: pledge.map(|state| (ID, state)),
            targets: 0,
            scorecard: scorecard.map(|state| (ID, state)),
            peers: 0,
            ended_on: None,
        }
    }

    #[test]
    fn where_the_pledge_stands_decides() {
        use PledgeState::*;
        #[rustfmt::skip]
        let cases = [
            // pledge          to activate                to close
            (None,            Some("pledge_missing"),    None),
            (Some(Draft),     Some("pledge_not_signed"), None),
            (Some(Signed),    None,                      Some("pledge_not_concluded")),
            (Some(Concluded), None,                      None),
        ];
        for (state, activate, close) in cases {
            let yen_bai = member(state, None);
            assert_eq!(unsigned(&yen_bai).map(|b| b.code), activate, "{state:?}");
            assert_eq!(unconcluded(&yen_bai).map(|b| b.code), close, "{state:?}");
        }
    }

    #[test]
    fn where_the_scorecard_stands_decides() {
        use ScorecardState::*;
        #[rustfmt::skip]
        let cases = [
            // card             to open appraisal                to open explanation              to finalise
            (None,              Some("scorecard_missing"),       Some("scorecard_missing"),       Some("scorecard_missing")),
            (Some(Draft),       Some("scorecard_not_submitted"), Some("scorecard_not_submitted"), Some("scorecard_not_submitted")),
            (Some(Returned),    Some("scorecard_not_submitted"), Some("scorecard_not_submitted"), Some("scorecard_not_submitted")),
            (Some(Submitted),   None,                            Some("scorecard_not_appraised"), Some("scorecard_not_appraised")),
            (Some(Appraised),   None,                            None,                            None),
            (Some(Explained),   None,                            None,                            Some("explanations_not_answered")),
            (Some(Reappraised), None,                            None,                            None),
            (Some(Final),       None,                            None,                            None),
        ];
        for (state, appraisal, explanation, finalize) in cases {
            let yen_bai = member(None, state);
            assert_eq!(unsubmitted(&yen_bai).map(|b| b.code), appraisal, "{state:?}");
            assert_eq!(unappraised(&yen_bai).map(|b| b.code), explanation, "{state:?}");
            assert_eq!(unanswered(&yen_bai).map(|b| b.code), finalize, "{state:?}");
        }
    }
}
