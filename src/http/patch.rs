//! The three states of a member in a merge patch (RFC 7396).

use sea_orm::{ActiveValue, IntoActiveValue, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::ValidateRange;

/// What a patch says of one optional member. Give the field `#[serde(default)]`, so that absent means [`Patch::Keep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Absent: stays as it is.
    #[default]
    Keep,
    /// `null`: is taken away.
    Clear,
    /// A value: is replaced.
    Set(T),
}

impl<T> Patch<T> {
    /// The member after the patch, given what it was.
    pub fn over(self, present: Option<T>) -> Option<T> {
        match self {
            Self::Keep => present,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    pub fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }

    /// The value it sets, if it sets one.
    pub fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> IntoActiveValue<Option<T>> for Patch<T>
where
    Option<T>: Into<Value>,
{
    fn into_active_value(self) -> ActiveValue<Option<T>> {
        match self {
            Self::Keep => ActiveValue::NotSet,
            Self::Clear => ActiveValue::Set(None),
            Self::Set(value) => ActiveValue::Set(Some(value)),
        }
    }
}

/// The validator quotes the value it refuses.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.set().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

impl<N, T: ValidateRange<N>> ValidateRange<N> for Patch<T> {
    fn greater_than(&self, max: N) -> Option<bool> {
        self.set().and_then(|value| value.greater_than(max))
    }

    fn less_than(&self, min: N) -> Option<bool> {
        self.set().and_then(|value| value.less_than(min))
    }
}

/// For a member of a patch that may be absent but never `null`:
/// `#[serde(default, deserialize_with = "given")] name: Option<String>`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
