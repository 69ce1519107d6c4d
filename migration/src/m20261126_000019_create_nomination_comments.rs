//! What the public said of nominations, and what was answered.

use sea_orm_migration::{prelude::*, schema::*};

use crate::parts::index;

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
                    .table("nomination_comment")
                    .col(pk_uuid("id"))
                    .col(uuid("nomination_id"))
                    .col(text("text"))
                    .col(date("received_on"))
                    .col(text_null("answer"))
                    .col(timestamp_with_time_zone_null("answered_at"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .check(Expr::cust("(answer IS NULL) = (answered_at IS NULL)"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("nomination_comment", "nomination_id")
                            .to("nomination", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("nomination_comment", &["nomination_id"])).await?;
        schema.create_index(index("nomination_comment", &["received_on", "id"])).await?;
        schema.create_index(index("nomination_comment", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("nomination_comment").to_owned()).await
    }
}
