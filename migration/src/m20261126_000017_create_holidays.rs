//! Days that are off although they are weekdays, or worked although they are none.

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
                    .table("holiday")
                    .col(pk_uuid("id"))
                    .col(date("day").unique_key())
                    .col(text("name"))
                    .col(text("name_en"))
                    .col(text("kind").check(one_of("kind", &["public_holiday", "compensation_day", "working_day"])))
                    .col(text("legal_basis"))
                    .col(text("certainty").check(one_of(
                        "certainty",
                        &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                    )))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("holiday", &["kind"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("holiday").to_owned()).await
    }
}
