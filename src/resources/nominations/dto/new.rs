//! A nomination as it is proposed.

use entity::vocab::{AchievementKind, NomineeKind};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{achievement::Achievement, nominee::Named},
    http::{Line, Prose, line, prose},
};

/// A new nomination: of a province, or of one of its collectives or people
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f", "reason": "Xếp thứ hai của cụm năm 2023.",
}))]
pub(crate) struct NewNomination {
    /// The cycle, finalised or published
    pub cycle_id: Uuid,
    /// A member of the cycle: the nominee itself, and then ranked, or the province the nominee belongs to
    pub province_id: Uuid,
    /// Who is nominated; the province itself if left away
    #[serde(default = "province")]
    #[schema(value_type = NomineeKind, required = false)]
    pub nominee_kind: NomineeKind,
    /// Name of the collective or the person; none for a province
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub nominee_name: Option<String>,
    /// Position and unit of the person; none for others. Of a person nothing else is kept
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub nominee_position: Option<String>,
    /// What the award is given for; the year of the cycle if left away
    #[serde(default = "yearly")]
    #[schema(value_type = AchievementKind, required = false)]
    pub achievement_kind: AchievementKind,
    /// What was achieved, for a `thematic` or `sudden` achievement; one achievement is rewarded once
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub achievement: Option<String>,
    /// An award that is given to such a nominee
    pub award_type_id: Uuid,
    /// Why the nominee deserves the award. Everybody reads it during public comment: it must not name a person
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

const fn province() -> NomineeKind {
    NomineeKind::Province
}

const fn yearly() -> AchievementKind {
    AchievementKind::Yearly
}

impl NewNomination {
    pub(crate) fn named(&self) -> Named<'_> {
        let (name, position) = (self.nominee_name.as_deref(), self.nominee_position.as_deref());
        Named { kind: self.nominee_kind, name, position }
    }

    pub(crate) fn achievement(&self) -> Achievement<'_> {
        Achievement { kind: self.achievement_kind, text: self.achievement.as_deref() }
    }
}
