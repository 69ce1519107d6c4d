//! Texts for people, in both languages of the service.

use std::borrow::Cow;

/// A language an answer can be given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    En,
    Vi,
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
