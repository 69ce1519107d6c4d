//! What can be done with clusters. One function is one use case is one transaction.

use entity::{cluster, cycle};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::dto::{ClusterFilter, ClusterPatch, ClusterSort, NewCluster};
use crate::{
    db,
    domain::{phrase::Phrase, policy::Action, text},
    http::{self, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ClusterFilter) -> Result<Page<cluster::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = cluster::Entity::find();
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(cluster::Column::SearchText, q));
    }
    if let Some(code) = &filter.code {
        select = select.filter(cluster::Column::Code.eq(code));
    }
    http::page::<ClusterSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<cluster::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewCluster) -> Result<cluster::Model, Problem> {
    ctx.may(Action::ConfigureClusters)?;
    db::write(&ctx.db, async |tx| {
        let row = cluster::ActiveModel {
            id: Set(Uuid::now_v7()),
            code: Set(new.code.clone()),
            name: Set(new.name.clone()),
            name_en: Set(new.name_en.clone()),
            overseer_name: Set(new.overseer_name.clone()),
            overseer_title: Set(new.overseer_title.clone()),
            name_key: Set(text::sort_key(&new.name)),
            search_text: Set(text::search_text(&[&new.name, &new.name_en, &new.code])),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        if cluster::Entity::find().filter(cluster::Column::Code.eq(&new.code)).count(tx).await? > 0 {
            return Err(taken(&new.code));
        }
        let row = cluster::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("cluster.create", "cluster", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &ClusterPatch,
) -> Result<cluster::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::ConfigureClusters)?;
        seen.allows(found.version)?;
        let name = patch.name.clone().unwrap_or_else(|| found.name.clone());
        let name_en = patch.name_en.clone().unwrap_or_else(|| found.name_en.clone());
        let mut row = found.clone().into_active_model();
        row.name_key = Set(text::sort_key(&name));
        row.search_text = Set(text::search_text(&[&name, &name_en, &found.code]));
        row.name = Set(name);
        row.name_en = Set(name_en);
        row.overseer_name = Set(patch.overseer_name.clone().over(found.overseer_name.clone()));
        row.overseer_title = Set(patch.overseer_title.clone().over(found.overseer_title.clone()));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        // The version guards the row even where the database lets two writers in at once.
        let saved = cluster::Entity::update(row)
            .validate()?
            .filter(cluster::Column::Version.eq(found.version))
            .exec(tx)
            .await?;
        let change = Change::new("cluster.update", "cluster", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::ConfigureClusters)?;
        seen.allows(found.version)?;
        if cycle::Entity::find().filter(cycle::Column::ClusterId.eq(id)).count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new("the cluster has cycles", "cụm thi đua đã có năm thi đua")));
        }
        cluster::Entity::delete_by_id(id).filter(cluster::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("cluster.delete", "cluster", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<cluster::Model, Problem> {
    cluster::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

fn taken(code: &str) -> Problem {
    Problem::conflict(Phrase::made(format!("the code {code} is taken"), format!("mã {code} đã được dùng")))
}
