//! Failed attempts to sign in, by a hash of the user name, whether or not there is such a user.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Failed attempts to sign in, by a hash of the user name, whether or not there is such a user.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "sign_in_throttle")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub subject: String,
    pub failures: i32,
    pub blocked_until: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
