//! Rules that texts in bodies share. One constant feeds the check and the contract.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};
use validator::ValidationError;

use super::Patch;

/// Characters of a code or a number: `CUM-TP`, `QĐ 587/QĐ-TTg`.
const SHORT: usize = 100;
/// Characters of a name or another single line.
const LINE: usize = 300;
/// Characters of a text of several paragraphs.
const PROSE: usize = 20_000;

/// A code or a number: one line of 1 to 100 characters, not blank
pub struct Short;

/// A name or another single line: 1 to 300 characters, not blank
pub struct Line;

/// A text of several paragraphs: 1 to 20,000 characters, not blank
pub struct Prose;

/// Something that is a text, or says nothing of one.
pub trait Texted {
    fn text(&self) -> Option<&str>;
}

impl Texted for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Texted> Texted for &T {
    fn text(&self) -> Option<&str> {
        (*self).text()
    }
}

impl Texted for Patch<String> {
    fn text(&self) -> Option<&str> {
        self.set().map(String::as_str)
    }
}

/// Checks a [`Short`].
pub fn short(text: &impl Texted) -> Result<(), ValidationError> {
    check(text, SHORT, false)
}

/// Checks a [`Line`].
pub fn line(text: &impl Texted) -> Result<(), ValidationError> {
    check(text, LINE, false)
}

/// Checks a [`Prose`].
pub fn prose(text: &impl Texted) -> Result<(), ValidationError> {
    check(text, PROSE, true)
}

fn check(text: &impl Texted, most: usize, paragraphs: bool) -> Result<(), ValidationError> {
    let Some(text) = text.text() else { return Ok(()) };
    let broken = |code: &'static str| Err(ValidationError::new(code));
    if text.trim().is_empty() {
        return broken("blank");
    }
    if !paragraphs && text.contains(['\n', '\r']) {
        return broken("several_lines");
    }
    if text.chars().count() > most {
        let mut error = ValidationError::new("too_long");
        error.add_param("max".into(), &most);
        return Err(error);
    }
    Ok(())
}

fn schema(most: usize, example: &str, pattern: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(most))
        .pattern(Some(pattern))
        .examples([serde_json::json!(example)])
        .into()
}

/// Not blank, on one line, without control characters.
const ONE_LINE: &str = r"^[^\x00-\x1F\x7F-\x9F]*[^\s\x00-\x1F\x7F-\x9F][^\x00-\x1F\x7F-\x9F]*$";
/// Not blank, without control characters but line breaks and tabs.
const PARAGRAPHS: &str =
    r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*[^\s\x00-\x1F\x7F-\x9F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$";

impl PartialSchema for Short {
    fn schema() -> RefOr<Schema> {
        schema(SHORT, "QĐ 587/QĐ-TTg", ONE_LINE)
    }
}

impl PartialSchema for Line {
    fn schema() -> RefOr<Schema> {
        schema(LINE, "Yên Bái", ONE_LINE)
    }
}

impl PartialSchema for Prose {
    fn schema() -> RefOr<Schema> {
        schema(PROSE, "Tỉnh cam kết hoàn thành các chỉ tiêu đã đăng ký.", PARAGRAPHS)
    }
}

impl ToSchema for Short {}
impl ToSchema for Line {}
impl ToSchema for Prose {}
