//! What a caller may do with a thing now, and why not: one [`Verdict`] per step.
//!
//! Made by the very functions that enforce the steps, so that what is announced is what is done.

use super::{phrase::Phrase, refusal::Refusal};

/// So many reasons are told in full.
const MOST_TOLD: usize = 3;

/// One step: its name, and the reason why it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub name: &'static str,
    pub outcome: Result<(), Phrase>,
}

impl Verdict {
    /// Allowed, as long as nothing says no.
    pub const fn on(name: &'static str) -> Self {
        Self { name, outcome: Ok(()) }
    }

    /// Allowed only if `asked` says yes, too. Of several refusals the first counts, as it does where they are enforced.
    pub fn and<T, No: Into<Phrase>>(self, asked: Result<T, No>) -> Self {
        let Self { name, outcome } = self;
        Self { name, outcome: outcome.and_then(|()| asked.map(drop).map_err(Into::into)) }
    }

    pub const fn is_allowed(&self) -> bool {
        self.outcome.is_ok()
    }
}

impl From<Refusal> for Phrase {
    /// The refusal in one sentence; of a list the first few.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongState(why) | Refusal::Conflict(why) => why,
            Refusal::Blocked(blockers) => {
                told(&blockers.into_iter().map(|blocker| blocker.message).collect::<Vec<_>>())
            }
            Refusal::Invalid(faults) => told(&faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>()),
        }
    }
}

fn told(reasons: &[Phrase]) -> Phrase {
    use super::phrase::Language::{En, Vi};
    let first =
        |language| reasons.iter().take(MOST_TOLD).map(|reason| reason.say(language)).collect::<Vec<_>>().join("; ");
    let (en, vi) = (first(En), first(Vi));
    match reasons.len().saturating_sub(MOST_TOLD) {
        0 => Phrase::made(en, vi),
        more => Phrase::made(format!("{en}; and {more} more"), format!("{vi}; và {more} nội dung khác")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        phrase::Language,
        refusal::{Blocker, Fault, Subject},
    };

    fn blocked(count: usize) -> Refusal {
        let names = ["Bắc Kạn", "Hòa Bình", "Phú Thọ", "Tuyên Quang", "Yên Bái"];
        Refusal::Blocked(
            names
                .iter()
                .take(count)
                .map(|name| Blocker {
                    code: "pledge_missing",
                    message: Phrase::made(format!("{name} has no pledge"), format!("{name} chưa có giao ước thi đua")),
                    subject: Subject::any("pledge"),
                })
                .collect(),
        )
    }

    #[test]
    fn a_list_is_told_in_one_sentence() {
        let say = |refusal, language| Phrase::from(refusal).say(language).to_owned();
        assert_eq!(say(blocked(1), Language::En), "Bắc Kạn has no pledge");
        assert_eq!(
            say(blocked(3), Language::En),
            "Bắc Kạn has no pledge; Hòa Bình has no pledge; Phú Thọ has no pledge"
        );
        assert_eq!(
            say(blocked(5), Language::En),
            "Bắc Kạn has no pledge; Hòa Bình has no pledge; Phú Thọ has no pledge; and 2 more"
        );
        assert_eq!(
            say(blocked(4), Language::Vi),
            "Bắc Kạn chưa có giao ước thi đua; Hòa Bình chưa có giao ước thi đua; Phú Thọ chưa có giao ước thi đua; và 1 \
             nội dung khác"
        );
        let fault = Fault::new("/reason", "blank", Phrase::new("must not be blank", "không được để trống"));
        assert_eq!(say(Refusal::Invalid(vec![fault]), Language::Vi), "không được để trống");
    }

    #[test]
    fn the_first_refusal_counts() {
        let no = |en| Err::<(), _>(Refusal::WrongState(Phrase::new(en, "không")));
        let yes = || Ok::<_, Refusal>(7);
        assert!(Verdict::on("publish").and(yes()).is_allowed());
        let refused = Verdict::on("publish").and(yes()).and(no("first")).and(no("second")).and(yes());
        assert_eq!((refused.name, refused.outcome), ("publish", Err(Phrase::new("first", "không"))));
    }
}
