//! Comments on nominations on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::nomination_comment;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{AllowedAction, Csv, Prose, SortBy, Sorts, prose};

/// What the public said of a nomination, and what was answered. It holds nothing of who said it
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NominationComment {
    pub id: Uuid,
    pub nomination_id: Uuid,
    /// What was said, without name, address or anything else that tells who said it
    #[schema(example = "Đề nghị làm rõ số liệu giải ngân vốn đầu tư công.")]
    pub text: String,
    /// The day it came in
    pub received_on: NaiveDate,
    /// What was answered; null while nothing is
    #[schema(required = true)]
    pub answer: Option<String>,
    #[schema(required = true)]
    pub answered_at: Option<DateTime<Utc>>,
    /// The step `answer`, and whether the caller may take it now
    pub allowed_actions: Vec<AllowedAction>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl NominationComment {
    pub(super) fn new(row: nomination_comment::Model, allowed_actions: Vec<AllowedAction>) -> Self {
        let nomination_comment::Model {
            id,
            nomination_id,
            text,
            received_on,
            answer,
            answered_at,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            nomination_id,
            text,
            received_on,
            answer,
            answered_at,
            allowed_actions,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A comment that came in
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": "Đề nghị làm rõ số liệu giải ngân vốn đầu tư công.", "received_on": "2024-04-15",
}))]
pub(super) struct NewNominationComment {
    /// What was said. Leave away who said it: no name, address, number or other personal data of the sender
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub text: String,
    /// The day it came in: since public comment was opened, not in the future (in Vietnam)
    pub received_on: NaiveDate,
}

/// What is answered to a comment
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "answer": "Số liệu đã được Kho bạc Nhà nước xác nhận." }))]
pub(super) struct CommentAnswer {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub answer: String,
}

/// What comments can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CommentSort {
    ReceivedOn,
    CreatedAt,
}

impl SortBy for CommentSort {
    type Entity = nomination_comment::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> nomination_comment::Column {
        match self {
            Self::ReceivedOn => nomination_comment::Column::ReceivedOn,
            Self::CreatedAt => nomination_comment::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CommentFilter {
    /// On these nominations, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub nomination_id: Option<Csv<Uuid>>,
    /// Only those that have been answered, or have not
    pub answered: Option<bool>,
    /// `received_on`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?(received_on|created_at)(,-?(received_on|created_at))*$")]
    pub sort: Option<Sorts<CommentSort>>,
}
