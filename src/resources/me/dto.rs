//! The caller on the wire.

use chrono::{DateTime, Utc};
use entity::vocab::Role;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::brief::{CycleBrief, ProvinceBrief};

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
    pub province: Option<ProvinceBrief>,
    /// The password is a one-time password: nothing else is open until `POST /api/v1/auth/password` changed it
    pub must_change_password: bool,
    /// Cycles in which the officer's province is head, newest first
    pub head_of: Vec<CycleBrief>,
    /// Cycles in which the officer's province is a member, head and deputy included, newest first
    pub member_of: Vec<CycleBrief>,
    /// Cycles the appraiser is assigned to, newest first
    pub appraiser_of: Vec<CycleBrief>,
    /// Stable names of what the caller may do somewhere; the `allowed_actions` of a thing tell what may be done with it
    #[schema(example = json!(["write_pledge", "fill_scorecard"]))]
    pub permissions: Vec<&'static str>,
    /// When the account was made
    pub created_at: DateTime<Utc>,
}
