//! Pledges, their amendments, and the targets inside.

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
        pledge(schema).await?;
        pledge_amendment(schema).await?;
        target(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("target").to_owned()).await?;
        schema.drop_table(Table::drop().table("pledge_amendment").to_owned()).await?;
        schema.drop_table(Table::drop().table("pledge").to_owned()).await?;
        Ok(())
    }
}

async fn pledge(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
            .create_table(
                Table::create()
                    .table("pledge")
                    .col(pk_uuid("id"))
                    .col(uuid("cycle_id"))
                    .col(uuid("province_id"))
                    .col(text("text"))
                    .col(text_null("signatory_name"))
                    .col(text_null("signatory_title"))
                    .col(timestamp_with_time_zone_null("signed_at"))
                    .col(text_null("signed_place"))
                    .col(text("state").check(one_of("state", &["draft", "signed", "concluded"])))
                    .col(timestamp_with_time_zone_null("concluded_at"))
                    .col(text("certainty").check(one_of("certainty", &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"])))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("pledge", "province_id")
                            .to("province", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("pledge", "cycle_id")
                            .to("cycle", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("pledge", ("cycle_id", "province_id"))
                            .to("membership", ("cycle_id", "province_id"))
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .index(Index::create().unique().name("uq_pledge_cycle_id_province_id").col("cycle_id").col("province_id"))
                    .check(Expr::cust("state = 'draft' OR (signatory_name IS NOT NULL AND signatory_title IS NOT NULL AND signed_at IS NOT NULL AND signed_place IS NOT NULL)"))
                    .to_owned(),
            )
            .await?;
    schema.create_index(index("pledge", &["province_id"])).await?;
    schema.create_index(index("pledge", &["state"])).await?;
    schema.create_index(index("pledge", &["created_at", "id"])).await?;
    Ok(())
}

async fn pledge_amendment(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("pledge_amendment")
                .col(pk_uuid("id"))
                .col(uuid("pledge_id"))
                .col(integer("number").check(Expr::cust("number >= 1")))
                .col(text("reason"))
                .col(json("before"))
                .col(json("after"))
                .col(timestamp_with_time_zone("amended_at"))
                .col(uuid_null("amended_by"))
                .foreign_key(
                    ForeignKey::create()
                        .from("pledge_amendment", "pledge_id")
                        .to("pledge", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_pledge_amendment_pledge_id_number")
                        .col("pledge_id")
                        .col("number"),
                )
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn target(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("target")
                .col(pk_uuid("id"))
                .col(uuid("pledge_id"))
                .col(integer("position").check(Expr::cust("position >= 1")))
                .col(text("name"))
                .col(text("unit"))
                .col(text("direction").check(one_of("direction", &["higher_is_better", "lower_is_better"])))
                .col(big_integer_null("baseline"))
                .col(big_integer("target_value"))
                .col(big_integer_null("actual"))
                .col(text_null("source"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(text("name_key"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("target", "pledge_id")
                        .to("pledge", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(Index::create().unique().name("uq_target_pledge_id_position").col("pledge_id").col("position"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("target", &["name_key", "id"])).await?;
    schema.create_index(index("target", &["created_at", "id"])).await?;
    // What became of the targets of a pledge is counted without reading them.
    schema.create_index(index("target", &["pledge_id", "direction", "target_value", "actual"])).await?;
    Ok(())
}
