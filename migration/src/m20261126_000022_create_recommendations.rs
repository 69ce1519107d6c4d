//! What provinces recommend to the central level and to each other, and what was answered.

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
        schema.create_table(table()).await?;
        for columns in [
            &["cycle_id", "province_id"][..],
            &["province_id"],
            &["state", "due_on"],
            &["addressee"],
            &["raised_on", "id"],
            &["due_key", "id"],
            &["created_at", "id"],
        ] {
            schema.create_index(index("recommendation", columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("recommendation").to_owned()).await
    }
}

fn table() -> TableCreateStatement {
    Table::create()
        .table("recommendation")
        .col(pk_uuid("id"))
        .col(uuid("cycle_id"))
        .col(uuid("province_id"))
        .col(text("addressee").check(one_of("addressee", &["central_level", "members"])))
        .col(text_null("addressee_name"))
        .col(text("title"))
        .col(text("text"))
        .col(text("state").check(one_of("state", &["raised", "forwarded", "answered", "closed", "withdrawn"])))
        .col(date("raised_on"))
        .col(date_null("forwarded_on"))
        .col(text_null("forwarded_to"))
        .col(date_null("due_on"))
        .col(date("due_key"))
        .col(text_null("answer"))
        .col(text_null("answered_by"))
        .col(date_null("answered_on"))
        .col(text_null("closing_note"))
        .col(date_null("closed_on"))
        .col(text_null("withdrawn_reason"))
        .col(text("certainty").check(one_of(
            "certainty",
            &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
        )))
        .col(text("search_text"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .check(Expr::cust("(state IN ('raised', 'withdrawn')) = (forwarded_on IS NULL)"))
        .check(Expr::cust("(forwarded_on IS NULL) = (due_on IS NULL)"))
        .check(Expr::cust("due_on IS NULL OR due_key = due_on"))
        .check(Expr::cust("(state IN ('answered', 'closed')) = (answer IS NOT NULL)"))
        .check(Expr::cust("(answer IS NULL) = (answered_by IS NULL)"))
        .check(Expr::cust("(answer IS NULL) = (answered_on IS NULL)"))
        .check(Expr::cust("(state = 'closed') = (closed_on IS NOT NULL)"))
        .check(Expr::cust("(state = 'withdrawn') = (withdrawn_reason IS NOT NULL)"))
        .foreign_key(
            ForeignKey::create()
                .from("recommendation", "cycle_id")
                .to("cycle", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .foreign_key(
            ForeignKey::create()
                .from("recommendation", "province_id")
                .to("province", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .foreign_key(
            ForeignKey::create()
                .from("recommendation", ("cycle_id", "province_id"))
                .to("membership", ("cycle_id", "province_id"))
                .on_delete(ForeignKeyAction::Restrict),
        )
        .to_owned()
}
