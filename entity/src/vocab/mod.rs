//! The closed vocabularies that table, rule and wire share.
//!
//! Stored as text, so that a row reads the same on both databases and in a dump.

mod assignments;
mod awards;
mod ballots;
mod calendar;
mod conferences;
mod contributions;
mod exemplars;
mod files;
mod nominations;
mod people;
mod provinces;
mod recommendations;
mod scoring;
mod year;

pub use assignments::{AssignmentRating, AssignmentState, UnitKind};
pub use awards::{Authority, AwardCategory, AwardState, RecipientKind};
pub use ballots::{BallotKind, BallotOutcome, BallotState};
pub use calendar::HolidayKind;
pub use conferences::{ConferenceKind, ConferenceState, ParticipantRole, ResolutionKind};
pub use contributions::ContributionForm;
pub use exemplars::{ExemplarKind, ExemplarState};
pub use files::{DocumentKind, EvidenceKind, MediaType};
pub use nominations::{AchievementKind, HoldGround, NominationState, NomineeKind, QuotaTies};
pub use people::{ActorKind, Certainty, Role};
pub use provinces::{CarryOverWay, ProvinceEventKind, ProvinceKind};
pub use recommendations::{Addressee, RecommendationState};
pub use scoring::{CriteriaSetState, Method, RankingState, ScorecardState};
pub use year::{CycleState, Direction, Launcher, MemberRole, PledgeState, ReviewKind, Stage, TargetOutcome};
