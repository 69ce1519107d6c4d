//! The steps a representation announces.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{actions::Verdict, phrase::Language};

/// A step of a resource's life, and whether the caller may take it now
#[derive(Debug, Serialize, ToSchema)]
pub struct AllowedAction {
    /// The word that names the step in its path
    #[schema(example = "publish")]
    pub name: &'static str,
    /// Whether the caller may take it now
    pub allowed: bool,
    /// Why not, for people; null where it is allowed
    #[schema(required = true, example = "your role does not allow this")]
    pub reason: Option<String>,
}

impl AllowedAction {
    pub fn new(verdict: &Verdict, language: Language) -> Self {
        let reason = verdict.outcome.as_ref().err().map(|why| why.say(language).to_owned());
        Self { name: verdict.name, allowed: verdict.is_allowed(), reason }
    }

    /// One entry for each step.
    pub fn all(verdicts: &[Verdict], language: Language) -> Vec<Self> {
        verdicts.iter().map(|verdict| Self::new(verdict, language)).collect()
    }
}
