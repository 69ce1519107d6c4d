//! Rankings: immutable results.

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
        ranking(schema).await?;
        ranking_entry(schema).await?;
        ranking_section(schema).await?;
        ranking_proof(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("ranking_proof").to_owned()).await?;
        schema.drop_table(Table::drop().table("ranking_section").to_owned()).await?;
        schema.drop_table(Table::drop().table("ranking_entry").to_owned()).await?;
        schema.drop_table(Table::drop().table("ranking").to_owned()).await?;
        Ok(())
    }
}

async fn ranking(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ranking")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(integer("number").check(Expr::cust("number >= 1")))
                .col(text("state").check(one_of("state", &["provisional", "published", "superseded"])))
                .col(uuid("criteria_set_id"))
                .col(uuid_null("supersedes_id"))
                .col(text_null("reason"))
                .col(big_integer("total_points"))
                .col(integer("algorithm").check(Expr::cust("algorithm >= 1")))
                .col(text("proof_sha256"))
                .col(timestamp_with_time_zone("computed_at"))
                .col(timestamp_with_time_zone_null("published_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking", "supersedes_id")
                        .to("ranking", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking", "criteria_set_id")
                        .to("criteria_set", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(Index::create().unique().name("uq_ranking_cycle_id_number").col("cycle_id").col("number"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("ranking", &["criteria_set_id"])).await?;
    schema.create_index(index("ranking", &["supersedes_id"])).await?;
    schema.create_index(index("ranking", &["state"])).await?;
    schema.create_index(index("ranking", &["created_at", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_ranking_cycle_id_partial")
        .table("ranking")
        .col("cycle_id")
        .and_where(Expr::cust("state = 'published'"))
        .to_owned();
    schema.create_index(only).await?;
    Ok(())
}

async fn ranking_entry(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ranking_entry")
                .col(pk_uuid("id"))
                .col(uuid("ranking_id"))
                .col(uuid("province_id"))
                .col(integer("position").check(Expr::cust("position >= 1")))
                .col(integer_null("place").check(Expr::cust("place >= 1")))
                .col(big_integer("total"))
                .col(text_null("classification"))
                .col(text_null("classification_en"))
                .col(json("tie_breaks"))
                .col(text_null("excluded_reason"))
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking_entry", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking_entry", "ranking_id")
                        .to("ranking", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_ranking_entry_ranking_id_province_id")
                        .col("ranking_id")
                        .col("province_id"),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_ranking_entry_ranking_id_position")
                        .col("ranking_id")
                        .col("position"),
                )
                .check(Expr::cust("(place IS NULL) = (excluded_reason IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("ranking_entry", &["province_id"])).await?;
    Ok(())
}

async fn ranking_section(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ranking_section")
                .col(pk_uuid("id"))
                .col(uuid("entry_id"))
                .col(uuid("criterion_id"))
                .col(integer("position"))
                .col(text("code"))
                .col(text("name"))
                .col(big_integer_null("max_points"))
                .col(big_integer("points"))
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking_section", "criterion_id")
                        .to("criterion", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking_section", "entry_id")
                        .to("ranking_entry", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_ranking_section_entry_id_criterion_id")
                        .col("entry_id")
                        .col("criterion_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("ranking_section", &["criterion_id"])).await?;
    Ok(())
}

/// Apart from the ranking, because it is as large as all its sheets and rarely read.
async fn ranking_proof(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ranking_proof")
                .col(pk_uuid("id"))
                .col(uuid("ranking_id"))
                .col(text("content"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("ranking_proof", "ranking_id")
                        .to("ranking", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(Index::create().unique().name("uq_ranking_proof_ranking_id").col("ranking_id"))
                .to_owned(),
        )
        .await
}
