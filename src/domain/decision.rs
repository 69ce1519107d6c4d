//! Decisions (quyết định khen thưởng): one number, one day, one authority, and the awards they grant.
//!
//! Fixed rules of practice: the competent authority decides and numbers its decisions within the year; one decision
//! grants many awards at once, and is revoked as a whole or for some of them (see [`super::award`]).

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use entity::{
    decimal::Decimal,
    vocab::{Authority, AwardState, NominationState},
};
use uuid::Uuid;

use super::{
    award::{self, Event},
    nominee::{self, Named},
    phrase::{Language, Phrase},
    refusal::{Blocker, Fault, Refusal, Subject, blank, unless_blocked, unless_faulty},
    reward::Price,
};

/// The most awards of one decision.
pub const MOST_AWARDS: u64 = 200;

/// How a request tells of its awards, and so where what is wrong with one of them is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The request is about one award.
    Single,
    /// Each award is an item of `awards`.
    Listed,
}

impl Form {
    /// The member that holds the number.
    fn number(self) -> &'static str {
        match self {
            Self::Single => "/decision_number",
            Self::Listed => "/number",
        }
    }

    /// The member that says what an award is given for.
    fn citation(self, index: usize) -> String {
        match self {
            Self::Single => "/citation".to_owned(),
            Self::Listed => format!("/awards/{index}/citation"),
        }
    }

    /// The member that names the nomination of an award.
    fn nomination(self, index: usize) -> String {
        match self {
            Self::Single => "/nomination_id".to_owned(),
            Self::Listed => format!("/awards/{index}/nomination_id"),
        }
    }
}

/// What stands above the awards.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub form: Form,
    pub number: &'a str,
    pub decided_on: NaiveDate,
    /// May be left away for one award, for the catalogue knows who decides.
    pub authority: Option<Authority>,
    /// What it is about, where the request says it.
    pub title: Option<&'a str>,
    pub today: NaiveDate,
}

/// One award that is to be granted, as the other rules see it.
#[derive(Clone, Debug)]
pub struct Grant<'a> {
    pub nomination_id: Uuid,
    /// Who receives it, by name.
    pub nominee: String,
    /// Who decides on such awards.
    pub competent: Authority,
    /// The year it rewards.
    pub cycle_year: i32,
    /// Where the decision leads the nomination.
    pub closing: Result<NominationState, Refusal>,
    pub price: Result<Option<Price>, Refusal>,
    pub named: Named<'a>,
    /// What it is given for.
    pub citation: &'a str,
}

/// What a decision grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub authority: Authority,
    /// The next state of each nomination, and the money of each award, in the order of the grants.
    pub awards: Vec<(NominationState, Option<Price>)>,
}

/// Whether each nomination is named once and exists.
pub fn check_nominations(form: Form, named: &[Uuid], known: &HashSet<Uuid>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    let fault = |(index, id): (usize, &Uuid)| {
        if !seen.insert(*id) {
            let message = Phrase::new("is named twice", "được nêu hai lần");
            return Some(Fault::new(form.nomination(index), "duplicate", message));
        }
        (!known.contains(id)).then(|| {
            let message = Phrase::new("there is no such nomination", "không có đề nghị khen thưởng này");
            Fault::new(form.nomination(index), "unknown_reference", message)
        })
    };
    unless_faulty(named.iter().enumerate().filter_map(fault).collect())
}

/// Grants all awards or none. What the request says wrongly goes before what stands in its way.
pub fn grant(head: Head<'_>, grants: Vec<Grant<'_>>) -> Result<Granted, Refusal> {
    let faults = grants.iter().enumerate().flat_map(|(index, one)| misplaced(head, index, one));
    let number = blank(head.form.number(), head.number).into_iter();
    unless_faulty(number.chain(award::in_future("/decided_on", head.decided_on, head.today)).chain(faults).collect())?;
    let authority = head.authority.or_else(|| grants.first().map(|one| one.competent));
    let authority = authority.ok_or_else(|| Refusal::fault("/awards", "required", nothing()))?;
    let (mut awards, mut blockers) = (Vec::new(), Vec::new());
    for Grant { nomination_id, nominee, closing, price, .. } in grants {
        match (closing, price) {
            (Ok(state), Ok(price)) => awards.push((state, price)),
            (closing, price) => {
                let refusals = [closing.err(), price.err()].into_iter().flatten();
                match head.form {
                    Form::Single => refusals.take(1).try_for_each(Err)?,
                    Form::Listed => {
                        for refusal in refusals {
                            blockers.extend(of_nomination(nomination_id, &nominee, refusal)?);
                        }
                    }
                }
            }
        }
    }
    unless_blocked(blockers)?;
    // What a decision gives, and may have to be paid back, is told as one sum.
    Decimal::sum(awards.iter().filter_map(|(_, price)| price.map(|price| price.amount)))?;
    Ok(Granted { authority, awards })
}

