//! What clusters give, and what each member gives of it.

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
        contribution(schema).await?;
        share(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("contribution_share").to_owned()).await?;
        schema.drop_table(Table::drop().table("contribution").to_owned()).await
    }
}

const CERTAINTIES: &[&str] = &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"];

fn key(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

async fn contribution(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("contribution")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(text("purpose"))
                .col(text("beneficiary"))
                .col(uuid("host_province_id"))
                .col(text("form").check(one_of("form", &["money", "goods"])))
                .col(big_integer_null("announced_amount").check(Expr::cust("announced_amount >= 1")))
                .col(text_null("goods"))
                .col(date("decided_on"))
                .col(text_null("note"))
                .col(text("certainty").check(one_of("certainty", CERTAINTIES)))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("(form = 'goods') = (goods IS NOT NULL)"))
                .foreign_key(&mut key("contribution", "cycle_id", "cycle"))
                .foreign_key(&mut key("contribution", "host_province_id", "province"))
                .to_owned(),
        )
        .await?;
    for columns in [&["cycle_id"][..], &["host_province_id"], &["form"], &["decided_on", "id"], &["created_at", "id"]] {
        schema.create_index(index("contribution", columns)).await?;
    }
    Ok(())
}

async fn share(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("contribution_share")
                .col(pk_uuid("id"))
                .col(uuid("contribution_id"))
                .col(uuid("province_id"))
                .col(big_integer("pledged_amount").check(Expr::cust("pledged_amount >= 0")))
                .col(big_integer("paid_amount").check(Expr::cust("paid_amount >= 0")))
                .col(date_null("paid_on"))
                .col(text_null("goods"))
                .col(text("certainty").check(one_of("certainty", CERTAINTIES)))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("paid_amount <= pledged_amount"))
                .check(Expr::cust("paid_amount = 0 OR paid_on IS NOT NULL"))
                .check(Expr::cust("pledged_amount > 0 OR goods IS NOT NULL"))
                .foreign_key(&mut key("contribution_share", "contribution_id", "contribution"))
                .foreign_key(&mut key("contribution_share", "province_id", "province"))
                .index(
                    Index::create()
                        .unique()
                        .name("uq_contribution_share_contribution_id_province_id")
                        .col("contribution_id")
                        .col("province_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("contribution_share", &["province_id"])).await?;
    schema.create_index(index("contribution_share", &["pledged_amount", "id"])).await?;
    schema.create_index(index("contribution_share", &["created_at", "id"])).await
}
