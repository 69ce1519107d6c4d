//! What the dossier of a nomination asks for, and what is in it.

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
        requirement(schema).await?;
        document(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("dossier_document").to_owned()).await?;
        schema.drop_table(Table::drop().table("dossier_requirement").to_owned()).await
    }
}

const KINDS: &[&str] = &["submission_letter", "achievement_report", "minutes", "certificate", "other"];

async fn requirement(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("dossier_requirement")
                .col(pk_uuid("id"))
                .col(uuid("award_type_id"))
                .col(text("document_kind").check(one_of("document_kind", KINDS)))
                .col(boolean("required"))
                .col(text_null("note"))
                .col(text("legal_basis"))
                .col(text("certainty").check(one_of(
                    "certainty",
                    &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                )))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(
                    ForeignKey::create()
                        .from("dossier_requirement", "award_type_id")
                        .to("award_type", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_dossier_requirement_award_type_id_document_kind")
                        .col("award_type_id")
                        .col("document_kind"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("dossier_requirement", &["document_kind"])).await?;
    schema.create_index(index("dossier_requirement", &["created_at", "id"])).await
}

async fn document(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("dossier_document")
                .col(pk_uuid("id"))
                .col(uuid("nomination_id"))
                .col(text("kind").check(one_of("kind", KINDS)))
                .col(text("title"))
                .col(text_null("url"))
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
                .col(uuid("added_by"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .check(Expr::cust("(url IS NULL) = (file_hash IS NOT NULL)"))
                .check(Expr::cust("(url IS NULL) = (file_name IS NOT NULL)"))
                .check(Expr::cust("(url IS NULL) = (media_type IS NOT NULL)"))
                .check(Expr::cust("(url IS NULL) = (size_bytes IS NOT NULL)"))
                .foreign_key(
                    ForeignKey::create()
                        .from("dossier_document", "nomination_id")
                        .to("nomination", "id")
                        .on_delete(ForeignKeyAction::Restrict),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_dossier_document_nomination_id_kind_file_hash")
                        .col("nomination_id")
                        .col("kind")
                        .col("file_hash"),
                )
                .index(
                    Index::create()
                        .unique()
                        .name("uq_dossier_document_nomination_id_kind_url")
                        .col("nomination_id")
                        .col("kind")
                        .col("url"),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(index("dossier_document", &["file_hash"])).await?;
    schema.create_index(index("dossier_document", &["kind"])).await?;
    schema.create_index(index("dossier_document", &["created_at", "id"])).await
}
