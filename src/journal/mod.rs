//! One log of every change, written in the transaction of the change itself.
//!
//! Audit reads it now; event feeds and web hooks will read it too.

mod along;

use chrono::{DateTime, Utc};
use entity::{journal_entry, vocab::ActorKind};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{http::Ctx, problem::Problem};

pub use along::documents_go;

/// Who writes, when, under which request.
#[derive(Clone, Debug)]
pub struct Author {
    pub kind: ActorKind,
    pub id: Option<Uuid>,
    pub request_id: String,
    pub now: DateTime<Utc>,
}

impl Author {
    /// The service itself: reference data, first start.
    pub fn system(request_id: &str, now: DateTime<Utc>) -> Self {
        Self { kind: ActorKind::System, id: None, request_id: request_id.to_owned(), now }
    }
}

impl From<&Ctx> for Author {
    fn from(ctx: &Ctx) -> Self {
        let id = ctx.who.id();
        let kind = if id.is_some() { ActorKind::User } else { ActorKind::System };
        Self { kind, id, request_id: ctx.request_id.clone(), now: ctx.now }
    }
}

/// One change of one resource.
#[derive(Debug)]
pub struct Change<'a> {
    /// `resource.verb`: `cycle.finalize`.
    pub action: &'a str,
    /// The resource's name in the singular, as the table is called: `cycle`.
    pub resource: &'a str,
    pub id: Uuid,
    /// The version after the change.
    pub version: i32,
    /// The cycle it belongs to, where it belongs to one.
    pub cycle_id: Option<Uuid>,
    before: Option<Value>,
    after: Option<Value>,
}

impl<'a> Change<'a> {
    pub fn new(action: &'a str, resource: &'a str, id: Uuid, version: i32) -> Self {
        Self { action, resource, id, version, cycle_id: None, before: None, after: None }
    }

    pub fn in_cycle(mut self, cycle_id: Uuid) -> Self {
        self.cycle_id = Some(cycle_id);
        self
    }

    /// The row as it was. Rows leave secrets out of their serialised form.
    pub fn before(mut self, row: &impl Serialize) -> Result<Self, Problem> {
        self.before = Some(serde_json::to_value(row).map_err(Problem::internal)?);
        Ok(self)
    }

    /// The row as it is now.
    pub fn after(mut self, row: &impl Serialize) -> Result<Self, Problem> {
        self.after = Some(serde_json::to_value(row).map_err(Problem::internal)?);
        Ok(self)
    }
}

/// Writes one entry.
pub async fn record(tx: &impl ConnectionTrait, author: impl Into<Author>, change: Change<'_>) -> Result<(), Problem> {
    record_all(tx, author, vec![change]).await
}

/// Writes many entries in one statement.
pub async fn record_all(
    tx: &impl ConnectionTrait,
    author: impl Into<Author>,
    changes: Vec<Change<'_>>,
) -> Result<(), Problem> {
    let author = author.into();
    let entries: Vec<_> = changes.into_iter().map(|change| entry(&author, change)).collect();
    for some in entries.chunks(500) {
        journal_entry::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn entry(author: &Author, change: Change<'_>) -> journal_entry::ActiveModel {
    journal_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(author.now),
        actor_kind: Set(author.kind),
        actor_id: Set(author.id),
        request_id: Set(author.request_id.clone()),
        action: Set(change.action.to_owned()),
        resource_type: Set(change.resource.to_owned()),
        resource_id: Set(change.id),
        resource_version: Set(change.version),
        cycle_id: Set(change.cycle_id),
        before: Set(change.before),
        after: Set(change.after),
    }
}
