//! Every knob, from flags and environment.

use std::{fmt, net::SocketAddr, path::PathBuf};

use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use entity::vocab::Role;
use sea_orm::Iterable;

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
    /// Create an account, or give one a new one-time password
    User {
        #[command(subcommand)]
        what: UserCommand,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// List the keys that sign access tokens, or replace the present one
    Key {
        #[command(subcommand)]
        what: KeyCommand,
        #[command(flatten)]
        keys: KeySettings,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Print the OpenAPI document; needs no database
    Openapi,
    /// Check a downloaded proof of a ranking; needs no database and no network
    Verify {
        /// The answer of `GET /api/v1/rankings/{id}/proof`; `-` reads it from standard input
        file: PathBuf,
    },
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

#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// Create an account and print its one-time password
    Add(NewPerson),
    /// Print a new one-time password; the former password is void and all sessions end
    ResetPassword {
        /// User name of the account
        #[arg(long)]
        username: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct NewPerson {
    /// Small Latin letters and digits, with single dots, dashes or underscores between them
    #[arg(long)]
    pub username: String,
    /// What the person may do
    #[arg(long, value_parser = roles())]
    pub role: Role,
    /// The person's name; the user name where none is given
    #[arg(long)]
    pub display_name: Option<String>,
    /// Code of the province, as of today: needed for a province officer, possible for an appraiser
    #[arg(long)]
    pub province_code: Option<String>,
}

fn roles() -> impl TypedValueParser<Value = Role> {
    let words = PossibleValuesParser::new(Role::iter().map(<&'static str>::from));
    words.try_map(|word| Role::iter().find(|role| <&str>::from(role) == word).ok_or("no such role"))
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum KeyCommand {
    /// List the keys and what each of them does
    List,
    /// Make a key that signs in 5 minutes; the present one goes on verifying for 20 minutes more. Servers notice by themselves
    Rotate,
}

#[derive(Clone, Args)]
pub struct KeySettings {
    /// Ed25519 key that signs access tokens, in PKCS #8 PEM or the path of such a file; without it one is made and kept in the database
    #[arg(long, env = "THIDUA_SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<String>,
    /// The key before: its tokens are honoured too
    #[arg(long, env = "THIDUA_PREVIOUS_SIGNING_KEY", hide_env_values = true)]
    pub previous_signing_key: Option<String>,
}

/// Tells whether keys are given, never which.
impl fmt::Debug for KeySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySettings")
            .field("signing_key", &self.signing_key.is_some())
            .field("previous_signing_key", &self.previous_signing_key.is_some())
            .finish()
    }
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
    #[command(flatten)]
    pub keys: KeySettings,
    /// Where uploaded files are kept: a folder (it is made) or `s3://bucket/prefix`, with the usual `AWS_*` variables
    #[arg(long, env = "THIDUA_FILES", default_value = "data/files")]
    pub files: String,
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
