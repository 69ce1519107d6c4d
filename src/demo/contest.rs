//! The explanation stage of 2023: one province contests one line, and the second appraisal agrees. All of it is invented.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{APPRAISERS, BAC_KAN, MEMBERS},
    criteria::LINKED,
    stage::Stage,
    year_2023::scorecard,
};

/// The place in [`MEMBERS`] of the province whose line [`LINKED`] was lowered.
const CONTESTING: usize = 1;

/// Plays from the opening of the stage to the last answer.
pub(super) async fn play(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2024-02-06T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    stage.post(&head, &format!("/cycles/{cycle}/open-explanation"), Value::Null).await?;
    let member = &MEMBERS[CONTESTING];
    let officer = stage.on("2024-02-08T09:00:00+07:00")?.enter(member.officer).await?;
    let card = scorecard(stage, &officer, cycle, member).await?;
    let lines = stage.get(&officer, &format!("/scores?scorecard_id={card}&limit=200")).await?;
    let contested = lines["data"]
        .as_array()
        .and_then(|lines| lines.iter().find(|line| line.pointer("/criterion/code") == Some(&json!(LINKED))))
        .ok_or("the contested line is missing")?;
    let line = |members: Value| {
        let mut line = members;
        line["criterion_id"] = contested["criterion_id"].clone();
        json!([line])
    };
    let explanation = json!({ "explanation": "Báo cáo kèm theo đã nêu đủ minh chứng, đề nghị xem lại (minh họa)" });
    let path = format!("/scorecards/{card}");
    stage.put(&officer, &format!("{path}/explanations"), json!({ "explanations": line(explanation) })).await?;
    stage.post(&officer, &format!("{path}/submit-explanations"), Value::Null).await?;
    let [economy, _] = APPRAISERS;
    let appraiser = stage.on("2024-02-15T09:00:00+07:00")?.enter(economy).await?;
    let answer = json!({
        "second_points": contested["self"]["points"], "answer": "Chấp nhận giải trình của tỉnh (minh họa)",
    });
    stage.put(&appraiser, &format!("{path}/second-appraisal"), json!({ "answers": line(answer) })).await?;
    stage.post(&appraiser, &format!("{path}/complete-second-appraisal"), Value::Null).await?;
    Ok(())
}
