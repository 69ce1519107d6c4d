//! What can be done with awards. One function is one use case is one transaction.

use std::collections::HashMap;

use entity::{award, decision};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    deciding,
    dto::{Award, AwardFilter, AwardRelation, AwardSort, AwardView, Embedded, NewAward, Revocation, Seen},
    filter, revoking,
};
use crate::{
    db,
    domain::{
        actions::Verdict,
        award::{self as rules, Event},
        decision::Form,
        policy::{self, Action, Tie},
    },
    http::{self, AllowedAction, Csv, Ctx, IfMatch, Page, PageQuery, brief},
    problem::Problem,
    results,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &AwardFilter) -> Result<Page<Award>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let provinces = filter.province_id.as_ref().map(|Csv(ids)| ids.as_slice());
    let provinces = results::asked(db, provinces, filter.through_mergers).await?;
    let filter::Wanted { all, parts } = filter::wanted(filter, provinces.as_ref());
    let select = award::Entity::find().filter(all);
    let Page { data, page } = http::page_of_parts::<AwardSort>(db, select, parts, filter.sort.as_ref(), page).await?;
    Ok(Page { data: shown(ctx, db, data, filter.expand.as_ref()).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, view: &AwardView) -> Result<Award, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = require(db, id).await?;
    shown(ctx, db, vec![row], view.expand.as_ref()).await?.pop().ok_or_else(Problem::not_found)
}

/// A decision with one award.
pub(super) async fn decide(ctx: &Ctx, new: &NewAward) -> Result<Award, Problem> {
    ctx.may(Action::DecideAward)?;
    let order = deciding::Order {
        form: Form::Single,
        // A number is found again however it was typed.
        number: new.decision_number.trim(),
        decided_on: new.decided_on,
        authority: new.authority,
        signatory_name: &new.signatory_name,
        signatory_title: &new.signatory_title,
        title: None,
        awards: vec![(new.nomination_id, &new.citation)],
    };
    db::write(&ctx.db, async |tx| {
        let deciding::Made { decision, awards } = deciding::decide(ctx, tx, &order).await?;
        awards.into_iter().map(|row| bare(ctx, row, &decision)).next().ok_or_else(|| Problem::internal("no award"))
    })
    .await
}

pub(super) async fn revoke(ctx: &Ctx, id: Uuid, seen: &IfMatch, revocation: &Revocation) -> Result<Award, Problem> {
    let order = revoking::Order {
        reason: &revocation.reason,
        revoked_on: revocation.revoked_on,
        number: revocation.decision_number.as_deref(),
    };
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::DecideAward)?;
        seen.allows(found.version)?;
        let decision = decision::Entity::find_by_id(found.decision_id).one(tx).await?.ok_or_else(lost)?;
        let (decision, revoked) = revoking::revoke(ctx, tx, &decision, &[found], &order).await?;
        revoked.into_iter().map(|row| bare(ctx, row, &decision)).next().ok_or_else(|| Problem::internal("no award"))
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<award::Model, Problem> {
    award::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

fn lost() -> Problem {
    Problem::internal("an award without its decision")
}

/// Rows as the caller sees them: one statement for their decisions, and one for each relation that is embedded.
pub(super) async fn shown(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: Vec<award::Model>,
    expand: Option<&Csv<AwardRelation>>,
) -> Result<Vec<Award>, Problem> {
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let decisions = decision::Entity::find().filter(decision::Column::Id.is_in(rows.iter().map(|row| row.decision_id)));
    let decisions: HashMap<Uuid, _> = decisions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let wants = |relation| expand.is_some_and(|Csv(relations)| relations.contains(&relation));
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
        let decision = decisions.get(&row.decision_id).ok_or_else(lost)?;
        let actions = actions(ctx, &row);
        let seen = seen(ctx, &row);
        Ok(Award::new(row, decision, actions, embedded, seen))
    };
    rows.into_iter().map(show).collect()
}

/// An award without anything embedded.
pub(super) fn bare(ctx: &Ctx, row: award::Model, decision: &decision::Model) -> Award {
    let actions = actions(ctx, &row);
    let seen = seen(ctx, &row);
    Award::new(row, decision, actions, Embedded::default(), seen)
}

fn seen(ctx: &Ctx, row: &award::Model) -> Seen {
    let tie = Tie::default().to_province(ctx.who, row.province_id);
    Seen { language: ctx.language, people: policy::allows(ctx.who, Action::ReadRecipient(tie)) }
}

/// What the caller may do with the award now.
fn actions(ctx: &Ctx, row: &award::Model) -> Vec<AllowedAction> {
    let revoke = Verdict::on(Event::Revoke.name())
        .and(policy::check(ctx.who, Action::DecideAward))
        .and(rules::next(row.state, Event::Revoke));
    AllowedAction::all(&[revoke], ctx.language)
}
