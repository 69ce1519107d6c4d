//! A node of a criteria set; only leaves carry points.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::{Certainty, Method};

/// A node of a criteria set; only leaves carry points.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "criterion")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub criteria_set_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub position: i32,
    pub code: String,
    pub name: String,
    pub name_en: Option<String>,
    /// Of a leaf, the most it gives; of a parent, the declared sum of its children.
    pub max_points: Option<Decimal>,
    /// Leaves only.
    pub method: Option<Method>,
    /// As the method demands.
    pub parameters: Option<Json>,
    pub guidance: Option<String>,
    /// Whether a line is handed in only with evidence or an explanation; leaves only.
    pub evidence_required: bool,
    pub certainty: Certainty,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::criteria_set::Entity",
        from = "Column::CriteriaSetId",
        to = "super::criteria_set::Column::Id"
    )]
    CriteriaSet,
}

impl Related<super::criteria_set::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CriteriaSet.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
