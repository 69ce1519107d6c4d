//! Campaigns and who takes part.

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
        campaign(schema).await?;
        campaign_participation(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("campaign_participation").to_owned()).await?;
        schema.drop_table(Table::drop().table("campaign").to_owned()).await?;
        Ok(())
    }
}

async fn campaign(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("campaign")
                .col(pk_uuid("id"))
                .col(text("code").unique_key())
                .col(text("name"))
                .col(text_null("name_en"))
                .col(text_null("description"))
                .col(text("launched_by").check(one_of("launched_by", &["prime_minister", "province", "cluster"])))
                .col(uuid_null("province_id"))
                .col(uuid_null("cluster_id"))
                .col(text_null("legal_act"))
                .col(date("launched_on"))
                .col(date("starts_on"))
                .col(date_null("ends_on").check(Expr::cust("ends_on IS NULL OR ends_on >= starts_on")))
                .col(uuid_null("parent_id"))
                .col(json("criteria"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(text("name_key"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign", "parent_id")
                        .to("campaign", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign", "cluster_id")
                        .to("cluster", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .check(Expr::cust("(launched_by = 'province') = (province_id IS NOT NULL)"))
                .check(Expr::cust("(launched_by = 'cluster') = (cluster_id IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("campaign", &["province_id"])).await?;
    schema.create_index(index("campaign", &["cluster_id"])).await?;
    schema.create_index(index("campaign", &["parent_id"])).await?;
    schema.create_index(index("campaign", &["name_key", "id"])).await?;
    schema.create_index(index("campaign", &["launched_on", "id"])).await?;
    schema.create_index(index("campaign", &["launched_by"])).await?;
    schema.create_index(index("campaign", &["starts_on", "ends_on"])).await?;
    Ok(())
}

async fn campaign_participation(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("campaign_participation")
                .col(pk_uuid("id"))
                .col(uuid("campaign_id"))
                .col(uuid("province_id"))
                .col(date("joined_on"))
                .col(text_null("report"))
                .col(json("figures"))
                .col(json("marks"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_participation", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("campaign_participation", "campaign_id")
                        .to("campaign", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_campaign_participation_campaign_id_province_id")
                        .col("campaign_id")
                        .col("province_id"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("campaign_participation", &["province_id"])).await?;
    schema.create_index(index("campaign_participation", &["created_at", "id"])).await?;
    schema.create_index(index("campaign_participation", &["joined_on", "id"])).await?;
    Ok(())
}
