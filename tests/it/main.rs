//! Stories over HTTP against the real application, each with a database of its own. One binary, so it links once.

mod architecture;
mod authz;
mod awards;
mod clusters;
mod contract;
mod cycles;
mod database;
mod fixtures;
mod nominations;
mod provinces;
mod reference;
mod scorecards;
mod support;
