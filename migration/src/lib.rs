//! The history of the schema: append only. It imports no entity, so that it does not change when the present does.

mod document;
mod parts;

mod m20261123_000001_create_provinces;
mod m20261123_000002_create_accounts;
mod m20261123_000003_create_clusters;
mod m20261123_000004_create_campaigns;
mod m20261123_000005_create_pledges;
mod m20261123_000006_create_criteria;
mod m20261123_000007_create_scorecards;
mod m20261123_000008_create_rankings;
mod m20261123_000009_create_award_types;
mod m20261123_000010_create_awards;
mod m20261123_000011_create_journal;
mod m20261123_000012_create_evidence;
mod m20261123_000013_create_opinions;
mod m20261123_000014_create_due_date_extensions;
mod m20261124_000015_create_ballots;
mod m20261124_000016_create_award_rules;
mod m20261126_000017_create_holidays;
mod m20261126_000018_create_dossiers;
mod m20261126_000019_create_nomination_comments;
mod m20261126_000020_create_award_requirements;
mod m20261126_000021_create_conferences;
mod m20261126_000022_create_recommendations;
mod m20261126_000024_create_contributions;
mod m20261126_000025_create_achievement_figures;
mod m20261126_000026_create_exemplars;
mod m20261126_000027_create_assignments;
mod m20261126_000028_create_carry_overs;
mod m20261126_000029_create_campaign_reports;
mod m20261126_000030_create_documents;

pub use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_provinces::Migration),
            Box::new(m20261123_000002_create_accounts::Migration),
            Box::new(m20261123_000003_create_clusters::Migration),
            Box::new(m20261123_000004_create_campaigns::Migration),
            Box::new(m20261123_000005_create_pledges::Migration),
            Box::new(m20261123_000006_create_criteria::Migration),
            Box::new(m20261123_000007_create_scorecards::Migration),
            Box::new(m20261123_000008_create_rankings::Migration),
            Box::new(m20261123_000009_create_award_types::Migration),
            Box::new(m20261123_000010_create_awards::Migration),
            Box::new(m20261123_000011_create_journal::Migration),
            Box::new(m20261123_000012_create_evidence::Migration),
            Box::new(m20261123_000013_create_opinions::Migration),
            Box::new(m20261123_000014_create_due_date_extensions::Migration),
            Box::new(m20261124_000015_create_ballots::Migration),
            Box::new(m20261124_000016_create_award_rules::Migration),
            Box::new(m20261126_000017_create_holidays::Migration),
            Box::new(m20261126_000018_create_dossiers::Migration),
            Box::new(m20261126_000019_create_nomination_comments::Migration),
            Box::new(m20261126_000020_create_award_requirements::Migration),
            Box::new(m20261126_000021_create_conferences::Migration),
            Box::new(m20261126_000022_create_recommendations::Migration),
            Box::new(m20261126_000024_create_contributions::Migration),
            Box::new(m20261126_000025_create_achievement_figures::Migration),
            Box::new(m20261126_000026_create_exemplars::Migration),
            Box::new(m20261126_000027_create_assignments::Migration),
            Box::new(m20261126_000028_create_carry_overs::Migration),
            Box::new(m20261126_000029_create_campaign_reports::Migration),
            Box::new(m20261126_000030_create_documents::Migration),
        ]
    }
}
