//! Provinces on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    province,
    vocab::{ProvinceEventKind, ProvinceKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts, brief::ProvinceBrief};

/// A province or centrally run city (tỉnh, thành phố trực thuộc trung ương) with its validity
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Province {
    pub id: Uuid,
    /// Two digits; names a province only together with a date
    #[schema(example = "15")]
    pub code: String,
    /// Name in Vietnamese
    #[schema(example = "Yên Bái")]
    pub name: String,
    /// Name in English
    #[schema(example = "Yen Bai")]
    pub name_en: String,
    pub kind: ProvinceKind,
    /// The first day
    #[schema(example = "2008-08-01")]
    pub valid_from: NaiveDate,
    /// The last day; null while the province exists
    #[schema(required = true, example = "2025-06-30")]
    pub valid_to: Option<NaiveDate>,
    /// Whom it followed; on a single province only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub predecessors: Option<Vec<ProvinceBrief>>,
    /// Who followed it; on a single province only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub successors: Option<Vec<ProvinceBrief>>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<province::Model> for Province {
    fn from(row: province::Model) -> Self {
        let province::Model {
            id,
            code,
            name,
            name_en,
            kind,
            valid_from,
            valid_to,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            code,
            name,
            name_en,
            kind,
            valid_from,
            valid_to,
            predecessors: None,
            successors: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A province with everything it came from and became
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Lineage {
    pub province_id: Uuid,
    /// The province, its ancestors and its descendants, oldest first
    pub provinces: Vec<Province>,
    /// Who followed whom, when and how
    pub successions: Vec<Succession>,
}

/// One province followed another
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Succession {
    pub predecessor_id: Uuid,
    pub successor_id: Uuid,
    pub event_id: Uuid,
    pub kind: ProvinceEventKind,
    /// The first day of the successor
    #[schema(example = "2025-07-01")]
    pub effective_on: NaiveDate,
    #[schema(required = true, example = "Nghị quyết 202/2025/QH15")]
    pub legal_act: Option<String>,
}

/// What provinces can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ProvinceSort {
    Name,
    Code,
    ValidFrom,
    CreatedAt,
}

impl SortBy for ProvinceSort {
    type Entity = province::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Name, Order::Asc)];

    fn column(self) -> province::Column {
        match self {
            Self::Name => province::Column::NameKey,
            Self::Code => province::Column::Code,
            Self::ValidFrom => province::Column::ValidFrom,
            Self::CreatedAt => province::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProvinceFilter {
    /// Provinces that exist on this day: 63 on 2024-03-01, 34 on 2025-07-01. Without it, all that ever existed
    #[param(example = "2024-03-01")]
    pub as_of: Option<NaiveDate>,
    /// Provinces with these codes; together with `as_of` a code names one
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = "15")]
    pub code: Option<Csv<String>>,
    /// Provinces of these kinds
    #[param(value_type = Option<Vec<ProvinceKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ProvinceKind>>,
    /// Part of the name or the code; accents and case do not matter: `q=yen bai`
    pub q: Option<String>,
    /// `name`, `code`, `valid_from`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "name", pattern = "^-?(name|code|valid_from|created_at)(,-?(name|code|valid_from|created_at))*$")]
    pub sort: Option<Sorts<ProvinceSort>>,
}
