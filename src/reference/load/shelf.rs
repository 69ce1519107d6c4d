//! Where rows are put: many in one statement, each with its entry in the journal.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::Loaded;
use crate::{
    journal::{self, Author, Change},
    problem::Problem,
};

/// The version every row begins with.
pub(super) const FIRST: i32 = 1;

/// The rows of one statement: with twenty columns each still within what `SQLite` binds.
const AT_ONCE: usize = 500;

pub(super) struct Shelf<'a, C> {
    pub(super) tx: &'a C,
    author: Author,
    loaded: Loaded,
}

/// The entry of a row; the row itself is added to it.
pub(super) fn entry(resource: &'static str, id: Uuid) -> Change<'static> {
    Change::new("reference.load", resource, id, FIRST)
}

impl<'a, C: ConnectionTrait> Shelf<'a, C> {
    pub(super) fn new(tx: &'a C, author: Author) -> Self {
        Self { tx, author, loaded: Loaded::default() }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.author.now
    }

    pub(super) fn loaded(self) -> Loaded {
        self.loaded
    }

    /// Inserts rows and journals them.
    pub(super) async fn put<E: EntityTrait>(
        &mut self,
        rows: Vec<E::Model>,
        entry: impl Fn(&E::Model) -> Result<Change<'static>, Problem>,
    ) -> Result<(), Problem>
    where
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        let changes = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        self.loaded.0.extend(changes.first().map(|first| (first.resource, changes.len())));
        self.insert::<E>(rows).await?;
        journal::record_all(self.tx, self.author.clone(), changes).await
    }

    /// Inserts rows that are part of another resource and have no entry of their own.
    pub(super) async fn insert<E: EntityTrait>(&self, rows: Vec<E::Model>) -> Result<(), Problem>
    where
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        let rows: Vec<_> = rows.into_iter().map(|row| row.into_active_model().reset_all()).collect();
        for some in rows.chunks(AT_ONCE) {
            E::insert_many(some.iter().cloned()).exec_without_returning(self.tx).await?;
        }
        Ok(())
    }
}
