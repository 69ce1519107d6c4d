//! Before publication nobody learns of what is hidden from them: every list answers with the same bytes whether it is
//! there or not, however it is asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    appraiser_assignment, assignment, ballot, carry_over, conference, contribution, contribution_share, criteria_set,
    criterion, cycle,
    decimal::Decimal,
    document, dossier_document, due_date_extension, evidence, exemplar, nomination, nomination_comment, opinion,
    pledge, ranking, ranking_entry, ranking_proof, recommendation, recusal, resolution, score, scorecard, speech,
    target,
    vocab::{ConferenceState, CycleState, PledgeState, Role, ScorecardState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};
use serde_json::{Value, json};
use thidua::{db, domain::policy::Account};
use uuid::Uuid;

use super::{
    contract,
    fixtures::{self, Head, Member, move_cycle, officer_of},
    results::Year,
    support::{House, NOBODY, Reply, administrator, auditor, secretary, someone},
};

/// Values of filters that the hidden things match, by the name of the filter.
type Values = HashMap<&'static str, BTreeSet<String>>;

/// Things that are hidden together.
#[derive(Clone, Copy, Debug)]
enum Hidden {
    /// A draft cycle of another cluster, what hangs on it, and what stays inside where their cycle is published.
    Foreign,
    /// Draft criteria, a provisional ranking and a nomination of the own cycle.
    Unfinished,
    /// The lines of another province, and their evidence.
    Sheet,
    /// The pledge another province has not signed yet, and that it got longer.
    Pledge,
}

impl Hidden {
    /// Everybody, ordered by how much is hidden from them: from the head what is foreign, from others more and more.
    const ALL: [(Self, &[&str]); 4] = [
        (Self::Foreign, &["head"]),
        (Self::Unfinished, &["appraiser"]),
        (Self::Sheet, &["interested appraiser"]),
        (Self::Pledge, &["member", "outsider", "public", "unassigned appraiser"]),
    ];

    /// The lists in which those who see all find it.
    fn lists(self) -> BTreeSet<&'static str> {
        let lists: &[&str] = match self {
            Self::Foreign => &[
                "appraiser-assignments",
                "assignments",
                "award-rules",
                "ballots",
                "carry-overs",
                "contribution-shares",
                "contributions",
                "conferences",
                "criteria",
                "criteria-sets",
                "cycles",
                "documents",
                "dossier-documents",
                "due-date-extensions",
                "evidence",
                "exemplars",
                "memberships",
                "nomination-comments",
                "nominations",
                "opinions",
                "pledges",
                "rankings",
                "recommendations",
                "recusals",
                "resolutions",
                "scorecards",
                "scores",
                "speeches",
                "targets",
            ],
            Self::Unfinished => &[
                "ballots",
                "criteria",
                "criteria-sets",
                "dossier-documents",
                "nomination-comments",
                "nominations",
                "rankings",
            ],
            Self::Sheet => &["evidence", "opinions", "scorecards", "scores"],
            Self::Pledge => &["assignments", "due-date-extensions", "exemplars", "pledges", "targets"],
        };
        lists.iter().copied().collect()
    }
}

/// The year everybody watches, and the ids of everything hidden in it and beside it.
struct Estate {
    year: Year,
    callers: BTreeMap<&'static str, Option<Account>>,
    values: Values,
    published: Uuid,
    foreign: Uuid,
    /// The province that hides something in the foreign cycle.
    stranger: Uuid,
    draft_set: Uuid,
    /// Provisional rankings: of the watched cycle, of the foreign one and of the published one.
    rankings: [Uuid; 3],
    /// The third member's sheet as it is when nothing is hidden in it.
    untouched: (scorecard::Model, Vec<score::Model>),
}

fn remember(values: &mut Values, name: &'static str, id: Uuid) {
    values.entry(name).or_default().insert(id.to_string());
}

