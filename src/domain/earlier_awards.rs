//! Awards that must come before another (the catalogue of award requirements): so many of this kind within so many years.
//!
//! Source: the conditions of each title and commendation in the Law (06/2022/QH15, chapters II and III). Only yearly awards
//! count: thematic and sudden rewards do not (fixed rule of practice). Older awards are often not in the service, so a
//! certificate in the dossier is an answer, too.

use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Subject},
};

/// A condition of an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    pub id: Uuid,
    pub needed_award_type_id: Uuid,
    /// The name of the award that is needed.
    pub needed: String,
    pub times: i32,
    /// Within so many years before the cycle's, it included; ever where there is none.
    pub within_years: Option<i32>,
}

/// A yearly award of the nominee that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub award_type_id: Uuid,
    /// The year it was given for.
    pub year: i32,
}

impl Requirement {
    /// How many of the earlier awards count for a nomination of this year.
    pub fn count(&self, year: i32, earlier: &[Earlier]) -> usize {
        let since = self.within_years.map_or(i32::MIN, |years| year.saturating_sub(years.saturating_sub(1)));
        let counts =
            |one: &&Earlier| one.award_type_id == self.needed_award_type_id && (since..=year).contains(&one.year);
        earlier.iter().filter(counts).count()
    }

    /// What stands in the way, where too few are known.
    fn blocker(&self, year: i32, earlier: &[Earlier]) -> Option<Blocker> {
        let have = self.count(year, earlier);
        let times = usize::try_from(self.times).unwrap_or_default();
        (have < times).then(|| {
            let within_en = self.within_years.map_or(String::new(), |years| format!(" within {years} years"));
            let within_vi = self.within_years.map_or(String::new(), |years| format!(" trong {years} năm"));
            Blocker {
                code: "earlier_award_missing",
                message: Phrase::made(
                    format!(
                        "{} is needed {times} times{within_en}, and {have} are known: add a certificate to the dossier",
                        self.needed
                    ),
                    format!(
                        "cần được tặng {} {times} lần{within_vi}, hệ thống ghi nhận {have} lần: hãy bổ sung giấy chứng \
                         nhận vào hồ sơ",
                        self.needed
                    ),
                ),
                subject: Subject::one("award_requirement", self.id),
            }
        })
    }
}

/// Every condition that is not met; none where a certificate in the dossier answers for what the service does not know.
pub fn missing(requirements: &[Requirement], year: i32, earlier: &[Earlier], certificate: bool) -> Vec<Blocker> {
    if certificate {
        return vec![];
    }
    requirements.iter().filter_map(|one| one.blocker(year, earlier)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::phrase::Language;

    fn award(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn needs(times: i32, within_years: Option<i32>) -> Requirement {
        let needed = "Chiến sĩ thi đua cơ sở".to_owned();
        Requirement { id: award(9), needed_award_type_id: award(1), needed, times, within_years }
    }

    fn had(years: &[(u128, i32)]) -> Vec<Earlier> {
        years.iter().map(|&(type_id, year)| Earlier { award_type_id: award(type_id), year }).collect()
    }

    #[test]
    fn so_many_within_so_many_years() {
        #[rustfmt::skip]
        let cases: [(Requirement, &[(u128, i32)], bool); 8] = [
            (needs(2, Some(2)), &[(1, 2022), (1, 2023)],            true),
            (needs(2, Some(2)), &[(1, 2021), (1, 2023)],            false),
            (needs(2, Some(3)), &[(1, 2021), (1, 2023)],            true),
            (needs(2, None),    &[(1, 1999), (1, 2001)],            true),
            (needs(2, None),    &[(1, 2022), (2, 2023)],            false),
            (needs(1, Some(1)), &[(1, 2024)],                       false),
            (needs(3, Some(3)), &[(1, 2021), (1, 2022), (1, 2023)], true),
            (needs(1, None),    &[],                                false),
        ];
        for (requirement, earlier, met) in cases {
            let blockers = missing(std::slice::from_ref(&requirement), 2023, &had(earlier), false);
            assert_eq!(blockers.is_empty(), met, "{requirement:?} {earlier:?}");
            assert_eq!(missing(&[requirement], 2023, &had(earlier), true), []);
        }
        let blockers = missing(&[needs(2, Some(2))], 2023, &had(&[(1, 2023)]), false);
        assert_eq!(
            blockers[0].message.say(Language::En),
            "Chiến sĩ thi đua cơ sở is needed 2 times within 2 years, and 1 are known: add a certificate to the dossier"
        );
    }

    proptest! {
        #[test]
        fn more_awards_and_longer_periods_never_count_less(
            years in prop::collection::vec(2000..2030_i32, 0..8), more in 2000..2030_i32, within in 1..20_i32,
        ) {
            let earlier: Vec<_> = years.iter().map(|&year| Earlier { award_type_id: award(1), year }).collect();
            let mut all = earlier.clone();
            all.push(Earlier { award_type_id: award(1), year: more });
            let count = |within, earlier: &[Earlier]| needs(1, within).count(2023, earlier);
            prop_assert!(count(Some(within), &all) >= count(Some(within), &earlier));
            prop_assert!(count(Some(within + 1), &earlier) >= count(Some(within), &earlier));
            prop_assert!(count(None, &earlier) >= count(Some(within), &earlier));
            prop_assert_eq!(count(None, &earlier), years.iter().filter(|&&year| year <= 2023).count());
        }
    }
}
