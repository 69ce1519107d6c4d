//! Who is nominated: a province of the cycle, one of its collectives, or one of its people.
//!
//! Source: the Law on Emulation and Commendation gives each title and commendation to individuals, collectives or
//! households (06/2022/QH15, art. 3 and 19 to 76; the catalogue says which). Of a person only what a decision names is
//! kept: the name, and the position and unit. It never reaches the public.

use entity::vocab::{NomineeKind, RecipientKind};

use super::{
    phrase::Phrase,
    refusal::{Fault, blank},
    text,
};

/// A collective or a person by name; a province needs no name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    pub kind: NomineeKind,
    /// The name of the collective or the person.
    pub name: Option<&'a str>,
    /// The person's position and unit.
    pub position: Option<&'a str>,
}

/// Whom the law sees in it.
pub const fn recipient_kind(kind: NomineeKind) -> RecipientKind {
    match kind {
        // A province is honoured as the collective of its people and officers.
        NomineeKind::Province | NomineeKind::Collective => RecipientKind::Collective,
        NomineeKind::Person => RecipientKind::Individual,
    }
}

/// What identifies a nominee among those of its province, however the name was typed; empty for the province itself.
pub fn key(named: Named<'_>) -> String {
    let part = |text: Option<&str>| text::fold(text.unwrap_or_default());
    match named.kind {
        NomineeKind::Province => String::new(),
        NomineeKind::Collective => format!("collective|{}", part(named.name)),
        NomineeKind::Person => format!("person|{}|{}", part(named.name), part(named.position)),
    }
}

/// What is wrong with the names given.
pub fn faults(named: Named<'_>) -> Vec<Fault> {
    let Named { kind, name, position } = named;
    let wanted = |pointer: &'static str, text: Option<&str>, needed: bool| match (text, needed) {
        (Some(text), true) => blank(pointer, text),
        (None, true) => Some(Fault::new(
            pointer,
            "required",
            Phrase::new("is needed for this nominee", "bắt buộc với đối tượng này"),
        )),
        (Some(_), false) => Some(Fault::new(
            pointer,
            "not_applicable",
            Phrase::new("is not given for this nominee", "không áp dụng với đối tượng này"),
        )),
        (None, false) => None,
    };
    let named = wanted("/nominee_name", name, kind != NomineeKind::Province);
    let placed = wanted("/nominee_position", position, kind == NomineeKind::Person);
    named.into_iter().chain(placed).collect()
}

/// The fault of a text for the public that names a person. Case and accents do not hide a name.
pub fn names_person(pointer: &str, published: &str, named: Named<'_>) -> Option<Fault> {
    let name = named.name.filter(|_| named.kind == NomineeKind::Person).map(text::fold)?;
    let found = !name.is_empty() && text::fold(published).contains(&name);
    found.then(|| {
        let message = Phrase::new(
            "is read by everybody and must not name the person",
            "được công khai nên không được nêu tên cá nhân",
        );
        Fault::new(pointer, "names_a_person", message)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use NomineeKind::*;

    fn named<'a>(kind: NomineeKind, name: Option<&'a str>, position: Option<&'a str>) -> Named<'a> {
        Named { kind, name, position }
    }

    #[test]
    fn each_nominee_has_the_names_it_needs() {
        let unit = Some("Giám đốc Sở Nội vụ");
        #[rustfmt::skip]
        let cases: [(NomineeKind, Option<&str>, Option<&str>, &[&str]); 9] = [
            (Province,   None,                 None, &[]),
            (Province,   Some("Yên Bái"),      unit, &["/nominee_name not_applicable", "/nominee_position not_applicable"]),
            (Collective, Some("Sở Nội vụ"),    None, &[]),
            (Collective, None,                 None, &["/nominee_name required"]),
            (Collective, Some(" "),            None, &["/nominee_name blank"]),
            (Collective, Some("Sở Nội vụ"),    unit, &["/nominee_position not_applicable"]),
            (Person,     Some("Nguyễn Văn A"), unit, &[]),
            (Person,     Some("Nguyễn Văn A"), None, &["/nominee_position required"]),
            (Person,     None,                 Some("\t"), &["/nominee_name required", "/nominee_position blank"]),
        ];
        for (kind, name, position, expected) in cases {
            let found: Vec<_> = faults(named(kind, name, position))
                .into_iter()
                .map(|fault| format!("{} {}", fault.pointer, fault.code))
                .collect();
            assert_eq!(found, expected, "{kind:?} {name:?} {position:?}");
        }
    }

    #[test]
    fn a_nominee_is_known_however_the_name_is_typed() {
        let one = key(named(Person, Some("Nguyễn Văn A"), Some("Giám đốc Sở Nội vụ")));
        assert_eq!(one, key(named(Person, Some("  NGUYEN van a"), Some("giám đốc  sở nội vụ"))));
        assert_ne!(one, key(named(Person, Some("Nguyễn Văn A"), Some("Chánh Văn phòng"))));
        assert_ne!(key(named(Collective, Some("Sở Nội vụ"), None)), key(named(Person, Some("Sở Nội vụ"), None)));
        assert_eq!(key(named(Province, None, None)), "");
    }

    #[test]
    fn what_everybody_reads_names_no_person() {
        let person = named(Person, Some("Nguyễn Văn A"), Some("Giám đốc"));
        #[rustfmt::skip]
        let cases = [
            ("Ông Nguyễn Văn A đã có thành tích xuất sắc",  person, true),
            ("ong NGUYEN VAN A",                            person, true),
            ("Cá nhân có thành tích xuất sắc",              person, false),
            ("Sở Nội vụ có thành tích",                     named(Collective, Some("Sở Nội vụ"), None), false),
            ("Yên Bái",                                     named(Province, None, None), false),
        ];
        for (text, nominee, expected) in cases {
            assert_eq!(names_person("/citation", text, nominee).is_some(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_found_in_whatever_surrounds_it(name in "[A-ZĐÂÊ][a-zưêâ]{1,8} [A-ZĐ][a-zơ]{1,8}", before in ".{0,20}", after in ".{0,20}") {
            let person = named(Person, Some(&name), Some("Giám đốc"));
            let text = format!("{before} {} {after}", name.to_uppercase());
            prop_assert!(names_person("/citation", &text, person).is_some());
        }
    }
}
