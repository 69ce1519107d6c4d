//! The closed vocabularies that table, rule and wire share.
//!
//! Stored as text, so that a row reads the same on both databases and in a dump.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account may be. The rights of a cycle's head are no role: they follow from the membership of the officer's province.
///
/// - `administrator`: configures the system: provinces, clusters, accounts, catalogues
/// - `council_secretary`: secretary of the Central Emulation and Commendation Council: creates cycles, overrides with a reason, decides and revokes awards, sees all clusters
/// - `province_officer`: acts for one province: pledge, targets, self points; and for the cycle where that province is head
/// - `appraiser`: appraises the scorecards of the cycles assigned to them, never of the own province
/// - `auditor`: reads everything, writes nothing
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    Administrator,
    CouncilSecretary,
    ProvinceOfficer,
    Appraiser,
    Auditor,
}

/// How well a fact is known; shown wherever the fact is shown.
///
/// - `verified`: read in a public source
/// - `likely`: very probable, no source seen
/// - `inferred`: concluded from other facts
/// - `unsure`: doubtful
/// - `act_likely`: verified, but the number of the legal act is only likely
/// - `act_unknown`: verified, but the legal act is not known
/// - `invented`: made up for demonstration; no fact
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Certainty {
    Verified,
    Likely,
    Inferred,
    Unsure,
    ActLikely,
    ActUnknown,
    Invented,
}

/// The kind of a unit of the first administrative tier.
///
/// - `province`: province (tỉnh)
/// - `city`: centrally run city (thành phố trực thuộc trung ương)
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProvinceKind {
    Province,
    City,
}

/// What happened to provinces on one day.
///
/// - `merger`: several provinces become one
/// - `split`: one province becomes several
/// - `renaming`: a province gets another name
/// - `kind_change`: a province becomes a city, or a city a province; the name may change with it
/// - `recoding`: a province gets another code and keeps name and kind
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ProvinceEventKind {
    Merger,
    Split,
    Renaming,
    KindChange,
    Recoding,
}

/// Where a cycle (one cluster in one year) stands.
///
/// - `draft`: being prepared: members, head and deputies are chosen
/// - `launched`: the year is launched; pledges are signed, criteria are drafted
/// - `active`: criteria are issued; provinces work on their targets
/// - `self_scoring`: every province scores itself
/// - `appraisal`: appraisers score the same lines
/// - `explanation`: provinces explain the lines they contest, and appraisers answer in a second appraisal
/// - `finalized`: final points and the ranking are computed
/// - `published`: the ranking is public
/// - `closed`: the year is over; nothing changes any more
/// - `interrupted`: stopped for a stated reason, for example because members ceased to exist
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CycleState {
    Draft,
    Launched,
    Active,
    SelfScoring,
    Appraisal,
    Explanation,
    Finalized,
    Published,
    Closed,
    Interrupted,
}

/// A stage of the cycle that can have a due date.
///
/// - `pledge`: pledges are to be signed
/// - `criteria`: criteria are to be issued
/// - `targets`: targets are to be registered
/// - `self_scoring`: scorecards are to be submitted
/// - `appraisal`: appraisal is to be complete
/// - `explanation`: explanations are to be submitted
/// - `publication`: the ranking is to be published
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Stage {
    Pledge,
    Criteria,
    Targets,
    SelfScoring,
    Appraisal,
    Explanation,
    Publication,
}

/// The role of a province in a cycle.
///
/// - `head`: head of the cluster for this year (cụm trưởng); exactly one
/// - `deputy`: deputy head (cụm phó); at least one, ranked 1, 2, …
/// - `member`: member (thành viên)
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MemberRole {
    Head,
    Deputy,
    Member,
}

/// Who launched a campaign.
///
/// - `prime_minister`: the Prime Minister, for the whole country
/// - `province`: one province
/// - `cluster`: one cluster
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Launcher {
    PrimeMinister,
    Province,
    Cluster,
}

/// Where a pledge stands.
///
/// - `draft`: being written; everything may change
/// - `signed`: signed; it changes only by a recorded amendment
/// - `concluded`: the year's results are in; nothing changes any more
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PledgeState {
    Draft,
    Signed,
    Concluded,
}

/// Which way of a figure is the better one.
///
/// - `higher_is_better`: more is better
/// - `lower_is_better`: less is better
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Direction {
    HigherIsBetter,
    LowerIsBetter,
}

