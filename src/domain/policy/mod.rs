//! Who may do what: one table of permissions. What is not listed is denied.
//!
//! Source: the roles of the domain ("Who does what"); a province officer of the head's province has the head's rights
//! for that cycle only, because they follow from the membership and not from the account.

mod action;
mod denied;
mod permissions;
mod who;

use entity::vocab::Role::*;

use Action::*;

pub use action::Action;
pub use denied::{Denied, check};
pub use permissions::permissions;
pub use who::{Account, Tie, Who};

/// Everything that is allowed. What is not listed is denied.
pub fn allows(who: Who, action: Action) -> bool {
    match action {
        ReadOpen => true,
        ConfigureProvinces | ConfigureClusters | ConfigureCatalogues | ManageUsers => who.role() == Some(Administrator),
        ReadJournal => matches!(who.role(), Some(Auditor | Administrator)),

        ReadCycle(tie) => tie.published || who.sees_all() || tie.member || tie.appraiser,
        CreateCycle => who.is_central(),
        EditCycle(tie) | MoveCycle(tie) => who.is_central() || tie.head,
        ReopenCycle(_) => who.role() == Some(CouncilSecretary),
        AssignAppraisers(tie) => who.is_central() || tie.head,

        LaunchCampaign => who.is_central(),
        LaunchOwnCampaign(tie) => who.is_central() || tie.own,
        ReportParticipation(tie) | WriteAchievementFigures(tie) => who.is_central() || tie.own,

        ReadExemplar(tie) => tie.shared || who.sees_all() || tie.own,
        BeginExemplar(tie) | WriteExemplar(tie) => who.role() == Some(CouncilSecretary) || tie.own,

        ReadAssignment(tie) => who.sees_all() || tie.own,
        BeginAssignment(tie) | WriteAssignment(tie) => tie.own,

        ReadPledge(tie) => {
            who.sees_all() || tie.own || tie.head || tie.appraiser || (tie.member && (tie.shared || tie.published))
        }
        BeginPledge(tie) | WritePledge(tie) => who.role() == Some(CouncilSecretary) || tie.own,

        ReadCriteria(tie) => {
            who.sees_all() || tie.head || ((tie.member || tie.appraiser || tie.published) && tie.shared)
        }
        WriteCriteria(tie) => who.role() == Some(CouncilSecretary) || tie.head,

        ReadScorecard(tie) => {
            who.sees_all()
                || tie.own
                || tie.head
                || tie.peer
                || (tie.appraiser && !tie.interested)
                || (tie.member && tie.published)
        }
        ReadMatrix(tie) | ReadClusterPledge(tie) => who.sees_all() || tie.member || tie.appraiser,
        FillScorecard(tie) => tie.own,
        AppraiseScorecard(tie) => tie.appraiser && !tie.interested,
        ScoreAsPeer(tie) => tie.peer && !tie.interested,
        ReturnScorecard(tie) => {
            who.role() == Some(CouncilSecretary) || ((tie.appraiser || tie.head) && !tie.interested)
        }

        ReadOpinions(tie) => who.sees_all() || tie.head || tie.appraiser,
        ReadRecusal(tie) | ReadExtension(tie) => who.sees_all() || tie.head || tie.own,

        ReadRanking(tie) => tie.shared || who.sees_all() || tie.head,
        ReadSheets(tie) => who.sees_all() || tie.head || (tie.member && tie.published),
        CorrectRanking(_) => who.role() == Some(CouncilSecretary),

        ReadConference(tie) => allows(who, ReadMinutes(tie)) || (tie.published && tie.shared),
        ReadMinutes(tie) => who.sees_all() || tie.member || tie.appraiser,
        PlanConference(tie) => who.role() == Some(CouncilSecretary) || tie.head || tie.deputy,
        RunConference(tie) => allows(who, PlanConference(tie)) || (tie.member && tie.host),
        WriteSpeech(tie) => allows(who, RunConference(tie)) || (tie.member && tie.own),

        ReadBallot(tie) => who.sees_all() || tie.head || (tie.shared && (tie.member || tie.own)),
        RunBallot(tie) => who.role() == Some(CouncilSecretary) || tie.head,
        CastVote(tie) => tie.own,

        ReadNomination(tie) => who.sees_all() || tie.own || tie.head || (tie.published && (tie.member || tie.shared)),
        ReadDossier(tie) => who.sees_all() || tie.own || tie.head,
        WriteDossier(tie) => who.role() == Some(CouncilSecretary) || tie.own || tie.head,
        ProposeNomination(tie) | EditNomination(tie) | CompleteDossier(tie) | WithdrawNomination(tie) => {
            who.role() == Some(CouncilSecretary) || tie.head
        }
        ReadRecipient(tie) => who.sees_all() || tie.own,
        ProposeNominee(tie) | CareForNominee(tie) => who.role() == Some(CouncilSecretary) || tie.head || tie.own,
        SettleNomination(_) | DecideAward => who.role() == Some(CouncilSecretary),

        ReadRecommendation(tie) => who.sees_all() || tie.member,
        RaiseRecommendation(tie) | WriteRecommendation(tie) => who.role() == Some(CouncilSecretary) || tie.own,
        ForwardRecommendation(tie) => who.role() == Some(CouncilSecretary) || tie.head,
        // Nobody answers what the own province asks, the head of the cycle neither.
        AnswerRecommendation(tie) => {
            who.role() == Some(CouncilSecretary) || (tie.shared && tie.member && !tie.interested)
        }
        WithdrawRecommendation(tie) => tie.own,
        DocumentRecommendation(tie) => {
            who.role() == Some(CouncilSecretary) || tie.own || tie.head || (tie.shared && tie.member)
        }

        WriteContribution(tie) => who.role() == Some(CouncilSecretary) || tie.head,
        RecordShare(tie) => who.role() == Some(CouncilSecretary) || tie.head || tie.own,
    }
}
