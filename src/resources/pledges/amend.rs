//! An amendment: what was promised, what is promised since, and why. All of it is recorded, or nothing happens.

use std::collections::{BTreeMap, BTreeSet};

use chrono::SubsecRound;
use entity::{pledge, pledge_amendment, target, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    amendment::{NewAmendment, Promise, TargetChange, TargetPromise},
    service::{complete, store, writable},
    view::View,
};
use crate::{
    db,
    domain::{
        phrase::Phrase,
        pledge::{Event, check_amendment, next},
        refusal::{Fault, unless_faulty},
        text,
    },
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
};

/// Far beyond every position a target can be given: where targets wait while they change places.
const ASIDE: i32 = 1_000_000;

pub(super) async fn amend(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &NewAmendment) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let state = next(found.pledge.state, Event::Amend, found.cycle.state)?;
        let present = target::Entity::find().filter(target::Column::PledgeId.eq(id)).all(tx).await?;
        let after = pledge::Model { state, ..reworded(&found.pledge, new) };
        complete(ctx, &after)?;
        let redone = Redone::plan(ctx, id, present, new)?;
        let promised = Promise::new(&found.pledge, redone.before.iter().map(TargetPromise::from).collect());
        let promises = Promise::new(&after, redone.after.iter().map(TargetPromise::from).collect());
        check_amendment(&new.reason, &promised, &promises)?;
        redone.store(ctx, tx, found.cycle.id).await?;
        record(ctx, tx, id, &new.reason, &promised, &promises).await?;
        store(ctx, tx, found, after, "pledge.amend").await
    })
    .await
}

/// The pledge with its new words.
fn reworded(pledge: &pledge::Model, new: &NewAmendment) -> pledge::Model {
    let pledge = pledge.clone();
    pledge::Model {
        text: new.text.clone().unwrap_or(pledge.text),
        signatory_name: new.signatory_name.clone().or(pledge.signatory_name),
        signatory_title: new.signatory_title.clone().or(pledge.signatory_title),
        signed_at: new.signed_at.map(|at| at.trunc_subsecs(6)).or(pledge.signed_at),
        signed_place: new.signed_place.clone().or(pledge.signed_place),
        ..pledge
    }
}

/// The targets that an amendment touches, as they were and as they will be.
struct Redone {
    before: Vec<target::Model>,
    after: Vec<target::Model>,
}

impl Redone {
    fn plan(ctx: &Ctx, pledge_id: Uuid, present: Vec<target::Model>, new: &NewAmendment) -> Result<Self, Problem> {
        let mut faults = misnamed(&present, new);
        let mut kept: BTreeMap<Uuid, target::Model> = present.into_iter().map(|target| (target.id, target)).collect();
        let mut before: Vec<_> = new.remove_target_ids.iter().filter_map(|id| kept.remove(id)).collect();
        let mut after = vec![];
        for (index, change) in new.targets.iter().enumerate() {
            let Some(target) = change.id.and_then(|id| kept.remove(&id)) else { continue };
            let redone = changed(target.clone(), change);
            if redone == target {
                kept.insert(target.id, target);
            } else {
                before.push(target);
                after.push((index, target::Model { version: redone.version + 1, updated_at: ctx.now, ..redone }));
            }
        }
        let mut taken: BTreeSet<i32> = kept.values().map(|target| target.position).collect();
        let twice = after.iter().filter(|(_, target)| !taken.insert(target.position)).map(|(index, _)| *index);
        faults.extend(twice.map(position_taken));
        for (index, change) in new.targets.iter().enumerate().filter(|(_, change)| change.id.is_none()) {
            let position = change.position.unwrap_or_else(|| taken.last().map_or(1, |last| last + 1));
            if !taken.insert(position) {
                faults.push(position_taken(index));
            }
            match added(ctx, pledge_id, position, change) {
                Some(target) => after.push((index, target)),
                None => faults.extend(missing(index, change)),
            }
        }
        unless_faulty(faults)?;
        let mut after: Vec<_> = after.into_iter().map(|(_, target)| target).collect();
        before.sort_by_key(|target| target.position);
        after.sort_by_key(|target| target.position);
        Ok(Self { before, after })
    }

