//! Every answer that is not a success: one catalogue, one body (RFC 9457).

mod body;
mod code;
mod contract;
mod from;
mod pages;

use std::error::Error;

use actix_web::{HttpResponse, ResponseError, body::BoxBody, http::StatusCode};

pub use body::{ProblemBlocker, ProblemBody, ProblemFault, ProblemSubject};
pub use code::Code;
pub use contract::document;
pub use pages::{problem_page, problem_pages};

use crate::domain::{
    phrase::{Language, Phrase},
    refusal::{Blocker, Fault},
};

/// An answer that is not a success. `cause` is for the log, never for the client.
#[derive(Debug, thiserror::Error)]
#[error("{}", .detail.say(Language::En))]
pub struct Problem {
    code: Code,
    detail: Phrase,
    errors: Vec<Fault>,
    blockers: Vec<Blocker>,
    allow: Option<String>,
    retry_after: Option<u64>,
    collided: bool,
    overtaken: bool,
    #[source]
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    pub fn new(code: Code, detail: Phrase) -> Self {
        let retry_after = matches!(code, Code::Unavailable).then_some(1);
        Self {
            code,
            detail,
            errors: vec![],
            blockers: vec![],
            allow: None,
            retry_after,
            collided: false,
            overtaken: false,
            cause: None,
        }
    }

    /// Missing and hidden are word for word the same.
    pub fn not_found() -> Self {
        Self::new(
            Code::NotFound,
            Phrase::new("nothing you may see has this address", "không có gì bạn được xem tại địa chỉ này"),
        )
    }

    pub fn unauthenticated() -> Self {
        Self::new(
            Code::Unauthenticated,
            Phrase::new(
                "send `Authorization: Bearer <access token>`",
                "hãy gửi `Authorization: Bearer <access token>`",
            ),
        )
    }

    pub fn forbidden() -> Self {
        Self::new(Code::Forbidden, Phrase::new("ask someone whose role allows it", "hãy nhờ người có vai trò phù hợp"))
    }

    pub fn stale() -> Self {
        Self::new(
            Code::Stale,
            Phrase::new("read it again and repeat with the new ETag", "hãy đọc lại và gửi lại với ETag mới"),
        )
    }

    pub fn conflict(detail: Phrase) -> Self {
        Self::new(Code::Conflict, detail)
    }

    pub fn invalid(errors: Vec<Fault>) -> Self {
        let detail = Phrase::new("`errors` names each of them", "`errors` nêu từng trường");
        Self { errors, ..Self::new(Code::Invalid, detail) }
    }

    /// One member of the body breaks a rule.
    pub fn fault(pointer: impl Into<String>, code: &'static str, message: Phrase) -> Self {
        Self::invalid(vec![Fault::new(pointer, code, message)])
    }

    /// What was looked up for a member of the body and is missing or hidden is that member's fault; whatever else went
    /// wrong stays what it is, so that a collision is still run again.
    pub fn of_reference(self, pointer: &str) -> Self {
        if self.code == Code::NotFound { Self::unknown_reference(pointer) } else { self }
    }

    /// A member of the body names something that is missing or hidden.
    pub fn unknown_reference(pointer: &str) -> Self {
        let message = Phrase::new("nothing you may see has this id", "không có gì bạn được xem mang mã này");
        Self::fault(pointer, "unknown_reference", message)
    }

    pub fn bad_parameter(name: &str, code: &'static str, message: Phrase) -> Self {
        let detail = Phrase::made(format!("parameter `{name}`"), format!("tham số `{name}`"));
        Self { errors: vec![Fault::new(name, code, message)], ..Self::new(Code::BadParameter, detail) }
    }

    pub fn blocked(blockers: Vec<Blocker>) -> Self {
        let detail = Phrase::new(
            "`blockers` lists what must be settled first",
            "`blockers` liệt kê những việc phải giải quyết trước",
        );
        Self { blockers, ..Self::new(Code::Blocked, detail) }
    }

    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Code::Internal, Phrase::new("it was logged under this request id", "đã ghi lại theo mã yêu cầu này"))
            .caused_by(cause)
    }

    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The methods a path takes, for a 405.
    pub fn allowing(mut self, methods: String) -> Self {
        self.allow = Some(methods);
        self
    }

    /// Seconds to wait before the next attempt.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Whether the same write may succeed when it is run again at once.
    pub fn collided(&self) -> bool {
        self.collided
    }

    /// Whether the database found a twin that the rules did not: most likely one that was made at the same time.
    pub fn overtaken(&self) -> bool {
        self.overtaken
    }

    /// The members at fault, each with its rule in English: for where there is no body to show.
    pub fn faults(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors.iter().map(|fault| (fault.pointer.as_str(), fault.message.say(Language::En)))
    }

    pub fn code(&self) -> Code {
        self.code
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.row().status
    }

    /// Without a request at hand: the outermost layer writes it again, in the caller's language.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.answer(Language::default(), "", "")
    }
}
