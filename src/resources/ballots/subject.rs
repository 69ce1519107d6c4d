//! What a new ballot is about, and whether that can be voted on.

use std::collections::BTreeSet;

use entity::{
    ballot, criteria_set, cycle, membership, nomination, ranking_entry,
    vocab::{BallotKind, BallotState, CriteriaSetState, CycleState, MemberRole, NominationState},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{NewBallot, NewSubject};
use crate::{
    domain::{ballot::Tally, membership::check_rank, phrase::Phrase, refusal::Fault},
    problem::Problem,
    results,
};

/// The columns of a ballot that say what it is about, and its candidates.
pub(super) struct Subject {
    pub(super) kind: BallotKind,
    pub(super) nomination_id: Option<Uuid>,
    pub(super) elects_cycle_id: Option<Uuid>,
    pub(super) office: Option<MemberRole>,
    pub(super) deputy_rank: Option<i32>,
    pub(super) candidates: Vec<Uuid>,
}

impl NewSubject {
    pub(super) const fn kind(&self) -> BallotKind {
        match self {
            Self::Nomination { .. } => BallotKind::Nomination,
            Self::Election { .. } => BallotKind::Election,
            Self::Tie { .. } => BallotKind::Tie,
        }
    }

    fn candidates(&self) -> &[Uuid] {
        match self {
            Self::Nomination { .. } => &[],
            Self::Election { candidate_ids, .. } | Self::Tie { candidate_ids } => candidate_ids,
        }
    }
}

/// Checks what a new ballot is about against what there is.
pub(super) async fn read(tx: &impl ConnectionTrait, cycle: &cycle::Model, new: &NewBallot) -> Result<Subject, Problem> {
    let candidates = new.subject.candidates().to_vec();
    for (index, id) in candidates.iter().enumerate() {
        if candidates.iter().take(index).any(|other| other == id) {
            let message = Phrase::new("is named already", "đã được nêu");
            return Err(Problem::fault(format!("/subject/candidate_ids/{index}"), "duplicate", message));
        }
    }
    let blank = Subject {
        kind: new.subject.kind(),
        nomination_id: None,
        elects_cycle_id: None,
        office: None,
        deputy_rank: None,
        candidates,
    };
    let subject = match &new.subject {
        NewSubject::Nomination { nomination_id } => {
            nominated(tx, cycle, *nomination_id).await?;
            Subject { nomination_id: Some(*nomination_id), ..blank }
        }
        NewSubject::Election { elects_cycle_id, office, deputy_rank, candidate_ids } => {
            office_of(tx, cycle, *elects_cycle_id, (*office, *deputy_rank), candidate_ids).await?;
            Subject {
                elects_cycle_id: Some(*elects_cycle_id),
                office: Some(*office),
                deputy_rank: *deputy_rank,
                ..blank
            }
        }
        NewSubject::Tie { candidate_ids } => {
            tied(tx, cycle, candidate_ids).await?;
            blank
        }
    };
    if let Some(follows_id) = new.follows_id {
        follows(tx, cycle, &subject, follows_id).await?;
    }
    Ok(subject)
}

async fn nominated(tx: &impl ConnectionTrait, cycle: &cycle::Model, id: Uuid) -> Result<(), Problem> {
    let found = nomination::Entity::find_by_id(id).one(tx).await?.filter(|row| row.cycle_id == cycle.id);
    let found = found.ok_or_else(|| Problem::unknown_reference("/subject/nomination_id"))?;
    if found.state != NominationState::Proposed {
        return Err(Problem::conflict(Phrase::new(
            "only a nomination that is proposed is voted on",
            "chỉ bỏ phiếu về đề nghị khen thưởng đang ở bước đề xuất",
        )));
    }
    Ok(())
}

async fn office_of(
    tx: &impl ConnectionTrait,
    cycle: &cycle::Model,
    elects_cycle_id: Uuid,
    (office, deputy_rank): (MemberRole, Option<i32>),
    candidates: &[Uuid],
) -> Result<(), Problem> {
    let elects = cycle::Entity::find_by_id(elects_cycle_id).one(tx).await?;
    let elects = elects.filter(|elects| elects.cluster_id == cycle.cluster_id);
    let elects = elects.ok_or_else(|| Problem::unknown_reference("/subject/elects_cycle_id"))?;
    if elects.state != CycleState::Draft {
        return Err(Problem::conflict(Phrase::new(
            "head and deputies are elected before the cycle is launched",
            "chỉ bầu cụm trưởng, cụm phó trước khi năm thi đua được phát động",
        )));
    }
    let mut faults = vec![];
    if office == MemberRole::Member {
        let message =
            Phrase::new("is no office: elect a head or a deputy", "không phải chức vụ: chỉ bầu cụm trưởng, cụm phó");
        faults.push(Fault::new("/subject/office", "no_office", message));
    }
    let rank = check_rank(office, deputy_rank);
    faults.extend(rank.map(|fault| Fault { pointer: format!("/subject{}", fault.pointer), ..fault }));
    let members = membership::Entity::find().filter(membership::Column::CycleId.eq(elects_cycle_id)).all(tx).await?;
    for (index, id) in candidates.iter().enumerate() {
        if !members.iter().any(|member| member.province_id == *id) {
            let message = Phrase::new("is no member of that cycle", "không phải thành viên của năm thi đua đó");
            faults.push(Fault::new(format!("/subject/candidate_ids/{index}"), "not_a_member", message));
        }
    }
    Ok(crate::domain::refusal::unless_faulty(faults)?)
}

/// Exactly those who share one rank, where the criteria let a ballot decide between them.
async fn tied(tx: &impl ConnectionTrait, cycle: &cycle::Model, candidates: &[Uuid]) -> Result<(), Problem> {
    let set = criteria_set::Entity::find()
        .filter(criteria_set::Column::CycleId.eq(cycle.id))
        .filter(criteria_set::Column::State.eq(CriteriaSetState::Issued))
        .one(tx)
        .await?;
    let by_ballot = set.map(|set| results::rules(&set)).transpose()?.is_some_and(|rules| rules.by_ballot());
    if !by_ballot {
        return Err(Problem::conflict(Phrase::new(
            "the criteria of the cycle have no ballot as a tie-breaker",
            "bảng tiêu chí của năm thi đua không quy định bỏ phiếu để phân định đồng hạng",
        )));
    }
    let entries = ranking_entry::Entity::in_force([cycle.id]).all(tx).await?;
    let wanted: BTreeSet<Uuid> = candidates.iter().copied().collect();
    let place =
        entries.iter().find(|(entry, _)| wanted.contains(&entry.province_id)).and_then(|(entry, _)| entry.place);
    let sharing = entries.iter().filter(|(entry, _)| place.is_some() && entry.place == place);
    if place.is_none() || sharing.map(|(entry, _)| entry.province_id).collect::<BTreeSet<_>>() != wanted {
        let message = Phrase::new("are not all that share one rank", "không phải là tất cả các tỉnh đồng hạng");
        return Err(Problem::fault("/subject/candidate_ids", "not_tied", message));
    }
    Ok(())
}

/// A second ballot is about the same, between those who shared the most votes.
async fn follows(
    tx: &impl ConnectionTrait,
    cycle: &cycle::Model,
    subject: &Subject,
    follows_id: Uuid,
) -> Result<(), Problem> {
    let former = ballot::Entity::find_by_id(follows_id).one(tx).await?.filter(|row| row.cycle_id == cycle.id);
    let former = former.ok_or_else(|| Problem::unknown_reference("/follows_id"))?;
    let same = (former.kind, former.elects_cycle_id, former.office, former.deputy_rank)
        == (subject.kind, subject.elects_cycle_id, subject.office, subject.deputy_rank);
    let tally: Option<Tally> = former.result.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
    let tied = tally.map(|tally| tally.tied()).unwrap_or_default();
    if former.state != BallotState::Closed || tied.is_empty() || !same {
        let message = Phrase::new(
            "did not end in a tie on the same question",
            "không phải cuộc bỏ phiếu có kết quả ngang nhau về cùng nội dung",
        );
        return Err(Problem::fault("/follows_id", "not_tied", message));
    }
    // Between those who were ranked alike all stand again: the ranking asks for a result among all of them.
    if subject.kind == BallotKind::Election && subject.candidates.iter().any(|id| !tied.contains(id)) {
        let message = Phrase::new(
            "only those who shared the most votes stand again",
            "chỉ các ứng viên cùng cao phiếu nhất được bầu lại",
        );
        return Err(Problem::fault("/subject/candidate_ids", "not_tied", message));
    }
    Ok(())
}
