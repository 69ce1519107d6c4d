//! What the next steps of nominations hang on beside their province: documents that are missing, comments that nobody has
//! answered, and how long public comment lasts.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{
    award_type, dossier_document, dossier_requirement, holiday, nomination, nomination_comment, vocab::DocumentKind,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::earlier::Earlier;
use crate::{
    domain::{
        dossier,
        refusal::Blocker,
        working_days::{Holidays, public_comment_until},
    },
    problem::Problem,
};

/// What stands in the way of one nomination.
#[derive(Clone, Debug, Default)]
pub(super) struct Papers {
    /// The required documents that are not there.
    pub missing: Vec<DocumentKind>,
    /// Comments that nobody has answered yet.
    pub unanswered: u64,
    /// Awards that must come before, and are not known.
    pub earlier: Vec<Blocker>,
}

/// The papers of many nominations. Four statements, however many there are, and three more where an award asks for earlier
/// ones.
pub(super) async fn papers(
    db: &impl ConnectionTrait,
    rows: &[nomination::Model],
) -> Result<HashMap<Uuid, Papers>, Problem> {
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let award_types: BTreeSet<Uuid> = rows.iter().map(|row| row.award_type_id).collect();
    let required = dossier_requirement::Entity::find()
        .filter(dossier_requirement::Column::AwardTypeId.is_in(award_types))
        .filter(dossier_requirement::Column::Required.eq(true))
        .order_by_asc(dossier_requirement::Column::Id)
        .all(db)
        .await?;
    let present: Vec<(Uuid, DocumentKind)> = dossier_document::Entity::find()
        .select_only()
        .column(dossier_document::Column::NominationId)
        .column(dossier_document::Column::Kind)
        .distinct()
        .filter(dossier_document::Column::NominationId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut unanswered = nomination_comment::Entity::count_unanswered(db, rows.iter().map(|row| row.id)).await?;
    let earlier = Earlier::load(db, rows).await?;
    let mut of = |row: &nomination::Model| {
        let required = required.iter().filter(|one| one.award_type_id == row.award_type_id);
        let present: Vec<_> = present.iter().filter(|(id, _)| *id == row.id).map(|(_, kind)| *kind).collect();
        let certificate = present.contains(&DocumentKind::Certificate);
        let papers = Papers {
            missing: dossier::missing(required.map(|one| one.document_kind), &present),
            unanswered: unanswered.remove(&row.id).unwrap_or_default(),
            earlier: earlier.missing(row, certificate),
        };
        (row.id, papers)
    };
    Ok(rows.iter().map(&mut of).collect())
}

/// The papers of one nomination.
pub(super) async fn papers_of(db: &impl ConnectionTrait, row: &nomination::Model) -> Result<Papers, Problem> {
    Ok(papers(db, std::slice::from_ref(row)).await?.remove(&row.id).unwrap_or_default())
}

/// The last day of public comment that is opened on this day, by the setting of the award and the calendar.
pub(super) async fn comment_until(
    db: &impl ConnectionTrait,
    award_type_id: Uuid,
    opened_on: NaiveDate,
) -> Result<NaiveDate, Problem> {
    let award_type = award_type::Entity::find_by_id(award_type_id).one(db).await?;
    let award_type = award_type.ok_or_else(|| Problem::internal("a nomination without its award type"))?;
    let days = award_type.public_comment_days.try_into().map_err(Problem::internal)?;
    let holidays = holiday::Entity::find().filter(holiday::Column::Day.gt(opened_on)).all(db).await?;
    let holidays: Holidays = holidays.into_iter().map(|row| (row.day, row.kind)).collect();
    Ok(public_comment_until(opened_on, days, &holidays))
}
