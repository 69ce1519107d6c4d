//! Clusters, their years, members and appraisers.

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
        cluster(schema).await?;
        cycle(schema).await?;
        due_date(schema).await?;
        membership(schema).await?;
        appraiser_assignment(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("appraiser_assignment").to_owned()).await?;
        schema.drop_table(Table::drop().table("membership").to_owned()).await?;
        schema.drop_table(Table::drop().table("due_date").to_owned()).await?;
        schema.drop_table(Table::drop().table("cycle").to_owned()).await?;
        schema.drop_table(Table::drop().table("cluster").to_owned()).await?;
        Ok(())
    }
}

async fn cluster(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("cluster")
                .col(pk_uuid("id"))
                .col(text("code").unique_key())
                .col(text("name"))
                .col(text("name_en"))
                .col(text_null("overseer_name"))
                .col(text_null("overseer_title"))
                .col(text("name_key"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("cluster", &["name_key", "id"])).await?;
    schema.create_index(index("cluster", &["created_at", "id"])).await?;
    Ok(())
}

async fn cycle(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("cycle")
                .col(pk_uuid("id"))
                .col(uuid("cluster_id"))
                .col(integer("year").check(Expr::cust("year BETWEEN 2000 AND 2100")))
                .col(text("title"))
                .col(text("state").check(one_of(
                    "state",
                    &[
                        "draft",
                        "launched",
                        "active",
                        "self_scoring",
                        "appraisal",
                        "explanation",
                        "finalized",
                        "published",
                        "closed",
                        "interrupted",
                    ],
                )))
                .col(text_null("interrupted_from").check(one_of(
                    "interrupted_from",
                    &[
                        "draft",
                        "launched",
                        "active",
                        "self_scoring",
                        "appraisal",
                        "explanation",
                        "finalized",
                        "published",
                        "closed",
                        "interrupted",
                    ],
                )))
                .col(text_null("state_reason"))
                .col(date_null("conference_on"))
                .col(text_null("conference_place"))
                .col(timestamp_with_time_zone_null("launched_at"))
                .col(timestamp_with_time_zone_null("finalized_at"))
                .col(timestamp_with_time_zone_null("published_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("cycle", "cluster_id")
                        .to("cluster", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(Index::create().unique().name("uq_cycle_cluster_id_year").col("cluster_id").col("year"))
                .index(Index::create().unique().name("uq_cycle_id_year").col("id").col("year"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("cycle", &["year", "id"])).await?;
    schema.create_index(index("cycle", &["state"])).await?;
    schema.create_index(index("cycle", &["created_at", "id"])).await?;
    Ok(())
}

async fn due_date(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("due_date")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(text("stage").check(one_of(
                    "stage",
                    &["pledge", "criteria", "targets", "self_scoring", "appraisal", "explanation", "publication"],
                )))
                .col(timestamp_with_time_zone("due_at"))
                .col(integer("offset_minutes").check(Expr::cust("offset_minutes BETWEEN -840 AND 840")))
                .foreign_key(
                    ForeignKey::create()
                        .from("due_date", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(Index::create().unique().name("uq_due_date_cycle_id_stage").col("cycle_id").col("stage"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn membership(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("membership")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(integer("year"))
                .col(uuid("province_id"))
                .col(text("role").check(one_of("role", &["head", "deputy", "member"])))
                .col(integer_null("deputy_rank").check(Expr::cust("deputy_rank >= 1")))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(text_null("excluded_reason"))
                .col(timestamp_with_time_zone_null("excluded_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("membership", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("membership", ("cycle_id", "year"))
                        .to("cycle", ("id", "year"))
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(Index::create().unique().name("uq_membership_province_id_year").col("province_id").col("year"))
                .index(
                    Index::create()
                        .unique()
                        .name("uq_membership_cycle_id_province_id")
                        .col("cycle_id")
                        .col("province_id"),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_membership_cycle_id_deputy_rank")
                        .col("cycle_id")
                        .col("deputy_rank"),
                )
                .check(Expr::cust("(role = 'deputy') = (deputy_rank IS NOT NULL)"))
                .check(Expr::cust("(excluded_reason IS NULL) = (excluded_at IS NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("membership", &["year"])).await?;
    schema.create_index(index("membership", &["created_at", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_membership_cycle_id_partial")
        .table("membership")
        .col("cycle_id")
        .and_where(Expr::cust("role = 'head'"))
        .to_owned();
    schema.create_index(only).await?;
    Ok(())
}

async fn appraiser_assignment(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("appraiser_assignment")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("user_id"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("appraiser_assignment", "user_id")
                        .to("user_account", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("appraiser_assignment", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_appraiser_assignment_cycle_id_user_id")
                        .col("cycle_id")
                        .col("user_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("appraiser_assignment", &["user_id"])).await?;
    schema.create_index(index("appraiser_assignment", &["created_at", "id"])).await?;
    Ok(())
}
