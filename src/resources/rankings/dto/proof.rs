//! Proofs and verifications on the wire.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// What proves a ranking
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proof {
    pub ranking_id: Uuid,
    /// The version of the computation
    #[schema(minimum = 1, example = 1)]
    pub algorithm: i32,
    /// How `content` is written before it is hashed
    #[schema(example = "RFC 8785")]
    pub canonical_form: &'static str,
    /// SHA-256 of the canonical form of `content`, in hexadecimal
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// `algorithm`, `inputs` (criteria, ranking rules, provinces with their lines) and `result` (entries with sections and
    /// lines); exact decimals are text
    #[schema(value_type = Object)]
    pub content: Value,
    /// The version of the ranking; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
}

/// What became of a verification
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verification {
    pub ranking_id: Uuid,
    /// The version of the computation
    #[schema(minimum = 1, example = 1)]
    pub algorithm: i32,
    /// The stored hash
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// True: the stored inputs have the stored hash and give the stored result
    pub holds: bool,
    /// Why it does not hold; null where it does
    #[schema(required = true)]
    pub reason: Option<String>,
    /// JSON pointers into `content` where the computation came to something else
    pub differences: Vec<String>,
}
