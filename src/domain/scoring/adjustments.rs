//! What is taken from a total beside its lines: for lateness, and for scoring oneself too high. Both are settings.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use entity::decimal::{Decimal, NotDecimal, Rounding};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::phrase::{Language, Phrase};

const DAY: i64 = 24 * 60 * 60;

/// What lateness costs
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LatenessRule {
    /// Which days count
    pub per: LateDays,
    /// Points taken for each of them
    #[schema(minimum = 0, maximum = 1000000, example = 1)]
    pub points: Decimal,
    /// The most that is taken; no bound when left out
    #[schema(minimum = 0, maximum = 1000000, example = 5)]
    pub cap: Option<Decimal>,
}

/// Which days of lateness count.
///
/// - `started_day`: each one that has begun
/// - `full_day`: each one that is over
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LateDays {
    StartedDay,
    FullDay,
}

/// What scoring oneself too high costs. What a sheet claims too much is the sum over its lines of the self points beyond
/// the final points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WrongSelfScoreRule {
    /// Points claimed too much that cost nothing
    #[schema(minimum = 0, maximum = 1000000, example = 5)]
    pub tolerance: Decimal,
    /// The share of the others that is taken
    #[schema(minimum = 0, maximum = 1, example = 0.5)]
    pub share: Decimal,
    /// The most that is taken; no bound when left out
    #[schema(minimum = 0, maximum = 1000000, example = 10)]
    pub cap: Option<Decimal>,
}

/// What is taken from a total beside its lines, and on what it is based
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Adjustment {
    /// The scorecard came after its due date
    Lateness {
        /// Below 0
        #[schema(example = -1)]
        points: Decimal,
        /// When it was due, an extension included
        due_at: DateTime<Utc>,
        /// When it came first
        submitted_at: DateTime<Utc>,
        /// The days that count
        #[schema(minimum = 1, example = 1)]
        days: i64,
    },
    /// The province scored itself too high
    WrongSelfScore {
        /// Below 0
        #[schema(example = -2.5)]
        points: Decimal,
        /// Points claimed too much, line by line
        #[schema(example = 10)]
        over_claim: Decimal,
    },
}

impl Adjustment {
    pub const fn points(&self) -> Decimal {
        match self {
            Self::Lateness { points, .. } | Self::WrongSelfScore { points, .. } => *points,
        }
    }

    /// In words and numbers, with times in the offset that due dates are given in.
    pub fn how(&self, offset: FixedOffset) -> Phrase {
        let at = |moment: DateTime<Utc>| moment.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, true);
        let vi = |number| Language::Vi.number(number);
        match self {
            Self::Lateness { points, due_at, submitted_at, days } => {
                let (came, due) = (at(*submitted_at), at(*due_at));
                Phrase::made(
                    format!("submitted at {came} instead of {due}, {days} days late: {points}"),
                    format!("nộp lúc {came}, hạn nộp {due}, chậm {days} ngày: {}", vi(*points)),
                )
            }
            Self::WrongSelfScore { points, over_claim } => Phrase::made(
                format!("{over_claim} points claimed too much: {points}"),
                format!("tự chấm cao hơn {} điểm: {}", vi(*over_claim), vi(*points)),
            ),
        }
    }
}

impl LatenessRule {
    /// What a submission costs that was due at a moment; nothing in time.
    pub fn cost(&self, due_at: DateTime<Utc>, submitted_at: DateTime<Utc>) -> Result<Option<Adjustment>, NotDecimal> {
        let late = submitted_at.timestamp() - due_at.timestamp();
        let days = match self.per {
            LateDays::StartedDay => late.max(0).saturating_add(DAY - 1) / DAY,
            LateDays::FullDay => late.max(0) / DAY,
        };
        let counted = Decimal::whole(i32::try_from(days).unwrap_or(i32::MAX));
        let taken = bounded(self.points.times_ratio(counted, Decimal::ONE, Rounding::HalfUp)?, self.cap);
        let points = Decimal::ZERO.minus(taken)?;
        Ok((!taken.is_zero()).then_some(Adjustment::Lateness { points, due_at, submitted_at, days }))
    }
}

