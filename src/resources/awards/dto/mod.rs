//! Awards on the wire.

mod list;
mod requests;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    award,
    decimal::Decimal,
    decision,
    vocab::{Authority, AwardState, RecipientKind},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{phrase::Language, reward},
    http::{
        AllowedAction,
        brief::{AwardTypeBrief, CycleBrief, ProvinceBrief},
    },
};

pub(super) use list::{AwardFilter, AwardRelation, AwardSort, AwardView};
pub(super) use requests::{NewAward, Revocation};

/// An award (danh hiệu, hình thức khen thưởng được tặng): a title or a commendation that a decision grants to a
/// province, one of its collectives or one of its people
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "an award type is no part of an award's name")]
pub(super) struct Award {
    pub id: Uuid,
    /// The nomination it decided
    pub nomination_id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub award_type_id: Uuid,
    /// A province is a collective
    pub recipient_kind: RecipientKind,
    /// The collective; null where the province itself received it. The name of a person is told to the province, the council,
    /// administrators and auditors alone
    #[schema(required = true, example = "Sở Nội vụ")]
    pub recipient_name: Option<String>,
    /// Position and unit of a person, told to the same
    #[schema(required = true)]
    pub recipient_position: Option<String>,
    /// The decision that grants it, alone or among others
    pub decision_id: Uuid,
    /// Number of the decision, unique for the authority in the year
    #[schema(example = "467/QĐ-TTg")]
    pub decision_number: String,
    /// Year of the decision
    #[schema(example = 2024)]
    pub decision_year: i32,
    /// Date of the decision
    pub decided_on: NaiveDate,
    /// Who decided
    pub authority: Authority,
    #[schema(example = "Nguyễn Văn A")]
    pub signatory_name: String,
    #[schema(example = "Thủ tướng Chính phủ")]
    pub signatory_title: String,
    /// What the award is given for
    #[schema(example = "Đã có thành tích xuất sắc trong phong trào thi đua năm 2023.")]
    pub citation: String,
    /// The money; null where the catalogue has no coefficient for this award
    #[schema(required = true)]
    pub reward: Option<Reward>,
    pub state: AwardState,
    /// Date of the revocation
    #[schema(required = true)]
    pub revoked_on: Option<NaiveDate>,
    /// Number of the decision that revoked it
    #[schema(required = true)]
    pub revocation_number: Option<String>,
    /// Why it was revoked
    #[schema(required = true)]
    pub revocation_reason: Option<String>,
    /// VND to be paid back after a revocation; null where nothing is
    #[schema(required = true)]
    pub amount_to_recover: Option<Decimal>,
    /// The steps of its life, and whether the caller may take them now
    pub allowed_actions: Vec<AllowedAction>,
    /// The province, with `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The award type, with `expand=award_type`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub award_type: Option<AwardTypeBrief>,
    /// The cycle, with `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The money that goes with an award: coefficient × base salary on the day of the decision, up to the next 10,000 VND
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Reward {
    /// The award's coefficient for a collective
    pub coefficient: Decimal,
    /// The base salary (lương cơ sở), VND
    pub base_salary: Decimal,
    /// VND
    pub amount: Decimal,
    /// How it came about, for people
    #[schema(example = "7 × 1800000 = 12600000 VND")]
    pub formula: String,
}

impl Reward {
    fn of(row: &award::Model, language: Language) -> Option<Self> {
        let (coefficient, base_salary, amount) = (row.coefficient?, row.base_salary?, row.reward_amount?);
        let formula = reward::working(coefficient, base_salary).ok()?.say(language).to_owned();
        Some(Self { coefficient, base_salary, amount, formula })
    }
}

/// How the caller reads an award.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub language: Language,
    /// The caller may know which person received it.
    pub people: bool,
}

/// What is embedded in an award.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    pub province: Option<ProvinceBrief>,
    pub award_type: Option<AwardTypeBrief>,
    pub cycle: Option<CycleBrief>,
}

impl Award {
    pub(super) fn new(
        row: award::Model,
        decision: &decision::Model,
        allowed_actions: Vec<AllowedAction>,
        embedded: Embedded,
        seen: Seen,
    ) -> Self {
        let reward = Reward::of(&row, seen.language);
        let named = seen.people || row.recipient_kind != RecipientKind::Individual;
        let award::Model {
            id,
            nomination_id,
            cycle_id,
            province_id,
            award_type_id,
            recipient_kind,
            recipient_name,
            recipient_position,
            decision_id,
            decision_year,
            decided_on,
            authority,
            citation,
            coefficient: _,
            base_salary: _,
            reward_amount: _,
            state,
            revoked_on,
            revocation_number,
            revocation_reason,
            amount_to_recover,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        let Embedded { province, award_type, cycle } = embedded;
        Self {
            id,
            nomination_id,
            cycle_id,
            province_id,
            award_type_id,
            recipient_kind,
            recipient_name: recipient_name.filter(|_| named),
            recipient_position: recipient_position.filter(|_| named),
            decision_id,
            decision_number: decision.number.clone(),
            decision_year,
            decided_on,
            authority,
            signatory_name: decision.signatory_name.clone(),
            signatory_title: decision.signatory_title.clone(),
            citation,
            reward,
            state,
            revoked_on,
            revocation_number,
            revocation_reason,
            amount_to_recover,
            allowed_actions,
            province,
            award_type,
            cycle,
            version,
            created_at,
            updated_at,
        }
    }
}
