//! Which award a result leads to: rules of a cycle.

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
                    .table("award_rule")
                    .col(pk_uuid("id"))
                    .col(uuid("cycle_id"))
                    .col(uuid("award_type_id"))
                    .col(integer_null("place_from").check(Expr::cust("place_from >= 1")))
                    .col(integer_null("place_to").check(Expr::cust("place_to >= 1")))
                    .col(text_null("classification"))
                    .col(big_integer_null("min_total"))
                    .col(integer_null("quota").check(Expr::cust("quota >= 1")))
                    .col(text("ties").check(one_of("ties", &["all", "none"])))
                    .col(boolean("ballot_required"))
                    .col(text("reason"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("award_rule", "cycle_id")
                            .to("cycle", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("award_rule", "award_type_id")
                            .to("award_type", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .index(
                        Index::create()
                            .unique()
                            .name("uq_award_rule_cycle_id_award_type_id")
                            .col("cycle_id")
                            .col("award_type_id"),
                    )
                    .to_owned(),
            )
            .await?;
        schema.create_index(index("award_rule", &["award_type_id"])).await?;
        schema.create_index(index("award_rule", &["created_at", "id"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("award_rule").to_owned()).await
    }
}
