//! Stores the book: whatever is missing, once for each edition of it.

mod awards;
mod campaigns;
mod clusters;
mod holidays;
mod provinces;
mod shelf;

use chrono::{DateTime, Utc};
use entity::journal_entry;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, SelectExt};

use super::{ReferenceBook, book};
use crate::{journal::Author, problem::Problem};
use shelf::Shelf;

/// How many rows of each resource were stored; empty where nothing was left to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded(pub Vec<(&'static str, usize)>);

/// Stores what the files have and the database has not, and journals each row.
///
/// An edition that has been loaded is never looked at again: what people changed or deleted since then is theirs.
pub async fn load(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Loaded, Problem> {
    let edition = super::edition();
    if has(tx, &edition).await? {
        return Ok(Loaded::default());
    }
    let ReferenceBook {
        provinces,
        events,
        clusters,
        cycles,
        award_types,
        coefficients,
        base_salaries,
        campaigns,
        holidays,
        requirements,
        earlier_awards,
    } = book();
    let mut shelf = Shelf::new(tx, Author::system(&edition, now));
    let units = provinces::provinces(&mut shelf, provinces).await?;
    provinces::events(&mut shelf, events, &units).await?;
    let ids = clusters::clusters(&mut shelf, clusters).await?;
    clusters::cycles(&mut shelf, cycles, &ids, &units).await?;
    let ids = awards::types(&mut shelf, award_types).await?;
    awards::coefficients(&mut shelf, coefficients, &ids).await?;
    awards::base_salaries(&mut shelf, base_salaries).await?;
    awards::requirements(&mut shelf, requirements, &ids).await?;
    awards::earlier_awards(&mut shelf, earlier_awards, &ids).await?;
    campaigns::campaigns(&mut shelf, campaigns).await?;
    holidays::holidays(&mut shelf, holidays).await?;
    Ok(shelf.loaded())
}

/// Whether the journal tells of this edition. The entries of the system come first in their index.
async fn has(tx: &impl ConnectionTrait, edition: &str) -> Result<bool, Problem> {
    let entries = journal_entry::Entity::find()
        .filter(journal_entry::Column::ActorId.is_null())
        .filter(journal_entry::Column::RequestId.eq(edition));
    Ok(entries.exists(tx).await?)
}
