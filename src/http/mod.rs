//! What all endpoints share: who calls, how input is read, how answers are given.

mod actions;
mod body;
pub mod brief;
mod condition;
mod contract;
mod ctx;
mod edge;
mod list;
mod outcome;
mod patch;
mod path;
mod query;
mod reply;
mod rules;
mod search;
pub mod sight;
mod sort;
mod strict;

pub use actions::AllowedAction;
pub use body::{BODY_LIMIT, Json};
pub use condition::IfMatch;
pub use contract::document;
pub use ctx::{Ctx, Guest, Newcomer, State, Stranger};
pub use edge::{RequestId, edge, name_request};
pub use list::{Listed, Page, PageInfo, PageQuery, page};
pub use outcome::outcome;
pub use patch::{Patch, given};
pub use path::Path;
pub use query::{Csv, List, Query, Queryless};
pub use reply::{Created, NoContent, Reply, Tagged};
pub use rules::{Line, Prose, Short, line, prose, short};
pub use search::contains;
pub use sort::{SortBy, Sorts};
