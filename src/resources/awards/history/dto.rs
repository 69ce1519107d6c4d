//! The award history of a province on the wire.

use chrono::NaiveDate;
use entity::vocab::{AwardState, ProvinceEventKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Award, AwardRelation};
use crate::http::{Csv, PageInfo, brief::ProvinceBrief};

/// An award in the history of a province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HistoricAward {
    pub award: Award,
    /// Who received it: the province itself, or one that it followed
    pub recipient_province: ProvinceBrief,
    /// Whether the recipient is one that the province followed
    pub as_predecessor: bool,
    /// Through which event it came; null where the province received it itself
    #[schema(required = true)]
    pub through: Option<Passage>,
}

/// The event that ended a province, and who followed it
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Passage {
    pub event_id: Uuid,
    pub kind: ProvinceEventKind,
    /// The first day of those who followed
    #[schema(example = "2025-07-01")]
    pub effective_on: NaiveDate,
    #[schema(required = true, example = "Nghị quyết 202/2025/QH15")]
    pub legal_act: Option<String>,
    /// Who followed: on the way to the province whose history it is, or all who did
    pub into: Vec<ProvinceBrief>,
}

/// One page of the award history of a province
#[derive(ToSchema)]
#[expect(dead_code, reason = "the contract alone knows the page as a whole: the list puts members beside its items")]
pub(super) struct AwardHistory {
    /// Whose history it is
    pub province: ProvinceBrief,
    /// What ended the province, and who followed it; null while it exists. Its awards stand in their histories, too
    #[schema(required = true)]
    pub succeeded: Option<Passage>,
    /// The awards, the latest decision first
    pub data: Vec<HistoricAward>,
    /// Where the page stands
    pub page: PageInfo,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryFilter {
    /// In these states, by comma
    #[param(value_type = Option<Vec<AwardState>>, style = Form, explode = false)]
    pub state: Option<Csv<AwardState>>,
    /// Related things to embed in each award, by comma
    #[param(value_type = Option<Vec<AwardRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<AwardRelation>>,
}
