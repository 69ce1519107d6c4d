//! What can be done with awards. One function is one use case is one transaction.

use std::collections::HashMap;

use entity::{award, award_type, cycle};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::dto::{Award, AwardFilter, AwardRelation, AwardSort, AwardView, Embedded, Revocation};
use crate::{
    db,
    domain::{
        actions::Verdict,
        award::{self as rules, Event},
        calendar, policy,
        policy::Action,
        reward,
    },
    http::{self, AllowedAction, Csv, Ctx, IfMatch, Page, PageQuery, brief},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &AwardFilter) -> Result<Page<Award>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let select = award::Entity::find().filter(wanted(filter));
    let Page { data, page } = http::page::<AwardSort>(db, select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: shown(ctx, db, data, filter.expand.as_ref()).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, view: &AwardView) -> Result<Award, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = require(db, id).await?;
    shown(ctx, db, vec![row], view.expand.as_ref()).await?.pop().ok_or_else(Problem::not_found)
}

pub(super) async fn revoke(ctx: &Ctx, id: Uuid, seen: &IfMatch, revocation: &Revocation) -> Result<Award, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::DecideAward)?;
        seen.allows(found.version)?;
        let to = rules::next(found.state, Event::Revoke)?;
        let today = calendar::vietnam_day(ctx.now);
        rules::check_revocation(found.decided_on, revocation.revoked_on, &revocation.reason, today)?;
        let mut row = found.clone().into_active_model();
        row.state = Set(to);
        row.revoked_on = Set(Some(revocation.revoked_on));
        row.revocation_number = Set(revocation.decision_number.clone());
        row.revocation_reason = Set(Some(revocation.reason.clone()));
        row.amount_to_recover = Set(reward::amount_to_recover(found.reward_amount));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let saved =
            award::Entity::update(row).validate()?.filter(award::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award.revoke", "award", id, saved.version).in_cycle(saved.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(bare(ctx, saved))
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<award::Model, Problem> {
    award::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

fn wanted(filter: &AwardFilter) -> Condition {
    use award::Column;
    let types = |Csv(categories): &Csv<_>| {
        let types = award_type::Entity::find().select_only().column(award_type::Column::Id);
        let types = types.filter(award_type::Column::Category.is_in(categories.iter().copied()));
        Column::AwardTypeId.in_subquery(types.into_query())
    };
    let cycles = |Csv(clusters): &Csv<Uuid>| {
        let cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        let cycles = cycles.filter(cycle::Column::ClusterId.is_in(clusters.iter().copied()));
        Column::CycleId.in_subquery(cycles.into_query())
    };
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| column.is_in(ids.iter().copied());
    Condition::all()
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.award_type_id.as_ref().map(of(Column::AwardTypeId)))
        .add_option(filter.cycle_id.as_ref().map(of(Column::CycleId)))
        .add_option(filter.province_id.as_ref().map(of(Column::ProvinceId)))
        .add_option(filter.category.as_ref().map(types))
        .add_option(filter.cluster_id.as_ref().map(cycles))
        .add_option(filter.authority.as_ref().map(|Csv(some)| Column::Authority.is_in(some.iter().copied())))
        .add_option(filter.year.as_ref().map(|Csv(years)| Column::DecisionYear.is_in(years.iter().copied())))
        .add_option(filter.state.as_ref().map(|Csv(states)| Column::State.is_in(states.iter().copied())))
        .add_option(filter.decided_on_from.map(|day| Column::DecidedOn.gte(day)))
        .add_option(filter.decided_on_to.map(|day| Column::DecidedOn.lte(day)))
}

/// Rows as the caller sees them: one statement for each relation that is embedded.
async fn shown(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: Vec<award::Model>,
    expand: Option<&Csv<AwardRelation>>,
) -> Result<Vec<Award>, Problem> {
    let wants = |relation| !rows.is_empty() && expand.is_some_and(|Csv(relations)| relations.contains(&relation));
    let provinces = if wants(AwardRelation::Province) {
        brief::provinces(db, rows.iter().map(|row| row.province_id)).await?
    } else {
        HashMap::new()
    };
    let award_types = if wants(AwardRelation::AwardType) {
        brief::award_types(db, rows.iter().map(|row| row.award_type_id)).await?
    } else {
        HashMap::new()
    };
    // Awards are decided when the cycle is public, and it stays so.
    let cycles = if wants(AwardRelation::Cycle) {
        brief::cycles(db, rows.iter().map(|row| row.cycle_id)).await?
    } else {
        HashMap::new()
    };
    let show = |row: award::Model| {
        let embedded = Embedded {
            province: provinces.get(&row.province_id).cloned(),
            award_type: award_types.get(&row.award_type_id).cloned(),
            cycle: cycles.get(&row.cycle_id).cloned(),
        };
        let actions = actions(ctx, &row);
        Award::new(row, actions, embedded, ctx.language)
    };
    Ok(rows.into_iter().map(show).collect())
}

pub(super) fn bare(ctx: &Ctx, row: award::Model) -> Award {
    let actions = actions(ctx, &row);
    Award::new(row, actions, Embedded::default(), ctx.language)
}

/// What the caller may do with the award now.
fn actions(ctx: &Ctx, row: &award::Model) -> Vec<AllowedAction> {
    let revoke = Verdict::on(Event::Revoke.name())
        .and(policy::check(ctx.who, Action::DecideAward))
        .and(rules::next(row.state, Event::Revoke));
    AllowedAction::all(&[revoke], ctx.language)
}
