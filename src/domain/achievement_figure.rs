//! Figures of achievement (số liệu thành tích): what a province reached in a year, and its place among others.
//!
//! Practice: reports often give a rank without the figure, and a rank without how many were ranked. So neither is asked
//! for, but one of them is, and what is given has to fit together.

use super::{phrase::Phrase, refusal::Fault};

/// A place among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub rank: Option<i32>,
    /// How many were ranked.
    pub of: Option<i32>,
}

/// What a figure says, as far as it has to fit together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statement<'a> {
    pub has_value: bool,
    pub unit: Option<&'a str>,
    pub region: Option<&'a str>,
    pub in_region: Standing,
    pub in_country: Standing,
}

/// What is wrong with the statement.
pub fn misstated(statement: Statement<'_>) -> Vec<Fault> {
    let Statement { has_value, unit, region, in_region, in_country } = statement;
    let mut faults = Vec::new();
    if !has_value && in_region == Standing::default() && in_country == Standing::default() {
        let message = Phrase::new("give the value or a rank", "hãy nêu số liệu hoặc thứ hạng");
        faults.push(Fault::new("/value", "required", message));
    }
    if unit.is_some() && !has_value {
        let message = Phrase::new("there is no value it measures", "không có số liệu để dùng đơn vị này");
        faults.push(Fault::new("/unit", "without_value", message));
    }
    match (region, in_region.rank) {
        (None, Some(_)) => {
            let message = Phrase::new("say in which region the rank is", "hãy nêu vùng của thứ hạng");
            faults.push(Fault::new("/region", "required", message));
        }
        (Some(_), None) => {
            let message = Phrase::new("there is no rank in it", "không có thứ hạng trong vùng này");
            faults.push(Fault::new("/region", "without_rank", message));
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
    faults.extend(misplaced("region", in_region));
    faults.extend(misplaced("country", in_country));
    faults
}

/// A rank is one of those that there are, and a number of them alone ranks nobody.
fn misplaced(among: &str, standing: Standing) -> Option<Fault> {
    match (standing.rank, standing.of) {
        (None, Some(_)) => {
            let message = Phrase::new("there is no rank among them", "không có thứ hạng tương ứng");
            Some(Fault::new(format!("/ranked_in_{among}"), "without_rank", message))
        }
        (Some(rank), of) if rank < 1 || of.is_some_and(|of| of < rank) => {
            let message = Phrase::new(
                "a rank is at least 1 and at most the number of those ranked",
                "thứ hạng từ 1 đến số đơn vị được xếp hạng",
            );
            Some(Fault::new(format!("/rank_in_{among}"), "out_of_range", message))
        }
        (None, None) | (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(statement: Statement<'_>) -> Vec<String> {
        misstated(statement).iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
    }

    fn place(rank: impl Into<Option<i32>>, of: impl Into<Option<i32>>) -> Standing {
        Standing { rank: rank.into(), of: of.into() }
    }

    #[test]
    fn a_figure_says_something_and_fits_together() {
        let (none, some) = (place(None, None), Some("Trung du và miền núi phía Bắc"));
        #[rustfmt::skip]
        let cases: [(bool, Option<&str>, Option<&str>, Standing, Standing, &[&str]); 15] = [
            // value, unit, region, in region,         in country,       faults
            (true,  Some("%"), None, none,             none,             &[]),
            (true,  None,      None, none,             none,             &[]),
            (false, None,      some, place(7, 14),     place(36, 63),    &[]),
            (false, None,      some, place(1, None),   place(4, None),   &[]),
            (false, None,      some, place(14, 14),    none,             &[]),
            (false, None,      None, none,             none,             &["/value required"]),
            (false, Some("%"), None, none,             place(4, None),   &["/unit without_value"]),
            (false, Some("%"), None, none,             none,             &["/value required", "/unit without_value"]),
            (true,  None,      None, place(7, 14),     none,             &["/region required"]),
            (true,  None,      some, none,             none,             &["/region without_rank"]),
            (true,  None,      some, place(None, 14),  none,             &["/region without_rank", "/ranked_in_region without_rank"]),
            (true,  None,      None, none,             place(None, 63),  &["/ranked_in_country without_rank"]),
            (true,  None,      some, place(15, 14),    place(64, 63),    &["/rank_in_region out_of_range", "/rank_in_country out_of_range"]),
            (true,  None,      some, place(0, None),   place(-1, 63),    &["/rank_in_region out_of_range", "/rank_in_country out_of_range"]),
            (true,  None,      some, place(1, 0),      none,             &["/rank_in_region out_of_range"]),
        ];
        for (has_value, unit, region, in_region, in_country, expected) in cases {
            let statement = Statement { has_value, unit, region, in_region, in_country };
            assert_eq!(codes(statement), expected, "{statement:?}");
        }
    }

    proptest! {
        #[test]
        fn a_rank_stands_exactly_where_it_is_one_of_those_ranked(rank in -3..20_i32, of in -3..20_i32) {
            let statement = Statement { in_country: place(rank, of), ..Statement::default() };
            prop_assert_eq!(misstated(statement).is_empty(), 1 <= rank && rank <= of);
        }
    }
}
