//! Evidence of the lines of scorecards, and which criteria demand it.

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
        let demand = boolean("evidence_required").default(false).take();
        schema.alter_table(Table::alter().table("criterion").add_column(demand).to_owned()).await?;
        let count = integer("evidence_count").default(0).check(Expr::cust("evidence_count >= 0")).take();
        schema.alter_table(Table::alter().table("score").add_column(count).to_owned()).await?;
        evidence(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("evidence").to_owned()).await?;
        schema.alter_table(Table::alter().table("score").drop_column("evidence_count").to_owned()).await?;
        schema.alter_table(Table::alter().table("criterion").drop_column("evidence_required").to_owned()).await?;
        Ok(())
    }
}

async fn evidence(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("evidence")
                .col(pk_uuid("id"))
                .col(uuid("score_id"))
                .col(text("kind").check(one_of("kind", &["file", "link"])))
                .col(text("title"))
                .col(text_null("url"))
                .col(text_null("file_hash").check(Expr::cust("length(file_hash) = 64")))
                .col(text_null("file_name"))
                .col(text_null("media_type").check(one_of(
                    "media_type",
                    &[
                        "application/pdf",
                        "application/msword",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.ms-excel",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "image/png",
                        "image/jpeg",
                        "image/webp",
                        "image/gif",
                        "image/tiff",
                    ],
                )))
                .col(big_integer_null("size_bytes").check(Expr::cust("size_bytes >= 1")))
                .col(uuid("added_by"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("(kind = 'link') = (url IS NOT NULL)"))
                .check(Expr::cust("(kind = 'file') = (file_hash IS NOT NULL)"))
                .check(Expr::cust("(kind = 'file') = (file_name IS NOT NULL)"))
                .check(Expr::cust("(kind = 'file') = (media_type IS NOT NULL)"))
                .check(Expr::cust("(kind = 'file') = (size_bytes IS NOT NULL)"))
                .foreign_key(
                    ForeignKey::create()
                        .from("evidence", "score_id")
                        .to("score", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(Index::create().unique().name("uq_evidence_score_id_file_hash").col("score_id").col("file_hash"))
                .index(Index::create().unique().name("uq_evidence_score_id_url").col("score_id").col("url"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("evidence", &["file_hash"])).await?;
    schema.create_index(index("evidence", &["kind"])).await?;
    schema.create_index(index("evidence", &["created_at", "id"])).await?;
    Ok(())
}
