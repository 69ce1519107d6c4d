//! An event is entered: provinces end, others begin, and who followed whom is kept.

use chrono::{Datelike, NaiveDate};
use entity::{membership, province as province_row, province_event, province_succession};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    carry_overs::{CycleChoice, Decided, Gathered, carry_out, gather},
    dto::{NewProvinceEvent, ProvinceEvent},
    service::with_provinces,
};
use crate::{
    db,
    domain::{
        carry_over::{Choice, Plan, Touched, misplaced, plan, undecided},
        phrase::Phrase,
        policy::Action,
        province::{self, Event, Successor, Unit, decide},
        refusal::{Blocker, Refusal, unless_blocked, unless_faulty},
        text,
    },
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// The version of what has just been made; an event keeps it.
pub(super) const FIRST: i32 = 1;

pub(super) async fn create(ctx: &Ctx, new: &NewProvinceEvent) -> Result<ProvinceEvent, Problem> {
    ctx.may(Action::ConfigureProvinces)?;
    let event = Event::from(new);
    db::write(&ctx.db, async |tx| {
        let register = province_row::Entity::find().all(tx).await?;
        let units: Vec<Unit> = register.iter().map(unit).collect();
        let change = decide(&event, &units)?;
        let ending: Vec<province_row::Model> =
            register.into_iter().filter(|row| change.ended.contains(&row.id)).collect();
        no_later_member(tx, &ending, change.valid_to).await?;
        let decisions = decisions(tx, new, &change).await?;
        unless_blocked(decisions.blockers.clone())?;

        let row = province_event::Model {
            id: Uuid::now_v7(),
            kind: new.kind,
            effective_on: new.effective_on,
            legal_act: new.legal_act.clone(),
            note: new.note.clone(),
            created_at: ctx.now,
        };
        let ended = end(ctx, tx, &ending, change.valid_to).await?;
        let born: Vec<province_row::Model> = change.born.iter().map(|it| begun(ctx, it, new.effective_on)).collect();
        let links = change
            .ended
            .iter()
            .flat_map(|&predecessor_id| born.iter().map(move |successor| (predecessor_id, successor.id)));
        let links: Vec<_> =
            links.map(|(predecessor_id, successor_id)| succession(row.id, predecessor_id, successor_id)).collect();
        province_event::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
        let all = born.iter().cloned().map(IntoActiveModel::into_active_model);
        province_row::Entity::insert_many(all).exec_without_returning(tx).await?;
        province_succession::Entity::insert_many(links).exec_without_returning(tx).await?;

        let mut changes = vec![Change::new("province_event.create", "province_event", row.id, FIRST).after(&row)?];
        for (before, after) in ending.iter().zip(&ended) {
            let change = Change::new("province.end", "province", after.id, after.version);
            changes.push(change.before(before)?.after(after)?);
        }
        for province in &born {
            changes.push(Change::new("province.create", "province", province.id, FIRST).after(province)?);
        }
        journal::record_all(tx, ctx, changes).await?;
        let successors = born.iter().map(|province| (province.code.clone(), province.id)).collect();
        for (choice, gathered, plan) in decisions.planned(&new.cycles) {
            let decided =
                Decided { event_id: row.id, reason: &choice.reason, heirs: &choice.heirs, successors: &successors };
            carry_out(tx, ctx, gathered, plan, &decided).await?;
        }
        with_provinces(tx, vec![row]).await?.pop().ok_or_else(Problem::not_found)
    })
    .await
}

/// What is decided for the cycles that the event touches.
pub(super) struct Decisions {
    pub(super) touched: Vec<Gathered>,
    /// One for each choice of the request, in its order; none where something stands in the way.
    plans: Vec<Option<Plan>>,
    pub(super) blockers: Vec<Blocker>,
}

impl Decisions {
    /// Each choice with its cycle and what is done with it.
    pub(super) fn planned<'a>(
        &'a self,
        choices: &'a [CycleChoice],
    ) -> impl Iterator<Item = (&'a CycleChoice, &'a Gathered, &'a Plan)> {
        choices.iter().zip(&self.plans).filter_map(|(choice, plan)| {
            let gathered = self.touched.iter().find(|one| one.touched.cycle_id == choice.cycle_id)?;
            Some((choice, gathered, plan.as_ref()?))
        })
    }
}

