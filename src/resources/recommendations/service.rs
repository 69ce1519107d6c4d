//! What can be done with recommendations. One function is one use case is one transaction.

use entity::{
    cycle, document, membership, province, recommendation,
    vocab::{Certainty, RecommendationState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    dto::{
        NewRecommendation, Recommendation, RecommendationExpand, RecommendationFilter, RecommendationPatch,
        RecommendationSort,
    },
    view::{shown, view, views},
};
use crate::{
    db,
    domain::{
        calendar,
        phrase::Phrase,
        policy::{Action, Tie},
        recommendation as rules, text,
    },
    http::{
        self, Csv, Ctx, IfMatch, Page, PageQuery,
        sight::{self, SeenRecommendation},
    },
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &RecommendationFilter,
) -> Result<Page<Recommendation>, Problem> {
    let select =
        recommendation::Entity::find().filter(sight::visible_recommendations(ctx.who)).filter(wanted(ctx, filter));
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<RecommendationSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref().map_or(&[][..], |expand| &expand.0);
    Ok(Page { data: views(ctx, db, data, expand).await?, page })
}

fn wanted(ctx: &Ctx, filter: &RecommendationFilter) -> Condition {
    use recommendation::Column::{Addressee, CycleId, DueOn, ProvinceId, RaisedOn, SearchText, State};
    let of_years = |Csv(years): &Csv<i32>| {
        let cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        CycleId.in_subquery(cycles.filter(cycle::Column::Year.is_in(years.iter().copied())).into_query())
    };
    let today = calendar::vietnam_day(ctx.now);
    let overdue = |yes: bool| {
        if yes {
            Condition::all().add(State.eq(RecommendationState::Forwarded)).add(DueOn.lt(today))
        } else {
            Condition::any().add(State.ne(RecommendationState::Forwarded)).add(DueOn.gte(today))
        }
    };
    Condition::all()
        .add_option(filter.q.as_ref().map(|q| http::contains(SearchText, q)))
        .add_option(filter.cycle_id.as_ref().map(|Csv(ids)| CycleId.is_in(ids.iter().copied())))
        .add_option(filter.province_id.as_ref().map(|Csv(ids)| ProvinceId.is_in(ids.iter().copied())))
        .add_option(filter.year.as_ref().map(of_years))
        .add_option(filter.state.as_ref().map(|Csv(states)| State.is_in(states.iter().copied())))
        .add_option(filter.addressee.as_ref().map(|Csv(words)| Addressee.is_in(words.iter().copied())))
        .add_option(filter.overdue.map(overdue))
        .add_option(filter.raised_on_from.map(|day| RaisedOn.gte(day)))
        .add_option(filter.raised_on_to.map(|day| RaisedOn.lte(day)))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, expand: &[RecommendationExpand]) -> Result<Recommendation, Problem> {
    let db = ctx.db.reader();
    let seen = sight::visible_recommendation(ctx, db, id).await?;
    view(ctx, db, seen, expand).await
}

pub(super) async fn raise(ctx: &Ctx, new: &NewRecommendation) -> Result<Recommendation, Problem> {
    ctx.may(Action::RaiseRecommendation(Tie::default().to_province(ctx.who, new.province_id)))?;
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        require_member(tx, new).await?;
        rules::may_raise(cycle.state)?;
        rules::check_raised(new.raised_on, calendar::vietnam_day(ctx.now))?;
        let NewRecommendation { cycle_id, province_id, addressee, addressee_name, title, text, raised_on, certainty } =
            new.clone();
        let row = recommendation::Model {
            id: Uuid::now_v7(),
            cycle_id,
            province_id,
            addressee,
            search_text: search_text(&title, &text, addressee_name.as_deref()),
            addressee_name,
            title,
            text,
            state: RecommendationState::Raised,
            raised_on,
            forwarded_on: None,
            forwarded_to: None,
            due_on: None,
            due_key: rules::due_key(None),
            answer: None,
            answered_by: None,
            answered_on: None,
            closing_note: None,
            closed_on: None,
            withdrawn_reason: None,
            certainty: certainty.unwrap_or(Certainty::Verified),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let active = row.into_active_model().reset_all();
        let row = recommendation::Entity::insert(active).exec_with_returning(tx).await?;
        let change = Change::new("recommendation.create", "recommendation", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(row.cycle_id).after(&row)?).await?;
        let tie = sight::recommendation_tie(ctx.who, tie, &row);
        Ok(shown(ctx, row, tie))
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &RecommendationPatch,
) -> Result<Recommendation, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let RecommendationPatch { addressee, addressee_name, title, text, raised_on, certainty } = patch.clone();
        let mut row = found.recommendation.clone();
        row.addressee = addressee.unwrap_or(row.addressee);
        row.addressee_name = addressee_name.over(row.addressee_name);
        row.title = title.unwrap_or(row.title);
        row.text = text.unwrap_or(row.text);
        row.raised_on = raised_on.unwrap_or(row.raised_on);
        row.certainty = certainty.unwrap_or(row.certainty);
        row.search_text = search_text(&row.title, &row.text, row.addressee_name.as_deref());
        rules::check_raised(row.raised_on, calendar::vietnam_day(ctx.now))?;
        store(ctx, tx, found, row, "recommendation.update").await
    })
    .await
}

