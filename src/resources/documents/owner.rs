//! What documents hang on. Another owner is another variant of [`Owner`], with its line in each function here.

use entity::{document, document::Column::RecommendationId, vocab::Role};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use uuid::Uuid;

use crate::{
    domain::{
        policy::{Action, Who},
        recommendation::may_document,
        refusal::Refusal,
    },
    http::{Ctx, sight},
    problem::Problem,
};

/// The one thing a document hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Recommendation(Uuid),
}

/// An owner the caller may see, and what decides whether its documents may be changed.
pub(super) struct Seen {
    /// The cycle it belongs to, where it belongs to one.
    pub cycle_id: Option<Uuid>,
    /// The right to add documents.
    pub right: Action,
    /// Whether its state lets documents come and go.
    pub open: Result<(), Refusal>,
    /// Whether the caller takes away what others added.
    pub keeper: bool,
}

impl Owner {
    /// What a stored document hangs on.
    pub(super) fn of(row: &document::Model) -> Result<Self, Problem> {
        let owner = row.recommendation_id.map(Self::Recommendation);
        owner.ok_or_else(|| Problem::internal("a document hangs on nothing"))
    }

    /// The row, hung on this.
    pub(super) fn hang(self, row: document::Model) -> document::Model {
        match self {
            Self::Recommendation(id) => document::Model { recommendation_id: Some(id), ..row },
        }
    }

    /// The documents of this.
    pub(super) fn documents(self) -> Condition {
        match self {
            Self::Recommendation(id) => Condition::all().add(RecommendationId.eq(id)),
        }
    }

    /// Finds the owner, which the caller may see: 404 otherwise.
    pub(super) async fn seen(self, ctx: &Ctx, db: &impl ConnectionTrait) -> Result<Seen, Problem> {
        match self {
            Self::Recommendation(id) => {
                let found = sight::visible_recommendation(ctx, db, id).await?;
                Ok(Seen {
                    cycle_id: Some(found.cycle.id),
                    right: Action::DocumentRecommendation(found.tie),
                    open: may_document(found.recommendation.state),
                    keeper: ctx.who.role() == Some(Role::CouncilSecretary),
                })
            }
        }
    }
}

/// The documents of whatever the caller may see, as SQL.
pub(super) fn visible_documents(who: Who) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    Condition::any().add(RecommendationId.in_subquery(sight::ids_of_visible_recommendations(who)))
}
