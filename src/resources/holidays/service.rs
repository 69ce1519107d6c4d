//! What can be done with holidays. One function is one use case is one transaction.

use chrono::NaiveDate;
use entity::{holiday, vocab::Certainty};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{HolidayFilter, HolidaySort, NewHoliday};
use crate::{
    db,
    domain::{phrase::Phrase, policy::Action, working_days::check_holiday},
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &HolidayFilter) -> Result<Page<holiday::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let wanted = Condition::all()
        .add_option(filter.year.as_ref().map(|Csv(years)| of_years(years)))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| holiday::Column::Kind.is_in(kinds.iter().copied())))
        .add_option(filter.day_from.map(|day| holiday::Column::Day.gte(day)))
        .add_option(filter.day_to.map(|day| holiday::Column::Day.lte(day)));
    let select = holiday::Entity::find().filter(wanted);
    http::page::<HolidaySort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// From the first to the last day of one of these years. A year beyond every calendar has no days.
fn of_years(years: &[i32]) -> Condition {
    let none = Condition::any().add(holiday::Column::Id.is_null());
    years.iter().fold(none, |any, year| {
        let days = NaiveDate::from_ymd_opt(*year, 1, 1).zip(NaiveDate::from_ymd_opt(*year, 12, 31));
        any.add_option(days.map(|(first, last)| holiday::Column::Day.between(first, last)))
    })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<holiday::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewHoliday) -> Result<holiday::Model, Problem> {
    ctx.may(Action::ConfigureCatalogues)?;
    check_holiday(new.day, new.kind)?;
    db::write(&ctx.db, async |tx| {
        if holiday::Entity::find().filter(holiday::Column::Day.eq(new.day)).count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::made(
                format!("{} is entered already", new.day),
                format!("ngày {} đã có trong danh mục", new.day.format("%d/%m/%Y")),
            )));
        }
        let row = holiday::ActiveModel {
            id: Set(Uuid::now_v7()),
            day: Set(new.day),
            name: Set(new.name.clone()),
            name_en: Set(new.name_en.clone()),
            kind: Set(new.kind),
            legal_basis: Set(new.legal_basis.clone()),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = holiday::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("holiday.create", "holiday", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::ConfigureCatalogues)?;
        seen.allows(found.version)?;
        holiday::Entity::delete_by_id(id).filter(holiday::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("holiday.delete", "holiday", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<holiday::Model, Problem> {
    holiday::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}
