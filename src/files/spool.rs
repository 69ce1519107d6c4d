//! A file on its way in: on disk without a name, so that it is gone as soon as nobody reads or writes it.

use std::{
    fs::File,
    io::{self, Read, Seek},
};

use entity::vocab::MediaType;
use sha2::{Digest, Sha256};
use tokio::{io::AsyncWriteExt, task::spawn_blocking};

use super::kind::{self, HEAD, Promise};
use crate::domain::digest::hex;

/// The most a file may weigh, in bytes: 20 MiB.
pub const FILE_LIMIT: u64 = 20 << 20;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Unwanted {
    #[error("the file is empty")]
    Empty,
    #[error("the file is too large")]
    TooLarge,
    #[error("the file is of no type that is taken")]
    UnknownType,
    #[error("the file could not be spooled: {0}")]
    Failed(#[from] io::Error),
}

/// Takes a file in, piece by piece, and gives up on it as early as can be.
pub struct Spool {
    file: tokio::fs::File,
    hasher: Sha256,
    head: Vec<u8>,
    promise: Option<Promise>,
    size: u64,
}

/// A whole file that has not been kept yet.
#[derive(Debug)]
pub struct Spooled {
    file: File,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    pub size: u64,
    pub media_type: MediaType,
}

impl Spool {
    pub async fn open() -> Result<Self, Unwanted> {
        let file = spawn_blocking(tempfile::tempfile).await.map_err(io::Error::other)??;
        let file = tokio::fs::File::from_std(file);
        Ok(Self { file, hasher: Sha256::new(), head: vec![], promise: None, size: 0 })
    }

    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Unwanted> {
        self.size += piece.len() as u64;
        if self.size > FILE_LIMIT {
            return Err(Unwanted::TooLarge);
        }
        if self.head.len() < HEAD {
            self.head.extend(piece.iter().take(HEAD - self.head.len()));
            if self.head.len() == HEAD {
                self.settle()?;
            }
        }
        self.hasher.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    fn settle(&mut self) -> Result<Promise, Unwanted> {
        let promise = kind::promise(&self.head).ok_or(Unwanted::UnknownType)?;
        self.promise = Some(promise);
        Ok(promise)
    }

    /// The file as a whole, if it is one that is taken.
    pub async fn finish(mut self) -> Result<Spooled, Unwanted> {
        if self.size == 0 {
            return Err(Unwanted::Empty);
        }
        let promise = match self.promise {
            Some(promise) => promise,
            None => self.settle()?,
        };
        self.file.flush().await?;
        let file = self.file.into_std().await;
        let reader = file.try_clone()?;
        let told = spawn_blocking(move || {
            let mut reader = reader;
            reader.rewind()?;
            io::Result::Ok(kind::media_type(promise, reader))
        });
        let media_type = told.await.map_err(io::Error::other)??.ok_or(Unwanted::UnknownType)?;
        let hash = hex(&self.hasher.finalize());
        Ok(Spooled { file, hash, size: self.size, media_type })
    }
}

impl Spooled {
    /// The whole content.
    pub(super) async fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut file = self.file.try_clone()?;
        let read = spawn_blocking(move || {
            let mut bytes = vec![];
            file.rewind()?;
            file.read_to_end(&mut bytes).map(|_| bytes)
        });
        read.await.map_err(io::Error::other)?
    }
}
