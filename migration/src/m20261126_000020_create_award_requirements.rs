//! Which awards must come before which.

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
        let of = |column: &'static str| {
            ForeignKey::create()
                .from("award_requirement", column)
                .to("award_type", "id")
                .on_delete(ForeignKeyAction::Restrict)
                .to_owned()
        };
        schema
            .create_table(
                Table::create()
                    .table("award_requirement")
                    .col(pk_uuid("id"))
                    .col(uuid("award_type_id"))
                    .col(
                        text("recipient_kind")
                            .check(one_of("recipient_kind", &["individual", "collective", "household"])),
                    )
                    .col(uuid("needed_award_type_id"))
                    .col(integer("times").check(Expr::cust("times BETWEEN 1 AND 20")))
                    .col(integer_null("within_years").check(Expr::cust("within_years BETWEEN 1 AND 50")))
                    .col(text("legal_basis"))
                    .col(text("certainty").check(one_of(
                        "certainty",
                        &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                    )))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut of("award_type_id"))
                    .foreign_key(&mut of("needed_award_type_id"))
                    .index(
                        Index::create()
                            .unique()
                            .name("uq_award_requirement_award_type_id_recipient_kind_needed")
                            .col("award_type_id")
                            .col("recipient_kind")
                            .col("needed_award_type_id"),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("award_requirement", &["needed_award_type_id"])).await?;
        schema.create_index(index("award_requirement", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("award_requirement").to_owned()).await
    }
}
