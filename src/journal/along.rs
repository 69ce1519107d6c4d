//! What goes with its owner is written into the journal beside it.

use entity::document;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, sea_query::SimpleExpr};

use super::Change;
use crate::problem::Problem;

/// Deletes the documents of an owner that is being deleted, and says what the journal is told of each.
pub async fn documents_go(tx: &impl ConnectionTrait, of_owner: SimpleExpr) -> Result<Vec<Change<'static>>, Problem> {
    let documents = document::Entity::find().filter(of_owner.clone()).all(tx).await?;
    document::Entity::delete_many().filter(of_owner).exec(tx).await?;
    let gone = |row: &document::Model| Change::new("document.delete", "document", row.id, row.version).before(row);
    documents.iter().map(gone).collect()
}
