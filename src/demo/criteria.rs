//! The demonstration's criteria: 1,000 points in three sections, invented, as every name says.

use serde_json::{Value, json};

/// Code, name, maximum, method with its figures.
type Leaf = (&'static str, &'static str, i32, Kind);

/// How a leaf is scored; every method of the field is shown.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Expert,
    /// Points follow the figure attained, out of this target; more is better.
    Towards(i32),
    /// The same, and over-fulfilment earns up to 110 %.
    Beyond(i32),
    /// Points follow the figure attained, out of this target; less is better.
    Below(i32),
    /// Every started percent short of this target costs a point.
    Short(i32),
    /// Bands of the figure in percent of this target.
    Bands(i32),
    /// Half at this target, the rest by what the leader reached.
    Leader(i32),
    /// Done or not done.
    Done,
    /// So many points each, up to the maximum.
    Each(i32),
}

impl Kind {
    /// What the figure is held against, where there is a figure.
    pub(super) const fn target(self) -> Option<i32> {
        match self {
            Towards(target) | Beyond(target) | Below(target) | Short(target) | Bands(target) | Leader(target) => {
                Some(target)
            }
            Expert | Done | Each(_) => None,
        }
    }
}

use Kind::*;

#[rustfmt::skip]
pub(super) const ECONOMY: [Leaf; 11] = [
    ("I.1",  "Tốc độ tăng trưởng GRDP so với kế hoạch (%)",                        80, Towards(100)),
    ("I.2",  "Thu ngân sách nhà nước trên địa bàn so với dự toán (%)",              60, Beyond(100)),
    ("I.3",  "Giải ngân vốn đầu tư công (%)",                                       60, Short(100)),
    ("I.4",  "Tăng trưởng nông, lâm nghiệp và thủy sản so với kế hoạch (%)",        60, Leader(90)),
    ("I.5",  "Giải ngân các chương trình mục tiêu quốc gia (%)",                    60, Towards(100)),
    ("I.6",  "Giảm tỷ lệ hộ nghèo so với kế hoạch (%)",                             60, Towards(100)),
    ("I.7",  "Số xã đạt chuẩn nông thôn mới so với kế hoạch (%)",                   50, Bands(100)),
    ("I.8",  "Tai nạn giao thông: số vụ so với mức của năm trước (%)",              40, Below(90)),
    ("I.9",  "Giáo dục và đào tạo",                                                 50, Expert),
    ("I.10", "Y tế và chăm sóc sức khỏe nhân dân",                                  40, Expert),
    ("I.11", "Quốc phòng, an ninh, trật tự an toàn xã hội",                         40, Expert),
];

#[rustfmt::skip]
pub(super) const POLITY: [Leaf; 6] = [
    ("II.1", "Xây dựng Đảng trong sạch, vững mạnh",                                 50, Expert),
    ("II.2", "Xây dựng chính quyền, hiệu lực quản lý",                              40, Expert),
    ("II.3", "Chỉ số cải cách hành chính so với mục tiêu (%)",                      40, Towards(100)),
    ("II.4", "Mặt trận Tổ quốc và các đoàn thể",                                    30, Expert),
    ("II.5", "Tiếp công dân, giải quyết khiếu nại, tố cáo",                         20, Done),
    ("II.6", "Phòng, chống tham nhũng, lãng phí",                                   20, Expert),
];

#[rustfmt::skip]
pub(super) const EMULATION: [Leaf; 6] = [
    ("III.1", "Triển khai các phong trào thi đua do Thủ tướng Chính phủ phát động", 50, Expert),
    ("III.2", "Phát hiện, bồi dưỡng, nhân điển hình tiên tiến",                     40, Each(4)),
    ("III.3", "Khen thưởng người lao động trực tiếp (% tổng số)",                   40, Towards(60)),
    ("III.4", "Tuyên truyền gương điển hình tiên tiến",                             30, Expert),
    ("III.5", "Hoạt động của Cụm thi đua",                                          20, Expert),
    ("III.6", "Tổ chức bộ máy làm công tác thi đua, khen thưởng",                   20, Expert),
];

/// Leaves on top of the 1,000 points.
pub(super) const BONUS: &str = "III.B";
pub(super) const PENALTY: &str = "III.P";