fn nothing() -> Phrase {
    Phrase::new("at least one award", "ít nhất một danh hiệu, hình thức khen thưởng")
}

/// The faults of an award under this head: another authority decides on it, it rewards a year to come, or the public would
/// read whom it names.
fn misplaced(head: Head<'_>, index: usize, grant: &Grant<'_>) -> Vec<Fault> {
    let at = |single: &str| match head.form {
        Form::Single => single.to_owned(),
        Form::Listed => head.form.nomination(index),
    };
    let foreign = head.authority.is_some_and(|named| named != grant.competent).then(|| {
        let word: &str = grant.competent.into();
        let message = Phrase::made(
            format!("this award is decided by `{word}`"),
            format!("thẩm quyền quyết định hình thức khen thưởng này là `{word}`"),
        );
        Fault::new(at("/authority"), "not_competent", message)
    });
    let year = grant.cycle_year;
    let early = (head.decided_on.year() < year).then(|| {
        let message = Phrase::made(
            format!("the decision lies before the year {year} that it rewards"),
            format!("ngày quyết định sớm hơn năm thi đua {year} được khen thưởng"),
        );
        Fault::new(at("/decided_on"), "before_cycle", message)
    });
    let citation = nominee::names_person(&head.form.citation(index), grant.citation, grant.named);
    let title = head.title.and_then(|title| nominee::names_person("/title", title, grant.named));
    foreign.into_iter().chain(early).chain(citation).chain(title).collect()
}

/// A refusal as what stands in the way of one among many nominations.
fn of_nomination(id: Uuid, nominee: &str, refusal: Refusal) -> Result<Vec<Blocker>, Refusal> {
    let subject = Subject::one("nomination", id);
    match refusal {
        Refusal::WrongState(why) => {
            let told = [Language::En, Language::Vi].map(|language| format!("{nominee}: {}", why.say(language)));
            let [en, vi] = told;
            Ok(vec![Blocker { code: "nomination_not_ready", message: Phrase::made(en, vi), subject }])
        }
        Refusal::Blocked(blockers) => Ok(blockers.into_iter().map(|one| Blocker { subject, ..one }).collect()),
        other => Err(other),
    }
}

/// What the signed text is about, where nobody says it: the award that it grants.
pub fn title(award_type: &str) -> String {
    format!("Về việc tặng {award_type}")
}

/// Whether anything of the decision is left to be revoked.
pub fn may_revoke(standing: usize) -> Result<(), Refusal> {
    if standing > 0 {
        return Ok(());
    }
    Err(Refusal::WrongState(Phrase::new(
        "all awards of the decision have been revoked already",
        "mọi danh hiệu, hình thức khen thưởng của quyết định đều đã bị hủy bỏ",
    )))
}

/// Which of a decision's awards are revoked: those that are named, or all that stand.
pub fn to_revoke(awards: &[(Uuid, AwardState)], named: Option<&[Uuid]>) -> Result<HashSet<Uuid>, Refusal> {
    let stands = |state: AwardState| award::next(state, Event::Revoke).is_ok();
    may_revoke(awards.iter().filter(|(_, state)| stands(*state)).count())?;
    let Some(named) = named else {
        return Ok(awards.iter().filter(|(_, state)| stands(*state)).map(|(id, _)| *id).collect());
    };
    let mut chosen = HashSet::new();
    let (mut faults, mut blockers) = (Vec::new(), Vec::new());
    for (index, id) in named.iter().enumerate() {
        let mut fault = |code, message| faults.push(Fault::new(format!("/award_ids/{index}"), code, message));
        match awards.iter().find(|(award, _)| award == id) {
            _ if !chosen.insert(*id) => fault("duplicate", Phrase::new("is named twice", "được nêu hai lần")),
            None => fault(
                "unknown_reference",
                Phrase::new("the decision grants no such award", "quyết định không có danh hiệu, hình thức này"),
            ),
            Some((_, state)) => {
                if let Err(Refusal::WrongState(message)) = award::next(*state, Event::Revoke) {
                    let subject = Subject::one("award", *id);
                    blockers.push(Blocker { code: "award_revoked", message, subject });
                }
            }
        }
    }
    unless_faulty(faults)?;
    unless_blocked(blockers)?;
    Ok(chosen)
}

