//! What Yên Bái achieved in 2023. All of it is fact, as the report of 1 March 2024 says it; that 29 of 32 targets were met
//! and 17 exceeded is shown by the targets themselves.

use std::error::Error;

use serde_json::{Value, json};

use super::{cast::YEN_BAI, stage::Stage};

const REGION: &str = "Trung du và miền núi phía Bắc";
const SOURCE: &str = "Báo chí đưa tin hội nghị tổng kết Cụm thi đua năm 2023, ngày 01/3/2024";

/// States the figures on the day of the report.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let officer = stage.on("2024-03-01T16:00:00+07:00")?.enter(YEN_BAI.officer).await?;
    let province = stage.province(&officer, YEN_BAI.code).await?;
    for mut figure in reported() {
        figure["province_id"] = json!(province);
        figure["year"] = json!(2023);
        figure["source"] = json!(SOURCE);
        figure["certainty"] = json!("verified");
        stage.post(&officer, "/achievement-figures", figure).await?;
    }
    Ok(())
}

/// How many were ranked is told of growth only.
fn reported() -> [Value; 4] {
    [
        json!({
            "indicator": "Tốc độ tăng trưởng", "indicator_en": "Growth rate",
            "region": REGION, "rank_in_region": 7, "ranked_in_region": 14,
            "rank_in_country": 36, "ranked_in_country": 63,
        }),
        json!({
            "indicator": "Tốc độ tăng trưởng nông, lâm nghiệp và thủy sản",
            "indicator_en": "Growth rate of agriculture, forestry and fishery",
            "region": REGION, "rank_in_region": 3, "ranked_in_region": 14,
        }),
        json!({
            "indicator": "Giải ngân các chương trình mục tiêu quốc gia",
            "indicator_en": "Disbursement of national target programmes",
            "region": REGION, "rank_in_region": 1, "rank_in_country": 4,
        }),
        json!({
            "indicator": "Số năm thực hiện giao nhiệm vụ, khoán sản phẩm cho các sở, ban, ngành, huyện, thị xã, thành phố",
            "indicator_en": "Years of task-and-product assignments to departments, agencies, districts and towns",
            "value": 5, "unit": "năm",
        }),
    ]
}
