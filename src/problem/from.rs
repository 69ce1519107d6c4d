//! Where other errors become problems.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use super::{Code, Problem};
use crate::domain::{phrase::Phrase, policy::Denied, refusal::Refusal};

impl From<DbErr> for Problem {
    fn from(err: DbErr) -> Self {
        if collision(&err) {
            let busy = Phrase::new("many write at once", "nhiều người đang ghi cùng lúc");
            return Self { collided: true, ..Self::new(Code::Unavailable, busy).caused_by(err) };
        }
        match (err.sql_err(), &err) {
            (Some(SqlErr::UniqueConstraintViolation(_)), _) => {
                let twin = Self::conflict(Phrase::new("it exists already", "đã tồn tại")).caused_by(err);
                Self { overtaken: true, ..twin }
            }
            (Some(SqlErr::ForeignKeyConstraintViolation(_)), _) => Self::conflict(Phrase::new(
                "something it refers to is missing, or something refers to it",
                "đối tượng được tham chiếu không tồn tại, hoặc đang được nơi khác tham chiếu",
            ))
            .caused_by(err),
            (_, DbErr::RecordNotUpdated) => Self::stale().caused_by(err),
            (_, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => {
                Self::new(Code::Unavailable, Phrase::new("the database is busy", "cơ sở dữ liệu đang bận"))
                    .caused_by(err)
            }
            _ => Self::internal(err),
        }
    }
}

/// Whether the database refused a transaction only because another one ran beside it: PostgreSQL's serialization
/// failure (40001) and deadlock (40P01), `SQLite`'s busy (5 and its extended forms) from another process.
fn collision(err: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = err
    else {
        return false;
    };
    let code = cause.as_database_error().and_then(sea_orm::sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "261" | "517"))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongState(detail) => Self::new(Code::WrongState, detail),
            Refusal::Blocked(blockers) => Self::blocked(blockers),
            Refusal::Conflict(detail) => Self::conflict(detail),
            Refusal::Invalid(faults) => Self::invalid(faults),
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unknown => Self::unauthenticated(),
            Denied::Forbidden => Self::forbidden(),
            Denied::Hidden => Self::not_found(),
        }
    }
}
