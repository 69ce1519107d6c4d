//! What the points of many provinces look like together: the middle, the spread, and who stands far outside.
//!
//! Every figure is exact until it is rounded once, half up, to the fourth decimal.
//!
//! | figure | definition | source |
//! |---|---|---|
//! | median, quartiles | linear interpolation between the values in order, at (n − 1) × ¼, ½, ¾ | Hyndman & Fan 1996, type 7 |
//! | standard deviation | √(Σ (value − mean)² ÷ n): the members are the whole cluster, no sample of it | definition of the population's |
//! | range | highest − lowest: how far several appraisers of one line lie apart | definition |
//! | outlier | below Q1 − 1.5 × (Q3 − Q1) or above Q3 + 1.5 × (Q3 − Q1), compared before any rounding | Tukey 1977 |

pub mod groups;
pub mod tallies;

use std::cmp::Ordering;

use entity::decimal::{Decimal, NotDecimal, Rounding};

/// How many parts a whole is cut into while quartiles are exact: their places are multiples of a quarter.
const QUARTERS: i128 = 4;

/// What the fences are exact in: one and a half of a quarter.
const EIGHTHS: i128 = 8;

/// The middle and the spread of some values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    pub count: usize,
    pub lowest: Decimal,
    pub lower_quartile: Decimal,
    pub median: Decimal,
    pub upper_quartile: Decimal,
    pub highest: Decimal,
    pub mean: Decimal,
    /// `None` where the points are too large to be squared exactly (beyond 10¹³ in a cluster of 63).
    pub standard_deviation: Option<Decimal>,
    pub lower_fence: Decimal,
    pub upper_fence: Decimal,
}

/// How far two stages of the points lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distances {
    pub count: usize,
    /// With their signs: whether the differences lean to one side.
    pub mean: Decimal,
    /// Without their signs: how large they are.
    pub mean_absolute: Decimal,
    /// The largest without its sign.
    pub largest: Decimal,
}

/// Which fence a value lies beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    Lower,
    Upper,
}

/// The summary of values in any order; `None` where there are none.
pub fn summary(values: &[Decimal]) -> Option<Summary> {
    let sorted = sorted(values);
    let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
    let (q1, median, q3) = quartiles(&sorted);
    let (lower, upper) = fences(q1, q3);
    Some(Summary {
        count: sorted.len(),
        lowest: rounded(lowest, 1),
        lower_quartile: rounded(q1, QUARTERS),
        median: rounded(median, QUARTERS),
        upper_quartile: rounded(q3, QUARTERS),
        highest: rounded(highest, 1),
        mean: rounded(sorted.iter().sum(), wide(sorted.len())),
        standard_deviation: standard_deviation(&sorted, lowest),
        lower_fence: rounded(lower, EIGHTHS),
        upper_fence: rounded(upper, EIGHTHS),
    })
}

/// Which of the values, by their places in the list, lie beyond which fence.
pub fn outliers(values: &[Decimal]) -> Vec<(usize, Fence)> {
    let (q1, _, q3) = quartiles(&sorted(values));
    let (lower, upper) = fences(q1, q3);
    let beyond = |(place, value): (usize, &Decimal)| {
        let value = i128::from(value.scaled()) * EIGHTHS;
        match (value.cmp(&lower), value.cmp(&upper)) {
            (Ordering::Less, _) => Some((place, Fence::Lower)),
            (_, Ordering::Greater) => Some((place, Fence::Upper)),
            _ => None,
        }
    };
    values.iter().enumerate().filter_map(beyond).collect()
}

/// How far the highest of some values lies above the lowest; 0 of none.
pub fn range(values: &[Decimal]) -> Result<Decimal, NotDecimal> {
    match (values.iter().max(), values.iter().min()) {
        (Some(highest), Some(lowest)) => highest.minus(*lowest),
        _ => Ok(Decimal::ZERO),
    }
}

/// The distances in any order; `None` where there are none.
pub fn distances(values: &[Decimal]) -> Option<Distances> {
    let exact = || values.iter().map(|value| i128::from(value.scaled()));
    let largest = exact().map(i128::abs).max()?;
    let count = wide(values.len());
    Some(Distances {
        count: values.len(),
        mean: rounded(exact().sum(), count),
        mean_absolute: rounded(exact().map(i128::abs).sum(), count),
        largest: rounded(largest, 1),
    })
}

fn sorted(values: &[Decimal]) -> Vec<i128> {
    let mut sorted: Vec<i128> = values.iter().map(|value| value.scaled().into()).collect();
    sorted.sort_unstable();
    sorted
}

fn wide(count: usize) -> i128 {
    count.try_into().unwrap_or(i128::MAX)
}

/// A quotient as a decimal. Only a fence can lie beyond all decimals; it is told as the last of them.
fn rounded(ten_thousandths: i128, denominator: i128) -> Decimal {
    let last = if ten_thousandths < 0 { Decimal::MIN } else { Decimal::MAX };
    Decimal::quotient(ten_thousandths, denominator, Rounding::HalfUp).unwrap_or(last)
}

/// The three quartiles of values in order, in quarters of a ten-thousandth; zeros where there are no values.
fn quartiles(sorted: &[i128]) -> (i128, i128, i128) {
    let last = sorted.len().saturating_sub(1);
    let at = |quarter: usize| {
        let (place, rest) = (last * quarter / 4, wide(last * quarter % 4));
        let value = |place: usize| sorted.get(place).copied().unwrap_or_default();
        let (below, above) = (value(place), value((place + 1).min(last)));
        below * QUARTERS + (above - below) * rest
    };
    (at(1), at(2), at(3))
}

/// Tukey's fences of quartiles in quarters, in eighths.
fn fences(q1: i128, q3: i128) -> (i128, i128) {
    let half_more = 3 * (q3 - q1);
    (2 * q1 - half_more, 2 * q3 + half_more)
}

/// √(n Σ d² − (Σ d)²) ÷ n, where d is counted from the lowest value: what is far from zero stays in range.
fn standard_deviation(sorted: &[i128], lowest: i128) -> Option<Decimal> {
    let count = wide(sorted.len()).unsigned_abs();
    let (mut sum, mut squares) = (0_u128, 0_u128);
    for value in sorted {
        let above = (value - lowest).unsigned_abs();
        sum = sum.checked_add(above)?;
        squares = squares.checked_add(above.checked_mul(above)?)?;
    }
    let variance = squares.checked_mul(count)?.checked_sub(sum.checked_mul(sum)?)?;
    // ⌊√v ÷ n + ½⌋ = ⌊(⌊√4v⌋ + n) ÷ 2n⌋: rounded half up, and rounded once.
    let doubled = variance.checked_mul(4)?.isqrt();
    let root = (doubled + count) / (2 * count);
    Some(rounded(root.try_into().ok()?, 1))
}

#[cfg(test)]
mod tests;
