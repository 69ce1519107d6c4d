//! What the public said of a nomination, and what was answered. Nothing of who said it.

use sea_orm::entity::prelude::*;
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

impl Entity {
    /// The comments on these nominations that nobody has answered yet.
    pub fn unanswered(nomination_ids: impl IntoIterator<Item = Uuid>) -> Select<Self> {
        Self::find().filter(Column::NominationId.is_in(nomination_ids)).filter(Column::AnsweredAt.is_null())
    }
}
