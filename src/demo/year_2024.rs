//! 2024, launched at the same conference. Fact: head Tuyên Quang, deputy Hòa Bình, the pledges signed on 1 March 2024
//! in Bắc Kạn. The words of the pledges and the due dates are invented.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{SECRETARY, TUYEN_QUANG},
    stage::Stage,
};

/// Launches the year and signs its pledges.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let secretary = stage.on("2024-03-01T10:00:00+07:00")?.enter(SECRETARY).await?;
    let cycle = stage.cycle(&secretary, 2024).await?;
    let head = stage.enter(TUYEN_QUANG.officer).await?;
    let plan = json!({ "due_dates": [
        { "stage": "pledge", "due_at": "2024-03-01T17:00:00+07:00" },
        { "stage": "criteria", "due_at": "2024-04-30T17:00:00+07:00" },
        { "stage": "self_scoring", "due_at": "2025-01-05T17:00:00+07:00" },
    ]});
    stage.patch(&head, &format!("/cycles/{cycle}"), plan).await?;
    stage.post(&head, &format!("/cycles/{cycle}/launch"), Value::Null).await?;
    stage.on("2024-03-01T11:00:00+07:00")?;
    stage.pledges(&cycle, "2024-03-01T10:30:00+07:00", "Bắc Kạn", "verified").await?;
    Ok(())
}
