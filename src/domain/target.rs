//! Targets (chỉ tiêu đăng ký): what became of a promise, and of all of them.
//!
//! Fixed rules of practice: better than promised is exceeded, exactly as promised is met; a real 0 is a figure, no
//! missing one.

use std::cmp::Ordering;

use entity::{
    decimal::Decimal,
    vocab::{Direction, TargetOutcome},
};

use super::phrase::Phrase;

/// What became of a target.
pub fn outcome(direction: Direction, target: Decimal, actual: Option<Decimal>) -> TargetOutcome {
    let Some(actual) = actual else { return TargetOutcome::Open };
    let better = match direction {
        Direction::HigherIsBetter => actual.cmp(&target),
        Direction::LowerIsBetter => target.cmp(&actual),
    };
    match better {
        Ordering::Greater => TargetOutcome::Exceeded,
        Ordering::Equal => TargetOutcome::Met,
        Ordering::Less => TargetOutcome::Missed,
    }
}

/// What became of the targets of a pledge, counted: `met + missed + open = total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub total: u32,
    /// Met or exceeded, as reports count.
    pub met: u32,
    /// The part of `met` that is better than promised.
    pub exceeded: u32,
    pub missed: u32,
    pub open: u32,
}

impl Summary {
    /// The sentence of a report: “29 of 32 met, 17 exceeded”.
    pub fn phrase(&self) -> Phrase {
        let Self { total, met, exceeded, missed: _, open } = self;
        let (open_en, open_vi) = match open {
            0 => (String::new(), String::new()),
            _ => (format!(", {open} still open"), format!(", {open} chỉ tiêu chưa có kết quả")),
        };
        Phrase::made(
            format!("{met} of {total} met, {exceeded} exceeded{open_en}"),
            format!("{met}/{total} chỉ tiêu đạt, trong đó {exceeded} chỉ tiêu vượt{open_vi}"),
        )
    }
}

impl Summary {
    /// From counts: of `total` targets so many have a figure, so many of these are exactly as promised, so many better.
    pub fn counted(total: u32, told: u32, exact: u32, better: u32) -> Self {
        Self { total, met: exact + better, exceeded: better, missed: told - exact - better, open: total - told }
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        let Self { total, met, exceeded, missed, open } = other;
        Self {
            total: self.total + total,
            met: self.met + met,
            exceeded: self.exceeded + exceeded,
            missed: self.missed + missed,
            open: self.open + open,
        }
    }
}

impl From<TargetOutcome> for Summary {
    /// Of one target.
    fn from(outcome: TargetOutcome) -> Self {
        match outcome {
            TargetOutcome::Open => Self::counted(1, 0, 0, 0),
            TargetOutcome::Missed => Self::counted(1, 1, 0, 0),
            TargetOutcome::Met => Self::counted(1, 1, 1, 0),
            TargetOutcome::Exceeded => Self::counted(1, 1, 0, 1),
        }
    }
}

impl FromIterator<TargetOutcome> for Summary {
    fn from_iter<I: IntoIterator<Item = TargetOutcome>>(outcomes: I) -> Self {
        outcomes.into_iter().map(Self::from).fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use Direction::*;
    use TargetOutcome::*;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::phrase::Language;

    #[test]
    fn outcomes() {
        #[rustfmt::skip]
        let cases = [
            // direction     target    actual            outcome   why
            (HigherIsBetter, "7.5",    Some("7.5"),      Met,      "exactly as promised"),
            (HigherIsBetter, "7.5",    Some("7.5001"),   Exceeded, "by the last digit"),
            (HigherIsBetter, "7.5",    Some("7.4999"),   Missed,   "by the last digit"),
            (LowerIsBetter,  "4",      Some("3.9999"),   Exceeded, "less is better"),
            (LowerIsBetter,  "4",      Some("4"),        Met,      "exactly as promised"),
            (LowerIsBetter,  "4",      Some("4.0001"),   Missed,   "less is better"),
            (HigherIsBetter, "7.5",    None,             Open,     "no figure yet"),
            (LowerIsBetter,  "0",      None,             Open,     "no figure is no zero"),
            (HigherIsBetter, "1",      Some("0"),        Missed,   "a real zero is a figure"),
            (LowerIsBetter,  "0",      Some("0"),        Met,      "none was promised, and none there was"),
            (HigherIsBetter, "0",      Some("0"),        Met,      "nothing promised, nothing done"),
            (HigherIsBetter, "-2",     Some("-1.5"),     Exceeded, "a smaller loss"),
        ];
        for (direction, target, actual, expected, why) in cases {
            let actual = actual.map(|actual| actual.parse().unwrap());
            assert_eq!(outcome(direction, target.parse().unwrap(), actual), expected, "{target} {actual:?}: {why}");
        }
    }

    #[test]
    fn a_summary_reads_like_the_report() {
        let year: Summary = [vec![Exceeded; 17], vec![Met; 12], vec![Missed; 3]].concat().into_iter().collect();
        assert_eq!(year, Summary { total: 32, met: 29, exceeded: 17, missed: 3, open: 0 });
        assert_eq!(year.phrase().say(Language::En), "29 of 32 met, 17 exceeded");
        assert_eq!(year.phrase().say(Language::Vi), "29/32 chỉ tiêu đạt, trong đó 17 chỉ tiêu vượt");

        let running: Summary = [Exceeded, Open, Open].into_iter().collect();
        assert_eq!(running.phrase().say(Language::En), "1 of 3 met, 1 exceeded, 2 still open");
        assert_eq!(
            running.phrase().say(Language::Vi),
            "1/3 chỉ tiêu đạt, trong đó 1 chỉ tiêu vượt, 2 chỉ tiêu chưa có kết quả"
        );
        assert_eq!(Summary::from_iter([]).phrase().say(Language::En), "0 of 0 met, 0 exceeded");
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-3..4_i64).prop_map(|scaled| Decimal::from_scaled(scaled).unwrap())
    }

    proptest! {
        #[test]
        fn what_is_better_one_way_is_worse_the_other(target in any_decimal(), actual in any_decimal()) {
            let other_way = match outcome(HigherIsBetter, target, Some(actual)) {
                Exceeded => Missed,
                Missed => Exceeded,
                Met => Met,
                Open => Open,
            };
            prop_assert_eq!(outcome(LowerIsBetter, target, Some(actual)), other_way);
        }

        #[test]
        fn every_target_is_counted_once(
            outcomes in prop::collection::vec(prop::sample::select(vec![Open, Exceeded, Met, Missed]), 0..40),
        ) {
            let Summary { total, met, exceeded, missed, open } = outcomes.iter().copied().collect();
            let of = |wanted: &[TargetOutcome]| outcomes.iter().filter(|one| wanted.contains(one)).map(|_| 1_u32).sum::<u32>();
            prop_assert_eq!((met, exceeded), (of(&[Met, Exceeded]), of(&[Exceeded])));
            prop_assert_eq!((missed, open), (of(&[Missed]), of(&[Open])));
            prop_assert_eq!(met + missed + open, total);
        }
    }
}
