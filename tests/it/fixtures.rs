//! Rows that a story starts from, put in directly where the way to them is another story's.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use entity::{
    appraiser_assignment, assignment, award, award_rule, award_type, ballot, carry_over, cluster, conference,
    contribution, contribution_share, criteria_set, criterion, cycle,
    decimal::Decimal,
    decision, document, dossier_document, due_date_extension, evidence, exemplar, membership, nomination,
    nomination_comment, opinion, pledge, province, ranking, ranking_entry, ranking_proof, recommendation, recusal,
    resolution, score, scorecard, speech, target, user_account,
    vocab::{
        AchievementKind, Addressee, AssignmentRating, AssignmentState, AwardState, BallotKind, BallotState,
        CarryOverWay, Certainty, ConferenceKind, ConferenceState, ContributionForm, CriteriaSetState, CycleState,
        Direction, DocumentKind, EvidenceKind, ExemplarKind, ExemplarState, MemberRole, Method, NominationState,
        NomineeKind, PledgeState, ProvinceKind, QuotaTies, RankingState, RecipientKind, RecommendationState,
        ResolutionKind, Role, ScorecardState, Stage, UnitKind,
    },
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};
use thidua::{
    db,
    domain::{policy::Account, text},
};
use uuid::Uuid;

use super::support::{House, Reply, house, secretary, someone};

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
    cycle_of(house, cluster_id, state, year, members).await
}

/// A cycle of this cluster, with its members.
pub(crate) async fn cycle_of(
    house: &House,
    cluster_id: Uuid,
    state: CycleState,
    year: i32,
    members: &[(Uuid, MemberRole, Option<i32>)],
) -> Uuid {
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
        sections: Set(json!([])),
        lead: Set(false),
        version: Set(1),
        created_at: Set(then()),
    };
    put(house, row).await;
    account
}