/// Everything that hangs on a cycle, put into it: a sheet with evidence, criteria, ranking, nomination, pledge;
/// its ranking is the answer.
async fn furnish(house: &House, cycle_id: Uuid, province_id: Uuid, values: &mut Values) -> Uuid {
    let (set, leaf) = fixtures::draft_criteria(house, cycle_id).await;
    let card = fixtures::scorecards(house, cycle_id, set).await[&province_id];
    let lines = score::Entity::find().filter(score::Column::ScorecardId.eq(card));
    let line = lines.one(house.state.db.reader()).await.unwrap().unwrap().id;
    fixtures::evidence(house, line).await;
    let judge = fixtures::appraiser(house, cycle_id, None).await.unwrap().id;
    fixtures::opinion(house, line, judge, Some(province_id)).await;
    fixtures::recusal(house, cycle_id, province_id, judge).await;
    fixtures::extension(house, cycle_id, province_id).await;
    remember(values, "user_id", judge);
    let ranking = fixtures::ranking_by(house, cycle_id, set, &[(province_id, Some(1))]).await;
    let diploma = fixtures::award_type(house, "BKTTG").await;
    let nomination = fixtures::nomination(house, cycle_id, province_id, diploma).await;
    fixtures::ballot(house, cycle_id, nomination).await;
    fixtures::dossier_document(house, nomination).await;
    fixtures::nomination_comment(house, nomination).await;
    fixtures::award_rule(house, cycle_id, diploma).await;
    let (contribution, _) = fixtures::contribution(house, cycle_id, province_id).await;
    let recommendation = fixtures::recommendation(house, cycle_id, province_id).await;
    fixtures::document(house, Some(recommendation), None).await;
    fixtures::document(house, None, Some(contribution)).await;
    let conference = fixtures::conference(house, cycle_id, province_id, ConferenceState::Planned).await;
    fixtures::paper(house, conference).await;
    let pledge = fixtures::pledge_with_target(house, cycle_id, province_id, PledgeState::Draft).await;
    for (name, id) in [
        ("conference_id", conference),
        ("cycle_id", cycle_id),
        ("host_province_id", province_id),
        ("province_id", province_id),
        ("criteria_set_id", set),
        ("criterion_id", leaf),
        ("scorecard_id", card),
        ("score_id", line),
        ("award_type_id", diploma),
        ("pledge_id", pledge),
        ("nomination_id", nomination),
        ("recommendation_id", recommendation),
        ("contribution_id", contribution),
        ("host_province_id", province_id),
    ] {
        remember(values, name, id);
    }
    ranking
}

