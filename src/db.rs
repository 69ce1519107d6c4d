//! The way to the database: open, read, write.
//!
//! One query path serves both databases. What differs — how writers take turns — is decided here, once, at opening.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use migration::{Migrator, MigratorTrait};
use rand::RngExt;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait, metric,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use crate::problem::Problem;

/// How long a statement waits for its turn, and a write that collides with others keeps trying.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE: u64 = 100;

/// Any number, as long as every replica uses the same.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7483110240)";

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    options: TransactionOptions,
}

impl Db {
    /// Opens `sqlite://path` (the folder and the file are made) or `postgres://…` with `connections` for readers.
    pub async fn open(url: &str, connections: u32) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, connections).await
        } else {
            Self::open_postgres(url, connections).await
        }
    }

    /// Many readers beside exactly one writer: writers queue in the pool instead of colliding in the file.
    async fn open_sqlite(url: &str, connections: u32) -> Result<Self, DbErr> {
        let file = url.trim_start_matches("sqlite:").trim_start_matches("//");
        let file = file.split('?').next().unwrap_or(file);
        if let Some(folder) = Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|err| DbErr::Custom(format!("{}: {err}", folder.display())))?;
        }
        let options = |most: u32| {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(most)
                .min_connections(1)
                .acquire_timeout(PATIENCE)
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .create_if_missing(true)
                        .journal_mode(SqliteJournalMode::Wal)
                        .synchronous(SqliteSynchronous::Full)
                        .foreign_keys(true)
                        .busy_timeout(PATIENCE)
                });
            options
        };
        let writer = Database::connect(options(1)).await?;
        let reader = Database::connect(options(connections)).await?;
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Self { reader, writer, options: immediate })
    }

    /// One pool; writers are serializable, so a rule that held when it was checked holds when it is stored.
    async fn open_postgres(url: &str, connections: u32) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(PATIENCE)
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        let serializable = TransactionOptions {
            isolation_level: Some(IsolationLevel::Serializable),
            access_mode: Some(AccessMode::ReadWrite),
            ..TransactionOptions::default()
        };
        Ok(Self { reader: pool.clone(), writer: pool, options: serializable })
    }

    /// For everything that only reads.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Brings the schema up to date. Of several replicas that start at once, one migrates and the others wait.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        let tx = self.lock_schema().await?;
        Migrator::up(&tx, None).await?;
        tx.commit().await
    }

    /// Takes back the last `steps` migrations.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), DbErr> {
        let tx = self.lock_schema().await?;
        Migrator::down(&tx, Some(steps)).await?;
        tx.commit().await
    }

    /// The names of the migrations, and whether each is applied.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>, DbErr> {
        let pending: Vec<String> = Migrator::get_pending_migrations_read_only(&self.reader)
            .await?
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        let all = Migrator::migrations();
        Ok(all.iter().map(|one| (one.name().to_owned(), !pending.iter().any(|name| name == one.name()))).collect())
    }

    async fn lock_schema(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions { isolation_level: None, ..self.options };
        let tx = self.writer.begin_with_options(options).await?;
        // SQLite is locked by the immediate transaction itself.
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(MIGRATION_LOCK).await?;
        }
        Ok(tx)
    }

    /// Lets go of every connection; on SQLite what is still in the write-ahead log moves into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }

    /// Calls `observer` after each statement: tests count them.
    pub fn observe(&mut self, observer: impl Fn(&metric::Info<'_>) + Clone + Send + Sync + 'static) {
        self.reader.set_metric_callback(observer.clone());
        self.writer.set_metric_callback(observer);
    }
}

/// Runs `work` in one transaction: `Ok` commits, `Err` rolls back and nothing has happened.
///
/// Where two writers collide, the database refuses one of them and `work` runs again from the start, so it must do
/// nothing but read and write through the transaction it is given. Where one finds its place taken by a twin that was not
/// there before, it runs once more.
pub async fn write<T>(db: &Db, work: impl AsyncFn(&DatabaseTransaction) -> Result<T, Problem>) -> Result<T, Problem> {
    let begun = Instant::now();
    let (mut longest, mut overtaken) = (0, false);
    loop {
        longest = LONGEST_PAUSE.min(longest + 5);
        match attempt(db, &work).await {
            Err(problem) if problem.collided() && begun.elapsed() < PATIENCE => {
                let pause = rand::rng().random_range(1..=longest);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            // Once more: the rules see the twin now, and say what it means. If they do not, it is what it is.
            Err(problem) if problem.overtaken() && !overtaken => overtaken = true,
            done => return done,
        }
    }
}

async fn attempt<T>(db: &Db, work: &impl AsyncFn(&DatabaseTransaction) -> Result<T, Problem>) -> Result<T, Problem> {
    let tx = db.writer.begin_with_options(db.options).await?;
    let done = work(&tx).await?; // an early return drops `tx`, which rolls back
    tx.commit().await?;
    Ok(done)
}
