//! What is said with the steps of a nomination.

use entity::vocab::HoldGround;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::http::{Prose, given, prose};

/// What changes of a nomination; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Xếp thứ hai của cụm năm 2023; 29 trên 32 chỉ tiêu đạt và vượt." }))]
pub(crate) struct NominationPatch {
    /// Why the nominee deserves the award; it must not name a person
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub reason: Option<String>,
}

/// Why a nomination ends without an award
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Chưa đủ điều kiện theo quy định." }))]
pub(crate) struct NominationEnd {
    /// Why it ends without an award
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Why a nomination waits
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ground": "complaint", "reason": "Đang xác minh đơn khiếu nại." }))]
pub(crate) struct NominationHold {
    /// What has to end first
    pub ground: HoldGround,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// Why a nomination goes on
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Khiếu nại không có cơ sở." }))]
pub(crate) struct NominationRelease {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What the council's office finds of a nomination
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "opinion": "Hồ sơ đầy đủ, thành tích đủ tiêu chuẩn đề nghị khen thưởng." }))]
pub(crate) struct NominationAppraisal {
    /// The written opinion, which is kept
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub opinion: String,
}
