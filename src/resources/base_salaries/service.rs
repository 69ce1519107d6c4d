//! What can be done with base salaries. One function is one use case is one transaction.

use entity::{base_salary, vocab::Certainty};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::dto::{BaseSalaryFilter, BaseSalarySort, NewBaseSalary};
use crate::{
    db,
    domain::{policy::Action, reward},
    http::{self, Ctx, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &BaseSalaryFilter,
) -> Result<Page<base_salary::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = base_salary::Entity::find();
    if let Some(day) = filter.as_of {
        let open = Condition::any().add(base_salary::Column::ValidTo.is_null());
        let open = open.add(base_salary::Column::ValidTo.gte(day));
        select = select.filter(base_salary::Column::ValidFrom.lte(day)).filter(open);
    }
    http::page::<BaseSalarySort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<base_salary::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    base_salary::Entity::find_by_id(id).one(ctx.db.reader()).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn create(ctx: &Ctx, new: &NewBaseSalary) -> Result<base_salary::Model, Problem> {
    ctx.may(Action::ConfigureCatalogues)?;
    db::write(&ctx.db, async |tx| {
        let last = base_salary::Entity::find().order_by_desc(base_salary::Column::ValidFrom).one(tx).await?;
        let period = last.as_ref().map(|last| (last.valid_from, last.valid_to));
        let ends = reward::next_base_salary(new.amount, new.valid_from, period)?;
        if let (Some(last), Some(day)) = (last, ends) {
            end(ctx, tx, last, day).await?;
        }
        let row = base_salary::ActiveModel {
            id: Set(Uuid::now_v7()),
            amount: Set(new.amount),
            valid_from: Set(new.valid_from),
            valid_to: Set(None),
            legal_basis: Set(new.legal_basis.clone()),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = base_salary::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("base_salary.create", "base_salary", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

/// Lets a base salary end on this day.
async fn end(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: base_salary::Model,
    day: chrono::NaiveDate,
) -> Result<(), Problem> {
    let mut row = found.clone().into_active_model();
    row.valid_to = Set(Some(day));
    row.version = Set(found.version + 1);
    row.updated_at = Set(ctx.now);
    let guarded = base_salary::Entity::update(row).validate()?;
    let saved = guarded.filter(base_salary::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("base_salary.end", "base_salary", saved.id, saved.version);
    journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await
}
