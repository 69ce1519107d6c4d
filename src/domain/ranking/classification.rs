//! Classification bands (xếp loại): names for ranges of totals.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    bounds::{Bounds, percent},
    phrase::Phrase,
    refusal::{Fault, blank},
};

/// Bands a classification can have.
const MOST_BANDS: usize = 20;

/// Letters a name can have.
const LONGEST_NAME: usize = 200;

/// Named bands that together hold every total exactly once
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// What the bounds are about
    #[serde(default)]
    #[schema(required = false)]
    pub measure: ClassMeasure,
    /// In any order; the lowest has no `from`, the highest no `to`, and each begins where another ends
    #[schema(min_items = 1, max_items = 20)]
    pub bands: Vec<ClassBand>,
}

/// What the bounds of a classification are about.
///
/// - `percent`: the total in percent of the total points of the criteria; bonus can bring it above 100
/// - `points`: the total itself
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClassMeasure {
    #[default]
    Percent,
    Points,
}

/// A named band of totals
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassBand {
    #[schema(min_length = 1, max_length = 200, example = "Hoàn thành xuất sắc nhiệm vụ")]
    pub name: String,
    #[schema(min_length = 1, max_length = 200)]
    pub name_en: Option<String>,
    /// Where it begins; the lowest band has none
    pub from: Option<Decimal>,
    /// Whether `from` itself is inside; true when left out
    #[serde(default = "inside")]
    #[schema(required = false, default = true)]
    pub from_included: bool,
    /// Where it ends; the highest band has none
    pub to: Option<Decimal>,
    /// Whether `to` itself is inside; false when left out
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub to_included: bool,
}

const fn inside() -> bool {
    true
}

impl ClassBand {
    const fn bounds(&self) -> Bounds {
        let Self { from, from_included, to, to_included, .. } = self;
        Bounds { from: *from, from_included: *from_included, to: *to, to_included: *to_included }
    }
}

impl Classification {
    /// The band that holds a total; exactly one does, if there is no fault.
    pub fn holding(&self, total: Decimal, of: Decimal) -> Option<&ClassBand> {
        let against = |bound: Decimal| match self.measure {
            ClassMeasure::Points => total.cmp(&bound),
            // A set that is issued has a total above 0.
            ClassMeasure::Percent => percent(total, of, bound),
        };
        self.bands.iter().find(|band| band.bounds().hold(against))
    }

    pub(super) fn faults(&self, at: &str) -> Vec<Fault> {
        let mut faults = vec![];
        let at_band = |index: usize, member: &str| format!("{at}/bands/{index}/{member}");
        if self.bands.is_empty() || self.bands.len() > MOST_BANDS {
            let message = Phrase::new("needs 1 to 20 bands", "phải có từ 1 đến 20 mức");
            return vec![Fault::new(format!("{at}/bands"), "wrong_number", message)];
        }
        for (index, band) in self.bands.iter().enumerate() {
            let names = [("name", Some(&band.name)), ("name_en", band.name_en.as_ref())];
            for (member, name) in names.into_iter().filter_map(|(member, name)| name.map(|name| (member, name))) {
                let pointer = at_band(index, member);
                faults.extend(blank(&pointer, name));
                if name.chars().count() > LONGEST_NAME {
                    let message = Phrase::new("has more than 200 characters", "dài quá 200 ký tự");
                    faults.push(Fault::new(pointer, "too_long", message));
                }
            }
            if self.bands.iter().take(index).any(|other| other.name == band.name) {
                let message = Phrase::new("two bands have this name", "có hai mức trùng tên");
                faults.push(Fault::new(at_band(index, "name"), "duplicate", message));
            }
            if band.bounds().hold_nothing() {
                let message = Phrase::new("the band holds no total", "mức này không chứa điểm nào");
                faults.push(Fault::new(at_band(index, "to"), "empty_band", message));
            }
        }
        if faults.is_empty() {
            faults.extend(self.seams(at_band));
        }
        faults
    }

