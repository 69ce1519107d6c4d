//! Journal entries on the wire.

use chrono::{DateTime, Utc};
use entity::{journal_entry, vocab::ActorKind};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts};

/// One change of one resource
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JournalEntry {
    pub id: Uuid,
    /// When it happened
    pub at: DateTime<Utc>,
    pub actor_kind: ActorKind,
    /// The account that did it; null where the service did, or somebody unknown
    #[schema(required = true)]
    pub actor_id: Option<Uuid>,
    /// The request it happened under: `X-Request-Id`
    pub request_id: String,
    /// What was done, `resource.verb`
    #[schema(example = "cycle.finalize")]
    pub action: String,
    /// Kind of the resource, in the singular
    #[schema(example = "cycle")]
    pub resource_type: String,
    pub resource_id: Uuid,
    /// The resource's version after the change
    pub resource_version: i32,
    /// The cycle it belongs to, where it belongs to one
    #[schema(required = true)]
    pub cycle_id: Option<Uuid>,
    /// The resource as it was, without secrets; null where it did not exist
    #[schema(required = true, value_type = Option<Object>)]
    pub before: Option<Value>,
    /// The resource as it was then, without secrets; null where it was deleted
    #[schema(required = true, value_type = Option<Object>)]
    pub after: Option<Value>,
}

impl From<journal_entry::Model> for JournalEntry {
    fn from(row: journal_entry::Model) -> Self {
        let journal_entry::Model {
            id,
            at,
            actor_kind,
            actor_id,
            request_id,
            action,
            resource_type,
            resource_id,
            resource_version,
            cycle_id,
            before,
            after,
        } = row;
        Self {
            id,
            at,
            actor_kind,
            actor_id,
            request_id,
            action,
            resource_type,
            resource_id,
            resource_version,
            cycle_id,
            before,
            after,
        }
    }
}

/// What the journal can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum JournalSort {
    At,
}

impl SortBy for JournalSort {
    type Entity = journal_entry::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::At, Order::Desc)];

    fn column(self) -> journal_entry::Column {
        match self {
            Self::At => journal_entry::Column::At,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct JournalFilter {
    /// Kinds of resource, by comma
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["cycle", "pledge"]))]
    pub resource_type: Option<Csv<String>>,
    /// Ids of resources, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub resource_id: Option<Csv<Uuid>>,
    /// Accounts that did it, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub actor_id: Option<Csv<Uuid>>,
    /// What was done, by comma
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["cycle.finalize"]))]
    pub action: Option<Csv<String>>,
    /// Cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Exactly this request
    pub request_id: Option<String>,
    /// At this time or later
    pub at_from: Option<DateTime<Utc>>,
    /// At this time or earlier
    pub at_to: Option<DateTime<Utc>>,
    /// `at`; a minus turns the order round. The latest stand first unless told otherwise
    #[param(value_type = Option<String>, example = "-at", pattern = "^-?at$")]
    pub sort: Option<Sorts<JournalSort>>,
}
