//! Days off, and weekends that are worked in exchange.

use std::collections::HashSet;

use entity::holiday;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::shelf::{FIRST, Shelf, entry};
use crate::{problem::Problem, reference::Holiday};

pub(super) async fn holidays(shelf: &mut Shelf<'_, impl ConnectionTrait>, holidays: &[Holiday]) -> Result<(), Problem> {
    let found = holiday::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> = found.into_iter().map(|row| row.day).collect();
    let now = shelf.now();
    let rows = holidays
        .iter()
        .filter(|it| !known.contains(&it.day))
        .map(|it| holiday::Model {
            id: Uuid::now_v7(),
            day: it.day,
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            kind: it.kind,
            legal_basis: it.legal_basis.clone(),
            certainty: it.certainty,
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    shelf.put::<holiday::Entity>(rows, |row| entry("holiday", row.id).after(row)).await
}
