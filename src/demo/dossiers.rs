//! From the ballots of the conference to the door of the deciding authority: dossiers, appraisal and public comment. That
//! Yên Bái was nominated is fact; the documents, the words and the days are invented.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{BAC_KAN, MEMBERS, SECRETARY},
    stage::{Stage, text},
};

/// What every dossier has to hold.
const DOCUMENTS: [(&str, &str); 3] = [
    ("submission_letter", "Tờ trình đề nghị khen thưởng (minh họa)"),
    ("achievement_report", "Báo cáo thành tích (minh họa)"),
    ("minutes", "Biên bản bình xét, suy tôn (minh họa)"),
];

/// Both nominations, one beside the other. Public comment takes ten working days and is over on 3 June.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let secretary = stage.on("2024-03-20T09:00:00+07:00")?.enter(SECRETARY).await?;
    let cycle = stage.cycle(&secretary, 2023).await?;
    let found = stage.get(&secretary, &format!("/nominations?cycle_id={cycle}&sort=created_at")).await?;
    let nominations = found["data"].as_array().ok_or("no nominations")?;
    for nomination in nominations {
        put_together(stage, nomination).await?;
    }
    let opinion = "Hồ sơ đầy đủ, đủ điều kiện đề nghị khen thưởng (nội dung và ngày tháng là minh họa)";
    for (time, who, step, body) in [
        ("2024-03-29T09:00:00+07:00", BAC_KAN.officer, "complete-dossier", Value::Null),
        ("2024-04-05T09:00:00+07:00", SECRETARY, "submit", Value::Null),
        ("2024-05-10T09:00:00+07:00", SECRETARY, "appraise", json!({ "opinion": opinion })),
        ("2024-05-20T09:00:00+07:00", SECRETARY, "open-public-comment", Value::Null),
    ] {
        let who = stage.on(time)?.enter(who).await?;
        for nomination in nominations {
            let path = format!("/nominations/{}/{step}", text(nomination, "/id")?);
            stage.post(&who, &path, body.clone()).await?;
        }
    }
    for nomination in nominations {
        answer(stage, &text(nomination, "/id")?).await?;
    }
    Ok(())
}

/// The nominated province reports; the head of the cluster adds the rest.
async fn put_together(stage: &Stage, nomination: &Value) -> Result<(), Box<dyn Error>> {
    let path = format!("/nominations/{}/dossier-documents", text(nomination, "/id")?);
    let head = stage.enter(BAC_KAN.officer).await?;
    let mut nominee = &BAC_KAN;
    for member in &MEMBERS {
        if stage.province(&head, member.code).await? == text(nomination, "/province_id")? {
            nominee = member;
        }
    }
    for (kind, title) in DOCUMENTS {
        let who = if kind == "achievement_report" { nominee.officer } else { BAC_KAN.officer };
        let url = format!("https://example.org/minh-hoa/{}/{kind}", nominee.officer);
        let document = json!({ "kind": kind, "title": title, "url": url });
        stage.post(&stage.enter(who).await?, &path, document).await?;
    }
    Ok(())
}

/// Somebody asks, and is answered.
async fn answer(stage: &Stage, nomination: &str) -> Result<(), Box<dyn Error>> {
    let secretary = stage.on("2024-05-28T09:00:00+07:00")?.enter(SECRETARY).await?;
    let comment = json!({ "text": "Đề nghị công bố rõ căn cứ xếp hạng (minh họa)", "received_on": "2024-05-27" });
    let comment = text(&stage.post(&secretary, &format!("/nominations/{nomination}/comments"), comment).await?, "/id")?;
    let answer = json!({ "answer": "Kết quả xếp hạng đã được công bố sau hội nghị tổng kết (minh họa)" });
    stage.post(&secretary, &format!("/nomination-comments/{comment}/answer"), answer).await.map(drop)
}
