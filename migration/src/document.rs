//! The table of documents: files and links, each of which hangs on a row of one of several tables, its owners.

use sea_orm_migration::{prelude::*, schema::*};

use crate::parts::{index, one_of};

/// Makes the table. Of every owner (`recommendation`) there is a column (`recommendation_id`), and exactly one of these
/// columns is set.
pub(crate) async fn create(schema: &SchemaManager<'_>, owners: &[&'static str]) -> Result<(), DbErr> {
    schema.create_table(table(owners)).await?;
    schema.create_index(index("document", &["file_hash"])).await?;
    schema.create_index(index("document", &["created_at", "id"])).await
}

fn table(owners: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create();
    table.table("document").col(pk_uuid("id"));
    for owner in owners {
        table.col(uuid_null(column(owner)));
    }
    table
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
        .check(Expr::cust(one_owner(owners)));
    for owner in owners {
        table.foreign_key(
            ForeignKey::create().from("document", column(owner)).to(*owner, "id").on_delete(ForeignKeyAction::Restrict),
        );
        for content in ["file_hash", "url"] {
            let name = format!("uq_document_{}_{content}", column(owner));
            table.index(Index::create().unique().name(name).col(column(owner)).col(content));
        }
    }
    table
}

fn column(owner: &str) -> String {
    format!("{owner}_id")
}

/// As many as one of the columns is set.
fn one_owner(owners: &[&'static str]) -> String {
    let set = |owner: &&str| format!("CASE WHEN {} IS NULL THEN 0 ELSE 1 END", column(owner));
    format!("{} = 1", owners.iter().map(set).collect::<Vec<_>>().join(" + "))
}
