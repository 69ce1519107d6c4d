//! What is said to decide an award, and to take it back.

use chrono::NaiveDate;
use entity::vocab::Authority;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::http::{Line, Prose, Short, line, prose, short};

/// The decision on one nomination of which public comment is over
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "nomination_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "decision_number": "467/QĐ-TTg",
    "decided_on": "2024-05-31", "authority": "prime_minister", "signatory_name": "Nguyễn Văn A",
    "signatory_title": "Thủ tướng Chính phủ",
    "citation": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2023.",
}))]
pub(crate) struct NewAward {
    /// A nomination in `public_comment`
    pub nomination_id: Uuid,
    /// Number of the decision, unique for the authority in the year
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub decision_number: String,
    /// Date of the decision, not in the future (in Vietnam)
    pub decided_on: NaiveDate,
    /// Who decided; the competent authority of the award type if left away, and no other
    pub authority: Option<Authority>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub signatory_name: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub signatory_title: String,
    /// What the award is given for
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub citation: String,
}

/// The decision that takes an award back
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Kê khai thành tích không đúng sự thật.", "revoked_on": "2025-02-03" }))]
pub(crate) struct Revocation {
    /// Why the award is taken back
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// Date of the revocation: not before the decision, not in the future (in Vietnam)
    pub revoked_on: NaiveDate,
    /// Number of the decision that revokes it
    #[validate(custom(function = short))]
    #[schema(value_type = Option<Short>)]
    pub decision_number: Option<String>,
}
