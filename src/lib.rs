//! thidua: the emulation clusters of provinces.

pub mod domain;
pub mod reference;
