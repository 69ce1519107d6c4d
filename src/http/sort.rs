//! Sort orders: a documented list of names for each resource, each standing for one column.

use sea_orm::{EntityTrait, Order};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use super::query::Csv;

/// The names a list can be sorted by, each of them a column that is never null.
pub trait SortBy: Copy + DeserializeOwned + 'static {
    type Entity: EntityTrait;

    /// The order where none is asked for.
    const DEFAULT: &'static [(Self, Order)];

    fn column(self) -> <Self::Entity as EntityTrait>::Column;
}

/// `sort=-created_at,name`: a minus turns the order round.
#[derive(Clone, Debug)]
pub struct Sorts<K>(pub Vec<(K, Order)>);

impl<K: SortBy> Sorts<K> {
    /// The columns to sort by, most important first.
    pub fn columns(sorts: Option<&Self>) -> Vec<(<K::Entity as EntityTrait>::Column, Order)> {
        let keys = sorts.map_or(K::DEFAULT, |sorts| sorts.0.as_slice());
        keys.iter().map(|(key, order)| (key.column(), order.clone())).collect()
    }
}

impl<'de, K: DeserializeOwned> Deserialize<'de> for Sorts<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::{Error, IntoDeserializer, value};
        let Csv(words) = Csv::<String>::deserialize(deserializer)?;
        let key = |word: &String| {
            let (name, order) = word.strip_prefix('-').map_or((word.as_str(), Order::Asc), |name| (name, Order::Desc));
            let name: value::StrDeserializer<'_, value::Error> = name.into_deserializer();
            K::deserialize(name).map(|key| (key, order)).map_err(D::Error::custom)
        };
        words.iter().map(key).collect::<Result<_, _>>().map(Sorts)
    }
}
