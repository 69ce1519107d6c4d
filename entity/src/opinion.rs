//! What one of several appraisers says to one line.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;

/// What one of several appraisers says to one line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "opinion")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub score_id: Uuid,
    /// The appraiser.
    pub user_id: Uuid,
    /// Whether the appraiser leads the section, as assigned when the opinion was written.
    pub lead: bool,
    /// The figure as this appraiser found it.
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
    pub reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::score::Entity", from = "Column::ScoreId", to = "super::score::Column::Id")]
    Score,
    #[sea_orm(
        belongs_to = "super::user_account::Entity",
        from = "Column::UserId",
        to = "super::user_account::Column::Id"
    )]
    UserAccount,
}

impl Related<super::score::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Score.def()
    }
}

impl Related<super::user_account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::UserAccount.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