/// Leaves that demand evidence: the first has a link from every province, the other, where it is claimed, a note that
/// explains it.
pub(super) const LINKED: &str = "III.1";
const EVIDENCED: [&str; 2] = [LINKED, BONUS];

/// How totals become ranks and classes: an invented chain of tie-breakers and invented bands.
pub(super) fn ranking_rules() -> Value {
    json!({
        "tie_breakers": [
            { "by": "section_points", "section": "I" },
            { "by": "section_points", "section": "III" },
            { "by": "fewer_penalties" },
            { "by": "earlier_submission" },
        ],
        "classification": { "measure": "percent", "bands": [
            { "name": "Hoàn thành xuất sắc nhiệm vụ", "name_en": "Tasks completed with excellence", "from": 90 },
            { "name": "Hoàn thành tốt nhiệm vụ", "name_en": "Tasks completed well", "from": 80, "to": 90 },
            { "name": "Hoàn thành nhiệm vụ", "name_en": "Tasks completed", "to": 80 },
        ]},
    })
}

/// How lines are scored: the provinces are heard, and lateness costs (invented).
pub(super) fn scoring_rules() -> Value {
    json!({ "explanation_required": true, "lateness": { "per": "started_day", "points": 2, "cap": 10 } })
}

/// The whole tree, as `PUT /criteria-sets/{id}/tree` takes it.
pub(super) fn tree() -> Value {
    let on_top = |code: &str, name: &str, method: &str, each: i32, cap: i32| {
        json!({
            "code": code, "name": name, "certainty": "invented", "method": method,
            "parameters": { "points_each": each, "cap": cap }, "evidence_required": EVIDENCED.contains(&code),
        })
    };
    let mut emulation =
        section("III", "Công tác thi đua, khen thưởng", "Emulation and commendation work", 200, &EMULATION);
    if let Some(children) = emulation["children"].as_array_mut() {
        children.push(on_top(BONUS, "Điểm thưởng: mô hình mới được nhân rộng toàn quốc", "bonus", 5, 15));
        children.push(on_top(PENALTY, "Điểm trừ: báo cáo gửi chậm", "penalty", 2, 10));
    }
    json!({ "nodes": [
        section("I", "Phát triển kinh tế - xã hội", "Socio-economic development", 600, &ECONOMY),
        section("II", "Xây dựng Đảng và hệ thống chính trị", "Party and political system", 200, &POLITY),
        emulation,
    ]})
}

fn section(code: &str, name: &str, name_en: &str, points: i32, leaves: &[Leaf]) -> Value {
    let children: Vec<Value> = leaves.iter().map(leaf).collect();
    json!({
        "code": code, "name": name, "name_en": name_en, "certainty": "invented", "max_points": points,
        "children": children,
    })
}

fn leaf((code, name, points, kind): &Leaf) -> Value {
    let higher = |target: &i32| json!({ "direction": "higher_is_better", "target": target });
    let with = |mut parameters: Value, name: &str, value: Value| {
        parameters[name] = value;
        parameters
    };
    let band = |from: i32, percent: i32| json!({ "from": from, "points": points * percent / 100 });
    let (method, parameters) = match kind {
        Expert => ("expert", json!({})),
        Towards(target) => ("proportional", higher(target)),
        Beyond(target) => ("proportional", with(higher(target), "over_fulfilment_cap", json!(110))),
        Below(target) => ("proportional", json!({ "direction": "lower_is_better", "target": target })),
        Short(target) => ("shortfall", with(higher(target), "deduction", json!(1))),
        Bands(target) => {
            let bands = json!([band(98, 100), band(95, 90), band(90, 80), band(0, 50)]);
            ("steps", with(with(higher(target), "measure", json!("ratio")), "bands", bands))
        }
        Leader(target) => ("leader_relative", higher(target)),
        Done => ("pass_fail", json!({})),
        Each(points) => ("per_item", json!({ "points_each": points })),
    };
    json!({
        "code": code, "name": name, "certainty": "invented", "max_points": points, "method": method,
        "parameters": parameters, "evidence_required": EVIDENCED.contains(code),
    })
}

/// All leaves that carry points, in the order of the set.
pub(super) fn leaves() -> impl Iterator<Item = &'static Leaf> {
    ECONOMY.iter().chain(&POLITY).chain(&EMULATION)
}
