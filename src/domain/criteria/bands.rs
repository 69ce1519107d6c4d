//! Bands of figures: which one holds a figure, and whether a better figure ever gets less.

use std::cmp::Ordering;

use entity::{decimal::Decimal, vocab::Direction};

use super::Band;

/// The first band that holds the figure.
pub fn holding(bands: &[Band], against: impl Fn(Decimal) -> Ordering) -> Option<&Band> {
    bands.iter().find(|band| band.bounds().hold(&against))
}

/// Whether a better figure never gets fewer points. Points change at bounds only, so it is enough to look at every
/// bound and at one figure between any two.
pub(super) fn monotonic(bands: &[Band], direction: Direction) -> bool {
    let mut bounds: Vec<i128> = bands
        .iter()
        .flat_map(|band| [band.from, band.to])
        .flatten()
        .map(|bound| 2 * i128::from(bound.scaled()))
        .collect();
    bounds.sort_unstable();
    // In halves of the smallest step, so that there is a figure between any two bounds.
    let mut figures = vec![bounds.first().map_or(0, |first| first - 1)];
    figures.extend(bounds.iter().flat_map(|bound| [*bound, bound + 1]));
    let earned = |figure: &i128| {
        holding(bands, |bound| figure.cmp(&(2 * i128::from(bound.scaled())))).map_or(Decimal::ZERO, |band| band.points)
    };
    let earned: Vec<Decimal> = figures.iter().map(earned).collect();
    match direction {
        Direction::HigherIsBetter => earned.is_sorted(),
        Direction::LowerIsBetter => earned.iter().rev().is_sorted(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: Option<&str>, to: Option<&str>, points: i32) -> Band {
        let read = |text: &str| text.parse().unwrap();
        Band {
            from: from.map(read),
            from_included: true,
            to: to.map(read),
            to_included: false,
            points: Decimal::whole(points),
        }
    }

    #[test]
    fn the_first_band_that_holds_the_figure() {
        let bands = [band(Some("100"), None, 10), band(Some("95"), Some("100"), 8), band(Some("90"), None, 5)];
        let points = |figure: &str| {
            let figure: Decimal = figure.parse().unwrap();
            holding(&bands, |bound| figure.cmp(&bound)).map(|band| band.points.to_string())
        };
        let some = |points: &str| Some(points.to_owned());
        assert_eq!(points("100"), some("10"), "the lower bound is inside");
        assert_eq!(points("99.9999"), some("8"));
        assert_eq!(points("94.9999"), some("5"));
        assert_eq!(points("89.9999"), None);
    }

    #[test]
    fn gaps_and_turns_are_seen_from_both_sides() {
        use Direction::*;
        let cases = [
            (HigherIsBetter, vec![band(Some("1"), None, 3), band(Some("0"), Some("1"), 1)], true),
            (LowerIsBetter, vec![band(Some("1"), None, 3), band(Some("0"), Some("1"), 1)], false),
            (LowerIsBetter, vec![band(None, Some("1"), 3), band(Some("1"), Some("2"), 1)], true),
            (HigherIsBetter, vec![band(Some("1"), Some("2"), 3)], false),
            (HigherIsBetter, vec![band(Some("1"), Some("1.0001"), 1), band(Some("1.0002"), None, 2)], false),
            (HigherIsBetter, vec![band(None, None, 3)], true),
        ];
        for (direction, bands, expected) in cases {
            assert_eq!(monotonic(&bands, direction), expected, "{direction:?} {bands:?}");
        }
    }
}
