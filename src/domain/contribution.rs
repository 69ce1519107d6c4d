//! Contributions (hỗ trợ an sinh xã hội): money or goods that the members of a cluster give, often for houses of policy
//! families in the province that hosts a conference, and what each member gives of it.
//!
//! Rules of practice: the cluster announces the whole, each member pledges a share and hands it over later, often when the
//! year is over. Amounts are whole VND.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use entity::vocab::{ContributionForm, CycleState};
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, unless_blocked, unless_faulty},
};

/// Days beyond these years are slips of the pen.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// The most VND of one amount.
pub const MOST_VND: i64 = 100_000_000_000_000;

/// Checks what is given: goods are named, and money needs no other name.
pub fn check_contribution(
    form: ContributionForm,
    goods: Option<&str>,
    decided_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let unnamed = (form == ContributionForm::Goods && goods.is_none())
        .then(|| Fault::new("/goods", "required", Phrase::new("say which goods", "hãy nêu hiện vật")));
    let faults = [unnamed, not_for_money(form, goods.is_some()), misdated("/decided_on", decided_on, today)];
    unless_faulty(faults.into_iter().flatten().collect())
}

/// What a member gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub pledged_amount: i64,
    pub paid_amount: i64,
    pub paid_on: Option<NaiveDate>,
    /// Whether it names goods.
    pub goods: bool,
}

impl Share {
    /// Whether something of it was handed over.
    pub fn is_paid(self) -> bool {
        self.paid_amount > 0 || self.paid_on.is_some()
    }
}

/// Checks the share of a member: it gives something, and nobody hands over more than was pledged.
pub fn check_share(form: ContributionForm, share: Share, today: NaiveDate) -> Result<(), Refusal> {
    let Share { pledged_amount, paid_amount, paid_on, goods } = share;
    let fault = |stands: bool, pointer: &str, code: &'static str, message: Phrase| {
        stands.then(|| Fault::new(pointer, code, message))
    };
    let faults = [
        fault(
            pledged_amount == 0 && !goods,
            "/pledged_amount",
            "nothing_pledged",
            Phrase::new("a share is money or goods", "phần hỗ trợ phải là tiền hoặc hiện vật"),
        ),
        fault(
            paid_amount > pledged_amount,
            "/paid_amount",
            "more_than_pledged",
            Phrase::new("more than was pledged", "lớn hơn số đã đăng ký"),
        ),
        fault(
            paid_amount > 0 && paid_on.is_none(),
            "/paid_on",
            "required",
            Phrase::new("say when it was paid", "hãy nêu ngày nộp"),
        ),
        fault(
            paid_amount == 0 && paid_on.is_some() && !goods,
            "/paid_on",
            "nothing_paid",
            Phrase::new("nothing was paid", "chưa nộp khoản nào"),
        ),
        not_for_money(form, goods),
        paid_on.and_then(|day| misdated("/paid_on", day, today)),
    ];
    unless_faulty(faults.into_iter().flatten().collect())
}

fn not_for_money(form: ContributionForm, goods: bool) -> Option<Fault> {
    (form == ContributionForm::Money && goods).then(|| {
        Fault::new("/goods", "not_for_money", Phrase::new("the contribution is money", "khoản hỗ trợ này là tiền"))
    })
}

fn misdated(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Fault> {
    if !YEARS.contains(&day.year()) {
        let message = Phrase::new("between the years 2000 and 2100", "từ năm 2000 đến năm 2100");
        return Some(Fault::new(pointer, "out_of_range", message));
    }
    (day > today).then(|| Fault::new(pointer, "in_future", Phrase::new("lies in the future", "nằm trong tương lai")))
}

/// What the shares of a contribution come to, in VND.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub pledged: i64,
    pub paid: i64,
    /// Pledged and not paid yet.
    pub outstanding: i64,
}

/// Adds up the shares.
pub fn totals(shares: impl IntoIterator<Item = Share>) -> Result<Totals, Refusal> {
    shares.into_iter().try_fold(Totals::default(), |sum, share| {
        let pledged = sum.pledged.checked_add(share.pledged_amount);
        let paid = sum.paid.checked_add(share.paid_amount);
        let outstanding =
            share.pledged_amount.checked_sub(share.paid_amount).and_then(|open| sum.outstanding.checked_add(open));
        match (pledged, paid, outstanding) {
            (Some(pledged), Some(paid), Some(outstanding)) => Ok(Totals { pledged, paid, outstanding }),
            _ => {
                Err(Refusal::fault("", "out_of_range", Phrase::new("the sum is out of range", "tổng vượt quá phạm vi")))
            }
        }
    })
}

/// Whether a contribution, or what a member pledges of it, is written: from the launch of the cycle until it is closed.
pub fn may_write(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published | Interrupted => Ok(()),
        Draft => refused(
            "contributions are recorded once the cycle is launched",
            "chỉ ghi nhận hỗ trợ sau khi năm thi đua được phát động",
        ),
        Closed => refused(
            "the cycle is closed: only what is paid of a share is still recorded",
            "năm thi đua đã khép lại: chỉ còn ghi nhận được số đã nộp",
        ),
    }
}

