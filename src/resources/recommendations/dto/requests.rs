//! What is sent to raise a recommendation, to change it, and with its steps.

use chrono::NaiveDate;
use entity::vocab::{Addressee, Certainty};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::http::{Line, Patch, Prose, given, line, prose};

/// A recommendation that a province raises
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "addressee": "central_level", "addressee_name": "Bộ Nông nghiệp và Phát triển nông thôn",
    "title": "Đầu tư công tác dự báo, phòng, chống thiên tai",
    "text": "Đề nghị Trung ương quan tâm đầu tư cho công tác dự báo và phòng, chống thiên tai.", "raised_on": "2024-03-01",
}))]
pub(crate) struct NewRecommendation {
    /// The cycle in which it is raised
    pub cycle_id: Uuid,
    /// The province that raises it, a member of the cycle
    pub province_id: Uuid,
    pub addressee: Addressee,
    /// Which ministry or which members, in words
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub addressee_name: Option<String>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    /// What is asked, in full
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub text: String,
    /// The day it was raised: from the year 2000 on, not in the future (in Vietnam)
    pub raised_on: NaiveDate,
    /// How well it is known; `verified` unless said
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What changes of a recommendation; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "Đầu tư dự báo và phòng, chống thiên tai", "addressee_name": null }))]
pub(crate) struct RecommendationPatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Addressee, required = false)]
    pub addressee: Option<Addressee>,
    /// Which ministry or which members, in words; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub addressee_name: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    /// What is asked, in full
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub text: Option<String>,
    /// The day it was raised: from the year 2000 on, not in the future (in Vietnam)
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub raised_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// To whom a recommendation is forwarded, and until when an answer is expected
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "forwarded_on": "2024-03-15", "forwarded_to": "Văn phòng Chính phủ", "due_on": "2024-06-30",
}))]
pub(crate) struct RecommendationForwarding {
    /// Not before it was raised, not in the future (in Vietnam)
    pub forwarded_on: NaiveDate,
    /// To whom exactly, in words
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub forwarded_to: Option<String>,
    /// The last day on which an answer is in time, not before `forwarded_on`
    pub due_on: NaiveDate,
}

/// What is answered to a recommendation
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "answer": "Nội dung này đã được đưa vào kế hoạch đầu tư công trung hạn.",
    "answered_by": "Bộ Nông nghiệp và Phát triển nông thôn", "answered_on": "2024-06-12",
}))]
pub(crate) struct RecommendationAnswer {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub answer: String,
    /// Who answered, in words
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub answered_by: String,
    /// Not before it was forwarded, not in the future (in Vietnam)
    pub answered_on: NaiveDate,
}

/// How a recommendation ends
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "closed_on": "2024-06-20", "closing_note": "Tỉnh thống nhất với nội dung trả lời." }))]
pub(crate) struct RecommendationClosing {
    /// Not before it was answered, not in the future (in Vietnam)
    pub closed_on: NaiveDate,
    /// What the province makes of the answer
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub closing_note: Option<String>,
}

/// Why a recommendation is taken back
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Nội dung đã được giải quyết." }))]
pub(crate) struct RecommendationWithdrawal {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}
