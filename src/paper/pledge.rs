//! The pledge of a cluster: what each member commits itself to, and who signed it.

use std::io::Cursor;

use chrono::NaiveDate;
use docx_rs::{Docx, Paragraph};
use entity::decimal::Decimal;

use super::parts::{centred, heading, lines, official, table};

/// The pledges of all members of a cycle.
#[derive(Clone, Debug)]
pub struct PledgePaper {
    pub cluster: String,
    pub year: i32,
    pub commitments: Vec<Commitment>,
}

/// The pledge of one member.
#[derive(Clone, Debug)]
pub struct Commitment {
    pub province: String,
    /// `None` where it has none yet, or none that may be seen.
    pub promise: Option<Promise>,
}

#[derive(Clone, Debug)]
pub struct Promise {
    pub text: String,
    /// Name, unit, and what is to be reached.
    pub targets: Vec<(String, String, Decimal)>,
    pub signature: Option<Signature>,
    /// When it was amended, and why.
    pub amendments: Vec<(NaiveDate, String)>,
}

#[derive(Clone, Debug)]
pub struct Signature {
    pub title: String,
    pub name: String,
    pub on: NaiveDate,
    pub place: String,
}

impl PledgePaper {
    /// The bytes of a Word document.
    pub fn docx(&self) -> Result<Vec<u8>, std::io::Error> {
        let paper = official()
            .add_paragraph(centred("GIAO ƯỚC THI ĐUA", true))
            .add_paragraph(centred(&self.cluster, true))
            .add_paragraph(centred(&format!("Năm {}", self.year), true))
            .add_paragraph(Paragraph::new());
        let paper = self.commitments.iter().zip(1..).fold(paper, |paper, (one, number)| one.write(paper, number));
        let paper = paper.add_paragraph(Paragraph::new()).add_paragraph(heading("Đại diện các thành viên ký giao ước"));
        let rows = self.commitments.iter().map(Commitment::signed);
        let head = ["Tỉnh, thành phố", "Người ký", "Ngày ký", "Nơi ký"];
        let paper = paper.add_table(table(&[3, 4, 2, 2], &head, rows));
        let mut bytes = Cursor::new(vec![]);
        paper.pack(&mut bytes).map_err(std::io::Error::other)?;
        Ok(bytes.into_inner())
    }
}

impl Commitment {
    fn write(&self, paper: Docx, number: usize) -> Docx {
        let paper = paper.add_paragraph(heading(&format!("{number}. {}", self.province)));
        let Some(promise) = &self.promise else {
            return lines("(Chưa có giao ước)").fold(paper, Docx::add_paragraph);
        };
        let paper = lines(&promise.text).fold(paper, Docx::add_paragraph);
        let paper = if promise.targets.is_empty() {
            paper
        } else {
            let row = |((name, unit, value), number): (&(String, String, Decimal), usize)| {
                vec![number.to_string(), name.clone(), unit.clone(), vietnamese(*value)]
            };
            let rows = promise.targets.iter().zip(1..).map(row);
            paper.add_table(table(&[1, 6, 2, 2], &["STT", "Chỉ tiêu đăng ký", "Đơn vị", "Mức phấn đấu"], rows))
        };
        let told = |(on, reason): &(NaiveDate, String)| format!("Điều chỉnh ngày {}: {reason}", day(*on));
        promise
            .amendments
            .iter()
            .map(told)
            .fold(paper, |paper, text| lines(&text).fold(paper, Docx::add_paragraph))
            .add_paragraph(Paragraph::new())
    }

    /// Its line of signatures.
    fn signed(&self) -> Vec<String> {
        let signature = self.promise.as_ref().and_then(|promise| promise.signature.as_ref());
        let [who, when, place] = match signature {
            Some(Signature { title, name, on, place }) => [format!("{title} {name}"), day(*on), place.clone()],
            None => ["(chưa ký)".into(), String::new(), String::new()],
        };
        vec![self.province.clone(), who, when, place]
    }
}

fn day(on: NaiveDate) -> String {
    on.format("%d/%m/%Y").to_string()
}

/// `1234.5` as it is written in Vietnam: `1.234,5`.
fn vietnamese(number: Decimal) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let decimals = if decimals.is_empty() { String::new() } else { format!(",{decimals}") };
    format!("{sign}{grouped}{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_written_in_vietnam() {
        let cases =
            [("0", "0"), ("999", "999"), ("1000", "1.000"), ("1234567.5", "1.234.567,5"), ("-1000.25", "-1.000,25")];
        for (number, expected) in cases {
            let number: Decimal = serde_json::from_str(number).unwrap();
            assert_eq!(vietnamese(number), expected);
        }
    }
}
