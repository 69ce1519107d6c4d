//! What can be done with criteria sets. One function is one use case is one transaction.

use entity::{
    criteria_set, cycle,
    decimal::Decimal,
    vocab::{Certainty, CriteriaSetState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    dto::{CriteriaSet, CriteriaSetFilter, CriteriaSetPatch, CriteriaSetSort, NewCriteriaSet},
    rows::{arranged, copy, rows},
};
use crate::{
    db,
    domain::{
        actions::Verdict,
        criteria::{Event, Tree, check_issue, check_reason, editable, issuable_in, next},
        phrase::Phrase,
        policy::{self, Action, Tie},
        ranking::RankingRules,
        refusal::{Refusal, unless_blocked, unless_faulty},
        scoring::ScoringRules,
    },
    http::{self, AllowedAction, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
    results,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CriteriaSetFilter,
) -> Result<Page<criteria_set::Model>, Problem> {
    let mut select = criteria_set::Entity::find().filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(criteria_set::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(criteria_set::Column::State.is_in(states.0.iter().copied()));
    }
    http::page::<CriteriaSetSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// `ReadCriteria` as SQL: who sees the cycle sees what was issued; drafts show to the head and the council.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let issued = Condition::all()
        .add(criteria_set::Column::State.ne(CriteriaSetState::Draft))
        .add(sight::in_visible_cycles(ctx.who, criteria_set::Column::CycleId));
    match ctx.who.officer_of() {
        Some(province_id) => Condition::any()
            .add(issued)
            .add(criteria_set::Column::CycleId.in_subquery(sight::cycles_of_head(province_id))),
        None => issued,
    }
}

/// A set the caller may read, its cycle, and the caller's tie to it.
pub(super) async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(criteria_set::Model, cycle::Model, Tie), Problem> {
    let set = criteria_set::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = sight::tie(ctx, db, set.cycle_id).await?;
    let tie = tie.sharing(set.state != CriteriaSetState::Draft);
    ctx.may(Action::ReadCriteria(tie))?;
    Ok((set, cycle, tie))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<CriteriaSet, Problem> {
    let db = ctx.db.reader();
    let (set, cycle, tie) = require(ctx, db, id).await?;
    represent(ctx, db, set, &cycle, tie).await
}

async fn represent(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    set: criteria_set::Model,
    cycle: &cycle::Model,
    tie: Tie,
) -> Result<CriteriaSet, Problem> {
    let former = in_force(db, cycle.id).await?;
    let tree = arranged(&rows(db, set.id).await?)?;
    let issue = Verdict::on("issue").and(policy::check(ctx.who, Action::WriteCriteria(tie))).and(issued(
        &set,
        (&results::rules(&set)?, &results::scoring_rules(&set)?),
        cycle,
        &tree,
        former.as_ref(),
    ));
    let allowed_actions = Some(AllowedAction::all(&[issue], ctx.language));
    Ok(CriteriaSet { allowed_actions, ..CriteriaSet::from(set) })
}

/// Where issuing leads, or everything that forbids it: asked when it is announced and when it is done.
fn issued(
    set: &criteria_set::Model,
    (rules, scoring): (&RankingRules, &ScoringRules),
    cycle: &cycle::Model,
    tree: &Tree,
    former: Option<&criteria_set::Model>,
) -> Result<CriteriaSetState, Refusal> {
    let state = next(set.state, Event::Issue)?;
    issuable_in(cycle.state)?;
    let mut blockers = check_issue(set.id, set.total_points, tree);
    let sections: Vec<&str> = tree.sections().map(|section| section.node.code.as_str()).collect();
    blockers.extend(rules.blockers(&sections));
    blockers.extend(scoring.blockers(&sections));
    blockers.extend(check_reason(set.id, former.is_some(), set.reason.as_deref()));
    unless_blocked(blockers)?;
    Ok(state)
}

/// The version of a cycle that has been issued and not been replaced.
async fn in_force(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Option<criteria_set::Model>, Problem> {
    let issued = criteria_set::Entity::find()
        .filter(criteria_set::Column::CycleId.eq(cycle_id))
        .filter(criteria_set::Column::State.eq(CriteriaSetState::Issued));
    Ok(issued.one(db).await?)
}

pub(super) async fn create(ctx: &Ctx, new: &NewCriteriaSet) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::WriteCriteria(tie.sharing(true)))?;
        not_negative(new.total_points)?;
        let former = criteria_set::Entity::find().filter(criteria_set::Column::CycleId.eq(cycle.id)).all(tx).await?;
        if new.reason.is_none() && former.iter().any(|set| set.state != CriteriaSetState::Draft) {
            let message =
                Phrase::new("say why it replaces the issued version", "hãy nêu lý do thay bảng tiêu chí đã ban hành");
            return Err(Problem::fault("/reason", "required", message));
        }
        let source = match new.clone_from_id {
            Some(id) => Some(require(ctx, tx, id).await.map_err(|problem| problem.of_reference("/clone_from_id"))?.0),
            None => None,
        };
        let ranking_rules = match (&new.ranking_rules, &source) {
            (Some(rules), _) => checked(rules)?,
            (None, Some(source)) => source.ranking_rules.clone(),
            (None, None) => json!(RankingRules::default()),
        };
        let scoring_rules = match (&new.scoring_rules, source) {
            (Some(rules), _) => checked_scoring(rules)?,
            (None, Some(source)) => source.scoring_rules,
            (None, None) => json!(ScoringRules::default()),
        };
        let row = criteria_set::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            number: Set(former.iter().map(|set| set.number).max().unwrap_or(0) + 1),
            title: Set(new.title.clone()),
            state: Set(CriteriaSetState::Draft),
            total_points: Set(new.total_points),
            ranking_rules: Set(ranking_rules),
            scoring_rules: Set(scoring_rules),
            reason: Set(new.reason.clone()),
            cloned_from_id: Set(new.clone_from_id),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            issued_at: Set(None),
            issued_by: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = criteria_set::Entity::insert(row).exec_with_returning(tx).await?;
        let criteria = match new.clone_from_id {
            Some(source) => copy(tx, ctx, source, row.id).await?,
            None => vec![],
        };
        let change = Change::new("criteria_set.create", "criteria_set", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&json!({ "criteria_set": row, "criteria": criteria }))?).await?;
        represent(ctx, tx, row, &cycle, tie.sharing(false)).await
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CriteriaSetPatch,
) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(found.state)?;
        let mut row = found.clone();
        row.title = patch.title.clone().unwrap_or(row.title);
        row.total_points = patch.total_points.unwrap_or(row.total_points);
        row.reason = patch.reason.clone().over(row.reason);
        if let Some(rules) = &patch.ranking_rules {
            row.ranking_rules = checked(rules)?;
        }
        if let Some(rules) = &patch.scoring_rules {
            row.scoring_rules = checked_scoring(rules)?;
        }
        not_negative(row.total_points)?;
        let saved = save(tx, ctx, "criteria_set.update", &found, row).await?;
        represent(ctx, tx, saved, &cycle, tie).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, _, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        editable(found.state)?;
        let copies = criteria_set::Entity::find().filter(criteria_set::Column::ClonedFromId.eq(id)).count(tx).await?;
        if copies > 0 {
            return Err(Problem::conflict(Phrase::new(
                "another set was copied from this one and names it",
                "đã có bảng tiêu chí khác được sao chép từ bảng này",
            )));
        }
        let criteria = rows(tx, id).await?;
        criteria_set::Entity::delete_by_id(id).filter(criteria_set::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("criteria_set.delete", "criteria_set", id, found.version).in_cycle(found.cycle_id);
        journal::record(tx, ctx, change.before(&json!({ "criteria_set": found, "criteria": criteria }))?).await
    })
    .await
}

