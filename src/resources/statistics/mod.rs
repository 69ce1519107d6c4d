//! Statistics over the years: results, targets, awards and campaigns, counted by what a chart wants side by side.

mod campaigns;
mod dto;
mod groups;
mod handlers;
mod province;
mod published;
mod scope;
mod targets;

pub use handlers::routes;
