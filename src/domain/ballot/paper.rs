//! The ballot paper: what a voter may put on it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{
    phrase::Phrase,
    refusal::{Fault, Refusal},
};

/// What a voter says.
///
/// - `yes`, `no`: to a nomination
/// - `abstain`: takes part, and chooses nothing
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Yes,
    No,
    Abstain,
}

/// One vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    Yes,
    No,
    Abstain,
    /// For a candidate.
    For(Uuid),
}

/// What a voter finds on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The candidates; `None` where the question is yes or no.
    pub candidates: Option<Vec<Uuid>>,
    /// The province the voter stands for, where it may not choose itself.
    pub barred: Option<Uuid>,
}

/// Reads what a voter wrote: yes, no or abstention on a nomination, one candidate or abstention elsewhere.
pub fn read(paper: &Paper, choice: Option<Choice>, candidate: Option<Uuid>) -> Result<Vote, Refusal> {
    let fault =
        |member: &str, code, message| Err(Refusal::Invalid(vec![Fault::new(format!("/{member}"), code, message)]));
    match (&paper.candidates, choice, candidate) {
        (_, Some(Choice::Abstain), None) => Ok(Vote::Abstain),
        (None, Some(Choice::Yes), None) => Ok(Vote::Yes),
        (None, Some(Choice::No), None) => Ok(Vote::No),
        (Some(_), Some(Choice::Yes | Choice::No) | None, None) => fault(
            "candidate_id",
            "required",
            Phrase::new("name a candidate, or abstain", "hãy chọn một ứng viên hoặc không lựa chọn (abstain)"),
        ),
        (None, None, None) => fault(
            "choice",
            "required",
            Phrase::new("say yes, no or abstain", "hãy chọn đồng ý, không đồng ý hoặc không lựa chọn"),
        ),
        (None, _, Some(_)) => fault(
            "candidate_id",
            "no_candidates",
            Phrase::new("the question is yes or no", "phiếu này chỉ hỏi đồng ý hay không"),
        ),
        (Some(_), Some(_), Some(_)) => {
            fault("choice", "too_much", Phrase::new("a paper says one thing", "mỗi phiếu chỉ được chọn một nội dung"))
        }
        (Some(_), None, Some(candidate)) if paper.barred == Some(candidate) => fault(
            "candidate_id",
            "own_province",
            Phrase::new("nobody votes for the own province here", "không được bỏ phiếu cho tỉnh mình"),
        ),
        (Some(candidates), None, Some(candidate)) if candidates.contains(&candidate) => Ok(Vote::For(candidate)),
        (Some(_), None, Some(_)) => {
            fault("candidate_id", "unknown_reference", Phrase::new("is no candidate", "không phải là ứng viên"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_says_one_thing() {
        use Choice::{Abstain, No, Yes};
        let [one, two, none] = [1, 2, 9].map(Uuid::from_u128);
        let question = Paper { candidates: None, barred: None };
        let persons = Paper { candidates: Some(vec![one, two]), barred: Some(two) };
        let told = |paper: &Paper, choice, candidate| match read(paper, choice, candidate) {
            Ok(vote) => format!("{vote:?}"),
            Err(Refusal::Invalid(faults)) => format!("{} {}", faults[0].pointer, faults[0].code),
            Err(other) => format!("{other:?}"),
        };
        #[rustfmt::skip]
        let cases = [
            (&question, Some(Yes),     None,       "Yes"),
            (&question, Some(No),      None,       "No"),
            (&question, Some(Abstain), None,       "Abstain"),
            (&question, None,          None,       "/choice required"),
            (&question, None,          Some(one),  "/candidate_id no_candidates"),
            (&question, Some(Yes),     Some(one),  "/candidate_id no_candidates"),
            (&persons,  Some(Abstain), None,       "Abstain"),
            (&persons,  Some(Yes),     None,       "/candidate_id required"),
            (&persons,  None,          None,       "/candidate_id required"),
            (&persons,  Some(Abstain), Some(one),  "/choice too_much"),
            (&persons,  None,          Some(two),  "/candidate_id own_province"),
            (&persons,  None,          Some(none), "/candidate_id unknown_reference"),
        ];
        for (paper, choice, candidate, expected) in cases {
            assert_eq!(told(paper, choice, candidate), expected, "{choice:?} {candidate:?}");
        }
        assert_eq!(read(&persons, None, Some(one)), Ok(Vote::For(one)));
    }
}
