//! From nomination to award.

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
        nomination(schema).await?;
        award(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("award").to_owned()).await?;
        schema.drop_table(Table::drop().table("nomination").to_owned()).await?;
        Ok(())
    }
}

const STATES: &[&str] = &[
    "proposed",
    "balloted",
    "dossier_complete",
    "submitted",
    "appraised",
    "public_comment",
    "on_hold",
    "decided",
    "rejected",
    "withdrawn",
];

async fn nomination(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("nomination")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(uuid("province_id"))
                .col(uuid("award_type_id"))
                .col(uuid_null("ranking_id"))
                .col(integer_null("place").check(Expr::cust("place >= 1")))
                .col(text("reason"))
                .col(text("state").check(one_of("state", STATES)))
                .col(text_null("state_reason"))
                .col(text_null("held_from").check(one_of("held_from", STATES)))
                .col(
                    text_null("hold_ground")
                        .check(one_of("hold_ground", &["discipline", "inspection", "complaint", "press"])),
                )
                .col(timestamp_with_time_zone_null("submitted_at"))
                .col(text_null("appraisal_opinion"))
                .col(timestamp_with_time_zone_null("appraised_at"))
                .col(date_null("public_comment_from"))
                .col(date_null("public_comment_until"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("(state = 'on_hold') = (held_from IS NOT NULL)"))
                .check(Expr::cust("(held_from IS NULL) = (hold_ground IS NULL)"))
                .check(Expr::cust("(appraisal_opinion IS NULL) = (appraised_at IS NULL)"))
                .check(Expr::cust("(public_comment_from IS NULL) = (public_comment_until IS NULL)"))
                .check(Expr::cust("public_comment_until >= public_comment_from"))
                .check(Expr::cust("state <> 'public_comment' OR public_comment_until IS NOT NULL"))
                .foreign_key(
                    ForeignKey::create()
                        .from("nomination", "ranking_id")
                        .to("ranking", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("nomination", "award_type_id")
                        .to("award_type", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("nomination", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("nomination", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("nomination", ("cycle_id", "province_id"))
                        .to("membership", ("cycle_id", "province_id"))
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("nomination", &["cycle_id"])).await?;
    schema.create_index(index("nomination", &["province_id"])).await?;
    schema.create_index(index("nomination", &["award_type_id"])).await?;
    schema.create_index(index("nomination", &["ranking_id"])).await?;
    schema.create_index(index("nomination", &["state"])).await?;
    schema.create_index(index("nomination", &["created_at", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_nomination_cycle_id_province_id_award_type_id_partial")
        .table("nomination")
        .col("cycle_id")
        .col("province_id")
        .col("award_type_id")
        .and_where(Expr::cust("state NOT IN ('rejected', 'withdrawn')"))
        .to_owned();
    schema.create_index(only).await?;
    Ok(())
}

async fn award(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("award")
                .col(pk_uuid("id"))
                .col(uuid("nomination_id").unique_key())
                .col(uuid("cycle_id"))
                .col(uuid("province_id"))
                .col(uuid("award_type_id"))
                .col(text("recipient_kind").check(one_of("recipient_kind", &["individual", "collective", "household"])))
                .col(text("decision_number"))
                .col(integer("decision_year"))
                .col(date("decided_on"))
                .col(text("authority").check(one_of(
                    "authority",
                    &[
                        "president",
                        "government",
                        "prime_minister",
                        "minister_or_provincial_chair",
                        "provincial_chair",
                        "commune_chair",
                        "unit_head",
                    ],
                )))
                .col(text("signatory_name"))
                .col(text("signatory_title"))
                .col(text("citation"))
                .col(big_integer_null("coefficient"))
                .col(big_integer_null("base_salary"))
                .col(big_integer_null("reward_amount"))
                .col(text("state").check(one_of("state", &["decided", "revoked"])))
                .col(date_null("revoked_on"))
                .col(text_null("revocation_number"))
                .col(text_null("revocation_reason"))
                .col(big_integer_null("amount_to_recover"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("award", "award_type_id")
                        .to("award_type", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("award", "province_id")
                        .to("province", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("award", "cycle_id")
                        .to("cycle", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("award", "nomination_id")
                        .to("nomination", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_award_authority_decision_year_decision_number")
                        .col("authority")
                        .col("decision_year")
                        .col("decision_number"),
                )
                .check(Expr::cust("(state = 'revoked') = (revoked_on IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("award", &["nomination_id"])).await?;
    schema.create_index(index("award", &["cycle_id"])).await?;
    schema.create_index(index("award", &["province_id"])).await?;
    schema.create_index(index("award", &["award_type_id"])).await?;
    schema.create_index(index("award", &["decided_on", "id"])).await?;
    schema.create_index(index("award", &["decision_year"])).await?;
    schema.create_index(index("award", &["state"])).await?;
    schema.create_index(index("award", &["created_at", "id"])).await?;
    Ok(())
}
