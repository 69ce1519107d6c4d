//! A key that signs access tokens.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A key that signs access tokens.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub kid: String,
    /// PKCS #8.
    #[serde(skip_serializing)]
    pub private_pem: String,
    /// Signs from then on; verifies from its creation.
    pub active_from: DateTimeUtc,
    /// Verifies no longer from then on.
    pub retired_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
