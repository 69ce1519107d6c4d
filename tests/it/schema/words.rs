//! The lists of words that the tables check are the vocabularies of the entities.

use std::collections::BTreeMap;

use entity::{
    achievement_figure, assignment, award, award_requirement, award_rule, award_type, ballot, base_salary, campaign,
    campaign_review, carry_over, conference, conference_participant, contribution, contribution_share, criteria_set,
    criterion, cycle, decision, document, dossier_document, dossier_requirement, due_date, due_date_extension,
    evidence, exemplar, holiday, journal_entry, membership, nomination, pledge, province, province_event, ranking,
    recommendation, resolution, reward_coefficient, scorecard, target, user_account,
};
use sea_orm::{ActiveEnum, DatabaseConnection, DbBackend, FromQueryResult, Statement};

use super::Migrated;

/// The check of a column, as the database quotes it back.
#[derive(FromQueryResult)]
struct Check {
    place: String,
    definition: String,
}

/// The words of the vocabulary that `column` of a row holds; `column` is there for its type alone.
fn words<M, E: ActiveEnum<Value = String>>(_column: fn(M) -> E) -> Vec<String> {
    E::values()
}

/// As [`words`], of a column that may be empty.
fn words_or_none<M, E: ActiveEnum<Value = String>>(_column: fn(M) -> Option<E>) -> Vec<String> {
    E::values()
}

