//! The exact decimal behind every point, target and amount.
//!
//! Four decimals held in an integer: `SQLite` has no exact decimal type, and a binary float must never decide who
//! receives an award.

use std::{fmt, iter, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// Ten-thousandths in one whole.
const SCALE: i64 = 10_000;

/// Digits after the decimal point.
const DIGITS: u8 = 4;

/// The largest magnitude in ten-thousandths: one hundred thousand billion.
const LIMIT: i64 = 1_000_000_000_000_000_000;

/// An exact decimal number with at most four decimals, between −10¹⁴ and 10¹⁴.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Decimal(i64);

/// Why a number is no [`Decimal`]. The texts are stable: the API tells them apart by these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDecimal {
    /// It is no number.
    Unreadable,
    /// It has more than four decimals; nothing is ever rounded silently.
    TooPrecise,
    /// It lies beyond ±10¹⁴, or a computation went there.
    OutOfRange,
}

impl NotDecimal {
    /// The words under which the reason travels through a deserializer.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "is not a decimal number",
            Self::TooPrecise => "has more than 4 decimals",
            Self::OutOfRange => "lies beyond 10^14",
        }
    }
}

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for NotDecimal {}

/// Which way a quotient is rounded to the fourth decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest; a half goes away from zero.
    HalfUp,
    /// Towards positive infinity.
    Up,
    /// Towards negative infinity.
    Down,
}

impl Decimal {
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(SCALE);
    /// The largest value.
    pub const MAX: Self = Self(LIMIT);
    /// The smallest value.
    pub const MIN: Self = Self(-LIMIT);

    /// A whole number. For constants and counts; what may be out of range goes through [`Decimal::try_from`].
    pub const fn whole(number: i32) -> Self {
        Self(number as i64 * SCALE)
    }

    /// From ten-thousandths, as stored.
    pub const fn from_scaled(ten_thousandths: i64) -> Result<Self, NotDecimal> {
        if ten_thousandths < -LIMIT || ten_thousandths > LIMIT {
            return Err(NotDecimal::OutOfRange);
        }
        Ok(Self(ten_thousandths))
    }

    /// The ten-thousandths, as stored.
    pub const fn scaled(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn plus(self, other: Self) -> Result<Self, NotDecimal> {
        narrow(i128::from(self.0) + i128::from(other.0))
    }

    pub fn minus(self, other: Self) -> Result<Self, NotDecimal> {
        narrow(i128::from(self.0) - i128::from(other.0))
    }

    /// `self × factor`, rounded to the fourth decimal.
    pub fn times(self, factor: Self, rounding: Rounding) -> Result<Self, NotDecimal> {
        self.times_ratio(factor, Self::ONE, rounding)
    }

    /// `self × numerator ÷ denominator` in one step, rounded once at the end. A denominator of zero is out of range.
    pub fn times_ratio(self, numerator: Self, denominator: Self, rounding: Rounding) -> Result<Self, NotDecimal> {
        if denominator.is_zero() {
            return Err(NotDecimal::OutOfRange);
        }
        divide(i128::from(self.0) * i128::from(numerator.0), i128::from(denominator.0), rounding)
    }

    /// Rounded to `digits` (0 to 4) decimals.
    pub fn round(self, digits: u8, rounding: Rounding) -> Result<Self, NotDecimal> {
        let step = 10_i64.pow(u32::from(DIGITS - digits.min(DIGITS)));
        let steps = divide(i128::from(self.0), i128::from(step), rounding)?;
        narrow(i128::from(steps.0) * i128::from(step))
    }

    /// Rounded up to the next multiple of `step`; a multiple stays as it is. A step that is not positive is out of range.
    pub fn up_to_multiple(self, step: Self) -> Result<Self, NotDecimal> {
        if step.0 <= 0 {
            return Err(NotDecimal::OutOfRange);
        }
        let steps = divide(i128::from(self.0), i128::from(step.0), Rounding::Up)?;
        narrow(i128::from(steps.0) * i128::from(step.0))
    }

    /// `ten_thousandths ÷ denominator`, rounded once, for a computation that carried more digits than a decimal holds. A
    /// denominator of zero is out of range.
    pub fn quotient(ten_thousandths: i128, denominator: i128, rounding: Rounding) -> Result<Self, NotDecimal> {
        if denominator == 0 {
            return Err(NotDecimal::OutOfRange);
        }
        divide(ten_thousandths, denominator, rounding)
    }

    /// The sum, exact or out of range.
    pub fn sum(numbers: impl IntoIterator<Item = Self>) -> Result<Self, NotDecimal> {
        numbers.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

fn narrow(wide: i128) -> Result<Decimal, NotDecimal> {
    i64::try_from(wide).map_err(|_| NotDecimal::OutOfRange).and_then(Decimal::from_scaled)
}

fn divide(numerator: i128, denominator: i128, rounding: Rounding) -> Result<Decimal, NotDecimal> {
    let (numerator, denominator) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    let floor = numerator.div_euclid(denominator);
    let rest = numerator.rem_euclid(denominator);
    let up = match rounding {
        Rounding::Up => rest > 0,
        Rounding::Down => false,
        Rounding::HalfUp if numerator < 0 => rest > denominator - rest,
        Rounding::HalfUp => rest >= denominator - rest,
    };
    narrow(floor + i128::from(up))
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self::whole(number)
    }
}

impl TryFrom<i64> for Decimal {
    type Error = NotDecimal;

    fn try_from(number: i64) -> Result<Self, NotDecimal> {
        narrow(i128::from(number) * i128::from(SCALE))
    }
}

impl fmt::Display for Decimal {
    /// The shortest exact form: `12.5`, `0`, `-0.0001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, rest) = (magnitude / SCALE.unsigned_abs(), magnitude % SCALE.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Reads the JSON notation of a number, exponents included, without passing through a float.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NotDecimal::OutOfRange)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: String = whole.chars().chain(fraction.chars()).collect();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotDecimal::Unreadable);
        }
        // The value is 0.digits × 10^point: leading and trailing zeros change nothing.
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX).saturating_add(i64::from(exponent));
        let leading = digits.len() - digits.trim_start_matches('0').len();
        let significant = digits.trim_matches('0');
        if significant.is_empty() {
            return Ok(Self::ZERO);
        }
        let point = point - i64::try_from(leading).unwrap_or(i64::MAX);
        let length = i64::try_from(significant.len()).unwrap_or(i64::MAX);
        if point > 15 {
            return Err(NotDecimal::OutOfRange);
        }
        let decimals = length - point;
        if decimals > i64::from(DIGITS) {
            return Err(NotDecimal::TooPrecise);
        }
        let zeros = usize::try_from(i64::from(DIGITS) - decimals).unwrap_or(0);
        let scaled: String = significant.chars().chain(iter::repeat_n('0', zeros)).collect();
        let magnitude: i128 = scaled.parse().map_err(|_| NotDecimal::OutOfRange)?;
        narrow(if negative { -magnitude } else { magnitude })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % SCALE == 0 {
            return serializer.serialize_i64(self.0 / SCALE);
        }
        self.to_string().parse::<serde_json::Number>().map_err(ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)
            .map_err(|_| de::Error::custom(NotDecimal::Unreadable.words()))?;
        number.as_str().parse().map_err(|why: NotDecimal| de::Error::custom(why.words()))
    }
}

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("An exact decimal with at most 4 decimals; more are refused, never rounded."))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
            .minimum(Some(-100_000_000_000_000_i64))
            .maximum(Some(100_000_000_000_000_i64))
            .examples([serde_json::json!(12.5)])
            .into()
    }
}