impl Estate {
    async fn build() -> Self {
        let year = Year::appraised().await;
        let (house, cycle_id, [head, member, third]) = (&year.house, year.cycle_id, year.provinces);
        let mut values = Values::new();
        let outsider = fixtures::province(house, "O1", "Tỉnh O1").await;
        let callers = [
            ("public", NOBODY),
            ("head", officer_of(head)),
            ("member", officer_of(member)),
            ("outsider", officer_of(outsider)),
            ("appraiser", year.appraiser),
            ("interested appraiser", fixtures::appraiser(house, cycle_id, Some(third)).await),
            ("unassigned appraiser", someone(Role::Appraiser, None)),
            ("council", secretary()),
        ];

        let (one, two) =
            (fixtures::province(house, "F1", "Tỉnh F1").await, fixtures::province(house, "F2", "Tỉnh F2").await);
        let cluster = fixtures::cluster(house, "Cụm khác").await;
        let members = [(one, Head, None), (two, Member, None)];
        let foreign = fixtures::cycle_of(house, cluster, CycleState::Draft, 2040, &members).await;
        let ranking_of_foreign = furnish(house, foreign, two, &mut values).await;
        let published = fixtures::cycle(house, CycleState::Published, 2020, &members).await;
        let ranking_of_published = furnish(house, published, two, &mut values).await;
        remember(&mut values, "event_id", fixtures::carry_over(house, foreign).await);
        remember(&mut values, "user_id", fixtures::appraiser(house, foreign, None).await.unwrap().id);
        remember(&mut values, "cluster_id", cluster);
        let campaign = house.get(NOBODY, "/campaigns?code=NTM-2025").await.text("/data/0/id").parse().unwrap();
        remember(&mut values, "campaign_id", campaign);
        fixtures::exemplar(house, two, campaign, 2040).await;
        fixtures::assignment(house, two, 2040).await;

        let card = scorecard::Entity::find_by_id(year.cards[&third]).find_with_related(score::Entity);
        let untouched = card.all(house.state.db.reader()).await.unwrap().remove(0);
        let issued = untouched.0.criteria_set_id;
        let (draft_set, leaf) = fixtures::draft_criteria(house, cycle_id).await;
        let ranks = [(third, Some(1)), (head, Some(2)), (member, Some(3))];
        let ranking = fixtures::ranking_by(house, cycle_id, issued, &ranks).await;
        let diploma = fixtures::award_type(house, "BKTTG").await;
        let nomination = fixtures::nomination(house, cycle_id, third, diploma).await;
        fixtures::ballot(house, cycle_id, nomination).await;
        fixtures::dossier_document(house, nomination).await;
        fixtures::nomination_comment(house, nomination).await;

        let pledge = fixtures::pledge_with_target(house, cycle_id, third, PledgeState::Draft).await;
        let line = untouched.1[0].id;
        fixtures::evidence(house, line).await;
        fixtures::extension(house, cycle_id, third).await;
        fixtures::exemplar(house, third, campaign, 2031).await;
        fixtures::assignment(house, third, 2031).await;
        fixtures::opinion(house, line, year.appraiser.unwrap().id, Some(third)).await;
        for (name, id) in [
            ("cycle_id", cycle_id),
            ("province_id", third),
            ("criteria_set_id", draft_set),
            ("criterion_id", leaf),
            ("criterion_id", untouched.1[0].criterion_id),
            ("scorecard_id", untouched.0.id),
            ("score_id", line),
            ("pledge_id", pledge),
            ("nomination_id", nomination),
        ] {
            remember(&mut values, name, id);
        }
        let rankings = [ranking, ranking_of_foreign, ranking_of_published];
        let callers = callers.into();
        let estate = Self { year, callers, values, published, foreign, stranger: two, draft_set, rankings, untouched };
        estate.change_the_neighbour().await;
        estate
    }

    /// The third member's sheet with other figures on every line, and in another state. Its growth now leads.
    async fn change_the_neighbour(&self) {
        let (mut card, mut lines) = self.untouched.clone();
        card.state = ScorecardState::Returned;
        card.return_reason = Some("Thiếu minh chứng".to_owned());
        card.version += 1;
        for row in &mut lines {
            row.attained = row.attained.map(|_| Decimal::whole(8));
            row.appraised_attained = row.appraised_attained.map(|_| Decimal::whole(12));
            (row.self_points, row.appraised_points) = (None, None);
            row.self_note = Some("Chỉ tiêu".to_owned());
            row.evidence_count = 1;
            row.version += 1;
        }
        self.write_the_neighbour(card, lines).await;
    }

