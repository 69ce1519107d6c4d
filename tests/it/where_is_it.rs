//! The README says where each fact of the demonstration year is: every line of its table is asked.

use std::{fs, path::Path};

use thidua::demo;

use super::support::{NOBODY, auditor, house, officer};

/// Fact, call, who asks, and what the answer has.
fn table() -> Vec<[String; 4]> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, after) = readme.split_once("## Where is it\n").unwrap();
    let section = after.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Fact"));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.map(|line| cells(line).try_into().unwrap_or_else(|_| panic!("{line}"))).collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[actix_web::test]
async fn every_fact_of_the_report_is_where_the_readme_says() {
    let house = house().await;
    let now = "2026-01-05T02:00:00Z".parse().unwrap();
    demo::play(&house.state.db, &house.state.files, Some("demonstration 2023".into()), now).await.unwrap().unwrap();
    let cluster = house.get(NOBODY, "/clusters?code=CUM-TDMNPB").await.text("/data/0/id");
    let of = async |year: i32| {
        let path = format!("/cycles?cluster_id={cluster}&year={year}");
        house.get(auditor(), &path).await.expect(200).text("/data/0/id")
    };
    let (cycle, next) = (of(2023).await, of(2024).await);
    let yen_bai = house.get(NOBODY, "/provinces?code=15&as_of=2023-06-01").await.text("/data/0/id");
    let conference = format!("/conferences?cycle_id={cycle}&kind=year_end");
    let conference = house.get(NOBODY, &conference).await.expect(200).text("/data/0/id");
    let rows = table();
    assert_eq!(rows.len(), 21);
    for [fact, call, who, has] in rows {
        let path = quoted(&call)[0].strip_prefix("GET ").unwrap().to_owned();
        let places = [("{cycle}", &cycle), ("{next}", &next), ("{yen_bai}", &yen_bai), ("{conference}", &conference)];
        let path = places.into_iter().fold(path, |path, (name, id)| path.replace(name, id));
        let who = if who == "officer" { officer(&yen_bai) } else { NOBODY };
        let answer = house.get(who, &path).await.expect(200);
        let text = String::from_utf8(answer.bytes).unwrap();
        let expected = quoted(&has);
        assert!(!expected.is_empty(), "{fact}");
        for one in expected {
            assert!(text.contains(one), "{fact}: {path} does not have {one}: {text}");
        }
    }
}
