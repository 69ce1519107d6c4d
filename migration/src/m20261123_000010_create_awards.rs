//! From nomination to decision and award.

use sea_orm_migration::{prelude::*, schema::*};

use crate::parts::{index, one_of};

/// Who can decide.
const AUTHORITIES: [&str; 7] = [
    "president",
    "government",
    "prime_minister",
    "minister_or_provincial_chair",
    "provincial_chair",
    "commune_chair",
    "unit_head",
];

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
        decision(schema).await?;
        award(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("award").to_owned()).await?;
        schema.drop_table(Table::drop().table("decision").to_owned()).await?;
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
                .col(text("nominee_kind").check(one_of("nominee_kind", &["province", "collective", "person"])))
                .col(text_null("nominee_name"))
                .col(text_null("nominee_position"))
                .col(text("nominee_key"))
                .col(text("achievement_kind").check(one_of("achievement_kind", &["yearly", "thematic", "sudden"])))
                .col(text_null("achievement"))
                .col(text("achievement_key"))
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
                .check(Expr::cust("(nominee_kind = 'province') = (nominee_name IS NULL)"))
                .check(Expr::cust("(nominee_kind = 'person') = (nominee_position IS NOT NULL)"))
                .check(Expr::cust("(nominee_kind = 'province') = (nominee_key = '')"))
                .check(Expr::cust("(achievement_kind = 'yearly') = (achievement IS NULL)"))
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
    // An achievement is looked for over all years of its nominee.
    schema.create_index(index("nomination", &["province_id", "nominee_key", "achievement_key"])).await?;
    schema.create_index(index("nomination", &["ranking_id"])).await?;
    schema.create_index(index("nomination", &["state"])).await?;
    schema.create_index(index("nomination", &["created_at", "id"])).await?;
    let only = Index::create()
        .unique()
        .name("uq_nomination_province_id_nominee_achievement_award_type_partial")
        .table("nomination")
        .col("cycle_id")
        .col("province_id")
        .col("nominee_key")
        .col("achievement_key")
        .col("award_type_id")
        .and_where(Expr::cust("state NOT IN ('decided', 'rejected', 'withdrawn')"))
        .to_owned();
    schema.create_index(only).await?;
    Ok(())
}

async fn decision(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("decision")
                .col(pk_uuid("id"))
                .col(text("authority").check(one_of("authority", &AUTHORITIES)))
                .col(integer("decision_year"))
                .col(text("number"))
                .col(date("decided_on"))
                .col(text("signatory_name"))
                .col(text("signatory_title"))
                .col(text("title"))
                .col(text_null("file_hash").check(Expr::cust("length(file_hash) = 64")))
                .col(text_null("file_name"))
                .col(text_null("media_type").check(one_of(
                    "media_type",
                    &[
                        "application/pdf",
                        "application/msword",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.ms-excel",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "image/png",
                        "image/jpeg",
                        "image/webp",
                        "image/gif",
                        "image/tiff",
                    ],
                )))
                .col(big_integer_null("size_bytes").check(Expr::cust("size_bytes >= 1")))
                .col(text_null("file_reason"))
                .col(text("search_text"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("(file_hash IS NULL) = (file_name IS NULL)"))
                .check(Expr::cust("(file_hash IS NULL) = (media_type IS NULL)"))
                .check(Expr::cust("(file_hash IS NULL) = (size_bytes IS NULL)"))
                .check(Expr::cust("file_reason IS NULL OR file_hash IS NOT NULL"))
                .index(
                    Index::create()
                        .unique()
                        .name("uq_decision_authority_decision_year_number")
                        .col("authority")
                        .col("decision_year")
                        .col("number"),
                )
                // What awards repeat of their decision refers to this.
                .index(
                    Index::create()
                        .unique()
                        .name("uq_decision_id_authority_decision_year_decided_on")
                        .col("id")
                        .col("authority")
                        .col("decision_year")
                        .col("decided_on"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("decision", &["decided_on", "id"])).await?;
    schema.create_index(index("decision", &["authority", "decided_on", "id"])).await?;
    schema.create_index(index("decision", &["decision_year", "decided_on", "id"])).await?;
    schema.create_index(index("decision", &["created_at", "id"])).await?;
    schema.create_index(index("decision", &["file_hash"])).await?;
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
                .col(text_null("recipient_name"))
                .col(text_null("recipient_position"))
                .col(uuid("decision_id"))
                // Of the decision, repeated: lists filter by these and run along them, and no index spans two tables.
                // The key below holds them equal.
                .col(integer("decision_year"))
                .col(date("decided_on"))
                .col(text("authority").check(one_of("authority", &AUTHORITIES)))
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
                .foreign_key(
                    ForeignKey::create()
                        .from_tbl("award")
                        .from_col("decision_id")
                        .from_col("authority")
                        .from_col("decision_year")
                        .from_col("decided_on")
                        .to_tbl("decision")
                        .to_col("id")
                        .to_col("authority")
                        .to_col("decision_year")
                        .to_col("decided_on")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .check(Expr::cust("(state = 'revoked') = (revoked_on IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("award", &["decision_id"])).await?;
    schema.create_index(index("award", &["decided_on", "id"])).await?;
    schema.create_index(index("award", &["created_at", "id"])).await?;
    // A list under one of these filters runs along its index, the latest decision first, from wherever the page begins.
    for filter in ["authority", "award_type_id", "cycle_id", "decision_year", "province_id", "state"] {
        schema.create_index(index("award", &[filter, "decided_on", "id"])).await?;
    }
    Ok(())
}
