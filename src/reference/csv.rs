//! The files of the catalogues, row by row as they are written.

use chrono::NaiveDate;
use entity::{
    decimal::Decimal,
    vocab::{
        Authority, AwardCategory, Certainty, DocumentKind, HolidayKind, Launcher, MemberRole, ProvinceKind,
        RecipientKind,
    },
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, IntoDeserializer},
};

pub(super) const PROVINCES: &str = include_str!("data/provinces.csv");
pub(super) const PROVINCE_ACTS: &str = include_str!("data/province-acts.csv");
pub(super) const CLUSTERS: &str = include_str!("data/clusters.csv");
pub(super) const MEMBERSHIPS: &str = include_str!("data/memberships.csv");
pub(super) const AWARD_TYPES: &str = include_str!("data/award-types.csv");
pub(super) const REWARD_COEFFICIENTS: &str = include_str!("data/reward-coefficients.csv");
pub(super) const BASE_SALARIES: &str = include_str!("data/base-salaries.csv");
pub(super) const CAMPAIGNS: &str = include_str!("data/campaigns.csv");

pub(super) const HOLIDAYS: &str = include_str!("data/holidays.csv");
pub(super) const AWARD_REQUIREMENTS: &str = include_str!("data/award-requirements.csv");
pub(super) const DOSSIER_REQUIREMENTS: &str = include_str!("data/dossier-requirements.csv");

/// All of them.
pub(super) const FILES: [&str; 11] = [
    PROVINCES,
    PROVINCE_ACTS,
    CLUSTERS,
    MEMBERSHIPS,
    AWARD_TYPES,
    REWARD_COEFFICIENTS,
    BASE_SALARIES,
    CAMPAIGNS,
    HOLIDAYS,
    DOSSIER_REQUIREMENTS,
    AWARD_REQUIREMENTS,
];

/// The rows of one file.
#[expect(clippy::expect_used, reason = "the files are compiled in: one that cannot be read fails every test")]
pub(super) fn rows<T: DeserializeOwned>(file: &str) -> Vec<T> {
    ::csv::Reader::from_reader(file.as_bytes()).deserialize().collect::<Result<_, _>>().expect("a readable catalogue")
}

/// A province between two days. One that went on unchanged through a reform has a row before and a row after it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvinceRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) kind: ProvinceKind,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_to: Option<NaiveDate>,
    /// The code, on the day after `valid_to`, of the province that took over.
    pub(super) successor_code: Option<String>,
}

/// The legal act by which provinces changed on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvinceActRow {
    pub(super) effective_on: NaiveDate,
    pub(super) legal_act: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MembershipRow {
    pub(super) cluster_code: String,
    pub(super) year: i32,
    pub(super) province_code: String,
    /// For the reader's eye, and checked against the code.
    pub(super) province_name: String,
    pub(super) role: MemberRole,
    #[serde(deserialize_with = "word")]
    pub(super) certainty: Certainty,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    pub code: String,
    #[serde(rename = "name_vi")]
    pub name: String,
    pub name_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardType {
    pub code: String,
    #[serde(rename = "name_vi")]
    pub name: String,
    pub name_en: String,
    pub category: AwardCategory,
    #[serde(deserialize_with = "word")]
    pub authority: Authority,
    #[serde(deserialize_with = "words")]
    pub recipient_kinds: Vec<RecipientKind>,
    pub legal_basis: String,
}

/// What an award is worth in base salaries.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardCoefficient {
    pub award_type_code: String,
    pub recipient_kind: RecipientKind,
    #[serde(deserialize_with = "decimal")]
    pub coefficient: Decimal,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub legal_basis: String,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseSalary {
    /// VND a month.
    #[serde(deserialize_with = "decimal")]
    pub amount: Decimal,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub legal_basis: String,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub code: String,
    #[serde(rename = "name_vi")]
    pub name: String,
    pub name_en: String,
    pub launched_by: Launcher,
    pub legal_act: Option<String>,
    pub launched_on: NaiveDate,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

/// A day that is off although it is a weekday, or worked although it is none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub day: NaiveDate,
    #[serde(rename = "name_vi")]
    pub name: String,
    pub name_en: String,
    pub kind: HolidayKind,
    pub legal_basis: String,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

/// A document that the dossier of an award asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierRequirement {
    pub award_type_code: String,
    pub document_kind: DocumentKind,
    pub required: bool,
    pub note: Option<String>,
    pub legal_basis: String,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

/// An award that must come before another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardRequirement {
    pub award_type_code: String,
    pub recipient_kind: RecipientKind,
    pub needed_award_type_code: String,
    pub times: i32,
    pub within_years: Option<i32>,
    pub legal_basis: String,
    #[serde(deserialize_with = "word")]
    pub certainty: Certainty,
}

/// A word of a vocabulary in the files' spelling: `PRIME_MINISTER`, `act likely`.
fn word<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?.to_lowercase().replace(' ', "_");
    T::deserialize(text.into_deserializer())
}

/// Words with bars between them: `individual|collective`.
fn words<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.split('|').map(|word| T::deserialize(word.to_owned().into_deserializer())).collect()
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
