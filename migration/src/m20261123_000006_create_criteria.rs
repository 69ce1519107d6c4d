//! Versions of the criteria, each a tree.

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
        criteria_set(schema).await?;
        criterion(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("criterion").to_owned()).await?;
        schema.drop_table(Table::drop().table("criteria_set").to_owned()).await?;
        Ok(())
    }
}

async fn criteria_set(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("criteria_set")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(integer("number").check(Expr::cust("number >= 1")))
                .col(text("title"))
                .col(text("state").check(one_of("state", &["draft", "issued", "superseded"])))
                .col(big_integer("total_points"))
                .col(json("ranking_rules"))
                .col(text_null("reason"))
                .col(uuid_null("cloned_from_id"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(timestamp_with_time_zone_null("issued_at"))
                .col(uuid_null("issued_by"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("criteria_set", "cloned_from_id")
                        .to("criteria_set", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("criteria_set", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(Index::create().unique().name("uq_criteria_set_cycle_id_number").col("cycle_id").col("number"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("criteria_set", &["cloned_from_id"])).await?;
    schema.create_index(index("criteria_set", &["state"])).await?;
    schema.create_index(index("criteria_set", &["created_at", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_criteria_set_cycle_id_partial")
        .table("criteria_set")
        .col("cycle_id")
        .and_where(Expr::cust("state = 'issued'"))
        .to_owned();
    schema.create_index(only).await?;
    Ok(())
}

async fn criterion(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("criterion")
                .col(pk_uuid("id"))
                .col(uuid("criteria_set_id"))
                .col(uuid_null("parent_id"))
                .col(integer("position").check(Expr::cust("position >= 1")))
                .col(text("code"))
                .col(text("name"))
                .col(text_null("name_en"))
                .col(big_integer_null("max_points"))
                .col(text_null("method").check(one_of(
                    "method",
                    &[
                        "expert",
                        "proportional",
                        "shortfall",
                        "steps",
                        "leader_relative",
                        "pass_fail",
                        "per_item",
                        "bonus",
                        "penalty",
                    ],
                )))
                .col(json_null("parameters"))
                .col(text_null("guidance"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("criterion", "parent_id")
                        .to("criterion", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("criterion", "criteria_set_id")
                        .to("criteria_set", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_criterion_criteria_set_id_code")
                        .col("criteria_set_id")
                        .col("code"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("criterion", &["parent_id"])).await?;
    schema.create_index(index("criterion", &["criteria_set_id", "position", "id"])).await?;
    schema.create_index(index("criterion", &["method"])).await?;
    schema.create_index(index("criterion", &["created_at", "id"])).await?;
    Ok(())
}
