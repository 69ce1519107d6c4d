//! Exemplars of the year. The report names none: all of them are invented. That campaigns of the Prime Minister and the
//! project on publicising exemplary models 2022-2025 (`DHTT-2025` of the catalogue) were reported on is fact.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{HOA_BINH, Member, YEN_BAI},
    stage::{Actor, Stage, text},
};

/// Enters two of Yên Bái, one of them all the way to the public, and one of Hòa Bình that nobody else reads yet.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    stage.on("2024-03-05T09:00:00+07:00")?;
    let officer = stage.enter(YEN_BAI.officer).await?;
    let cooperative = json!({
        "kind": "collective", "name": "Hợp tác xã chè vùng cao (minh họa)", "unit": "Huyện Văn Chấn (minh họa)",
        "field": "Xây dựng nông thôn mới", "story": "Liên kết các hộ trồng chè, cùng chế biến và bán hàng (minh họa).",
    });
    let cooperative = discover(stage, &officer, YEN_BAI, "DHTT-2025", cooperative).await?;
    for (step, words) in [
        ("foster", json!({ "fostering": "Tỉnh hỗ trợ tập huấn và vốn vay (minh họa)." })),
        ("review", json!({ "review": "Mô hình có hiệu quả, có thể nhân rộng (minh họa)." })),
        ("release", Value::Null),
        ("spread", json!({ "spreading": "Giới thiệu tại hội nghị điển hình tiên tiến (minh họa)." })),
    ] {
        stage.post(&officer, &format!("/exemplars/{cooperative}/{step}"), words).await?;
    }
    let villager = json!({
        "kind": "person", "name": "Nguyễn Văn A (minh họa)", "unit": "Bản vùng cao (minh họa)",
        "field": "Giữ rừng", "story": "Vận động bà con nhận khoán bảo vệ rừng (minh họa).",
    });
    discover(stage, &officer, YEN_BAI, "NTM-2025", villager).await?;

    let officer = stage.enter(HOA_BINH.officer).await?;
    let school = json!({
        "kind": "collective", "name": "Trường phổ thông dân tộc bán trú (minh họa)",
        "field": "Xây dựng xã hội học tập", "story": "Mở lớp xóa mù chữ buổi tối cho phụ nữ trong bản (minh họa).",
    });
    let school = discover(stage, &officer, HOA_BINH, "XHHT-2030", school).await?;
    let words = json!({ "fostering": "Ngành giáo dục cử giáo viên hỗ trợ (minh họa)." });
    stage.post(&officer, &format!("/exemplars/{school}/foster"), words).await.map(drop)
}

/// Enters an exemplar of 2023 that a campaign of the catalogue brought up.
async fn discover(
    stage: &Stage,
    officer: &Actor,
    member: Member,
    campaign: &str,
    mut exemplar: Value,
) -> Result<String, Box<dyn Error>> {
    let campaign = stage.get(officer, &format!("/campaigns?code={campaign}")).await?;
    exemplar["campaign_id"] = json!(text(&campaign, "/data/0/id")?);
    exemplar["province_id"] = json!(stage.province(officer, member.code).await?);
    exemplar["year"] = json!(2023);
    exemplar["certainty"] = json!("invented");
    text(&stage.post(officer, "/exemplars", exemplar).await?, "/id")
}
