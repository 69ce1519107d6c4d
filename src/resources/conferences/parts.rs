//! Who takes part in a conference, and its agenda: each list is replaced as a whole.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{conference, conference_agenda_item, conference_participant, province, vocab::ParticipantRole};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{dto::Conference, service, view};
use crate::{
    db,
    domain::{
        conference::{Change as Between, Origin, check_agenda, check_participants, may_change},
        policy::Action,
    },
    http::{Ctx, IfMatch, Line, brief::ProvinceBrief, line, sight},
    problem::Problem,
};

/// Participants a conference can have, and points of its agenda.
const MOST: u64 = 500;
/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 200;

/// Somebody who takes part in a conference
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Participant {
    pub role: ParticipantRole,
    /// Null where only the office is known
    #[schema(required = true)]
    pub name: Option<String>,
    /// The office held
    #[schema(example = "Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn")]
    pub title: String,
    /// The province the person comes from
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// The organisation the person comes from, where that is no province
    #[schema(required = true, example = "Hội đồng Thi đua - Khen thưởng Trung ương")]
    pub organisation: Option<String>,
    /// The province; only with `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
}

impl Participant {
    pub(super) fn new(row: conference_participant::Model, provinces: &HashMap<Uuid, ProvinceBrief>) -> Self {
        let conference_participant::Model {
            id: _,
            conference_id: _,
            position: _,
            role,
            name,
            title,
            province_id,
            organisation,
        } = row;
        let province = province_id.and_then(|id| provinces.get(&id).cloned());
        Self { role, name, title, province_id, organisation, province }
    }
}

/// A point of an agenda
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AgendaItem {
    #[schema(required = true)]
    pub starts_at: Option<DateTime<Utc>>,
    #[schema(example = "Báo cáo tổng kết phong trào thi đua")]
    pub title: String,
    /// Who speaks, or leads
    #[schema(required = true)]
    pub speaker: Option<String>,
}

impl From<conference_agenda_item::Model> for AgendaItem {
    fn from(row: conference_agenda_item::Model) -> Self {
        let conference_agenda_item::Model { id: _, conference_id: _, position: _, starts_at, title, speaker } = row;
        Self { starts_at, title, speaker }
    }
}

/// Everybody who takes part, in order; those who were listed before and are not here are gone
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "participants": [
    { "role": "chair", "title": "Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn" },
    { "role": "guest", "name": "Nguyễn Văn A", "title": "Phó Trưởng ban", "organisation": "Ban Thi đua - Khen thưởng Trung ương" },
]}))]
pub(super) struct ParticipantList {
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 500)]
    pub participants: Vec<NewParticipant>,
}

/// Somebody who takes part in a conference; of a province or of another organisation, or nothing is said of it
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewParticipant {
    pub role: ParticipantRole,
    /// Left out where only the office is known
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name: Option<String>,
    /// The office held
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    pub province_id: Option<Uuid>,
    /// Only without `province_id`
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub organisation: Option<String>,
}

/// The whole agenda, in order
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "items": [
    { "starts_at": "2024-03-01T08:00:00+07:00", "title": "Khai mạc" },
    { "title": "Báo cáo tổng kết phong trào thi đua", "speaker": "Tỉnh Bắc Kạn" },
]}))]
pub(super) struct Agenda {
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 500)]
    pub items: Vec<NewAgendaItem>,
}

/// A point of an agenda; one with a time does not lie before those above it
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAgendaItem {
    pub starts_at: Option<DateTime<Utc>>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    /// Who speaks, or leads
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub speaker: Option<String>,
}

pub(super) async fn put_participants(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    list: &ParticipantList,
) -> Result<Conference, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        check_origins(tx, list).await?;
        let former = participants(tx, id).await?;
        let of_conference = conference_participant::Column::ConferenceId.eq(id);
        conference_participant::Entity::delete_many().filter(of_conference).exec(tx).await?;
        let rows: Vec<_> =
            (1..).zip(&list.participants).map(|(position, one)| participant(id, position, one)).collect();
        for some in rows.chunks(BATCH) {
            conference_participant::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
        }
        let change = ("conference.put_participants", json!({ "participants": former }), json!(list));
        let saved = service::replace(ctx, tx, &found, change).await?;
        view::one(ctx, tx, saved, &[]).await
    })
    .await
}

pub(super) async fn put_agenda(ctx: &Ctx, id: Uuid, seen: &IfMatch, plan: &Agenda) -> Result<Conference, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        check_agenda(&plan.items.iter().map(|item| item.starts_at).collect::<Vec<_>>())?;
        let former = agenda(tx, id).await?;
        let of_conference = conference_agenda_item::Column::ConferenceId.eq(id);
        conference_agenda_item::Entity::delete_many().filter(of_conference).exec(tx).await?;
        let rows: Vec<_> = (1..).zip(&plan.items).map(|(position, one)| agenda_item(id, position, one)).collect();
        for some in rows.chunks(BATCH) {
            conference_agenda_item::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
        }
        let saved =
            service::replace(ctx, tx, &found, ("conference.put_agenda", json!({ "items": former }), json!(plan)))
                .await?;
        view::one(ctx, tx, saved, &[]).await
    })
    .await
}

/// A conference whose parts the caller may write now.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<conference::Model, Problem> {
    let about = sight::visible_conference(ctx, tx, id).await?;
    ctx.may(Action::RunConference(about.tie))?;
    seen.allows(about.conference.version)?;
    may_change(Between::Write, about.conference.state)?;
    Ok(about.conference)
}

async fn check_origins(tx: &impl ConnectionTrait, list: &ParticipantList) -> Result<(), Problem> {
    let origins: Vec<_> = list
        .participants
        .iter()
        .map(|one| Origin { province_id: one.province_id, organisation: one.organisation.is_some() })
        .collect();
    let named: Vec<Uuid> = origins.iter().filter_map(|one| one.province_id).collect();
    let known = province::Entity::find().filter(province::Column::Id.is_in(named)).all(tx).await?;
    Ok(check_participants(&known.into_iter().map(|row| row.id).collect(), &origins)?)
}

fn participant(conference_id: Uuid, position: i32, new: &NewParticipant) -> conference_participant::ActiveModel {
    let NewParticipant { role, name, title, province_id, organisation } = new.clone();
    conference_participant::ActiveModel {
        id: Set(Uuid::now_v7()),
        conference_id: Set(conference_id),
        position: Set(position),
        role: Set(role),
        name: Set(name),
        title: Set(title),
        province_id: Set(province_id),
        organisation: Set(organisation),
    }
}

fn agenda_item(conference_id: Uuid, position: i32, new: &NewAgendaItem) -> conference_agenda_item::ActiveModel {
    let NewAgendaItem { starts_at, title, speaker } = new.clone();
    conference_agenda_item::ActiveModel {
        id: Set(Uuid::now_v7()),
        conference_id: Set(conference_id),
        position: Set(position),
        starts_at: Set(starts_at),
        title: Set(title),
        speaker: Set(speaker),
    }
}

/// In the order of the list.
pub(super) async fn participants(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<conference_participant::Model>, Problem> {
    let of_conference =
        conference_participant::Entity::find().filter(conference_participant::Column::ConferenceId.eq(id));
    Ok(of_conference.order_by_asc(conference_participant::Column::Position).all(db).await?)
}

/// In the order of the agenda.
pub(super) async fn agenda(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<conference_agenda_item::Model>, Problem> {
    let of_conference =
        conference_agenda_item::Entity::find().filter(conference_agenda_item::Column::ConferenceId.eq(id));
    Ok(of_conference.order_by_asc(conference_agenda_item::Column::Position).all(db).await?)
}
