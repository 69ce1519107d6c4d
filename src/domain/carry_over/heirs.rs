//! Whether the heirs of one cycle make sense: each is a successor, and nothing is inherited twice.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Choice, Heir, Member, Touched};
use crate::domain::{phrase::Phrase, refusal::Fault};

/// What is wrong with them. `at` is where the choice stands in the request, `successors` are the codes of the event.
pub(super) fn faults(at: &str, choice: &Choice, cycle: &Touched, successors: &[String]) -> Vec<Fault> {
    let mut faults = vec![];
    if choice.heirs.is_empty() {
        let message =
            Phrase::new("name the successors that join the cycle", "hãy nêu đơn vị kế thừa tham gia năm thi đua");
        faults.push(Fault::new(format!("{at}/heirs"), "required", message));
    }
    let mut given: HashSet<(&str, Uuid)> = HashSet::new();
    for (index, heir) in choice.heirs.iter().enumerate() {
        let at = format!("{at}/heirs/{index}");
        let earlier = choice.heirs.iter().take(index);
        faults.extend(unknown(&at, heir, earlier, successors));
        for (member, nth, province_id) in inherited(heir) {
            let pointer = match nth {
                Some(nth) => format!("{at}/{member}/{nth}"),
                None => format!("{at}/{member}"),
            };
            let ends = cycle.members.iter().find(|one| one.province_id == province_id && one.ends);
            faults.extend(amiss(&pointer, member, ends, given.insert((member, province_id))));
        }
        if !heir.targets_from.is_empty() && heir.pledge_from.is_none() {
            let message = Phrase::new(
                "targets stand in a pledge: say whose pledge is inherited",
                "chỉ tiêu nằm trong giao ước: hãy nêu giao ước được kế thừa",
            );
            faults.push(Fault::new(format!("{at}/pledge_from"), "required", message));
        }
    }
    faults
}

fn unknown<'a>(
    at: &str,
    heir: &Heir,
    mut earlier: impl Iterator<Item = &'a Heir>,
    successors: &[String],
) -> Option<Fault> {
    let (code, message) = if !successors.contains(&heir.successor_code) {
        (
            "not_a_successor",
            Phrase::new("no successor of the event has this code", "sự kiện không có đơn vị kế thừa mang mã này"),
        )
    } else if earlier.any(|other| other.successor_code == heir.successor_code) {
        ("duplicate", Phrase::new("the successor is named twice", "đơn vị kế thừa được nêu hai lần"))
    } else {
        return None;
    };
    Some(Fault::new(format!("{at}/successor_code"), code, message))
}

/// Everything an heir takes over: the member of the request, its place in a list, and from which province.
fn inherited(heir: &Heir) -> impl Iterator<Item = (&'static str, Option<usize>, Uuid)> {
    let one = |member, from: Option<Uuid>| from.map(|id| (member, None, id));
    let many = |member, from: &[Uuid]| -> Vec<_> {
        from.iter().enumerate().map(|(nth, id)| (member, Some(nth), *id)).collect()
    };
    one("pledge_from", heir.pledge_from)
        .into_iter()
        .chain(many("targets_from", &heir.targets_from))
        .chain(one("scorecard_from", heir.scorecard_from))
        .chain(many("recommendations_from", &heir.recommendations_from))
}

/// Why this cannot be inherited. `ends` is the member that ends, if it is one; `first` says nobody inherits it yet.
fn amiss(pointer: &str, what: &str, ends: Option<&Member>, first: bool) -> Option<Fault> {
    let (code, message) = match (ends, what) {
        (None, _) => (
            "not_ending",
            Phrase::new(
                "not a member of the cycle that the event ends",
                "không phải thành viên của năm thi đua chấm dứt theo sự kiện này",
            ),
        ),
        (Some(_), _) if !first => ("duplicate", Phrase::new("is inherited already", "đã có đơn vị kế thừa")),
        (Some(member), "pledge_from" | "targets_from") if member.pledge.is_none() => (
            "nothing_there",
            Phrase::new(
                "the province has no pledge in the cycle",
                "tỉnh, thành phố này chưa có giao ước trong năm thi đua",
            ),
        ),
        (Some(member), "scorecard_from") if member.scorecard.is_none() => (
            "nothing_there",
            Phrase::new(
                "the province has no scorecard in the cycle",
                "tỉnh, thành phố này chưa có phiếu chấm điểm trong năm thi đua",
            ),
        ),
        _ => return None,
    };
    Some(Fault::new(pointer, code, message))
}