/// Looks which cycles the event touches and holds the choices of the request against them.
pub(super) async fn decisions(
    db: &impl ConnectionTrait,
    new: &NewProvinceEvent,
    change: &province::Change,
) -> Result<Decisions, Problem> {
    let gathered = gather(db, &change.ended, None).await?;
    let touched: Vec<Touched> = gathered.iter().map(|one| one.touched.clone()).collect();
    let choices: Vec<Choice> = new.cycles.iter().map(Choice::from).collect();
    let year = new.effective_on.year();
    unless_faulty(misplaced("/cycles", &choices, &touched, year))?;
    let successors: Vec<(String, String)> =
        change.born.iter().map(|successor| (successor.code.clone(), successor.name.clone())).collect();
    let mut blockers = undecided(&touched, &choices, year);
    let mut plans = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        let cycle = touched.iter().find(|cycle| cycle.cycle_id == choice.cycle_id);
        let cycle = cycle.ok_or_else(|| Problem::internal("a choice without a cycle passed the rule"))?;
        plans.push(match plan(&format!("/cycles/{index}"), choice, cycle, &successors) {
            Ok(plan) => Some(plan),
            Err(Refusal::Blocked(more)) => {
                blockers.extend(more);
                None
            }
            Err(other) => return Err(other.into()),
        });
    }
    Ok(Decisions { touched: gathered, plans, blockers })
}

pub(super) fn unit(row: &province_row::Model) -> Unit {
    Unit {
        id: row.id,
        code: row.code.clone(),
        name: row.name.clone(),
        kind: row.kind,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
    }
}

/// A cycle has only members that exist in its year.
pub(super) async fn no_later_member(
    tx: &impl ConnectionTrait,
    ending: &[province_row::Model],
    last_day: NaiveDate,
) -> Result<(), Problem> {
    let later = membership::Entity::find()
        .filter(membership::Column::ProvinceId.is_in(ending.iter().map(|row| row.id)))
        .filter(membership::Column::Year.gt(last_day.year()))
        .one(tx)
        .await?;
    let Some(later) = later else { return Ok(()) };
    let name = ending.iter().find(|row| row.id == later.province_id).map_or("", |row| row.name.as_str());
    let year = later.year;
    Err(Problem::conflict(Phrase::made(
        format!("{name} is a member of a cycle of {year}"),
        format!("{name} là thành viên của năm thi đua {year}"),
    )))
}

async fn end(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    ending: &[province_row::Model],
    last_day: NaiveDate,
) -> Result<Vec<province_row::Model>, Problem> {
    let mut ended = Vec::with_capacity(ending.len());
    for found in ending {
        let mut row = found.clone().into_active_model();
        row.valid_to = Set(Some(last_day));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = province_row::Entity::update(row).validate()?;
        ended.push(guarded.filter(province_row::Column::Version.eq(found.version)).exec(tx).await?);
    }
    Ok(ended)
}

fn begun(ctx: &Ctx, new: &Successor, day: NaiveDate) -> province_row::Model {
    province_row::Model {
        id: Uuid::now_v7(),
        code: new.code.clone(),
        name: new.name.clone(),
        name_en: new.name_en.clone(),
        kind: new.kind,
        valid_from: day,
        valid_to: None,
        name_key: text::sort_key(&new.name),
        search_text: text::search_text(&[&new.name, &new.name_en, &new.code]),
        version: FIRST,
        created_at: ctx.now,
        updated_at: ctx.now,
    }
}

fn succession(event_id: Uuid, predecessor_id: Uuid, successor_id: Uuid) -> province_succession::ActiveModel {
    province_succession::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event_id),
        predecessor_id: Set(predecessor_id),
        successor_id: Set(successor_id),
    }
}
