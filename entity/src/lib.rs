//! The tables as Rust types, and nothing else.

pub mod decimal;
pub mod vocab;

pub mod appraiser_assignment;
pub mod award;
pub mod award_type;
pub mod base_salary;
pub mod campaign;
pub mod campaign_participation;
pub mod cluster;
pub mod criteria_set;
pub mod criterion;
pub mod cycle;
pub mod due_date;
pub mod evidence;
pub mod journal_entry;
pub mod membership;
pub mod nomination;
pub mod pledge;
pub mod pledge_amendment;
pub mod province;
pub mod province_event;
pub mod province_succession;
pub mod ranking;
pub mod ranking_entry;
pub mod ranking_proof;
pub mod ranking_section;
pub mod refresh_token;
pub mod reward_coefficient;
pub mod score;
pub mod scorecard;
pub mod sign_in_throttle;
pub mod signing_key;
pub mod target;
pub mod user_account;
