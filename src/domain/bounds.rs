//! Ranges with open or closed ends, compared exactly.

use std::cmp::Ordering;

use entity::decimal::Decimal;

/// A range of figures; without a bound it is open on that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub from: Option<Decimal>,
    pub from_included: bool,
    pub to: Option<Decimal>,
    pub to_included: bool,
}

impl Bounds {
    /// Whether the range holds a figure. The figure is whatever can be compared with a bound exactly: a decimal, or a
    /// quotient that is none.
    pub fn hold(self, against: impl Fn(Decimal) -> Ordering) -> bool {
        let above = self.from.is_none_or(|from| match against(from) {
            Ordering::Greater => true,
            Ordering::Equal => self.from_included,
            Ordering::Less => false,
        });
        let below = || {
            self.to.is_none_or(|to| match against(to) {
                Ordering::Less => true,
                Ordering::Equal => self.to_included,
                Ordering::Greater => false,
            })
        };
        above && below()
    }

    pub fn hold_nothing(self) -> bool {
        match (self.from, self.to) {
            (Some(from), Some(to)) => to < from || (to == from && !(self.from_included && self.to_included)),
            _ => false,
        }
    }
}

/// How `part` in percent of a `whole` above 0 compares with a bound: exactly, whatever the quotient.
pub fn percent(part: Decimal, whole: Decimal, bound: Decimal) -> Ordering {
    let hundredfold = i128::from(part.scaled()) * i128::from(Decimal::whole(100).scaled());
    hundredfold.cmp(&(i128::from(bound.scaled()) * i128::from(whole.scaled())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_without_end_is_compared_exactly() {
        let read = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(percent(Decimal::whole(2), Decimal::whole(3), read("66.6666")), Ordering::Greater);
        assert_eq!(percent(Decimal::whole(2), Decimal::whole(3), read("66.6667")), Ordering::Less);
        assert_eq!(percent(Decimal::whole(-1), Decimal::whole(4), Decimal::whole(-25)), Ordering::Equal);
    }
}
