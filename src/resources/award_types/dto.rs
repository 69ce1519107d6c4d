//! Award types on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    award_type,
    decimal::Decimal,
    reward_coefficient,
    vocab::{Authority, AwardCategory, Certainty, RecipientKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::public_comment::MOST_DAYS,
    http::{Csv, SortBy, Sorts, given},
};

/// An emulation title or form of commendation (danh hiệu, hình thức khen thưởng) of the Law
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AwardType {
    pub id: Uuid,
    /// Code of the catalogue, unique
    #[schema(example = "BKTTG")]
    pub code: String,
    /// Name in Vietnamese
    #[schema(example = "Bằng khen của Thủ tướng Chính phủ")]
    pub name: String,
    /// Name in English
    #[schema(example = "Diploma of Merit of the Prime Minister")]
    pub name_en: String,
    pub category: AwardCategory,
    /// Who decides on it
    pub authority: Authority,
    /// Who can receive it
    pub recipient_kinds: Vec<RecipientKind>,
    /// Articles of the law
    #[schema(example = "Luật 06/2022/QH15 Đ.72, Đ.73, Đ.78(2)")]
    pub legal_basis: String,
    /// Working days a nomination for it is open to public comment; a setting
    #[schema(minimum = 0, maximum = 60, example = 10)]
    pub public_comment_days: i32,
    /// What the money that goes with it is made of, by recipient and validity; empty where none goes with it
    pub coefficients: Vec<Coefficient>,
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How often the base salary goes with an award
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Coefficient {
    pub recipient_kind: RecipientKind,
    #[schema(example = 7)]
    pub coefficient: Decimal,
    pub valid_from: NaiveDate,
    #[schema(required = true)]
    pub valid_to: Option<NaiveDate>,
    pub legal_basis: String,
    pub certainty: Certainty,
}

impl From<reward_coefficient::Model> for Coefficient {
    fn from(row: reward_coefficient::Model) -> Self {
        let reward_coefficient::Model {
            id: _,
            award_type_id: _,
            recipient_kind,
            coefficient,
            valid_from,
            valid_to,
            legal_basis,
            certainty,
            created_at: _,
        } = row;
        Self { recipient_kind, coefficient, valid_from, valid_to, legal_basis, certainty }
    }
}

impl AwardType {
    pub(super) fn new(row: award_type::Model, coefficients: Vec<Coefficient>) -> Self {
        let award_type::Model {
            id,
            code,
            name,
            name_en,
            category,
            authority,
            recipient_kinds,
            legal_basis,
            public_comment_days,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        let recipient_kinds = [RecipientKind::Individual, RecipientKind::Collective, RecipientKind::Household]
            .into_iter()
            .filter(|kind| recipient_kinds.split('|').any(|word| word == <&str>::from(kind)))
            .collect();
        Self {
            id,
            code,
            name,
            name_en,
            category,
            authority,
            recipient_kinds,
            legal_basis,
            public_comment_days,
            coefficients,
            version,
            created_at,
            updated_at,
        }
    }
}

/// The setting of an award type; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "public_comment_days": 10 }))]
pub(super) struct AwardTypePatch {
    /// Working days a nomination for it is open to public comment
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 0, max = MOST_DAYS))]
    #[schema(value_type = i32, required = false, minimum = 0, maximum = 60)]
    pub public_comment_days: Option<i32>,
}

/// What award types can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AwardTypeSort {
    Name,
    Code,
    CreatedAt,
}

impl SortBy for AwardTypeSort {
    type Entity = award_type::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Name, Order::Asc)];

    fn column(self) -> award_type::Column {
        match self {
            Self::Name => award_type::Column::NameKey,
            Self::Code => award_type::Column::Code,
            Self::CreatedAt => award_type::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AwardTypeFilter {
    /// Award types with these codes
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = "BKTTG")]
    pub code: Option<Csv<String>>,
    /// Titles, commendations
    #[param(value_type = Option<Vec<AwardCategory>>, style = Form, explode = false)]
    pub category: Option<Csv<AwardCategory>>,
    /// Award types these authorities decide on
    #[param(value_type = Option<Vec<Authority>>, style = Form, explode = false)]
    pub authority: Option<Csv<Authority>>,
    /// Award types this kind of recipient can receive
    pub recipient_kind: Option<RecipientKind>,
    /// Part of the name or the code; accents and case do not matter
    pub q: Option<String>,
    /// `name`, `code`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "name", pattern = "^-?(name|code|created_at)(,-?(name|code|created_at))*$")]
    pub sort: Option<Sorts<AwardTypeSort>>,
}
