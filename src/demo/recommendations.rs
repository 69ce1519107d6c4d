//! What Yên Bái recommended at the conference of 1 March 2024: fact, told in short; what became of it is not reported.
//! One more recommendation, invented, shows the whole way to an answer.

use std::error::Error;

use serde_json::json;

use super::{
    cast::{BAC_KAN, SECRETARY, YEN_BAI},
    stage::{Stage, text},
};

/// To whom, the title, and what is asked.
const REPORTED: [(&str, &str, &str); 6] = [
    (
        "central_level",
        "Dự báo và phòng, chống thiên tai",
        "Đề nghị Trung ương quan tâm đầu tư cho công tác dự báo và phòng, chống thiên tai.",
    ),
    (
        "central_level",
        "Lâm nghiệp đa mục đích, kinh tế dưới tán rừng",
        "Đề nghị Trung ương quan tâm phát triển lâm nghiệp đa mục đích và kinh tế dưới tán rừng.",
    ),
    ("central_level", "Bảo tồn văn hóa các dân tộc", "Đề nghị Trung ương quan tâm bảo tồn văn hóa các dân tộc."),
    (
        "central_level",
        "Đào tạo thanh niên dân tộc thiểu số",
        "Đề nghị Trung ương quan tâm đào tạo thanh niên dân tộc thiểu số.",
    ),
    (
        "members",
        "Liên kết du lịch “một cung đường, nhiều điểm đến”",
        "Đề nghị các tỉnh trong Cụm liên kết phát triển du lịch “một cung đường, nhiều điểm đến”.",
    ),
    ("members", "Cùng quảng bá, xúc tiến", "Đề nghị các tỉnh trong Cụm cùng phối hợp quảng bá, xúc tiến du lịch."),
];

/// At the conference, after the ranking.
pub(super) async fn play(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let officer = stage.on("2024-03-01T09:45:00+07:00")?.enter(YEN_BAI.officer).await?;
    let province = stage.province(&officer, YEN_BAI.code).await?;
    for (addressee, title, words) in REPORTED {
        let new = json!({
            "cycle_id": cycle, "province_id": province, "addressee": addressee, "title": title, "text": words,
            "raised_on": "2024-03-01", "certainty": "verified",
        });
        stage.post(&officer, "/recommendations", new).await?;
    }
    Ok(())
}

/// From the mid-year of 2023 to its end: all of it is invented.
pub(super) async fn show(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let officer = stage.on("2023-07-28T09:00:00+07:00")?.enter(YEN_BAI.officer).await?;
    let new = json!({
        "cycle_id": cycle, "province_id": stage.province(&officer, YEN_BAI.code).await?, "addressee": "central_level",
        "addressee_name": "Ban Thi đua - Khen thưởng Trung ương", "title": "Hướng dẫn chấm điểm thi đua (minh họa)",
        "text": "Đề nghị hướng dẫn sớm việc chấm điểm thi đua của Cụm (minh họa).", "raised_on": "2023-07-28",
        "certainty": "invented",
    });
    let path = format!("/recommendations/{}", text(&stage.post(&officer, "/recommendations", new).await?, "/id")?);
    let head = stage.on("2023-08-02T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    let forwarding = json!({
        "forwarded_on": "2023-08-02", "forwarded_to": "Ban Thi đua - Khen thưởng Trung ương (minh họa)",
        "due_on": "2023-09-15",
    });
    stage.post(&head, &format!("{path}/forward"), forwarding).await?;
    let secretary = stage.on("2023-09-08T09:00:00+07:00")?.enter(SECRETARY).await?;
    let answer = json!({
        "answer": "Hướng dẫn đã được gửi các Cụm (minh họa).",
        "answered_by": "Ban Thi đua - Khen thưởng Trung ương (minh họa)", "answered_on": "2023-09-08",
    });
    stage.post(&secretary, &format!("{path}/answer"), answer).await?;
    let letter = json!({
        "title": "Công văn trả lời (minh họa)", "url": "https://example.org/minh-hoa/cong-van-tra-loi",
    });
    stage.post(&secretary, &format!("{path}/documents"), letter).await?;
    let officer = stage.on("2023-09-12T09:00:00+07:00")?.enter(YEN_BAI.officer).await?;
    let closing = json!({ "closed_on": "2023-09-12", "closing_note": "Tỉnh đã nhận được hướng dẫn (minh họa)." });
    stage.post(&officer, &format!("{path}/close"), closing).await.map(drop)
}
