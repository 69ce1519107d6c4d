//! What no row refers to any more, or never did, is taken out of the store.

use std::{fs, io, path::Path as Folder, time::SystemTime};

use chrono::{DateTime, Utc};
use entity::content;
use futures_util::TryStreamExt;
use object_store::{Error, ObjectMeta, ObjectStoreExt};

use super::{Files, store::unreachable};
use crate::{db::Db, problem::Problem};

/// Objects that are looked up in the database at a time.
const BATCH: usize = 500;

/// Removes every content that was put in before `before` and that no row refers to. Returns how many.
pub async fn sweep(db: &Db, files: &Files, before: DateTime<Utc>) -> Result<usize, Problem> {
    let mut swept = abandoned(files, before).await?;
    let old = files.store.list(None).try_filter(|one| std::future::ready(one.last_modified < before));
    let mut batches = old.try_chunks(BATCH);
    while let Some(batch) = batches.try_next().await.map_err(|err| unreachable(err.1))? {
        let hashes: Vec<&str> = batch.iter().filter_map(hash).collect();
        let referred = content::referred(db.reader(), &hashes).await?;
        for orphan in batch.iter().filter(|one| hash(one).is_some_and(|hash| !referred.contains(hash))) {
            swept += usize::from(remove(db, files, orphan).await?);
        }
    }
    Ok(swept)
}

/// Removes one orphan: takes it away, looks again, and puts it back if a row came to refer to it meanwhile.
///
/// An upload that found the content in its place looks again too, after its row has committed: whichever of the two
/// looks last sees what the other did, so that no row is left without its content.
async fn remove(db: &Db, files: &Files, orphan: &ObjectMeta) -> Result<bool, Problem> {
    let place = &orphan.location;
    let bytes = match files.store.get(place).await {
        Ok(found) => found.bytes().await.map_err(unreachable)?,
        Err(Error::NotFound { .. }) => return Ok(false),
        Err(err) => return Err(unreachable(err)),
    };
    match files.store.delete(place).await {
        Ok(()) | Err(Error::NotFound { .. }) => {}
        Err(err) => return Err(unreachable(err)),
    }
    let hashes: Vec<&str> = hash(orphan).into_iter().collect();
    if content::referred(db.reader(), &hashes).await?.is_empty() {
        return Ok(true);
    }
    files.store.put(place, bytes.into()).await.map_err(unreachable)?;
    Ok(false)
}

/// The hash an object is kept under; what others keep in the same place is left alone.
fn hash(one: &ObjectMeta) -> Option<&str> {
    one.location.filename().filter(|name| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A folder may also hold what a process was writing when it was killed; the store itself does not list it.
async fn abandoned(files: &Files, before: DateTime<Utc>) -> Result<usize, Problem> {
    let Some(folder) = files.folder.clone() else { return Ok(0) };
    let swept = tokio::task::spawn_blocking(move || half_written(&folder, before.into()));
    swept.await.map_err(Problem::internal)?.map_err(Problem::internal)
}

fn half_written(folder: &Folder, before: SystemTime) -> io::Result<usize> {
    let mut swept = 0;
    for shelf in fs::read_dir(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(shelf.path())? {
            let file = file?;
            let name = file.file_name();
            let staged = name.to_str().and_then(|name| name.split_once('#')).is_some_and(|(hash, _)| hash.len() == 64);
            if staged && file.metadata()?.modified()? < before {
                fs::remove_file(file.path())?;
                swept += 1;
            }
        }
    }
    Ok(swept)
}
