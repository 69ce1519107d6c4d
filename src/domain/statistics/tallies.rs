//! What is told of a group: places and points of rankings, awards and their money.

use std::collections::BTreeSet;

use entity::{
    decimal::{Decimal, NotDecimal, Rounding},
    vocab::AwardState,
};
use uuid::Uuid;

const HUNDRED: Decimal = Decimal::whole(100);

/// One province in one published ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub ranking_id: Uuid,
    /// `None`: excluded.
    pub place: Option<i32>,
    pub total: Decimal,
    /// The total of the criteria set.
    pub of: Decimal,
}

/// Entries of rankings, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    rankings: BTreeSet<Uuid>,
    places: Vec<i32>,
    excluded: u32,
    /// In percent of the nominal total: rankings of different scales lie side by side.
    percents: Vec<Decimal>,
}

/// What rankings of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultFigures {
    pub rankings: usize,
    pub ranked: usize,
    pub excluded: u32,
    pub first_places: usize,
    pub second_places: usize,
    pub third_places: usize,
    pub best_place: Option<i32>,
    pub mean_place: Option<Decimal>,
    pub lowest_percent: Option<Decimal>,
    pub mean_percent: Option<Decimal>,
    pub highest_percent: Option<Decimal>,
}

impl Results {
    pub fn add(&mut self, entry: Entry) -> Result<(), NotDecimal> {
        self.rankings.insert(entry.ranking_id);
        match entry.place {
            Some(place) => {
                self.places.push(place);
                self.percents.push(percent(entry.total, entry.of)?);
            }
            None => self.excluded += 1,
        }
        Ok(())
    }

    pub fn figures(&self) -> Result<ResultFigures, NotDecimal> {
        let at = |wanted: i32| self.places.iter().filter(|place| **place == wanted).count();
        let places = self.places.iter().map(|place| Decimal::whole(*place));
        Ok(ResultFigures {
            rankings: self.rankings.len(),
            ranked: self.places.len(),
            excluded: self.excluded,
            first_places: at(1),
            second_places: at(2),
            third_places: at(3),
            best_place: self.places.iter().min().copied(),
            mean_place: mean(places)?,
            lowest_percent: self.percents.iter().min().copied(),
            mean_percent: mean(self.percents.iter().copied())?,
            highest_percent: self.percents.iter().max().copied(),
        })
    }
}

/// The total in percent of the nominal total, to the fourth decimal, half up. More than 100 through bonus.
pub fn percent(total: Decimal, of: Decimal) -> Result<Decimal, NotDecimal> {
    total.times_ratio(HUNDRED, of, Rounding::HalfUp)
}

/// To the fourth decimal, half up; `None` of nothing.
fn mean(numbers: impl IntoIterator<Item = Decimal>) -> Result<Option<Decimal>, NotDecimal> {
    let (mut sum, mut count) = (0_i128, 0_i128);
    for number in numbers {
        sum += i128::from(number.scaled());
        count += 1;
    }
    (count > 0).then(|| Decimal::quotient(sum, count, Rounding::HalfUp)).transpose()
}

/// So many awards that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub state: AwardState,
    pub count: u32,
    /// Of each of them, in VND.
    pub reward: Option<Decimal>,
    /// Of each of them, in VND.
    pub to_recover: Option<Decimal>,
}

/// Awards, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Awards {
    /// In force.
    pub awarded: u32,
    pub revoked: u32,
    /// Of those in force, in VND.
    pub reward: Decimal,
    /// Of those that were revoked, in VND.
    pub to_recover: Decimal,
}

impl Awards {
    pub fn add(&mut self, alike: Alike) -> Result<(), NotDecimal> {
        let times = |amount: Option<Decimal>| {
            let scaled = i128::from(amount.unwrap_or_default().scaled()) * i128::from(alike.count);
            Decimal::quotient(scaled, 1, Rounding::HalfUp)
        };
        match alike.state {
            AwardState::Decided => {
                self.awarded += alike.count;
                self.reward = self.reward.plus(times(alike.reward)?)?;
            }
            AwardState::Revoked => {
                self.revoked += alike.count;
                self.to_recover = self.to_recover.plus(times(alike.to_recover)?)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn places_and_percents_of_rankings_with_different_scales() {
        let mut results = Results::default();
        let entries = [
            (1, Some(1), "970", "1000"),
            (1, Some(2), "900", "1000"),
            (2, Some(2), "107", "100"),
            (2, None, "0", "100"),
        ];
        for (ranking, place, total, of) in entries {
            let entry = Entry { ranking_id: Uuid::from_u128(ranking), place, total: number(total), of: number(of) };
            results.add(entry).unwrap();
        }
        let figures = results.figures().unwrap();
        assert_eq!((figures.rankings, figures.ranked, figures.excluded), (2, 3, 1));
        assert_eq!((figures.first_places, figures.second_places, figures.third_places), (1, 2, 0));
        assert_eq!((figures.best_place, figures.mean_place), (Some(1), Some(number("1.6667"))));
        assert_eq!(figures.lowest_percent, Some(number("90")));
        assert_eq!(figures.mean_percent, Some(number("98")));
        assert_eq!(figures.highest_percent, Some(number("107")), "bonus lies on top");
    }

    #[test]
    fn nothing_has_no_mean() {
        let figures = Results::default().figures().unwrap();
        assert_eq!((figures.rankings, figures.mean_place, figures.mean_percent), (0, None, None));
    }

    #[test]
    fn a_total_of_nothing_is_out_of_range() {
        assert!(percent(number("5"), Decimal::ZERO).is_err());
    }

    #[test]
    fn money_of_awards_in_force_and_of_those_that_were_revoked() {
        let mut awards = Awards::default();
        let alike = |state, count, reward, to_recover| Alike { state, count, reward, to_recover };
        awards.add(alike(AwardState::Decided, 3, Some(number("21600000")), None)).unwrap();
        awards.add(alike(AwardState::Decided, 1, None, None)).unwrap();
        awards.add(alike(AwardState::Revoked, 2, Some(number("10")), Some(number("8190000")))).unwrap();
        let expected = Awards { awarded: 4, revoked: 2, reward: number("64800000"), to_recover: number("16380000") };
        assert_eq!(awards, expected);
    }
}
