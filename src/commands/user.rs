//! `thidua user`: accounts from the command line, for whoever runs the service.

use std::error::Error;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{province, user_account};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::database;
use crate::{
    clock::{Clock, SystemClock},
    db::{self, Db},
    domain::{calendar, province::valid_on, text},
    identity::{hash_password, one_time_password},
    journal::Author,
    problem::Problem,
    resources::users::{NewAccount, OneTime, enrol, give_one_time_password},
    settings::{DatabaseSettings, NewPerson, UserCommand},
};

pub(super) async fn run(what: UserCommand, settings: &DatabaseSettings) -> Result<(), Box<dyn Error>> {
    let now = SystemClock.now();
    let db = database::ready(settings, now).await?;
    let OneTime { username, password } = match what {
        UserCommand::Add(person) => add(&db, person, now).await?,
        UserCommand::ResetPassword { username } => reset(&db, &username, now).await?,
    };
    println!("user name:          {username}\none-time password:  {password}");
    Ok(())
}

async fn add(db: &Db, person: NewPerson, now: DateTime<Utc>) -> Result<OneTime, Box<dyn Error>> {
    let NewPerson { username, display_name, role, province_code } = person;
    let province_id = match province_code {
        Some(code) => Some(province(db, &code, calendar::vietnam_day(now)).await?),
        None => None,
    };
    let display_name = text::nfc(display_name.as_deref().unwrap_or(&username)).trim().to_owned();
    if display_name.is_empty() || display_name.chars().any(char::is_control) {
        return Err("--display-name: one line that is not blank".into());
    }
    let new = NewAccount { username, display_name, role, province_id };
    let password = one_time_password();
    let hash = hash_password(password.clone()).await.map_err(told)?;
    let author = Author::system("user add", now);
    let row = db::write(db, async |tx| enrol(tx, author.clone(), &new, hash.clone()).await).await.map_err(told)?;
    Ok(OneTime { username: row.username, password })
}

async fn reset(db: &Db, username: &str, now: DateTime<Utc>) -> Result<OneTime, Box<dyn Error>> {
    let password = one_time_password();
    let hash = hash_password(password.clone()).await.map_err(told)?;
    let author = Author::system("user reset-password", now);
    let row = db::write(db, async |tx| {
        let found = user_account::Entity::find().filter(user_account::Column::Username.eq(username)).one(tx).await?;
        match found {
            Some(found) => give_one_time_password(tx, author.clone(), found, hash.clone()).await.map(Some),
            None => Ok(None),
        }
    });
    let row = row.await.map_err(told)?.ok_or_else(|| format!("there is no account named {username}"))?;
    Ok(OneTime { username: row.username, password })
}

/// The province that has the code today.
async fn province(db: &Db, code: &str, today: NaiveDate) -> Result<Uuid, Box<dyn Error>> {
    let coded = province::Entity::find().filter(province::Column::Code.eq(code)).all(db.reader()).await?;
    let found = coded.into_iter().find(|row| valid_on(row.valid_from, row.valid_to, today));
    Ok(found.ok_or_else(|| format!("no province has the code {code} today"))?.id)
}

/// A problem in one line: on the command line there is no body to look into.
fn told(problem: Problem) -> Box<dyn Error> {
    let faults: Vec<String> = problem.faults().map(|(pointer, message)| format!("{pointer}: {message}")).collect();
    if faults.is_empty() { problem.into() } else { faults.join("; ").into() }
}
