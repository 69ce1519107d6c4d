//! A ranking as a picture.

use std::collections::HashMap;

use entity::{criterion, vocab::RankingState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{Ranking, RankingEntry},
    service,
};
use crate::{
    chart::{Bar, Part, Picture},
    domain::{
        calendar::vietnam_day,
        phrase::{Language, Phrase},
    },
    http::{Ctx, brief},
    problem::Problem,
};

/// Eight statements, however many provinces there are.
pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<String, Problem> {
    let db = ctx.db.reader();
    let ranking = service::get(ctx, id).await?;
    let cycle =
        brief::cycles(db, [ranking.cycle_id]).await?.remove(&ranking.cycle_id).ok_or_else(Problem::not_found)?;
    let cluster = brief::clusters(db, [cycle.cluster_id]).await?.remove(&cycle.cluster_id);
    let cluster = cluster.map(|cluster| Phrase::made(cluster.name_en, cluster.name));
    let of_set = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(ranking.criteria_set_id));
    let sections = of_set.filter(criterion::Column::ParentId.is_null()).all(db).await?;
    let english: HashMap<Uuid, String> = sections.into_iter().filter_map(|row| Some((row.id, row.name_en?))).collect();
    let title = Phrase::made(
        format!("Ranking of the emulation year {}", cycle.year),
        format!("Xếp hạng năm thi đua {}", cycle.year),
    );
    let said = |phrase: &Phrase| phrase.say(ctx.language).to_owned();
    let picture = Picture {
        language: ctx.language,
        title: said(&title),
        subtitles: cluster.iter().chain([&standing(&ranking)]).map(said).collect(),
        total_points: ranking.total_points,
        bars: ranking.entries.into_iter().flatten().map(|entry| bar(entry, &english, ctx.language)).collect(),
    };
    picture.draw().map_err(Problem::internal)
}

/// How the ranking stands in time.
fn standing(ranking: &Ranking) -> Phrase {
    let published = ranking.published_at.map(vietnam_day);
    match (ranking.state, published) {
        (RankingState::Published, Some(day)) => {
            Phrase::made(format!("Published on {day}"), format!("Công bố ngày {}", day.format("%d/%m/%Y")))
        }
        (RankingState::Superseded, Some(day)) => Phrase::made(
            format!("Published on {day}, since replaced"),
            format!("Công bố ngày {}, đã được thay thế", day.format("%d/%m/%Y")),
        ),
        (RankingState::Superseded, None) => Phrase::new("Never published, replaced", "Chưa công bố, đã được thay thế"),
        (RankingState::Provisional | RankingState::Published, _) => {
            Phrase::new("Provisional, not published", "Tạm thời, chưa công bố")
        }
    }
}

fn bar(entry: RankingEntry, english: &HashMap<Uuid, String>, language: Language) -> Bar {
    let name = Phrase::made(entry.province.name_en, entry.province.name);
    let part = |section: super::dto::RankingSection| {
        let in_english = english.get(&section.criterion_id).cloned().unwrap_or_else(|| section.name.clone());
        let name = Phrase::made(in_english, section.name);
        Part { code: section.code, name: name.say(language).to_owned(), points: section.points }
    };
    Bar {
        place: entry.place,
        name: name.say(language).to_owned(),
        total: entry.total,
        reason: entry.excluded_reason,
        parts: entry.sections.into_iter().map(part).collect(),
    }
}
