//! Commands: `serve` (default), `migrate`, `user`, `key`, `openapi`, `health`.

use std::process::ExitCode;

use clap::Parser;
use thidua::{commands, settings::Cli};

/// Gives back to the system what the start needed once, and serves small allocations faster than the system's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
