//! One folder per resource, always the same three files: the wire (`dto`), HTTP in and out (`handlers`), use cases
//! (`service`). Resources never import each other.

pub mod appraiser_assignments;
pub mod auth;
pub mod award_requirements;
pub mod award_rules;
pub mod award_types;
pub mod awards;
pub mod ballots;
pub mod base_salaries;
pub mod campaign_participations;
pub mod campaigns;
pub mod clusters;
pub mod criteria;
pub mod criteria_sets;
pub mod cycles;
pub mod dossier_documents;
pub mod dossier_requirements;
pub mod due_date_extensions;
pub mod evidence;
pub mod figures;
pub mod holidays;
pub mod journal_entries;
pub mod me;
pub mod memberships;
pub mod nomination_comments;
pub mod nominations;
pub mod operations;
pub mod pledges;
pub mod province_events;
pub mod provinces;
pub mod rankings;
pub mod recommendations;
pub mod reward_coefficients;
pub mod scorecards;
pub mod targets;
pub mod users;
