//! Decisions on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    decimal::Decimal,
    decision,
    vocab::{Authority, MediaType},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::Award;
use crate::{
    domain::decision::MOST_AWARDS,
    http::{AllowedAction, Csv, Line, Prose, Short, SortBy, Sorts, given, line, prose, short},
};

/// A decision (quyết định khen thưởng): one number, one day, one authority, one signatory, and the awards it grants
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Decision {
    pub id: Uuid,
    /// Who decided
    pub authority: Authority,
    /// Year within which the authority numbers its decisions
    #[schema(example = 2024)]
    pub decision_year: i32,
    /// Unique for the authority in the year
    #[schema(example = "467/QĐ-TTg")]
    pub number: String,
    /// Date of the decision
    pub decided_on: NaiveDate,
    #[schema(example = "Nguyễn Văn A")]
    pub signatory_name: String,
    #[schema(example = "Thủ tướng Chính phủ")]
    pub signatory_title: String,
    /// What it is about (trích yếu)
    #[schema(example = "Về việc tặng Bằng khen của Thủ tướng Chính phủ")]
    pub title: String,
    /// The signed text; null where none has been put under it, and, of a decision that honours people, for all but the
    /// council, administrators and auditors. The content is at `GET /api/v1/decisions/{id}/file`
    #[schema(required = true)]
    pub file: Option<DecisionFile>,
    /// How many awards it grants, the revoked ones included
    #[schema(minimum = 1, maximum = 200, example = 12)]
    pub awards_count: i64,
    /// How many of them stand
    #[schema(minimum = 0, maximum = 200, example = 11)]
    pub standing_count: i64,
    /// VND that went with all its awards
    pub reward_total: Decimal,
    /// VND to be paid back for those that were revoked
    pub to_recover_total: Decimal,
    /// The steps of its life, and whether the caller may take them now
    pub allowed_actions: Vec<AllowedAction>,
    /// The awards in the order of the decision, with `expand=awards`, and after a revocation those that it reversed
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub awards: Option<Vec<Award>>,
    /// Grows by one on every change, and on every change of one of its awards; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The file of a decision
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionFile {
    /// As the sender called it; its ending tells what it is
    #[schema(example = "467-qd-ttg.pdf")]
    pub name: String,
    pub media_type: MediaType,
    #[schema(minimum = 1, maximum = 20_971_520, example = 148_213)]
    pub size_bytes: i64,
    /// SHA-256 of the content, in hexadecimal
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// Why it took the place of another file; null where it is the first
    #[schema(required = true)]
    pub reason: Option<String>,
}

/// What becomes of the awards of a decision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Totals {
    pub awards: i64,
    pub standing: i64,
    /// How many honour a person: their names stand in the signed text.
    pub people: i64,
    pub reward: Decimal,
    pub to_recover: Decimal,
}

impl Decision {
    pub(super) fn new(
        row: decision::Model,
        totals: Totals,
        allowed_actions: Vec<AllowedAction>,
        awards: Option<Vec<Award>>,
        names: bool,
    ) -> Self {
        let decision::Model {
            id,
            authority,
            decision_year,
            number,
            decided_on,
            signatory_name,
            signatory_title,
            title,
            file_hash,
            file_name,
            media_type,
            size_bytes,
            file_reason: reason,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        let file = match (file_hash, file_name, media_type, size_bytes) {
            (Some(sha256), Some(name), Some(media_type), Some(size_bytes)) if names || totals.people == 0 => {
                Some(DecisionFile { name, media_type, size_bytes, sha256, reason })
            }
            _ => None,
        };
        Self {
            id,
            authority,
            decision_year,
            number,
            decided_on,
            signatory_name,
            signatory_title,
            title,
            file,
            awards_count: totals.awards,
            standing_count: totals.standing,
            reward_total: totals.reward,
            to_recover_total: totals.to_recover,
            allowed_actions,
            awards,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A decision on many submitted nominations
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "number": "467/QĐ-TTg", "decided_on": "2024-05-31", "authority": "prime_minister",
    "signatory_name": "Nguyễn Văn A", "signatory_title": "Thủ tướng Chính phủ",
    "title": "Về việc tặng Bằng khen của Thủ tướng Chính phủ",
    "awards": [{
        "nomination_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d",
        "citation": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2023.",
    }],
}))]
pub(super) struct NewDecision {
    /// Unique for the authority in the year
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub number: String,
    /// Date of the decision, not in the future (in Vietnam)
    pub decided_on: NaiveDate,
    /// Who decided: the competent authority of every award type of the decision
    pub authority: Authority,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub signatory_name: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub signatory_title: String,
    /// What it is about (trích yếu)
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    /// What it grants, all of it or nothing
    #[validate(length(min = 1, max = MOST_AWARDS), nested)]
    #[schema(min_items = 1, max_items = 200)]
    pub awards: Vec<NewDecisionAward>,
}

