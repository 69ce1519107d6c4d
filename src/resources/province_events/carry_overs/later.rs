//! A cycle is carried over after the event: it was interrupted, or the event was on the register before it touched anybody.

use std::collections::HashMap;

use chrono::Datelike;
use entity::{carry_over, cycle, province, province_event, province_succession, vocab::CarryOverWay};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    carrying::{self, Decided},
    dto::{CarryOver, NewCarryOver, TouchedCycle},
    preview,
    touched::{Gathered, gather},
};
use crate::{
    db,
    domain::{
        carry_over::{Choice, Heir, Plan, may_carry_over, plan},
        policy::Action,
    },
    http::{Ctx, IfMatch, sight},
    problem::Problem,
};

/// Everything that a decision about one cycle rests on.
struct Scene {
    event: province_event::Model,
    successors: HashMap<String, Uuid>,
    gathered: Gathered,
    plan: Plan,
}

pub(super) async fn carry_over(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &NewCarryOver) -> Result<CarryOver, Problem> {
    db::write(&ctx.db, async |tx| {
        let scene = scene(ctx, tx, id, Some(seen), new).await?;
        let decided =
            Decided { event_id: scene.event.id, reason: &new.reason, heirs: &new.heirs, successors: &scene.successors };
        let row: carry_over::Model = carrying::carry_out(tx, ctx, &scene.gathered, &scene.plan, &decided).await?;
        row.try_into()
    })
    .await
}

/// The same, of which nothing is stored.
pub(super) async fn preview(ctx: &Ctx, id: Uuid, new: &NewCarryOver) -> Result<TouchedCycle, Problem> {
    let scene = scene(ctx, ctx.db.reader(), id, None, new).await?;
    let year = scene.event.effective_on.year();
    Ok(preview::told(&scene.gathered, year, Some(&scene.plan)))
}

async fn scene(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
    seen: Option<&IfMatch>,
    new: &NewCarryOver,
) -> Result<Scene, Problem> {
    let (cycle, tie) = sight::visible_cycle(ctx, db, id).await?;
    ctx.may(Action::MoveCycle(tie))?;
    if let Some(seen) = seen {
        seen.allows(cycle.version)?;
    }
    let event = province_event::Entity::find_by_id(new.event_id).one(db).await?;
    let event = event.ok_or_else(|| Problem::unknown_reference("/event_id"))?;
    let links = province_succession::Entity::find().filter(province_succession::Column::EventId.eq(event.id));
    let links = links.all(db).await?;
    let ending: Vec<Uuid> = links.iter().map(|link| link.predecessor_id).collect();
    let gathered = gather(db, &ending, Some(id)).await?.pop();
    may_carry_over(cycle.state, cycle.year, event.effective_on.year(), gathered.is_some())?;
    let mut gathered = gathered.ok_or_else(|| Problem::internal("a cycle that nothing touches passed the rule"))?;
    // Roles are held against the state in which the cycle goes on.
    gathered.touched.state = stopped_in(&cycle);
    let after = province::Entity::find()
        .filter(province::Column::Id.is_in(links.iter().map(|link| link.successor_id)))
        .all(db)
        .await?;
    let names: Vec<(String, String)> = after.iter().map(|row| (row.code.clone(), row.name.clone())).collect();
    let choice = Choice {
        cycle_id: id,
        way: CarryOverWay::CarryOver,
        heirs: new.heirs.iter().map(Heir::from).collect(),
        deputy_id: new.deputy_id,
    };
    let plan = plan("", &choice, &gathered.touched, &names)?;
    let successors = after.into_iter().map(|row| (row.code, row.id)).collect();
    Ok(Scene { event, successors, gathered, plan })
}

fn stopped_in(cycle: &cycle::Model) -> entity::vocab::CycleState {
    cycle.interrupted_from.unwrap_or(cycle.state)
}
