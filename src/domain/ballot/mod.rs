//! Ballots (bỏ phiếu): one engine for nominations, elections of head and deputies, and ties.
//!
//! ```text
//! Draft ──Open──▶ Open ──Close──▶ Closed
//!   └─────Cancel───┴────▶ Cancelled
//! ```
//!
//! Fixed rules of practice: one province has one vote; nobody votes on the own province, unless the setting says so; no
//! tally is known before the ballot is closed. Settings: secrecy, quorum, threshold and its base ([`BallotRules`]).

mod count;
mod paper;
mod rules;
mod urn;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::vocab::{BallotKind, BallotState, CycleState};
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    refusal::{Blocker, Refusal, Subject},
};

pub use count::{CandidateVotes, Tally, count};
pub use paper::{Choice, Paper, Vote, read};
pub use rules::{BallotRules, ThresholdBase};
pub use urn::{Receipt, Sealed, Urn};

/// What can happen to a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// The electorate is settled, and votes may be cast.
    Open,
    /// No more votes; they are counted.
    Close,
    /// It is given up, with a reason.
    Cancel,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: BallotState, event: Event) -> Result<BallotState, Refusal> {
    use BallotState::*;
    match (from, event) {
        (Draft, Event::Open) => Ok(Open),
        (Open, Event::Close) => Ok(Closed),
        (Draft | Open, Event::Cancel) => Ok(Cancelled),
        (_, Event::Open) => refused("only a draft ballot can be opened", "chỉ mở được cuộc bỏ phiếu đang chuẩn bị"),
        (_, Event::Close) => refused("only an open ballot can be closed", "chỉ kết thúc được cuộc bỏ phiếu đang mở"),
        (_, Event::Cancel) => refused("the ballot has ended", "cuộc bỏ phiếu đã kết thúc"),
    }
}

/// Whether a ballot can still be changed or deleted: the rules stand before the first vote.
pub fn may_edit(state: BallotState) -> Result<(), Refusal> {
    match state {
        BallotState::Draft => Ok(()),
        _ => refused("only a draft ballot can be changed", "chỉ sửa được cuộc bỏ phiếu đang chuẩn bị"),
    }
}

/// Whether the cycle is where such a ballot has its place.
pub fn may_hold(kind: BallotKind, cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match (kind, cycle) {
        (BallotKind::Nomination, Finalized | Published)
        | (
            BallotKind::Election,
            Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published,
        )
        | (BallotKind::Tie, Finalized) => Ok(()),
        (BallotKind::Nomination, _) => refused(
            "nominations are voted on while the cycle is finalised or published",
            "chỉ bỏ phiếu suy tôn khi năm thi đua đã chốt điểm hoặc đã công bố",
        ),
        (BallotKind::Election, _) => refused("the cycle has ended", "năm thi đua đã kết thúc hoặc đã dừng"),
        (BallotKind::Tie, _) => refused(
            "ties are voted on when the cycle is finalised and not yet published",
            "chỉ bỏ phiếu phân định đồng hạng khi năm thi đua đã chốt điểm và chưa công bố",
        ),
    }
}

/// Whether a vote may be cast now.
pub fn may_vote(
    state: BallotState,
    opens_at: Option<DateTime<Utc>>,
    closes_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if state != BallotState::Open {
        return refused("votes are cast while the ballot is open", "chỉ bỏ phiếu được khi cuộc bỏ phiếu đang mở");
    }
    if let Some(opens_at) = opens_at.filter(|opens_at| now < *opens_at) {
        let at = say(opens_at);
        return Err(Refusal::WrongState(Phrase::made(
            format!("voting begins at {at}"),
            format!("thời gian bỏ phiếu bắt đầu lúc {at}"),
        )));
    }
    if let Some(closes_at) = closes_at.filter(|closes_at| now > *closes_at) {
        let at = say(closes_at);
        return Err(Refusal::WrongState(Phrase::made(
            format!("voting ended at {at}"),
            format!("thời gian bỏ phiếu đã hết lúc {at}"),
        )));
    }
    Ok(())
}

