use proptest::prelude::*;

use super::*;

fn decimals(texts: &[&str]) -> Vec<Decimal> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Lowest, Q1, median, Q3, highest, mean, standard deviation.
fn figures(values: &[&str]) -> [String; 7] {
    let found = summary(&decimals(values)).unwrap();
    assert_eq!(found.count, values.len());
    [
        found.lowest,
        found.lower_quartile,
        found.median,
        found.upper_quartile,
        found.highest,
        found.mean,
        found.standard_deviation.unwrap(),
    ]
    .map(|figure| figure.to_string())
}

#[test]
fn the_middle_and_the_spread() {
    #[rustfmt::skip]
    let cases: [(&[&str], [&str; 7]); 10] = [
        // One value is its own middle.
        (&["7.5"],                            ["7.5", "7.5", "7.5", "7.5", "7.5", "7.5", "0"]),
        (&["1", "2"],                         ["1", "1.25", "1.5", "1.75", "2", "1.5", "0.5"]),
        (&["3", "1", "2"],                    ["1", "1.5", "2", "2.5", "3", "2", "0.8165"]),
        (&["1", "2", "3", "4"],               ["1", "1.75", "2.5", "3.25", "4", "2.5", "1.118"]),
        (&["1", "2", "3", "4", "5"],          ["1", "2", "3", "4", "5", "3", "1.4142"]),
        // A textbook's example of a population: deviation exactly 2.
        (&["2", "4", "4", "4", "5", "5", "7", "9"], ["2", "4", "4.5", "5.5", "9", "5", "2"]),
        (&["0", "0", "0"],                    ["0", "0", "0", "0", "0", "0", "0"]),
        (&["-3", "-1"],                       ["-3", "-2.5", "-2", "-1.5", "-1", "-2", "1"]),
        // ⅓ and ⅔ of a ten-thousandth are rounded to the nearest, a half away from zero.
        (&["0", "0", "0.0001"],               ["0", "0", "0", "0.0001", "0.0001", "0", "0"]),
        (&["974.5", "969.54", "943.54", "934.7", "922.86", "912.94", "891.9"],
                                              ["891.9", "917.9", "934.7", "956.54", "974.5", "935.7114", "27.5535"]),
    ];
    for (values, expected) in cases {
        assert_eq!(figures(values), expected, "{values:?}");
    }
    assert_eq!(summary(&[]), None);
}

#[test]
fn whoever_lies_beyond_a_fence_is_named() {
    #[rustfmt::skip]
    let cases: [(&[&str], &[(usize, Fence)], [&str; 2]); 6] = [
        (&["10", "12", "11", "13", "12", "40"], &[(5, Fence::Upper)],                    ["9", "15"]),
        (&["-9", "10", "11", "12", "13", "14"], &[(0, Fence::Lower)],                    ["6.5", "16.5"]),
        // On the fence is not beyond it.
        (&["0", "1", "2", "3", "4", "6"],       &[],                                     ["-2.5", "7.5"]),
        (&["1", "1", "2", "2", "3.5"],          &[],                                     ["-0.5", "3.5"]),
        (&["1", "1", "2", "2", "3.5001"],       &[(4, Fence::Upper)],                    ["-0.5", "3.5"]),
        // Where most agree, whoever does not is outside.
        (&["5", "5", "5", "5", "6", "4"],       &[(4, Fence::Upper), (5, Fence::Lower)], ["5", "5"]),
    ];
    for (values, expected, fences) in cases {
        let values = decimals(values);
        assert_eq!(outliers(&values), expected, "{values:?}");
        let found = summary(&values).unwrap();
        assert_eq!([found.lower_fence, found.upper_fence].map(|fence| fence.to_string()), fences, "{values:?}");
    }
    assert_eq!(outliers(&[]), []);
    assert_eq!(outliers(&decimals(&["1", "1000", "1"])), [], "three values have no outlier");
}

#[test]
fn a_fence_is_compared_before_it_is_rounded() {
    // Q1 = 0 and Q3 = 0.0001, so the upper fence is 0.00025: it is told as 0.0003, and yet 0.0003 lies beyond it.
    let values = decimals(&["0", "0", "0.0001", "0.0001", "0.0003"]);
    assert_eq!(summary(&values).unwrap().upper_fence.to_string(), "0.0003");
    assert_eq!(outliers(&values), [(4, Fence::Upper)]);
}

#[test]
fn distances_with_and_without_their_sign() {
    let told = |texts: &[&str]| {
        let found = distances(&decimals(texts)).unwrap();
        (found.count, [found.mean, found.mean_absolute, found.largest].map(|figure| figure.to_string()))
    };
    assert_eq!(told(&["3", "-1", "0.5"]), (3, ["0.8333", "1.5", "3"].map(str::to_owned)));
    assert_eq!(told(&["-4", "1"]), (2, ["-1.5", "2.5", "4"].map(str::to_owned)));
    assert_eq!(told(&["0"]), (1, ["0", "0", "0"].map(str::to_owned)));
    assert_eq!(distances(&[]), None);
}

