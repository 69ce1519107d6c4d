//! What came after the conference.

use std::error::Error;

use serde_json::json;

use super::{
    cast::SECRETARY,
    stage::{Stage, text},
};

/// A decision that is made and revoked later, so that the money to recover can be seen. All of it is invented.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let secretary = stage.on("2024-06-20T09:00:00+07:00")?.enter(SECRETARY).await?;
    let cycle = stage.cycle(&secretary, 2023).await?;
    let flag = text(&stage.get(&secretary, "/award-types?code=CTDCP").await?, "/data/0/id")?;
    let found = stage.get(&secretary, &format!("/nominations?cycle_id={cycle}&award_type_id={flag}")).await?;
    let nomination = text(&found, "/data/0/id")?;
    let decision = json!({
        "number": "DEMO-0/QĐ-CP", "decided_on": "2024-06-20", "authority": "government",
        "signatory_name": "Người ký (minh họa)", "signatory_title": "Phó Thủ tướng (minh họa)",
        "title": "Về việc tặng Cờ thi đua của Chính phủ (minh họa)",
        "awards": [{ "nomination_id": nomination, "citation": "Đơn vị dẫn đầu Cụm thi đua năm 2023 (minh họa)" }],
    });
    let decision = text(&stage.post(&secretary, "/decisions", decision).await?, "/id")?;
    stage.on("2024-09-10T09:00:00+07:00")?;
    let secretary = stage.enter(SECRETARY).await?;
    let revocation = json!({
        "decision_number": "DEMO-2/QĐ-CP", "revoked_on": "2024-09-10",
        "reason": "Minh họa việc hủy quyết định và thu hồi tiền thưởng",
    });
    stage.post(&secretary, &format!("/decisions/{decision}/revoke"), revocation).await.map(drop)
}
