//! Who may do what: one table of permissions. What is not listed is denied.
//!
//! Source: the roles of the domain ("Who does what"); a province officer of the head's province has the head's rights
//! for that cycle only, because they follow from the membership and not from the account.

use entity::vocab::Role;
use uuid::Uuid;

use super::phrase::Phrase;
use Action::*;
use Role::*;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, without an account.
    Public,
    Account(Account),
}

/// A signed-in person, as the access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub role: Role,
    /// The province the person acts for (officer) or comes from (appraiser).
    pub province_id: Option<Uuid>,
}

impl Who {
    pub fn account(self) -> Option<Account> {
        match self {
            Self::Public => None,
            Self::Account(account) => Some(account),
        }
    }

    pub fn role(self) -> Option<Role> {
        self.account().map(|account| account.role)
    }

    pub fn id(self) -> Option<Uuid> {
        self.account().map(|account| account.id)
    }

    /// The province an officer acts for. An appraiser's province gives no rights, it only takes some away.
    pub fn officer_of(self) -> Option<Uuid> {
        self.account().filter(|account| account.role == ProvinceOfficer).and_then(|account| account.province_id)
    }

    /// Sees and does everything but what a rule forbids to everybody.
    fn is_central(self) -> bool {
        matches!(self.role(), Some(Administrator | CouncilSecretary))
    }

    /// Reads everything.
    pub fn sees_all(self) -> bool {
        matches!(self.role(), Some(Administrator | CouncilSecretary | Auditor))
    }
}

/// How the caller is tied to one cycle, and to one province's things in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// An officer of the province that is head of the cycle.
    pub head: bool,
    /// An officer of a province that is a deputy of the cycle.
    pub deputy: bool,
    /// An officer of a province that is a member of the cycle.
    pub member: bool,
    /// An officer of the province that is host of the very conference.
    pub host: bool,
    /// An appraiser assigned to the cycle.
    pub appraiser: bool,
    /// An officer of a province that is to score the very sheet as a peer.
    pub peer: bool,
    /// An officer of the very province the thing belongs to.
    pub own: bool,
    /// Comes from the province the thing belongs to, in whatever role (conflict of interest).
    pub interested: bool,
    /// The cycle is published.
    pub published: bool,
    /// The thing itself is meant for all members: a signed pledge, say.
    pub shared: bool,
}

impl Tie {
    /// The same tie, seen from one province's things in the cycle.
    pub fn to_province(self, who: Who, province_id: Uuid) -> Self {
        let interested = who.account().is_some_and(|account| account.province_id == Some(province_id));
        Self { own: who.officer_of() == Some(province_id), interested, ..self }
    }

    /// The same tie, to a thing that is meant for all members, or is not.
    pub fn sharing(self, shared: bool) -> Self {
        Self { shared, ..self }
    }
}

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

/// The stable names of what the caller may do somewhere, `tie` being the strongest they have to anything.
///
/// What may be done with one thing, only that thing can tell.
pub fn permissions(who: Who, tie: Tie) -> Vec<&'static str> {
    let named = [
        ("configure_provinces", ConfigureProvinces),
        ("configure_clusters", ConfigureClusters),
        ("configure_catalogues", ConfigureCatalogues),
        ("manage_users", ManageUsers),
        ("read_journal", ReadJournal),
        ("create_cycle", CreateCycle),
        ("edit_cycle", EditCycle(tie)),
        ("move_cycle", MoveCycle(tie)),
        ("reopen_cycle", ReopenCycle(tie)),
        ("assign_appraisers", AssignAppraisers(tie)),
        ("launch_campaign", LaunchCampaign),
        ("launch_own_campaign", LaunchOwnCampaign(tie)),
        ("report_participation", ReportParticipation(tie)),
        ("write_achievement_figures", WriteAchievementFigures(tie)),
        ("write_exemplars", BeginExemplar(tie)),
        ("write_assignments", BeginAssignment(tie)),
        ("write_pledge", WritePledge(tie)),
        ("write_criteria", WriteCriteria(tie)),
        ("fill_scorecard", FillScorecard(tie)),
        ("appraise_scorecard", AppraiseScorecard(tie)),
        ("return_scorecard", ReturnScorecard(tie)),
        ("correct_ranking", CorrectRanking(tie)),
        ("plan_conference", PlanConference(tie)),
        ("write_speech", WriteSpeech(tie)),
        ("run_ballot", RunBallot(tie)),
        ("propose_nomination", ProposeNomination(tie)),
        ("propose_nominee", ProposeNominee(tie)),
        ("settle_nomination", SettleNomination(tie)),
        ("withdraw_nomination", WithdrawNomination(tie)),
        ("decide_award", DecideAward),
        ("raise_recommendation", RaiseRecommendation(tie)),
        ("forward_recommendation", ForwardRecommendation(tie)),
        ("write_contribution", WriteContribution(tie)),
        ("record_share", RecordShare(tie)),
    ];
    named.into_iter().filter(|(_, action)| allows(who, *action)).map(|(name, _)| name).collect()
}

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
