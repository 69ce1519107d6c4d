//! Scorecards and their lines.

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
        scorecard(schema).await?;
        score(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("score").to_owned()).await?;
        schema.drop_table(Table::drop().table("scorecard").to_owned()).await?;
        Ok(())
    }
}

async fn scorecard(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("scorecard")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("province_id"))
                .col(uuid("criteria_set_id"))
                .col(text("state").check(one_of(
                    "state",
                    &["draft", "submitted", "returned", "appraised", "explained", "reappraised", "final"],
                )))
                .col(timestamp_with_time_zone_null("submitted_at"))
                .col(uuid_null("submitted_by"))
                .col(timestamp_with_time_zone_null("returned_at"))
                .col(uuid_null("returned_by"))
                .col(text_null("return_reason"))
                .col(timestamp_with_time_zone_null("appraised_at"))
                .col(uuid_null("appraised_by"))
                .col(timestamp_with_time_zone_null("explained_at"))
                .col(uuid_null("explained_by"))
                .col(timestamp_with_time_zone_null("reappraised_at"))
                .col(uuid_null("reappraised_by"))
                .col(timestamp_with_time_zone_null("finalized_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("scorecard", "criteria_set_id")
                        .to("criteria_set", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("scorecard", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("scorecard", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("scorecard", ("cycle_id", "province_id"))
                        .to("membership", ("cycle_id", "province_id"))
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_scorecard_cycle_id_province_id")
                        .col("cycle_id")
                        .col("province_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("scorecard", &["province_id"])).await?;
    schema.create_index(index("scorecard", &["criteria_set_id"])).await?;
    schema.create_index(index("scorecard", &["state"])).await?;
    schema.create_index(index("scorecard", &["created_at", "id"])).await?;
    Ok(())
}

async fn score(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("score")
                .col(pk_uuid("id"))
                .col(uuid("scorecard_id"))
                .col(uuid("criterion_id"))
                .col(uuid_null("target_id"))
                .col(big_integer_null("attained"))
                .col(big_integer_null("target"))
                .col(big_integer_null("self_points"))
                .col(text_null("self_note"))
                .col(uuid_null("self_by"))
                .col(timestamp_with_time_zone_null("self_at"))
                .col(big_integer_null("appraised_attained"))
                .col(big_integer_null("appraised_points"))
                .col(text_null("appraisal_reason"))
                .col(uuid_null("appraised_by"))
                .col(timestamp_with_time_zone_null("appraised_at"))
                .col(text_null("explanation"))
                .col(uuid_null("explained_by"))
                .col(timestamp_with_time_zone_null("explained_at"))
                .col(text_null("answer"))
                .col(big_integer_null("second_attained"))
                .col(big_integer_null("second_points"))
                .col(uuid_null("answered_by"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .col(big_integer_null("final_points"))
                .col(text_null("final_reason"))
                .col(timestamp_with_time_zone_null("final_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("score", "criterion_id")
                        .to("criterion", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("score", "target_id")
                        .to("target", "id")
                        .on_delete(ForeignKeyAction::SetNull),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("score", "scorecard_id")
                        .to("scorecard", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_score_scorecard_id_criterion_id")
                        .col("scorecard_id")
                        .col("criterion_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("score", &["criterion_id"])).await?;
    schema.create_index(index("score", &["target_id"])).await?;
    schema.create_index(index("score", &["created_at", "id"])).await?;
    Ok(())
}
