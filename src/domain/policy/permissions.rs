//! The names of permissions, for those who draw buttons.

use super::{Action::*, Tie, Who, allows};

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