/// What keeps a ballot from being opened.
pub fn open_blockers(kind: BallotKind, voters: usize, candidates: usize) -> Vec<Blocker> {
    let least = match kind {
        BallotKind::Nomination => 0,
        BallotKind::Election => 1,
        BallotKind::Tie => 2,
    };
    let nobody = (voters == 0).then(|| Blocker {
        code: "no_voters",
        message: Phrase::new("nobody may vote", "không có ai được bỏ phiếu"),
        subject: Subject::any("ballot_voter"),
    });
    let few = (candidates < least).then(|| Blocker {
        code: "too_few_candidates",
        message: Phrase::made(
            format!("it needs at least {least} candidates, and has {candidates}"),
            format!("cần ít nhất {least} ứng viên, hiện có {candidates}"),
        ),
        subject: Subject::any("ballot_candidate"),
    });
    nobody.into_iter().chain(few).collect()
}

/// What keeps a ballot from being closed: time that was announced is given to those who have not voted yet.
pub fn close_blockers(closes_at: Option<DateTime<Utc>>, missing: usize, now: DateTime<Utc>) -> Vec<Blocker> {
    let waiting = closes_at.filter(|closes_at| now <= *closes_at && missing > 0);
    let blocker = |closes_at| {
        let at = say(closes_at);
        Blocker {
            code: "voting_not_over",
            message: Phrase::made(
                format!("{missing} have not voted, and may until {at}"),
                format!("còn {missing} đại biểu chưa bỏ phiếu và được bỏ phiếu đến {at}"),
            ),
            subject: Subject::any("ballot_voter"),
        }
    };
    waiting.map(blocker).into_iter().collect()
}

fn say(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let allowed: Vec<String> = BallotState::iter()
            .flat_map(|from| Event::iter().map(move |event| (from, event)))
            .filter_map(|(from, event)| next(from, event).ok().map(|to| format!("{from:?} {event:?} → {to:?}")))
            .collect();
        assert_eq!(
            allowed,
            ["Draft Open → Open", "Draft Cancel → Cancelled", "Open Close → Closed", "Open Cancel → Cancelled"]
        );
        assert_eq!(BallotState::iter().filter(|state| may_edit(*state).is_ok()).count(), 1);
    }

    #[test]
    fn each_kind_has_its_time() {
        use CycleState::*;
        let states = |kind| CycleState::iter().filter(|state| may_hold(kind, *state).is_ok()).collect::<Vec<_>>();
        assert_eq!(states(BallotKind::Nomination), [Finalized, Published]);
        assert_eq!(states(BallotKind::Tie), [Finalized]);
        assert_eq!(
            states(BallotKind::Election),
            [Draft, Launched, Active, SelfScoring, Appraisal, Explanation, Finalized, Published]
        );
    }

    #[test]
    fn the_clock_opens_and_closes_the_voting() {
        let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
        let (opens, closes) = (Some(at("2024-03-01T07:00:00Z")), Some(at("2024-03-01T08:00:00Z")));
        #[rustfmt::skip]
        let cases = [
            ("2024-03-01T06:59:59Z", false),
            ("2024-03-01T07:00:00Z", true),
            ("2024-03-01T08:00:00Z", true),
            ("2024-03-01T08:00:01Z", false),
        ];
        for (now, allowed) in cases {
            assert_eq!(may_vote(BallotState::Open, opens, closes, at(now)).is_ok(), allowed, "{now}");
            assert!(may_vote(BallotState::Closed, opens, closes, at(now)).is_err());
        }
        assert_eq!(close_blockers(closes, 1, at("2024-03-01T08:00:00Z")).len(), 1);
        assert_eq!(close_blockers(closes, 0, at("2024-03-01T08:00:00Z")), []);
        assert_eq!(close_blockers(closes, 1, at("2024-03-01T08:00:01Z")), []);
        assert_eq!(close_blockers(None, 7, at("2024-03-01T08:00:01Z")), []);
    }

    #[test]
    fn a_ballot_needs_voters_and_candidates() {
        let codes = |kind, voters, candidates| {
            open_blockers(kind, voters, candidates).iter().map(|blocker| blocker.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(BallotKind::Nomination, 0, 0), ["no_voters"]);
        assert_eq!(codes(BallotKind::Election, 7, 0), ["too_few_candidates"]);
        assert_eq!(codes(BallotKind::Tie, 7, 1), ["too_few_candidates"]);
        assert_eq!(codes(BallotKind::Tie, 7, 2), [""; 0]);
    }
}