impl ToSchema for Decimal {}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_read_exactly() {
        #[rustfmt::skip]
        let cases = [
            ("0",                    Ok(0)),
            ("-0",                   Ok(0)),
            ("0.0000000",            Ok(0)),
            ("12.5",                 Ok(125_000)),
            ("190.0",                Ok(1_900_000)),
            ("0.0001",               Ok(1)),
            ("-0.0001",              Ok(-1)),
            ("1e2",                  Ok(1_000_000)),
            ("1.5E-3",               Ok(15)),
            ("0.00015e1",            Ok(15)),
            ("100000000000000",      Ok(LIMIT)),
            ("100000000000000.0001", Err(NotDecimal::OutOfRange)),
            ("0.00001",              Err(NotDecimal::TooPrecise)),
            ("1.00000000000000001",  Err(NotDecimal::TooPrecise)),
            ("1e400",                Err(NotDecimal::OutOfRange)),
            ("1e99999999999",        Err(NotDecimal::OutOfRange)),
            ("",                     Err(NotDecimal::Unreadable)),
            ("-",                    Err(NotDecimal::Unreadable)),
            ("1,5",                  Err(NotDecimal::Unreadable)),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Decimal>().map(Decimal::scaled), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        for text in ["0", "12.5", "-0.0001", "999.9999", "-100000000000000", "7"] {
            assert_eq!(decimal(text).to_string(), text);
            assert_eq!(serde_json::to_string(&decimal(text)).unwrap(), text);
            assert_eq!(serde_json::from_str::<Decimal>(text).unwrap(), decimal(text));
        }
    }

    #[test]
    fn a_quotient_is_rounded_once() {
        let third = |rounding| decimal("100").times_ratio(decimal("1"), decimal("3"), rounding).unwrap().to_string();
        assert_eq!(third(Rounding::HalfUp), "33.3333");
        assert_eq!(third(Rounding::Up), "33.3334");
        assert_eq!(third(Rounding::Down), "33.3333");
        let half = |text: &str| decimal(text).round(0, Rounding::HalfUp).unwrap().to_string();
        assert_eq!((half("2.5"), half("-2.5"), half("2.4999")), ("3".into(), "-3".into(), "2".into()));
    }

    #[test]
    fn money_goes_up_to_the_next_ten_thousand() {
        let step = decimal("10000");
        assert_eq!(decimal("6300000").up_to_multiple(step).unwrap(), decimal("6300000"));
        assert_eq!(decimal("6300000.0001").up_to_multiple(step).unwrap(), decimal("6310000"));
    }

    #[test]
    fn overflow_is_an_error() {
        assert_eq!(Decimal::MAX.plus(decimal("0.0001")), Err(NotDecimal::OutOfRange));
        assert_eq!(Decimal::MAX.times(decimal("2"), Rounding::HalfUp), Err(NotDecimal::OutOfRange));
        assert_eq!(Decimal::ONE.times_ratio(Decimal::ONE, Decimal::ZERO, Rounding::Up), Err(NotDecimal::OutOfRange));
    }
}
