//! Awards are taken back: one, some or all of a decision, in one step.

use chrono::NaiveDate;
use entity::{
    award, decision,
    vocab::{NomineeKind, RecipientKind},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{
    domain::{
        award::{self as rules, Event},
        calendar,
        nominee::{Named, names_person},
        refusal::unless_faulty,
        reward,
    },
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// The decision that takes awards back.
pub(super) struct Order<'a> {
    pub(super) reason: &'a str,
    pub(super) revoked_on: NaiveDate,
    pub(super) number: Option<&'a str>,
}

/// Revokes awards of one decision, which goes on as its next version: whoever has seen it with them standing has not seen
/// it now. Three statements, however many awards.
pub(super) async fn revoke(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    decision: &decision::Model,
    awards: &[award::Model],
    order: &Order<'_>,
) -> Result<(decision::Model, Vec<award::Model>), Problem> {
    let taken_back = |found: &award::Model| {
        Ok(award::Model {
            state: rules::next(found.state, Event::Revoke)?,
            revoked_on: Some(order.revoked_on),
            revocation_number: order.number.map(str::to_owned),
            revocation_reason: Some(order.reason.to_owned()),
            amount_to_recover: reward::amount_to_recover(found.reward_amount),
            version: found.version + 1,
            updated_at: ctx.now,
            ..found.clone()
        })
    };
    let revoked = awards.iter().map(taken_back).collect::<Result<Vec<_>, Problem>>()?;
    let today = calendar::vietnam_day(ctx.now);
    rules::check_revocation(decision.decided_on, order.revoked_on, order.reason, today)?;
    unless_faulty(
        awards.iter().find_map(|found| names_person("/reason", order.reason, recipient(found))).into_iter().collect(),
    )?;
    store(tx, &revoked).await?;
    let mut row = decision.clone().into_active_model();
    row.version = Set(decision.version + 1);
    row.updated_at = Set(ctx.now);
    let saved = decision::Entity::update(row)
        .validate()?
        .filter(decision::Column::Version.eq(decision.version))
        .exec(tx)
        .await?;
    let change = Change::new("decision.revoke", "decision", saved.id, saved.version);
    let mut changes = vec![change.before(decision)?.after(&saved)?];
    for (before, after) in awards.iter().zip(&revoked) {
        let change = Change::new("award.revoke", "award", after.id, after.version).in_cycle(after.cycle_id);
        changes.push(change.before(before)?.after(after)?);
    }
    journal::record_all(tx, ctx, changes).await?;
    Ok((saved, revoked))
}

fn recipient(award: &award::Model) -> Named<'_> {
    let kind = match (award.recipient_kind, &award.recipient_name) {
        (RecipientKind::Individual | RecipientKind::Household, _) => NomineeKind::Person,
        (RecipientKind::Collective, Some(_)) => NomineeKind::Collective,
        (RecipientKind::Collective, None) => NomineeKind::Province,
    };
    Named { kind, name: award.recipient_name.as_deref(), position: award.recipient_position.as_deref() }
}

/// The next version of each award, unless somebody was faster with one of them.
async fn store(tx: &impl ConnectionTrait, revoked: &[award::Model]) -> Result<(), Problem> {
    let over = OnConflict::column(award::Column::Id)
        .update_columns([
            award::Column::State,
            award::Column::RevokedOn,
            award::Column::RevocationNumber,
            award::Column::RevocationReason,
            award::Column::AmountToRecover,
            award::Column::Version,
            award::Column::UpdatedAt,
        ])
        .action_and_where(Expr::cust(r#""award"."version" = "excluded"."version" - 1"#))
        .to_owned();
    let rows = revoked.iter().map(|row| row.clone().into_active_model().reset_all());
    let saved = award::Entity::insert_many(rows).on_conflict(over).exec_without_returning(tx).await?;
    if saved == revoked.len() as u64 { Ok(()) } else { Err(Problem::stale()) }
}
