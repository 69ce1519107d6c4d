//! What if: a ranking under hypothetical changes; nothing is stored.

use std::collections::HashMap;

use uuid::Uuid;

use super::dto::{HypotheticalChange, Preview, PreviewEntry, RankingSection, Standing, WhatIf};
use crate::{
    domain::{
        policy::Action,
        ranking::Placed,
        result::{Change, apply, compute},
    },
    http::{Ctx, brief, sight},
    problem::Problem,
    results::Sheets,
};

pub(super) async fn get(ctx: &Ctx, cycle_id: Uuid, what_if: &WhatIf) -> Result<Preview, Problem> {
    let db = ctx.db.reader();
    let (_, tie) = sight::visible_cycle(ctx, db, cycle_id).await?;
    ctx.may(Action::ReadSheets(tie))?;
    let (inputs, open_lines) = Sheets::figures(db, cycle_id).await?.provisional()?;
    let before: HashMap<Uuid, Standing> =
        compute(&inputs)?.placed.into_iter().map(|one| (one.province_id, standing(&one))).collect();
    let changes: Vec<Change> = what_if.changes.iter().map(change).collect();
    let after = compute(&apply(inputs, &changes, |index| format!("/changes/{index}"))?)?.placed;
    let provinces = brief::provinces(db, after.iter().map(|one| one.province_id)).await?;
    let entry = |one: Placed| {
        let before = before.get(&one.province_id).copied();
        Ok(PreviewEntry {
            province: provinces
                .get(&one.province_id)
                .cloned()
                .ok_or_else(|| Problem::internal("a ranked province is missing"))?,
            changed: before != Some(standing(&one)),
            before: before.ok_or_else(|| Problem::internal("a province appeared"))?,
            after: standing(&one),
            classification: one.class.map(|(vi, _)| vi),
            tie_breaks: one.tie_breaks,
            adjustments: one.adjustments,
            sections: one
                .sections
                .into_iter()
                .map(|section| RankingSection {
                    criterion_id: section.criterion_id,
                    code: section.code,
                    name: section.name,
                    max_points: Some(section.max_points),
                    points: section.points,
                })
                .collect(),
        })
    };
    Ok(Preview { cycle_id, open_lines, entries: after.into_iter().map(entry).collect::<Result<_, Problem>>()? })
}

const fn standing(one: &Placed) -> Standing {
    Standing { place: one.place, total: one.total }
}

const fn change(one: &HypotheticalChange) -> Change {
    match *one {
        HypotheticalChange::Points { province_id, criterion_id, points } => {
            Change::Points { province_id, criterion_id, points }
        }
        HypotheticalChange::Weight { criterion_id, max_points } => Change::Weight { criterion_id, max_points },
        HypotheticalChange::Exclude { province_id } => Change::Exclude { province_id },
        HypotheticalChange::Readmit { province_id } => Change::Readmit { province_id },
    }
}
