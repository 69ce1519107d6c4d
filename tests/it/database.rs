//! A database for each test: a copy of one that was migrated and filled once.
//!
//! SQLite by default; PostgreSQL where `TEST_DATABASE_URL` names a server on which databases may be made.

use std::{path::PathBuf, sync::LazyLock};

use sea_orm::{ConnectionTrait, Database as Connection};
use tempfile::TempDir;
use thidua::{
    db::{self, Db},
    reference,
};
use uuid::Uuid;

/// The server the tests run against, if it is not SQLite.
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A database that lives as long as its test.
pub(crate) struct Database {
    url: String,
    home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { admin: String, name: String },
}

impl Database {
    /// A copy of the template: migrated, with the reference data.
    pub(crate) fn fresh() -> Self {
        match server() {
            None => {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("test.db");
                std::fs::copy(TEMPLATE_FILE.1.as_path(), &file).unwrap();
                Self { url: format!("sqlite://{}", file.display()), home: Home::Folder { _folder: folder } }
            }
            Some(admin) => {
                let template = TEMPLATE_DATABASE.as_str();
                Self::on_server(admin, &format!("TEMPLATE \"{template}\""))
            }
        }
    }

    /// Without any table.
    pub(crate) fn empty() -> Self {
        match server() {
            None => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}", folder.path().join("empty.db").display());
                Self { url, home: Home::Folder { _folder: folder } }
            }
            Some(admin) => Self::on_server(admin, ""),
        }
    }

    fn on_server(admin: String, how: &str) -> Self {
        let name = format!("thidua_{}", Uuid::now_v7().simple());
        execute(&admin, format!("CREATE DATABASE \"{name}\" {how}"));
        Self { url: on_database(&admin, &name), home: Home::Server { admin, name } }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Home::Server { admin, name } = &self.home {
            execute(admin, format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"));
        }
    }
}

static TEMPLATE_FILE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    prepare(format!("sqlite://{}", file.display()));
    (folder, file)
});

static TEMPLATE_DATABASE: LazyLock<String> = LazyLock::new(|| {
    let admin = server().unwrap();
    let name = format!("thidua_template_{}", std::process::id());
    execute(&admin, format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"));
    execute(&admin, format!("CREATE DATABASE \"{name}\""));
    prepare(on_database(&admin, &name));
    name
});

/// Migrates and fills the template, then lets go of it.
fn prepare(url: String) {
    apart(move || async move {
        let db = Db::open(&url, 1).await.unwrap();
        db.migrate().await.unwrap();
        let now = "2024-01-01T00:00:00Z".parse().unwrap();
        db::write(&db, async |tx| reference::load(tx, now).await).await.unwrap();
        db.close().await.unwrap();
    });
}

fn execute(url: &str, sql: String) {
    let url = url.to_owned();
    apart(move || async move {
        let connection = Connection::connect(url).await.unwrap();
        connection.execute_unprepared(&sql).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// Runs something asynchronous to its end from anywhere, also from a destructor.
fn apart<F: Future<Output = ()>>(work: impl FnOnce() -> F + Send + 'static) {
    std::thread::spawn(|| actix_web::rt::System::new().block_on(work())).join().unwrap();
}

fn on_database(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
