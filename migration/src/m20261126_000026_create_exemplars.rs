//! Model people and collectives, and the way they are spread.

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
                    .table("exemplar")
                    .col(pk_uuid("id"))
                    .col(uuid("province_id"))
                    .col(uuid_null("campaign_id"))
                    .col(integer("year"))
                    .col(text("kind").check(one_of("kind", &["person", "collective"])))
                    .col(text("name"))
                    .col(text_null("unit"))
                    .col(text_null("field"))
                    .col(text("story"))
                    .col(text("state").check(one_of("state", &["discovered", "fostered", "reviewed", "spread"])))
                    .col(text_null("fostering"))
                    .col(text_null("review"))
                    .col(text_null("spreading"))
                    .col(timestamp_with_time_zone_null("released_at"))
                    .col(text_null("withheld_reason"))
                    .col(text("certainty").check(one_of(
                        "certainty",
                        &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                    )))
                    .col(text("name_key"))
                    .col(text("search_text"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .check(Expr::cust("(state = 'discovered') = (fostering IS NULL)"))
                    .check(Expr::cust("(state IN ('reviewed', 'spread')) = (review IS NOT NULL)"))
                    .check(Expr::cust("(state = 'spread') = (spreading IS NOT NULL)"))
                    .check(Expr::cust("released_at IS NULL OR review IS NOT NULL"))
                    .check(Expr::cust("released_at IS NULL OR withheld_reason IS NULL"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("exemplar", "province_id")
                            .to("province", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("exemplar", "campaign_id")
                            .to("campaign", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("exemplar", &["province_id", "year", "id"])).await?;
        schema.create_index(index("exemplar", &["campaign_id"])).await?;
        schema.create_index(index("exemplar", &["state"])).await?;
        schema.create_index(index("exemplar", &["released_at"])).await?;
        schema.create_index(index("exemplar", &["year", "id"])).await?;
        schema.create_index(index("exemplar", &["name_key", "id"])).await?;
        schema.create_index(index("exemplar", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("exemplar").to_owned()).await
    }
}
