//! Related things in brief, for `expand=`: one statement for each kind, however many rows refer to it.

use std::collections::{BTreeSet, HashMap};

use entity::{
    award_type, cluster, cycle, province,
    vocab::{Authority, AwardCategory, CycleState, ProvinceKind},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::Problem;

/// A province in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvinceBrief {
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
}

impl From<province::Model> for ProvinceBrief {
    fn from(row: province::Model) -> Self {
        Self { id: row.id, code: row.code, name: row.name, name_en: row.name_en, kind: row.kind }
    }
}

/// A cluster in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClusterBrief {
    pub id: Uuid,
    /// Code of the catalogue
    #[schema(example = "CUM-TDMNPB")]
    pub code: String,
    /// Name in Vietnamese
    #[schema(example = "Cụm thi đua các tỉnh Trung du và miền núi phía Bắc")]
    pub name: String,
    /// Name in English
    #[schema(example = "Cluster of Northern midland and mountainous provinces")]
    pub name_en: String,
}

impl From<cluster::Model> for ClusterBrief {
    fn from(row: cluster::Model) -> Self {
        Self { id: row.id, code: row.code, name: row.name, name_en: row.name_en }
    }
}

/// A cycle in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CycleBrief {
    pub id: Uuid,
    /// The cluster whose year it is
    pub cluster_id: Uuid,
    #[schema(example = 2023)]
    pub year: i32,
    pub title: String,
    pub state: CycleState,
}

impl From<cycle::Model> for CycleBrief {
    fn from(row: cycle::Model) -> Self {
        Self { id: row.id, cluster_id: row.cluster_id, year: row.year, title: row.title, state: row.state }
    }
}

/// An award type in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AwardTypeBrief {
    pub id: Uuid,
    /// Code of the catalogue
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
}

impl From<award_type::Model> for AwardTypeBrief {
    fn from(row: award_type::Model) -> Self {
        let award_type::Model { id, code, name, name_en, category, authority, .. } = row;
        Self { id, code, name, name_en, category, authority }
    }
}

/// The provinces with these ids.
pub async fn provinces(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, ProvinceBrief>, Problem> {
    let rows = province::Entity::find().filter(province::Column::Id.is_in(each(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// The clusters with these ids.
pub async fn clusters(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, ClusterBrief>, Problem> {
    let rows = cluster::Entity::find().filter(cluster::Column::Id.is_in(each(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// The cycles with these ids. What embeds them is visible only to those who see the cycle.
pub async fn cycles(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, CycleBrief>, Problem> {
    let rows = cycle::Entity::find().filter(cycle::Column::Id.is_in(each(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// The award types with these ids.
pub async fn award_types(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, AwardTypeBrief>, Problem> {
    let rows = award_type::Entity::find().filter(award_type::Column::Id.is_in(each(ids))).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

fn each(ids: impl IntoIterator<Item = Uuid>) -> BTreeSet<Uuid> {
    ids.into_iter().collect()
}
