//! Deadlines: how long something late is still taken, who has longer, and when a scorecard came first.

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
        let hard = timestamp_with_time_zone_null("hard_at").take();
        schema.alter_table(Table::alter().table("due_date").add_column(hard).to_owned()).await?;
        let first = timestamp_with_time_zone_null("first_submitted_at").take();
        schema.alter_table(Table::alter().table("scorecard").add_column(first).to_owned()).await?;
        let adjustments = json("adjustments").default("[]").take();
        schema.alter_table(Table::alter().table("ranking_entry").add_column(adjustments).to_owned()).await?;
        extension(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("due_date_extension").to_owned()).await?;
        schema.alter_table(Table::alter().table("ranking_entry").drop_column("adjustments").to_owned()).await?;
        schema.alter_table(Table::alter().table("scorecard").drop_column("first_submitted_at").to_owned()).await?;
        schema.alter_table(Table::alter().table("due_date").drop_column("hard_at").to_owned()).await?;
        Ok(())
    }
}

async fn extension(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("due_date_extension")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("province_id"))
                .col(text("stage").check(one_of(
                    "stage",
                    &["pledge", "criteria", "targets", "self_scoring", "appraisal", "explanation", "publication"],
                )))
                .col(timestamp_with_time_zone("due_at"))
                .col(timestamp_with_time_zone_null("hard_at"))
                .col(integer("offset_minutes").check(Expr::cust("offset_minutes BETWEEN -840 AND 840")))
                .col(text("reason"))
                .col(uuid("granted_by"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("due_date_extension", ("cycle_id", "province_id"))
                        .to("membership", ("cycle_id", "province_id"))
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("due_date_extension", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("due_date_extension", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_due_date_extension_cycle_id_province_id_stage")
                        .col("cycle_id")
                        .col("province_id")
                        .col("stage"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("due_date_extension", &["province_id"])).await?;
    schema.create_index(index("due_date_extension", &["stage"])).await?;
    schema.create_index(index("due_date_extension", &["created_at", "id"])).await?;
    Ok(())
}