/// What became of a target; derived from target, actual and direction.
///
/// - `open`: no actual figure yet
/// - `exceeded`: better than promised
/// - `met`: exactly as promised
/// - `missed`: worse than promised
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TargetOutcome {
    Open,
    Exceeded,
    Met,
    Missed,
}

/// Where a version of the criteria stands.
///
/// - `draft`: being written
/// - `issued`: in force and immutable; at most one of a cycle
/// - `superseded`: replaced by a later version
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CriteriaSetState {
    Draft,
    Issued,
    Superseded,
}

/// How the points of a leaf criterion come about.
///
/// - `expert`: whatever the scorer gives, from 0 to the maximum
/// - `proportional`: maximum × attained ÷ target, at most the maximum or the cap for over-fulfilment; where lower is
///   better, maximum × target ÷ attained
/// - `shortfall`: the maximum less a deduction for every percent short of the target, not below 0
/// - `steps`: the points of the first band that holds the attained figure, or its ratio to the target
/// - `leader_relative`: half the maximum at the target, the rest in proportion to the best of the cluster; known when the
///   sheets are locked
/// - `pass_fail`: the maximum or 0
/// - `per_item`: points per item, at most the maximum
/// - `bonus`: adds points per item on top of the total, up to its cap
/// - `penalty`: subtracts points per item from the total, up to its cap
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Method {
    Expert,
    Proportional,
    Shortfall,
    Steps,
    LeaderRelative,
    PassFail,
    PerItem,
    Bonus,
    Penalty,
}

/// Where a province's sheet stands.
///
/// - `draft`: the province is filling it in
/// - `submitted`: handed in for appraisal
/// - `returned`: sent back to the province with a reason
/// - `appraised`: every line has its appraised points
/// - `explained`: the province has explained the lines it contests
/// - `reappraised`: every explanation is answered
/// - `final`: final points are set; nothing changes any more
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScorecardState {
    Draft,
    Submitted,
    Returned,
    Appraised,
    Explained,
    Reappraised,
    Final,
}

/// What a piece of evidence is.
///
/// - `file`: a document or a picture that was uploaded
/// - `link`: an address on the web
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EvidenceKind {
    File,
    Link,
}

