//! What the guards of a cycle's steps need to know: gathered in a constant number of statements.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    appraiser_assignment, conference, criteria_set, criterion, cycle, membership, nomination, peer_assignment, pledge,
    province, ranking, scorecard, target,
    vocab::{ConferenceState, CriteriaSetState, CycleState, NominationState, RankingState},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::{
    domain::{
        conference::is_under_way,
        cycle::{Facts, Member, OpenConference, OpenNomination, Panel, PanelSeat},
        membership::Seat,
        nomination::is_open,
        scoring::ScoringRules,
    },
    problem::Problem,
    results,
};

#[derive(FromQueryResult)]
struct Registered {
    pledge_id: Uuid,
    targets: i64,
}

/// At most thirteen statements, however many members there are.
pub(super) async fn gather(db: &impl ConnectionTrait, cycle: &cycle::Model) -> Result<Facts, Problem> {
    let of_pledge = pledge::Entity::find().filter(pledge::Column::CycleId.eq(cycle.id)).all(db).await?;
    let registered: Vec<Registered> = target::Entity::find()
        .inner_join(pledge::Entity)
        .filter(pledge::Column::CycleId.eq(cycle.id))
        .select_only()
        .column(target::Column::PledgeId)
        .column_as(target::Column::Id.count(), "targets")
        .group_by(target::Column::PledgeId)
        .into_model()
        .all(db)
        .await?;
    let registered: HashMap<Uuid, i64> = registered.into_iter().map(|one| (one.pledge_id, one.targets)).collect();
    let pledges: HashMap<Uuid, &pledge::Model> = of_pledge.iter().map(|row| (row.province_id, row)).collect();
    let cards = scorecard::Entity::find().filter(scorecard::Column::CycleId.eq(cycle.id)).all(db).await?;
    let cards: HashMap<Uuid, _> = cards.into_iter().map(|row| (row.province_id, (row.id, row.state))).collect();
    let peers = peer_assignment::Entity::find().filter(peer_assignment::Column::CycleId.eq(cycle.id)).all(db).await?;
    let members = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(cycle.id))
        .find_also_related(province::Entity)
        .order_by_asc(province::Column::NameKey)
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|(row, province)| {
            let pledge = pledges.get(&row.province_id);
            let targets = pledge.and_then(|pledge| registered.get(&pledge.id)).copied().unwrap_or(0);
            Member {
                excluded: row.excluded_reason.is_some(),
                pledge: pledge.map(|pledge| (pledge.id, pledge.state)),
                targets: usize::try_from(targets).unwrap_or_default(),
                scorecard: cards.get(&row.province_id).copied(),
                peers: peers.iter().filter(|one| one.province_id == row.province_id).count(),
                ended_on: province
                    .as_ref()
                    .and_then(|province| province.valid_to)
                    .filter(|last| *last < last_day_of(cycle.year)),
                seat: Seat {
                    id: row.id,
                    province: province.map(|province| province.name).unwrap_or_default(),
                    role: row.role,
                    deputy_rank: row.deputy_rank,
                },
            }
        })
        .collect();
    let issued = criteria_set::Entity::find()
        .filter(criteria_set::Column::CycleId.eq(cycle.id))
        .filter(criteria_set::Column::State.eq(CriteriaSetState::Issued))
        .one(db)
        .await?;
    let rules = issued.as_ref().map(results::scoring_rules).transpose()?.unwrap_or_default();
    let panel = panel(db, cycle.id, issued.as_ref(), &rules).await?;
    let provisional = ranking::Entity::find()
        .filter(ranking::Column::CycleId.eq(cycle.id))
        .filter(ranking::Column::State.eq(RankingState::Provisional))
        .one(db)
        .await?;
    let ranking_approved = match &provisional {
        Some(ranking) => conference::Entity::approving(ranking.id).count(db).await? > 0,
        None => false,
    };
    Ok(Facts {
        cycle_id: cycle.id,
        members,
        criteria_issued: issued.is_some(),
        panel,
        explanation_owed: rules.explanation_required && cycle.state != CycleState::Explanation,
        provisional_ranking: provisional.map(|ranking| ranking.id),
        ranking_approved,
        open_nominations: open_nominations(db, cycle.id).await?,
        open_conferences: open_conferences(db, cycle.id).await?,
    })
}

/// Who is there to the end of the year has competed all the year.
fn last_day_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

async fn panel(
    db: &impl ConnectionTrait,
    cycle_id: Uuid,
    set: Option<&criteria_set::Model>,
    rules: &ScoringRules,
) -> Result<Panel, Problem> {
    let assigned =
        appraiser_assignment::Entity::find().filter(appraiser_assignment::Column::CycleId.eq(cycle_id)).all(db).await?;
    let seat = |row: appraiser_assignment::Model| {
        let sections = serde_json::from_value(row.sections).map_err(Problem::internal)?;
        Ok(PanelSeat { sections, lead: row.lead })
    };
    let sections = criterion::Entity::find()
        .filter(criterion::Column::CriteriaSetId.eq(set.map(|set| set.id)))
        .filter(criterion::Column::ParentId.is_null())
        .order_by_asc(criterion::Column::Position)
        .all(db)
        .await?;
    Ok(Panel {
        rules: rules.clone(),
        sections: sections.into_iter().map(|row| (row.id, row.code)).collect(),
        seats: assigned.into_iter().map(seat).collect::<Result<_, Problem>>()?,
    })
}

async fn open_conferences(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Vec<OpenConference>, Problem> {
    let open = conference::Entity::find()
        .select_only()
        .column(conference::Column::Id)
        .column(conference::Column::Title)
        .filter(conference::Column::CycleId.eq(cycle_id))
        .filter(conference::Column::State.is_in(ConferenceState::iter().filter(|state| is_under_way(*state))))
        .order_by_asc(conference::Column::StartsAt)
        .order_by_asc(conference::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(open.into_iter().map(|(id, title)| OpenConference { id, title }).collect())
}

async fn open_nominations(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Vec<OpenNomination>, Problem> {
    let open = nomination::Entity::find()
        .filter(nomination::Column::CycleId.eq(cycle_id))
        .filter(nomination::Column::State.is_in(NominationState::iter().filter(|state| is_open(*state))))
        .find_also_related(province::Entity)
        .order_by_asc(nomination::Column::Id)
        .all(db)
        .await?;
    let named = |(row, province): (nomination::Model, Option<province::Model>)| OpenNomination {
        id: row.id,
        province: province.map(|province| province.name).unwrap_or_default(),
    };
    Ok(open.into_iter().map(named).collect())
}
