//! What can be done with figures of achievement. One function is one use case is one transaction.

use entity::{achievement_figure, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::dto::{
    AchievementFigure, AchievementFigureExpand, AchievementFigureFilter, AchievementFigurePatch, AchievementFigureSort,
    NewAchievementFigure,
};
use crate::{
    db,
    domain::{
        achievement_figure::{Standing, Statement, misstated},
        phrase::Phrase,
        policy::{Action, Tie},
        refusal::unless_faulty,
        text,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, brief},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &AchievementFigureFilter,
) -> Result<Page<AchievementFigure>, Problem> {
    use achievement_figure::Column;
    ctx.may(Action::ReadOpen)?;
    let either = |column: Column, given: bool| if given { column.is_not_null() } else { column.is_null() };
    let wanted = Condition::all()
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.province_id.as_ref().map(|ids| Column::ProvinceId.is_in(ids.0.iter().copied())))
        .add_option(filter.year.as_ref().map(|years| Column::Year.is_in(years.0.iter().copied())))
        .add_option(filter.year_from.map(|year| Column::Year.gte(year)))
        .add_option(filter.year_to.map(|year| Column::Year.lte(year)))
        .add_option(filter.has_rank_in_region.map(|given| either(Column::RankInRegion, given)))
        .add_option(filter.has_rank_in_country.map(|given| either(Column::RankInCountry, given)));
    let select = achievement_figure::Entity::find().filter(wanted);
    let db = ctx.db.reader();
    let found = http::page::<AchievementFigureSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut found = found.map(AchievementFigure::from);
    if filter.expand.as_ref().is_some_and(|expand| expand.0.contains(&AchievementFigureExpand::Province)) {
        let provinces = brief::provinces(db, found.data.iter().map(|one| one.province_id)).await?;
        for one in &mut found.data {
            one.province = provinces.get(&one.province_id).cloned();
        }
    }
    Ok(found)
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<achievement_figure::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewAchievementFigure) -> Result<achievement_figure::Model, Problem> {
    may_write(ctx, new.province_id)?;
    let new = new.clone();
    let row = achievement_figure::Model {
        id: Uuid::now_v7(),
        province_id: new.province_id,
        year: new.year,
        indicator_key: text::fold(&new.indicator),
        name_key: text::sort_key(&new.indicator),
        search_text: search_text(&new.indicator, new.indicator_en.as_deref()),
        indicator: new.indicator,
        indicator_en: new.indicator_en,
        unit: new.unit,
        value: new.value,
        region: new.region,
        rank_in_region: new.rank_in_region,
        ranked_in_region: new.ranked_in_region,
        rank_in_country: new.rank_in_country,
        ranked_in_country: new.ranked_in_country,
        source: new.source,
        certainty: new.certainty.unwrap_or(Certainty::Verified),
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    unless_faulty(misstated(statement(&row)))?;
    db::write(&ctx.db, async |tx| {
        http::province_in_year(tx, row.province_id, row.year).await?;
        once(tx, &row).await?;
        let row = achievement_figure::Entity::insert(row.clone().into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("achievement_figure.create", "achievement_figure", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &AchievementFigurePatch,
) -> Result<achievement_figure::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        may_write(ctx, found.province_id)?;
        seen.allows(found.version)?;
        let row = patched(ctx, &found, patch);
        unless_faulty(misstated(statement(&row)))?;
        once(tx, &row).await?;
        // The version guards the row even where the database lets two writers in at once.
        let guarded = achievement_figure::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(achievement_figure::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("achievement_figure.update", "achievement_figure", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

fn patched(ctx: &Ctx, found: &achievement_figure::Model, patch: &AchievementFigurePatch) -> achievement_figure::Model {
    let AchievementFigurePatch {
        indicator,
        indicator_en,
        unit,
        value,
        region,
        rank_in_region,
        ranked_in_region,
        rank_in_country,
        ranked_in_country,
        source,
        certainty,
    } = patch.clone();
    let before = found.clone();
    let indicator = indicator.unwrap_or(before.indicator);
    let indicator_en = indicator_en.over(before.indicator_en);
    achievement_figure::Model {
        indicator_key: text::fold(&indicator),
        name_key: text::sort_key(&indicator),
        search_text: search_text(&indicator, indicator_en.as_deref()),
        indicator,
        indicator_en,
        unit: unit.over(before.unit),
        value: value.over(before.value),
        region: region.over(before.region),
        rank_in_region: rank_in_region.over(before.rank_in_region),
        ranked_in_region: ranked_in_region.over(before.ranked_in_region),
        rank_in_country: rank_in_country.over(before.rank_in_country),
        ranked_in_country: ranked_in_country.over(before.ranked_in_country),
        source: source.unwrap_or(before.source),
        certainty: certainty.unwrap_or(before.certainty),
        version: before.version + 1,
        updated_at: ctx.now,
        ..*found
    }
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        may_write(ctx, found.province_id)?;
        seen.allows(found.version)?;
        let gone = achievement_figure::Entity::delete_by_id(id);
        let gone = gone.filter(achievement_figure::Column::Version.eq(found.version)).exec(tx).await?;
        if gone.rows_affected == 0 {
            return Err(Problem::stale());
        }
        let change = Change::new("achievement_figure.delete", "achievement_figure", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

fn may_write(ctx: &Ctx, province_id: Uuid) -> Result<(), Problem> {
    ctx.may(Action::WriteAchievementFigures(Tie::default().to_province(ctx.who, province_id)))
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<achievement_figure::Model, Problem> {
    achievement_figure::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

fn statement(row: &achievement_figure::Model) -> Statement<'_> {
    Statement {
        has_value: row.value.is_some(),
        unit: row.unit.as_deref(),
        region: row.region.as_deref(),
        in_region: Standing { rank: row.rank_in_region, of: row.ranked_in_region },
        in_country: Standing { rank: row.rank_in_country, of: row.ranked_in_country },
    }
}

/// Checks that the province has no other figure for the indicator in the year.
async fn once(db: &impl ConnectionTrait, row: &achievement_figure::Model) -> Result<(), Problem> {
    use achievement_figure::Column;
    let twins = achievement_figure::Entity::find()
        .filter(Column::ProvinceId.eq(row.province_id))
        .filter(Column::Year.eq(row.year))
        .filter(Column::IndicatorKey.eq(&row.indicator_key))
        .filter(Column::Id.ne(row.id));
    if twins.count(db).await? == 0 {
        return Ok(());
    }
    Err(Problem::conflict(Phrase::made(
        format!("the province has a figure for this indicator in {}", row.year),
        format!("tỉnh, thành phố đã có số liệu của chỉ tiêu này trong năm {}", row.year),
    )))
}

fn search_text(indicator: &str, indicator_en: Option<&str>) -> String {
    text::search_text(&[indicator, indicator_en.unwrap_or_default()])
}