fn declared() -> BTreeMap<String, Vec<String>> {
    [
        ("achievement_figure.certainty", words(|row: achievement_figure::Model| row.certainty)),
        ("assignment.certainty", words(|row: assignment::Model| row.certainty)),
        ("assignment.rating", words_or_none(|row: assignment::Model| row.rating)),
        ("assignment.state", words(|row: assignment::Model| row.state)),
        ("assignment.unit_kind", words(|row: assignment::Model| row.unit_kind)),
        ("award.authority", words(|row: award::Model| row.authority)),
        ("award.recipient_kind", words(|row: award::Model| row.recipient_kind)),
        ("award.state", words(|row: award::Model| row.state)),
        ("award_requirement.certainty", words(|row: award_requirement::Model| row.certainty)),
        ("award_requirement.recipient_kind", words(|row: award_requirement::Model| row.recipient_kind)),
        ("award_rule.ties", words(|row: award_rule::Model| row.ties)),
        ("award_type.authority", words(|row: award_type::Model| row.authority)),
        ("award_type.category", words(|row: award_type::Model| row.category)),
        ("ballot.kind", words(|row: ballot::Model| row.kind)),
        ("ballot.office", words_or_none(|row: ballot::Model| row.office)),
        ("ballot.outcome", words_or_none(|row: ballot::Model| row.outcome)),
        ("ballot.state", words(|row: ballot::Model| row.state)),
        ("base_salary.certainty", words(|row: base_salary::Model| row.certainty)),
        ("campaign.certainty", words(|row: campaign::Model| row.certainty)),
        ("campaign.launched_by", words(|row: campaign::Model| row.launched_by)),
        ("campaign_review.certainty", words(|row: campaign_review::Model| row.certainty)),
        ("campaign_review.kind", words(|row: campaign_review::Model| row.kind)),
        ("carry_over.way", words(|row: carry_over::Model| row.way)),
        ("contribution.certainty", words(|row: contribution::Model| row.certainty)),
        ("contribution.form", words(|row: contribution::Model| row.form)),
        ("contribution_share.certainty", words(|row: contribution_share::Model| row.certainty)),
        ("conference.certainty", words(|row: conference::Model| row.certainty)),
        ("conference.kind", words(|row: conference::Model| row.kind)),
        ("conference.state", words(|row: conference::Model| row.state)),
        ("conference_participant.role", words(|row: conference_participant::Model| row.role)),
        ("criteria_set.certainty", words(|row: criteria_set::Model| row.certainty)),
        ("criteria_set.state", words(|row: criteria_set::Model| row.state)),
        ("criterion.certainty", words(|row: criterion::Model| row.certainty)),
        ("criterion.method", words_or_none(|row: criterion::Model| row.method)),
        ("cycle.certainty", words(|row: cycle::Model| row.certainty)),
        ("cycle.interrupted_from", words_or_none(|row: cycle::Model| row.interrupted_from)),
        ("cycle.state", words(|row: cycle::Model| row.state)),
        ("decision.authority", words(|row: decision::Model| row.authority)),
        ("decision.media_type", words_or_none(|row: decision::Model| row.media_type)),
        ("document.media_type", words_or_none(|row: document::Model| row.media_type)),
        ("dossier_document.kind", words(|row: dossier_document::Model| row.kind)),
        ("dossier_document.media_type", words_or_none(|row: dossier_document::Model| row.media_type)),
        ("dossier_requirement.certainty", words(|row: dossier_requirement::Model| row.certainty)),
        ("dossier_requirement.document_kind", words(|row: dossier_requirement::Model| row.document_kind)),
        ("due_date.stage", words(|row: due_date::Model| row.stage)),
        ("due_date_extension.stage", words(|row: due_date_extension::Model| row.stage)),
        ("evidence.kind", words(|row: evidence::Model| row.kind)),
        ("evidence.media_type", words_or_none(|row: evidence::Model| row.media_type)),
        ("exemplar.certainty", words(|row: exemplar::Model| row.certainty)),
        ("exemplar.kind", words(|row: exemplar::Model| row.kind)),
        ("exemplar.state", words(|row: exemplar::Model| row.state)),
        ("holiday.certainty", words(|row: holiday::Model| row.certainty)),
        ("holiday.kind", words(|row: holiday::Model| row.kind)),
        ("journal_entry.actor_kind", words(|row: journal_entry::Model| row.actor_kind)),
        ("membership.certainty", words(|row: membership::Model| row.certainty)),
        ("membership.role", words(|row: membership::Model| row.role)),
        ("nomination.achievement_kind", words(|row: nomination::Model| row.achievement_kind)),
        ("nomination.nominee_kind", words(|row: nomination::Model| row.nominee_kind)),
        ("nomination.held_from", words_or_none(|row: nomination::Model| row.held_from)),
        ("nomination.hold_ground", words_or_none(|row: nomination::Model| row.hold_ground)),
        ("nomination.state", words(|row: nomination::Model| row.state)),
        ("pledge.certainty", words(|row: pledge::Model| row.certainty)),
        ("pledge.state", words(|row: pledge::Model| row.state)),
        ("province.kind", words(|row: province::Model| row.kind)),
        ("province_event.kind", words(|row: province_event::Model| row.kind)),
        ("ranking.state", words(|row: ranking::Model| row.state)),
        ("recommendation.addressee", words(|row: recommendation::Model| row.addressee)),
        ("recommendation.certainty", words(|row: recommendation::Model| row.certainty)),
        ("recommendation.state", words(|row: recommendation::Model| row.state)),
        ("resolution.kind", words(|row: resolution::Model| row.kind)),
        ("reward_coefficient.certainty", words(|row: reward_coefficient::Model| row.certainty)),
        ("reward_coefficient.recipient_kind", words(|row: reward_coefficient::Model| row.recipient_kind)),
        ("scorecard.state", words(|row: scorecard::Model| row.state)),
        ("target.certainty", words(|row: target::Model| row.certainty)),
        ("target.direction", words(|row: target::Model| row.direction)),
        ("user_account.role", words(|row: user_account::Model| row.role)),
    ]
    .map(|(place, words)| (place.to_owned(), words))
    .into()
}

async fn checked(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => {
            "SELECT t.name || '.' || c.name AS place, substr(t.sql, instr(t.sql, head), \
             instr(substr(t.sql, instr(t.sql, head)), '))')) AS definition FROM sqlite_schema AS t \
             JOIN (SELECT m.name AS owner, i.name, 'CHECK (\"' || i.name || '\" IN (' AS head \
             FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS i) AS c \
             ON c.owner = t.name AND instr(t.sql, head) > 0 WHERE t.type = 'table'"
        }
        _ => {
            "SELECT conrelid::regclass || '.' || attname AS place, pg_get_constraintdef(pg_constraint.oid) AS definition \
             FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND conkey = ARRAY[attnum] \
             WHERE contype = 'c' AND pg_get_constraintdef(pg_constraint.oid) LIKE 'CHECK ((% = ANY (ARRAY[%'"
        }
    };
    let checks = Check::find_by_statement(Statement::from_string(backend, sql)).all(db).await.unwrap();
    checks
        .into_iter()
        .map(|Check { place, definition }| {
            (place, definition.split('\'').skip(1).step_by(2).map(str::to_owned).collect())
        })
        .collect()
}

#[actix_web::test]
async fn every_checked_list_is_a_vocabulary() {
    let migrated = Migrated::new().await;
    assert_eq!(checked(migrated.connection()).await, declared());
}
