//! Papers to be printed and signed, as Word documents. In Vietnamese, as they are signed.

mod parts;
mod pledge;

pub use pledge::{Commitment, PledgePaper, Promise, Signature};