/// An award that a decision grants
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDecisionAward {
    /// A submitted nomination, named once
    pub nomination_id: Uuid,
    /// What the award is given for
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub citation: String,
}

/// The decision that takes awards of another one back
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "reason": "Kê khai thành tích không đúng sự thật.", "revoked_on": "2025-02-03", "decision_number": "99/QĐ-TTg",
}))]
pub(super) struct DecisionRevocation {
    /// Why the awards are taken back
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// Date of the revocation: not before the decision, not in the future (in Vietnam)
    pub revoked_on: NaiveDate,
    /// Number of the decision that revokes them
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub decision_number: String,
    /// Which awards of the decision; all that stand if left away
    #[serde(default, deserialize_with = "given")]
    #[validate(length(min = 1, max = MOST_AWARDS))]
    #[schema(nullable = false, min_items = 1, max_items = 200)]
    pub award_ids: Option<Vec<Uuid>>,
}

/// A form with the file of a decision
#[derive(ToSchema)]
#[expect(dead_code, reason = "the contract alone knows the form as a whole: its parts come in one after the other")]
pub(super) struct NewDecisionFile {
    /// Why it takes the place of another file; required where there is one
    #[schema(value_type = Prose, required = false)]
    pub reason: String,
    /// The signed text, with its `filename`: PDF, Word (doc, docx), Excel (xls, xlsx) or a picture (PNG, JPEG, WebP, GIF, TIFF), told by its content; at most 20 MiB
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
}

/// The texts of a [`NewDecisionFile`].
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionFileTexts {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    pub reason: Option<String>,
}

/// What decisions can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionSort {
    DecidedOn,
    CreatedAt,
}

impl SortBy for DecisionSort {
    type Entity = decision::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::DecidedOn, Order::Desc)];

    fn column(self) -> decision::Column {
        match self {
            Self::DecidedOn => decision::Column::DecidedOn,
            Self::CreatedAt => decision::Column::CreatedAt,
        }
    }
}

/// A related thing that is embedded on request
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionRelation {
    Awards,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DecisionFilter {
    /// Words of the number, the title or the signatory's name; accents and case do not matter
    pub q: Option<String>,
    /// Of these authorities, by comma
    #[param(value_type = Option<Vec<Authority>>, style = Form, explode = false)]
    pub authority: Option<Csv<Authority>>,
    /// Of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// With awards for these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// With awards to these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Whether `province_id` also finds what went to the provinces these followed, through mergers and all other events
    #[serde(default)]
    #[param(required = false, default = false)]
    pub through_mergers: bool,
    /// Decided on this day or later
    pub decided_on_from: Option<NaiveDate>,
    /// Decided on this day or earlier
    pub decided_on_to: Option<NaiveDate>,
    /// `decided_on`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "-decided_on", pattern = "^-?(decided_on|created_at)(,-?(decided_on|created_at))*$")]
    pub sort: Option<Sorts<DecisionSort>>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DecisionView {
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<DecisionRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<DecisionRelation>>,
}
