//! What stands in the way of each step of a cycle.
//!
//! Fixed rules of practice: one head and ranked deputies are elected before the launch; every member signs the pledge
//! and the criteria are issued before the year is worked on; every sheet is handed in before appraisal and appraised
//! before anything is contested or final, and what is contested answered; the ranking becomes public when the year-end
//! conference has approved it; nothing is left open when the year is closed. An excluded province holds up nobody: from the
//! launch on its own gaps are no blockers.

use uuid::Uuid;

use super::{
    Event,
    members::{Member, ended, unanswered, unappraised, unconcluded, unsigned, unsubmitted, without_targets},
    panel::{Panel, gaps, without_peers},
};
use crate::domain::{
    membership::{Seat, check_roles},
    phrase::Phrase,
    refusal::{Blocker, Subject},
};

/// With fewer members there is nobody to compete with.
const FEWEST_MEMBERS: usize = 2;

/// What the guards need to know of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub cycle_id: Uuid,
    pub members: Vec<Member>,
    /// A set of criteria is in force.
    pub criteria_issued: bool,
    pub panel: Panel,
    /// The criteria want the provinces heard, and the cycle is not in explanation yet.
    pub explanation_owed: bool,
    /// The ranking that waits to be published.
    pub provisional_ranking: Option<Uuid>,
    /// A year-end conference of the cycle, held or being held, has approved that very ranking.
    pub ranking_approved: bool,
    pub open_nominations: Vec<OpenNomination>,
    pub open_conferences: Vec<OpenConference>,
}

/// A nomination that waits for its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNomination {
    pub id: Uuid,
    /// The nominee's name.
    pub province: String,
}

/// A conference that is planned or being held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenConference {
    pub id: Uuid,
    pub title: String,
}

/// Everything that stands in the way of the step, whatever state the cycle is in: see [`super::next`] for that.
pub fn blockers(event: Event, facts: &Facts) -> Vec<Blocker> {
    match event {
        Event::Launch => too_few(facts).into_iter().chain(roles(facts)).collect(),
        Event::Activate => criteria_missing(facts).into_iter().chain(each(facts, unsigned)).collect(),
        Event::OpenSelfScoring => each(facts, without_targets).collect(),
        Event::OpenAppraisal => each(facts, unsubmitted)
            .chain(facts.members.iter().filter(|one| !one.excluded).filter_map(|one| without_peers(&facts.panel, one)))
            .chain(gaps(&facts.panel))
            .collect(),
        Event::OpenExplanation => each(facts, unappraised).collect(),
        Event::Finalize => each(facts, unanswered).chain(not_heard(facts)).collect(),
        Event::Publish => unapproved(facts).into_iter().collect(),
        Event::Close => each(facts, unconcluded)
            .chain(facts.open_nominations.iter().map(undecided))
            .chain(facts.open_conferences.iter().map(not_held))
            .collect(),
        Event::Resume => each(facts, ended).collect(),
        Event::Interrupt | Event::Reopen => Vec::new(),
    }
}

fn each(facts: &Facts, guard: fn(&Member) -> Option<Blocker>) -> impl Iterator<Item = Blocker> {
    facts.members.iter().filter(|member| !member.excluded).filter_map(guard)
}

fn too_few(facts: &Facts) -> Option<Blocker> {
    let count = facts.members.len();
    (count < FEWEST_MEMBERS).then(|| Blocker {
        code: "too_few_members",
        message: Phrase::made(
            format!("a cycle needs at least {FEWEST_MEMBERS} members, and this one has {count}"),
            format!("năm thi đua cần ít nhất {FEWEST_MEMBERS} thành viên, hiện có {count}"),
        ),
        subject: Subject::any("membership"),
    })
}

fn roles(facts: &Facts) -> Vec<Blocker> {
    let seats: Vec<&Seat> = facts.members.iter().map(|member| &member.seat).collect();
    check_roles(&seats)
}

fn criteria_missing(facts: &Facts) -> Option<Blocker> {
    (!facts.criteria_issued).then(|| Blocker {
        code: "criteria_not_issued",
        message: Phrase::new("no criteria have been issued", "chưa ban hành bảng tiêu chí chấm điểm"),
        subject: Subject::any("criteria_set"),
    })
}

fn not_heard(facts: &Facts) -> Option<Blocker> {
    facts.explanation_owed.then(|| Blocker {
        code: "provinces_not_heard",
        message: Phrase::new(
            "the criteria want the provinces heard: open the explanation stage first",
            "bảng tiêu chí yêu cầu các tỉnh được giải trình: hãy mở bước giải trình trước",
        ),
        subject: Subject::one("cycle", facts.cycle_id),
    })
}

