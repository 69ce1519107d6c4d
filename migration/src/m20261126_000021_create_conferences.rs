//! Conferences: who takes part, what is on the agenda, what was said and what was resolved.

use sea_orm_migration::{prelude::*, schema::*};

use crate::parts::{index, one_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// One transaction on every backend, SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        conference(schema).await?;
        participant(schema).await?;
        agenda_item(schema).await?;
        speech(schema).await?;
        resolution(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["resolution", "speech", "conference_agenda_item", "conference_participant", "conference"] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn conference(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("conference")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(text("kind").check(one_of("kind", &["year_end", "mid_year", "signing", "thematic"])))
                .col(text("title"))
                .col(text("state").check(one_of("state", &["planned", "open", "closed", "cancelled"])))
                .col(timestamp_with_time_zone("starts_at"))
                .col(timestamp_with_time_zone_null("ends_at"))
                .col(text("place"))
                .col(uuid_null("host_province_id"))
                .col(text_null("minutes"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(text_null("cancel_reason"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut key("conference", "cycle_id", "cycle"))
                .foreign_key(&mut key("conference", "host_province_id", "province"))
                .check(Expr::cust("(state = 'closed') = (closed_at IS NOT NULL)"))
                .check(Expr::cust("(state = 'cancelled') = (cancel_reason IS NOT NULL)"))
                .check(Expr::cust("state <> 'closed' OR minutes IS NOT NULL"))
                .to_owned(),
        )
        .await?;
    for columns in
        [&["cycle_id"][..], &["host_province_id"], &["kind"], &["state"], &["starts_at", "id"], &["created_at", "id"]]
    {
        schema.create_index(index("conference", columns)).await?;
    }
    Ok(())
}

async fn participant(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("conference_participant")
                .col(pk_uuid("id"))
                .col(uuid("conference_id"))
                .col(integer("position"))
                .col(text("role").check(one_of("role", &["chair", "delegate", "guest"])))
                .col(text_null("name"))
                .col(text("title"))
                .col(uuid_null("province_id"))
                .col(text_null("organisation"))
                .foreign_key(&mut part("conference_participant"))
                .foreign_key(&mut key("conference_participant", "province_id", "province"))
                .index(&mut unique("conference_participant", "position"))
                .check(Expr::cust("province_id IS NULL OR organisation IS NULL"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("conference_participant", &["province_id"])).await
}

async fn agenda_item(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("conference_agenda_item")
                .col(pk_uuid("id"))
                .col(uuid("conference_id"))
                .col(integer("position"))
                .col(timestamp_with_time_zone_null("starts_at"))
                .col(text("title"))
                .col(text_null("speaker"))
                .foreign_key(&mut part("conference_agenda_item"))
                .index(&mut unique("conference_agenda_item", "position"))
                .to_owned(),
        )
        .await
}

async fn speech(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("speech")
                .col(pk_uuid("id"))
                .col(uuid("conference_id"))
                .col(text("title"))
                .col(text("speaker_name"))
                .col(text_null("speaker_title"))
                .col(uuid_null("province_id"))
                .col(text_null("text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut key("speech", "conference_id", "conference"))
                .foreign_key(&mut key("speech", "province_id", "province"))
                .to_owned(),
        )
        .await?;
    for columns in [&["conference_id"][..], &["province_id"], &["created_at", "id"]] {
        schema.create_index(index("speech", columns)).await?;
    }
    Ok(())
}

async fn resolution(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kinds = ["election", "ranking_approval", "pledge_signing", "nomination", "other"];
    schema
        .create_table(
            Table::create()
                .table("resolution")
                .col(pk_uuid("id"))
                .col(uuid("conference_id"))
                .col(integer("number").check(Expr::cust("number >= 1")))
                .col(text("text"))
                .col(text("kind").check(one_of("kind", &kinds)))
                .col(uuid_null("ballot_id"))
                .col(uuid_null("ranking_id"))
                .col(uuid_null("signed_cycle_id"))
                .col(uuid_null("nomination_id"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut key("resolution", "conference_id", "conference"))
                .foreign_key(&mut key("resolution", "ballot_id", "ballot"))
                .foreign_key(&mut key("resolution", "ranking_id", "ranking"))
                .foreign_key(&mut key("resolution", "signed_cycle_id", "cycle"))
                .foreign_key(&mut key("resolution", "nomination_id", "nomination"))
                .index(&mut unique("resolution", "number"))
                .check(Expr::cust("(kind = 'election') = (ballot_id IS NOT NULL)"))
                .check(Expr::cust("(kind = 'ranking_approval') = (ranking_id IS NOT NULL)"))
                .check(Expr::cust("(kind = 'pledge_signing') = (signed_cycle_id IS NOT NULL)"))
                .check(Expr::cust("(kind = 'nomination') = (nomination_id IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    for columns in [
        &["ballot_id"][..],
        &["ranking_id"],
        &["signed_cycle_id"],
        &["nomination_id"],
        &["kind"],
        &["number", "id"],
        &["created_at", "id"],
    ] {
        schema.create_index(index("resolution", columns)).await?;
    }
    Ok(())
}

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

/// What is a part of the conference goes with it.
fn part(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "conference_id")
        .to("conference", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn unique(table: &'static str, column: &'static str) -> IndexCreateStatement {
    let name = format!("uq_{table}_conference_id_{column}");
    Index::create().unique().name(name).col("conference_id").col(column).to_owned()
}
