//! Provinces, what happened to them, and who followed whom.

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
        province(schema).await?;
        province_event(schema).await?;
        province_succession(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("province_succession").to_owned()).await?;
        schema.drop_table(Table::drop().table("province_event").to_owned()).await?;
        schema.drop_table(Table::drop().table("province").to_owned()).await?;
        Ok(())
    }
}

async fn province(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("province")
                .col(pk_uuid("id"))
                .col(text("code"))
                .col(text("name"))
                .col(text("name_en"))
                .col(text("kind").check(one_of("kind", &["province", "city"])))
                .col(date("valid_from"))
                .col(date_null("valid_to").check(Expr::cust("valid_to IS NULL OR valid_to >= valid_from")))
                .col(text("name_key"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .index(Index::create().unique().name("uq_province_code_valid_from").col("code").col("valid_from"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("province", &["valid_from", "valid_to"])).await?;
    schema.create_index(index("province", &["name_key", "id"])).await?;
    schema.create_index(index("province", &["kind"])).await?;
    schema.create_index(index("province", &["created_at", "id"])).await?;
    Ok(())
}

async fn province_event(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("province_event")
                .col(pk_uuid("id"))
                .col(text("kind").check(one_of("kind", &["merger", "split", "renaming", "kind_change", "recoding"])))
                .col(date("effective_on"))
                .col(text_null("legal_act"))
                .col(text_null("note"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("province_event", &["effective_on", "id"])).await?;
    schema.create_index(index("province_event", &["kind"])).await?;
    Ok(())
}

async fn province_succession(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("province_succession")
                .col(pk_uuid("id"))
                .col(uuid("event_id"))
                .col(uuid("predecessor_id"))
                .col(uuid("successor_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("province_succession", "successor_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("province_succession", "predecessor_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("province_succession", "event_id")
                        .to("province_event", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_province_succession_predecessor_id_successor_id")
                        .col("predecessor_id")
                        .col("successor_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("province_succession", &["event_id"])).await?;
    schema.create_index(index("province_succession", &["successor_id"])).await?;
    schema.create_index(index("province_succession", &["predecessor_id"])).await?;
    Ok(())
}
