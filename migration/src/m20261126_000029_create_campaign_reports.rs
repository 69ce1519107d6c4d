//! Stages and reviews of campaigns, and what provinces report.

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
        stage(schema).await?;
        review(schema).await?;
        report(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["campaign_report", "campaign_review", "campaign_stage"] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn stage(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("campaign_stage")
                .col(pk_uuid("id"))
                .col(uuid("campaign_id"))
                .col(text("name"))
                .col(date("starts_on"))
                .col(date("ends_on").check(Expr::cust("ends_on >= starts_on")))
                .col(date_null("report_due_on"))
                .col(integer_null("remind_days").check(Expr::cust("remind_days BETWEEN 0 AND 365")))
                .col(timestamp_with_time_zone_null("reminded_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_stage", "campaign_id")
                        .to("campaign", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .check(Expr::cust("remind_days IS NULL OR report_due_on IS NOT NULL"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("campaign_stage", &["campaign_id", "starts_on", "id"])).await?;
    schema.create_index(index("campaign_stage", &["starts_on", "id"])).await?;
    schema.create_index(index("campaign_stage", &["report_due_on"])).await
}

async fn review(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("campaign_review")
                .col(pk_uuid("id"))
                .col(uuid("campaign_id"))
                .col(text("kind").check(one_of("kind", &["interim", "final"])))
                .col(date("held_on"))
                .col(text("conclusions"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_review", "campaign_id")
                        .to("campaign", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("campaign_review", &["campaign_id", "held_on", "id"])).await?;
    schema.create_index(index("campaign_review", &["held_on", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_campaign_review_campaign_id_partial")
        .table("campaign_review")
        .col("campaign_id")
        .and_where(Expr::cust("kind = 'final'"))
        .to_owned();
    schema.create_index(only).await
}

async fn report(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("campaign_report")
                .col(pk_uuid("id"))
                .col(uuid("participation_id"))
                .col(uuid_null("stage_id"))
                .col(date("period_from"))
                .col(date("period_to").check(Expr::cust("period_to >= period_from")))
                .col(text("report"))
                .col(json("figures"))
                .col(date("reported_on"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_report", "participation_id")
                        .to("campaign_participation", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_report", "stage_id")
                        .to("campaign_stage", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_campaign_report_participation_id_period_from_period_to")
                        .col("participation_id")
                        .col("period_from")
                        .col("period_to"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("campaign_report", &["stage_id"])).await?;
    schema.create_index(index("campaign_report", &["period_to", "id"])).await?;
    schema.create_index(index("campaign_report", &["created_at", "id"])).await
}
