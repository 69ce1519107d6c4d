//! Stories over HTTP against the real application, each with a database of its own. One binary, so it links once.

mod architecture;
mod auth;
mod authz;
mod award_types;
mod awards;
mod clusters;
mod commands;
mod contract;
mod cycles;
mod database;
mod demonstration;
mod fixtures;
mod journal_entries;
mod keys;
mod me;
mod nominations;
mod people;
mod provinces;
mod reference;
mod scorecards;
mod start;
mod support;
mod throttle;
mod tokens;
mod users;
mod year;