/// Whether what is paid of a share is recorded: money comes when the year is over, too.
pub fn may_pay(cycle: CycleState) -> Result<(), Refusal> {
    if cycle == CycleState::Closed { Ok(()) } else { may_write(cycle) }
}

/// A contribution goes only as long as nothing was handed over.
pub fn may_delete(shares: impl IntoIterator<Item = (Uuid, Share)>) -> Result<(), Refusal> {
    let paid = shares.into_iter().filter(|(_, share)| share.is_paid());
    let blocker = |(id, _)| Blocker {
        code: "share_paid",
        message: Phrase::new("a share of it was handed over", "đã có đơn vị nộp phần hỗ trợ"),
        subject: Subject::one("contribution_share", id),
    };
    unless_blocked(paid.map(blocker).collect())
}

fn refused(en: &'static str, vi: &'static str) -> Result<(), Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn codes(checked: Result<(), Refusal>) -> Vec<String> {
        match checked {
            Ok(()) => vec![],
            Err(Refusal::Invalid(faults)) => {
                faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn share(pledged_amount: i64, paid_amount: i64, paid_on: Option<&str>, goods: bool) -> Share {
        Share { pledged_amount, paid_amount, paid_on: paid_on.map(day), goods }
    }

    #[test]
    fn goods_are_named_and_money_is_not() {
        use ContributionForm::*;
        let today = day("2024-03-01");
        #[rustfmt::skip]
        let cases: [(ContributionForm, Option<&str>, &str, &[&str]); 6] = [
            (Money, None,        "2024-03-01", &[]),
            (Goods, Some("Gạo"), "2024-03-01", &[]),
            (Money, Some("Gạo"), "2024-03-01", &["/goods not_for_money"]),
            (Goods, None,        "2024-03-01", &["/goods required"]),
            (Money, None,        "2024-03-02", &["/decided_on in_future"]),
            (Goods, None,        "1999-12-31", &["/goods required", "/decided_on out_of_range"]),
        ];
        for (form, goods, decided_on, expected) in cases {
            assert_eq!(
                codes(check_contribution(form, goods, day(decided_on), today)),
                expected,
                "{form:?} {decided_on}"
            );
        }
    }

    #[test]
    fn nobody_pays_more_than_was_pledged() {
        use ContributionForm::*;
        let today = Some("2024-03-01");
        #[rustfmt::skip]
        let cases: [(ContributionForm, Share, &[&str]); 10] = [
            (Money, share(50, 0, None, false),                &[]),
            (Money, share(50, 50, today, false),              &[]),
            (Money, share(50, 20, today, false),              &[]),
            (Goods, share(0, 0, today, true),                 &[]),
            (Goods, share(50, 50, today, true),               &[]),
            (Money, share(50, 51, today, false),              &["/paid_amount more_than_pledged"]),
            (Money, share(50, 1, None, false),                &["/paid_on required"]),
            (Money, share(50, 0, today, false),               &["/paid_on nothing_paid"]),
            (Money, share(50, 1, Some("2024-03-02"), true),   &["/goods not_for_money", "/paid_on in_future"]),
            (Goods, share(0, 0, None, false),                 &["/pledged_amount nothing_pledged"]),
        ];
        for (form, share, expected) in cases {
            assert_eq!(codes(check_share(form, share, day("2024-03-01"))), expected, "{form:?} {share:?}");
        }
    }

    #[test]
    fn sums_do_not_wrap() {
        let sum = totals([share(50, 20, None, false), share(30, 30, None, false)]);
        assert_eq!(sum, Ok(Totals { pledged: 80, paid: 50, outstanding: 30 }));
        assert_eq!(totals([]), Ok(Totals::default()));
        assert!(totals([share(i64::MAX, 0, None, false), share(1, 0, None, false)]).is_err());
        assert!(totals([share(i64::MAX, -1, None, false)]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_paid_and_what_is_open_is_what_was_pledged(
            amounts in prop::collection::vec((0..=MOST_VND, 0..=100i64), 0..70)
        ) {
            let shares = amounts.into_iter().map(|(pledged, percent)| share(pledged, pledged / 100 * percent, None, false));
            let sum = totals(shares).unwrap();
            prop_assert_eq!(sum.paid + sum.outstanding, sum.pledged);
            prop_assert!(sum.outstanding >= 0);
        }
    }

    #[test]
    fn money_comes_when_the_year_is_over_too() {
        let no: Vec<_> = CycleState::iter().filter(|state| may_write(*state).is_err()).collect();
        assert_eq!(no, [CycleState::Draft, CycleState::Closed]);
        let no: Vec<_> = CycleState::iter().filter(|state| may_pay(*state).is_err()).collect();
        assert_eq!(no, [CycleState::Draft]);
    }

    #[test]
    fn what_was_handed_over_keeps_the_contribution() {
        let id = Uuid::from_u128;
        let open = share(50, 0, None, false);
        assert_eq!(may_delete([(id(1), open)]), Ok(()));
        let goods = share(0, 0, Some("2024-03-01"), true);
        let Err(Refusal::Blocked(blockers)) = may_delete([(id(1), open), (id(2), goods)]) else { panic!() };
        assert_eq!(blockers.iter().map(|one| one.subject.id).collect::<Vec<_>>(), [Some(id(2))]);
    }
}
