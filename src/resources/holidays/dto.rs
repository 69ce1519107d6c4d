//! Holidays on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    holiday,
    vocab::{Certainty, HolidayKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, SortBy, Sorts, line};

/// A day that is off although it is a weekday, or worked although it is none
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Holiday {
    pub id: Uuid,
    /// The day, which has one entry only
    #[schema(example = "2024-02-10")]
    pub day: NaiveDate,
    /// Name in Vietnamese
    #[schema(example = "Tết Âm lịch")]
    pub name: String,
    /// Name in English
    #[schema(example = "Lunar New Year")]
    pub name_en: String,
    pub kind: HolidayKind,
    #[schema(example = "Bộ luật Lao động 45/2019/QH14 Đ.112(1)")]
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Stays 1: a day is entered and taken out, never changed
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<holiday::Model> for Holiday {
    fn from(row: holiday::Model) -> Self {
        let holiday::Model { id, day, name, name_en, kind, legal_basis, certainty, version, created_at, updated_at } =
            row;
        Self { id, day, name, name_en, kind, legal_basis, certainty, version, created_at, updated_at }
    }
}

/// A day to enter
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "day": "2027-01-01", "name": "Tết Dương lịch", "name_en": "New Year's Day", "kind": "public_holiday",
    "legal_basis": "Bộ luật Lao động 45/2019/QH14 Đ.112(1)", "certainty": "verified",
}))]
pub(super) struct NewHoliday {
    /// A `working_day` is a Saturday or Sunday, a `compensation_day` is neither
    pub day: NaiveDate,
    /// Name in Vietnamese
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Name in English
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name_en: String,
    pub kind: HolidayKind,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub legal_basis: String,
    /// `verified` where nothing is said
    #[schema(value_type = Option<Certainty>)]
    pub certainty: Option<Certainty>,
}

/// What holidays can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HolidaySort {
    Day,
}

impl SortBy for HolidaySort {
    type Entity = holiday::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Day, Order::Asc)];

    fn column(self) -> holiday::Column {
        match self {
            Self::Day => holiday::Column::Day,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HolidayFilter {
    /// Days of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Days of these kinds, by comma
    #[param(value_type = Option<Vec<HolidayKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<HolidayKind>>,
    /// This day or later
    pub day_from: Option<NaiveDate>,
    /// This day or earlier
    pub day_to: Option<NaiveDate>,
    /// `day`; a minus turns the order round
    #[param(value_type = Option<String>, example = "day", pattern = "^-?day$")]
    pub sort: Option<Sorts<HolidaySort>>,
}
