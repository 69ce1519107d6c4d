//! The life of a pledge (giao ước thi đua): a province's signed commitment for a cycle.
//!
//! ```text
//! Draft ──Sign──▶ Signed ──Conclude──▶ Concluded
//!                  │  ▲
//!                  Amend
//! ```
//!
//! Fixed rules of practice: the pledge is signed at the conference that launches the year; targets are registered
//! around that day, so a pledge can be signed before it has any; a signed pledge changes only by a recorded amendment
//! with a reason. To add a target is no change of what was promised: it promises more.

use chrono::{DateTime, Utc};
use entity::vocab::{CycleState, PledgeState};
use strum::{EnumIter, IntoStaticStr};
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, blank, unless_faulty},
};

/// What can happen to a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    Sign,
    /// Text or targets change after the signature, with a reason.
    Amend,
    /// The year's results are in.
    Conclude,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What can be written in a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Write {
    /// Text and signatory; to throw the pledge away is to change it, too.
    Text,
    /// A new target.
    AddTarget,
    /// Another promise in a target that is there, or its removal.
    AlterTarget,
    /// The actual figure of a target, and where it comes from.
    Actual,
}

/// The whole state machine, in the state the cycle has when the step is asked for. What is not listed is refused.
pub fn next(from: PledgeState, event: Event, cycle: CycleState) -> Result<PledgeState, Refusal> {
    use PledgeState::*;
    let to = match (from, event) {
        (Draft, Event::Sign) => Signed,
        (Signed, Event::Amend) => Signed,
        (Signed, Event::Conclude) => Concluded,
        (Signed | Concluded, Event::Sign) => {
            return refused("the pledge has been signed already", "giao ước thi đua đã được ký");
        }
        (Draft, Event::Amend) => {
            return refused(
                "a draft needs no amendment: it can still be changed",
                "giao ước thi đua còn là dự thảo, sửa trực tiếp được, không cần điều chỉnh",
            );
        }
        (Draft, Event::Conclude) => {
            return refused("only a signed pledge can be concluded", "chỉ tổng kết được giao ước thi đua đã ký");
        }
        (Concluded, Event::Amend | Event::Conclude) => return concluded(),
    };
    match event {
        Event::Sign => while_pledging(cycle, "pledges are signed", "chỉ ký giao ước thi đua")?,
        Event::Amend => while_pledging(cycle, "pledges are amended", "chỉ điều chỉnh giao ước thi đua")?,
        Event::Conclude => while_concluding(cycle)?,
    }
    Ok(to)
}

/// Whether a pledge stands: it was signed, and may be concluded.
pub fn is_signed(state: PledgeState) -> bool {
    matches!(state, PledgeState::Signed | PledgeState::Concluded)
}

/// Whether a pledge can be begun: it may be prepared while the cycle itself still is.
pub fn may_create(cycle: CycleState) -> Result<(), Refusal> {
    while_writing(cycle)
}

/// Whether something may be written without an amendment.
pub fn may_write(write: Write, pledge: PledgeState, cycle: CycleState) -> Result<(), Refusal> {
    use PledgeState::*;
    match (write, pledge) {
        (Write::Text | Write::AlterTarget, Draft) => while_writing(cycle),
        (Write::AddTarget, Draft | Signed) => while_writing(cycle),
        (Write::Actual, Signed) => while_reporting(cycle),
        (Write::Text | Write::AlterTarget, Signed) => refused(
            "a signed pledge changes only by an amendment with a reason",
            "giao ước thi đua đã ký chỉ thay đổi được bằng điều chỉnh có nêu lý do",
        ),
        (Write::Actual, Draft) => {
            refused("the pledge has not been signed yet", "giao ước thi đua chưa được ký nên chưa ghi được kết quả")
        }
        (Write::Text | Write::AddTarget | Write::AlterTarget | Write::Actual, Concluded) => concluded(),
    }
}

