//! Commands: `serve` (default), `migrate`, `user`, `key`, `openapi`, `verify`, `health`.

use std::process::ExitCode;

use clap::Parser;
use thidua::{commands, settings::Cli};

#[actix_web::main]
async fn main() -> ExitCode {
    match commands::run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("thidua: {err}");
            ExitCode::FAILURE
        }
    }
}
