//! What the database says about itself.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, FromQueryResult, Statement};

/// The migrations' own table.
const HISTORY: &str = "seaql_migrations";

#[derive(Debug, PartialEq, Eq, FromQueryResult)]
pub(super) struct Column {
    name: String,
    kind: String,
    required: bool,
    primary: bool,
}

/// An index, or a foreign key: some columns of a table in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
    pub(super) partial: bool,
}

#[derive(FromQueryResult)]
struct Row {
    table_name: String,
    columns: String,
    partial: bool,
}

pub(super) async fn tables(db: &DatabaseConnection) -> BTreeSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        }
        _ => "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).filter(|name| name != HISTORY).collect()
}

/// The columns by name. Text without a bound is text, by whichever name.
pub(super) async fn columns(db: &DatabaseConnection, table: &str) -> Vec<Column> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name, replace(lower(type), 'varchar', 'text') AS kind, \"notnull\" AS required, pk > 0 AS \"primary\" \
             FROM pragma_table_info($1) ORDER BY name"
        }
        _ => {
            "SELECT attname::text AS name, required, \"primary\", \
             replace(format_type(atttypid, atttypmod), 'character varying', 'text') AS kind FROM pg_attribute \
             CROSS JOIN LATERAL (SELECT attnotnull AS required, EXISTS (SELECT 1 FROM pg_index \
             WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey)) AS \"primary\") AS facts \
             WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped ORDER BY name"
        }
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [table.into()]);
    let columns = Column::find_by_statement(statement).all(db).await.unwrap();
    assert!(!columns.is_empty(), "{table} has no columns");
    columns
}

pub(super) async fn indexes(db: &DatabaseConnection) -> Vec<Key> {
    rows(
        db,
        "SELECT t.name AS table_name, i.partial, \
         (SELECT group_concat(c.name, ' ' ORDER BY c.seqno) FROM pragma_index_info(i.name) AS c) AS columns \
         FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i WHERE t.type = 'table'",
        "SELECT indrelid::regclass::text AS table_name, indpred IS NOT NULL AS partial, \
         (SELECT string_agg(attname, ' ' ORDER BY place) FROM unnest(indkey) WITH ORDINALITY AS k (number, place) \
         JOIN pg_attribute ON attrelid = indrelid AND attnum = number) AS columns \
         FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = current_schema()::regnamespace",
    )
    .await
}

pub(super) async fn foreign_keys(db: &DatabaseConnection) -> Vec<Key> {
    rows(
        db,
        "SELECT t.name AS table_name, FALSE AS partial, group_concat(f.\"from\", ' ' ORDER BY f.seq) AS columns \
         FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' GROUP BY t.name, f.id",
        "SELECT conrelid::regclass::text AS table_name, FALSE AS partial, \
         (SELECT string_agg(attname, ' ' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k (number, place) \
         JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS columns \
         FROM pg_constraint WHERE contype = 'f'",
    )
    .await
}

async fn rows(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<Key> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    let rows = Row::find_by_statement(Statement::from_string(backend, sql)).all(db).await.unwrap();
    assert!(!rows.is_empty());
    rows.into_iter()
        .map(|Row { table_name, columns, partial }| Key {
            table: table_name,
            columns: columns.split(' ').map(str::to_owned).collect(),
            partial,
        })
        .collect()
}
