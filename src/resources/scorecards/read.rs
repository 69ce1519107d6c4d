//! How scorecards are read: six statements for one with all its lines, one more where several appraisers say apart what
//! they think.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    criteria_set, criterion, cycle, opinion, score, scorecard,
    vocab::{ScorecardState, Stage},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{
    dto::{CriterionBrief, Score, Scorecard, ScorecardExpand, ScorecardFilter, ScorecardSort},
    panel, steps,
};
use crate::{
    domain::{
        criteria::{Form, Leaf},
        deadline::Due,
        policy::{Action, Tie},
        refusal::Refusal,
        scorecard::{self as rules, Event},
        scoring::{AppraisalMode, Line, ScoringRules},
    },
    http::{self, AllowedAction, Ctx, Page, PageQuery, brief, sight},
    problem::Problem,
    results::{self, Deadlines},
};

/// A scorecard with its lines, the form it is written on, and the caller's tie to it.
pub(super) struct Sheet {
    pub(super) card: scorecard::Model,
    pub(super) scores: Vec<score::Model>,
    pub(super) cycle: cycle::Model,
    pub(super) tie: Tie,
    pub(super) form: Form,
    pub(super) rules: ScoringRules,
    pub(super) deadlines: Deadlines,
    /// What each of several appraisers says, where that is kept apart.
    pub(super) opinions: Vec<opinion::Model>,
}

impl Sheet {
    /// A scorecard the caller may read.
    pub(super) async fn load(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<Self, Problem> {
        let found = scorecard::Entity::find_by_id(id).find_with_related(score::Entity).all(db).await?;
        let (card, mut scores) = found.into_iter().next().ok_or_else(Problem::not_found)?;
        let (cycle, tie) = sight::tie(ctx, db, card.cycle_id).await?;
        let tie = sight::tie_to_sheet(ctx, db, tie, &card).await?;
        ctx.may(Action::ReadScorecard(tie))?;
        let set = criteria_set::Entity::find_by_id(card.criteria_set_id).one(db).await?;
        let rules = results::scoring_rules(&set.ok_or_else(Problem::not_found)?)?;
        let opinions =
            if rules.keep_opinions() { panel::of_sheet(db, scores.iter().map(|row| row.id)).await? } else { vec![] };
        let of_set = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(card.criteria_set_id));
        let form = results::form(of_set.all(db).await?)?;
        let places: HashMap<Uuid, usize> = (0..).zip(form.leaves()).map(|(place, leaf)| (leaf.id, place)).collect();
        scores.sort_by_key(|row| places.get(&row.criterion_id).copied());
        let deadlines = Deadlines::load(db, [card.cycle_id]).await?;
        Ok(Self { card, scores, cycle, tie, form, rules, deadlines, opinions })
    }

    /// Where a step leads from here.
    pub(super) fn next(&self, event: Event) -> Result<ScorecardState, Refusal> {
        let answered = self.scores.iter().any(|row| row.answer.is_some());
        rules::next(self.card.state, event, self.cycle.state, answered)
    }

    pub(super) fn due(&self) -> Option<Due> {
        self.deadlines.due(self.card.cycle_id, Stage::SelfScoring, self.card.province_id)
    }

    /// By how many seconds the sheet came first after its due date.
    fn late_by(&self) -> Option<i64> {
        Due::late_by(self.due(), self.card.first_submitted_at?)
    }

    /// When the sheet came first, and when that was due.
    pub(super) fn came(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.card.first_submitted_at.zip(self.due().map(|due| due.at.to_utc()))
    }

    /// How those who score a line come to one score.
    pub(super) fn mode_of(&self, leaf: &Leaf) -> AppraisalMode {
        let section = self.form.sections().iter().find(|section| section.id == leaf.section_id);
        section.map(|section| self.rules.mode_in(&section.code)).unwrap_or_default()
    }

    /// The lines as the rules see them.
    pub(super) fn lines(&self) -> Vec<Line> {
        let heard = |row: &score::Model| {
            let mode = self.form.leaf(row.criterion_id).map(|leaf| self.mode_of(leaf));
            let on_line = || self.opinions.iter().filter(|one| one.score_id == row.id);
            if mode != Some(AppraisalMode::Mean) {
                return (vec![], 0);
            }
            (on_line().filter_map(|one| one.points).collect(), on_line().filter(|one| one.abstained).count())
        };
        let line = |row: &score::Model| {
            let (opinions, abstentions) = heard(row);
            Line { opinions, abstentions, ..results::line(row) }
        };
        self.scores.iter().map(line).collect()
    }

    pub(super) fn represent(self, ctx: &Ctx) -> Scorecard {
        let verdicts = steps::verdicts(ctx, &self);
        let late_by_seconds = self.late_by();
        let form = self.form;
        let brief = |row: &score::Model| {
            let leaf = form.leaf(row.criterion_id);
            CriterionBrief {
                code: leaf.map(|leaf| leaf.code.clone()).unwrap_or_default(),
                name: leaf.map(|leaf| leaf.name.clone()).unwrap_or_default(),
                max_points: leaf.map(|leaf| leaf.max_points),
                method: leaf.map(|leaf| leaf.rule.method()),
                evidence_required: leaf.is_some_and(|leaf| leaf.evidence_required),
            }
        };
        let scores = self.scores.into_iter().map(|row| {
            let criterion = brief(&row);
            Score::new(row, criterion)
        });
        Scorecard {
            late_by_seconds,
            scores: Some(scores.collect()),
            allowed_actions: Some(AllowedAction::all(&verdicts, ctx.language)),
            ..Scorecard::from(self.card)
        }
    }
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Scorecard, Problem> {
    Ok(Sheet::load(ctx, ctx.db.reader(), id).await?.represent(ctx))
}

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ScorecardFilter) -> Result<Page<Scorecard>, Problem> {
    let mut select = scorecard::Entity::find().filter(sight::visible_scorecards(ctx.who));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(scorecard::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        select = select.filter(scorecard::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    let mut cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
    if let Some(clusters) = &filter.cluster_id {
        cycles = cycles.filter(cycle::Column::ClusterId.is_in(clusters.0.iter().copied()));
    }
    if let Some(years) = &filter.year {
        cycles = cycles.filter(cycle::Column::Year.is_in(years.0.iter().copied()));
    }
    if filter.cluster_id.is_some() || filter.year.is_some() {
        select = select.filter(scorecard::Column::CycleId.in_subquery(cycles.into_query()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(scorecard::Column::State.is_in(states.0.iter().copied()));
    }
    let db = ctx.db.reader();
    let page = http::page::<ScorecardSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut page = page.map(Scorecard::from);
    let expand = filter.expand.as_ref().map(|expand| expand.0.as_slice()).unwrap_or_default();
    if expand.contains(&ScorecardExpand::Province) {
        let found = brief::provinces(db, page.data.iter().map(|one| one.province_id)).await?;
        page.data.iter_mut().for_each(|one| one.province = found.get(&one.province_id).cloned());
    }
    if expand.contains(&ScorecardExpand::Cycle) {
        let found = brief::cycles(db, page.data.iter().map(|one| one.cycle_id)).await?;
        page.data.iter_mut().for_each(|one| one.cycle = found.get(&one.cycle_id).cloned());
    }
    Ok(page)
}
