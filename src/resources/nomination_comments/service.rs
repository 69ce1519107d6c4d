//! What can be done with comments on nominations. One function is one use case is one transaction.

use std::collections::{BTreeSet, HashMap};

use entity::{nomination, nomination_comment};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{CommentAnswer, CommentFilter, CommentSort, NewNominationComment, NominationComment};
use crate::{
    db,
    domain::{
        actions::Verdict,
        calendar,
        policy::{self, Action, Tie},
        public_comment::{check_received, may_answer, may_record},
    },
    http::{self, AllowedAction, Csv, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CommentFilter,
) -> Result<Page<NominationComment>, Problem> {
    use nomination_comment::Column;
    let db = ctx.db.reader();
    let answered = |yes: bool| if yes { Column::AnsweredAt.is_not_null() } else { Column::AnsweredAt.is_null() };
    let wanted = Condition::all()
        .add(Column::NominationId.in_subquery(sight::visible_dossiers(ctx.who)))
        .add_option(filter.nomination_id.as_ref().map(|Csv(ids)| Column::NominationId.is_in(ids.iter().copied())))
        .add_option(filter.answered.map(answered));
    let select = nomination_comment::Entity::find().filter(wanted);
    let Page { data, page } = http::page::<CommentSort>(db, select, filter.sort.as_ref(), page).await?;
    let nominations = surroundings(ctx, db, &data).await?;
    let show = |row: nomination_comment::Model| {
        let (nomination, tie) = nominations.get(&row.nomination_id)?;
        Some(shown(ctx, row, nomination, *tie))
    };
    Ok(Page { data: data.into_iter().filter_map(show).collect(), page })
}

/// The nominations of many comments, and how the caller is tied to them. At most three statements.
async fn surroundings(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: &[nomination_comment::Model],
) -> Result<HashMap<Uuid, (nomination::Model, Tie)>, Problem> {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.nomination_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let nominations = nomination::Entity::find().filter(nomination::Column::Id.is_in(ids)).all(db).await?;
    let ties = sight::ties(ctx, db, nominations.iter().map(|row| row.cycle_id)).await?;
    let tied = |row: nomination::Model| {
        let (_, tie) = ties.get(&row.cycle_id)?;
        Some((row.id, (row.clone(), sight::tie_to_nomination(*tie, ctx.who, &row))))
    };
    Ok(nominations.into_iter().filter_map(tied).collect())
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<NominationComment, Problem> {
    let db = ctx.db.reader();
    let row = nomination_comment::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let seen = sight::visible_dossier(ctx, db, row.nomination_id).await?;
    Ok(shown(ctx, row, &seen.nomination, seen.tie))
}

pub(super) async fn record(
    ctx: &Ctx,
    nomination_id: Uuid,
    new: &NewNominationComment,
) -> Result<NominationComment, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_nomination(ctx, tx, nomination_id).await?;
        ctx.may(Action::SettleNomination(seen.tie))?;
        may_record(seen.nomination.state)?;
        check_received(new.received_on, seen.nomination.public_comment_from, calendar::vietnam_day(ctx.now))?;
        let row = nomination_comment::ActiveModel {
            id: Set(Uuid::now_v7()),
            nomination_id: Set(nomination_id),
            text: Set(new.text.clone()),
            received_on: Set(new.received_on),
            answer: Set(None),
            answered_at: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = nomination_comment::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("nomination_comment.create", "nomination_comment", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(seen.cycle.id).after(&row)?).await?;
        Ok(shown(ctx, row, &seen.nomination, seen.tie))
    })
    .await
}

pub(super) async fn answer(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    answer: &CommentAnswer,
) -> Result<NominationComment, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = nomination_comment::Entity::find_by_id(id).one(tx).await?.ok_or_else(Problem::not_found)?;
        let about = sight::visible_dossier(ctx, tx, found.nomination_id).await?;
        ctx.may(Action::SettleNomination(about.tie))?;
        seen.allows(found.version)?;
        may_answer(about.nomination.state, found.answered_at.is_some())?;
        let mut row = found.clone().into_active_model();
        row.answer = Set(Some(answer.answer.clone()));
        row.answered_at = Set(Some(ctx.now));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = nomination_comment::Entity::update(row).validate()?;
        let saved = guarded.filter(nomination_comment::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("nomination_comment.answer", "nomination_comment", id, saved.version);
        journal::record(tx, ctx, change.in_cycle(about.cycle.id).before(&found)?.after(&saved)?).await?;
        Ok(shown(ctx, saved, &about.nomination, about.tie))
    })
    .await
}

/// A row as the caller sees it.
fn shown(ctx: &Ctx, row: nomination_comment::Model, nomination: &nomination::Model, tie: Tie) -> NominationComment {
    let answer = Verdict::on("answer")
        .and(policy::check(ctx.who, Action::SettleNomination(tie)))
        .and(may_answer(nomination.state, row.answered_at.is_some()));
    NominationComment::new(row, AllowedAction::all(&[answer], ctx.language))
}
