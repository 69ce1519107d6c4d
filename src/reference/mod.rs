//! The catalogues that ship with the service: provinces and their history, clusters and who belonged to them, award
//! types, what they are worth and what their dossiers ask for, campaigns, holidays.

mod csv;
mod history;
mod load;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use entity::vocab::{Certainty, MemberRole};
use sha2::{Digest, Sha256};

use crate::domain::province::valid_on;
use csv::{MembershipRow, ProvinceActRow};

pub use csv::{
    AwardRequirement, AwardType, BaseSalary, Campaign, Cluster, DossierRequirement, Holiday, RewardCoefficient,
};
pub use history::{Province, ProvinceEvent, ProvinceKey};
pub use load::{Loaded, load};

/// Everything the files say, in the order in which it can be stored.
#[derive(Debug)]
pub struct ReferenceBook {
    pub provinces: Vec<Province>,
    pub events: Vec<ProvinceEvent>,
    pub clusters: Vec<Cluster>,
    pub cycles: Vec<Cycle>,
    pub award_types: Vec<AwardType>,
    pub coefficients: Vec<RewardCoefficient>,
    pub base_salaries: Vec<BaseSalary>,
    pub campaigns: Vec<Campaign>,
    pub holidays: Vec<Holiday>,
    pub requirements: Vec<DossierRequirement>,
    pub earlier_awards: Vec<AwardRequirement>,
}

/// One cluster in one year, and who belonged to it.
#[derive(Debug)]
pub struct Cycle {
    pub cluster_code: String,
    pub year: i32,
    pub members: Vec<Member>,
}

impl Cycle {
    /// As uncertain as its least certain member.
    pub fn certainty(&self) -> Certainty {
        self.members.iter().map(|member| member.certainty).max().unwrap_or(Certainty::Unsure)
    }
}

#[derive(Debug)]
pub struct Member {
    /// As it was on the first day of the year.
    pub province: ProvinceKey,
    pub role: MemberRole,
    /// Deputies are ranked in the order of the file.
    pub deputy_rank: Option<i32>,
    pub certainty: Certainty,
}

/// The book, read once.
pub fn book() -> &'static ReferenceBook {
    static BOOK: LazyLock<ReferenceBook> = LazyLock::new(read);
    &BOOK
}

/// Names the book as it is now: any change of a file is another edition.
fn edition() -> String {
    let mut hash = Sha256::new();
    for file in csv::FILES {
        hash.update(file);
    }
    let number = hash.finalize().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    format!("reference-{number:016x}")
}

fn read() -> ReferenceBook {
    let (provinces, events) =
        history::tell(csv::rows(csv::PROVINCES), &csv::rows::<ProvinceActRow>(csv::PROVINCE_ACTS));
    let cycles = cycles(csv::rows(csv::MEMBERSHIPS), &provinces);
    ReferenceBook {
        provinces,
        events,
        clusters: csv::rows(csv::CLUSTERS),
        cycles,
        award_types: csv::rows(csv::AWARD_TYPES),
        coefficients: csv::rows(csv::REWARD_COEFFICIENTS),
        base_salaries: csv::rows(csv::BASE_SALARIES),
        campaigns: csv::rows(csv::CAMPAIGNS),
        holidays: csv::rows(csv::HOLIDAYS),
        requirements: csv::rows(csv::DOSSIER_REQUIREMENTS),
        earlier_awards: csv::rows(csv::AWARD_REQUIREMENTS),
    }
}

fn cycles(rows: Vec<MembershipRow>, provinces: &[Province]) -> Vec<Cycle> {
    let mut cycles: BTreeMap<(i32, String), Vec<Member>> = BTreeMap::new();
    for row in rows {
        let found = province_of(&row, provinces);
        let members = cycles.entry((row.year, row.cluster_code)).or_default();
        members.extend(found.map(|province| Member {
            province: province.key.clone(),
            role: row.role,
            deputy_rank: (row.role == MemberRole::Deputy).then(|| next_rank(members)),
            certainty: row.certainty,
        }));
    }
    cycles.into_iter().map(|((year, cluster_code), members)| Cycle { cluster_code, year, members }).collect()
}

fn province_of<'a>(row: &MembershipRow, provinces: &'a [Province]) -> Option<&'a Province> {
    let new_year = NaiveDate::from_ymd_opt(row.year, 1, 1)?;
    provinces.iter().find(|province| {
        province.key.code == row.province_code
            && province.name == row.province_name
            && valid_on(province.key.valid_from, province.valid_to, new_year)
    })
}

fn next_rank(members: &[Member]) -> i32 {
    members.iter().filter_map(|member| member.deputy_rank).max().unwrap_or(0) + 1
}
