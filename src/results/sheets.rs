//! The sheets of a cycle as the rules see them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ballot, criteria_set, criterion, membership, province, score, scorecard,
    vocab::{BallotKind, BallotOutcome, Stage},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, StreamTrait};
use uuid::Uuid;

use super::{
    Deadlines,
    figures::{self, Figures},
};
use crate::{
    domain::{
        ballot::Tally,
        criteria::{Form, Node, Rule, Tree},
        ranking::{RankingRules, TieVotes},
        result::{Inputs, Province},
        scoring::{Line, ScoringRules, Stages},
    },
    problem::Problem,
};

/// All scorecards of a cycle with their lines, and what they are held against.
pub struct Sheets {
    pub frame: Frame,
    pub cards: Vec<(scorecard::Model, Vec<score::Model>)>,
}

/// What the sheets of a cycle are held against: the criteria they are written by, the members, the dates.
pub struct Frame {
    set: criteria_set::Model,
    nodes: Vec<Node>,
    pub form: Form,
    members: Vec<(membership::Model, Option<province::Model>)>,
    deadlines: Deadlines,
    /// Ballots that were carried between provinces that shared a rank.
    ballots: Vec<TieVotes>,
}

/// The criteria of an issued set as a form.
pub fn form(rows: Vec<criterion::Model>) -> Result<Form, Problem> {
    let nodes = rows.into_iter().map(node).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Form::of(&Tree::build(nodes, |index| format!("/{index}"))?)?)
}

/// A stored criterion as the rules see it.
pub fn node(row: criterion::Model) -> Result<Node, Problem> {
    let rule = match row.method {
        Some(method) => Some(Rule::from_parts(method, row.parameters.as_ref(), "")?),
        None => None,
    };
    Ok(Node {
        id: row.id,
        parent: row.parent_id,
        position: row.position,
        code: row.code,
        name: row.name,
        max_points: row.max_points,
        rule,
        evidence_required: row.evidence_required,
    })
}

