//! Worked examples and properties of every method.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::criteria::example::leaf;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn input(attained: &str, target: &str, points: &str) -> LineInput {
    let read = |text: &str| (!text.is_empty()).then(|| decimal(text));
    LineInput { attained: read(attained), target: read(target), points: read(points) }
}

fn leaf_of(method: Method, max: &str, parameters: Value) -> Leaf {
    leaf(method, (!max.is_empty()).then_some(max), parameters)
}

/// Why, method, maximum, parameters, attained and target, points, bound.
type Example = (&'static str, Method, &'static str, Value, (&'static str, &'static str), &'static str, Option<Bound>);

/// The rule of practice for each method, worked by hand.
#[test]
fn worked_examples() {
    use {Bound::*, Method::*};
    let higher = || json!({ "direction": "higher_is_better", "target": 32 });
    let higher_zero = || json!({ "direction": "higher_is_better", "target": 0 });
    let lower = || json!({ "direction": "lower_is_better", "target": 3 });
    let lower_zero = || json!({ "direction": "lower_is_better", "target": 0 });
    let digits =
        |round_digits: u8| json!({ "direction": "higher_is_better", "target": 3, "round_digits": round_digits });
    let from_line = || json!({ "direction": "higher_is_better", "target_from_line": true });
    let capped = || json!({ "points_each": 2, "cap": 5 });
    let free = || json!({ "points_each": 0.5 });
    let over = || json!({ "direction": "higher_is_better", "target": 100, "over_fulfilment_cap": 120 });
    let over_lower = || json!({ "direction": "lower_is_better", "target": 3, "over_fulfilment_cap": 120 });
    let short = |counting: &str, deduction: &str| json!({ "direction": "higher_is_better", "target": 100, "counting": counting, "deduction": decimal(deduction) });
    let bands = |measure: &str| {
        json!({ "direction": "higher_is_better", "measure": measure, "target": 30, "bands": [
            { "from": 100, "points": 10 }, { "from": 95, "to": 100, "points": 8 }, { "from": 50, "points": 5 },
        ]})
    };
    #[rustfmt::skip]
    let cases: Vec<Example> = vec![
        // why                                      method        max        parameters     attained, target  points    bound
        ("29 of 32 targets",                        Proportional, "40",      higher(),      ("29", ""),       "36.25",  None),
        ("exactly the target",                      Proportional, "40",      higher(),      ("32", ""),       "40",     None),
        ("more than the target earns no more",      Proportional, "40",      higher(),      ("33", ""),       "40",     Some(Maximum)),
        ("a real zero",                             Proportional, "40",      higher(),      ("0", ""),        "0",      None),
        ("a decline is not below zero",             Proportional, "40",      higher(),      ("-5", ""),       "0",      Some(Zero)),
        ("a target of 0 is reached by 0",           Proportional, "40",      higher_zero(), ("0", ""),        "40",     None),
        ("a target of 0 is missed below 0",         Proportional, "40",      higher_zero(), ("-0.1", ""),     "0",      Some(Zero)),
        ("poverty of 4 % against 3 %",              Proportional, "10",      lower(),       ("4", ""),        "7.5",    None),
        ("lower than promised",                     Proportional, "10",      lower(),       ("2", ""),        "10",     Some(Maximum)),
        ("0 is the best where lower is better",     Proportional, "10",      lower(),       ("0", ""),        "10",     Some(Maximum)),
        ("below 0 where lower is better",           Proportional, "10",      lower(),       ("-1", ""),       "10",     Some(Maximum)),
        ("no accident promised, none happened",     Proportional, "10",      lower_zero(),  ("0", ""),        "10",     None),
        ("no accident promised, one happened",      Proportional, "10",      lower_zero(),  ("1", ""),        "0",      None),
        ("a third, to 0 decimals",                  Proportional, "100",     digits(0),     ("1", ""),        "33",     None),
        ("a third, to 2 decimals",                  Proportional, "100",     digits(2),     ("1", ""),        "33.33",  None),
        ("two thirds, to 4 decimals",               Proportional, "100",     digits(4),     ("2", ""),        "66.6667", None),
        ("a half goes up: 2.5 of 5 × 1.5 ÷ 3",      Proportional, "5",       digits(0),     ("1.5", ""),      "3",      None),
        ("rounded once: 2.49996… is no 2.5",        Proportional, "7.4999",  digits(0),     ("1", ""),        "2",      None),
        ("rounding does not pass the maximum",      Proportional, "10.56",   digits(1),     ("2.9999", ""),   "10.56",  Some(Maximum)),
        ("the target of the line",                  Proportional, "40",      from_line(),   ("29", "32"),     "36.25",  None),
        ("the largest figures",                     Proportional, "600",     from_line(),   ("1e14", "0.0001"), "600",  Some(Maximum)),
        ("no figure yet",                           Proportional, "40",      higher(),      ("", ""),         "",       None),
        ("a target without a figure",               Proportional, "40",      from_line(),   ("", "32"),       "",       None),
        ("over-fulfilled by a tenth",               Proportional, "10",      over(),        ("110", ""),      "11",     None),
        ("over-fulfilled beyond the cap",           Proportional, "10",      over(),        ("130", ""),      "12",     Some(Cap)),
        ("exactly fulfilled under a cap",           Proportional, "10",      over(),        ("100", ""),      "10",     None),
        ("half fulfilled under a cap",              Proportional, "10",      over(),        ("50", ""),       "5",      None),
        ("over-fulfilled beyond all numbers",       Proportional, "10",      over(),        ("1e14", ""),     "12",     Some(Cap)),
        ("lower than promised under a cap",         Proportional, "10",      over_lower(),  ("2.5", ""),      "12",     None),
        ("nothing is the best under a cap",         Proportional, "10",      over_lower(),  ("0", ""),        "12",     Some(Cap)),
        ("8 % short: 9 started with 8.1",           Shortfall,    "20",      short("started", "0.5"), ("91.9", ""), "15.5", None),
        ("8.1 % short: 8 full",                     Shortfall,    "20",      short("full", "0.5"),    ("91.9", ""), "16",   None),
        ("exactly 8 % short",                       Shortfall,    "20",      short("started", "0.5"), ("92", ""),   "16",   None),
        ("the target reached",                      Shortfall,    "20",      short("started", "0.5"), ("101", ""),  "20",   None),
        ("short of everything",                     Shortfall,    "20",      short("full", "0.5"),    ("0", ""),    "0",    Some(Zero)),
        ("short beyond all numbers",                Shortfall,    "20",      short("full", "0.5"),    ("-1e14", ""), "0",   Some(Zero)),
        ("poverty 4 % over 3 %: 34 started",        Shortfall,    "20",      json!({ "direction": "lower_is_better", "target": 3, "deduction": 0.5 }), ("4", ""), "3", None),
        ("one accident where none was promised",    Shortfall,    "20",      json!({ "direction": "lower_is_better", "target": 0, "deduction": 0.5 }), ("1", ""), "0", Some(Zero)),
        ("95 % of the target",                      Steps,        "10",      bands("ratio"), ("28.5", ""),     "8",      None),
        ("just below 95 %",                         Steps,        "10",      bands("ratio"), ("28.4999", ""),  "5",      None),
        ("reached",                                 Steps,        "10",      bands("ratio"), ("30", ""),       "10",     None),
        ("below every band",                        Steps,        "10",      bands("ratio"), ("10", ""),       "0",      None),
        ("passed",                                  PassFail,     "10",      json!({}),      ("", ""),         "",       None),
        ("three items of 2.5",                      PerItem,      "10",      json!({ "points_each": 2.5 }), ("3", ""), "7.5", None),
        ("five items reach the maximum",            PerItem,      "10",      json!({ "points_each": 2.5 }), ("5", ""), "10", Some(Maximum)),
        ("two items",                               Bonus,        "",        capped(),      ("2", ""),        "4",      None),
        ("three items reach the cap",               Bonus,        "",        capped(),      ("3", ""),        "5",      Some(Cap)),
        ("more items than numbers",                 Bonus,        "",        capped(),      ("1e14", ""),     "5",      Some(Cap)),
        ("no item",                                 Bonus,        "",        capped(),      ("0", ""),        "0",      None),
        ("no entry",                                Bonus,        "",        capped(),      ("", ""),         "",       None),
        ("no cap",                                  Bonus,        "",        free(),        ("20", ""),       "10",     None),
        ("a penalty is negative",                   Penalty,      "",        capped(),      ("2", ""),        "-4",     None),
        ("and capped",                              Penalty,      "",        capped(),      ("7", ""),        "-5",     Some(Cap)),
        ("no penalty is no negative zero",          Penalty,      "",        capped(),      ("0", ""),        "0",      None),
    ];
    for (why, method, max, parameters, (attained, target), points, bound) in cases {
        let found = score(&leaf_of(method, max, parameters), input(attained, target, ""), None, "/scores/0").unwrap();
        let found = found.map(|working| (working.points.to_string(), working.bound));
        assert_eq!(found, (!points.is_empty()).then(|| (points.to_owned(), bound)), "{why}");
    }
}

/// Practice: below the target ½ max × ratio, at it ½ max, above it ½ max more in proportion to the best. Maximum 50,
/// target 8 and best 10 where higher is better; target 4 and best 2 where lower is.
#[test]
fn relative_to_the_leader_on_both_sides() {
    use Bound::*;
    let higher = || json!({ "direction": "higher_is_better", "target": 8 });
    let lower = || json!({ "direction": "lower_is_better", "target": 4 });
    #[rustfmt::skip]
    let cases = [
        ("the leader",                     higher(), "10", "10",  "50",    None),
        ("a second leader",                higher(), "10", "10",  "50",    None),
        ("an excluded one beyond it",      higher(), "99", "10",  "50",    Some(Maximum)),
        ("half the way to the leader",     higher(), "9",  "10",  "37.5",  None),
        ("a third: rounded once",          higher(), "9",  "11",  "33.33", None),
        ("at the target",                  higher(), "8",  "10",  "25",    None),
        ("at the target, nobody above it", higher(), "8",  "8",   "25",    None),
        ("half the target",                higher(), "4",  "10",  "12.5",  None),
        ("a real zero",                    higher(), "0",  "10",  "0",     None),
        ("a decline",                      higher(), "-3", "10",  "0",     Some(Zero)),
        ("nobody reached the target",      higher(), "6",  "7",   "18.75", None),
        ("the lowest leads",               lower(),  "2",  "2",   "50",    None),
        ("half the way down",              lower(),  "3",  "2",   "37.5",  None),
        ("at the target from above",       lower(),  "4",  "2",   "25",    None),
        ("twice the target",               lower(),  "8",  "2",   "12.5",  None),
        ("zero is the best",               lower(),  "0",  "0",   "50",    None),
    ];
    for (why, parameters, attained, best, points, bound) in cases {
        let leaf = leaf_of(Method::LeaderRelative, "50", parameters);
        let found = score(&leaf, input(attained, "", ""), Some(decimal(best)), "/s").unwrap().unwrap();
        assert_eq!((found.points.to_string(), found.bound), (points.to_owned(), bound), "{why}");
    }
    let leaf = leaf_of(Method::LeaderRelative, "50", higher());
    assert_eq!(score(&leaf, input("9", "", ""), None, "/s"), Ok(None), "it waits for the best");
    let faults = score(&leaf, input("9", "", "37.5"), None, "/s").unwrap_err();
    assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/s/self_points", "follows_from_leader"));
}

#[test]
fn what_is_passed_or_failed_has_nothing_between() {
    let leaf = leaf_of(Method::PassFail, "10", json!({}));
    let given = |points: &str| score(&leaf, input("", "", points), None, "/s");
    assert_eq!(["10", "0"].map(|points| given(points).unwrap().unwrap().points.to_string()), ["10", "0"]);
    assert_eq!(given("5").unwrap_err()[0].code, "not_pass_or_fail");
    assert_eq!(given("11").unwrap_err()[0].code, "above_maximum");
}

#[test]
fn an_expert_gives_points_within_the_maximum() {
    let leaf = leaf_of(Method::Expert, "20", json!({}));
    let given = |points: &str| score(&leaf, input("", "", points), None, "/scores/0");
    for points in ["0", "20", "12.3456"] {
        assert_eq!(given(points).unwrap().unwrap().points, decimal(points));
    }
    assert_eq!(given(""), Ok(None));
    for (points, code) in [("-0.0001", "below_minimum"), ("20.0001", "above_maximum")] {
        let faults = given(points).unwrap_err();
        assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/scores/0/self_points", code));
    }
}

#[test]
fn what_contradicts_the_formula_is_refused() {
    use Method::*;
    let higher = || json!({ "direction": "higher_is_better", "target": 32 });
    let from_line = || json!({ "direction": "higher_is_better", "target_from_line": true });
    let each = || json!({ "points_each": 2 });
    #[rustfmt::skip]
    let cases = [
        (Proportional, "40", higher(),    ("29", "", "36"),      "/s/self_points differs_from_formula"),
        (Proportional, "40", higher(),    ("", "", "36"),        "/s/attained required"),
        (Proportional, "40", higher(),    ("29", "32", ""),      "/s/target not_from_line"),
        (Proportional, "40", from_line(), ("29", "", ""),        "/s/target required"),
        (Proportional, "40", from_line(), ("", "-1", ""),        "/s/target negative"),
        (Expert,       "40", json!({}),   ("", "1", "1"),        "/s/target not_from_line"),
        (Bonus,        "",   each(),      ("1", "", "3"),        "/s/self_points differs_from_formula"),
        (Bonus,        "",   each(),      ("", "", "0"),         "/s/attained required"),
        (Bonus,        "",   each(),      ("1.5", "", ""),       "/s/attained not_a_count"),
        (Bonus,        "",   each(),      ("1e14", "", ""),      "/s/attained out_of_range"),
        (Penalty,      "",   each(),      ("-1", "", ""),        "/s/attained not_a_count"),
        (Penalty,      "",   each(),      ("1", "", "2"),        "/s/self_points differs_from_formula"),
    ];
    for (method, max, parameters, (attained, target, points), expected) in cases {
        let faults = score(&leaf_of(method, max, parameters), input(attained, target, points), None, "/s").unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect();
        assert_eq!(found, [expected], "{method:?} {attained} {target} {points}");
    }
}

#[test]
fn points_that_agree_with_the_formula_are_taken() {
    let leaf = leaf_of(Method::Penalty, "", json!({ "points_each": 2 }));
    assert_eq!(score(&leaf, input("1", "", "-2"), None, "").unwrap().unwrap().points, decimal("-2"));
}

#[test]
fn the_working_is_said_in_words_and_numbers() {
    #[rustfmt::skip]
    let cases = [
        (leaf_of(Method::Proportional, "40", json!({ "direction": "higher_is_better", "target": 32 })), "29",
         "maximum × attained ÷ target = 40 × 29 ÷ 32, rounded to 2 decimals = 36.25",
         "điểm tối đa × kết quả đạt được ÷ chỉ tiêu = 40 × 29 ÷ 32, làm tròn đến 2 chữ số thập phân = 36,25"),
        (leaf_of(Method::Proportional, "7.5", json!({ "direction": "lower_is_better", "target": 3 })), "2.5",
         "the target is reached (2.5 ≤ 3): the maximum, 7.5",
         "đạt chỉ tiêu (2,5 ≤ 3): được điểm tối đa 7,5"),
        (leaf_of(Method::Bonus, "", json!({ "points_each": 2.5, "cap": 7 })), "3",
         "items × points each = 3 × 2.5, at most 7, = 7",
         "số lượng × điểm mỗi mục = 3 × 2,5, tối đa 7, = 7"),
        (leaf_of(Method::Penalty, "", json!({ "points_each": 2.5 })), "3",
         "0 − items × points each = 0 − 3 × 2.5 = -7.5",
         "0 − số lượng × điểm mỗi mục = 0 − 3 × 2,5 = -7,5"),
    ];
    for (leaf, attained, en, vi) in cases {
        let formula = score(&leaf, input(attained, "", ""), None, "").unwrap().unwrap().formula;
        assert_eq!((formula.say(Language::En), formula.say(Language::Vi)), (en, vi));
    }
}

fn points(direction: &str, max: i64, attained: i64, target: i64, digits: u8) -> Decimal {
    let scaled = |number: i64| Decimal::from_scaled(number).unwrap();
    let parameters = json!({ "direction": direction, "target_from_line": true, "round_digits": digits });
    let leaf = leaf(Method::Proportional, Some(&scaled(max).to_string()), parameters);
    let input = LineInput { attained: Some(scaled(attained)), target: Some(scaled(target)), points: None };
    score(&leaf, input, None, "").unwrap().unwrap().points
}

proptest! {
    /// Small targets and close figures as well as the largest: both is where rounding and range go wrong.
    #[test]
    fn a_better_figure_never_scores_less(
        max in prop_oneof![1..2_000_000_i64, 1..Decimal::MAX.scaled()],
        target in prop_oneof![0..100_i64, 0..2_000_000_i64, 0..Decimal::MAX.scaled()],
        figures in prop_oneof![
            (-100..200_i64, -100..200_i64),
            (Decimal::MIN.scaled()..Decimal::MAX.scaled(), Decimal::MIN.scaled()..Decimal::MAX.scaled()),
        ],
        digits in 0..=4_u8,
    ) {
        let (less, more) = (figures.0.min(figures.1), figures.0.max(figures.1));
        let higher = |attained| points("higher_is_better", max, attained, target, digits);
        let lower = |attained| points("lower_is_better", max, attained, target, digits);
        prop_assert!(higher(less) <= higher(more));
        prop_assert!(lower(less) >= lower(more));
        for points in [higher(less), higher(more), lower(less), lower(more)] {
            prop_assert!(points >= Decimal::ZERO && points.scaled() <= max);
        }
    }

    /// The same of the methods that follow from a target in another way.
    #[test]
    fn a_better_figure_never_scores_less_by_any_method(
        max in 1..2_000_000_i64,
        target in 0..2_000_000_i64,
        figures in prop_oneof![(-100..200_i64, -100..200_i64), (-3_000_000..3_000_000_i64, -3_000_000..3_000_000_i64)],
        best in -100..3_000_000_i64,
        higher in any::<bool>(),
        cap in prop::option::of(100..300_i32),
    ) {
        let scaled = |number: i64| Decimal::from_scaled(number).unwrap();
        let direction = if higher { "higher_is_better" } else { "lower_is_better" };
        let (less, more) = (figures.0.min(figures.1), figures.0.max(figures.1));
        let (worse, better) = if higher { (less, more) } else { (more, less) };
        let base = json!({ "direction": direction, "target_from_line": true });
        let with = |name: &str, value: Value| {
            let mut parameters = base.clone();
            parameters[name] = value;
            parameters
        };
        let rules = [
            (Method::Proportional, with("over_fulfilment_cap", json!(cap))),
            (Method::Shortfall, with("deduction", json!(Decimal::ONE))),
            (Method::LeaderRelative, base.clone()),
        ];
        for (method, parameters) in rules {
            let leaf = leaf(method, Some(&scaled(max).to_string()), parameters);
            let points = |attained| {
                let input = LineInput { attained: Some(scaled(attained)), target: Some(scaled(target)), points: None };
                score(&leaf, input, Some(scaled(best)), "").unwrap().unwrap().points
            };
            prop_assert!(points(worse) <= points(better), "{:?}", method);
            prop_assert!(points(worse) >= Decimal::ZERO && points(better) <= leaf.most());
        }
    }

    /// Against whole-number arithmetic of its own.
    #[test]
    fn points_are_the_exact_quotient_rounded_once(
        max in 1..10_000_000_i64, target in 1..10_000_000_i64, permille in 0..1_000_i64, digits in 0..=4_u8,
    ) {
        let attained = target * permille / 1_000;
        let step = i128::from(10_i64.pow(4 - u32::from(digits)));
        let (above, below) = (i128::from(max) * i128::from(attained), i128::from(target) * step);
        let expected = ((2 * above + below) / (2 * below) * step).min(i128::from(max));
        prop_assert_eq!(i128::from(points("higher_is_better", max, attained, target, digits).scaled()), expected);
    }

    #[test]
    fn more_items_never_count_less(one in 0..1_000_000_i32, other in 0..1_000_000_i32, each in 1..100_000_i64, cap in 1..10_000_000_i64) {
        let scaled = |number: i64| Decimal::from_scaled(number).unwrap();
        let parameters = json!({ "points_each": scaled(each), "cap": scaled(cap) });
        let points = |method, count: i32| {
            let input = LineInput { attained: Some(Decimal::whole(count)), ..LineInput::default() };
            score(&leaf(method, None, parameters.clone()), input, None, "").unwrap().unwrap().points
        };
        let (fewer, more) = (one.min(other), one.max(other));
        prop_assert!(points(Method::Bonus, fewer) <= points(Method::Bonus, more));
        prop_assert!(points(Method::Penalty, fewer) >= points(Method::Penalty, more));
        prop_assert!(points(Method::Bonus, more) <= scaled(cap));
        prop_assert_eq!(points(Method::Bonus, more).plus(points(Method::Penalty, more)), Ok(Decimal::ZERO));
    }
}
