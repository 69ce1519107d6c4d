//! The tasks of a year that provinces hand out.

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
        schema
            .create_table(
                Table::create()
                    .table("assignment")
                    .col(pk_uuid("id"))
                    .col(uuid("province_id"))
                    .col(integer("year"))
                    .col(
                        text("unit_kind")
                            .check(one_of("unit_kind", &["department", "agency", "district", "town", "commune"])),
                    )
                    .col(text("unit_name"))
                    .col(text("task"))
                    .col(text("product"))
                    .col(date("due_on"))
                    .col(text("state").check(one_of("state", &["assigned", "reported", "rated", "withdrawn"])))
                    .col(text_null("result"))
                    .col(date_null("reported_on"))
                    .col(
                        text_null("rating")
                            .check(one_of("rating", &["excellent", "good", "completed", "not_completed"])),
                    )
                    .col(date_null("rated_on").check(Expr::cust("rated_on >= reported_on")))
                    .col(text_null("withdrawal_reason"))
                    .col(text_null("note"))
                    .col(text("certainty").check(one_of(
                        "certainty",
                        &["verified", "likely", "inferred", "unsure", "act_likely", "act_unknown", "invented"],
                    )))
                    .col(text("unit_key"))
                    .col(text("search_text"))
                    .col(integer("version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .check(Expr::cust("(state IN ('reported', 'rated')) = (result IS NOT NULL)"))
                    .check(Expr::cust("(state IN ('reported', 'rated')) = (reported_on IS NOT NULL)"))
                    .check(Expr::cust("(state = 'rated') = (rating IS NOT NULL)"))
                    .check(Expr::cust("(state = 'rated') = (rated_on IS NOT NULL)"))
                    .check(Expr::cust("(state = 'withdrawn') = (withdrawal_reason IS NOT NULL)"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("assignment", "province_id")
                            .to("province", "id")
                            .on_delete(ForeignKeyAction::Restrict),
                    )
                    .to_owned(),
            )
            .await?;
        // An officer reads one province only, so each order has an index that begins with it.
        schema.create_index(index("assignment", &["province_id", "year", "unit_key"])).await?;
        schema.create_index(index("assignment", &["province_id", "due_on", "id"])).await?;
        schema.create_index(index("assignment", &["province_id", "unit_key", "id"])).await?;
        schema.create_index(index("assignment", &["province_id", "created_at", "id"])).await?;
        schema.create_index(index("assignment", &["due_on", "id"])).await?;
        schema.create_index(index("assignment", &["unit_key", "id"])).await?;
        schema.create_index(index("assignment", &["created_at", "id"])).await?;
        schema.create_index(index("assignment", &["year"])).await?;
        schema.create_index(index("assignment", &["state", "due_on"])).await?;
        schema.create_index(index("assignment", &["unit_kind"])).await?;
        schema.create_index(index("assignment", &["rating"])).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table("assignment").to_owned()).await
    }
}
