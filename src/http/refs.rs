//! Compact forms of what other representations point to, loaded for a whole page in one statement each.

use std::collections::HashMap;

use entity::{cluster, cycle, province, vocab::CycleState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::Problem;

/// A province in brief, as it was when the row that points to it was written
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvinceRef {
    pub id: Uuid,
    /// Two digits; names a province only together with a date
    #[schema(example = "15")]
    pub code: String,
    #[schema(example = "Yên Bái")]
    pub name: String,
    #[schema(example = "Yen Bai")]
    pub name_en: String,
}

impl ProvinceRef {
    /// All that are asked for, in one statement; none where nothing is asked for.
    pub async fn load(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Self>, Problem> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = province::Entity::find().filter(province::Column::Id.is_in(ids.iter().copied())).all(db).await?;
        Ok(rows.into_iter().map(|row| (row.id, Self::from(row))).collect())
    }
}

impl From<province::Model> for ProvinceRef {
    fn from(row: province::Model) -> Self {
        Self { id: row.id, code: row.code, name: row.name, name_en: row.name_en }
    }
}

/// A cluster in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClusterRef {
    pub id: Uuid,
    #[schema(example = "CUM-TDMNPB")]
    pub code: String,
    #[schema(example = "Cụm thi đua các tỉnh Trung du và miền núi phía Bắc")]
    pub name: String,
}

impl ClusterRef {
    /// All that are asked for, in one statement; none where nothing is asked for.
    pub async fn load(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Self>, Problem> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = cluster::Entity::find().filter(cluster::Column::Id.is_in(ids.iter().copied())).all(db).await?;
        Ok(rows.into_iter().map(|row| (row.id, Self { id: row.id, code: row.code, name: row.name })).collect())
    }
}

/// A cycle in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CycleRef {
    pub id: Uuid,
    pub cluster_id: Uuid,
    #[schema(example = 2023)]
    pub year: i32,
    #[schema(example = "Năm thi đua 2023")]
    pub title: String,
    pub state: CycleState,
}

impl CycleRef {
    /// All that are asked for, in one statement; none where nothing is asked for.
    pub async fn load(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Self>, Problem> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = cycle::Entity::find().filter(cycle::Column::Id.is_in(ids.iter().copied())).all(db).await?;
        let brief = |row: cycle::Model| Self {
            id: row.id,
            cluster_id: row.cluster_id,
            year: row.year,
            title: row.title,
            state: row.state,
        };
        Ok(rows.into_iter().map(|row| (row.id, brief(row))).collect())
    }
}
