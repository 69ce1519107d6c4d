//! What is denied, and how much the answer tells.

use super::{
    Action::{self, *},
    Who, allows,
};
use crate::domain::phrase::Phrase;

/// Why an action is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Nobody knows who asks: sign in first.
    Unknown,
    /// The caller may know the thing exists, but not do this.
    Forbidden,
    /// The caller may not even know the thing exists.
    Hidden,
}

impl From<Denied> for Phrase {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unknown => Self::new("sign in first", "hãy đăng nhập trước"),
            Denied::Forbidden => Self::new("your role does not allow this", "vai trò của bạn không được phép"),
            Denied::Hidden => Self::new("there is nothing here for you", "không có gì ở đây dành cho bạn"),
        }
    }
}

/// Asks the table. What the caller could not have read is hidden rather than forbidden.
pub fn check(who: Who, action: Action) -> Result<(), Denied> {
    if allows(who, action) {
        return Ok(());
    }
    match (who, needs_sight_of(action)) {
        (_, Some(read)) if read == action || !allows(who, read) => Err(Denied::Hidden),
        (Who::Public, _) => Err(Denied::Unknown),
        (Who::Account(_), _) => Err(Denied::Forbidden),
    }
}

/// The reading right without which the thing's existence is a secret; `None` where it is no secret.
fn needs_sight_of(action: Action) -> Option<Action> {
    match action {
        ReadOpen
        | ConfigureProvinces
        | ConfigureClusters
        | ConfigureCatalogues
        | ManageUsers
        | ReadJournal
        | CreateCycle
        | LaunchCampaign
        | LaunchOwnCampaign(_)
        | ReportParticipation(_)
        | WriteAchievementFigures(_)
        | BeginExemplar(_)
        | BeginAssignment(_)
        | BeginPledge(_)
        | DecideAward
        | RaiseRecommendation(_) => None,
        ReadCycle(tie)
        | ReadSheets(tie)
        | EditCycle(tie)
        | MoveCycle(tie)
        | ReopenCycle(tie)
        | AssignAppraisers(tie) => Some(ReadCycle(tie)),
        ReadExemplar(tie) | WriteExemplar(tie) => Some(ReadExemplar(tie)),
        ReadAssignment(tie) | WriteAssignment(tie) => Some(ReadAssignment(tie)),
        ReadPledge(tie) | WritePledge(tie) => Some(ReadPledge(tie)),
        ReadCriteria(tie) | WriteCriteria(tie) => Some(ReadCriteria(tie)),
        ReadOpinions(tie) => Some(ReadCycle(tie)),
        ReadRecusal(tie) => Some(ReadRecusal(tie)),
        ReadExtension(tie) => Some(ReadExtension(tie)),
        ReadScorecard(tie) | FillScorecard(tie) | AppraiseScorecard(tie) | ScoreAsPeer(tie) | ReturnScorecard(tie) => {
            Some(ReadScorecard(tie))
        }
        ReadMatrix(tie) => Some(ReadMatrix(tie)),
        ReadClusterPledge(tie) => Some(ReadClusterPledge(tie)),
        ReadRanking(tie) | CorrectRanking(tie) => Some(ReadRanking(tie)),
        ReadConference(tie) | ReadMinutes(tie) | RunConference(tie) | WriteSpeech(tie) => Some(ReadConference(tie)),
        // A conference adds to the cycle.
        PlanConference(tie) => Some(ReadCycle(tie)),
        ReadBallot(tie) | CastVote(tie) => Some(ReadBallot(tie)),
        // A ballot adds to the cycle; drafts of others may stay hidden.
        RunBallot(tie) => Some(ReadCycle(tie)),
        // A proposal adds to the cycle; nominations that others made may stay hidden.
        ProposeNomination(tie) | ProposeNominee(tie) => Some(ReadCycle(tie)),
        ReadNomination(tie)
        | EditNomination(tie)
        | CompleteDossier(tie)
        | SettleNomination(tie)
        | WithdrawNomination(tie)
        | CareForNominee(tie) => Some(ReadNomination(tie)),
        ReadRecipient(tie) => Some(ReadRecipient(tie)),
        ReadDossier(tie) | WriteDossier(tie) => Some(ReadDossier(tie)),
        ReadRecommendation(tie)
        | WriteRecommendation(tie)
        | ForwardRecommendation(tie)
        | AnswerRecommendation(tie)
        | WithdrawRecommendation(tie)
        | DocumentRecommendation(tie) => Some(ReadRecommendation(tie)),
        WriteContribution(tie) | RecordShare(tie) => Some(ReadCycle(tie)),
    }
}
