//! What proves a ranking, and its verification.

use entity::{ranking, ranking_proof};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::{
    dto::{Proof, Verification},
    service,
};
use crate::{
    domain::{
        phrase::{Language, Phrase},
        policy::Action,
        refusal::Refusal,
        result::{NotProven, verify},
    },
    http::Ctx,
    problem::Problem,
};

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Proof, Problem> {
    let (row, content) = stored(ctx, id).await?;
    let ranking::Model { id: ranking_id, algorithm, proof_sha256: sha256, version, .. } = row;
    Ok(Proof { ranking_id, algorithm, canonical_form: "RFC 8785", sha256, content, version })
}

/// Computes the ranking again from the inputs that were stored with it.
pub(super) async fn check(ctx: &Ctx, id: Uuid) -> Result<Verification, Problem> {
    let (row, content) = stored(ctx, id).await?;
    let found = verify(&content, &row.proof_sha256).err();
    Ok(Verification {
        ranking_id: row.id,
        algorithm: row.algorithm,
        sha256: row.proof_sha256,
        holds: found.is_none(),
        reason: found.as_ref().map(|why| in_words(why).say(ctx.language).to_owned()),
        differences: match found {
            Some(NotProven::OtherResult(pointers)) => pointers,
            _ => vec![],
        },
    })
}

async fn stored(ctx: &Ctx, id: Uuid) -> Result<(ranking::Model, Value), Problem> {
    let db = ctx.db.reader();
    let (row, tie) = service::require(ctx, db, id).await?;
    ctx.may(Action::ReadSheets(tie))?;
    let proof = ranking_proof::Entity::find().filter(ranking_proof::Column::RankingId.eq(id)).one(db).await?;
    let proof = proof.ok_or_else(|| Problem::internal("a ranking without a proof"))?;
    let content = serde_json::from_str(&proof.content).map_err(Problem::internal)?;
    Ok((row, content))
}

/// Why a proof proves nothing, for people.
pub fn in_words(why: &NotProven) -> Phrase {
    match why {
        NotProven::Unreadable(where_) => {
            Phrase::made(format!("the proof cannot be read: {where_}"), format!("không đọc được chứng cứ: {where_}"))
        }
        NotProven::UnknownAlgorithm(version) => Phrase::made(
            format!("the proof was made by version {version} of the computation, which this program does not know"),
            format!("chứng cứ do phiên bản tính toán {version} tạo ra, chương trình này không biết phiên bản đó"),
        ),
        NotProven::OtherHash { computed } => Phrase::made(
            format!("the content was changed: its SHA-256 is {computed}"),
            format!("nội dung đã bị thay đổi: SHA-256 của nội dung là {computed}"),
        ),
        NotProven::NoResult(refusal) => {
            let words = |language| match refusal.as_ref() {
                Refusal::WrongState(why) | Refusal::Conflict(why) => why.say(language).to_owned(),
                Refusal::Blocked(blockers) => {
                    blockers.iter().map(|one| one.message.say(language)).collect::<Vec<_>>().join("; ")
                }
                Refusal::Invalid(faults) => faults
                    .iter()
                    .map(|fault| format!("{}: {}", fault.pointer, fault.message.say(language)))
                    .collect::<Vec<_>>()
                    .join("; "),
            };
            Phrase::made(
                format!("the inputs give no result: {}", words(Language::En)),
                format!("dữ liệu đầu vào không cho ra kết quả: {}", words(Language::Vi)),
            )
        }
        NotProven::OtherResult(pointers) => Phrase::made(
            format!("the inputs give another result at {}", pointers.join(", ")),
            format!("dữ liệu đầu vào cho ra kết quả khác tại {}", pointers.join(", ")),
        ),
    }
}
