//! The decision on a nomination: one transaction makes the award and closes the nomination.

use chrono::NaiveDate;
use entity::{
    award, award_type, base_salary, cycle, membership, nomination, nomination_comment, province, ranking_entry,
    reward_coefficient,
    vocab::{AwardState, RecipientKind},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{Award, NewAward},
    service::bare,
};
use crate::{
    db,
    domain::{
        award::{self as rules, decision_year},
        calendar,
        nomination::{Event, Nominee, Standing},
        phrase::Phrase,
        policy::Action,
        reward::{self, Price},
        text,
    },
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// A province is a collective.
const RECIPIENT: RecipientKind = RecipientKind::Collective;

/// What a decision needs to know.
struct Facts {
    nomination: nomination::Model,
    cycle: cycle::Model,
    province: province::Model,
    nominee: Nominee,
    award_type: award_type::Model,
    /// Comments of the public that nobody has answered yet.
    unanswered: u64,
}

impl Facts {
    /// Where the nomination stands. Its ballot and its dossier were looked at in earlier steps.
    fn standing(&self, today: NaiveDate) -> Standing<'_> {
        Standing {
            state: self.nomination.state,
            held_from: self.nomination.held_from,
            place: self.nomination.place,
            cycle: self.cycle.state,
            nominee: &self.nominee,
            ballot_required: false,
            missing: &[],
            comment_until: self.nomination.public_comment_until,
            unanswered: self.unanswered,
            today,
        }
    }
}

pub(super) async fn decide(ctx: &Ctx, new: &NewAward) -> Result<Award, Problem> {
    ctx.may(Action::DecideAward)?;
    // A number is found again however it was typed.
    let number = new.decision_number.trim();
    db::write(&ctx.db, async |tx| {
        let facts = gather(tx, new.nomination_id).await?;
        let Facts { nomination, cycle, province, award_type, .. } = &facts;
        let closed = facts.standing(calendar::vietnam_day(ctx.now)).take(Event::Decide)?;
        let authority = rules::check_authority(new.authority, award_type.authority)?;
        rules::check_decision(number, new.decided_on, cycle.year, calendar::vietnam_day(ctx.now))?;
        let year = decision_year(new.decided_on);
        let taken = award::Entity::find()
            .filter(award::Column::Authority.eq(authority))
            .filter(award::Column::DecisionYear.eq(year))
            .filter(award::Column::DecisionNumber.eq(number));
        if taken.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::made(
                format!("the authority has used the number {number} in {year}"),
                format!("số quyết định {number} đã được dùng trong năm {year}"),
            )));
        }
        let price = price(tx, award_type.id, new).await?;
        let row = award::ActiveModel {
            id: Set(Uuid::now_v7()),
            nomination_id: Set(nomination.id),
            cycle_id: Set(nomination.cycle_id),
            province_id: Set(nomination.province_id),
            award_type_id: Set(nomination.award_type_id),
            recipient_kind: Set(RECIPIENT),
            decision_number: Set(number.to_owned()),
            decision_year: Set(year),
            decided_on: Set(new.decided_on),
            authority: Set(authority),
            signatory_name: Set(new.signatory_name.clone()),
            signatory_title: Set(new.signatory_title.clone()),
            citation: Set(new.citation.clone()),
            coefficient: Set(price.map(|price| price.coefficient)),
            base_salary: Set(price.map(|price| price.base_salary)),
            reward_amount: Set(price.map(|price| price.amount)),
            state: Set(AwardState::Decided),
            revoked_on: Set(None),
            revocation_number: Set(None),
            revocation_reason: Set(None),
            amount_to_recover: Set(None),
            search_text: Set(text::search_text(&[
                number,
                &province.name,
                &province.name_en,
                &award_type.name,
                &award_type.name_en,
                &new.citation,
            ])),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let award = award::Entity::insert(row).exec_with_returning(tx).await?;
        let mut row = nomination.clone().into_active_model();
        row.state = Set(closed);
        row.closed_at = Set(Some(ctx.now));
        row.version = Set(nomination.version + 1);
        row.updated_at = Set(ctx.now);
        let saved = nomination::Entity::update(row)
            .validate()?
            .filter(nomination::Column::Version.eq(nomination.version))
            .exec(tx)
            .await?;
        let decided = Change::new("award.decide", "award", award.id, award.version);
        let closed = Change::new("nomination.decide", "nomination", saved.id, saved.version);
        let changes = vec![
            decided.in_cycle(award.cycle_id).after(&award)?,
            closed.in_cycle(saved.cycle_id).before(nomination)?.after(&saved)?,
        ];
        journal::record_all(tx, ctx, changes).await?;
        Ok(bare(ctx, award))
    })
    .await
}

async fn gather(tx: &impl ConnectionTrait, nomination_id: Uuid) -> Result<Facts, Problem> {
    let lost = |what: &str| Problem::internal(format!("a nomination without its {what}"));
    let nomination = nomination::Entity::find_by_id(nomination_id).one(tx).await?.ok_or_else(|| {
        let message = Phrase::new("there is no such nomination", "không có đề nghị khen thưởng này");
        Problem::fault("/nomination_id", "unknown_reference", message)
    })?;
    let cycle = cycle::Entity::find_by_id(nomination.cycle_id).one(tx).await?.ok_or_else(|| lost("cycle"))?;
    let member = membership::Entity::find()
        .find_also_related(province::Entity)
        .filter(membership::Column::CycleId.eq(nomination.cycle_id))
        .filter(membership::Column::ProvinceId.eq(nomination.province_id))
        .one(tx)
        .await?;
    let Some((member, Some(province))) = member else { return Err(lost("member")) };
    let entry = ranking_entry::Entity::in_force([nomination.cycle_id])
        .filter(ranking_entry::Column::ProvinceId.eq(nomination.province_id))
        .one(tx)
        .await?;
    let award_type = award_type::Entity::find_by_id(nomination.award_type_id).one(tx).await?;
    let award_type = award_type.ok_or_else(|| lost("award type"))?;
    let nominee = Nominee {
        membership_id: member.id,
        province: province.name.clone(),
        excluded: member.excluded_reason.is_some(),
        place: entry.and_then(|(entry, _)| entry.place),
    };
    let unanswered = nomination_comment::Entity::unanswered([nomination.id]).count(tx).await?;
    Ok(Facts { nomination, cycle, province, nominee, award_type, unanswered })
}

/// The money, by the catalogues of the day.
async fn price(tx: &impl ConnectionTrait, award_type_id: Uuid, new: &NewAward) -> Result<Option<Price>, Problem> {
    let coefficients = reward_coefficient::Entity::find()
        .filter(reward_coefficient::Column::AwardTypeId.eq(award_type_id))
        .filter(reward_coefficient::Column::RecipientKind.eq(RECIPIENT))
        .all(tx)
        .await?;
    let coefficient = reward::valid_on(&coefficients, new.decided_on, |row| (row.valid_from, row.valid_to));
    let salaries =
        base_salary::Entity::find().filter(base_salary::Column::ValidFrom.lte(new.decided_on)).all(tx).await?;
    let salary = reward::valid_on(&salaries, new.decided_on, |row| (row.valid_from, row.valid_to));
    Ok(reward::price(coefficient.map(|row| row.coefficient), salary.map(|row| row.amount))?)
}
