//! The people of the demonstration: one officer for each member province, the council's secretary, two appraisers, an
//! auditor, an administrator. None of them is a real person.

use std::error::Error;

use serde_json::{Value, json};

use super::stage::{Stage, text};
use crate::resources::users;

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Person {
    pub username: String,
    pub role: &'static str,
    pub display_name: String,
}

/// A member of the cluster in 2023 and 2024: its code then, its name, and the user name of its officer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) officer: &'static str,
}

pub(super) const BAC_KAN: Member = Member { code: "06", name: "Bắc Kạn", officer: "officer.bac-kan" };
pub(super) const HOA_BINH: Member = Member { code: "17", name: "Hòa Bình", officer: "officer.hoa-binh" };
pub(super) const TUYEN_QUANG: Member = Member { code: "08", name: "Tuyên Quang", officer: "officer.tuyen-quang" };
pub(super) const YEN_BAI: Member = Member { code: "15", name: "Yên Bái", officer: "officer.yen-bai" };

pub(super) const MEMBERS: [Member; 7] = [
    Member { code: "24", name: "Bắc Giang", officer: "officer.bac-giang" },
    BAC_KAN,
    HOA_BINH,
    Member { code: "25", name: "Phú Thọ", officer: "officer.phu-tho" },
    Member { code: "19", name: "Thái Nguyên", officer: "officer.thai-nguyen" },
    TUYEN_QUANG,
    YEN_BAI,
];

pub(super) const SECRETARY: &str = "secretary";
pub(super) const APPRAISERS: [&str; 2] = ["appraiser.economy", "appraiser.emulation"];

/// Makes all accounts as an administrator would: one-time passwords, each changed at the first sign-in.
pub(super) async fn hire(stage: &Stage) -> Result<Vec<Person>, Box<dyn Error>> {
    stage.on("2023-01-03T08:00:00+07:00")?;
    let first = users::ensure_first_administrator(&stage.db, stage.now()).await?;
    let first = first.ok_or("there is an administrator already")?;
    stage.settle(&first.username, &first.password).await?;
    let administrator = stage.enter(&first.username).await?;
    let mut people =
        vec![Person {
            username: first.username, role: "administrator", display_name: "Quản trị hệ thống".to_owned()
        }];
    for (person, province) in troupe() {
        let mut account =
            json!({ "username": person.username, "display_name": person.display_name, "role": person.role });
        if let Some(code) = province {
            account["province_id"] = json!(stage.province(&administrator, code).await?);
        }
        let made = stage.post(&administrator, "/users", account).await?;
        stage.settle(&person.username, &text(&made, "/one_time_password")?).await?;
        people.push(person);
    }
    Ok(people)
}

fn troupe() -> impl Iterator<Item = (Person, Option<&'static str>)> {
    let person =
        |username: &str, role, display_name: String| Person { username: username.to_owned(), role, display_name };
    let officers = MEMBERS.into_iter().map(move |member| {
        let name = format!("Cán bộ thi đua, khen thưởng tỉnh {} (minh họa)", member.name);
        (person(member.officer, "province_officer", name), Some(member.code))
    });
    let [economy, emulation] = APPRAISERS;
    [
        (person(SECRETARY, "council_secretary", "Thư ký Hội đồng Trung ương (minh họa)".to_owned()), None),
        (person(economy, "appraiser", "Thẩm định viên kinh tế - xã hội (minh họa)".to_owned()), None),
        (person(emulation, "appraiser", "Thẩm định viên thi đua, khen thưởng (minh họa)".to_owned()), None),
        (person("auditor", "auditor", "Kiểm toán viên (minh họa)".to_owned()), None),
    ]
    .into_iter()
    .chain(officers)
}

/// Who signs the pledge of a province: invented, and saying so.
pub(super) fn signatory(member: Member) -> Value {
    json!({
        "signatory_name": "Người ký (minh họa)",
        "signatory_title": format!("Chủ tịch Ủy ban nhân dân tỉnh {}", member.name),
    })
}