    /// Takes out, sets aside, puts in: no two targets ever stand in the same place.
    async fn store(&self, ctx: &Ctx, tx: &impl ConnectionTrait, cycle_id: Uuid) -> Result<(), Problem> {
        let kept: BTreeSet<Uuid> = self.after.iter().map(|target| target.id).collect();
        let (changed, removed): (Vec<_>, Vec<_>) = self.before.iter().partition(|target| kept.contains(&target.id));
        let of = |targets: &[&target::Model]| target::Column::Id.is_in(targets.iter().map(|target| target.id));
        if !removed.is_empty() {
            target::Entity::delete_many().filter(of(&removed)).exec(tx).await?;
        }
        if !changed.is_empty() {
            let aside = Expr::col(target::Column::Position).add(ASIDE);
            let aside = target::Entity::update_many().col_expr(target::Column::Position, aside);
            aside.filter(of(&changed)).exec(tx).await?;
        }
        let mut changes = vec![];
        for target in removed {
            changes.push(Change::new("target.delete", "target", target.id, target.version).before(target)?);
        }
        for after in &self.after {
            let change = if let Some(before) = changed.iter().find(|before| before.id == after.id) {
                let row = after.clone().into_active_model().reset_all();
                target::Entity::update(row)
                    .validate()?
                    .filter(target::Column::Version.eq(before.version))
                    .exec(tx)
                    .await?;
                Change::new("target.update", "target", after.id, after.version).before(before)?
            } else {
                target::Entity::insert(after.clone().into_active_model().reset_all())
                    .exec_without_returning(tx)
                    .await?;
                Change::new("target.create", "target", after.id, after.version)
            };
            changes.push(change.after(after)?);
        }
        let changes = changes.into_iter().map(|change| change.in_cycle(cycle_id)).collect();
        journal::record_all(tx, ctx, changes).await
    }
}

fn changed(target: target::Model, change: &TargetChange) -> target::Model {
    let TargetChange { id: _, position, name, unit, direction, baseline, target: figure, certainty } = change;
    let name = name.clone().unwrap_or_else(|| target.name.clone());
    target::Model {
        position: position.unwrap_or(target.position),
        name_key: text::sort_key(&name),
        search_text: text::search_text(&[&name]),
        name,
        unit: unit.clone().unwrap_or(target.unit),
        direction: direction.unwrap_or(target.direction),
        baseline: baseline.over(target.baseline),
        target_value: figure.unwrap_or(target.target_value),
        certainty: certainty.unwrap_or(target.certainty),
        ..target
    }
}

/// A new target; `None` where something it needs was not given.
fn added(ctx: &Ctx, pledge_id: Uuid, position: i32, change: &TargetChange) -> Option<target::Model> {
    let name = change.name.clone()?;
    Some(target::Model {
        id: Uuid::now_v7(),
        pledge_id,
        position,
        name_key: text::sort_key(&name),
        search_text: text::search_text(&[&name]),
        name,
        unit: change.unit.clone()?,
        direction: change.direction?,
        baseline: change.baseline.over(None),
        target_value: change.target?,
        actual: None,
        source: None,
        certainty: change.certainty.unwrap_or(Certainty::Verified),
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    })
}

/// Ids that name no target of the pledge, or one that is named already.
fn misnamed(present: &[target::Model], new: &NewAmendment) -> Vec<Fault> {
    let known: BTreeSet<Uuid> = present.iter().map(|target| target.id).collect();
    let changed = new.targets.iter().enumerate();
    let changed = changed.filter_map(|(index, change)| Some((format!("/targets/{index}/id"), change.id?)));
    let removed = new.remove_target_ids.iter().enumerate();
    let removed = removed.map(|(index, id)| (format!("/remove_target_ids/{index}"), *id));
    let mut named = BTreeSet::new();
    let mut faults = vec![];
    for (pointer, id) in changed.chain(removed) {
        if !known.contains(&id) {
            let message =
                Phrase::new("the pledge has no target with this id", "giao ước thi đua không có chỉ tiêu mang mã này");
            faults.push(Fault::new(pointer, "unknown_reference", message));
        } else if !named.insert(id) {
            let message = Phrase::new("the target is named twice", "chỉ tiêu bị nêu hai lần");
            faults.push(Fault::new(pointer, "duplicate", message));
        }
    }
    faults
}

fn missing(index: usize, change: &TargetChange) -> impl Iterator<Item = Fault> {
    let members = [
        ("name", change.name.is_none()),
        ("unit", change.unit.is_none()),
        ("direction", change.direction.is_none()),
        ("target", change.target.is_none()),
    ];
    members.into_iter().filter(|(_, missing)| *missing).map(move |(name, _)| {
        let message = Phrase::new("a new target needs it", "chỉ tiêu mới phải có trường này");
        Fault::new(format!("/targets/{index}/{name}"), "required", message)
    })
}

fn position_taken(index: usize) -> Fault {
    let message = Phrase::new("another target stands there", "vị trí này đã có chỉ tiêu khác");
    Fault::new(format!("/targets/{index}/position"), "taken", message)
}

/// Writes the amendment itself, under the next number.
async fn record(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    pledge_id: Uuid,
    reason: &str,
    before: &Promise,
    after: &Promise,
) -> Result<(), Problem> {
    let earlier = pledge_amendment::Entity::find().filter(pledge_amendment::Column::PledgeId.eq(pledge_id));
    let number = i32::try_from(earlier.count(tx).await? + 1).map_err(Problem::internal)?;
    let row = pledge_amendment::ActiveModel {
        id: Set(Uuid::now_v7()),
        pledge_id: Set(pledge_id),
        number: Set(number),
        reason: Set(reason.to_owned()),
        before: Set(serde_json::to_value(before).map_err(Problem::internal)?),
        after: Set(serde_json::to_value(after).map_err(Problem::internal)?),
        amended_at: Set(ctx.now),
        amended_by: Set(ctx.who.id()),
    };
    pledge_amendment::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
