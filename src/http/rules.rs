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

/// Characters of a web address.
const ADDRESS: usize = 2_000;

/// A web address: `https` or `http`, at most 2,000 characters, without a user name or a password
pub struct Web;

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

/// Checks a [`Web`] address.
pub fn web(text: &impl Texted) -> Result<(), ValidationError> {
    let Some(text) = text.text() else { return Ok(()) };
    if text.chars().count() > ADDRESS {
        return Err(too_long(ADDRESS));
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = rest.is_some_and(|rest| !rest.starts_with('/'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '\u{feff}'));
    let parsed = url::Url::parse(text).ok().filter(|_| plain);
    if parsed.is_some_and(|url| url.has_host() && url.username().is_empty() && url.password().is_none()) {
        Ok(())
    } else {
        Err(ValidationError::new("web_address"))
    }
}

fn too_long(most: usize) -> ValidationError {
    let mut error = ValidationError::new("too_long");
    error.add_param("max".into(), &most);
    error
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
        return Err(too_long(most));
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

impl PartialSchema for Web {
    fn schema() -> RefOr<Schema> {
        schema(ADDRESS, "https://yenbai.gov.vn/bao-cao-2024", r"^https?://\S+$")
    }
}

impl ToSchema for Short {}
impl ToSchema for Line {}
impl ToSchema for Prose {}
impl ToSchema for Web {}
