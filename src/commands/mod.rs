//! What the program does when it is called: one file per command.

mod database;
mod health;
mod key;
mod keys_in_use;
mod migrate;
mod serve;
mod upkeep;
mod user;
mod verify;

use std::error::Error;

use crate::{
    app,
    settings::{Cli, Command},
};

/// Runs the command; `serve` where none is given.
pub async fn run(cli: Cli) -> Result<(), Box<dyn Error>> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(settings) => serve::run(&settings).await,
        Command::Migrate { what, database } => migrate::run(what, &database).await,
        Command::User { what, database } => user::run(what, &database).await,
        Command::Key { what, keys, database } => key::run(what, &keys, &database).await,
        Command::Openapi => {
            print!("{}", app::openapi_json());
            Ok(())
        }
        Command::Verify { file } => verify::run(&file),
        Command::Health { bind } => health::run(bind.bind),
    }
}
