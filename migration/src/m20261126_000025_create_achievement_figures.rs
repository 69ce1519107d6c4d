//! What provinces achieved, as it was published.

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
                    .table("achievement_figure")
                    .col(pk_uuid("id"))
                    .col(uuid("province_id"))
                    .col(integer("year"))
                    .col(text("indicator"))
                    .col(text_null("indicator_en"))
                    .col(text("indicator_key"))
                    .col(text_null("unit"))
                    .col(big_integer_null("value"))
                    .col(text_null("region"))
                    .col(integer_null("rank_in_region").check(Expr::cust("rank_in_region >= 1")))
                    .col(integer_null("ranked_in_region"))
                    .col(integer_null("rank_in_country").check(Expr::cust("rank_in_country >= 1")))
                    .col(integer_null("ranked_in_country"))
                    .col(text("source"))
                    .col(text("certainty").check(one_of(
                        "certainty",
                        &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                    )))
                    .col(text("name_key"))
                    .col(text("search_text"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .check(Expr::cust(
                        "value IS NOT NULL OR rank_in_region IS NOT NULL OR rank_in_country IS NOT NULL",
                    ))
                    .check(Expr::cust("unit IS NULL OR value IS NOT NULL"))
                    .check(Expr::cust("(region IS NULL) = (rank_in_region IS NULL)"))
                    .check(Expr::cust(
                        "ranked_in_region IS NULL OR (rank_in_region IS NOT NULL AND rank_in_region <= ranked_in_region)",
                    ))
                    .check(Expr::cust(
                        "ranked_in_country IS NULL OR (rank_in_country IS NOT NULL AND rank_in_country <= ranked_in_country)",
                    ))
                    .foreign_key(
                        ForeignKey::create()
                            .from("achievement_figure", "province_id")
                            .to("province", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .index(
                        Index::create()
                            .unique()
                            .name("uq_achievement_figure_province_id_year_indicator_key")
                            .col("province_id")
                            .col("year")
                            .col("indicator_key"),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("achievement_figure", &["year", "id"])).await?;
        schema.create_index(index("achievement_figure", &["name_key", "id"])).await?;
        schema.create_index(index("achievement_figure", &["created_at", "id"])).await?;
        schema.create_index(index("achievement_figure", &["rank_in_region"])).await?;
        schema.create_index(index("achievement_figure", &["rank_in_country"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("achievement_figure").to_owned()).await
    }
}
