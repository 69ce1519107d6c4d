//! The schema that the migrations make: the one that the entities declare, and one that refuses what must not be.

mod catalog;
mod refusals;
mod words;

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Schema, sea_query::Table};
use thidua::db::Db;

use super::database::Database;

/// A database of its own for one story, migrated and empty.
struct Migrated {
    db: Db,
    _database: Database,
}

impl Migrated {
    async fn new() -> Self {
        let database = Database::empty();
        let db = Db::open(database.url(), 1).await.unwrap();
        db.migrate().await.unwrap();
        Self { db, _database: database }
    }

    /// A plain connection: here nobody but the database itself refuses anything.
    fn connection(&self) -> &DatabaseConnection {
        self.db.reader()
    }
}

/// The table of the entity has the columns that the entity declares; returns its name.
async fn same<E: EntityTrait>(db: &DatabaseConnection, entity: E) -> String {
    let mut declared = Table::create().table("declared").take();
    for column in Schema::new(db.get_database_backend()).create_table_from_entity(entity).get_columns() {
        declared.col(column.clone());
    }
    db.execute(&declared).await.unwrap();
    let table = entity.table_name().to_owned();
    assert_eq!(catalog::columns(db, &table).await, catalog::columns(db, "declared").await, "{table}");
    db.execute(&Table::drop().table("declared").take()).await.unwrap();
    table
}

macro_rules! same {
    ($db:expr, $($table:ident),+ $(,)?) => {
        BTreeSet::from([$(same($db, entity::$table::Entity).await),+])
    };
}

#[actix_web::test]
async fn every_entity_is_its_table() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let declared = same!(
        db,
        achievement_figure,
        appraiser_assignment,
        assignment,
        award,
        award_requirement,
        award_rule,
        award_type,
        ballot,
        ballot_candidate,
        ballot_urn,
        ballot_voter,
        base_salary,
        campaign,
        campaign_participation,
        campaign_report,
        campaign_review,
        campaign_stage,
        carry_over,
        cluster,
        conference,
        conference_agenda_item,
        conference_participant,
        contribution,
        contribution_share,
        criteria_set,
        criterion,
        cycle,
        decision,
        document,
        dossier_document,
        dossier_requirement,
        due_date,
        due_date_extension,
        evidence,
        exemplar,
        holiday,
        journal_entry,
        membership,
        nomination,
        nomination_comment,
        opinion,
        peer_assignment,
        pledge,
        pledge_amendment,
        province,
        province_event,
        province_succession,
        ranking,
        ranking_entry,
        ranking_proof,
        ranking_section,
        recommendation,
        recusal,
        refresh_token,
        resolution,
        reward_coefficient,
        score,
        scorecard,
        sign_in_throttle,
        signing_key,
        speech,
        target,
        user_account,
    );
    assert_eq!(catalog::tables(db).await, declared);
}

#[actix_web::test]
async fn down_takes_everything_away_and_up_brings_it_back() {
    let migrated = Migrated::new().await;
    let tables = catalog::tables(migrated.connection()).await;
    let all = u32::try_from(migrated.db.migrations().await.unwrap().len()).unwrap();
    migrated.db.migrate_down(all).await.unwrap();
    assert_eq!(catalog::tables(migrated.connection()).await, BTreeSet::new());
    migrated.db.migrate().await.unwrap();
    assert_eq!(catalog::tables(migrated.connection()).await, tables);
}

#[actix_web::test]
async fn every_foreign_key_has_an_index() {
    let migrated = Migrated::new().await;
    let indexes = catalog::indexes(migrated.connection()).await;
    for key in catalog::foreign_keys(migrated.connection()).await {
        let covered = indexes.iter().any(|index| {
            index.table == key.table && !index.partial && index.columns.first().is_some_and(|c| key.columns.contains(c))
        });
        assert!(covered, "{key:?}");
    }
}
