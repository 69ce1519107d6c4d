//! Stories over HTTP against the real application, each with a database of its own. One binary, so it links once.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a story that cannot go on fails where it stands")]

mod amendments;
mod architecture;
mod auth;
mod authz;
mod award_types;
mod awards;
mod campaigns;
mod catalogues;
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
mod pledge_lists;
mod pledges;
mod province_events;
mod provinces;
mod reference;
mod schema;
mod scorecards;
mod start;
mod support;
mod targets;
mod throttle;
mod tokens;
mod users;
mod year;
