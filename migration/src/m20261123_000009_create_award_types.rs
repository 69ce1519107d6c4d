//! The catalogue of awards, and what their money is made of.

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
        award_type(schema).await?;
        reward_coefficient(schema).await?;
        base_salary(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("base_salary").to_owned()).await?;
        schema.drop_table(Table::drop().table("reward_coefficient").to_owned()).await?;
        schema.drop_table(Table::drop().table("award_type").to_owned()).await?;
        Ok(())
    }
}

async fn award_type(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("award_type")
                .col(pk_uuid("id"))
                .col(text("code").unique_key())
                .col(text("name"))
                .col(text("name_en"))
                .col(text("category").check(one_of("category", &["title", "commendation"])))
                .col(text("authority").check(one_of(
                    "authority",
                    &[
                        "president",
                        "government",
                        "prime_minister",
                        "minister_or_provincial_chair",
                        "provincial_chair",
                        "commune_chair",
                        "unit_head",
                    ],
                )))
                .col(text("recipient_kinds"))
                .col(text("legal_basis"))
                .col(
                    integer("public_comment_days")
                        .default(10)
                        .check(Expr::cust("public_comment_days BETWEEN 0 AND 60")),
                )
                .col(text("name_key"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("award_type", &["name_key", "id"])).await?;
    schema.create_index(index("award_type", &["category"])).await?;
    schema.create_index(index("award_type", &["authority"])).await?;
    schema.create_index(index("award_type", &["created_at", "id"])).await?;
    Ok(())
}

async fn reward_coefficient(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("reward_coefficient")
                .col(pk_uuid("id"))
                .col(uuid("award_type_id"))
                .col(text("recipient_kind").check(one_of("recipient_kind", &["individual", "collective", "household"])))
                .col(big_integer("coefficient").check(Expr::cust("coefficient > 0")))
                .col(date("valid_from"))
                .col(date_null("valid_to").check(Expr::cust("valid_to IS NULL OR valid_to >= valid_from")))
                .col(text("legal_basis"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("reward_coefficient", "award_type_id")
                        .to("award_type", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_reward_coefficient_award_type_id_recipient_kind_valid_from")
                        .col("award_type_id")
                        .col("recipient_kind")
                        .col("valid_from"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("reward_coefficient", &["valid_from", "id"])).await?;
    Ok(())
}

async fn base_salary(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("base_salary")
                .col(pk_uuid("id"))
                .col(big_integer("amount").check(Expr::cust("amount > 0")))
                .col(date("valid_from").unique_key())
                .col(date_null("valid_to").check(Expr::cust("valid_to IS NULL OR valid_to >= valid_from")))
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
    schema.create_index(index("base_salary", &["created_at", "id"])).await?;
    Ok(())
}
