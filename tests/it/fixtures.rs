//! Rows that a story starts from, put in directly where the way to them is another story's.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    appraiser_assignment, cluster, cycle, membership, province, user_account,
    vocab::{Certainty, CycleState, MemberRole, ProvinceKind, Role},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use thidua::{
    db,
    domain::{policy::Account, text},
};
use uuid::Uuid;

use super::support::{House, house, someone};

pub(crate) use entity::vocab::MemberRole::{Deputy, Head, Member};

/// When all of it was put in.
fn then() -> DateTime<Utc> {
    "2024-01-01T00:00:00Z".parse().unwrap()
}

async fn put<A>(house: &House, row: A) -> <A::Entity as EntityTrait>::Model
where
    A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send + Clone,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Sync,
{
    db::write(&house.state.db, async |tx| Ok(row.clone().insert(tx).await?)).await.unwrap()
}

/// A province beside those of the catalogue, valid since 2000.
pub(crate) async fn province(house: &House, code: &str, name: &str) -> Uuid {
    let row = province::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set(code.to_owned()),
        name: Set(name.to_owned()),
        name_en: Set(name.to_owned()),
        kind: Set(ProvinceKind::Province),
        valid_from: Set(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap()),
        valid_to: Set(None),
        name_key: Set(text::sort_key(name)),
        search_text: Set(text::search_text(&[name, code])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// A cluster with a code of its own.
pub(crate) async fn cluster(house: &House, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    let row = cluster::ActiveModel {
        id: Set(id),
        code: Set(format!("CUM-{id}")),
        name: Set(name.to_owned()),
        name_en: Set(name.to_owned()),
        overseer_name: Set(None),
        overseer_title: Set(None),
        name_key: Set(text::sort_key(name)),
        search_text: Set(text::search_text(&[name])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// A cycle of a new cluster, with its members: province, role, and the rank of a deputy.
pub(crate) async fn cycle(
    house: &House,
    state: CycleState,
    year: i32,
    members: &[(Uuid, MemberRole, Option<i32>)],
) -> Uuid {
    let cluster_id = cluster(house, "Cụm thử nghiệm").await;
    let row = cycle::ActiveModel {
        id: Set(Uuid::now_v7()),
        cluster_id: Set(cluster_id),
        year: Set(year),
        title: Set(format!("Năm thi đua {year}")),
        state: Set(state),
        interrupted_from: Set((state == CycleState::Interrupted).then_some(CycleState::Active)),
        state_reason: Set(None),
        conference_on: Set(None),
        conference_place: Set(None),
        launched_at: Set(None),
        finalized_at: Set(None),
        published_at: Set(None),
        closed_at: Set(None),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let cycle_id = put(house, row).await.id;
    for (province_id, role, rank) in members {
        let row = membership::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle_id),
            year: Set(year),
            province_id: Set(*province_id),
            role: Set(*role),
            deputy_rank: Set(*rank),
            certainty: Set(Certainty::Invented),
            excluded_reason: Set(None),
            excluded_at: Set(None),
            version: Set(1),
            created_at: Set(then()),
            updated_at: Set(then()),
        };
        put(house, row).await;
    }
    cycle_id
}

/// Puts a cycle into a state, without any of the steps that lead there.
pub(crate) async fn move_cycle(house: &House, cycle_id: Uuid, state: CycleState) {
    let row = cycle::ActiveModel {
        id: Set(cycle_id),
        state: Set(state),
        interrupted_from: Set((state == CycleState::Interrupted).then_some(CycleState::Active)),
        ..Default::default()
    };
    db::write(&house.state.db, async |tx| Ok(row.clone().update(tx).await?)).await.unwrap();
}

/// An appraiser who is assigned to a cycle, and comes from a province or from none.
pub(crate) async fn appraiser(house: &House, cycle_id: Uuid, province_id: Option<Uuid>) -> Option<Account> {
    let account = someone(Role::Appraiser, province_id);
    let id = account.unwrap().id;
    let row = user_account::ActiveModel {
        id: Set(id),
        username: Set(format!("appraiser-{id}")),
        display_name: Set("Người thẩm định".to_owned()),
        role: Set(Role::Appraiser),
        province_id: Set(province_id),
        password_hash: Set("none".to_owned()),
        must_change_password: Set(false),
        disabled_at: Set(None),
        search_text: Set("nguoi tham dinh".to_owned()),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await;
    let row = appraiser_assignment::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        user_id: Set(id),
        version: Set(1),
        created_at: Set(then()),
    };
    put(house, row).await;
    account
}

/// An officer of a province.
pub(crate) fn officer_of(province_id: Uuid) -> Option<Account> {
    someone(Role::ProvinceOfficer, Some(province_id))
}

#[actix_web::test]
async fn a_year_can_be_set_up() {
    let house = house().await;
    let mut provinces = vec![];
    for code in ["A1", "B1", "C1"] {
        provinces.push(province(&house, code, &format!("Tỉnh {code}")).await);
    }
    let (a, b, c) = (provinces[0], provinces[1], provinces[2]);
    let members = [(a, Head, None), (b, Deputy, Some(1)), (c, Member, None)];
    let id = cycle(&house, CycleState::Draft, 2030, &members).await;
    move_cycle(&house, id, CycleState::Interrupted).await;
    let appraiser = appraiser(&house, id, Some(a)).await;
    assert_eq!(officer_of(b).unwrap().province_id, Some(b));
    let (found, members, assigned) = db::write(&house.state.db, async |tx| {
        let found = cycle::Entity::find_by_id(id).one(tx).await?.unwrap();
        let members = membership::Entity::find().all(tx).await?;
        let assigned = appraiser_assignment::Entity::find().all(tx).await?;
        Ok((found, members, assigned))
    })
    .await
    .unwrap();
    assert_eq!((found.state, found.year), (CycleState::Interrupted, 2030));
    let members: Vec<_> = members.iter().filter(|m| m.cycle_id == id).map(|m| (m.province_id, m.role)).collect();
    assert_eq!(members, [(a, Head), (b, Deputy), (c, Member)]);
    assert_eq!(assigned.iter().map(|one| one.user_id).collect::<Vec<_>>(), [appraiser.unwrap().id]);
}