    /// Gaps and overlaps, each told at the band that begins there.
    fn seams(&self, at: impl Fn(usize, &str) -> String) -> Vec<Fault> {
        let mut order: Vec<(usize, &ClassBand)> = self.bands.iter().enumerate().collect();
        // The lowest first; of two that begin at one place, the one that includes it.
        order.sort_by_key(|(_, band)| (band.from.is_some(), band.from, !band.from_included));
        let mut faults = vec![];
        let (gap, overlap) = (
            || {
                Phrase::new(
                    "totals just below this are in no band",
                    "có khoảng điểm ngay dưới mức này không thuộc mức nào",
                )
            },
            || Phrase::new("totals here are in two bands", "có điểm thuộc hai mức"),
        );
        for pair in order.windows(2) {
            let [(_, lower), (index, upper)] = pair else { continue };
            let fault = match (lower.to, upper.from) {
                (Some(to), Some(from)) if to < from => Some(("gap", gap())),
                (Some(to), Some(from)) if to > from => Some(("overlap", overlap())),
                (Some(_), Some(_)) if lower.to_included && upper.from_included => Some(("overlap", overlap())),
                (Some(_), Some(_)) if !lower.to_included && !upper.from_included => Some(("gap", gap())),
                (Some(_), Some(_)) => None,
                (None, _) | (_, None) => Some(("overlap", overlap())),
            };
            faults.extend(fault.map(|(code, message)| Fault::new(at(*index, "from"), code, message)));
        }
        if let Some((index, lowest)) = order.first()
            && lowest.from.is_some()
        {
            faults.push(Fault::new(at(*index, "from"), "gap", gap()));
        }
        if let Some((index, highest)) = order.last()
            && highest.to.is_some()
        {
            let message = Phrase::new("totals above this are in no band", "điểm cao hơn mức này không thuộc mức nào");
            faults.push(Fault::new(at(*index, "to"), "gap", message));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn classification(value: serde_json::Value) -> Classification {
        serde_json::from_value(value).unwrap()
    }

    fn practice() -> Classification {
        classification(json!({ "bands": [
            { "name": "xuất sắc", "name_en": "excellent", "from": 90 },
            { "name": "tốt", "from": 70, "to": 90 },
            { "name": "hoàn thành", "to": 70 },
        ]}))
    }

    #[test]
    fn bounds_are_inside_below_and_outside_above() {
        let class = |total: &str| {
            let total = total.parse().unwrap();
            practice().holding(total, Decimal::whole(1000)).map(|band| band.name.clone()).unwrap()
        };
        assert_eq!(class("1100"), "xuất sắc", "bonus brings it above 100 %");
        assert_eq!(class("900"), "xuất sắc");
        assert_eq!(class("899.9999"), "tốt");
        assert_eq!(class("700"), "tốt");
        assert_eq!(class("-5"), "hoàn thành");
    }

    #[test]
    fn gaps_and_overlaps_are_named_where_they_are() {
        let found = |bands: serde_json::Value| {
            let faults = classification(json!({ "measure": "points", "bands": bands })).faults("");
            faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect::<Vec<_>>()
        };
        assert_eq!(practice().faults(""), []);
        assert_eq!(found(json!([])), ["/bands wrong_number"]);
        assert_eq!(found(json!([{ "name": "a", "from": 1 }, { "name": "b", "to": 0.9999 }])), ["/bands/0/from gap"]);
        assert_eq!(
            found(json!([{ "name": "a", "from": 1 }, { "name": "b", "to": 1.0001 }])),
            ["/bands/0/from overlap"]
        );
        assert_eq!(
            found(json!([{ "name": "a", "from": 1 }, { "name": "b", "to": 1, "to_included": true }])),
            ["/bands/0/from overlap"]
        );
        assert_eq!(
            found(json!([{ "name": "a", "from": 1, "from_included": false }, { "name": "b", "to": 1 }])),
            ["/bands/0/from gap"]
        );
        assert_eq!(found(json!([{ "name": "a", "from": 1, "to": 2 }])), ["/bands/0/from gap", "/bands/0/to gap"]);
        assert_eq!(
            found(json!([{ "name": "a", "from": 2, "to": 1 }, { "name": "a", "to": 2 }, { "name": " " }])),
            ["/bands/0/to empty_band", "/bands/1/name duplicate", "/bands/2/name blank"]
        );
        assert_eq!(found(json!([{ "name": "a" }, { "name": "b" }])), ["/bands/1/from overlap"]);
    }

    proptest! {
        #[test]
        fn every_total_has_exactly_one_class(
            bounds in prop::collection::btree_set(-1_000..1_000_i64, 0..8),
            included in prop::collection::vec(any::<bool>(), 8),
            total in -1_100..1_100_i64,
        ) {
            let scaled = |number: i64| Decimal::from_scaled(number).unwrap();
            let bounds: Vec<i64> = bounds.into_iter().collect();
            let bands: Vec<ClassBand> = (0..=bounds.len())
                .map(|index| ClassBand {
                    name: index.to_string(),
                    name_en: None,
                    from: index.checked_sub(1).map(|below| scaled(bounds[below])),
                    from_included: index.checked_sub(1).is_some_and(|below| included[below]),
                    to: bounds.get(index).map(|bound| scaled(*bound)),
                    to_included: bounds.get(index).is_some() && !included[index],
                })
                .collect();
            let all = Classification { measure: ClassMeasure::Points, bands };
            prop_assert_eq!(all.faults(""), vec![]);
            let one = |band: &ClassBand| Classification { measure: ClassMeasure::Points, bands: vec![band.clone()] };
            let holding = all.bands.iter().filter(|band| one(band).holding(scaled(total), Decimal::ONE).is_some());
            prop_assert_eq!(holding.count(), 1);
        }
    }
}
