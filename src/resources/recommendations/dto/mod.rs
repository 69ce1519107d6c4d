//! Recommendations on the wire.

mod list;
mod requests;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    recommendation,
    vocab::{Addressee, Certainty, RecommendationState},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{AllowedAction, brief::ProvinceBrief};

pub(super) use list::{RecommendationExpand, RecommendationFilter, RecommendationQuery, RecommendationSort};
pub(super) use requests::{
    NewRecommendation, RecommendationAnswer, RecommendationClosing, RecommendationForwarding, RecommendationPatch,
    RecommendationWithdrawal,
};

/// What a province asks of the central level or of the other members (đề xuất, kiến nghị), and what was answered
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Recommendation {
    pub id: Uuid,
    /// The cycle in which it was raised
    pub cycle_id: Uuid,
    /// The member that raised it
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    pub addressee: Addressee,
    /// Which ministry or which members, in words
    #[schema(required = true, example = "Bộ Nông nghiệp và Phát triển nông thôn")]
    pub addressee_name: Option<String>,
    #[schema(example = "Đầu tư công tác dự báo, phòng, chống thiên tai")]
    pub title: String,
    /// What is asked, in full
    pub text: String,
    pub state: RecommendationState,
    #[schema(example = "2024-03-01")]
    pub raised_on: NaiveDate,
    /// The day it was forwarded; null before
    #[schema(required = true)]
    pub forwarded_on: Option<NaiveDate>,
    /// To whom it was forwarded, in words
    #[schema(required = true)]
    pub forwarded_to: Option<String>,
    /// The last day on which an answer is in time; null until it is forwarded
    #[schema(required = true)]
    pub due_on: Option<NaiveDate>,
    /// Whether it waits for an answer although `due_on` is over, in Vietnam
    pub overdue: bool,
    /// What was answered; null before
    #[schema(required = true)]
    pub answer: Option<String>,
    /// Who answered, in words
    #[schema(required = true)]
    pub answered_by: Option<String>,
    #[schema(required = true)]
    pub answered_on: Option<NaiveDate>,
    /// What the province makes of the answer
    #[schema(required = true)]
    pub closing_note: Option<String>,
    #[schema(required = true)]
    pub closed_on: Option<NaiveDate>,
    /// Why it was withdrawn; null unless it was
    #[schema(required = true)]
    pub withdrawn_reason: Option<String>,
    pub certainty: Certainty,
    /// Each step of its life, and whether the caller may take it now
    pub allowed_actions: Vec<AllowedAction>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Recommendation {
    pub(super) fn new(row: recommendation::Model, overdue: bool, allowed_actions: Vec<AllowedAction>) -> Self {
        let recommendation::Model {
            id,
            cycle_id,
            province_id,
            addressee,
            addressee_name,
            title,
            text,
            state,
            raised_on,
            forwarded_on,
            forwarded_to,
            due_on,
            due_key: _,
            answer,
            answered_by,
            answered_on,
            closing_note,
            closed_on,
            withdrawn_reason,
            certainty,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            province_id,
            province: None,
            addressee,
            addressee_name,
            title,
            text,
            state,
            raised_on,
            forwarded_on,
            forwarded_to,
            due_on,
            overdue,
            answer,
            answered_by,
            answered_on,
            closing_note,
            closed_on,
            withdrawn_reason,
            certainty,
            allowed_actions,
            version,
            created_at,
            updated_at,
        }
    }
}
