//! What events of provinces meant for the cycles they touched.

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
                    .table("carry_over")
                    .col(pk_uuid("id"))
                    .col(uuid("event_id"))
                    .col(uuid("cycle_id"))
                    .col(text("way").check(one_of("way", &["keep", "interrupt", "carry_over"])))
                    .col(text("reason"))
                    .col(json("heirs"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("carry_over", "event_id")
                            .to("province_event", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("carry_over", "cycle_id")
                            .to("cycle", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .index(
                        Index::create()
                            .unique()
                            .name("uq_carry_over_event_id_cycle_id_way")
                            .col("event_id")
                            .col("cycle_id")
                            .col("way"),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("carry_over", &["cycle_id"])).await?;
        schema.create_index(index("carry_over", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("carry_over").to_owned()).await
    }
}