impl Sheets {
    /// Seven statements, one more where a ballot may decide ties, however many provinces and lines there are.
    pub async fn load(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Self, Problem> {
        let cards = cards(db, cycle_id).await?;
        let mut lines: HashMap<Uuid, Vec<score::Model>> = HashMap::with_capacity(cards.len());
        let of_cards = score::Entity::find().filter(score::Column::ScorecardId.is_in(cards.iter().map(|card| card.id)));
        for line in of_cards.order_by_asc(score::Column::Id).all(db).await? {
            lines.entry(line.scorecard_id).or_default().push(line);
        }
        let frame = Frame::load(db, cycle_id, &cards).await?;
        let with_lines = |card: scorecard::Model| {
            let lines = lines.remove(&card.id).unwrap_or_default();
            (card, lines)
        };
        Ok(Self { frame, cards: cards.into_iter().map(with_lines).collect() })
    }

    /// All that the result of the cycle depends on, and the texts that tell why.
    pub fn inputs(&self) -> Result<Inputs, Problem> {
        let sheet =
            |(card, lines): &(scorecard::Model, Vec<score::Model>)| (came(card), lines.iter().map(settled).collect());
        self.frame.inputs(self.cards.iter().map(sheet))
    }

    /// All that the result of a cycle depends on, without a word of the texts: for questions whose answer is not kept.
    pub async fn figures(db: &(impl ConnectionTrait + StreamTrait), cycle_id: Uuid) -> Result<Inputs, Problem> {
        let cards = cards(db, cycle_id).await?;
        let mut lines = figures::lines(db, cards.iter().map(|card| card.id)).await?;
        let frame = Frame::load(db, cycle_id, &cards).await?;
        let sheet = |card: &scorecard::Model| {
            let lines = lines.remove(&card.id).unwrap_or_default();
            (came(card), lines.into_iter().map(Figures::settled).collect())
        };
        frame.inputs(cards.iter().map(sheet))
    }
}

async fn cards(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Vec<scorecard::Model>, Problem> {
    let cards = scorecard::Entity::find().filter(scorecard::Column::CycleId.eq(cycle_id));
    Ok(cards.order_by_asc(scorecard::Column::Id).all(db).await?)
}

/// Whose sheet it is, and when it came.
struct Came {
    province_id: Uuid,
    submitted_at: Option<DateTime<Utc>>,
    first_submitted_at: Option<DateTime<Utc>>,
}

const fn came(card: &scorecard::Model) -> Came {
    let scorecard::Model { province_id, submitted_at, first_submitted_at, .. } = *card;
    Came { province_id, submitted_at, first_submitted_at }
}

impl Frame {
    async fn load(db: &impl ConnectionTrait, cycle_id: Uuid, cards: &[scorecard::Model]) -> Result<Self, Problem> {
        let set_id = cards.first().map(|card| card.criteria_set_id).ok_or_else(Problem::not_found)?;
        let set = criteria_set::Entity::find_by_id(set_id).one(db).await?.ok_or_else(Problem::not_found)?;
        let criteria = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(set_id)).all(db).await?;
        let members = membership::Entity::find()
            .filter(membership::Column::CycleId.eq(cycle_id))
            .find_also_related(province::Entity)
            .all(db)
            .await?;
        let nodes = criteria.into_iter().map(node).collect::<Result<Vec<_>, Problem>>()?;
        let form = Form::of(&Tree::build(nodes.clone(), |index| format!("/{index}"))?)?;
        let deadlines = Deadlines::load(db, [cycle_id]).await?;
        let ballots = if rules(&set)?.by_ballot() { tie_votes(db, cycle_id).await? } else { vec![] };
        Ok(Self { set, nodes, form, members, deadlines, ballots })
    }

    fn inputs(&self, sheets: impl Iterator<Item = (Came, Vec<Line>)>) -> Result<Inputs, Problem> {
        let mut sheets: HashMap<Uuid, _> = sheets.map(|(came, lines)| (came.province_id, (came, lines))).collect();
        let province = |(member, province): &(membership::Model, Option<province::Model>)| {
            let (came, lines) = sheets.remove(&member.province_id).unzip();
            let due = self.deadlines.due(self.set.cycle_id, Stage::SelfScoring, member.province_id);
            Province {
                id: member.province_id,
                name: province.as_ref().map(|province| province.name.clone()).unwrap_or_default(),
                sort_key: province.as_ref().map(|province| province.name_key.clone()).unwrap_or_default(),
                excluded_reason: member.excluded_reason.clone(),
                submitted_at: came.as_ref().and_then(|came| came.submitted_at),
                came: came.and_then(|came| came.first_submitted_at).zip(due.map(|due| due.at.to_utc())),
                lines: lines.unwrap_or_default(),
            }
        };
        Ok(Inputs {
            cycle_id: self.set.cycle_id,
            criteria_set_id: self.set.id,
            criteria_number: self.set.number,
            total_points: self.set.total_points,
            rules: rules(&self.set)?,
            scoring: scoring_rules(&self.set)?,
            criteria: self.nodes.clone(),
            provinces: self.members.iter().map(province).collect(),
            ballots: self.ballots.clone(),
        })
    }
}

/// The votes of the ballots between provinces that shared a rank, the latest first.
async fn tie_votes(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Vec<TieVotes>, Problem> {
    let rows = ballot::Entity::find()
        .filter(ballot::Column::CycleId.eq(cycle_id))
        .filter(ballot::Column::Kind.eq(BallotKind::Tie))
        .filter(ballot::Column::Outcome.eq(BallotOutcome::Carried))
        .order_by_desc(ballot::Column::Id)
        .all(db)
        .await?;
    let votes = |row: ballot::Model| {
        let tally: Tally = serde_json::from_value(row.result.unwrap_or_default()).map_err(Problem::internal)?;
        Ok(tally.candidates.into_iter().map(|one| (one.province_id, one.votes)).collect())
    };
    rows.into_iter().map(votes).collect()
}

/// How the criteria turn totals into ranks and classes.
pub fn rules(set: &criteria_set::Model) -> Result<RankingRules, Problem> {
    serde_json::from_value(set.ranking_rules.clone()).map_err(Problem::internal)
}

/// How the criteria have lines scored.
pub fn scoring_rules(set: &criteria_set::Model) -> Result<ScoringRules, Problem> {
    serde_json::from_value(set.scoring_rules.clone()).map_err(Problem::internal)
}

/// A stored line without its final points, unless they were corrected.
fn settled(row: &score::Model) -> Line {
    let mut line = line(row);
    line.points.finalized = row.final_points.filter(|_| row.final_reason.is_some());
    line
}

/// A stored line as the rules see it.
pub fn line(row: &score::Model) -> Line {
    Line {
        criterion_id: row.criterion_id,
        attained: row.attained,
        target: row.target,
        appraised_attained: row.appraised_attained,
        second_attained: row.second_attained,
        points: Stages {
            self_scored: row.self_points,
            appraised: row.appraised_points,
            second: row.second_points,
            finalized: row.final_points,
        },
        appraisal_reason: row.appraisal_reason.clone(),
        explanation: row.explanation.clone(),
        answer: row.answer.clone(),
        opinions: vec![],
        abstentions: 0,
        self_note: row.self_note.clone(),
        evidence_count: row.evidence_count,
    }
}
