//! Where files are kept.

use std::{error::Error, path::PathBuf, sync::Arc};

use futures_util::stream::BoxStream;
use object_store::{
    ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    local::LocalFileSystem,
    memory::InMemory,
    path::Path,
    prefix::PrefixStore,
};
use std::time::Duration;
use tokio::sync::Semaphore;

use super::Spooled;
use crate::{
    domain::phrase::Phrase,
    problem::{Code, Problem},
};

/// Files that are put into the store at a time: each is held in memory meanwhile.
const AT_ONCE: usize = 4;

/// How long a request waits for a store that does not answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The bytes of a file, as they come.
pub type Content = BoxStream<'static, object_store::Result<actix_web::web::Bytes>>;

/// The store of files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    pub(super) store: Arc<dyn ObjectStore>,
    /// Where the store is a folder: that folder.
    pub(super) folder: Option<PathBuf>,
    turns: Arc<Semaphore>,
}

impl Files {
    /// Opens a folder, which is made where it is missing, or `s3://bucket/prefix` with the `AWS_*` of `environment`.
    pub fn open(place: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, Box<dyn Error>> {
        if let Some(address) = place.strip_prefix("s3://") {
            let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
            if bucket.is_empty() {
                return Err(format!("{place}: name a bucket: s3://bucket/prefix").into());
            }
            let store = bucket_of(bucket, environment).map_err(|err| format!("{place}: {err}"))?;
            return Ok(Self::over(Arc::new(PrefixStore::new(store, Path::parse(prefix)?)), None));
        }
        let folder = |err: std::io::Error| format!("{place}: {err}");
        std::fs::create_dir_all(place).map_err(folder)?;
        let folder = PathBuf::from(place).canonicalize().map_err(folder)?;
        // What a row refers to is on the disk before the row is.
        let store = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Self::over(Arc::new(store), Some(folder)))
    }

    /// A store that is gone with the process.
    pub fn in_memory() -> Self {
        Self::over(Arc::new(InMemory::new()), None)
    }

    fn over(store: Arc<dyn ObjectStore>, folder: Option<PathBuf>) -> Self {
        Self { store, folder, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Keeps a content, unless it is kept already.
    pub async fn keep(&self, file: &Spooled) -> Result<(), Problem> {
        let place = place(&file.hash);
        match self.store.head(&place).await {
            Ok(present) if present.size == file.size => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(err) => return Err(unreachable(err)),
        }
        let _turn = self.turns.acquire().await.map_err(Problem::internal)?;
        let bytes = file.bytes().await.map_err(Problem::internal)?;
        self.store.put(&place, bytes.into()).await.map_err(unreachable)?;
        Ok(())
    }

    /// The content with this hash.
    pub async fn read(&self, hash: &str) -> Result<Content, Problem> {
        match self.store.get(&place(hash)).await {
            Ok(found) => Ok(found.into_stream()),
            Err(err @ object_store::Error::NotFound { .. }) => Err(Problem::internal(err)),
            Err(err) => Err(unreachable(err)),
        }
    }
}

fn bucket_of(
    bucket: &str,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<impl ObjectStore, Box<dyn Error>> {
    // Whoever has chosen before is left alone.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = AmazonS3Builder::new();
    for (name, value) in environment.into_iter().filter(|(name, _)| name.starts_with("AWS_")) {
        if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
            builder = builder.with_config(key, value);
        }
    }
    let retry = RetryConfig { max_retries: 3, retry_timeout: PATIENCE, ..RetryConfig::default() };
    Ok(builder.with_bucket_name(bucket).with_retry(retry).build()?)
}

/// Where a content lies: `3f/3f9c…`, so that no folder grows without bound.
pub(super) fn place(hash: &str) -> Path {
    Path::from_iter([hash.get(..2).unwrap_or_default(), hash])
}

pub(super) fn unreachable(err: object_store::Error) -> Problem {
    tracing::error!(cause = %err, "the store of files fails: {err}");
    let detail = Phrase::new("the store of files cannot be reached", "chưa kết nối được kho tệp");
    Problem::new(Code::Unavailable, detail).caused_by(err)
}
