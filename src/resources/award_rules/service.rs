//! What can be done with award rules. One function is one use case is one transaction.

use entity::{award_rule, award_type, vocab::RecipientKind};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::dto::{AwardRuleFilter, AwardRulePatch, AwardRuleSort, NewAwardRule};
use crate::{
    db,
    domain::{
        cycle::{Change as Between, may_change},
        phrase::Phrase,
        policy::Action,
        refusal::unless_faulty,
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
    results,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &AwardRuleFilter,
) -> Result<Page<award_rule::Model>, Problem> {
    use award_rule::Column;
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| column.is_in(ids.iter().copied());
    let wanted = Condition::all()
        .add_option(filter.cycle_id.as_ref().map(of(Column::CycleId)))
        .add_option(filter.award_type_id.as_ref().map(of(Column::AwardTypeId)));
    let select = award_rule::Entity::find().filter(sight::in_visible_cycles(ctx.who, Column::CycleId)).filter(wanted);
    http::page::<AwardRuleSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<award_rule::Model, Problem> {
    let db = ctx.db.reader();
    let row = award_rule::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    sight::visible_cycle(ctx, db, row.cycle_id).await?;
    Ok(row)
}

pub(super) async fn create(ctx: &Ctx, new: &NewAwardRule) -> Result<award_rule::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::EditCycle(tie))?;
        may_change(Between::SetAwardRules, cycle.state)?;
        for_collectives(tx, new.award_type_id).await?;
        let row = award_rule::Model {
            id: Uuid::now_v7(),
            cycle_id: cycle.id,
            award_type_id: new.award_type_id,
            place_from: new.place_from,
            place_to: new.place_to,
            classification: new.classification.clone(),
            min_total: new.min_total,
            quota: new.quota,
            ties: new.ties,
            ballot_required: new.ballot_required,
            reason: new.reason.clone(),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        unless_faulty(results::award_rule(&row).faults())?;
        let twins = award_rule::Entity::find()
            .filter(award_rule::Column::CycleId.eq(cycle.id))
            .filter(award_rule::Column::AwardTypeId.eq(new.award_type_id));
        if twins.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the cycle has a rule for this award already",
                "năm thi đua đã có quy định cho danh hiệu, hình thức khen thưởng này",
            )));
        }
        let row = award_rule::Entity::insert(row.into_active_model().reset_all()).exec_with_returning(tx).await?;
        let change = Change::new("award_rule.create", "award_rule", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &AwardRulePatch,
) -> Result<award_rule::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let patch = patch.clone();
        let row = award_rule::Model {
            place_from: patch.place_from.over(found.place_from),
            place_to: patch.place_to.over(found.place_to),
            classification: patch.classification.over(found.classification.clone()),
            min_total: patch.min_total.over(found.min_total),
            quota: patch.quota.over(found.quota),
            ties: patch.ties.unwrap_or(found.ties),
            ballot_required: patch.ballot_required.unwrap_or(found.ballot_required),
            reason: patch.reason.unwrap_or_else(|| found.reason.clone()),
            version: found.version + 1,
            updated_at: ctx.now,
            ..found.clone()
        };
        unless_faulty(results::award_rule(&row).faults())?;
        let guarded = award_rule::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(award_rule::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award_rule.update", "award_rule", id, saved.version).in_cycle(saved.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        award_rule::Entity::delete_by_id(id).filter(award_rule::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("award_rule.delete", "award_rule", id, found.version).in_cycle(found.cycle_id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<award_rule::Model, Problem> {
    let found = award_rule::Entity::find_by_id(id).one(tx).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = sight::visible_cycle(ctx, tx, found.cycle_id).await?;
    ctx.may(Action::EditCycle(tie))?;
    seen.allows(found.version)?;
    may_change(Between::SetAwardRules, cycle.state)?;
    Ok(found)
}

async fn for_collectives(tx: &impl ConnectionTrait, award_type_id: Uuid) -> Result<(), Problem> {
    let found = award_type::Entity::find_by_id(award_type_id).one(tx).await?;
    let found = found.ok_or_else(|| {
        let message = Phrase::new("there is no such award type", "không có danh hiệu, hình thức khen thưởng này");
        Problem::fault("/award_type_id", "unknown_reference", message)
    })?;
    if found.kinds().contains(&RecipientKind::Collective) {
        return Ok(());
    }
    let message = Phrase::new(
        "this award is not given to collectives, and so not to a province",
        "danh hiệu, hình thức khen thưởng này không dành cho tập thể nên không trao cho tỉnh, thành phố",
    );
    Err(Problem::fault("/award_type_id", "not_for_collectives", message))
}
