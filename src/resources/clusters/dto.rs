//! Clusters on the wire.

use chrono::{DateTime, Utc};
use entity::cluster;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Line, Patch, Short, SortBy, Sorts, given, line, short};

/// A cluster (cụm thi đua): a standing group of provinces that compete with each other
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Cluster {
    pub id: Uuid,
    /// Code of the catalogue, unique
    #[schema(example = "CUM-TDMNPB")]
    pub code: String,
    /// Name in Vietnamese
    #[schema(example = "Cụm thi đua các tỉnh Trung du và miền núi phía Bắc")]
    pub name: String,
    /// Name in English
    #[schema(example = "Cluster of Northern midland and mountainous provinces")]
    pub name_en: String,
    /// The council member who oversees the cluster (ủy viên Hội đồng phụ trách cụm); null while nobody is named
    #[schema(required = true)]
    pub overseer_name: Option<String>,
    /// The overseer's office
    #[schema(required = true)]
    pub overseer_title: Option<String>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<cluster::Model> for Cluster {
    fn from(row: cluster::Model) -> Self {
        // Taken apart in full: a new column does not compile until someone decides whether the world may see it.
        let cluster::Model {
            id,
            code,
            name,
            name_en,
            overseer_name,
            overseer_title,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self { id, code, name, name_en, overseer_name, overseer_title, version, created_at, updated_at }
    }
}

/// A new cluster
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "CUM-TN", "name": "Cụm thi đua các tỉnh Tây Nguyên", "name_en": "Cluster of Central Highlands provinces",
}))]
pub(super) struct NewCluster {
    /// Code of the catalogue, unique
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub code: String,
    /// Name in Vietnamese
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Name in English
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name_en: String,
    /// The council member who oversees the cluster
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub overseer_name: Option<String>,
    /// The overseer's office
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub overseer_title: Option<String>,
}

/// What changes of a cluster; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "overseer_name": "Nguyễn Văn A", "overseer_title": null }))]
pub(super) struct ClusterPatch {
    /// Name in Vietnamese
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    /// Name in English
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name_en: Option<String>,
    /// The council member who oversees the cluster; null takes the name away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub overseer_name: Patch<String>,
    /// The overseer's office; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub overseer_title: Patch<String>,
}

/// What clusters can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClusterSort {
    Name,
    Code,
    CreatedAt,
}

impl SortBy for ClusterSort {
    type Entity = cluster::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Name, Order::Asc)];

    fn column(self) -> cluster::Column {
        match self {
            Self::Name => cluster::Column::NameKey,
            Self::Code => cluster::Column::Code,
            Self::CreatedAt => cluster::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ClusterFilter {
    /// Part of the name or code; accents and case do not matter: `q=trung du`
    pub q: Option<String>,
    /// Exactly this code
    pub code: Option<String>,
    /// `name`, `code`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "name", pattern = "^-?(name|code|created_at)(,-?(name|code|created_at))*$")]
    pub sort: Option<Sorts<ClusterSort>>,
}
