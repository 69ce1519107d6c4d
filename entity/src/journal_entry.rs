//! One change: who, when, under which request, what, before and after.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ActorKind;

/// One change: who, when, under which request, what, before and after.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "journal_entry")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub actor_kind: ActorKind,
    /// The account, without a foreign key: the record outlives it.
    pub actor_id: Option<Uuid>,
    pub request_id: String,
    pub action: String,
    pub resource_type: String,
    pub resource_id: Uuid,
    pub resource_version: i32,
    /// The cycle it belongs to, without a foreign key.
    pub cycle_id: Option<Uuid>,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
