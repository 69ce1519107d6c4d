//! What an award is given for. Fixed rule: one achievement is rewarded once; thematic and sudden rewards do not count
//! towards the yearly merit awards (Law 06/2022/QH15, art. 5 and 8).

use entity::vocab::{AchievementKind, AwardCategory, NomineeKind};

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, blank},
    text,
};

/// An achievement as it is stated: of the year, or a thematic or sudden one in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Achievement<'a> {
    pub kind: AchievementKind,
    pub text: Option<&'a str>,
}

/// What is wrong with the statement.
pub fn faults(achievement: Achievement<'_>) -> Option<Fault> {
    let pointer = "/achievement";
    match (achievement.kind, achievement.text) {
        (AchievementKind::Yearly, None) => None,
        (AchievementKind::Yearly, Some(_)) => {
            let message = Phrase::new("is that of the whole year", "là thành tích của cả năm nên không nêu riêng");
            Some(Fault::new(pointer, "not_applicable", message))
        }
        (AchievementKind::Thematic | AchievementKind::Sudden, Some(text)) => blank(pointer, text),
        (AchievementKind::Thematic | AchievementKind::Sudden, None) => {
            let message = Phrase::new("say which one", "hãy nêu rõ thành tích");
            Some(Fault::new(pointer, "required", message))
        }
    }
}

/// What identifies an achievement of a nominee: the year, or the words however they were typed.
pub fn key(achievement: Achievement<'_>, year: i32) -> String {
    let kind: &str = achievement.kind.into();
    match achievement.kind {
        AchievementKind::Yearly => format!("{kind}|{year}"),
        AchievementKind::Thematic | AchievementKind::Sudden => {
            format!("{kind}|{}", text::fold(achievement.text.unwrap_or_default()))
        }
    }
}

/// What a nominee is nominated for, or has, and what it is nominated for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    pub nominee: NomineeKind,
    pub same_award: bool,
    pub categories: [AwardCategory; 2],
}

/// Refuses a second reward for an achievement. Titles of people build on each other (art. 21 to 24) and do not exclude one
/// another.
pub fn once(twins: &[Twin]) -> Result<(), Refusal> {
    let builds_on = |twin: &Twin| {
        twin.nominee == NomineeKind::Person && twin.categories == [AwardCategory::Title; 2] && !twin.same_award
    };
    match twins.iter().find(|twin| !builds_on(twin)).map(|twin| twin.same_award) {
        None => Ok(()),
        Some(true) => Err(Refusal::Conflict(Phrase::new(
            "it is nominated for this award already",
            "đã được đề nghị danh hiệu, hình thức khen thưởng này",
        ))),
        Some(false) => Err(Refusal::Conflict(Phrase::new(
            "it is nominated for another award for the same achievement, and one achievement is rewarded once",
            "thành tích này đã được đề nghị khen thưởng; một thành tích chỉ được khen thưởng một lần",
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AchievementKind::*;

    const fn stated(kind: AchievementKind, text: Option<&str>) -> Achievement<'_> {
        Achievement { kind, text }
    }

    #[test]
    fn what_is_not_yearly_says_what_it_is() {
        #[rustfmt::skip]
        let cases = [
            (Yearly,   None,                 None),
            (Yearly,   Some("Chống bão"),    Some("not_applicable")),
            (Thematic, Some("Nông thôn mới"), None),
            (Thematic, None,                 Some("required")),
            (Sudden,   Some(" "),            Some("blank")),
            (Sudden,   Some("Cứu nạn"),      None),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(faults(stated(kind, text)).map(|fault| fault.code), expected, "{kind:?} {text:?}");
        }
    }

    #[test]
    fn an_achievement_is_the_same_however_it_is_typed() {
        assert_eq!(key(stated(Yearly, None), 2023), "yearly|2023");
        assert_ne!(key(stated(Yearly, None), 2023), key(stated(Yearly, None), 2024));
        let storm = key(stated(Sudden, Some("Khắc phục hậu quả bão Yagi")), 2024);
        assert_eq!(storm, key(stated(Sudden, Some(" khac phuc  hậu quả BÃO yagi")), 2025));
        assert_ne!(storm, key(stated(Thematic, Some("Khắc phục hậu quả bão Yagi")), 2024));
    }

    #[test]
    fn one_achievement_is_rewarded_once() {
        use AwardCategory::{Commendation, Title};
        use NomineeKind::{Person, Province};
        let twin = |nominee, same_award, categories| [Twin { nominee, same_award, categories }];
        let (again, another) = (Some("for this award already"), Some("rewarded once"));
        #[rustfmt::skip]
        let cases = [
            (twin(Province, true,  [Title, Title]),               again),
            (twin(Province, false, [Title, Commendation]),        another),
            (twin(Province, false, [Title, Title]),               another),
            (twin(Person,   true,  [Title, Title]),               again),
            (twin(Person,   false, [Title, Title]),               None),
            (twin(Person,   false, [Commendation, Title]),        another),
            (twin(Person,   false, [Commendation, Commendation]), another),
        ];
        for (twins, expected) in cases {
            let said = match once(&twins) {
                Ok(()) => None,
                Err(Refusal::Conflict(why)) => Some(why.say(crate::domain::phrase::Language::En).to_owned()),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(said.is_some(), expected.is_some(), "{twins:?}: {said:?}");
            assert!(said.unwrap_or_default().contains(expected.unwrap_or_default()), "{twins:?}");
        }
        assert_eq!(once(&[]), Ok(()));
    }
}
