//! Which award a result leads to (award rules), and whom that proposes.
//!
//! Fixed rules of practice: an excluded province is never proposed and takes nobody's place; nobody overtakes a better
//! rank. Settings of the cycle: ranks, class, least total, quota, what happens to equal ranks at the end of the quota, and
//! whether the members must vote. The leader of a cluster of the Central Council is nominated for the Emulation Flag of the
//! Government (Law 06/2022/QH15, art. 25): a rule with the ranks 1 to 1.

use entity::{decimal::Decimal, vocab::QuotaTies};
use uuid::Uuid;

use super::{
    phrase::{Language, Phrase},
    refusal::Fault,
};

/// Whom a rule proposes: who meets every condition that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRule {
    pub place_from: Option<i32>,
    pub place_to: Option<i32>,
    /// The name of a class.
    pub classification: Option<String>,
    pub min_total: Option<Decimal>,
    /// At most so many, those who have the award or are nominated for it already included.
    pub quota: Option<i32>,
    pub ties: QuotaTies,
}

/// A province in the ranking in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    pub province_id: Uuid,
    pub place: Option<i32>,
    pub total: Decimal,
    pub classification: Option<String>,
    /// It has the award of this year, or an open nomination for it.
    pub nominated: bool,
    /// It has another award for its achievements of the year, or an open nomination for one.
    pub rewarded: bool,
}

/// What a rule finds of a province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    Proposed,
    Nominated,
    Excluded,
    PlaceOutside { place: i32 },
    OtherClass { classification: Option<String> },
    TotalBelow { total: Decimal, least: Decimal },
    TiedAtQuota { quota: i32, tied: usize },
    QuotaUsed { quota: i32 },
    AchievementRewarded,
}

/// Whether a nomination that no rule proposes has room: the rules for its award have quotas, together not yet used. An
/// award without a rule, or with one that has no quota, has room for all.
pub fn room_beside(rules: &[AwardRule], taken: u64) -> Result<(), Fault> {
    let quotas: Option<Vec<i32>> = rules.iter().map(|rule| rule.quota).collect();
    let Some(quotas) = quotas.filter(|quotas| !quotas.is_empty()) else { return Ok(()) };
    let quota: u64 = quotas.into_iter().map(|quota| u64::try_from(quota).unwrap_or_default()).sum();
    if taken < quota {
        return Ok(());
    }
    let message = Phrase::made(format!("the quota of {quota} is used"), format!("đã sử dụng hết chỉ tiêu {quota}"));
    Err(Fault::new("/award_type_id", "quota_used", message))
}

impl AwardRule {
    /// What is wrong with the rule itself.
    pub fn faults(&self) -> Vec<Fault> {
        let order = self.place_from.zip(self.place_to).is_some_and(|(from, to)| from > to).then(|| {
            let message = Phrase::new("lies before `place_from`", "nhỏ hơn `place_from`");
            Fault::new("/place_to", "before_from", message)
        });
        let negative = self
            .min_total
            .is_some_and(Decimal::is_negative)
            .then(|| Fault::new("/min_total", "negative", Phrase::new("is never negative", "không được âm")));
        order.into_iter().chain(negative).collect()
    }

    /// What the rule finds of each province, in the order given.
    pub fn propose(&self, ranked: &[Ranked]) -> Vec<Finding> {
        let unfit: Vec<Option<Finding>> = ranked.iter().map(|one| self.unfit(one)).collect();
        let fits = |place: Option<i32>| {
            ranked
                .iter()
                .zip(&unfit)
                .filter(|(_, unfit)| unfit.is_none())
                .filter(move |(one, _)| one.place == place)
                .count()
        };
        let before = |place: Option<i32>| {
            ranked
                .iter()
                .zip(&unfit)
                .filter(|(_, unfit)| unfit.is_none())
                .filter(move |(one, _)| one.place < place)
                .count()
        };
        let found = |(one, unfit): (&Ranked, &Option<Finding>)| {
            if let Some(unfit) = unfit {
                return unfit.clone();
            }
            let quota = self.quota.map(|quota| (quota, usize::try_from(quota).unwrap_or_default()));
            let (better, tied) = (before(one.place), fits(one.place));
            match quota {
                Some((quota, most)) if better >= most => Finding::QuotaUsed { quota },
                Some((quota, most)) if better + tied > most && self.ties == QuotaTies::None => {
                    Finding::TiedAtQuota { quota, tied }
                }
                _ if one.nominated => Finding::Nominated,
                _ => Finding::Proposed,
            }
        };
        ranked.iter().zip(&unfit).map(found).collect()
    }

