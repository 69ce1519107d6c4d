//! An event is tried, and nothing is stored.

use chrono::Datelike;
use entity::{province as province_row, user_account};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    carry_overs::{past, told},
    dto::{NewProvinceEvent, ProvinceEventPreview},
    entering::{decisions, no_later_member, unit},
};
use crate::{
    domain::{
        policy::Action,
        province::{Event, decide},
    },
    http::{Ctx, brief::ProvinceBrief},
    problem::{Problem, ProblemBlocker},
};

pub(super) async fn preview(ctx: &Ctx, new: &NewProvinceEvent) -> Result<ProvinceEventPreview, Problem> {
    ctx.may(Action::ConfigureProvinces)?;
    let db = ctx.db.reader();
    let register = province_row::Entity::find().all(db).await?;
    let change = decide(&Event::from(new), &register.iter().map(unit).collect::<Vec<_>>())?;
    let ending: Vec<_> = register.into_iter().filter(|row| change.ended.contains(&row.id)).collect();
    no_later_member(db, &ending, change.valid_to).await?;
    let decisions = decisions(db, new, &change).await?;
    let year = new.effective_on.year();
    let cycles = decisions.touched.iter().map(|gathered| {
        let planned =
            decisions.planned(&new.cycles).find(|(_, one, _)| one.touched.cycle_id == gathered.touched.cycle_id);
        told(gathered, year, planned.map(|(_, _, plan)| plan))
    });
    let accounts = user_account::Entity::find()
        .filter(user_account::Column::ProvinceId.is_in(change.ended.iter().copied()))
        .count(db)
        .await?;
    Ok(ProvinceEventPreview {
        last_day: change.valid_to,
        predecessors: ending.into_iter().map(ProvinceBrief::from).collect(),
        successors: new.successors.clone(),
        cycles: cycles.collect(),
        accounts,
        past: past(db, &change.ended).await?,
        ready: decisions.blockers.is_empty(),
        blockers: decisions.blockers.iter().map(|blocker| ProblemBlocker::new(blocker, ctx.language)).collect(),
    })
}
