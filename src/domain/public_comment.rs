//! Public comment (lấy ý kiến nhân dân): everybody may read a nomination for some working days, and what is said of it is
//! answered before anything is decided.
//!
//! The length is a setting of the award type. Of who commented nothing is kept.

use chrono::NaiveDate;
use entity::vocab::NominationState;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, unless_faulty},
};

/// Working days where nothing else is set.
pub const USUAL_DAYS: i32 = 10;

/// The most working days that can be set.
pub const MOST_DAYS: i32 = 60;

/// The last day has to pass first.
pub fn running(until: Option<NaiveDate>, today: NaiveDate) -> Option<Blocker> {
    let until = until.filter(|until| today <= *until)?;
    Some(Blocker {
        code: "public_comment_running",
        message: Phrase::made(
            format!("the nomination is open to public comment until {until}"),
            format!("đang lấy ý kiến nhân dân đến hết ngày {}", until.format("%d/%m/%Y")),
        ),
        subject: Subject::any("nomination"),
    })
}

/// Every comment has to be answered first.
pub fn unanswered(count: u64) -> Option<Blocker> {
    let en = if count == 1 {
        "1 comment is not answered yet".to_owned()
    } else {
        format!("{count} comments are not answered yet")
    };
    (count > 0).then(|| Blocker {
        code: "comment_unanswered",
        message: Phrase::made(en, format!("còn {count} ý kiến chưa được trả lời")),
        subject: Subject::any("nomination_comment"),
    })
}

/// Whether comments are recorded now.
pub fn may_record(state: NominationState) -> Result<(), Refusal> {
    use NominationState::*;
    match state {
        PublicComment => Ok(()),
        Proposed | Balloted | DossierComplete | Submitted | Appraised | OnHold | Decided | Rejected | Withdrawn => {
            refused(
                "comments are recorded while the nomination is open to public comment",
                "chỉ ghi nhận ý kiến khi đề nghị khen thưởng đang lấy ý kiến nhân dân",
            )
        }
    }
}

/// Whether a comment is answered now. What led to a hold is answered during it.
pub fn may_answer(state: NominationState, answered: bool) -> Result<(), Refusal> {
    use NominationState::*;
    match state {
        PublicComment | OnHold if answered => refused("the comment has been answered", "ý kiến đã được trả lời"),
        PublicComment | OnHold => Ok(()),
        Proposed | Balloted | DossierComplete | Submitted | Appraised | Decided | Rejected | Withdrawn => refused(
            "comments are answered until the nomination is closed",
            "chỉ trả lời ý kiến trước khi đề nghị khen thưởng kết thúc",
        ),
    }
}

/// Checks the day a comment came in.
pub fn check_received(received_on: NaiveDate, opened_on: Option<NaiveDate>, today: NaiveDate) -> Result<(), Refusal> {
    let early = opened_on.filter(|opened| received_on < *opened).map(|opened| {
        let message = Phrase::made(
            format!("public comment was opened on {opened}"),
            format!("việc lấy ý kiến nhân dân bắt đầu ngày {}", opened.format("%d/%m/%Y")),
        );
        Fault::new("/received_on", "before_public_comment", message)
    });
    let late = (received_on > today)
        .then(|| Fault::new("/received_on", "in_future", Phrase::new("lies in the future", "nằm trong tương lai")));
    unless_faulty(early.into_iter().chain(late).collect())
}

fn refused(en: &'static str, vi: &'static str) -> Result<(), Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::phrase::Language;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_day_counts_whole_and_is_named() {
        let until = Some(day("2024-03-15"));
        for today in ["2024-03-01", "2024-03-15"] {
            let blocker = running(until, day(today)).unwrap();
            assert_eq!(blocker.message.say(Language::En), "the nomination is open to public comment until 2024-03-15");
            assert_eq!(blocker.message.say(Language::Vi), "đang lấy ý kiến nhân dân đến hết ngày 15/03/2024");
        }
        assert_eq!((running(until, day("2024-03-16")), running(None, day("2024-03-16"))), (None, None));
    }

    #[test]
    fn what_was_said_is_answered() {
        let say = |count| unanswered(count).map(|blocker| blocker.message.say(Language::En).to_owned());
        assert_eq!(say(0), None);
        assert_eq!(say(1).as_deref(), Some("1 comment is not answered yet"));
        assert_eq!(say(2).as_deref(), Some("2 comments are not answered yet"));
    }

    #[test]
    fn when_comments_come_and_are_answered() {
        use NominationState::*;
        let recorded: Vec<_> = NominationState::iter().filter(|state| may_record(*state).is_ok()).collect();
        assert_eq!(recorded, [PublicComment]);
        let answered: Vec<_> = NominationState::iter().filter(|state| may_answer(*state, false).is_ok()).collect();
        assert_eq!(answered, [PublicComment, OnHold]);
        assert!(NominationState::iter().all(|state| may_answer(state, true).is_err()));
        let opened = Some(day("2024-03-01"));
        #[rustfmt::skip]
        let cases = [
            ("2024-02-29", Some("before_public_comment")),
            ("2024-03-01", None),
            ("2024-03-05", None),
            ("2024-03-06", Some("in_future")),
        ];
        for (received, expected) in cases {
            let code = match check_received(day(received), opened, day("2024-03-05")) {
                Ok(()) => None,
                Err(Refusal::Invalid(faults)) => Some(faults[0].code),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(code, expected, "{received}");
        }
    }
}