/// What a signature consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    pub text: &'a str,
    pub signatory_name: Option<&'a str>,
    pub signatory_title: Option<&'a str>,
    pub signed_place: Option<&'a str>,
    pub signed_at: Option<DateTime<Utc>>,
}

/// What keeps a pledge from being signed. Targets are not among it: they may come later.
pub fn sign_blockers(pledge_id: Uuid, signature: &Signature<'_>, now: DateTime<Utc>) -> Vec<Blocker> {
    let Signature { text, signatory_name, signatory_title, signed_place, signed_at } = *signature;
    let empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let missing = [
        (empty(Some(text)), "text_missing", "the pledge has no text", "giao ước thi đua chưa có nội dung"),
        (empty(signatory_name), "signatory_missing", "nobody is named to sign it", "chưa ghi tên người ký"),
        (
            empty(signatory_title),
            "signatory_title_missing",
            "the signatory’s office is not given",
            "chưa ghi chức vụ của người ký",
        ),
        (empty(signed_place), "place_missing", "the place of signing is not given", "chưa ghi nơi ký"),
        (signed_at.is_none(), "time_missing", "the time of signing is not given", "chưa ghi thời điểm ký"),
        (
            signed_at.is_some_and(|at| at > now),
            "signed_in_future",
            "the time of signing lies in the future",
            "thời điểm ký nằm trong tương lai",
        ),
    ];
    missing
        .into_iter()
        .filter(|(stands, ..)| *stands)
        .map(|(_, code, en, vi)| Blocker {
            code,
            message: Phrase::new(en, vi),
            subject: Subject::one("pledge", pledge_id),
        })
        .collect()
}

/// An amendment has a reason and changes something.
pub fn check_amendment<T: PartialEq>(reason: &str, before: &T, after: &T) -> Result<(), Refusal> {
    let unchanged = (before == after).then(|| {
        Fault::new("", "unchanged", Phrase::new("the amendment changes nothing", "điều chỉnh không làm thay đổi gì"))
    });
    unless_faulty(blank("/reason", reason).into_iter().chain(unchanged).collect())
}

fn while_writing(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Draft | Launched | Active => Ok(()),
        SelfScoring | Appraisal | Explanation | Finalized | Published | Closed | Interrupted => refused(
            "pledges and targets are written until self-scoring opens",
            "giao ước thi đua và chỉ tiêu chỉ được soạn trước khi mở tự chấm điểm",
        ),
    }
}

fn while_pledging(cycle: CycleState, en: &str, vi: &str) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active => Ok(()),
        Draft | SelfScoring | Appraisal | Explanation | Finalized | Published | Closed | Interrupted => {
            Err(Refusal::WrongState(Phrase::made(
                format!("{en} between the launch of the cycle and the opening of self-scoring"),
                format!("{vi} được sau khi phát động năm thi đua và trước khi mở tự chấm điểm"),
            )))
        }
    }
}

/// What was published does not change silently.
fn while_reporting(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active | SelfScoring | Appraisal | Explanation | Finalized => Ok(()),
        Draft | Published | Closed | Interrupted => refused(
            "actual figures are given between the launch of the cycle and its publication",
            "kết quả thực hiện chỉ tiêu chỉ được ghi sau khi phát động và trước khi công bố kết quả năm thi đua",
        ),
    }
}

fn while_concluding(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Appraisal | Explanation | Finalized | Published => Ok(()),
        Draft | Launched | Active | SelfScoring | Closed | Interrupted => refused(
            "pledges are concluded from appraisal until the cycle is closed",
            "giao ước thi đua chỉ được tổng kết từ bước thẩm định đến trước khi kết thúc năm thi đua",
        ),
    }
}

