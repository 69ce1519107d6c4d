//! What the cluster gave at the conference of 1 March 2024: fact. What each member gave of it is not reported.

use std::error::Error;

use serde_json::json;

use super::{cast::BAC_KAN, stage::Stage};

/// For houses of policy families in the host province.
pub(super) async fn play(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2024-03-01T09:50:00+07:00")?.enter(BAC_KAN.officer).await?;
    let contribution = json!({
        "cycle_id": cycle, "purpose": "Hỗ trợ xây nhà cho gia đình chính sách",
        "beneficiary": "Gia đình chính sách tỉnh Bắc Kạn",
        "host_province_id": stage.province(&head, BAC_KAN.code).await?, "form": "money",
        "announced_amount": 350_000_000, "decided_on": "2024-03-01", "certainty": "verified",
    });
    stage.post(&head, "/contributions", contribution).await.map(drop)
}
