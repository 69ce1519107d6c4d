//! The store of files: each content once, under its hash, in a folder or in S3.
//!
//! A file comes in through a [`Spool`], which vanishes with whoever holds it; it is kept in one step, before the row that
//! refers to it commits; and what no row refers to is swept away.

mod archive;
mod kind;
mod spool;
mod store;
mod sweep;

pub use spool::{FILE_LIMIT, Spool, Spooled, Unwanted};
pub use store::{Content, Files};
pub use sweep::sweep;
