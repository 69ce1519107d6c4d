//! What documents hang on. Another owner is another variant of [`Owner`], with its line in each function here.

use entity::{
    campaign_participation, campaign_report, campaign_review, conference as conference_row, contribution, document,
    document::Column::{CampaignReportId, ConferenceId, ContributionId, RecommendationId},
    vocab::Role,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::{
    domain::{
        campaign::stage,
        conference,
        contribution::may_pay,
        policy::{Action, Tie, Who},
        recommendation::may_document,
        refusal::Refusal,
    },
    http::{Ctx, sight},
    problem::Problem,
};

/// The one thing a document hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    CampaignReport(Uuid),
    Conference(Uuid),
    Contribution(Uuid),
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
        let owner = owner.or(row.contribution_id.map(Self::Contribution));
        let owner = owner.or(row.conference_id.map(Self::Conference));
        let owner = owner.or(row.campaign_report_id.map(Self::CampaignReport));
        owner.ok_or_else(|| Problem::internal("a document hangs on nothing"))
    }

    /// The row, hung on this.
    pub(super) fn hang(self, row: document::Model) -> document::Model {
        match self {
            Self::Recommendation(id) => document::Model { recommendation_id: Some(id), ..row },
            Self::Contribution(id) => document::Model { contribution_id: Some(id), ..row },
            Self::Conference(id) => document::Model { conference_id: Some(id), ..row },
            Self::CampaignReport(id) => document::Model { campaign_report_id: Some(id), ..row },
        }
    }

    /// The documents of this.
    pub(super) fn documents(self) -> Condition {
        match self {
            Self::Recommendation(id) => Condition::all().add(RecommendationId.eq(id)),
            Self::Contribution(id) => Condition::all().add(ContributionId.eq(id)),
            Self::Conference(id) => Condition::all().add(ConferenceId.eq(id)),
            Self::CampaignReport(id) => Condition::all().add(CampaignReportId.eq(id)),
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
            Self::Conference(id) => {
                let found = sight::visible_conference(ctx, db, id).await?;
                // They are papers of the members, as the minutes are.
                ctx.may(Action::ReadMinutes(found.tie)).map_err(|_| Problem::not_found())?;
                Ok(Seen {
                    cycle_id: Some(found.cycle.id),
                    right: Action::RunConference(found.tie),
                    open: conference::may_change(conference::Change::Write, found.conference.state),
                    keeper: true,
                })
            }
            Self::CampaignReport(id) => of_report(ctx, db, id).await,
        }
    }
}

/// A report on a campaign, which everybody may read: its documents come and go until the campaign's final review.
async fn of_report(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<Seen, Problem> {
    let row = campaign_report::Entity::find_by_id(id).find_also_related(campaign_participation::Entity).one(db).await?;
    let (_, part) = row.ok_or_else(Problem::not_found)?;
    let part = part.ok_or_else(|| Problem::internal("a report without a participation"))?;
    let last = campaign_review::Entity::concluding(part.campaign_id);
    Ok(Seen {
        cycle_id: None,
        right: Action::ReportParticipation(Tie::default().to_province(ctx.who, part.province_id)),
        open: stage::may_change(last.count(db).await? > 0),
        keeper: true,
    })
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
    let conferences = conference_row::Entity::find()
        .select_only()
        .column(conference_row::Column::Id)
        .filter(sight::in_own_cycles(who, conference_row::Column::CycleId));
    Condition::any()
        .add(CampaignReportId.is_not_null())
        .add(ConferenceId.in_subquery(conferences.into_query()))
        .add(RecommendationId.in_subquery(sight::ids_of_visible_recommendations(who)))
        .add(ContributionId.in_subquery(contributions.into_query()))
}
