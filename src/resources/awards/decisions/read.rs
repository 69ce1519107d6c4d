//! How decisions are read.

use std::{
    collections::{BTreeSet, HashMap},
    slice,
};

use entity::{
    award,
    decimal::Decimal,
    decision,
    vocab::{AwardState, RecipientKind},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use super::{
    Award,
    dto::{Decision, DecisionFilter, DecisionRelation, DecisionSort, DecisionView, Totals},
    shown,
};
use crate::{
    domain::{
        actions::Verdict,
        award::{self as awards, Event},
        decision as rules,
        policy::{self, Action, Tie},
    },
    http::{self, AllowedAction, Csv, Ctx, Page, PageQuery},
    problem::Problem,
    results,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &DecisionFilter) -> Result<Page<Decision>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let provinces = filter.province_id.as_ref().map(|Csv(ids)| ids.as_slice());
    let provinces = results::asked(db, provinces, filter.through_mergers).await?;
    let select = decision::Entity::find().filter(wanted(filter, provinces.as_ref()));
    let Page { data, page } = http::page::<DecisionSort>(db, select, filter.sort.as_ref(), page).await?;
    let totals = totals(db, &data).await?;
    let show = |row: decision::Model| {
        let totals = totals.get(&row.id).copied().ok_or_else(|| Problem::internal("a decision without awards"))?;
        Ok(represent(ctx, row, totals, None))
    };
    Ok(Page { data: data.into_iter().map(show).collect::<Result<_, Problem>>()?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, view: &DecisionView) -> Result<Decision, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = require(db, id).await?;
    let wants = |relation| view.expand.as_ref().is_some_and(|Csv(relations)| relations.contains(&relation));
    let awards = if wants(DecisionRelation::Awards) {
        Some(shown(ctx, db, awards_of(db, id).await?, None).await?)
    } else {
        None
    };
    whole(ctx, db, row, awards).await
}

pub(super) async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<decision::Model, Problem> {
    decision::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

/// The awards in the order in which they stand in the decision.
pub(super) async fn awards_of(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<award::Model>, Problem> {
    let awards = award::Entity::find().filter(award::Column::DecisionId.eq(id));
    Ok(awards.order_by_asc(award::Column::Id).all(db).await?)
}

/// One decision as the caller sees it.
pub(super) async fn whole(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    row: decision::Model,
    awards: Option<Vec<Award>>,
) -> Result<Decision, Problem> {
    let totals = totals(db, slice::from_ref(&row)).await?.remove(&row.id);
    let totals = totals.ok_or_else(|| Problem::internal("a decision without awards"))?;
    Ok(represent(ctx, row, totals, awards))
}

fn represent(ctx: &Ctx, row: decision::Model, totals: Totals, awards: Option<Vec<Award>>) -> Decision {
    let revoke = Verdict::on(Event::Revoke.name())
        .and(policy::check(ctx.who, Action::DecideAward))
        .and(rules::may_revoke(usize::try_from(totals.standing).unwrap_or_default()));
    let names = policy::allows(ctx.who, Action::ReadRecipient(Tie::default()));
    Decision::new(row, totals, AllowedAction::all(&[revoke], ctx.language), awards, names)
}

/// Counts and sums of the awards of each decision: one statement, with a row for each state and kind of recipient of each
/// decision. What a
/// decision grants in all is a number that can be told, so that no sum runs over.
async fn totals(db: &impl ConnectionTrait, rows: &[decision::Model]) -> Result<HashMap<Uuid, Totals>, Problem> {
    let sum = |column: award::Column| -> SimpleExpr {
        Expr::col((award::Entity, column)).sum().if_null(0_i64).cast_as("bigint")
    };
    let counted: Vec<(Uuid, AwardState, RecipientKind, i64, i64, i64)> = award::Entity::find()
        .select_only()
        .column(award::Column::DecisionId)
        .column(award::Column::State)
        .column(award::Column::RecipientKind)
        .column_as(award::Column::Id.count(), "awards")
        .column_as(sum(award::Column::RewardAmount), "reward")
        .column_as(sum(award::Column::AmountToRecover), "to_recover")
        .filter(award::Column::DecisionId.is_in(rows.iter().map(|row| row.id)))
        .group_by(award::Column::DecisionId)
        .group_by(award::Column::State)
        .group_by(award::Column::RecipientKind)
        .into_tuple()
        .all(db)
        .await?;
    let nothing = Totals { awards: 0, standing: 0, people: 0, reward: Decimal::ZERO, to_recover: Decimal::ZERO };
    let mut totals = HashMap::new();
    for (id, state, recipient, count, reward, to_recover) in counted {
        let one = totals.entry(id).or_insert(nothing);
        let amount = |scaled| Decimal::from_scaled(scaled).map_err(Problem::internal);
        one.awards += count;
        one.people += if recipient == RecipientKind::Collective { 0 } else { count };
        one.standing += if awards::next(state, Event::Revoke).is_ok() { count } else { 0 };
        one.reward = one.reward.plus(amount(reward)?).map_err(Problem::internal)?;
        one.to_recover = one.to_recover.plus(amount(to_recover)?).map_err(Problem::internal)?;
    }
    Ok(totals)
}

fn wanted(filter: &DecisionFilter, provinces: Option<&BTreeSet<Uuid>>) -> Condition {
    use decision::Column;
    let with = |fitting: SimpleExpr| {
        let awards = award::Entity::find().select_only().column(award::Column::DecisionId).filter(fitting);
        Column::Id.in_subquery(awards.into_query())
    };
    let cycles = |Csv(ids): &Csv<Uuid>| with(award::Column::CycleId.is_in(ids.iter().copied()));
    Condition::all()
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.authority.as_ref().map(|Csv(some)| Column::Authority.is_in(some.iter().copied())))
        .add_option(filter.year.as_ref().map(|Csv(years)| Column::DecisionYear.is_in(years.iter().copied())))
        .add_option(filter.cycle_id.as_ref().map(cycles))
        .add_option(provinces.map(|ids| with(award::Column::ProvinceId.is_in(ids.iter().copied()))))
        .add_option(filter.decided_on_from.map(|day| Column::DecidedOn.gte(day)))
        .add_option(filter.decided_on_to.map(|day| Column::DecidedOn.lte(day)))
}