fn concluded<T>() -> Result<T, Refusal> {
    refused(
        "the pledge is concluded; nothing changes any more",
        "giao ước thi đua đã được tổng kết, không thay đổi được nữa",
    )
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// One line per pair, followed by the states of the cycle in which it is allowed.
    fn table<E: Copy + std::fmt::Debug>(
        events: &[E],
        allowed: impl Fn(PledgeState, E, CycleState) -> Option<String>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for (pledge, event) in PledgeState::iter().flat_map(|p| events.iter().map(move |event| (p, *event))) {
            let cycles: Vec<_> =
                CycleState::iter().filter_map(|c| allowed(pledge, event, c).map(|to| (to, format!("{c:?}")))).collect();
            if let Some((to, _)) = cycles.first() {
                let cycles: Vec<_> = cycles.iter().map(|(_, cycle)| cycle.as_str()).collect();
                lines.push(format!("{pledge:?} {event:?}{to} in {}", cycles.join(", ")));
            }
        }
        lines
    }

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let machine = table(&Event::iter().collect::<Vec<_>>(), |pledge, event, cycle| {
            next(pledge, event, cycle).ok().map(|to| format!(" → {to:?}"))
        });
        assert_eq!(
            machine,
            [
                "Draft Sign → Signed in Launched, Active",
                "Signed Amend → Signed in Launched, Active",
                "Signed Conclude → Concluded in Appraisal, Explanation, Finalized, Published",
            ]
        );
    }

    #[test]
    fn what_may_be_written_when() {
        let writable = table(&Write::iter().collect::<Vec<_>>(), |pledge, write, cycle| {
            may_write(write, pledge, cycle).ok().map(|()| String::new())
        });
        assert_eq!(
            writable,
            [
                "Draft Text in Draft, Launched, Active",
                "Draft AddTarget in Draft, Launched, Active",
                "Draft AlterTarget in Draft, Launched, Active",
                "Signed AddTarget in Draft, Launched, Active",
                "Signed Actual in Launched, Active, SelfScoring, Appraisal, Explanation, Finalized",
            ]
        );
        let creatable: Vec<_> = CycleState::iter().filter(|cycle| may_create(*cycle).is_ok()).collect();
        assert_eq!(creatable, [CycleState::Draft, CycleState::Launched, CycleState::Active]);
    }

    #[test]
    fn a_signature_is_complete_or_says_what_is_missing() {
        let now: DateTime<Utc> = "2024-03-01T02:00:00Z".parse().unwrap();
        let whole = Signature {
            text: "Phấn đấu hoàn thành các chỉ tiêu",
            signatory_name: Some("Nguyễn Văn A"),
            signatory_title: Some("Chủ tịch UBND tỉnh"),
            signed_place: Some("Bắc Kạn"),
            signed_at: Some(now),
        };
        let bare = Signature {
            text: " ",
            signatory_name: None,
            signatory_title: Some(""),
            signed_place: None,
            signed_at: None,
        };
        let later = Signature { signed_at: Some(now + chrono::TimeDelta::seconds(1)), ..whole };
        #[rustfmt::skip]
        let cases: [(Signature<'_>, &[&str]); 3] = [
            (whole, &[]),
            (bare,  &["text_missing", "signatory_missing", "signatory_title_missing", "place_missing", "time_missing"]),
            (later, &["signed_in_future"]),
        ];
        for (signature, expected) in cases {
            let blockers = sign_blockers(Uuid::nil(), &signature, now);
            assert_eq!(blockers.iter().map(|b| b.code).collect::<Vec<_>>(), expected, "{signature:?}");
        }
    }

    #[test]
    fn an_amendment_has_a_reason_and_changes_something() {
        let faults = |reason, before, after| match check_amendment(reason, &before, &after) {
            Ok(()) => Vec::new(),
            Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(faults("Điều chỉnh theo nghị quyết HĐND", 30, 32), [""; 0]);
        assert_eq!(faults(" \n", 30, 32), ["/reason blank"]);
        assert_eq!(faults("", 32, 32), ["/reason blank", " unchanged"]);
    }
}