pub(super) async fn issue(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<CriteriaSet, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::WriteCriteria(tie))?;
        seen.allows(found.version)?;
        let former = in_force(tx, cycle.id).await?;
        let tree = arranged(&rows(tx, id).await?)?;
        let rules = (results::rules(&found)?, results::scoring_rules(&found)?);
        let state = issued(&found, (&rules.0, &rules.1), &cycle, &tree, former.as_ref())?;
        if let Some(former) = former {
            let mut row = former.clone();
            row.state = next(former.state, Event::Supersede)?;
            save(tx, ctx, "criteria_set.supersede", &former, row).await?;
        }
        let mut row = found.clone();
        row.state = state;
        row.issued_at = Some(ctx.now);
        row.issued_by = ctx.who.id();
        let saved = save(tx, ctx, "criteria_set.issue", &found, row).await?;
        represent(ctx, tx, saved, &cycle, tie.sharing(true)).await
    })
    .await
}

/// Scoring rules as they are stored.
fn checked_scoring(rules: &ScoringRules) -> Result<Value, Problem> {
    unless_faulty(rules.faults("/scoring_rules"))?;
    Ok(json!(rules))
}

/// Ranking rules as they are stored.
fn checked(rules: &RankingRules) -> Result<Value, Problem> {
    unless_faulty(rules.faults("/ranking_rules"))?;
    Ok(json!(rules))
}

fn not_negative(total_points: Decimal) -> Result<(), Problem> {
    if total_points.is_negative() {
        let message = Phrase::new("the total is never negative", "tổng điểm không được âm");
        return Err(Problem::fault("/total_points", "negative", message));
    }
    Ok(())
}

/// A change of a criterion is a change of its set: the set's version says so.
pub(super) async fn touch(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &criteria_set::Model,
) -> Result<criteria_set::Model, Problem> {
    let mut row = found.clone();
    row.version += 1;
    row.updated_at = ctx.now;
    let guarded = criteria_set::Entity::update(row.into_active_model().reset_all()).validate()?;
    Ok(guarded.filter(criteria_set::Column::Version.eq(found.version)).exec(tx).await?)
}

async fn save(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    action: &str,
    found: &criteria_set::Model,
    row: criteria_set::Model,
) -> Result<criteria_set::Model, Problem> {
    let saved = touch(tx, ctx, &row).await?;
    let change = Change::new(action, "criteria_set", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}