/// What an uploaded file is, as its content tells: PDF, Word, Excel or a picture.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MediaType {
    #[sea_orm(string_value = "application/pdf")]
    #[serde(rename = "application/pdf")]
    #[strum(serialize = "application/pdf")]
    Pdf,
    #[sea_orm(string_value = "application/msword")]
    #[serde(rename = "application/msword")]
    #[strum(serialize = "application/msword")]
    Doc,
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[strum(serialize = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    #[sea_orm(string_value = "application/vnd.ms-excel")]
    #[serde(rename = "application/vnd.ms-excel")]
    #[strum(serialize = "application/vnd.ms-excel")]
    Xls,
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    #[strum(serialize = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    #[sea_orm(string_value = "image/png")]
    #[serde(rename = "image/png")]
    #[strum(serialize = "image/png")]
    Png,
    #[sea_orm(string_value = "image/jpeg")]
    #[serde(rename = "image/jpeg")]
    #[strum(serialize = "image/jpeg")]
    Jpeg,
    #[sea_orm(string_value = "image/webp")]
    #[serde(rename = "image/webp")]
    #[strum(serialize = "image/webp")]
    Webp,
    #[sea_orm(string_value = "image/gif")]
    #[serde(rename = "image/gif")]
    #[strum(serialize = "image/gif")]
    Gif,
    #[sea_orm(string_value = "image/tiff")]
    #[serde(rename = "image/tiff")]
    #[strum(serialize = "image/tiff")]
    Tiff,
}

/// Who may see a ranking.
///
/// - `provisional`: computed at finalisation, not yet public
/// - `published`: public
/// - `superseded`: replaced by a later ranking, which names it
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RankingState {
    Provisional,
    Published,
    Superseded,
}

/// The two families of the Law's catalogue.
///
/// - `title`: emulation title (danh hiệu thi đua)
/// - `commendation`: form of commendation (hình thức khen thưởng)
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AwardCategory {
    Title,
    Commendation,
}

/// Who decides an award (Law 06/2022/QH15, art. 77 to 80).
///
/// - `president`: the President of the State
/// - `government`: the Government
/// - `prime_minister`: the Prime Minister
/// - `minister_or_provincial_chair`: a minister, head of a central body or chair of a provincial people's committee
/// - `provincial_chair`: chair of a provincial people's committee
/// - `commune_chair`: chair of a commune's people's committee
/// - `unit_head`: head of an agency, organisation or unit
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Authority {
    President,
    Government,
    PrimeMinister,
    MinisterOrProvincialChair,
    ProvincialChair,
    CommuneChair,
    UnitHead,
}

/// Who can receive an award.
///
/// - `individual`: a person
/// - `collective`: a collective, a province among them
/// - `household`: a household
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RecipientKind {
    Individual,
    Collective,
    Household,
}

/// Where a nomination stands.
///
/// - `proposed`: proposed in the cluster
/// - `balloted`: the members voted for it
/// - `dossier_complete`: every document the award asks for is there
/// - `submitted`: handed to the council's office
/// - `appraised`: the council's office has examined it and written its opinion
/// - `public_comment`: everybody may read it and comment on it
/// - `on_hold`: waits for the end of a discipline, an inspection, a complaint or a press case
/// - `decided`: the award was decided
/// - `rejected`: the authority declined, with a reason
/// - `withdrawn`: taken back, with a reason
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NominationState {
    Proposed,
    Balloted,
    DossierComplete,
    Submitted,
    Appraised,
    PublicComment,
    OnHold,
    Decided,
    Rejected,
    Withdrawn,
}

/// Whether an award stands.
///
/// - `decided`: in force
/// - `revoked`: taken back, with a reason
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AwardState {
    Decided,
    Revoked,
}

/// Who caused a change.
///
/// - `user`: an account
/// - `system`: the service itself: loading of reference data, migration, a scheduled step
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ActorKind {
    User,
    System,
}

/// What a ballot decides.
///
/// - `nomination`: whether a province is nominated for an award
/// - `election`: who becomes head or deputy of a cycle
/// - `tie`: who of those with equal totals goes before
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BallotKind {
    Nomination,
    Election,
    Tie,
}

/// Where a ballot stands.
///
/// - `draft`: still being prepared
/// - `open`: the electorate is settled and votes are cast
/// - `closed`: counted
/// - `cancelled`: given up, with a reason; its votes count for nothing
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BallotState {
    Draft,
    Open,
    Closed,
    Cancelled,
}

/// What a ballot came to.
///
/// - `carried`: enough voted yes, or somebody was elected
/// - `not_carried`: too few voted for it
/// - `tied`: several candidates have the most votes; a second ballot decides between them
/// - `no_quorum`: too few took part
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BallotOutcome {
    Carried,
    NotCarried,
    Tied,
    NoQuorum,
}

/// Why a nomination waits.
///
/// - `discipline`: a disciplinary proceeding is pending
/// - `inspection`: an inspection, audit or investigation is pending
/// - `complaint`: a complaint or denunciation is being examined
/// - `press`: a report of the press is being checked
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HoldGround {
    Discipline,
    Inspection,
    Complaint,
    Press,
}

/// Who is nominated.
///
/// - `province`: a member of the cycle itself, on its rank
/// - `collective`: a collective of a member: a department, a district, an enterprise
/// - `person`: somebody of a member
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NomineeKind {
    Province,
    Collective,
    Person,
}

/// What an award is given for.
///
/// - `yearly`: what was achieved in the whole year of the cycle
/// - `thematic`: what was achieved in a campaign or in one field; it does not count towards yearly awards
/// - `sudden`: an outstanding deed; it does not count towards yearly awards
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AchievementKind {
    Yearly,
    Thematic,
    Sudden,
}

/// What happens to equal ranks of which a quota has room for some only.
///
/// - `all`: all of them are proposed, beyond the quota
/// - `none`: none of them is
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QuotaTies {
    All,
    None,
}

/// What a day of the calendar is beside an ordinary one.
///
/// - `public_holiday`: a paid day off by the Labour Code (45/2019/QH14, art. 112)
/// - `compensation_day`: a day off in exchange: for a holiday that falls on a weekend, or for a weekend that is worked
/// - `working_day`: a Saturday or Sunday that is worked in exchange for a day off
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HolidayKind {
    PublicHoliday,
    CompensationDay,
    WorkingDay,
}

/// What a document of a dossier is.
///
/// - `submission_letter`: the letter that submits the nomination (tờ trình)
/// - `achievement_report`: the report of achievements (báo cáo thành tích)
/// - `minutes`: the minutes of the council or conference that reviewed it (biên bản bình xét)
/// - `certificate`: a certificate or confirmation (chứng nhận, xác nhận)
/// - `other`: anything else
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DocumentKind {
    SubmissionLetter,
    AchievementReport,
    Minutes,
    Certificate,
    Other,
}
