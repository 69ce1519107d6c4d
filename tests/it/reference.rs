//! The catalogues that ship with the service, in the database.

use chrono::NaiveDate;
use entity::{
    award_requirement, award_type, base_salary, campaign, cluster, cycle, dossier_requirement, holiday, journal_entry,
    membership, province, province_event, province_succession, reward_coefficient,
    vocab::{ActorKind, CycleState},
};
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter};
use thidua::{
    db,
    domain::province::valid_on,
    reference::{self, Loaded, book},
};

use super::support::{House, house};

/// Loads once more, and tells what was stored and how many statements that took.
async fn load(house: &House) -> (Loaded, usize) {
    let now = house.state.clock.now();
    let (loaded, statements) =
        house.counting(db::write(&house.state.db, async |tx| reference::load(tx, now).await)).await;
    (loaded.unwrap(), statements)
}

async fn entries(house: &House) -> u64 {
    journal_entry::Entity::find().count(house.state.db.reader()).await.unwrap()
}

#[actix_web::test]
async fn the_whole_book_is_stored_and_journalled() {
    let house = house().await;
    let db = house.state.db.reader();
    let book = book();
    let members: usize = book.cycles.iter().map(|cycle| cycle.members.len()).sum();
    #[rustfmt::skip]
    let counts = [
        (province::Entity::find().count(db).await.unwrap(),           book.provinces.len()),
        (province_event::Entity::find().count(db).await.unwrap(),     book.events.len()),
        (cluster::Entity::find().count(db).await.unwrap(),            book.clusters.len()),
        (cycle::Entity::find().count(db).await.unwrap(),              book.cycles.len()),
        (membership::Entity::find().count(db).await.unwrap(),         members),
        (award_type::Entity::find().count(db).await.unwrap(),         book.award_types.len()),
        (reward_coefficient::Entity::find().count(db).await.unwrap(), book.coefficients.len()),
        (base_salary::Entity::find().count(db).await.unwrap(),        book.base_salaries.len()),
        (campaign::Entity::find().count(db).await.unwrap(),           book.campaigns.len()),
        (holiday::Entity::find().count(db).await.unwrap(),            book.holidays.len()),
        (dossier_requirement::Entity::find().count(db).await.unwrap(), book.requirements.len()),
        (award_requirement::Entity::find().count(db).await.unwrap(),  book.earlier_awards.len()),
    ];
    for (stored, expected) in counts {
        assert_eq!(stored, expected as u64);
    }
    let successions: usize = book.events.iter().map(|it| it.predecessors.len() * it.successors.len()).sum();
    assert_eq!(province_succession::Entity::find().count(db).await.unwrap(), successions as u64);

    let journal = journal_entry::Entity::find().all(db).await.unwrap();
    assert_eq!(journal.len() as u64, counts.iter().map(|(stored, _)| stored).sum::<u64>());
    for entry in journal {
        assert_eq!(
            (entry.action.as_str(), entry.actor_kind, entry.actor_id),
            ("reference.load", ActorKind::System, None)
        );
        assert!(entry.before.is_none() && entry.after.is_some(), "{entry:?}");
    }
}

#[actix_web::test]
async fn provinces_are_those_of_the_day() {
    let house = house().await;
    let stored = province::Entity::find().all(house.state.db.reader()).await.unwrap();
    for (day, units, code15) in
        [("2024-03-01", 63, "Yên Bái"), ("2025-07-01", 34, "Lào Cai"), ("2026-05-01", 34, "Lào Cai")]
    {
        let day: NaiveDate = day.parse().unwrap();
        let valid: Vec<_> = stored.iter().filter(|row| valid_on(row.valid_from, row.valid_to, day)).collect();
        assert_eq!(valid.len(), units, "{day}");
        let named: Vec<_> = valid.iter().filter(|row| row.code == "15").map(|row| row.name.as_str()).collect();
        assert_eq!(named, [code15], "{day}");
    }
}

#[actix_web::test]
async fn years_of_the_past_come_as_drafts() {
    let house = house().await;
    let cycles = cycle::Entity::find().all(house.state.db.reader()).await.unwrap();
    assert!(cycles.iter().all(|cycle| cycle.state == CycleState::Draft));
}

#[actix_web::test]
async fn a_second_start_changes_nothing() {
    let house = house().await;
    let before = entries(&house).await;
    let (loaded, statements) = load(&house).await;
    assert_eq!(loaded, Loaded::default());
    assert!(statements <= 1, "{statements}");
    assert_eq!(entries(&house).await, before);
}

#[actix_web::test]
async fn what_people_deleted_stays_deleted() {
    let house = house().await;
    membership::Entity::delete_many().exec(house.state.db.reader()).await.unwrap();
    assert_eq!(load(&house).await.0, Loaded::default());
    assert_eq!(membership::Entity::find().count(house.state.db.reader()).await.unwrap(), 0);
}

#[actix_web::test]
async fn another_edition_adds_only_what_is_missing() {
    let house = house().await;
    let db = house.state.db.reader();
    journal_entry::Entity::delete_many().exec(db).await.unwrap();
    let xnt = campaign::Entity::find().filter(campaign::Column::Code.eq("XNT-2025")).one(db).await.unwrap().unwrap();
    xnt.delete(db).await.unwrap();
    membership::Entity::delete_many().exec(db).await.unwrap();
    assert_eq!(
        load(&house).await.0,
        Loaded(vec![("campaign", 1)]),
        "the members of a year that exists are people's affair"
    );
    assert_eq!(entries(&house).await, 1);
}