/// The criteria of a cycle score by these rules.
pub(crate) async fn scoring_rules(house: &House, cycle_id: Uuid, rules: Value) {
    let change = criteria_set::ActiveModel { scoring_rules: Set(rules), ..Default::default() };
    db::write(&house.state.db, async |tx| {
        let sets = criteria_set::Entity::update_many().set(change.clone());
        sets.filter(criteria_set::Column::CycleId.eq(cycle_id)).exec(tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

/// Other ranking rules in the criteria of a cycle, issued or not.
pub(crate) async fn ranking_rules(house: &House, cycle_id: Uuid, rules: Value) {
    let change = criteria_set::ActiveModel { ranking_rules: Set(rules), ..Default::default() };
    db::write(&house.state.db, async |tx| {
        let sets = criteria_set::Entity::update_many().set(change.clone());
        sets.filter(criteria_set::Column::CycleId.eq(cycle_id)).exec(tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

/// What one of several appraisers, or of the peers, says to a line.
pub(crate) async fn opinion(house: &House, score_id: Uuid, user_id: Uuid, peer_id: Option<Uuid>) -> Uuid {
    let row = opinion::ActiveModel {
        id: Set(Uuid::now_v7()),
        score_id: Set(score_id),
        user_id: Set(user_id),
        province_id: Set(peer_id),
        lead: Set(false),
        abstained: Set(false),
        attained: Set(None),
        points: Set(Some(Decimal::ONE)),
        reason: Set(None),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// A province that got longer to score itself.
pub(crate) async fn extension(house: &House, cycle_id: Uuid, province_id: Uuid) -> Uuid {
    let row = due_date_extension::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        stage: Set(Stage::SelfScoring),
        due_at: Set(then()),
        hard_at: Set(None),
        offset_minutes: Set(420),
        reason: Set("Bão số 3".to_owned()),
        granted_by: Set(province_id),
        version: Set(1),
        created_at: Set(then()),
    };
    put(house, row).await.id
}

/// An appraiser who stood aside.
pub(crate) async fn recusal(house: &House, cycle_id: Uuid, province_id: Uuid, user_id: Uuid) -> Uuid {
    let row = recusal::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        user_id: Set(user_id),
        province_id: Set(province_id),
        reason: Set("Người thân công tác tại tỉnh".to_owned()),
        recorded_by: Set(user_id),
        version: Set(1),
        created_at: Set(then()),
    };
    put(house, row).await.id
}

/// Excludes a province from a cycle, or takes it back in, without any of the steps that lead there.
pub(crate) async fn exclude(house: &House, cycle_id: Uuid, province_id: Uuid, reason: Option<&str>) {
    let change = membership::ActiveModel {
        excluded_reason: Set(reason.map(str::to_owned)),
        excluded_at: Set(reason.map(|_| then())),
        ..Default::default()
    };
    db::write(&house.state.db, async |tx| {
        membership::Entity::update_many()
            .set(change.clone())
            .filter(membership::Column::CycleId.eq(cycle_id))
            .filter(membership::Column::ProvinceId.eq(province_id))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
}

/// A ranking of a cycle, and the end of the one before: provinces with their places.
pub(crate) async fn ranking(house: &House, cycle_id: Uuid, places: &[(Uuid, Option<i32>)]) -> Uuid {
    let number = next_number(house, cycle_id).await;
    let criteria = criteria_set::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        number: Set(number),
        title: Set("Bảng tiêu chí".to_owned()),
        state: Set(CriteriaSetState::Superseded),
        ranking_rules: Set(json!({ "tie_breakers": [], "classification": null })),
        scoring_rules: Set(json!({})),
        total_points: Set(Decimal::whole(1000)),
        reason: Set(None),
        cloned_from_id: Set(None),
        certainty: Set(Certainty::Invented),
        issued_at: Set(Some(then())),
        issued_by: Set(None),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let criteria_set_id = put(house, criteria).await.id;
    ranking_by(house, cycle_id, criteria_set_id, places).await
}

async fn next_number(house: &House, cycle_id: Uuid) -> i32 {
    let db = house.state.db.reader();
    let earlier = ranking::Entity::find().filter(ranking::Column::CycleId.eq(cycle_id)).count(db).await.unwrap();
    i32::try_from(earlier).unwrap() + 1
}

/// A ranking by criteria that are there already.
pub(crate) async fn ranking_by(
    house: &House,
    cycle_id: Uuid,
    criteria_set_id: Uuid,
    places: &[(Uuid, Option<i32>)],
) -> Uuid {
    let number = next_number(house, cycle_id).await;
    let over = ranking::ActiveModel { state: Set(RankingState::Superseded), ..Default::default() };
    db::write(&house.state.db, async |tx| {
        let all = ranking::Entity::update_many().set(over.clone()).filter(ranking::Column::CycleId.eq(cycle_id));
        all.exec(tx).await?;
        Ok(())
    })
    .await
    .unwrap();
    let row = ranking::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        number: Set(number),
        state: Set(RankingState::Provisional),
        criteria_set_id: Set(criteria_set_id),
        supersedes_id: Set(None),
        reason: Set(None),
        algorithm: Set(1),
        proof_sha256: Set("0".repeat(64)),
        total_points: Set(Decimal::whole(1000)),
        computed_at: Set(then()),
        published_at: Set(None),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let ranking_id = put(house, row).await.id;
    let proof = ranking_proof::ActiveModel {
        id: Set(Uuid::now_v7()),
        ranking_id: Set(ranking_id),
        content: Set("{}".into()),
        created_at: Set(then()),
    };
    put(house, proof).await;
    for (position, (province_id, place)) in (1..).zip(places) {
        let row = ranking_entry::ActiveModel {
            id: Set(Uuid::now_v7()),
            ranking_id: Set(ranking_id),
            province_id: Set(*province_id),
            position: Set(position),
            place: Set(*place),
            total: Set(Decimal::whole(900 - position)),
            classification: Set(None),
            classification_en: Set(None),
            tie_breaks: Set(json!([])),
            adjustments: Set(json!([])),
            excluded_reason: Set(place.is_none().then(|| "Không nộp báo cáo".to_owned())),
        };
        put(house, row).await;
    }
    ranking_id
}

/// The award type of the catalogue with this code.
pub(crate) async fn award_type(house: &House, code: &str) -> Uuid {
    let found = award_type::Entity::find().filter(award_type::Column::Code.eq(code));
    found.one(house.state.db.reader()).await.unwrap().unwrap().id
}

/// A member's signed pledge with one target, so that the cycle can go on.
pub(crate) async fn signed_pledge_with_target(house: &House, cycle_id: Uuid, province_id: Uuid) {
    pledge_with_target(house, cycle_id, province_id, PledgeState::Signed).await;
}

/// A member's pledge with one target.
pub(crate) async fn pledge_with_target(house: &House, cycle_id: Uuid, province_id: Uuid, state: PledgeState) -> Uuid {
    let signed = state != PledgeState::Draft;
    let row = pledge::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        text: Set("Cam kết".to_owned()),
        signatory_name: Set(signed.then(|| "Người ký".to_owned())),
        signatory_title: Set(signed.then(|| "Chủ tịch".to_owned())),
        signed_at: Set(signed.then(then)),
        signed_place: Set(signed.then(|| "Hà Nội".to_owned())),
        state: Set(state),
        concluded_at: Set(None),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let pledge_id = put(house, row).await.id;
    let row = target::ActiveModel {
        id: Set(Uuid::now_v7()),
        pledge_id: Set(pledge_id),
        position: Set(1),
        name: Set("Chỉ tiêu".to_owned()),
        unit: Set("%".to_owned()),
        direction: Set(Direction::HigherIsBetter),
        baseline: Set(None),
        target_value: Set(Decimal::ONE),
        actual: Set(None),
        source: Set(None),
        certainty: Set(Certainty::Invented),
        name_key: Set(text::sort_key("Chỉ tiêu")),
        search_text: Set(text::search_text(&["Chỉ tiêu"])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await;
    pledge_id
}

/// The scorecards of a cycle's members, a draft with a blank line for every leaf each, by province.
pub(crate) async fn scorecards(house: &House, cycle_id: Uuid, criteria_set_id: Uuid) -> HashMap<Uuid, Uuid> {
    let db = house.state.db.reader();
    let criteria = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(criteria_set_id));
    let leaves: Vec<Uuid> =
        criteria.all(db).await.unwrap().iter().filter(|row| row.method.is_some()).map(|row| row.id).collect();
    let members = membership::Entity::find().filter(membership::Column::CycleId.eq(cycle_id)).all(db).await.unwrap();
    let mut cards = HashMap::new();
    for member in members {
        let card = scorecard::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle_id),
            province_id: Set(member.province_id),
            criteria_set_id: Set(criteria_set_id),
            state: Set(ScorecardState::Draft),
            version: Set(1),
            created_at: Set(then()),
            updated_at: Set(then()),
            ..Default::default()
        };
        let card = put(house, card).await.id;
        for leaf in &leaves {
            let line = score::ActiveModel {
                id: Set(Uuid::now_v7()),
                scorecard_id: Set(card),
                criterion_id: Set(*leaf),
                version: Set(1),
                created_at: Set(then()),
                updated_at: Set(then()),
                ..Default::default()
            };
            put(house, line).await;
        }
        cards.insert(member.province_id, card);
    }
    cards
}

/// A member that is proposed for an award.
pub(crate) async fn nomination(house: &House, cycle_id: Uuid, province_id: Uuid, award_type_id: Uuid) -> Uuid {
    let row = nomination::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        nominee_kind: Set(NomineeKind::Province),
        nominee_name: Set(None),
        nominee_position: Set(None),
        nominee_key: Set(String::new()),
        // Several awards for one achievement there are not.
        achievement_kind: Set(AchievementKind::Thematic),
        achievement: Set(Some(award_type_id.to_string())),
        achievement_key: Set(award_type_id.to_string()),
        award_type_id: Set(award_type_id),
        ranking_id: Set(None),
        place: Set(None),
        reason: Set("Dẫn đầu cụm".to_owned()),
        state: Set(NominationState::Proposed),
        state_reason: Set(None),
        held_from: Set(None),
        hold_ground: Set(None),
        submitted_at: Set(None),
        appraisal_opinion: Set(None),
        appraised_at: Set(None),
        public_comment_from: Set(None),
        public_comment_until: Set(None),
        closed_at: Set(None),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// An award a member was given by a decision of its own, with all that stands behind it.
pub(crate) async fn award(house: &House, cycle_id: Uuid, province_id: Uuid, code: &str, decided_on: &str) -> Uuid {
    let db = house.state.db.reader();
    let found = award_type::Entity::find().filter(award_type::Column::Code.eq(code)).one(db).await.unwrap().unwrap();
    let nomination_id = nomination(house, cycle_id, province_id, found.id).await;
    let decided_on: NaiveDate = decided_on.parse().unwrap();
    let row = decision::Model {
        id: Uuid::now_v7(),
        authority: found.authority,
        decision_year: decided_on.year(),
        number: format!("{nomination_id}/QĐ"),
        decided_on,
        signatory_name: "Nguyễn Văn A".to_owned(),
        signatory_title: "Thủ tướng Chính phủ".to_owned(),
        title: "Về việc khen thưởng".to_owned(),
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        file_reason: None,
        search_text: "ve viec khen thuong".to_owned(),
        version: 1,
        created_at: then(),
        updated_at: then(),
    };
    let made = put(house, row.into_active_model().reset_all()).await;
    let row = award::Model {
        id: Uuid::now_v7(),
        nomination_id,
        cycle_id,
        province_id,
        award_type_id: found.id,
        recipient_kind: RecipientKind::Collective,
        recipient_name: None,
        recipient_position: None,
        decision_id: made.id,
        decision_year: made.decision_year,
        decided_on,
        authority: made.authority,
        citation: "Đã có thành tích".to_owned(),
        coefficient: None,
        base_salary: None,
        reward_amount: None,
        state: AwardState::Decided,
        revoked_on: None,
        revocation_number: None,
        revocation_reason: None,
        amount_to_recover: None,
        search_text: "da co thanh tich".to_owned(),
        version: 1,
        created_at: then(),
        updated_at: then(),
    };
    put(house, row.into_active_model().reset_all()).await.id
}

/// A link in the dossier of a nomination.
pub(crate) async fn dossier_document(house: &House, nomination_id: Uuid) -> Uuid {
    let row = dossier_document::ActiveModel {
        id: Set(Uuid::now_v7()),
        nomination_id: Set(nomination_id),
        kind: Set(DocumentKind::Minutes),
        title: Set("Biên bản".to_owned()),
        url: Set(Some("https://example.vn/bien-ban".to_owned())),
        file_hash: Set(None),
        file_name: Set(None),
        media_type: Set(None),
        size_bytes: Set(None),
        added_by: Set(Uuid::now_v7()),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// What a cluster gives, and the share of one member; their ids.
pub(crate) async fn contribution(house: &House, cycle_id: Uuid, province_id: Uuid) -> (Uuid, Uuid) {
    let row = contribution::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        purpose: Set("Xây nhà".to_owned()),
        beneficiary: Set("Gia đình chính sách".to_owned()),
        host_province_id: Set(province_id),
        form: Set(ContributionForm::Money),
        announced_amount: Set(Some(50_000_000)),
        goods: Set(None),
        decided_on: Set(then().date_naive()),
        note: Set(None),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let contribution_id = put(house, row).await.id;
    let row = contribution_share::ActiveModel {
        id: Set(Uuid::now_v7()),
        contribution_id: Set(contribution_id),
        province_id: Set(province_id),
        pledged_amount: Set(50_000_000),
        paid_amount: Set(0),
        paid_on: Set(None),
        goods: Set(None),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    (contribution_id, put(house, row).await.id)
}

/// A link that hangs on a recommendation or on a contribution.
pub(crate) async fn document(house: &House, recommendation_id: Option<Uuid>, contribution_id: Option<Uuid>) -> Uuid {
    hung(house, recommendation_id, contribution_id, None).await
}

/// A link that hangs on a conference.
pub(crate) async fn paper(house: &House, conference_id: Uuid) -> Uuid {
    hung(house, None, None, Some(conference_id)).await
}

async fn hung(
    house: &House,
    recommendation_id: Option<Uuid>,
    contribution_id: Option<Uuid>,
    conference_id: Option<Uuid>,
) -> Uuid {
    let row = document::ActiveModel {
        id: Set(Uuid::now_v7()),
        campaign_report_id: Set(None),
        conference_id: Set(conference_id),
        recommendation_id: Set(recommendation_id),
        contribution_id: Set(contribution_id),
        title: Set("Công văn".to_owned()),
        url: Set(Some("https://example.vn/cong-van".to_owned())),
        file_hash: Set(None),
        file_name: Set(None),
        media_type: Set(None),
        size_bytes: Set(None),
        added_by: Set(Uuid::now_v7()),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// What somebody said of a nomination.
pub(crate) async fn nomination_comment(house: &House, nomination_id: Uuid) -> Uuid {
    let row = nomination_comment::ActiveModel {
        id: Set(Uuid::now_v7()),
        nomination_id: Set(nomination_id),
        text: Set("Đề nghị làm rõ".to_owned()),
        received_on: Set(then().date_naive()),
        answer: Set(None),
        answered_at: Set(None),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// What a member asks of the central level.
pub(crate) async fn recommendation(house: &House, cycle_id: Uuid, province_id: Uuid) -> Uuid {
    let row = recommendation::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        addressee: Set(Addressee::CentralLevel),
        addressee_name: Set(None),
        title: Set("Chỉ tiêu của Tỉnh F1".to_owned()),
        text: Set("Đề nghị xem xét.".to_owned()),
        state: Set(RecommendationState::Raised),
        raised_on: Set(then().date_naive()),
        forwarded_on: Set(None),
        forwarded_to: Set(None),
        due_on: Set(None),
        due_key: Set(NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()),
        answer: Set(None),
        answered_by: Set(None),
        answered_on: Set(None),
        closing_note: Set(None),
        closed_on: Set(None),
        withdrawn_reason: Set(None),
        certainty: Set(Certainty::Invented),
        search_text: Set(text::search_text(&["Chỉ tiêu của Tỉnh F1"])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// Puts every document that is missing into the dossier of a nomination, and hands it to the council's office.
pub(crate) async fn submit(house: &House, nomination_id: &str) -> Reply {
    let path = format!("/nominations/{nomination_id}");
    let dossier = house.get(secretary(), &format!("{path}/dossier")).await.expect(200);
    for kind in dossier.body["missing"].as_array().unwrap() {
        let url = format!("https://example.vn/{}", kind.as_str().unwrap());
        let document = json!({ "kind": kind, "title": "Tài liệu", "url": url });
        house.post(secretary(), &format!("{path}/dossier-documents"), document).await.expect(201);
    }
    house.step(secretary(), &format!("{path}/complete-dossier"), "*", Value::Null).await.expect(200);
    house.step(secretary(), &format!("{path}/submit"), "*", Value::Null).await.expect(200)
}

/// Takes a nomination through its dossier, the appraisal and public comment, two months ago: what is left is the decision.
pub(crate) async fn display(house: &House, nomination_id: &str) -> Reply {
    let now = house.state.clock.now();
    house.at(&(now - TimeDelta::days(60)).to_rfc3339());
    submit(house, nomination_id).await;
    let path = format!("/nominations/{nomination_id}");
    let opinion = json!({ "opinion": "Đủ điều kiện" });
    house.step(secretary(), &format!("{path}/appraise"), "*", opinion).await.expect(200);
    house.step(secretary(), &format!("{path}/open-public-comment"), "*", Value::Null).await.expect(200);
    house.at(&now.to_rfc3339());
    house.get(secretary(), &path).await.expect(200)
}

/// A rule that proposes everybody.
pub(crate) async fn award_rule(house: &House, cycle_id: Uuid, award_type_id: Uuid) -> Uuid {
    let row = award_rule::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        award_type_id: Set(award_type_id),
        ties: Set(QuotaTies::All),
        ballot_required: Set(false),
        reason: Set("Dẫn đầu cụm".to_owned()),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
        ..Default::default()
    };
    put(house, row).await.id
}

/// A ballot on a nomination that is still being prepared.
pub(crate) async fn ballot(house: &House, cycle_id: Uuid, nomination_id: Uuid) -> Uuid {
    let rules = json!({ "secret": true, "quorum_percent": 50, "threshold_percent": 80, "threshold_base": "all" });
    let row = ballot::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        kind: Set(BallotKind::Nomination),
        title: Set("Bỏ phiếu suy tôn".to_owned()),
        state: Set(BallotState::Draft),
        nomination_id: Set(Some(nomination_id)),
        rules: Set(rules),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
        ..Default::default()
    };
    put(house, row).await.id
}

/// A task of a year that its unit has reported and the province has rated.
pub(crate) async fn assignment(house: &House, province_id: Uuid, year: i32) -> Uuid {
    let unit_name = "Sở Chỉ tiêu";
    let row = assignment::ActiveModel {
        id: Set(Uuid::now_v7()),
        province_id: Set(province_id),
        year: Set(year),
        unit_kind: Set(UnitKind::Department),
        unit_name: Set(unit_name.to_owned()),
        task: Set("Trồng rừng".to_owned()),
        product: Set("Rừng".to_owned()),
        due_on: Set(then().date_naive()),
        state: Set(AssignmentState::Rated),
        result: Set(Some("Đã trồng".to_owned())),
        reported_on: Set(Some(then().date_naive())),
        rating: Set(Some(AssignmentRating::Good)),
        rated_on: Set(Some(then().date_naive())),
        withdrawal_reason: Set(None),
        note: Set(None),
        certainty: Set(Certainty::Invented),
        unit_key: Set(text::sort_key(unit_name)),
        search_text: Set(text::search_text(&[unit_name])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// An exemplar that was spread and not released, in a campaign.
pub(crate) async fn exemplar(house: &House, province_id: Uuid, campaign_id: Uuid, year: i32) -> Uuid {
    let name = "Chỉ tiêu mẫu";
    let row = exemplar::ActiveModel {
        id: Set(Uuid::now_v7()),
        province_id: Set(province_id),
        campaign_id: Set(Some(campaign_id)),
        year: Set(year),
        kind: Set(ExemplarKind::Person),
        name: Set(name.to_owned()),
        unit: Set(None),
        field: Set(None),
        story: Set("Gương mẫu".to_owned()),
        state: Set(ExemplarState::Spread),
        fostering: Set(Some("Bồi dưỡng".to_owned())),
        review: Set(Some("Tổng kết".to_owned())),
        spreading: Set(Some("Nhân rộng".to_owned())),
        released_at: Set(None),
        withheld_reason: Set(None),
        certainty: Set(Certainty::Invented),
        name_key: Set(text::sort_key(name)),
        search_text: Set(text::search_text(&[name])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// A conference of a cycle in a state, with a speech for a province and a resolution.
pub(crate) async fn conference(house: &House, cycle_id: Uuid, province_id: Uuid, state: ConferenceState) -> Uuid {
    let row = conference::Model {
        id: Uuid::now_v7(),
        cycle_id,
        kind: ConferenceKind::MidYear,
        title: "Hội nghị sơ kết".to_owned(),
        state,
        starts_at: then(),
        ends_at: None,
        place: "Bắc Kạn".to_owned(),
        host_province_id: Some(province_id),
        minutes: (state == ConferenceState::Closed).then(|| "Biên bản".to_owned()),
        closed_at: (state == ConferenceState::Closed).then(then),
        cancel_reason: (state == ConferenceState::Cancelled).then(|| "Bão số 3".to_owned()),
        certainty: Certainty::Invented,
        version: 1,
        created_at: then(),
        updated_at: then(),
    };
    let id = put(house, row.into_active_model().reset_all()).await.id;
    let row = speech::Model {
        id: Uuid::now_v7(),
        conference_id: id,
        title: "Tham luận".to_owned(),
        speaker_name: "Nguyễn Văn A".to_owned(),
        speaker_title: None,
        province_id: Some(province_id),
        text: None,
        version: 1,
        created_at: then(),
        updated_at: then(),
    };
    put(house, row.into_active_model().reset_all()).await;
    let row = resolution::Model {
        id: Uuid::now_v7(),
        conference_id: id,
        number: 1,
        text: "Thống nhất".to_owned(),
        kind: ResolutionKind::Other,
        ballot_id: None,
        ranking_id: None,
        signed_cycle_id: None,
        nomination_id: None,
        version: 1,
        created_at: then(),
        updated_at: then(),
    };
    put(house, row.into_active_model().reset_all()).await;
    id
}

/// A year-end conference of a cycle that is held today, in Bắc Kạn.
pub(crate) async fn year_end(house: &House, cycle_id: Uuid) -> Reply {
    let plan = json!({
        "cycle_id": cycle_id, "kind": "year_end", "title": "Hội nghị tổng kết", "place": "Bắc Kạn",
        "starts_at": house.state.clock.now().to_rfc3339(),
    });
    let planned = house.post(secretary(), "/conferences", plan).await.expect(201);
    house.step(secretary(), &format!("/conferences/{}/open", planned.id()), "*", Value::Null).await.expect(200)
}

/// An open year-end conference that has approved the ranking of its cycle.
pub(crate) async fn approve(house: &House, cycle_id: Uuid) -> Reply {
    let held = year_end(house, cycle_id).await;
    let ranking = house.get(secretary(), &format!("/cycles/{cycle_id}/ranking")).await.expect(200).id();
    let subject = json!({ "kind": "ranking_approval", "ranking_id": ranking });
    let approval = json!({ "text": "Thông qua bảng xếp hạng", "subject": subject });
    house.post(secretary(), &format!("/conferences/{}/resolutions", held.id()), approval).await.expect(201);
    held
}

/// Publishes a finalised cycle at its year-end conference.
pub(crate) async fn publish(house: &House, cycle_id: Uuid) -> Reply {
    approve(house, cycle_id).await;
    house.step(secretary(), &format!("/cycles/{cycle_id}/publish"), "*", Value::Null).await.expect(200)
}

/// A link that supports a line.
pub(crate) async fn evidence(house: &House, score_id: Uuid) -> Uuid {
    let row = evidence::ActiveModel {
        id: Set(Uuid::now_v7()),
        score_id: Set(score_id),
        kind: Set(EvidenceKind::Link),
        title: Set("Báo cáo".to_owned()),
        url: Set(Some("https://example.vn/bao-cao".to_owned())),
        file_hash: Set(None),
        file_name: Set(None),
        media_type: Set(None),
        size_bytes: Set(None),
        added_by: Set(Uuid::now_v7()),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    put(house, row).await.id
}

/// Criteria that are not issued yet: the set, and its only leaf.
pub(crate) async fn draft_criteria(house: &House, cycle_id: Uuid) -> (Uuid, Uuid) {
    let set = criteria_set::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        number: Set(9),
        title: Set("Bảng tiêu chí mới".to_owned()),
        state: Set(CriteriaSetState::Draft),
        ranking_rules: Set(json!({ "tie_breakers": [], "classification": null })),
        scoring_rules: Set(json!({})),
        total_points: Set(Decimal::whole(100)),
        reason: Set(None),
        cloned_from_id: Set(None),
        certainty: Set(Certainty::Invented),
        issued_at: Set(None),
        issued_by: Set(None),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    let set_id = put(house, set).await.id;
    let leaf = criterion::ActiveModel {
        id: Set(Uuid::now_v7()),
        criteria_set_id: Set(set_id),
        parent_id: Set(None),
        position: Set(1),
        code: Set("I".to_owned()),
        name: Set("Chỉ tiêu mới".to_owned()),
        name_en: Set(None),
        max_points: Set(Some(Decimal::whole(100))),
        method: Set(Some(Method::Expert)),
        parameters: Set(None),
        guidance: Set(None),
        evidence_required: Set(false),
        certainty: Set(Certainty::Invented),
        search_text: Set(text::search_text(&["Chỉ tiêu mới", "I"])),
        version: Set(1),
        created_at: Set(then()),
        updated_at: Set(then()),
    };
    (set_id, put(house, leaf).await.id)
}

/// What the latest event of provinces meant for a cycle: nothing.
pub(crate) async fn carry_over(house: &House, cycle_id: Uuid) -> Uuid {
    let event = house.get(secretary(), "/province-events?limit=1").await.expect(200).text("/data/0/id");
    let row = carry_over::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(event.parse().unwrap()),
        cycle_id: Set(cycle_id),
        way: Set(CarryOverWay::Keep),
        reason: Set("Năm đã kết thúc".to_owned()),
        heirs: Set(json!([])),
        created_at: Set(then()),
    };
    put(house, row).await.event_id
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
