//! What can be asked for.

use super::Tie;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Provinces, clusters, campaigns, awards, catalogues.
    ReadOpen,
    ConfigureProvinces,
    ConfigureClusters,
    ConfigureCatalogues,
    ManageUsers,
    ReadJournal,

    ReadCycle(Tie),
    CreateCycle,
    /// Title, due dates, members, exclusion, deletion of a draft.
    EditCycle(Tie),
    /// Any step along the life of a cycle but reopening.
    MoveCycle(Tie),
    /// From final points back to appraisal.
    ReopenCycle(Tie),
    AssignAppraisers(Tie),

    /// Campaigns of the Prime Minister (and any other by override).
    LaunchCampaign,
    /// Campaigns of the own province or of the cluster whose present head the province is.
    LaunchOwnCampaign(Tie),
    /// Participation of a province in a campaign.
    ReportParticipation(Tie),
    /// What a province achieved, as it was published.
    WriteAchievementFigures(Tie),
    /// A new exemplar of a province.
    BeginExemplar(Tie),
    /// `shared` is one that is released.
    ReadExemplar(Tie),
    WriteExemplar(Tie),
    /// A new assignment of a province.
    BeginAssignment(Tie),
    /// What a province asks of its own units, and what came back.
    ReadAssignment(Tie),
    WriteAssignment(Tie),

    /// A new pledge. That a province has none, or one already, is told only to who may write it.
    BeginPledge(Tie),
    ReadPledge(Tie),
    /// Who of a cycle has signed.
    ReadClusterPledge(Tie),
    WritePledge(Tie),

    /// Criteria sets and criteria: the cycle's members see them; drafts only who writes them.
    ReadCriteria(Tie),
    WriteCriteria(Tie),

    ReadScorecard(Tie),
    /// The sheets of a cycle side by side: those of them that the caller may read.
    ReadMatrix(Tie),
    /// Self points, submission.
    FillScorecard(Tie),
    /// Appraised points, completing the appraisal.
    AppraiseScorecard(Tie),
    /// Points as a peer.
    ScoreAsPeer(Tie),
    /// Sending a sheet back.
    ReturnScorecard(Tie),
    /// What each of several appraisers, or peers, says.
    ReadOpinions(Tie),
    /// That an appraiser stood aside; `own` is that appraiser.
    ReadRecusal(Tie),
    /// That a province got longer.
    ReadExtension(Tie),

    ReadRanking(Tie),
    /// The sheets of all members at once: what a ranking was computed from.
    ReadSheets(Tie),
    CorrectRanking(Tie),

    /// `shared` is one that is held, or was.
    ReadConference(Tie),
    /// A new conference.
    PlanConference(Tie),
    /// The minutes of a conference: for those of its cycle, never for the public.
    ReadMinutes(Tie),
    /// Everything of a conference, its steps and resolutions.
    RunConference(Tie),
    /// A speech; `own` is the province spoken for.
    WriteSpeech(Tie),

    ReadBallot(Tie),
    /// Preparing, opening, closing a ballot.
    RunBallot(Tie),
    /// `own` is who may vote in it.
    CastVote(Tie),

    /// `shared` is one that is open to public comment.
    ReadNomination(Tie),
    ProposeNomination(Tie),
    EditNomination(Tie),
    /// The documents of a nomination, the opinion on it, and what the public said.
    ReadDossier(Tie),
    /// Adding documents and taking them away.
    WriteDossier(Tie),
    /// Saying that the dossier is complete.
    CompleteDossier(Tie),
    /// Submission, appraisal, public comment, hold and release, rejection.
    SettleNomination(Tie),
    WithdrawNomination(Tie),
    /// A nomination of a collective or a person, which the own province makes, too.
    ProposeNominee(Tie),
    /// Changing, completing, withdrawing a nomination of a collective or a person.
    CareForNominee(Tie),
    DecideAward,
    /// Which person received an award.
    ReadRecipient(Tie),

    /// A new recommendation of a member.
    RaiseRecommendation(Tie),
    /// `shared` is one that is addressed to the members.
    ReadRecommendation(Tie),
    /// Changing it, throwing it away, closing it.
    WriteRecommendation(Tie),
    ForwardRecommendation(Tie),
    AnswerRecommendation(Tie),
    WithdrawRecommendation(Tie),
    /// Adding documents to it.
    DocumentRecommendation(Tie),

    /// What the cluster gives; it is as visible as its cycle.
    WriteContribution(Tie),
    /// What one member gives of it.
    RecordShare(Tie),
}