    async fn write_the_neighbour(&self, card: scorecard::Model, lines: Vec<score::Model>) {
        db::write(&self.year.house.state.db, async |tx| {
            card.clone().into_active_model().reset_all().update(tx).await?;
            for row in lines.clone() {
                row.into_active_model().reset_all().update(tx).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }

    /// Takes the hidden things away.
    async fn without(&self, hidden: Hidden) {
        if matches!(hidden, Hidden::Sheet) {
            let (card, lines) = self.untouched.clone();
            self.write_the_neighbour(card, lines).await;
        }
        db::write(&self.year.house.state.db, async |tx| {
            match hidden {
                Hidden::Foreign => {
                    bare(tx, self.published).await?;
                    bare(tx, self.foreign).await?;
                    no_things_of(tx, self.stranger).await?;
                    no_contributions(tx, self.foreign).await?;
                    carry_over::Entity::delete_many()
                        .filter(carry_over::Column::CycleId.eq(self.foreign))
                        .exec(tx)
                        .await?;
                    let assigned_to_published = appraiser_assignment::Column::CycleId.eq(self.published);
                    appraiser_assignment::Entity::delete_many().filter(assigned_to_published).exec(tx).await?;
                    let assigned = appraiser_assignment::Column::CycleId.eq(self.foreign);
                    appraiser_assignment::Entity::delete_many().filter(assigned).exec(tx).await?;
                    cycle::Entity::delete_by_id(self.foreign).exec(tx).await?;
                }
                Hidden::Unfinished => {
                    no_rankings(tx, self.year.cycle_id).await?;
                    no_criteria(tx, criteria_set::Column::Id.eq(self.draft_set)).await?;
                }
                Hidden::Sheet => {
                    let line = evidence::Column::ScoreId.eq(self.untouched.1[0].id);
                    evidence::Entity::delete_many().filter(line).exec(tx).await?;
                    let line = opinion::Column::ScoreId.eq(self.untouched.1[0].id);
                    opinion::Entity::delete_many().filter(line).exec(tx).await?;
                }
                Hidden::Pledge => {
                    no_pledges(tx, self.year.cycle_id).await?;
                    no_extensions(tx, self.year.cycle_id).await?;
                    no_things_of(tx, self.year.provinces[2]).await?;
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    }

    /// What a caller is answered to each question: status, `ETag`, and every byte where there is something to see.
    async fn answers(&self, caller: &str, questions: &[String]) -> Answers {
        let mut answers = Answers::new();
        for question in questions {
            let reply = self.year.house.get(self.callers[caller], question).await;
            answers.insert(question.clone(), said(&reply));
        }
        answers
    }

    /// What is computed of a whole cycle: those who see all find the hidden things in each answer.
    fn figures(&self) -> Vec<String> {
        let cycles = [self.year.cycle_id, self.foreign, self.published];
        let of_cycle = |id: Uuid| {
            ["matrix", "matrix?detail=leaves", "statistics", "pledge"].map(|what| format!("/cycles/{id}/{what}"))
        };
        let charts = self.rankings.map(|id| format!("/rankings/{id}/chart.svg"));
        let targets = "/statistics/targets?group_by=year,province".to_owned();
        cycles.into_iter().flat_map(of_cycle).chain(charts).chain([targets]).collect()
    }

    /// Things that everybody may try to read, and that others' things might show in.
    fn items(&self) -> Vec<String> {
        let [_, member, third] = self.year.provinces;
        let (cycle_id, foreign, published) = (self.year.cycle_id, self.foreign, self.published);
        let (card, set) = (self.year.cards[&member], self.untouched.0.criteria_set_id);
        vec![
            format!("/cycles/{cycle_id}"),
            format!("/cycles/{cycle_id}/readiness"),
            format!("/provinces/{member}/statistics?through_mergers=true"),
            "/statistics/results?group_by=year,province".to_owned(),
            "/statistics/awards?group_by=year,province".to_owned(),
            "/statistics/campaigns?group_by=year,province".to_owned(),
            format!("/cycles/{cycle_id}/ranking"),
            format!("/cycles/{foreign}"),
            format!("/cycles/{foreign}/readiness"),
            format!("/cycles/{foreign}/peers"),
            format!("/cycles/{published}"),
            format!("/cycles/{published}/readiness"),
            format!("/cycles/{published}/peers"),
            format!("/cycles/{published}/ranking"),
            format!("/scorecards/{card}"),
            format!("/scorecards/{card}/breakdown"),
            format!("/scorecards/{}", self.untouched.0.id),
            format!("/criteria-sets/{set}/tree"),
            format!("/criteria-sets/{}/tree", self.draft_set),
            format!("/provinces/{third}"),
            format!("/provinces/{third}/assignment-summary?year=2031"),
        ]
    }
}

type Answers = BTreeMap<String, (u16, String, String)>;

/// A problem names its request, so of a refusal only the kind counts.
fn said(reply: &Reply) -> (u16, String, String) {
    if reply.status < 400 {
        (reply.status, reply.etag().to_owned(), String::from_utf8(reply.bytes.clone()).unwrap())
    } else {
        (reply.status, String::new(), reply.text("/type"))
    }
}

async fn no_pledges(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    let pledges = pledge::Entity::find().filter(pledge::Column::CycleId.eq(cycle_id));
    let ids = pledges.select_only().column(pledge::Column::Id).into_query();
    target::Entity::delete_many().filter(target::Column::PledgeId.in_subquery(ids)).exec(tx).await?;
    pledge::Entity::delete_many().filter(pledge::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    Ok(())
}

/// A province without what it keeps to itself beside its cycles.
async fn no_things_of(tx: &DatabaseTransaction, province_id: Uuid) -> Result<(), DbErr> {
    exemplar::Entity::delete_many().filter(exemplar::Column::ProvinceId.eq(province_id)).exec(tx).await?;
    assignment::Entity::delete_many().filter(assignment::Column::ProvinceId.eq(province_id)).exec(tx).await?;
    Ok(())
}

async fn no_extensions(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    let of_cycle = due_date_extension::Column::CycleId.eq(cycle_id);
    due_date_extension::Entity::delete_many().filter(of_cycle).exec(tx).await?;
    Ok(())
}

async fn no_recommendations(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    let of_cycle = recommendation::Column::CycleId.eq(cycle_id);
    let ids = recommendation::Entity::find().filter(of_cycle.clone());
    let ids = ids.select_only().column(recommendation::Column::Id).into_query();
    document::Entity::delete_many().filter(document::Column::RecommendationId.in_subquery(ids)).exec(tx).await?;
    recommendation::Entity::delete_many().filter(of_cycle).exec(tx).await?;
    Ok(())
}

async fn no_contributions(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    let of_cycle = contribution::Column::CycleId.eq(cycle_id);
    let ids = contribution::Entity::find().filter(of_cycle.clone());
    let ids = ids.select_only().column(contribution::Column::Id).into_query();
    document::Entity::delete_many().filter(document::Column::ContributionId.in_subquery(ids.clone())).exec(tx).await?;
    contribution_share::Entity::delete_many()
        .filter(contribution_share::Column::ContributionId.in_subquery(ids))
        .exec(tx)
        .await?;
    contribution::Entity::delete_many().filter(of_cycle).exec(tx).await?;
    Ok(())
}

async fn no_rankings(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    ballot::Entity::delete_many().filter(ballot::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    let nominations = nomination::Entity::find().filter(nomination::Column::CycleId.eq(cycle_id));
    let nominations = nominations.select_only().column(nomination::Column::Id).into_query();
    let documents = dossier_document::Column::NominationId.in_subquery(nominations.clone());
    dossier_document::Entity::delete_many().filter(documents).exec(tx).await?;
    let comments = nomination_comment::Column::NominationId.in_subquery(nominations);
    nomination_comment::Entity::delete_many().filter(comments).exec(tx).await?;
    nomination::Entity::delete_many().filter(nomination::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    let rankings = ranking::Entity::find().filter(ranking::Column::CycleId.eq(cycle_id));
    let ids = rankings.select_only().column(ranking::Column::Id).into_query();
    ranking_entry::Entity::delete_many()
        .filter(ranking_entry::Column::RankingId.in_subquery(ids.clone()))
        .exec(tx)
        .await?;
    ranking_proof::Entity::delete_many().filter(ranking_proof::Column::RankingId.in_subquery(ids)).exec(tx).await?;
    ranking::Entity::delete_many().filter(ranking::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    Ok(())
}

async fn no_criteria(
    tx: &DatabaseTransaction,
    which: impl sea_orm::sea_query::IntoCondition + Clone,
) -> Result<(), DbErr> {
    let sets = criteria_set::Entity::find().filter(which.clone());
    let ids = sets.select_only().column(criteria_set::Column::Id).into_query();
    criterion::Entity::delete_many().filter(criterion::Column::CriteriaSetId.in_subquery(ids)).exec(tx).await?;
    criteria_set::Entity::delete_many().filter(which).exec(tx).await?;
    Ok(())
}

async fn no_conferences(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    let conferences = conference::Entity::find().filter(conference::Column::CycleId.eq(cycle_id));
    let ids = conferences.select_only().column(conference::Column::Id).into_query();
    document::Entity::delete_many().filter(document::Column::ConferenceId.in_subquery(ids.clone())).exec(tx).await?;
    speech::Entity::delete_many().filter(speech::Column::ConferenceId.in_subquery(ids.clone())).exec(tx).await?;
    resolution::Entity::delete_many().filter(resolution::Column::ConferenceId.in_subquery(ids)).exec(tx).await?;
    conference::Entity::delete_many().filter(conference::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    Ok(())
}

/// A cycle without anything that hangs on it.
async fn bare(tx: &DatabaseTransaction, cycle_id: Uuid) -> Result<(), DbErr> {
    no_conferences(tx, cycle_id).await?;
    no_rankings(tx, cycle_id).await?;
    no_pledges(tx, cycle_id).await?;
    no_recommendations(tx, cycle_id).await?;
    recusal::Entity::delete_many().filter(recusal::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    no_extensions(tx, cycle_id).await?;
    let cards = scorecard::Entity::find().filter(scorecard::Column::CycleId.eq(cycle_id));
    let cards = cards.select_only().column(scorecard::Column::Id).into_query();
    let lines = score::Entity::find().filter(score::Column::ScorecardId.in_subquery(cards.clone()));
    let lines = lines.select_only().column(score::Column::Id).into_query();
    evidence::Entity::delete_many().filter(evidence::Column::ScoreId.in_subquery(lines)).exec(tx).await?;
    score::Entity::delete_many().filter(score::Column::ScorecardId.in_subquery(cards)).exec(tx).await?;
    scorecard::Entity::delete_many().filter(scorecard::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    no_criteria(tx, criteria_set::Column::CycleId.eq(cycle_id)).await
}

/// Every list of the contract, asked in every way it documents: counted, by each order, with each relation, under each
/// filter with values that what is hidden matches.
fn questions(values: &Values) -> Vec<String> {
    let mut questions = vec![];
    for (path, method, operation) in contract::operations() {
        let parameters: Vec<&'static Value> = operation["parameters"].as_array().into_iter().flatten().collect();
        let pages = parameters.iter().any(|parameter| parameter["name"] == "limit");
        if method != "GET" || path.contains('{') || !pages {
            continue;
        }
        let path = path.strip_prefix("/api/v1").unwrap();
        questions.push(path.to_owned());
        questions.push(format!("{path}?total=true"));
        questions.push(format!("{path}?limit=1&total=true"));
        for parameter in parameters.into_iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let asked = asked(name, &parameter["schema"], values);
            questions.extend(asked.iter().map(|value| format!("{path}?total=true&{name}={value}")));
        }
    }
    questions
}

fn asked(name: &str, schema: &'static Value, values: &Values) -> Vec<String> {
    let of = |some: &[&str]| some.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let one = contract::resolve(if schema["type"] == "array" { &schema["items"] } else { schema });
    if let Some(words) = one["enum"].as_array() {
        return words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    }
    if let Some(pattern) = one["pattern"].as_str().filter(|_| ["sort", "expand"].contains(&name)) {
        let words = pattern.trim_matches(['^', '$']).split("(,").next().unwrap();
        let words = words.trim_start_matches("-?").trim_matches(['(', ')']).split('|');
        return words
            .flat_map(|word| if name == "sort" { of(&[word, &format!("-{word}")]) } else { of(&[word]) })
            .collect();
    }
    match (name, one["type"].as_str().unwrap(), one["format"].as_str()) {
        ("cursor" | "fields" | "limit" | "total", ..) => vec![],
        (_, "boolean", _) => of(&["true", "false"]),
        (_, _, Some("date")) => of(&["2024-01-01"]),
        (_, _, Some("date-time")) => of(&["2024-01-01T00:00:00Z"]),
        ("year", ..) => of(&["2020", "2031", "2040"]),
        ("year_from" | "year_to", ..) => of(&["2020", "2031"]),
        // “chỉ tiêu”, and what it is without its marks.
        ("q", ..) => of(&["ch%E1%BB%89%20ti%C3%AAu", "chi", "T%E1%BB%89nh", "F1"]),
        ("expand", ..) => of(&["province", "cycle"]),
        ("code", ..) => of(&["I", "F1"]),
        // Lists in which nothing is hidden from those who see them.
        (
            "needed_award_type_id"
            | "action"
            | "actor_id"
            | "parent_id"
            | "participation_id"
            | "stage_id"
            | "campaign_report_id"
            | "request_id"
            | "resource_id"
            | "resource_type",
            ..,
        ) => {
            vec![]
        }
        _ => values.get(name).unwrap_or_else(|| panic!("decide what to ask for {name}")).iter().cloned().collect(),
    }
}

/// The list a question asks, and the parameter it is about.
fn subject(question: &str) -> (&str, &str) {
    let question = question.trim_start_matches('/');
    let (list, query) = question.split_once('?').unwrap_or((question, ""));
    let last = query.rsplit('&').next().unwrap_or_default();
    (list, last.split('=').next().unwrap_or_default())
}

#[actix_web::test]
async fn what_is_hidden_changes_no_answer() {
    let estate = Estate::build().await;
    let mut asked = questions(&estate.values);
    let totals: Vec<String> = asked.iter().filter(|question| question.ends_with("?total=true")).cloned().collect();
    let mut with = BTreeMap::new();
    let lists = asked.clone();
    asked.extend(estate.figures());
    let all = estate.answers("council", &asked).await;
    asked.extend(estate.items());
    for (_, callers) in Hidden::ALL {
        for caller in callers {
            with.insert(*caller, estate.answers(caller, &asked).await);
        }
    }
    let mut before = estate.answers("council", &totals).await;
    for (hidden, callers) in Hidden::ALL {
        estate.without(hidden).await;
        for caller in callers {
            for (question, answer) in estate.answers(caller, &asked).await {
                let other = &with[caller][&question];
                assert!(*other == answer, "{hidden:?} shows: {caller}, {question}:\n{other:#?}\n{answer:#?}");
            }
        }
        let after = estate.answers("council", &totals).await;
        let found = totals.iter().filter(|question| before[*question] != after[*question]);
        assert_eq!(found.map(|question| subject(question).0).collect::<BTreeSet<_>>(), hidden.lists(), "{hidden:?}");
        before = after;
    }
    // The questions were such that somebody who sees all finds the hidden things with every one of these parameters.
    let none = estate.answers("council", &lists).await;
    let figures = estate.figures();
    for (question, answer) in estate.answers("council", &figures).await {
        assert!(all[&question] != answer, "nothing was hidden in {question}");
    }
    let own = estate.figures().into_iter().take(3);
    for (question, caller) in
        own.flat_map(|question| ["member", "interested appraiser"].map(|who| (question.clone(), who)))
    {
        assert_eq!(with[caller][&question].0, 200, "{caller}, {question}");
    }
    let found: BTreeSet<_> = lists.iter().filter(|one| all[*one] != none[*one]).map(|one| subject(one)).collect();
    let hidden: BTreeSet<&str> = Hidden::ALL.iter().flat_map(|(hidden, _)| hidden.lists()).collect();
    let expected: BTreeSet<_> =
        lists.iter().map(|one| subject(one)).filter(|(list, _)| hidden.contains(list)).collect();
    assert_eq!(expected.difference(&found).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

#[actix_web::test]
async fn what_a_cycle_still_needs_is_told_to_those_who_see_all_sheets() {
    let estate = Estate::build().await;
    let path = format!("/cycles/{}/readiness", estate.year.cycle_id);
    let who = |caller: &str| estate.callers[caller];
    #[rustfmt::skip]
    let callers = [
        // who                              before and after publication
        (who("council"),                    200, 200),
        (administrator(),                   200, 200),
        (auditor(),                         200, 200),
        (who("head"),                       200, 200),
        (who("member"),                     403, 200),
        (who("appraiser"),                  403, 403),
        (who("outsider"),                   404, 403),
        (NOBODY,                            401, 401),
    ];
    for (caller, before, after) in callers {
        for (state, status) in [(CycleState::Appraisal, before), (CycleState::Published, after)] {
            move_cycle(&estate.year.house, estate.year.cycle_id, state).await;
            assert_eq!(estate.year.house.get(caller, &path).await.status, status, "{caller:?}, {state:?}");
        }
    }
    move_cycle(&estate.year.house, estate.year.cycle_id, CycleState::Published).await;
    let told = estate.year.house.get(who("member"), &path).await.expect(200);
    let codes: Vec<_> = told.body["blockers"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert!(codes.contains(&&json!("nomination_open")), "{codes:?}");
}
