//! Ballots: the question, who may be chosen, who may vote, and the urn.

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
        ballot(schema).await?;
        candidate(schema).await?;
        voter(schema).await?;
        urn(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ballot_urn", "ballot_voter", "ballot_candidate", "ballot"] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn ballot(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ballot")
                .col(pk_uuid("id"))
                .col(uuid("cycle_id"))
                .col(text("kind").check(one_of("kind", &["nomination", "election", "tie"])))
                .col(text("title"))
                .col(text("state").check(one_of("state", &["draft", "open", "closed", "cancelled"])))
                .col(text_null("state_reason"))
                .col(uuid_null("nomination_id"))
                .col(uuid_null("elects_cycle_id"))
                .col(text_null("office").check(one_of("office", &["head", "deputy", "member"])))
                .col(integer_null("deputy_rank").check(Expr::cust("deputy_rank >= 1")))
                .col(uuid_null("follows_id"))
                .col(json("rules"))
                .col(timestamp_with_time_zone_null("opens_at"))
                .col(timestamp_with_time_zone_null("closes_at"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(text_null("outcome").check(one_of("outcome", &["carried", "not_carried", "tied", "no_quorum"])))
                .col(json_null("result"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut restrict("ballot", "cycle_id", "cycle"))
                .foreign_key(&mut restrict("ballot", "nomination_id", "nomination"))
                .foreign_key(&mut restrict("ballot", "elects_cycle_id", "cycle"))
                .foreign_key(&mut restrict("ballot", "follows_id", "ballot"))
                .check(Expr::cust("(kind = 'nomination') = (nomination_id IS NOT NULL)"))
                .check(Expr::cust("(kind = 'election') = (elects_cycle_id IS NOT NULL)"))
                .check(Expr::cust("(state = 'closed') = (outcome IS NOT NULL)"))
                .to_owned(),
        )
        .await?;
    for columns in [
        &["cycle_id"][..],
        &["nomination_id"],
        &["elects_cycle_id"],
        &["follows_id"],
        &["state"],
        &["created_at", "id"],
    ] {
        schema.create_index(index("ballot", columns)).await?;
    }
    Ok(())
}

async fn candidate(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ballot_candidate")
                .col(pk_uuid("id"))
                .col(uuid("ballot_id"))
                .col(uuid("province_id"))
                .col(integer("position"))
                .foreign_key(&mut cascade("ballot_candidate"))
                .foreign_key(&mut restrict("ballot_candidate", "province_id", "province"))
                .index(&mut unique("ballot_candidate", "province_id"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("ballot_candidate", &["province_id"])).await
}

async fn voter(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ballot_voter")
                .col(pk_uuid("id"))
                .col(uuid("ballot_id"))
                .col(uuid_null("province_id"))
                .col(uuid_null("user_id"))
                .col(text("name"))
                .col(boolean("voted"))
                .col(boolean("by_post"))
                .foreign_key(&mut cascade("ballot_voter"))
                .foreign_key(&mut restrict("ballot_voter", "province_id", "province"))
                .foreign_key(&mut restrict("ballot_voter", "user_id", "user_account"))
                .index(&mut unique("ballot_voter", "province_id"))
                .index(&mut unique("ballot_voter", "user_id"))
                .check(Expr::cust("(province_id IS NULL) <> (user_id IS NULL)"))
                .to_owned(),
        )
        .await?;
    schema.create_index(index("ballot_voter", &["province_id"])).await?;
    schema.create_index(index("ballot_voter", &["user_id"])).await
}

/// One row a ballot, all its votes in it: rows of their own would lie in the order in which they came.
async fn urn(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("ballot_urn")
                .col(pk_uuid("id"))
                .col(uuid("ballot_id").unique_key())
                .col(json("votes"))
                .foreign_key(&mut cascade("ballot_urn"))
                .to_owned(),
        )
        .await
}

fn restrict(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn cascade(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "ballot_id").to("ballot", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

fn unique(table: &'static str, column: &'static str) -> IndexCreateStatement {
    Index::create().unique().name(format!("uq_{table}_ballot_id_{column}")).col("ballot_id").col(column).to_owned()
}