/// Nothing to publish, or nobody approved it: the approval of a ranking does not hold for the one that replaced it.
fn unapproved(facts: &Facts) -> Option<Blocker> {
    let Some(ranking_id) = facts.provisional_ranking else {
        return Some(Blocker {
            code: "ranking_missing",
            message: Phrase::new("there is no ranking to publish", "chưa có bảng xếp hạng để công bố"),
            subject: Subject::any("ranking"),
        });
    };
    (!facts.ranking_approved).then(|| Blocker {
        code: "ranking_not_approved",
        message: Phrase::new(
            "no year-end conference has approved the ranking",
            "chưa có hội nghị tổng kết nào thông qua bảng xếp hạng",
        ),
        subject: Subject::one("ranking", ranking_id),
    })
}

fn undecided(nomination: &OpenNomination) -> Blocker {
    let name = &nomination.province;
    Blocker {
        code: "nomination_open",
        message: Phrase::made(
            format!("the nomination of {name} is still open"),
            format!("đề nghị khen thưởng cho {name} chưa được giải quyết"),
        ),
        subject: Subject::one("nomination", nomination.id),
    }
}

fn not_held(conference: &OpenConference) -> Blocker {
    let title = &conference.title;
    Blocker {
        code: "conference_open",
        message: Phrase::made(
            format!("“{title}” is not over: close or cancel it first"),
            format!("“{title}” chưa kết thúc: hãy bế mạc hoặc hủy trước"),
        ),
        subject: Subject::one("conference", conference.id),
    }
}

#[cfg(test)]
mod tests {
    use entity::vocab::{MemberRole, PledgeState, ScorecardState};
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::{cycle::PanelSeat, phrase::Language};

    const PLEDGE: Uuid = Uuid::from_u128(100);
    const CARD: Uuid = Uuid::from_u128(200);
    const RANKING: Uuid = Uuid::from_u128(300);

    fn member(id: u128, province: &str, role: MemberRole, deputy_rank: Option<i32>) -> Member {
        Member {
            seat: Seat { id: Uuid::from_u128(id), province: province.into(), role, deputy_rank },
            excluded: false,
            pledge: None,
            targets: 0,
            scorecard: None,
            peers: 0,
            ended_on: None,
        }
    }

    /// Head and deputy elected, and nothing done since.
    fn bare() -> Facts {
        Facts {
            cycle_id: Uuid::from_u128(999),
            members: vec![
                member(1, "Tuyên Quang", MemberRole::Head, None),
                member(2, "Hòa Bình", MemberRole::Deputy, Some(1)),
            ],
            criteria_issued: false,
            panel: Panel::default(),
            explanation_owed: false,
            provisional_ranking: None,
            ranking_approved: false,
            open_nominations: Vec::new(),
            open_conferences: Vec::new(),
        }
    }

    /// Everything in place for every step.
    fn ready() -> Facts {
        let mut facts = bare();
        for member in &mut facts.members {
            member.pledge = Some((PLEDGE, PledgeState::Concluded));
            member.targets = 1;
            member.scorecard = Some((CARD, ScorecardState::Appraised));
        }
        let panel = Panel { seats: vec![PanelSeat::default()], ..Panel::default() };
        let provisional_ranking = Some(RANKING);
        Facts { criteria_issued: true, panel, provisional_ranking, ranking_approved: true, ..facts }
    }

    fn said(event: Event, facts: &Facts) -> Vec<String> {
        blockers(event, facts).iter().map(|b| format!("{}: {}", b.code, b.message.say(Language::En))).collect()
    }

    #[test]
    fn a_cycle_where_nothing_was_done_is_told_all_of_it() {
        let facts = bare();
        #[rustfmt::skip]
        let cases: [(Event, &[&str]); 11] = [
            (Event::Launch, &[]),
            (Event::Activate, &[
                "criteria_not_issued: no criteria have been issued",
                "pledge_missing: Tuyên Quang has no pledge",
                "pledge_missing: Hòa Bình has no pledge",
            ]),
            (Event::OpenSelfScoring, &[
                "no_targets: Tuyên Quang has registered no target",
                "no_targets: Hòa Bình has registered no target",
            ]),
            (Event::OpenAppraisal, &[
                "scorecard_missing: Tuyên Quang has no scorecard",
                "scorecard_missing: Hòa Bình has no scorecard",
                "no_appraiser: no appraiser is assigned",
            ]),
            (Event::OpenExplanation, &[
                "scorecard_missing: Tuyên Quang has no scorecard",
                "scorecard_missing: Hòa Bình has no scorecard",
            ]),
            (Event::Finalize, &[
                "scorecard_missing: Tuyên Quang has no scorecard",
                "scorecard_missing: Hòa Bình has no scorecard",
            ]),
            (Event::Publish, &["ranking_missing: there is no ranking to publish"]),
            (Event::Close, &[]),
            (Event::Interrupt, &[]),
            (Event::Resume, &[]),
            (Event::Reopen, &[]),
        ];
        for (event, expected) in cases {
            assert_eq!(said(event, &facts), expected, "{event:?}");
        }
    }

