//! Texts for people, in both languages of the service.

use std::borrow::Cow;

use entity::decimal::Decimal;

/// A language an answer can be given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    En,
    Vi,
}

impl Language {
    /// A number as this language writes it: `12.5`, and in Vietnamese `12,5`.
    pub fn number(self, number: Decimal) -> String {
        match self {
            Self::En => number.to_string(),
            Self::Vi => number.to_string().replace('.', ","),
        }
    }
}

/// One sentence in English and in Vietnamese. The words may change; codes beside them never do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    en: Cow<'static, str>,
    vi: Cow<'static, str>,
}

impl Phrase {
    /// A fixed sentence.
    pub const fn new(en: &'static str, vi: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), vi: Cow::Borrowed(vi) }
    }

    /// A sentence made of parts known only now.
    pub fn made(en: String, vi: String) -> Self {
        Self { en: Cow::Owned(en), vi: Cow::Owned(vi) }
    }

    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Vi => &self.vi,
        }
    }
}
