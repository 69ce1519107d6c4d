//! What is counted by year, cluster, province or kind: one row of figures for each combination that occurs.

use std::collections::BTreeMap;

use entity::decimal::NotDecimal;
use uuid::Uuid;

/// What figures can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    Year,
    Cluster,
    Province,
    AwardType,
    Campaign,
}

/// Where a row belongs, or a group: what is not counted by is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub year: Option<i32>,
    pub cluster_id: Option<Uuid>,
    pub province_id: Option<Uuid>,
    pub award_type_id: Option<Uuid>,
    pub campaign_id: Option<Uuid>,
}

impl Key {
    /// The group that a row falls into.
    pub fn by(self, dimensions: &[Dimension]) -> Self {
        let counted = |dimension| dimensions.contains(&dimension);
        Self {
            year: self.year.filter(|_| counted(Dimension::Year)),
            cluster_id: self.cluster_id.filter(|_| counted(Dimension::Cluster)),
            province_id: self.province_id.filter(|_| counted(Dimension::Province)),
            award_type_id: self.award_type_id.filter(|_| counted(Dimension::AwardType)),
            campaign_id: self.campaign_id.filter(|_| counted(Dimension::Campaign)),
        }
    }
}

/// Adds every row to the tally of its group. The order of the rows changes nothing.
pub fn grouped<R, T: Default>(
    rows: impl IntoIterator<Item = (Key, R)>,
    dimensions: &[Dimension],
    mut add: impl FnMut(&mut T, R) -> Result<(), NotDecimal>,
) -> Result<BTreeMap<Key, T>, NotDecimal> {
    let mut groups: BTreeMap<Key, T> = BTreeMap::new();
    for (key, row) in rows {
        add(groups.entry(key.by(dimensions)).or_default(), row)?;
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(year: i32, province: u128) -> Key {
        Key { year: Some(year), province_id: Some(Uuid::from_u128(province)), ..Key::default() }
    }

    fn sums(rows: &[(Key, i64)], dimensions: &[Dimension]) -> Vec<(Option<i32>, Option<u128>, i64)> {
        let add = |sum: &mut i64, row| {
            *sum += row;
            Ok(())
        };
        let groups = grouped(rows.iter().copied(), dimensions, add).unwrap();
        groups.into_iter().map(|(key, sum)| (key.year, key.province_id.map(|id| id.as_u128()), sum)).collect()
    }

    #[test]
    fn rows_fall_into_the_group_of_what_is_counted_by() {
        use Dimension::*;
        let rows = [(key(2024, 1), 1), (key(2023, 2), 2), (key(2023, 1), 4), (key(2023, 1), 8)];
        assert_eq!(sums(&rows, &[]), [(None, None, 15)]);
        assert_eq!(sums(&rows, &[Year]), [(Some(2023), None, 14), (Some(2024), None, 1)]);
        assert_eq!(sums(&rows, &[Province]), [(None, Some(1), 13), (None, Some(2), 2)]);
        let both = [(Some(2023), Some(1), 12), (Some(2023), Some(2), 2), (Some(2024), Some(1), 1)];
        assert_eq!(sums(&rows, &[Year, Province]), both);
        assert_eq!(sums(&rows, &[Campaign]), [(None, None, 15)], "what rows do not have they are not parted by");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_it_is_counted_by(
            rows in prop::collection::vec((2020..2030_i32, 0..5_u128, 0..1000_i64), 0..50),
            by_year: bool,
            by_province: bool,
        ) {
            let mut rows: Vec<_> = rows.into_iter().map(|(year, province, figure)| (key(year, province), figure)).collect();
            let mut dimensions = vec![];
            if by_year { dimensions.push(Dimension::Year); }
            if by_province { dimensions.push(Dimension::Province); }
            let found = sums(&rows, &dimensions);
            let all: i64 = rows.iter().map(|(_, figure)| figure).sum();
            prop_assert_eq!(found.iter().map(|(.., sum)| sum).sum::<i64>(), all);
            rows.reverse();
            prop_assert_eq!(sums(&rows, &dimensions), found);
        }
    }
}