    #[test]
    fn nothing_stands_in_the_way_where_everything_was_done() {
        for event in Event::iter() {
            assert_eq!(blockers(event, &ready()), [], "{event:?}");
        }
    }

    #[test]
    fn only_what_a_conference_approved_is_published() {
        let unapproved = Facts { ranking_approved: false, ..ready() };
        let expected = ["ranking_not_approved: no year-end conference has approved the ranking"];
        assert_eq!(said(Event::Publish, &unapproved), expected);
        let found = blockers(Event::Publish, &unapproved);
        assert_eq!(found[0].subject, Subject::one("ranking", RANKING));
        // An approval without a ranking is that of one that is gone.
        let renewed = Facts { provisional_ranking: None, ..ready() };
        assert_eq!(said(Event::Publish, &renewed), ["ranking_missing: there is no ranking to publish"]);
    }

    #[test]
    fn provinces_are_heard_where_the_criteria_want_it() {
        let unheard = Facts { explanation_owed: true, ..ready() };
        let expected = ["provinces_not_heard: the criteria want the provinces heard: open the explanation stage first"];
        assert_eq!(said(Event::Finalize, &unheard), expected);
        assert_eq!(said(Event::OpenExplanation, &unheard), [""; 0]);
    }

    #[test]
    fn a_cycle_goes_on_once_no_member_has_ceased_to_exist() {
        let mut facts = ready();
        facts.members[1].ended_on = "2025-06-30".parse().ok();
        let expected = ["member_ended: Hòa Bình ended on 2025-06-30: let its successors take its place"];
        assert_eq!(said(Event::Resume, &facts), expected);
        facts.members[1].excluded = true;
        assert_eq!(said(Event::Resume, &facts), [""; 0]);
    }

    #[test]
    fn members_who_score_crosswise_have_peers() {
        let mut facts = ready();
        facts.panel.rules.peer_sections = vec!["III".into()];
        facts.members[0].peers = 2;
        let expected = ["province_without_peers: no member is assigned to score Hòa Bình crosswise"];
        assert_eq!(said(Event::OpenAppraisal, &facts), expected);
    }

    #[test]
    fn a_cluster_of_one_is_not_launched() {
        let alone = Facts { members: vec![member(1, "Yên Bái", MemberRole::Head, None)], ..bare() };
        let expected =
            ["too_few_members: a cycle needs at least 2 members, and this one has 1", "no_deputy: no member is deputy"];
        assert_eq!(said(Event::Launch, &alone), expected);
    }

    #[test]
    fn a_blocker_points_to_what_is_missing() {
        let mut facts = bare();
        facts.members[0].pledge = Some((PLEDGE, PledgeState::Draft));
        facts.open_nominations = vec![OpenNomination { id: Uuid::from_u128(7), province: "Yên Bái".into() }];
        facts.open_conferences =
            vec![OpenConference { id: Uuid::from_u128(8), title: "Hội nghị tổng kết".into() }];
        let subjects = |event| blockers(event, &facts).iter().map(|b| b.subject).collect::<Vec<_>>();
        let deputy = Subject::one("membership", Uuid::from_u128(2));
        assert_eq!(subjects(Event::Activate), [Subject::any("criteria_set"), Subject::one("pledge", PLEDGE), deputy]);
        assert_eq!(subjects(Event::OpenSelfScoring), [Subject::one("pledge", PLEDGE), deputy]);
        assert_eq!(subjects(Event::Publish), [Subject::any("ranking")]);
        assert_eq!(
            subjects(Event::Close),
            [Subject::one("nomination", Uuid::from_u128(7)), Subject::one("conference", Uuid::from_u128(8))]
        );
    }

    fn any_member() -> impl Strategy<Value = Member> {
        use {PledgeState as P, ScorecardState as S};
        let pledge = prop::option::of(prop::sample::select(vec![P::Draft, P::Signed, P::Concluded]));
        let card =
            prop::option::of(prop::sample::select(vec![S::Draft, S::Submitted, S::Returned, S::Appraised, S::Final]));
        (pledge, 0..2_usize, card).prop_map(|(pledge, targets, card)| Member {
            pledge: pledge.map(|state| (PLEDGE, state)),
            targets,
            scorecard: card.map(|state| (CARD, state)),
            ..member(3, "Yên Bái", MemberRole::Member, None)
        })
    }

    proptest! {
        #[test]
        fn an_excluded_province_holds_up_nobody(member in any_member()) {
            for event in Event::iter() {
                for mut facts in [bare(), ready()] {
                    let without = blockers(event, &facts);
                    facts.members.push(Member { excluded: true, ..member.clone() });
                    prop_assert_eq!(blockers(event, &facts), without);
                }
            }
        }
    }
}