/// Its documents go with it.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let SeenRecommendation { recommendation: found, cycle, .. } = writable(ctx, tx, id, seen).await?;
        let documents = journal::documents_go(tx, document::Column::RecommendationId.eq(id)).await?;
        let guarded = recommendation::Entity::delete_by_id(id);
        guarded.filter(recommendation::Column::Version.eq(found.version)).exec(tx).await?;
        let mut changes =
            vec![Change::new("recommendation.delete", "recommendation", id, found.version).before(&found)?];
        changes.extend(documents);
        let changes = changes.into_iter().map(|change| change.in_cycle(cycle.id)).collect();
        journal::record_all(tx, ctx, changes).await
    })
    .await
}

/// The recommendation, if the caller may change its words now and has seen its present version.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<SeenRecommendation, Problem> {
    let found = sight::visible_recommendation(ctx, tx, id).await?;
    ctx.may(Action::WriteRecommendation(found.tie))?;
    seen.allows(found.recommendation.version)?;
    rules::may_write(found.recommendation.state)?;
    Ok(found)
}

/// Stores what became of a recommendation as its next version, with its entry in the journal.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: SeenRecommendation,
    after: recommendation::Model,
    action: &str,
) -> Result<Recommendation, Problem> {
    let SeenRecommendation { recommendation: before, cycle, tie } = found;
    let after = recommendation::Model { version: before.version + 1, updated_at: ctx.now, ..after };
    let guarded = recommendation::Entity::update(after.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(recommendation::Column::Version.eq(before.version)).exec(tx).await?;
    let change = Change::new(action, "recommendation", saved.id, saved.version).in_cycle(cycle.id);
    journal::record(tx, ctx, change.before(&before)?.after(&saved)?).await?;
    let tie = sight::recommendation_tie(ctx.who, tie, &saved);
    Ok(shown(ctx, saved, tie))
}

async fn require_member(tx: &impl ConnectionTrait, new: &NewRecommendation) -> Result<(), Problem> {
    let membership = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(new.cycle_id))
        .filter(membership::Column::ProvinceId.eq(new.province_id));
    if membership.count(tx).await? > 0 {
        return Ok(());
    }
    if province::Entity::find_by_id(new.province_id).count(tx).await? == 0 {
        return Err(Problem::unknown_reference("/province_id"));
    }
    let message =
        Phrase::new("the province is no member of the cycle", "tỉnh không phải là thành viên của năm thi đua này");
    Err(Problem::fault("/province_id", "not_a_member", message))
}

fn search_text(title: &str, words: &str, addressee_name: Option<&str>) -> String {
    text::search_text(&[title, addressee_name.unwrap_or_default(), words])
}
