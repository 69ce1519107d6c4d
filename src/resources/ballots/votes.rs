//! Casting votes, and finding them again.

use entity::{ballot_urn, ballot_voter, vocab::BallotKind};
use rand::RngExt;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    scene::{Scene, voted_already},
    steps::is_counted,
};
use crate::{
    db,
    domain::{
        ballot::{Choice, Paper, Receipt, Sealed, Urn, Vote, read},
        phrase::Phrase,
        policy::Action,
        refusal::Refusal,
    },
    http::{Ctx, Short, short},
    journal::{self, Change},
    problem::Problem,
};

/// A vote: `choice` on a nomination, `candidate_id` where candidates stand, `choice: abstain` anywhere
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "choice": "yes" }))]
pub(super) struct NewVote {
    pub choice: Option<Choice>,
    /// One of the candidates
    pub candidate_id: Option<Uuid>,
    /// Given by post, where the rules take that
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub by_post: bool,
}

/// What a voter keeps: shown once, known to nobody else
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VoteReceipt {
    pub ballot_id: Uuid,
    /// With it the counted vote is found, by `POST /ballots/{id}/find-vote`
    #[schema(example = "5f2b8c1d9e3a47060f1e2d3c4b5a6978")]
    pub receipt: String,
    /// Under which the vote is listed when the ballot is closed: the SHA-256 of the receipt
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub receipt_sha256: String,
}

/// A receipt
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "receipt": "5f2b8c1d9e3a47060f1e2d3c4b5a6978" }))]
pub(super) struct ReceiptInHand {
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub receipt: String,
}

/// The votes of a closed ballot
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CountedVotes {
    pub ballot_id: Uuid,
    /// In the order of the receipts' hashes, which says nothing of who voted when; null until the ballot is closed, and for
    /// ever where it was cancelled
    #[schema(required = true)]
    pub votes: Option<Vec<CountedVote>>,
}

/// A vote as it was counted
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CountedVote {
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub receipt_sha256: String,
    /// Null where a candidate was chosen
    #[schema(required = true)]
    pub choice: Option<Choice>,
    /// The candidate; null where none was chosen
    #[schema(required = true)]
    pub candidate_id: Option<Uuid>,
    /// Who voted, by name; null in a secret ballot
    #[schema(required = true, example = "Yên Bái")]
    pub voter: Option<String>,
}

/// Whether a receipt has its vote
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundVote {
    /// False: this ballot has counted no vote under this receipt
    pub found: bool,
    /// As it was counted; null where there is none
    #[schema(required = true)]
    pub vote: Option<CountedVote>,
}

pub(super) async fn cast(ctx: &Ctx, id: Uuid, new: &NewVote) -> Result<VoteReceipt, Problem> {
    db::write(&ctx.db, async |tx| {
        let scene = Scene::require(ctx, tx, id).await?;
        ctx.may(Action::CastVote(scene.tie))?;
        scene.may_vote(ctx)?;
        let voter = scene.voter(ctx.who).ok_or_else(|| Problem::internal("a vote without a voter"))?;
        if new.by_post && !scene.rules.postal {
            let message = Phrase::new(
                "this ballot takes no opinions by post",
                "cuộc bỏ phiếu này không nhận ý kiến gửi qua bưu điện",
            );
            return Err(Problem::fault("/by_post", "not_by_post", message));
        }
        let vote = read(&paper(&scene, voter), new.choice, new.candidate_id)?;
        let taken = ballot_voter::Entity::update_many()
            .col_expr(ballot_voter::Column::Voted, Expr::value(true))
            .col_expr(ballot_voter::Column::ByPost, Expr::value(new.by_post))
            .filter(ballot_voter::Column::Id.eq(voter.id))
            .filter(ballot_voter::Column::Voted.eq(false))
            .exec(tx)
            .await?;
        if taken.rows_affected == 0 {
            return Err(voted_already().into());
        }
        let receipt = Receipt::of(rand::rng().random());
        let voter_id = (!scene.rules.secret).then_some(voter.id);
        let sealed = Sealed { receipt_sha256: receipt.sha256(), vote, voter_id };
        let told = json!({ "voter": voter.name, "by_post": new.by_post, "vote": voter_id.map(|_| vote) });
        let change = Change::new("ballot.vote", "ballot_voter", voter.id, 1).in_cycle(scene.ballot.cycle_id);
        journal::record(tx, ctx, change.after(&told)?).await?;
        let (urn_id, mut urn) = urn(tx, id).await?;
        let receipt_sha256 = sealed.receipt_sha256.clone();
        urn.drop_in(sealed);
        let row = ballot_urn::ActiveModel { id: Set(urn_id), votes: Set(json!(urn)), ..Default::default() };
        ballot_urn::Entity::update(row).exec(tx).await?;
        Ok(VoteReceipt { ballot_id: id, receipt: receipt.text().to_owned(), receipt_sha256 })
    })
    .await
}

/// What the voter finds on the paper.
fn paper(scene: &Scene, voter: &ballot_voter::Model) -> Paper {
    Paper {
        candidates: (scene.ballot.kind != BallotKind::Nomination).then(|| scene.candidates.clone()),
        barred: voter.province_id.filter(|_| !scene.rules.own_province_votes),
    }
}

pub(super) async fn list(ctx: &Ctx, id: Uuid) -> Result<CountedVotes, Problem> {
    let db = ctx.db.reader();
    let scene = Scene::require(ctx, db, id).await?;
    if !is_counted(&scene.ballot) {
        return Ok(CountedVotes { ballot_id: id, votes: None });
    }
    let (_, urn) = urn(db, id).await?;
    Ok(CountedVotes { ballot_id: id, votes: Some(urn.votes().iter().map(|sealed| shown(&scene, sealed)).collect()) })
}

pub(super) async fn find(ctx: &Ctx, id: Uuid, receipt: &str) -> Result<FoundVote, Problem> {
    let db = ctx.db.reader();
    let scene = Scene::require(ctx, db, id).await?;
    // No vote is told before, not even to who cast it: together they would be a tally.
    if !is_counted(&scene.ballot) {
        let why =
            Phrase::new("votes are told when the ballot is closed", "chỉ công bố phiếu sau khi kết thúc bỏ phiếu");
        return Err(Refusal::WrongState(why).into());
    }
    let (_, urn) = urn(db, id).await?;
    let vote = urn.find(receipt).map(|sealed| shown(&scene, sealed));
    Ok(FoundVote { found: vote.is_some(), vote })
}

pub(super) async fn urn(db: &impl ConnectionTrait, ballot_id: Uuid) -> Result<(Uuid, Urn), Problem> {
    let row = ballot_urn::Entity::find().filter(ballot_urn::Column::BallotId.eq(ballot_id)).one(db).await?;
    let row = row.ok_or_else(|| Problem::internal("an open ballot without an urn"))?;
    Ok((row.id, serde_json::from_value(row.votes).map_err(Problem::internal)?))
}

fn shown(scene: &Scene, sealed: &Sealed) -> CountedVote {
    let (choice, candidate_id) = match sealed.vote {
        Vote::Yes => (Some(Choice::Yes), None),
        Vote::No => (Some(Choice::No), None),
        Vote::Abstain => (Some(Choice::Abstain), None),
        Vote::For(id) => (None, Some(id)),
    };
    let voter = scene.voters.iter().find(|voter| sealed.voter_id == Some(voter.id));
    CountedVote {
        receipt_sha256: sealed.receipt_sha256.clone(),
        choice,
        candidate_id,
        voter: voter.map(|voter| voter.name.clone()),
    }
}
