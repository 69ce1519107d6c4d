//! Accounts, their sessions, and the keys that sign for them.

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
        user_account(schema).await?;
        sign_in_throttle(schema).await?;
        refresh_token(schema).await?;
        signing_key(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("signing_key").to_owned()).await?;
        schema.drop_table(Table::drop().table("refresh_token").to_owned()).await?;
        schema.drop_table(Table::drop().table("sign_in_throttle").to_owned()).await?;
        schema.drop_table(Table::drop().table("user_account").to_owned()).await?;
        Ok(())
    }
}

async fn user_account(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("user_account")
                .col(pk_uuid("id"))
                .col(text("username").unique_key())
                .col(text("display_name"))
                .col(text("role").check(one_of(
                    "role",
                    &["administrator", "council_secretary", "province_officer", "appraiser", "auditor"],
                )))
                .col(uuid_null("province_id"))
                .col(text("password_hash"))
                .col(boolean("must_change_password"))
                .col(timestamp_with_time_zone_null("disabled_at"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("user_account", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .check(Expr::cust("role <> 'province_officer' OR province_id IS NOT NULL"))
                .check(Expr::cust("province_id IS NULL OR role IN ('province_officer', 'appraiser')"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("user_account", &["province_id"])).await?;
    schema.create_index(index("user_account", &["role"])).await?;
    schema.create_index(index("user_account", &["created_at", "id"])).await?;
    Ok(())
}

async fn sign_in_throttle(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("sign_in_throttle")
                .col(pk_uuid("id"))
                .col(text("subject").unique_key())
                .col(integer("failures").check(Expr::cust("failures >= 0")))
                .col(timestamp_with_time_zone("blocked_until"))
                .col(timestamp_with_time_zone("updated_at"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn refresh_token(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("refresh_token")
                .col(pk_uuid("id"))
                .col(uuid("family_id"))
                .col(uuid("user_id"))
                .col(text("token_hash").unique_key())
                .col(timestamp_with_time_zone("issued_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("refresh_token", "user_id")
                        .to("user_account", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("refresh_token", &["user_id"])).await?;
    schema.create_index(index("refresh_token", &["family_id"])).await?;
    schema.create_index(index("refresh_token", &["expires_at"])).await?;
    Ok(())
}

async fn signing_key(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("signing_key")
                .col(pk_uuid("id"))
                .col(text("kid").unique_key())
                .col(text("private_pem"))
                .col(timestamp_with_time_zone("active_from"))
                .col(timestamp_with_time_zone_null("retired_at"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    Ok(())
}
