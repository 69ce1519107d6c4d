//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;
use uuid::Uuid;

use super::{
    dto::{JournalEntry, JournalFilter},
    service,
};
use crate::{
    http::{Ctx, List, Listed, Page, PageQuery, Path, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_journal_entries).service(get_journal_entry);
}

/// List journal entries
///
/// Auditors and administrators only. Every change of anything, latest first, with the resource before and after; also
/// sessions that began and ended, and sign-ins that were refused. Secrets are never written.
#[utoipa::path(tag = "journal", params(PageQuery, JournalFilter), responses((status = 200, description = "One page", body = Page<JournalEntry>)))]
#[get("/api/v1/journal")]
async fn list_journal_entries(
    ctx: Ctx,
    List { page, filter }: List<JournalFilter>,
) -> Result<Listed<JournalEntry>, Problem> {
    let entries = service::list(&ctx, &page, &filter).await?;
    Ok(Listed::new(entries.map(JournalEntry::from), &page))
}

/// Get a journal entry
///
/// Auditors and administrators only.
#[utoipa::path(tag = "journal", params(("id" = Uuid, Path, description = "Id of the entry")), responses((status = 200, description = "The entry", body = JournalEntry)))]
#[get("/api/v1/journal/{id}")]
async fn get_journal_entry(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Reply<JournalEntry>, Problem> {
    let entry = service::get(&ctx, id).await?;
    Ok(Reply(entry.into()))
}