/// Whether a file may be put under the decision: a signed text gives way to another one only for a reason.
pub fn check_file(present: bool, reason: Option<&str>) -> Result<(), Refusal> {
    if !present || reason.is_some() {
        return Ok(());
    }
    let message =
        Phrase::new("say why the file takes the place of another one", "hãy nêu lý do thay thế tệp quyết định đã có");
    Err(Refusal::fault("/reason", "required", message))
}

#[cfg(test)]
mod tests {
    use entity::vocab::{Authority::*, AwardState::*, NomineeKind};

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn head(form: Form, authority: Option<Authority>) -> Head<'static> {
        Head {
            form,
            number: "467/QĐ-TTg",
            decided_on: day("2024-05-31"),
            authority,
            title: None,
            today: day("2024-06-10"),
        }
    }

    fn one(number: u128) -> Grant<'static> {
        Grant {
            nomination_id: id(number),
            nominee: "Yên Bái".into(),
            competent: PrimeMinister,
            cycle_year: 2023,
            closing: Ok(NominationState::Decided),
            price: Ok(None),
            named: Named { kind: NomineeKind::Province, name: None, position: None },
            citation: "Đã có thành tích",
        }
    }

    fn price(amount: Decimal) -> Price {
        Price { coefficient: Decimal::ONE, base_salary: amount, amount }
    }

    fn blocked(code: &'static str) -> Refusal {
        let message = Phrase::new("it cannot be", "không được");
        Refusal::Blocked(vec![Blocker { code, message, subject: Subject::any("base_salary") }])
    }

    fn unready() -> Refusal {
        Refusal::WrongState(Phrase::new("not submitted", "chưa trình"))
    }

    /// What is said, in one word or several.
    fn said<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> Vec<String> {
        match answer {
            Ok(_) => Vec::new(),
            Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
            Err(Refusal::Blocked(blockers)) => {
                let subject = |b: &Blocker| b.subject.id.map_or(String::new(), |id| format!(" {}", id.as_u128()));
                blockers.iter().map(|b| format!("{} {}{}", b.code, b.subject.kind, subject(b))).collect()
            }
            Err(Refusal::WrongState(_)) => vec!["wrong state".into()],
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_decision_grants_all_its_awards_or_none() {
        use Form::{Listed, Single};
        let foreign = Grant { competent: President, ..one(2) };
        let later = Grant { cycle_year: 2025, ..one(3) };
        let person = Named { kind: NomineeKind::Person, name: Some("Nguyễn Văn A"), position: Some("Giám đốc") };
        let named = Grant { named: person, citation: "Ông NGUYỄN VĂN A có thành tích", ..one(7) };
        let early = Grant { closing: Err(unready()), ..one(4) };
        let barred = Grant { closing: Err(blocked("nominee_excluded")), ..one(5) };
        let unpriced = Grant { price: Err(blocked("base_salary_missing")), ..one(6) };
        let both = Grant { price: unpriced.price.clone(), ..early.clone() };
        let at = |form| head(form, Some(PrimeMinister));
        let future = Head { decided_on: day("2024-06-11"), number: " ", ..at(Listed) };
        #[rustfmt::skip]
        let cases: [(Head<'_>, Vec<Grant<'_>>, &[&str]); 18] = [
            (at(Listed),         vec![one(1), one(2)],                 &[]),
            (at(Single),         vec![one(1)],                         &[]),
            (head(Single, None), vec![foreign.clone()],                &[]),
            (at(Single),         vec![foreign.clone()],                &["/authority not_competent"]),
            (at(Single),         vec![later.clone()],                  &["/decided_on before_cycle"]),
            (at(Single),         vec![named.clone()],                  &["/citation names_a_person"]),
            (at(Listed),         vec![one(1), named.clone()],          &["/awards/1/citation names_a_person"]),
            (Head { title: Some("Khen thưởng ông nguyễn văn a"), ..at(Listed) }, vec![Grant { citation: "", ..named.clone() }], &["/title names_a_person"]),
            (Head { number: "", ..at(Single) }, vec![one(1)],          &["/decision_number blank"]),
            (at(Single),         vec![both.clone()],                   &["wrong state"]),
            (at(Single),         vec![barred.clone()],                 &["nominee_excluded base_salary"]),
            (at(Single),         vec![unpriced.clone()],               &["base_salary_missing base_salary"]),
            (at(Listed),         vec![one(1), foreign, later],         &["/awards/1/nomination_id not_competent", "/awards/2/nomination_id before_cycle"]),
            (future,             vec![one(1), early.clone()],          &["/number blank", "/decided_on in_future"]),
            (at(Listed),         vec![one(1), early, barred],          &["nomination_not_ready nomination 4", "nominee_excluded nomination 5"]),
            (at(Listed),         vec![both],                           &["nomination_not_ready nomination 4", "base_salary_missing nomination 4"]),
            (at(Listed),         vec![unpriced, one(1)],               &["base_salary_missing nomination 6"]),
            (at(Listed),         vec![Grant { price: Ok(Some(price(Decimal::MAX))), ..one(1) }, Grant { price: Ok(Some(price(Decimal::MAX))), ..one(2) }], &[" out_of_range"]),
        ];
        for (head, grants, expected) in cases {
            assert_eq!(said(grant(head, grants.clone())), expected, "{head:?} {grants:?}");
        }
        let seven = Some(price(Decimal::whole(7)));
        let granted = grant(head(Single, None), vec![Grant { price: Ok(seven), ..one(1) }]).unwrap();
        assert_eq!(granted, Granted { authority: PrimeMinister, awards: vec![(NominationState::Decided, seven)] });
        assert_eq!(said(grant(head(Listed, None), vec![])), ["/awards required"]);
    }

    #[test]
    fn a_blocker_among_many_says_whose_it_is() {
        let grants = vec![Grant { closing: Err(unready()), ..one(4) }];
        let Err(Refusal::Blocked(blockers)) = grant(head(Form::Listed, Some(PrimeMinister)), grants) else { panic!() };
        assert_eq!(blockers[0].message.say(Language::En), "Yên Bái: not submitted");
        assert_eq!(blockers[0].message.say(Language::Vi), "Yên Bái: chưa trình");
    }

    #[test]
    fn each_nomination_is_named_once_and_known() {
        let known = HashSet::from([id(1), id(2)]);
        #[rustfmt::skip]
        let cases: [(Form, &[u128], &[&str]); 4] = [
            (Form::Listed, &[1, 2],       &[]),
            (Form::Listed, &[1, 3, 1, 3], &["/awards/1/nomination_id unknown_reference", "/awards/2/nomination_id duplicate", "/awards/3/nomination_id duplicate"]),
            (Form::Single, &[1],          &[]),
            (Form::Single, &[3],          &["/nomination_id unknown_reference"]),
        ];
        for (form, named, expected) in cases {
            let named: Vec<_> = named.iter().map(|number| id(*number)).collect();
            assert_eq!(said(check_nominations(form, &named, &known)), expected, "{form:?} {named:?}");
        }
    }

    #[test]
    fn all_that_stands_is_revoked_or_what_is_named() {
        let (stands, mixed, gone) = ([(1, Decided), (2, Decided)], [(1, Revoked), (2, Decided)], [(1, Revoked)]);
        #[rustfmt::skip]
        let cases: [(&[(u128, AwardState)], Option<&[u128]>, Result<&[u128], &[&str]>); 8] = [
            (&stands, None,             Ok(&[1, 2])),
            (&mixed,  None,             Ok(&[2])),
            (&mixed,  Some(&[2]),       Ok(&[2])),
            (&stands, Some(&[1]),       Ok(&[1])),
            (&gone,   None,             Err(&["wrong state"])),
            (&gone,   Some(&[7]),       Err(&["wrong state"])),
            (&mixed,  Some(&[1, 2]),    Err(&["award_revoked award 1"])),
            (&stands, Some(&[1, 7, 1]), Err(&["/award_ids/1 unknown_reference", "/award_ids/2 duplicate"])),
        ];
        for (awards, named, expected) in cases {
            let awards: Vec<_> = awards.iter().map(|(number, state)| (id(*number), *state)).collect();
            let named: Option<Vec<_>> = named.map(|named| named.iter().map(|number| id(*number)).collect());
            let found = to_revoke(&awards, named.as_deref());
            match expected {
                Ok(numbers) => assert_eq!(found, Ok(numbers.iter().map(|number| id(*number)).collect())),
                Err(words) => assert_eq!(said(found), words),
            }
        }
    }

    #[test]
    fn a_file_gives_way_only_for_a_reason() {
        assert_eq!(check_file(false, None), Ok(()));
        assert_eq!(check_file(false, Some("Bản rõ hơn")), Ok(()));
        assert_eq!(check_file(true, Some("Bản rõ hơn")), Ok(()));
        assert_eq!(said(check_file(true, None)), ["/reason required"]);
        assert_eq!(title("Bằng khen của Thủ tướng Chính phủ"), "Về việc tặng Bằng khen của Thủ tướng Chính phủ");
    }
}
