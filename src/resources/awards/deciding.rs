//! A decision on nominations: one transaction makes it with all its awards and closes the nominations, or does nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{
    award, decision, nomination,
    vocab::{Authority, AwardState, NomineeKind},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::facts::{Facts, Prices, gather};
use crate::{
    domain::{
        award::decision_year,
        calendar,
        decision::{self as rules, Form, Grant, Head},
        nomination::Event,
        phrase::Phrase,
        reward::Price,
        text,
    },
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// The version of what has just been made.
const FIRST: i32 = 1;

/// What is to be decided.
pub(super) struct Order<'a> {
    pub(super) form: Form,
    pub(super) number: &'a str,
    pub(super) decided_on: NaiveDate,
    pub(super) authority: Option<Authority>,
    pub(super) signatory_name: &'a str,
    pub(super) signatory_title: &'a str,
    /// What it is about; made of the award where nobody says it.
    pub(super) title: Option<&'a str>,
    /// Nominations, and what each award is given for.
    pub(super) awards: Vec<(Uuid, &'a str)>,
}

/// What has been decided.
pub(super) struct Made {
    pub(super) decision: decision::Model,
    pub(super) awards: Vec<award::Model>,
}

/// Thirteen statements, however many awards.
pub(super) async fn decide(ctx: &Ctx, tx: &impl ConnectionTrait, order: &Order<'_>) -> Result<Made, Problem> {
    let ids: Vec<Uuid> = order.awards.iter().map(|(id, _)| *id).collect();
    let facts = gather(tx, &ids).await?;
    rules::check_nominations(order.form, &ids, &facts.keys().copied().collect())?;
    let facts: Vec<(&Facts, &str)> =
        order.awards.iter().filter_map(|(id, citation)| Some((facts.get(id)?, *citation))).collect();
    let types: BTreeSet<Uuid> = facts.iter().map(|(one, _)| one.award_type.id).collect();
    let prices = Prices::of(tx, types.into_iter(), order.decided_on).await?;
    let head = Head {
        form: order.form,
        number: order.number,
        decided_on: order.decided_on,
        authority: order.authority,
        title: order.title,
        today: calendar::vietnam_day(ctx.now),
    };
    let granted =
        rules::grant(head, facts.iter().map(|(one, citation)| one.grant(citation, &prices, head.today)).collect())?;
    let decision = decided(ctx, order, granted.authority, &facts);
    unless_used(tx, &decision).await?;

    decision::Entity::insert(decision.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    let awards: Vec<award::Model> = facts
        .iter()
        .zip(&granted.awards)
        .map(|((one, citation), (_, price))| given(ctx, &decision, one, citation, *price))
        .collect();
    let rows = awards.iter().map(|award| award.clone().into_active_model().reset_all());
    award::Entity::insert_many(rows).exec_without_returning(tx).await?;
    let closed: Vec<nomination::Model> = facts
        .iter()
        .zip(&granted.awards)
        .map(|((one, _), (state, _))| nomination::Model {
            state: *state,
            closed_at: Some(ctx.now),
            version: one.nomination.version + 1,
            updated_at: ctx.now,
            ..one.nomination.clone()
        })
        .collect();
    close(ctx, tx, &closed).await?;

    let made = Change::new("decision.create", "decision", decision.id, decision.version);
    let mut changes = vec![made.after(&decision)?];
    for ((award, closed), (one, _)) in awards.iter().zip(&closed).zip(&facts) {
        let decided = Change::new("award.decide", "award", award.id, award.version);
        changes.push(decided.in_cycle(award.cycle_id).after(award)?);
        let change = Change::new("nomination.decide", "nomination", closed.id, closed.version);
        changes.push(change.in_cycle(closed.cycle_id).before(&one.nomination)?.after(closed)?);
    }
    journal::record_all(tx, ctx, changes).await?;
    Ok(Made { decision, awards })
}

impl Facts {
    /// The award as the rules see it.
    fn grant<'a>(&'a self, citation: &'a str, prices: &Prices, today: NaiveDate) -> Grant<'a> {
        let Self { nomination, cycle, nominee, award_type, .. } = self;
        Grant {
            nomination_id: nomination.id,
            nominee: nominee.province.clone(),
            competent: award_type.authority,
            cycle_year: cycle.year,
            closing: self.standing(today).take(Event::Decide),
            price: prices.price(award_type.id, self.recipient()),
            named: self.named(),
            citation,
        }
    }
}

/// An authority uses a number once in a year.
async fn unless_used(tx: &impl ConnectionTrait, decision: &decision::Model) -> Result<(), Problem> {
    let (number, year) = (&decision.number, decision.decision_year);
    let taken = decision::Entity::find()
        .filter(decision::Column::Authority.eq(decision.authority))
        .filter(decision::Column::DecisionYear.eq(year))
        .filter(decision::Column::Number.eq(number));
    if taken.count(tx).await? == 0 {
        return Ok(());
    }
    Err(Problem::conflict(Phrase::made(
        format!("the authority has used the number {number} in {year}"),
        format!("số quyết định {number} đã được dùng trong năm {year}"),
    )))
}

fn decided(ctx: &Ctx, order: &Order<'_>, authority: Authority, facts: &[(&Facts, &str)]) -> decision::Model {
    let made = || facts.first().map(|(one, _)| rules::title(&one.award_type.name)).unwrap_or_default();
    let title = order.title.map_or_else(made, str::to_owned);
    decision::Model {
        id: Uuid::now_v7(),
        authority,
        decision_year: decision_year(order.decided_on),
        number: order.number.to_owned(),
        decided_on: order.decided_on,
        signatory_name: order.signatory_name.to_owned(),
        signatory_title: order.signatory_title.to_owned(),
        search_text: text::search_text(&[order.number, &title, order.signatory_name]),
        title,
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        file_reason: None,
        version: FIRST,
        created_at: ctx.now,
        updated_at: ctx.now,
    }
}

fn given(ctx: &Ctx, decision: &decision::Model, facts: &Facts, citation: &str, price: Option<Price>) -> award::Model {
    let Facts { nomination, province, award_type, .. } = facts;
    let parts = [&decision.number, &province.name, &province.name_en, &award_type.name, &award_type.name_en];
    // Whoever searches is the public: a person is found by no word.
    let collective = facts.named().name.filter(|_| nomination.nominee_kind == NomineeKind::Collective);
    let words: Vec<&str> = parts.into_iter().map(String::as_str).chain([citation]).chain(collective).collect();
    award::Model {
        id: Uuid::now_v7(),
        nomination_id: nomination.id,
        cycle_id: nomination.cycle_id,
        province_id: nomination.province_id,
        award_type_id: nomination.award_type_id,
        recipient_kind: facts.recipient(),
        recipient_name: nomination.nominee_name.clone(),
        recipient_position: nomination.nominee_position.clone(),
        decision_id: decision.id,
        decision_year: decision.decision_year,
        decided_on: decision.decided_on,
        authority: decision.authority,
        citation: citation.to_owned(),
        coefficient: price.map(|price| price.coefficient),
        base_salary: price.map(|price| price.base_salary),
        reward_amount: price.map(|price| price.amount),
        state: AwardState::Decided,
        revoked_on: None,
        revocation_number: None,
        revocation_reason: None,
        amount_to_recover: None,
        search_text: text::search_text(&words),
        version: FIRST,
        created_at: ctx.now,
        updated_at: ctx.now,
    }
}

/// Closes the nominations in one statement, unless somebody was faster with one of them.
async fn close(ctx: &Ctx, tx: &impl ConnectionTrait, closed: &[nomination::Model]) -> Result<(), Problem> {
    let mut unchanged: BTreeMap<i32, Vec<Uuid>> = BTreeMap::new();
    for row in closed {
        unchanged.entry(row.version - 1).or_default().push(row.id);
    }
    let unchanged = unchanged.into_iter().fold(Condition::any(), |any, (version, ids)| {
        let same = nomination::Column::Version.eq(version);
        any.add(Condition::all().add(same).add(nomination::Column::Id.is_in(ids)))
    });
    let Some(first) = closed.first() else { return Ok(()) };
    let change = nomination::ActiveModel {
        state: Set(first.state),
        closed_at: Set(Some(ctx.now)),
        updated_at: Set(ctx.now),
        ..Default::default()
    };
    let saved = nomination::Entity::update_many()
        .set(change)
        .col_expr(nomination::Column::Version, Expr::col(nomination::Column::Version).add(1))
        .filter(unchanged)
        .exec(tx)
        .await?;
    if saved.rows_affected == closed.len() as u64 { Ok(()) } else { Err(Problem::stale()) }
}
