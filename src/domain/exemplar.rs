//! The life of an exemplar (điển hình tiên tiến): discovered, fostered, reviewed, spread, as practice has it.
//!
//! ```text
//! Discovered ──Foster──▶ Fostered ──Review──▶ Reviewed ──Spread──▶ Spread
//! ```
//!
//! A rule of this service: an example stands with a name, often a person's, and stays inside until it was reviewed and
//! somebody answered for it by releasing it. `Release` and `Withhold` go on beside the steps.

use entity::vocab::ExemplarState;
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
};

/// What can happen to an exemplar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    Foster,
    Review,
    Spread,
    /// Everybody reads it from now on.
    Release,
    /// Taken back from the public, with a reason.
    Withhold,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// How far an exemplar has come, and whether everybody reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: ExemplarState,
    pub released: bool,
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: Standing, event: Event) -> Result<Standing, Refusal> {
    use ExemplarState::*;
    let Standing { state, released } = from;
    let reach = |state| Ok(Standing { state, ..from });
    match (state, event) {
        (Discovered, Event::Foster) => reach(Fostered),
        (Fostered, Event::Review) => reach(Reviewed),
        (Reviewed, Event::Spread) => reach(Spread),
        (Reviewed | Spread, Event::Release) if !released => Ok(Standing { released: true, ..from }),
        (_, Event::Withhold) if released => Ok(Standing { released: false, ..from }),

        (Fostered | Reviewed | Spread, Event::Foster) => {
            refused("the exemplar has been fostered already", "điển hình đã được bồi dưỡng")
        }
        (Discovered, Event::Review) => {
            refused("only a fostered exemplar is reviewed", "chỉ tổng kết được điển hình đã được bồi dưỡng")
        }
        (Reviewed | Spread, Event::Review) => {
            refused("the exemplar has been reviewed already", "điển hình đã được tổng kết")
        }
        (Discovered | Fostered, Event::Spread) => {
            refused("only a reviewed exemplar is spread", "chỉ nhân rộng được điển hình đã được tổng kết")
        }
        (Spread, Event::Spread) => refused("the exemplar has been spread already", "điển hình đã được nhân rộng"),
        (Discovered | Fostered, Event::Release) => {
            refused("an exemplar is released after its review", "chỉ công khai được điển hình đã được tổng kết")
        }
        (Reviewed | Spread, Event::Release) => refused("the exemplar is public already", "điển hình đã được công khai"),
        (_, Event::Withhold) => refused("the exemplar is not public", "điển hình chưa được công khai"),
    }
}

/// Whether words, name and references may change, or the exemplar be thrown away: what everybody reads does not change
/// silently.
pub fn may_change(standing: Standing) -> Result<(), Refusal> {
    if standing.released {
        return refused(
            "everybody reads it: withhold it first",
            "điển hình đang được công khai: hãy ngừng công khai trước",
        );
    }
    Ok(())
}

/// Which texts of steps a change touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub fostering: bool,
    pub review: bool,
    pub spreading: bool,
}

/// A text of a step is written by the step itself; afterwards it can be corrected.
pub fn check_touched(state: ExemplarState, touched: Touched) -> Result<(), Refusal> {
    use ExemplarState::*;
    let texts = [
        ("/fostering", touched.fostering, Fostered),
        ("/review", touched.review, Reviewed),
        ("/spreading", touched.spreading, Spread),
    ];
    let early = texts.into_iter().filter(|(_, touched, since)| *touched && state < *since);
    unless_faulty(
        early
            .map(|(pointer, ..)| {
                let message = Phrase::new("is written by its step", "được ghi khi thực hiện bước này");
                Fault::new(pointer, "too_early", message)
            })
            .collect(),
    )
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;

    fn standings() -> impl Iterator<Item = Standing> {
        ExemplarState::iter().flat_map(|state| [false, true].map(|released| Standing { state, released }))
    }

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let told = |one: Standing| format!("{:?}{}", one.state, if one.released { " released" } else { "" });
        let arrows: Vec<String> = standings()
            .flat_map(|from| Event::iter().map(move |event| (from, event)))
            .filter_map(|(from, event)| {
                next(from, event).ok().map(|to| format!("{} {event:?} → {}", told(from), told(to)))
            })
            .collect();
        assert_eq!(
            arrows,
            [
                "Discovered Foster → Fostered",
                // Nothing is released so early; where it were, it could be withheld.
                "Discovered released Foster → Fostered released",
                "Discovered released Withhold → Discovered",
                "Fostered Review → Reviewed",
                "Fostered released Review → Reviewed released",
                "Fostered released Withhold → Fostered",
                "Reviewed Spread → Spread",
                "Reviewed Release → Reviewed released",
                "Reviewed released Spread → Spread released",
                "Reviewed released Withhold → Reviewed",
                "Spread Release → Spread released",
                "Spread released Withhold → Spread",
            ]
        );
    }

    #[test]
    fn what_everybody_reads_does_not_change() {
        for standing in standings() {
            assert_eq!(may_change(standing).is_ok(), !standing.released, "{standing:?}");
        }
    }

    #[test]
    fn texts_of_steps_are_corrected_and_never_anticipated() {
        use ExemplarState::*;
        let all = Touched { fostering: true, review: true, spreading: true };
        #[rustfmt::skip]
        let cases: [(ExemplarState, Touched, &[&str]); 6] = [
            (Discovered, Touched::default(),                                        &[]),
            (Discovered, all,                                                       &["/fostering", "/review", "/spreading"]),
            (Fostered,   all,                                                       &["/review", "/spreading"]),
            (Reviewed,   all,                                                       &["/spreading"]),
            (Reviewed,   Touched { spreading: false, ..all },                       &[]),
            (Spread,     all,                                                       &[]),
        ];
        for (state, touched, expected) in cases {
            let found = match check_touched(state, touched) {
                Err(Refusal::Invalid(faults)) => faults.iter().map(|fault| fault.pointer.clone()).collect(),
                other => {
                    assert_eq!(other, Ok(()));
                    vec![]
                }
            };
            assert_eq!(found, expected, "{state:?} {touched:?}");
        }
    }

    proptest! {
        /// Whatever is asked, in whatever order: nobody reads what was not reviewed, and no step is skipped.
        #[test]
        fn nothing_is_public_before_its_review(asked in prop::collection::vec(0..5_usize, 0..30)) {
            let events: Vec<Event> = Event::iter().collect();
            let mut standing = Standing { state: ExemplarState::Discovered, released: false };
            for event in asked.into_iter().filter_map(|index| events.get(index)) {
                let Ok(after) = next(standing, *event) else { continue };
                let steps = ExemplarState::iter().filter(|state| standing.state < *state && *state <= after.state);
                prop_assert!(steps.count() <= 1);
                prop_assert!(!after.released || after.state >= ExemplarState::Reviewed);
                standing = after;
            }
        }
    }
}
