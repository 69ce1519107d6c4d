//! What documents hang on. Another owner is another variant of [`Owner`], with its line in each function here.

use entity::{
    contribution, document,
    document::Column::{ContributionId, RecommendationId},
    vocab::Role,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::{
    domain::{
        contribution::may_pay,
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
    Contribution(Uuid),
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
        let owner = owner.or(row.contribution_id.map(Self::Contribution));
        owner.ok_or_else(|| Problem::internal("a document hangs on nothing"))
    }

    /// The row, hung on this.
    pub(super) fn hang(self, row: document::Model) -> document::Model {
        match self {
            Self::Recommendation(id) => document::Model { recommendation_id: Some(id), ..row },
            Self::Contribution(id) => document::Model { contribution_id: Some(id), ..row },
        }
    }

    /// The documents of this.
    pub(super) fn documents(self) -> Condition {
        match self {
            Self::Recommendation(id) => Condition::all().add(RecommendationId.eq(id)),
            Self::Contribution(id) => Condition::all().add(ContributionId.eq(id)),
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
            Self::Contribution(id) => {
                let row = contribution::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
                let (cycle, tie) = sight::visible_cycle(ctx, db, row.cycle_id).await?;
                Ok(Seen {
                    cycle_id: Some(cycle.id),
                    right: Action::WriteContribution(tie),
                    // Receipts come as late as the money.
                    open: may_pay(cycle.state),
                    keeper: true,
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
    let contributions = contribution::Entity::find()
        .select_only()
        .column(contribution::Column::Id)
        .filter(sight::in_visible_cycles(who, contribution::Column::CycleId));
    Condition::any()
        .add(RecommendationId.in_subquery(sight::ids_of_visible_recommendations(who)))
        .add(ContributionId.in_subquery(contributions.into_query()))
}
