use super::*;

fn bar(place: Option<i32>, name: &str, points: &[&str], reason: Option<&str>) -> Bar {
    let points: Vec<Decimal> = points.iter().map(|points| points.parse().unwrap()).collect();
    let part = |(place, points): (usize, &Decimal)| Part {
        code: (place + 1).to_string(),
        name: format!("Phần {}", place + 1),
        points: *points,
    };
    Bar {
        place,
        name: name.into(),
        total: Decimal::sum(points.iter().copied()).unwrap(),
        reason: reason.map(Into::into),
        parts: points.iter().enumerate().map(part).collect(),
    }
}

fn picture(bars: Vec<Bar>) -> Picture {
    let (title, subtitles) = ("Xếp hạng".into(), vec!["Cụm".into()]);
    Picture { language: Language::Vi, title, subtitles, total_points: Decimal::whole(1000), bars }
}

/// The left end and the width of each block with a colour.
fn blocks(svg: &str, colour: &str) -> Vec<(i32, i32)> {
    let number = |line: &str, name: &str| {
        line.split_once(&format!(" {name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    let found =
        svg.lines().filter(|line| line.starts_with("<rect") && line.contains(colour) && !line.contains("\"13\""));
    found.map(|line| (number(line, "x"), number(line, "width"))).collect()
}

#[test]
fn bars_are_as_long_as_their_points() {
    let svg = picture(vec![
        bar(Some(1), "Yên Bái", &["600", "200"], None),
        bar(Some(2), "Hòa Bình", &["300", "0"], None),
        bar(None, "Phú Thọ", &["100", "200"], Some("Vi phạm")),
    ]);
    let svg = svg.draw().unwrap();
    let [(left, six), (same, three)] = blocks(&svg, "#2F5DA8")[..] else { panic!("{svg}") };
    let [(behind, two)] = blocks(&svg, "#E39B2D")[..] else { panic!("{svg}") };
    assert_eq!((left, behind), (same, left + six), "one begins where the other ends");
    assert!((six - 2 * three).abs() <= 1 && (six - 3 * two).abs() <= 2, "{six} {three} {two}");
    let pale = (blocks(&svg, "#B9C9E2"), blocks(&svg, "#F5DDB9"));
    assert_eq!((pale.0.len(), pale.1.len()), (1, 1), "who does not compete is paler: {svg}");
}

#[test]
fn what_takes_points_away_lies_left_of_zero() {
    let svg = picture(vec![bar(Some(1), "Yên Bái", &["500", "-50", "100"], None)]).draw().unwrap();
    let [(zero, five)] = blocks(&svg, "#2F5DA8")[..] else { panic!("{svg}") };
    let [(left, taken)] = blocks(&svg, "#E39B2D")[..] else { panic!("{svg}") };
    let [(behind, _)] = blocks(&svg, "#2E8B74")[..] else { panic!("{svg}") };
    assert_eq!((left + taken, behind), (zero, zero + five));
    assert!(svg.contains("\n550\n"), "the total is the sum: {svg}");
}

#[test]
fn the_largest_and_the_strangest_are_drawn() {
    let most = Decimal::MAX.to_string();
    let least = Decimal::MIN.to_string();
    let long = "Tỉnh ".repeat(100);
    let bars = vec![
        bar(Some(1), &long, &[&most], Some(&long)),
        bar(Some(2), "", &[&least], None),
        bar(None, "x", &[], Some(&long)),
    ];
    let odd = Picture { title: long, total_points: Decimal::MIN, ..picture(bars) };
    assert!(odd.draw().unwrap().ends_with("</svg>\n"));
    let many = (1..=63).map(|place| bar(Some(place), "Tỉnh", &["1"; 25], None)).collect();
    assert_eq!(picture(many).draw().unwrap().matches("\nTỉnh\n").count(), 63);
}
