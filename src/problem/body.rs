//! The body of a problem.

use actix_web::{HttpResponse, body::BoxBody, http::header};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Problem;
use crate::domain::{
    phrase::Language,
    refusal::{Blocker, Fault},
};

/// Any answer that is not a success (RFC 9457), as `application/problem+json`
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// What went wrong, as a stable address whose page explains it
    #[schema(example = "/problems/stale")]
    pub r#type: String,
    /// The kind of problem in the language of `Accept-Language` (`en` or `vi`)
    #[schema(example = "Someone changed it first")]
    pub title: &'a str,
    /// The status of the answer
    #[schema(minimum = 400, maximum = 599, example = 412)]
    pub status: u16,
    /// This very case, in the language of `Accept-Language`
    #[schema(example = "read it again and repeat with the new ETag")]
    pub detail: &'a str,
    /// The path that was asked
    #[schema(example = "/api/v1/clusters/01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d")]
    pub instance: &'a str,
    /// Names this request in the logs of the service
    #[schema(example = "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e")]
    pub request_id: &'a str,
    /// The members or parameters at fault; empty where the problem is not about one
    pub errors: Vec<ProblemFault<'a>>,
    /// What stands in the way of a step; empty where the problem is no refused step
    pub blockers: Vec<ProblemBlocker>,
}

/// One member of the body, or one query parameter, that is at fault
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemFault<'a> {
    /// JSON pointer into the body, or the name of the query parameter
    #[schema(example = "/name")]
    pub pointer: &'a str,
    /// Stable code of the broken rule
    #[schema(example = "too_long")]
    pub code: &'static str,
    /// The rule, for people
    #[schema(example = "at most 300 characters")]
    pub message: &'a str,
}

/// One thing that must be settled before a step can be taken
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemBlocker {
    /// Stable code
    #[schema(example = "no_head")]
    pub code: String,
    /// What is missing or wrong, for people
    #[schema(example = "the cycle has no head")]
    pub message: String,
    /// What the blocker is about
    pub subject: ProblemSubject,
}

/// What a blocker points to
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemSubject {
    /// Kind of resource, in the singular
    #[schema(example = "membership")]
    pub kind: String,
    /// Its id; null where it does not exist yet
    pub id: Option<Uuid>,
}

impl<'a> ProblemFault<'a> {
    fn new(fault: &'a Fault, language: Language) -> Self {
        Self { pointer: &fault.pointer, code: fault.code, message: fault.message.say(language) }
    }
}

impl ProblemBlocker {
    pub fn new(blocker: &Blocker, language: Language) -> Self {
        Self {
            code: blocker.code.to_owned(),
            message: blocker.message.say(language).to_owned(),
            subject: ProblemSubject { kind: blocker.subject.kind.to_owned(), id: blocker.subject.id },
        }
    }
}

impl Problem {
    /// The whole answer: status, headers and body.
    pub fn answer(&self, language: Language, instance: &str, request_id: &str) -> HttpResponse<BoxBody> {
        let row = self.code.row();
        let body = ProblemBody {
            r#type: format!("/problems/{}", row.slug),
            title: row.title.say(language),
            status: row.status.as_u16(),
            detail: self.detail.say(language),
            instance,
            request_id,
            errors: self.errors.iter().map(|fault| ProblemFault::new(fault, language)).collect(),
            blockers: self.blockers.iter().map(|blocker| ProblemBlocker::new(blocker, language)).collect(),
        };
        let mut answer = HttpResponse::build(row.status);
        answer.content_type("application/problem+json");
        if row.status == actix_web::http::StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(methods) = &self.allow {
            answer.insert_header((header::ALLOW, methods.as_str()));
        }
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        answer.body(serde_json::to_vec(&body).unwrap_or_default())
    }
}