impl WrongSelfScoreRule {
    /// What claiming too much costs, given self and final points of the lines that have both; to 4 decimals, half up.
    pub fn cost(&self, lines: impl Iterator<Item = (Decimal, Decimal)>) -> Result<Option<Adjustment>, NotDecimal> {
        let mut over_claim = Decimal::ZERO;
        for (own, last) in lines {
            over_claim = over_claim.plus(own.minus(last)?.max(Decimal::ZERO))?;
        }
        let beyond = over_claim.minus(self.tolerance)?.max(Decimal::ZERO);
        let taken = bounded(beyond.times_ratio(self.share, Decimal::ONE, Rounding::HalfUp)?, self.cap);
        let points = Decimal::ZERO.minus(taken)?;
        Ok((!taken.is_zero()).then_some(Adjustment::WrongSelfScore { points, over_claim }))
    }
}

fn bounded(points: Decimal, cap: Option<Decimal>) -> Decimal {
    cap.map_or(points, |cap| points.min(cap))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn lateness_costs_by_the_day() {
        let due = at("2024-01-05T17:00:00Z");
        let rule = |per, cap: Option<&str>| LatenessRule { per, points: decimal("1.5"), cap: cap.map(decimal) };
        #[rustfmt::skip]
        let cases = [
            // submitted               started days       full days
            ("2024-01-05T17:00:00Z",   None,              None),
            ("2024-01-05T17:00:01Z",   Some(("-1.5", 1)), None),
            ("2024-01-06T17:00:00Z",   Some(("-1.5", 1)), Some(("-1.5", 1))),
            ("2024-01-06T17:00:01Z",   Some(("-3", 2)),   Some(("-1.5", 1))),
            ("2024-01-15T17:00:00Z",   Some(("-4", 10)),  Some(("-15", 10))),
        ];
        for (submitted, started, full) in cases {
            let cost = |rule: LatenessRule| match rule.cost(due, at(submitted)).unwrap() {
                Some(Adjustment::Lateness { points, days, .. }) => Some((points.to_string(), days)),
                other => other.map(|_| unreachable!()),
            };
            let owned = |one: Option<(&str, i64)>| one.map(|(points, days)| (points.to_owned(), days));
            assert_eq!(cost(rule(LateDays::StartedDay, Some("4"))), owned(started), "{submitted}");
            assert_eq!(cost(rule(LateDays::FullDay, None)), owned(full), "{submitted}");
        }
    }

    #[test]
    fn claiming_too_much_costs_a_share_beyond_the_tolerance() {
        let rule = WrongSelfScoreRule { tolerance: decimal("2"), share: decimal("0.5"), cap: Some(decimal("3")) };
        let cost = |lines: &[(&str, &str)]| {
            let lines = lines.iter().map(|(own, last)| (decimal(own), decimal(last)));
            rule.cost(lines).unwrap().map(|one| one.points().to_string())
        };
        assert_eq!(cost(&[]), None);
        // 18 − 17 = 1; what was scored too low makes up for nothing.
        assert_eq!(cost(&[("18", "17"), ("10", "20")]), None);
        // 3 + 2 of a penalty that the province left out: (5 − 2) × 0.5.
        assert_eq!(cost(&[("20", "17"), ("-1", "-3")]), Some("-1.5".into()));
        assert_eq!(cost(&[("40", "10")]), Some("-3".into()), "at most 3");
    }

    proptest! {
        #[test]
        fn more_costs_never_less_and_the_cap_holds(
            own in 0..1_000_000_i64, more in 0..1_000_000_i64, share in 0..=10_000_i64, cap in 0..100_000_i64,
        ) {
            let scaled = |number| Decimal::from_scaled(number).unwrap();
            let rule = WrongSelfScoreRule { tolerance: Decimal::ONE, share: scaled(share), cap: Some(scaled(cap)) };
            let taken = |own| {
                let found = rule.cost([(scaled(own), Decimal::ZERO)].into_iter()).unwrap();
                found.map(|one| one.points()).unwrap_or_default()
            };
            prop_assert!(taken(own + more) <= taken(own));
            prop_assert!(taken(own) >= Decimal::ZERO.minus(scaled(cap)).unwrap());
        }
    }
}
