//! The targets of Yên Bái for 2023.
//!
//! The report says that 29 of 32 were met and 17 of these exceeded; it names none of them with figures. So all names
//! and figures are invented and marked so, except the four the report speaks of in words: these are marked inferred.

use serde_json::{Value, json};

/// Name, unit, whether more is better, target, actual.
type Line = (&'static str, &'static str, bool, i32, i32);

#[rustfmt::skip]
const TARGETS: [Line; 32] = [
    // 17 exceeded
    ("Tăng trưởng nông, lâm nghiệp và thủy sản",              "%",            true,  5,    6),
    ("Giải ngân các chương trình mục tiêu quốc gia",          "%",            true,  95,   98),
    ("Giao nhiệm vụ, khoán sản phẩm: nhiệm vụ hoàn thành",     "%",            true,  90,   96),
    ("Giá trị sản xuất công nghiệp",                          "tỷ đồng",      true,  16000, 16500),
    ("Thu ngân sách nhà nước trên địa bàn",                   "tỷ đồng",      true,  4400, 4650),
    ("Tổng vốn đầu tư toàn xã hội",                           "tỷ đồng",      true,  21000, 21500),
    ("Giá trị xuất khẩu hàng hóa",                            "triệu USD",    true,  380,  410),
    ("Trồng rừng mới",                                        "ha",           true,  15500, 16200),
    ("Số doanh nghiệp thành lập mới",                         "doanh nghiệp", true,  300,  328),
    ("Số hợp tác xã thành lập mới",                           "hợp tác xã",   true,  80,   92),
    ("Số lao động được tạo việc làm mới",                     "người",        true,  19500, 20300),
    ("Số sản phẩm OCOP đạt 3 sao trở lên tăng thêm",          "sản phẩm",     true,  20,   26),
    ("Lượng khách du lịch",                                   "nghìn lượt",   true,  1750, 1900),
    ("Tỷ lệ hộ nghèo (chuẩn đa chiều)",                       "%",            false, 14,   13),
    ("Số vụ tai nạn giao thông",                              "vụ",           false, 120,  104),
    ("Tỷ lệ hồ sơ thủ tục hành chính trực tuyến",             "%",            true,  60,   71),
    ("Số mô hình “Trường học hạnh phúc”",                     "trường",       true,  100,  118),
    // 12 met exactly
    ("Tỷ lệ che phủ rừng",                                    "%",            true,  63,   63),
    ("Số xã đạt chuẩn nông thôn mới tăng thêm",               "xã",           true,  6,    6),
    ("Số xã đạt chuẩn nông thôn mới nâng cao tăng thêm",      "xã",           true,  4,    4),
    ("Tỷ lệ lao động qua đào tạo",                            "%",            true,  67,   67),
    ("Tỷ lệ trường đạt chuẩn quốc gia",                       "%",            true,  72,   72),
    ("Số bác sĩ trên một vạn dân",                            "bác sĩ",       true,  12,   12),
    ("Số giường bệnh trên một vạn dân",                       "giường",       true,  35,   35),
    ("Tỷ lệ dân số tham gia bảo hiểm y tế",                   "%",            true,  96,   96),
    ("Tỷ lệ dân số đô thị được dùng nước sạch",               "%",            true,  90,   90),
    ("Tỷ lệ dân số nông thôn được dùng nước hợp vệ sinh",     "%",            true,  94,   94),
    ("Tỷ lệ thôn, bản, tổ dân phố văn hóa",                   "%",            true,  83,   83),
    ("Số vụ cháy rừng lớn",                                   "vụ",           false, 0,    0),
    // 3 missed
    ("Tốc độ tăng trưởng GRDP",                               "%",            true,  8,    7),
    ("Giải ngân vốn đầu tư công",                             "%",            true,  100,  95),
    ("Tỷ lệ đô thị hóa",                                      "%",            true,  24,   23),
];

/// How many of the first lines, and which others, the report speaks of in words.
const REPORTED: [usize; 4] = [0, 1, 2, 29];

/// The targets as they are registered, with the figure reached at the end of the year beside each.
pub(super) fn yen_bai() -> impl Iterator<Item = (Value, Value)> {
    TARGETS.iter().enumerate().map(|(index, (name, unit, more, target, actual))| {
        let certainty = if REPORTED.contains(&index) { "inferred" } else { "invented" };
        let direction = if *more { "higher_is_better" } else { "lower_is_better" };
        let registered = json!({
            "position": index + 1, "name": name, "unit": unit, "direction": direction, "target": target,
            "certainty": certainty,
        });
        (registered, json!({ "actual": actual, "source": "Số liệu minh họa" }))
    })
}

/// Three targets for each of the other members: invented.
pub(super) fn of_others() -> impl Iterator<Item = (Value, Value)> {
    yen_bai().skip(3).take(3).map(|(mut registered, reached)| {
        registered["certainty"] = json!("invented");
        if let Some(members) = registered.as_object_mut() {
            members.remove("position");
        }
        (registered, reached)
    })
}

#[cfg(test)]
mod tests {
    use entity::vocab::Direction;

    use super::*;
    use crate::domain::target::{Summary, outcome};

    #[test]
    fn the_summary_is_the_reported_one() {
        let outcomes = TARGETS.iter().map(|(_, _, more, target, actual)| {
            let direction = if *more { Direction::HigherIsBetter } else { Direction::LowerIsBetter };
            outcome(direction, (*target).into(), Some((*actual).into()))
        });
        let summary: Summary = outcomes.collect();
        assert_eq!((summary.total, summary.met, summary.exceeded, summary.missed), (32, 29, 17, 3));
    }
}
