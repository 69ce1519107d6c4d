//! The demonstration year: the Northern midland and mountainous cluster, 2023 into 2024.
//!
//! It is played in through the API itself: every person signs what they sign, in the order of the year, under the
//! clock of that day. What a newspaper of 1 March 2024 reported is fact; everything else is invented and says so.

#![expect(clippy::indexing_slicing, reason = "the members of JSON written here are known to be there")]

mod achievements;
mod aftermath;
mod assignments;
mod cast;
mod conference;
mod contest;
mod contributions;
mod criteria;
mod dossiers;
mod exemplars;
mod recommendations;
mod stage;
mod targets;
mod year_2023;
mod year_2024;
mod year_end;

use std::error::Error;

use chrono::{DateTime, Utc};
use entity::{journal_entry, user_account};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

pub use cast::Person;
use stage::Stage;

use crate::{
    db::{self, Db},
    files::Files,
    identity::one_time_password,
    journal::{self, Author, Change},
};

/// The journal's mark of a demonstration that was played to its end.
const COMPLETE: &str = "demonstration.complete";

/// Who can sign in, and with which password.
#[derive(Debug)]
pub struct Played {
    pub people: Vec<Person>,
    pub password: String,
}

/// Plays the year into an empty database; `None` where there are accounts already and nothing is done.
///
/// Fails where an earlier play was interrupted half-way: such a database is to be thrown away.
pub async fn play(
    db: &Db,
    files: &Files,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<Option<Played>, Box<dyn Error>> {
    if user_account::Entity::find().count(db.reader()).await? > 0 {
        let marks = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq(COMPLETE));
        if marks.count(db.reader()).await? > 0 {
            return Ok(None);
        }
        return Err("the database has accounts, but no complete demonstration: start with an empty one".into());
    }
    let password = password.unwrap_or_else(one_time_password);
    let stage = Stage::set(db.clone(), files.clone(), password.clone()).await?;
    let people = cast::hire(&stage).await?;
    year_2023::play(&stage).await?;
    year_2024::play(&stage).await?;
    achievements::play(&stage).await?;
    exemplars::play(&stage).await?;
    assignments::play(&stage).await?;
    year_end::close(&stage).await?;
    dossiers::play(&stage).await?;
    aftermath::play(&stage).await?;
    db::write(db, async |tx| {
        let mark = Change::new(COMPLETE, "demonstration", Uuid::now_v7(), 1);
        journal::record(tx, Author::system("demonstration", now), mark).await
    })
    .await?;
    Ok(Some(Played { people, password }))
}
