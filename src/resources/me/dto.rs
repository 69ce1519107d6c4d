//! The caller on the wire.

use chrono::{DateTime, Utc};
use entity::{
    cycle, province,
    vocab::{CycleState, ProvinceKind, Role},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who is signed in, and what they may do
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    pub id: Uuid,
    #[schema(example = "yen-bai.01")]
    pub username: String,
    #[schema(example = "Nguyễn Thị Hoa")]
    pub display_name: String,
    pub role: Role,
    /// The province an officer acts for, or an appraiser comes from; null for others
    #[schema(required = true)]
    pub province: Option<OwnProvince>,
    /// The password is a one-time password: nothing else is open until `POST /api/v1/auth/password` changed it
    pub must_change_password: bool,
    /// Cycles in which the officer's province is head, newest first
    pub head_of: Vec<OwnCycle>,
    /// Cycles in which the officer's province is a member, head and deputy included, newest first
    pub member_of: Vec<OwnCycle>,
    /// Cycles the appraiser is assigned to, newest first
    pub appraiser_of: Vec<OwnCycle>,
    /// Stable names of what the caller may do somewhere; the `allowed_actions` of a thing tell what may be done with it
    #[schema(example = json!(["write_pledge", "fill_scorecard"]))]
    pub permissions: Vec<&'static str>,
    /// When the account was made
    pub created_at: DateTime<Utc>,
}

/// The caller's province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnProvince {
    pub id: Uuid,
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

/// A cycle the caller has to do with
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct OwnCycle {
    pub id: Uuid,
    pub cluster_id: Uuid,
    #[schema(example = 2024)]
    pub year: i32,
    #[schema(example = "Năm thi đua 2024")]
    pub title: String,
    pub state: CycleState,
}

impl From<province::Model> for OwnProvince {
    fn from(row: province::Model) -> Self {
        let province::Model { id, code, name, name_en, kind, .. } = row;
        Self { id, code, name, name_en, kind }
    }
}

impl From<cycle::Model> for OwnCycle {
    fn from(row: cycle::Model) -> Self {
        let cycle::Model { id, cluster_id, year, title, state, .. } = row;
        Self { id, cluster_id, year, title, state }
    }
}
