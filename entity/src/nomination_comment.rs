//! What the public said of a nomination, and what was answered. Nothing of who said it.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QuerySelect, entity::prelude::*};
use serde::Serialize;

/// What the public said of a nomination, and what was answered. Nothing of who said it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "nomination_comment")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nomination_id: Uuid,
    pub text: String,
    pub received_on: Date,
    pub answer: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::nomination::Entity",
        from = "Column::NominationId",
        to = "super::nomination::Column::Id"
    )]
    Nomination,
}

impl Related<super::nomination::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Nomination.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(FromQueryResult)]
struct Count {
    nomination_id: Uuid,
    comments: i64,
}

impl Entity {
    /// How many comments on each of these nominations nobody has answered yet; one that has none is left out.
    pub async fn count_unanswered(
        db: &impl ConnectionTrait,
        nomination_ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, u64>, DbErr> {
        let counts: Vec<Count> = Self::find()
            .select_only()
            .column(Column::NominationId)
            .column_as(Column::Id.count(), "comments")
            .filter(Column::NominationId.is_in(nomination_ids))
            .filter(Column::AnsweredAt.is_null())
            .group_by(Column::NominationId)
            .into_model()
            .all(db)
            .await?;
        Ok(counts.into_iter().map(|one| (one.nomination_id, one.comments.unsigned_abs())).collect())
    }
}
