//! Campaigns of the whole country.

use std::collections::HashSet;

use entity::campaign;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::shelf::{FIRST, Shelf, entry};
use crate::{domain::text, problem::Problem, reference::Campaign};

pub(super) async fn campaigns(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    campaigns: &[Campaign],
) -> Result<(), Problem> {
    let found = campaign::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> = found.into_iter().map(|row| row.code).collect();
    let now = shelf.now();
    let rows = campaigns
        .iter()
        .filter(|it| !known.contains(&it.code))
        .map(|it| campaign::Model {
            id: Uuid::now_v7(),
            code: it.code.clone(),
            name: it.name.clone(),
            name_en: Some(it.name_en.clone()),
            launched_by: it.launched_by,
            province_id: None,
            cluster_id: None,
            legal_act: it.legal_act.clone(),
            launched_on: it.launched_on,
            starts_on: it.starts_on,
            ends_on: it.ends_on,
            parent_id: None,
            criteria: serde_json::json!([]),
            description: None,
            certainty: it.certainty,
            name_key: text::sort_key(&it.name),
            search_text: text::search_text(&[&it.name, &it.name_en, &it.code]),
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    shelf.put::<campaign::Entity>(rows, |row| entry("campaign", row.id).after(row)).await
}
