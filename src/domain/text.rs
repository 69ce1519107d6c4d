//! Text as people type it: one spelling to store, one to search, one to sort by.

use std::{borrow::Cow, sync::LazyLock};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// The character that makes `%`, `_` and itself ordinary in a [`like_pattern`]; goes with `LIKE … ESCAPE`.
pub const LIKE_ESCAPE: char = '!';

static VIETNAMESE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(vietnamese);

#[expect(clippy::expect_used, reason = "the data is compiled in: where it is missing, no test passes")]
fn vietnamese() -> CollatorBorrowed<'static> {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default()).expect("Vietnamese collation data")
}

/// The composed spelling (NFC), in which text is stored.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// The spelling in which text is searched: lower case, no diacritics, đ as d, single spaces. `yen bai` finds `Yên Bái`.
pub fn fold(text: &str) -> String {
    let bare: String =
        text.chars().flat_map(char::to_lowercase).nfd().filter(|&c| !is_combining_mark(c)).map(undashed).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Unicode sees no diacritic in đ; whoever searches without diacritics types d.
const fn undashed(c: char) -> char {
    if c == 'đ' { 'd' } else { c }
}

/// The column a row is found by: its `parts`, folded, one after another.
pub fn search_text(parts: &[&str]) -> String {
    fold(&parts.join(" "))
}

/// Hexadecimal digits whose order is the Vietnamese alphabetical order of the texts, on every database.
pub fn sort_key(text: &str) -> String {
    let mut key = Vec::new();
    let Ok(()) = VIETNAMESE.write_sort_key_to(text, &mut key);
    key.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

/// The pattern with which `LIKE` finds `text` anywhere in a folded column; [`LIKE_ESCAPE`] is its escape character.
pub fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(text).chars() {
        if matches!(c, '%' | '_' | LIKE_ESCAPE) {
            pattern.push(LIKE_ESCAPE);
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds() {
        #[rustfmt::skip]
        let cases = [
            ("Yên Bái",                  "yen bai"),
            ("Ye\u{302}n Ba\u{301}i",    "yen bai"),
            ("ĐẮK LẮK",                  "dak lak"),
            ("Thừa Thiên Huế",           "thua thien hue"),
            ("  Bà Rịa\t-\n Vũng Tàu ",  "ba ria - vung tau"),
            ("QĐ 587/QĐ-TTg",            "qd 587/qd-ttg"),
            ("Hồ\u{a0}Chí Minh",         "ho chi minh"),
            ("50 % 🎏",                  "50 % 🎏"),
            ("",                         ""),
            ("\u{301}",                  ""),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn stores_the_composed_spelling() {
        assert!(matches!(nfc("Yên Bái"), Cow::Borrowed("Yên Bái")));
        assert_eq!(nfc("Ye\u{302}n Ba\u{301}i"), "Yên Bái");
        assert_eq!(nfc("Nhâ\u{323}t"), "Nhật");
    }

    #[test]
    fn sorts_the_vietnamese_way() {
        let ordered = [
            "An Giang",
            "Ă",
            "Â",
            "Bà Rịa - Vũng Tàu",
            "Bạc Liêu",
            "Bắc Giang",
            "Bắc Kạn",
            "Bắc Ninh",
            "Bến Tre",
            "Cao Bằng",
            "Cần Thơ",
            "Dạ",
            "Đà Nẵng",
            "Đắk Lắk",
            "Đắk Nông",
            "Điện Biên",
            "Đồng Nai",
            "Đồng Tháp",
            "E",
            "Ê",
            "Hà Nội",
            "Huế",
            "Hưng Yên",
            "Lai Châu",
            "Lào Cai",
            "Lâm Đồng",
            "ma",
            "mà",
            "mả",
            "mã",
            "má",
            "mạ",
            "Ninh Bình",
            "O",
            "Ô",
            "Ơ",
            "Sơn La",
            "U",
            "Ư",
            "Yên Bái",
        ];
        for pair in ordered.windows(2) {
            assert!(sort_key(pair[0]) < sort_key(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_row_is_found_by_each_of_its_parts() {
        let column = search_text(&["15", "Yên Bái", "Yen Bai"]);
        assert_eq!(column, "15 yen bai yen bai");
    }

    #[test]
    fn patterns_find_only_what_was_typed() {
        #[rustfmt::skip]
        let cases = [
            ("Yên Bái",    "%yen bai%"),
            ("100%",       "%100!%%"),
            ("a_b",        "%a!_b%"),
            ("wow!",       "%wow!!%"),
            ("a\\b",       "%a\\b%"),
            ("",           "%%"),
        ];
        for (text, expected) in cases {
            assert_eq!(like_pattern(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_letter_folds_once_and_for_all() {
        for c in '\0'..='\u{1ffff}' {
            let text = c.to_string();
            let folded = fold(&text);
            assert_eq!(fold(&folded), folded, "U+{:04X}", u32::from(c));
            assert_eq!(fold(&nfc(&text)), folded, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn spelling_does_not_matter(text: String) {
            let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(nfc(&text).into_owned(), composed.clone());
            prop_assert_eq!(nfc(&decomposed).into_owned(), composed.clone());
            prop_assert_eq!(fold(&composed), fold(&decomposed));
            prop_assert_eq!(sort_key(&composed), sort_key(&decomposed));
        }

        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_part_is_found_in_the_whole(before: String, part: String, after: String) {
            let whole = [before, part.clone(), after].concat();
            prop_assert!(fold(&whole).contains(&fold(&part)));
        }

        #[test]
        fn keys_order_as_the_collator_does(left: String, right: String) {
            prop_assert_eq!(sort_key(&left).cmp(&sort_key(&right)), VIETNAMESE.compare(&left, &right));
        }
    }
}
