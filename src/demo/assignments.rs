//! What Yên Bái asked of its departments, agencies, districts and towns in 2023. That it did so, for the fifth year, is fact
//! and stands among its figures; the single tasks are invented.

use std::error::Error;

use serde_json::json;

use super::{
    cast::YEN_BAI,
    stage::{Actor, Stage, text},
};

/// What became of a task.
enum End {
    /// Reported and rated, each on its day.
    Rated(&'static str, &'static str, &'static str),
    Reported(&'static str),
    /// Never reported.
    Open,
    Withdrawn,
}

/// Kind and name of the unit, task, product, due date, and what became of it.
type Line = (&'static str, &'static str, &'static str, &'static str, &'static str, End);

#[rustfmt::skip]
const TASKS: [Line; 8] = [
    ("department", "Sở Nông nghiệp và Phát triển nông thôn", "Trồng rừng mới", "16.200 ha rừng trồng mới", "2023-12-15", End::Rated("2023-12-10", "excellent", "2023-12-28")),
    ("department", "Sở Nông nghiệp và Phát triển nông thôn", "Sản phẩm OCOP", "26 sản phẩm đạt 3 sao trở lên", "2023-11-30", End::Rated("2023-11-30", "good", "2023-12-28")),
    ("department", "Sở Y tế", "Bảo hiểm y tế", "96% dân số tham gia", "2023-12-15", End::Rated("2023-12-20", "completed", "2023-12-28")),
    ("department", "Sở Kế hoạch và Đầu tư", "Giải ngân vốn đầu tư công", "100% kế hoạch vốn", "2023-12-31", End::Rated("2023-12-31", "not_completed", "2024-01-10")),
    ("agency",     "Ban Quản lý các khu công nghiệp", "Thu hút đầu tư", "Hai dự án mới", "2023-10-31", End::Reported("2023-10-25")),
    ("district",   "Huyện Văn Yên", "Xây dựng nông thôn mới", "Hai xã đạt chuẩn", "2023-12-15", End::Rated("2023-12-12", "good", "2023-12-28")),
    ("town",       "Thị xã Nghĩa Lộ", "Chuyển đổi số", "Báo cáo kết quả chuyển đổi số", "2023-12-15", End::Open),
    ("town",       "Thành phố Yên Bái", "Chỉnh trang đô thị", "Một tuyến phố kiểu mẫu", "2023-12-15", End::Withdrawn),
];

/// Enters the tasks of the year after its end, each with the days of then.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let officer = stage.on("2024-03-06T09:00:00+07:00")?.enter(YEN_BAI.officer).await?;
    let province = stage.province(&officer, YEN_BAI.code).await?;
    for (unit_kind, unit_name, task, product, due_on, end) in TASKS {
        let task = json!({
            "province_id": province, "year": 2023, "unit_kind": unit_kind, "unit_name": unit_name,
            "task": format!("{task} (minh họa)"), "product": format!("{product} (minh họa)"), "due_on": due_on,
            "certainty": "invented",
        });
        let id = text(&stage.post(&officer, "/assignments", task).await?, "/id")?;
        conclude(stage, &officer, &format!("/assignments/{id}"), end).await?;
    }
    Ok(())
}

async fn conclude(stage: &Stage, officer: &Actor, path: &str, end: End) -> Result<(), Box<dyn Error>> {
    let report = async |day: &str| {
        let report = json!({ "result": "Theo báo cáo của đơn vị (minh họa)", "reported_on": day });
        stage.post(officer, &format!("{path}/report"), report).await
    };
    match end {
        End::Rated(reported_on, rating, rated_on) => {
            report(reported_on).await?;
            let rating = json!({ "rating": rating, "rated_on": rated_on });
            stage.post(officer, &format!("{path}/rate"), rating).await?;
        }
        End::Reported(reported_on) => {
            report(reported_on).await?;
        }
        End::Open => {}
        End::Withdrawn => {
            let reason = json!({ "reason": "Chuyển sang năm sau (minh họa)" });
            stage.post(officer, &format!("{path}/withdraw"), reason).await?;
        }
    }
    Ok(())
}