#[test]
fn the_largest_numbers_do_no_harm() {
    let far = vec![Decimal::MIN, Decimal::MAX];
    let found = summary(&far).unwrap();
    assert_eq!((found.standard_deviation, found.mean), (Some(Decimal::MAX), Decimal::ZERO));
    assert_eq!((found.lower_fence, found.upper_fence), (Decimal::MIN, Decimal::MAX));
    let many = far.repeat(40);
    assert_eq!(summary(&many).unwrap().standard_deviation, None);
    assert_eq!(distances(&many).unwrap().mean_absolute, Decimal::MAX);
    // Far from zero, close to each other.
    assert_eq!(summary(&[Decimal::MAX; 200]).unwrap().standard_deviation, Some(Decimal::ZERO));
}

fn values(most: i64) -> impl Strategy<Value = Vec<Decimal>> {
    prop::collection::vec((0..most).prop_map(|value| Decimal::from_scaled(value).unwrap()), 1..40)
}

proptest! {
    #[test]
    fn the_order_changes_nothing(
        (values, shuffled) in values(2_000_000).prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle()))
    ) {
        prop_assert_eq!(summary(&values), summary(&shuffled));
        prop_assert_eq!(distances(&values), distances(&shuffled));
        let named = |values: &[Decimal]| {
            let mut named: Vec<_> = outliers(values).into_iter().map(|(place, fence)| (values[place], fence == Fence::Upper)).collect();
            named.sort_unstable();
            named
        };
        prop_assert_eq!(named(&values), named(&shuffled));
    }

    #[test]
    fn figures_stand_in_their_order(values in values(50)) {
        let found = summary(&values).unwrap();
        let order = [found.lower_fence, found.lower_quartile, found.median, found.upper_quartile, found.upper_fence];
        prop_assert!(order.is_sorted(), "{:?}", order);
        let order = [found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest];
        prop_assert!(order.is_sorted(), "{:?}", order);
        prop_assert!(found.lowest <= found.mean && found.mean <= found.highest);
        // Half of the width is the most by which all can lie off their mean.
        let width = found.highest.minus(found.lowest).unwrap().scaled();
        prop_assert!(2 * found.standard_deviation.unwrap().scaled() <= width + 1);
    }

    #[test]
    fn a_constant_shifts_the_middle_and_keeps_the_spread(values in values(2_000_000), shift in 0..5_000_000_i64) {
        let shift = Decimal::from_scaled(shift).unwrap();
        let shifted: Vec<_> = values.iter().map(|value| value.plus(shift).unwrap()).collect();
        let (before, after) = (summary(&values).unwrap(), summary(&shifted).unwrap());
        let moved = |figure: fn(&Summary) -> Decimal| (figure(&before).plus(shift).unwrap(), figure(&after));
        for (expected, found) in [
            moved(|summary| summary.lowest),
            moved(|summary| summary.lower_quartile),
            moved(|summary| summary.median),
            moved(|summary| summary.upper_quartile),
            moved(|summary| summary.highest),
            moved(|summary| summary.mean),
        ] {
            prop_assert_eq!(expected, found);
        }
        prop_assert_eq!(before.standard_deviation, after.standard_deviation);
        prop_assert_eq!(outliers(&values), outliers(&shifted));
    }

    #[test]
    fn whoever_agrees_with_the_middle_is_no_outlier(values in values(60)) {
        let found = summary(&values).unwrap();
        for (place, fence) in outliers(&values) {
            match fence {
                Fence::Lower => prop_assert!(values[place] < found.median && values[place] <= found.lower_fence),
                Fence::Upper => prop_assert!(values[place] > found.median && values[place] >= found.upper_fence),
            }
        }
        prop_assert!(outliers(&values).len() * 2 <= values.len());
    }

    #[test]
    fn the_deviation_is_the_root_to_the_last_digit(values in values(1_000)) {
        // k is the root of v rounded half up: (k − ½)² ≤ v < (k + ½)², in whole numbers.
        let exact: Vec<i128> = values.iter().map(|value| value.scaled().into()).collect();
        let n = i128::try_from(exact.len()).unwrap();
        let (sum, squares) = (exact.iter().sum::<i128>(), exact.iter().map(|value| value * value).sum::<i128>());
        let variance = 4 * (n * squares - sum * sum);
        let k = i128::from(summary(&values).unwrap().standard_deviation.unwrap().scaled());
        prop_assert!(variance < ((2 * k + 1) * n).pow(2));
        prop_assert!(k == 0 || variance >= ((2 * k - 1) * n).pow(2));
    }
}
