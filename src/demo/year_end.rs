//! The year-end conference for 2023, on 1 March 2024 in Bắc Kạn. Fact: its day and place, who chaired it, that Yên Bái
//! was nominated, who was elected for 2024, that the campaign of 2024 was launched and its pledge signed there. The hours,
//! the agenda, the speech, the minutes and the words of the resolutions are invented. No names were reported.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{BAC_KAN, TUYEN_QUANG, YEN_BAI},
    stage::{Actor, Stage, text},
};

const AGENDA: [(&str, &str, Option<&str>); 6] = [
    ("08:00", "Khai mạc (giờ và chương trình là minh họa)", None),
    ("08:15", "Báo cáo tổng kết phong trào thi đua năm 2023 (minh họa)", Some("Tỉnh Bắc Kạn, Cụm trưởng (minh họa)")),
    ("09:00", "Thông qua kết quả chấm điểm, xếp hạng năm 2023 (minh họa)", None),
    ("09:30", "Bình xét, suy tôn; bầu Cụm trưởng, Cụm phó năm 2024 (minh họa)", None),
    ("10:00", "Phát động thi đua và ký kết giao ước thi đua năm 2024 (minh họa)", Some("Tỉnh Tuyên Quang (minh họa)")),
    ("11:30", "Bế mạc (minh họa)", None),
];

/// Plans the conference, opens it on its day and has it approve the ranking; its id is the answer.
pub(super) async fn open(stage: &Stage, cycle: &str) -> Result<String, Box<dyn Error>> {
    let head = stage.on("2024-02-21T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    let plan = json!({
        "cycle_id": cycle, "kind": "year_end", "certainty": "verified", "place": "Bắc Kạn",
        "title": "Hội nghị tổng kết năm 2023 Cụm thi đua các tỉnh Trung du và miền núi phía Bắc",
        "starts_at": "2024-03-01T08:00:00+07:00", "host_province_id": stage.province(&head, BAC_KAN.code).await?,
    });
    let conference = text(&stage.post(&head, "/conferences", plan).await?, "/id")?;
    let path = format!("/conferences/{conference}");
    stage.put(&head, &format!("{path}/participants"), participants(stage, &head).await?).await?;
    let items = AGENDA.map(|(time, title, speaker)| {
        json!({ "starts_at": format!("2024-03-01T{time}:00+07:00"), "title": title, "speaker": speaker })
    });
    stage.put(&head, &format!("{path}/agenda"), json!({ "items": items })).await?;
    let head = stage.on("2024-03-01T08:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    stage.post(&head, &format!("{path}/open"), Value::Null).await?;
    let head = stage.on("2024-03-01T09:15:00+07:00")?.enter(BAC_KAN.officer).await?;
    let ranking = text(&stage.get(&head, &format!("/cycles/{cycle}/ranking")).await?, "/id")?;
    let approval = json!({ "kind": "ranking_approval", "ranking_id": ranking });
    resolve(stage, &head, &conference, "Thông qua kết quả chấm điểm, xếp hạng năm 2023", approval).await?;
    Ok(conference)
}

/// Who chaired it is fact.
async fn participants(stage: &Stage, actor: &Actor) -> Result<Value, Box<dyn Error>> {
    let council = "Hội đồng Thi đua - Khen thưởng Trung ương";
    let overseer = json!({
        "role": "chair", "title": "Ủy viên Hội đồng Thi đua - Khen thưởng Trung ương phụ trách Cụm", "organisation": council,
    });
    let mut all = vec![overseer];
    for member in [BAC_KAN, TUYEN_QUANG] {
        all.push(json!({
            "role": "chair", "title": format!("Chủ tịch Ủy ban nhân dân tỉnh {}", member.name),
            "province_id": stage.province(actor, member.code).await?,
        }));
    }
    Ok(json!({ "participants": all }))
}

/// What the members nominated and whom they elected.
pub(super) async fn record(stage: &Stage, cycle: &str, conference: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.enter(BAC_KAN.officer).await?;
    let yen_bai = stage.province(&head, YEN_BAI.code).await?;
    let nominations = stage.get(&head, &format!("/nominations?cycle_id={cycle}&sort=created_at")).await?;
    for nomination in nominations["data"].as_array().into_iter().flatten() {
        let words = if text(nomination, "/province_id")? == yen_bai {
            "Suy tôn tỉnh Yên Bái, đơn vị có điểm cao thứ hai, đề nghị tặng Bằng khen của Thủ tướng Chính phủ"
        } else {
            "Suy tôn đơn vị dẫn đầu Cụm đề nghị tặng Cờ thi đua của Chính phủ (tên đơn vị là minh họa)"
        };
        let subject = json!({ "kind": "nomination", "nomination_id": text(nomination, "/id")? });
        resolve(stage, &head, conference, words, subject).await?;
    }
    let elections = stage.get(&head, &format!("/ballots?cycle_id={cycle}&kind=election&sort=created_at")).await?;
    let elected = ["Bầu tỉnh Tuyên Quang làm Cụm trưởng năm 2024", "Bầu tỉnh Hòa Bình làm Cụm phó năm 2024"];
    for (ballot, words) in elections["data"].as_array().into_iter().flatten().zip(elected) {
        let subject = json!({ "kind": "election", "ballot_id": text(ballot, "/id")? });
        resolve(stage, &head, conference, words, subject).await?;
    }
    Ok(())
}

/// After the pledges of 2024 have been signed.
pub(super) async fn close(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2024-03-01T11:30:00+07:00")?.enter(BAC_KAN.officer).await?;
    let (cycle, next) = (stage.cycle(&head, 2023).await?, stage.cycle(&head, 2024).await?);
    let found = stage.get(&head, &format!("/conferences?cycle_id={cycle}&kind=year_end")).await?;
    let conference = text(&found, "/data/0/id")?;
    resolve(stage, &head, &conference, "Phát động phong trào thi đua năm 2024", json!({ "kind": "other" })).await?;
    let signing = json!({ "kind": "pledge_signing", "signed_cycle_id": next });
    resolve(stage, &head, &conference, "Các tỉnh trong Cụm ký kết giao ước thi đua năm 2024", signing).await?;
    let officer = stage.enter(YEN_BAI.officer).await?;
    let speech = json!({
        "title": "Giao nhiệm vụ, khoán sản phẩm cho các sở, ngành, địa phương (minh họa)",
        "speaker_name": "Đại biểu (minh họa)", "speaker_title": "Đại diện tỉnh Yên Bái (minh họa)",
        "province_id": stage.province(&officer, YEN_BAI.code).await?,
        "text": "Năm 2023 là năm thứ năm tỉnh Yên Bái giao nhiệm vụ, khoán sản phẩm (lời văn minh họa).",
    });
    stage.post(&officer, &format!("/conferences/{conference}/speeches"), speech).await?;
    let path = format!("/conferences/{conference}");
    let minutes = json!({ "minutes": "Biên bản hội nghị: các nội dung trong chương trình đã hoàn thành (minh họa)." });
    stage.patch(&head, &path, minutes).await?;
    stage.post(&head, &format!("{path}/close"), Value::Null).await.map(drop)
}

/// What was resolved is fact; how it was worded is not.
async fn resolve(
    stage: &Stage,
    actor: &Actor,
    conference: &str,
    words: &str,
    subject: Value,
) -> Result<(), Box<dyn Error>> {
    let resolution = json!({ "text": format!("{words} (lời văn minh họa)"), "subject": subject });
    stage.post(actor, &format!("/conferences/{conference}/resolutions"), resolution).await.map(drop)
}
