//! The journal: one entry for each change of anything.

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
        schema
            .create_table(
                Table::create()
                    .table("journal_entry")
                    .col(pk_uuid("id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(text("actor_kind").check(one_of("actor_kind", &["user", "system"])))
                    .col(uuid_null("actor_id"))
                    .col(text("request_id"))
                    .col(text("action"))
                    .col(text("resource_type"))
                    .col(uuid("resource_id"))
                    .col(integer("resource_version"))
                    .col(uuid_null("cycle_id"))
                    .col(json_null("before"))
                    .col(json_null("after"))
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("journal_entry", &["at", "id"])).await?;
        schema.create_index(index("journal_entry", &["resource_type", "at", "id"])).await?;
        schema.create_index(index("journal_entry", &["resource_id", "at", "id"])).await?;
        schema.create_index(index("journal_entry", &["actor_id", "at", "id"])).await?;
        schema.create_index(index("journal_entry", &["action", "at", "id"])).await?;
        schema.create_index(index("journal_entry", &["cycle_id", "at", "id"])).await?;
        schema.create_index(index("journal_entry", &["request_id"])).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("journal_entry").to_owned()).await?;
        Ok(())
    }
}
