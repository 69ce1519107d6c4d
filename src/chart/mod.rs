//! Pictures for portals that want one. A picture is drawn from values; it reads nothing and asks nobody.

mod layout;
mod palette;
mod ranking;

pub use ranking::{Bar, Part, Picture};