    fn unfit(&self, one: &Ranked) -> Option<Finding> {
        let Some(place) = one.place else { return Some(Finding::Excluded) };
        if self.place_from.is_some_and(|from| place < from) || self.place_to.is_some_and(|to| place > to) {
            return Some(Finding::PlaceOutside { place });
        }
        if self.classification.is_some() && self.classification != one.classification {
            return Some(Finding::OtherClass { classification: one.classification.clone() });
        }
        if let Some(least) = self.min_total.filter(|least| one.total < *least) {
            return Some(Finding::TotalBelow { total: one.total, least });
        }
        one.rewarded.then_some(Finding::AchievementRewarded)
    }
}

impl Finding {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Nominated => "nominated_already",
            Self::Excluded => "excluded",
            Self::PlaceOutside { .. } => "place_outside",
            Self::OtherClass { .. } => "other_class",
            Self::TotalBelow { .. } => "total_below",
            Self::TiedAtQuota { .. } => "tied_at_quota",
            Self::QuotaUsed { .. } => "quota_used",
            Self::AchievementRewarded => "achievement_rewarded",
        }
    }

    /// Why, for people.
    pub fn how(&self) -> Phrase {
        let vi = |number: &Decimal| Language::Vi.number(*number);
        match self {
            Self::Proposed => Phrase::new("meets every condition of the rule", "đáp ứng mọi điều kiện của quy định"),
            Self::Nominated => Phrase::new(
                "is nominated for this award already",
                "đã được đề nghị danh hiệu, hình thức khen thưởng này",
            ),
            Self::Excluded => Phrase::new("is excluded from the ranking", "đã bị loại khỏi xếp hạng"),
            Self::PlaceOutside { place } => Phrase::made(
                format!("rank {place} lies outside of the ranks of the rule"),
                format!("hạng {place} nằm ngoài các thứ hạng theo quy định"),
            ),
            Self::OtherClass { classification } => {
                let (en, vi) =
                    (classification.as_deref().unwrap_or("none"), classification.as_deref().unwrap_or("không có"));
                Phrase::made(format!("is in another class: {en}"), format!("thuộc mức xếp loại khác: {vi}"))
            }
            Self::TotalBelow { total, least } => Phrase::made(
                format!("has {total} points, and the rule asks for {least}"),
                format!("đạt {} điểm, quy định yêu cầu ít nhất {} điểm", vi(total), vi(least)),
            ),
            Self::TiedAtQuota { quota, tied } => Phrase::made(
                format!("shares its rank with {tied} provinces in all, more than the quota of {quota} has room for"),
                format!("đồng hạng với tổng cộng {tied} tỉnh, vượt chỉ tiêu {quota}"),
            ),
            Self::QuotaUsed { quota } => Phrase::made(
                format!("the quota of {quota} is used by better ranks"),
                format!("chỉ tiêu {quota} đã dành cho các tỉnh xếp hạng cao hơn"),
            ),
            Self::AchievementRewarded => Phrase::new(
                "is nominated for another award for the year, and one achievement is rewarded once",
                "đã được đề nghị khen thưởng khác cho năm này; một thành tích chỉ được khen thưởng một lần",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule() -> AwardRule {
        AwardRule {
            place_from: None,
            place_to: None,
            classification: None,
            min_total: None,
            quota: None,
            ties: QuotaTies::All,
        }
    }

    fn ranked(number: u128, place: Option<i32>, total: i32) -> Ranked {
        Ranked {
            province_id: Uuid::from_u128(number),
            place,
            total: Decimal::whole(total),
            classification: (total >= 900).then(|| "Xuất sắc".to_owned()),
            nominated: false,
            rewarded: false,
        }
    }

    /// 1, 2, 2, 4, and one that is excluded.
    fn cluster() -> Vec<Ranked> {
        [(1, Some(1), 950), (2, Some(2), 920), (3, Some(2), 920), (4, Some(4), 880), (5, None, 999)]
            .map(|(number, place, total)| ranked(number, place, total))
            .into()
    }

    fn codes(rule: &AwardRule, ranked: &[Ranked]) -> Vec<&'static str> {
        rule.propose(ranked).iter().map(Finding::code).collect()
    }

    #[test]
    fn conditions_and_quotas() {
        let all = cluster();
        let (out, used) = ("place_outside", "quota_used");
        #[rustfmt::skip]
        let cases = [
            (rule(), ["proposed", "proposed", "proposed", "proposed", "excluded"]),
            (AwardRule { place_from: Some(1), place_to: Some(1), ..rule() }, ["proposed", out, out, out, "excluded"]),
            (AwardRule { place_from: Some(2), place_to: Some(2), ..rule() }, [out, "proposed", "proposed", out, "excluded"]),
            (AwardRule { classification: Some("Xuất sắc".into()), ..rule() }, ["proposed", "proposed", "proposed", "other_class", "excluded"]),
            (AwardRule { min_total: Some(Decimal::whole(920)), ..rule() }, ["proposed", "proposed", "proposed", "total_below", "excluded"]),
            (AwardRule { quota: Some(1), ..rule() }, ["proposed", used, used, used, "excluded"]),
            (AwardRule { quota: Some(2), ..rule() }, ["proposed", "proposed", "proposed", used, "excluded"]),
            (AwardRule { quota: Some(2), ties: QuotaTies::None, ..rule() }, ["proposed", "tied_at_quota", "tied_at_quota", used, "excluded"]),
            (AwardRule { quota: Some(3), ties: QuotaTies::None, ..rule() }, ["proposed", "proposed", "proposed", used, "excluded"]),
        ];
        for (rule, expected) in cases {
            assert_eq!(codes(&rule, &all), expected, "{rule:?}");
        }
        let mut rewarded = all.clone();
        rewarded[0].rewarded = true;
        let two = AwardRule { quota: Some(2), ..rule() };
        assert_eq!(
            codes(&two, &rewarded),
            ["achievement_rewarded", "proposed", "proposed", used, "excluded"],
            "who has another award takes nobody's place"
        );
        let mut nominated = all;
        nominated[0].nominated = true;
        let one = AwardRule { quota: Some(1), ..rule() };
        assert_eq!(codes(&one, &nominated), ["nominated_already", used, used, used, "excluded"], "it keeps its place");
        let faulty = AwardRule { place_from: Some(3), place_to: Some(2), min_total: "-1".parse().ok(), ..rule() };
        let found: Vec<_> =
            faulty.faults().into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect();
        assert_eq!(found, ["/place_to before_from", "/min_total negative"]);
        assert_eq!(rule().faults(), []);
    }

    #[test]
    fn beside_the_rules_there_is_room_until_their_quotas_are_used() {
        let of = |quotas: &[Option<i32>]| quotas.iter().map(|quota| AwardRule { quota: *quota, ..rule() }).collect();
        #[rustfmt::skip]
        let cases: [(&[Option<i32>], u64, bool); 7] = [
            (&[],                 9, true),
            (&[None],             9, true),
            (&[Some(1), None],    9, true),
            (&[Some(1)],          0, true),
            (&[Some(1)],          1, false),
            (&[Some(1), Some(2)], 2, true),
            (&[Some(1), Some(2)], 3, false),
        ];
        for (quotas, taken, room) in cases {
            let rules: Vec<AwardRule> = of(quotas);
            let refused = room_beside(&rules, taken).err().map(|fault| fault.code);
            assert_eq!(refused, (!room).then_some("quota_used"), "{quotas:?} {taken}");
        }
    }

    fn any_cluster() -> impl Strategy<Value = Vec<Ranked>> {
        prop::collection::vec((1..5_i32, any::<bool>(), 0..10_u8), 0..12).prop_map(|members| {
            (0..)
                .zip(members)
                .map(|(number, (place, nominated, excluded))| Ranked {
                    nominated,
                    ..ranked(number, (excluded > 0).then_some(place), 1000 - place)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn nobody_overtakes_and_the_excluded_take_no_place(all in any_cluster(), quota in 1..6_i32, equal in any::<bool>()) {
            let ties = if equal { QuotaTies::All } else { QuotaTies::None };
            let rule = AwardRule { quota: Some(quota), ties, ..rule() };
            let found = rule.propose(&all);
            let taken = |finding: &Finding| matches!(finding, Finding::Proposed | Finding::Nominated);
            for (one, finding) in all.iter().zip(&found) {
                prop_assert_eq!(one.place.is_none(), *finding == Finding::Excluded);
                for (other, theirs) in all.iter().zip(&found).filter(|(other, _)| other.place.is_some()) {
                    // Who stands as high as somebody who is taken, or higher, is taken, too.
                    prop_assert!(!(taken(finding) && other.place <= one.place) || taken(theirs));
                }
            }
            let count = found.iter().filter(|finding| taken(finding)).count();
            prop_assert!(equal || count <= usize::try_from(quota).unwrap());
            let ranked: Vec<_> = all.iter().filter(|one| one.place.is_some()).cloned().collect();
            let among: Vec<_> = found.into_iter().filter(|finding| *finding != Finding::Excluded).collect();
            prop_assert_eq!(rule.propose(&ranked), among, "without the excluded nothing changes");
        }
    }
}
