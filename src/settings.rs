//! Every knob, from flags and environment.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand};

/// The emulation clusters of Vietnam's provinces: pledges, criteria, scores, rankings and awards over REST.
#[derive(Debug, Parser)]
#[command(name = "thidua", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Settings of `serve`, the default command
    #[command(flatten)]
    pub serve: Serve,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API (default)
    Serve(Serve),
    /// Bring the schema up to date, show where it stands, or take a step back
    Migrate {
        #[command(subcommand)]
        what: Option<MigrateCommand>,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Print the OpenAPI document; needs no database
    Openapi,
    /// Ask a running server whether it is ready (for container health checks)
    Health {
        #[command(flatten)]
        bind: Bind,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum MigrateCommand {
    /// Apply what is missing (default)
    Up,
    /// List the migrations and whether each is applied
    Status,
    /// Take back the last migrations
    Down {
        /// How many
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
}

#[derive(Debug, Clone, Args)]
pub struct DatabaseSettings {
    /// `sqlite://path` (folder and file are made) or `postgres://user@host/name`
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/thidua.db", hide_env_values = true)]
    pub database_url: String,
    /// Connections for readers; on PostgreSQL for writers too
    #[arg(long, env = "THIDUA_DATABASE_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub database_connections: u32,
}

#[derive(Debug, Clone, Args)]
pub struct Bind {
    /// Address and port to serve at
    #[arg(long, env = "THIDUA_BIND", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
}

#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    pub bind: Bind,
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// Fill an empty database with the demonstration year
    #[arg(long, env = "THIDUA_DEMO")]
    pub demo: bool,
    /// One password for all demonstration people; without it one is made and printed
    #[arg(long, env = "THIDUA_DEMO_PASSWORD", hide_env_values = true)]
    pub demo_password: Option<String>,
    /// Who issues the tokens: the `iss` claim
    #[arg(long, env = "THIDUA_ISSUER", default_value = "thidua")]
    pub issuer: String,
    /// Origins whose pages may call the API from a browser, by comma; none by default
    #[arg(long, env = "THIDUA_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Threads that serve requests; one a core by default
    #[arg(long, env = "THIDUA_WORKERS", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// What is logged: `info`, `thidua=debug`, …
    #[arg(long, env = "THIDUA_LOG", default_value = "info")]
    pub log: String,
    /// Log lines as JSON, for machines
    #[arg(long, env = "THIDUA_LOG_JSON")]
    pub log_json: bool,
}
