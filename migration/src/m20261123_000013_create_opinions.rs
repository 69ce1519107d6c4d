//! Several appraisers: who scores which section, what each of them says to a line, who stands aside, and which provinces
//! score each other.

use sea_orm_migration::{prelude::*, schema::*};

use crate::parts::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// One transaction on every backend, SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let rules = json("scoring_rules").default("{}").take();
        schema.alter_table(Table::alter().table("criteria_set").add_column(rules).to_owned()).await?;
        let sections = json("sections").default("[]").take();
        schema.alter_table(Table::alter().table("appraiser_assignment").add_column(sections).to_owned()).await?;
        let lead = boolean("lead").default(false).take();
        schema.alter_table(Table::alter().table("appraiser_assignment").add_column(lead).to_owned()).await?;
        opinion(schema).await?;
        recusal(schema).await?;
        peer_assignment(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("peer_assignment").to_owned()).await?;
        schema.drop_table(Table::drop().table("recusal").to_owned()).await?;
        schema.drop_table(Table::drop().table("opinion").to_owned()).await?;
        schema.alter_table(Table::alter().table("appraiser_assignment").drop_column("lead").to_owned()).await?;
        schema.alter_table(Table::alter().table("appraiser_assignment").drop_column("sections").to_owned()).await?;
        schema.alter_table(Table::alter().table("criteria_set").drop_column("scoring_rules").to_owned()).await?;
        Ok(())
    }
}

async fn opinion(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("opinion")
                .col(pk_uuid("id"))
                .col(uuid("score_id"))
                .col(uuid("user_id"))
                .col(uuid_null("province_id"))
                .col(boolean("lead"))
                .col(boolean("abstained"))
                .col(big_integer_null("attained"))
                .col(big_integer_null("points"))
                .col(text_null("reason"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("abstained = (attained IS NULL AND points IS NULL)"))
                .foreign_key(
                    ForeignKey::create()
                        .from("opinion", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("opinion", "score_id")
                        .to("score", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(Index::create().unique().name("uq_opinion_score_id_user_id").col("score_id").col("user_id"))
                .index(
                    Index::create().unique().name("uq_opinion_score_id_province_id").col("score_id").col("province_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("opinion", &["user_id"])).await?;
    schema.create_index(index("opinion", &["province_id"])).await?;
    schema.create_index(index("opinion", &["created_at", "id"])).await?;
    Ok(())
}

async fn recusal(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("recusal")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("user_id"))
                .col(uuid("province_id"))
                .col(text("reason"))
                .col(uuid("recorded_by"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("recusal", ("cycle_id", "province_id"))
                        .to("membership", ("cycle_id", "province_id"))
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("recusal", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("recusal", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("recusal", "user_id")
                        .to("user_account", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_recusal_cycle_id_province_id_user_id")
                        .col("cycle_id")
                        .col("province_id")
                        .col("user_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("recusal", &["user_id"])).await?;
    schema.create_index(index("recusal", &["province_id"])).await?;
    schema.create_index(index("recusal", &["created_at", "id"])).await?;
    Ok(())
}

async fn peer_assignment(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let member = |column: &'static str| {
        ForeignKey::create()
            .from("peer_assignment", ("cycle_id", column))
            .to("membership", ("cycle_id", "province_id"))
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned()
    };
    let province = |column: &'static str| {
        ForeignKey::create()
            .from("peer_assignment", column)
            .to("province", "id")
            .on_delete(ForeignKeyAction::Restrict)
            .to_owned()
    };
    schema
        .create_table(
            Table::create()
                .table("peer_assignment")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("province_id"))
                .col(uuid("peer_id"))
                .check(Expr::cust("province_id <> peer_id"))
                .foreign_key(&mut member("province_id"))
                .foreign_key(&mut member("peer_id"))
                .foreign_key(&mut province("province_id"))
                .foreign_key(&mut province("peer_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("peer_assignment", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_peer_assignment_cycle_id_province_id_peer_id")
                        .col("cycle_id")
                        .col("province_id")
                        .col("peer_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("peer_assignment", &["cycle_id", "peer_id"])).await?;
    schema.create_index(index("peer_assignment", &["province_id"])).await?;
    schema.create_index(index("peer_assignment", &["peer_id"])).await?;
    Ok(())
}
