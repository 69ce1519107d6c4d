//! 2023: from the launch to the published ranking. Fact: the members, the order "Yên Bái second", 29 of 32 targets,
//! the conference of 1 March 2024 in Bắc Kạn, the nomination. Days before it, criteria and points are invented.

use std::error::Error;

use entity::decimal::{Decimal, Rounding};
use serde_json::{Value, json};

use super::{
    cast::{self, APPRAISERS, BAC_KAN, MEMBERS, Member, SECRETARY, YEN_BAI},
    conference, contest, contributions,
    criteria::{self, BONUS, Kind, LINKED, PENALTY},
    recommendations,
    stage::{Actor, Stage, text},
    targets, year_end,
};

/// How well each member did, in percent of what could be reached: invented, in the order of [`MEMBERS`]. Only that
/// Yên Bái comes second is fact.
const DEEDS: [i32; 7] = [97, 89, 91, 93, 94, 92, 96];

/// A line of Thái Nguyên, lowered until its total is that of Phú Thọ: a tie for the chain of tie-breakers.
const LOWERED: (usize, &str) = (4, "I.11");

/// Plays the year.
pub(super) async fn play(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let cycle = launch(stage).await?;
    let pledges = sign(stage, &cycle).await?;
    issue(stage, &cycle).await?;
    promise(stage, &cycle, &pledges).await?;
    score(stage, &cycle).await?;
    appraise(stage, &cycle).await?;
    contest::play(stage, &cycle).await?;
    conclude(stage, &cycle, &pledges).await
}

async fn launch(stage: &Stage) -> Result<String, Box<dyn Error>> {
    let secretary = stage.on("2023-02-20T09:00:00+07:00")?.enter(SECRETARY).await?;
    let cycle = stage.cycle(&secretary, 2023).await?;
    let plan = json!({ "due_dates": [
        { "stage": "pledge", "due_at": "2023-03-31T17:00:00+07:00" },
        { "stage": "criteria", "due_at": "2023-04-30T17:00:00+07:00" },
        { "stage": "targets", "due_at": "2023-05-31T17:00:00+07:00" },
        { "stage": "self_scoring", "due_at": "2024-01-05T17:00:00+07:00" },
        { "stage": "appraisal", "due_at": "2024-02-05T17:00:00+07:00" },
        { "stage": "explanation", "due_at": "2024-02-10T17:00:00+07:00" },
        { "stage": "publication", "due_at": "2024-03-01T17:00:00+07:00" },
    ]});
    stage.patch(&secretary, &format!("/cycles/{cycle}"), plan).await?;
    stage.post(&secretary, &format!("/cycles/{cycle}/launch"), Value::Null).await?;
    Ok(cycle)
}

async fn sign(stage: &Stage, cycle: &str) -> Result<Vec<String>, Box<dyn Error>> {
    stage.on("2023-03-10T09:00:00+07:00")?;
    stage.pledges(cycle, "2023-03-10T08:30:00+07:00", "Bắc Kạn", "invented").await
}

async fn issue(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2023-04-14T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    let set = json!({
        "cycle_id": cycle, "title": "Bảng tiêu chí chấm điểm năm 2023 (minh họa)", "total_points": 1000,
        "certainty": "invented", "ranking_rules": criteria::ranking_rules(),
        "scoring_rules": criteria::scoring_rules(),
    });
    let set = text(&stage.post(&head, "/criteria-sets", set).await?, "/id")?;
    stage.put(&head, &format!("/criteria-sets/{set}/tree"), criteria::tree()).await?;
    stage.post(&head, &format!("/criteria-sets/{set}/issue"), Value::Null).await?;
    conference::set_rules(stage, &head, cycle).await?;
    stage.post(&head, &format!("/cycles/{cycle}/activate"), Value::Null).await?;
    Ok(())
}

async fn promise(stage: &Stage, cycle: &str, pledges: &[String]) -> Result<(), Box<dyn Error>> {
    stage.on("2023-05-15T09:00:00+07:00")?;
    let mut reached = vec![];
    for (member, pledge) in MEMBERS.iter().zip(pledges) {
        let officer = stage.enter(member.officer).await?;
        for (mut registered, figure) in targets_of(member) {
            registered["pledge_id"] = json!(pledge);
            reached.push((text(&stage.post(&officer, "/targets", registered).await?, "/id")?, figure));
        }
    }
    recommendations::show(stage, cycle).await?;
    let head = stage.on("2023-12-15T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    stage.post(&head, &format!("/cycles/{cycle}/open-self-scoring"), Value::Null).await?;
    stage.on("2023-12-28T09:00:00+07:00")?;
    let mut reached = reached.into_iter();
    for member in &MEMBERS {
        let officer = stage.enter(member.officer).await?;
        for (id, figure) in reached.by_ref().take(targets_of(member).len()) {
            stage.patch(&officer, &format!("/targets/{id}"), figure).await?;
        }
    }
    Ok(())
}

fn targets_of(member: &Member) -> Vec<(Value, Value)> {
    if member.code == YEN_BAI.code { targets::yen_bai().collect() } else { targets::of_others().collect() }
}

async fn score(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    stage.on("2024-01-03T09:00:00+07:00")?;
    for (place, member) in MEMBERS.iter().enumerate() {
        let officer = stage.enter(member.officer).await?;
        let card = scorecard(stage, &officer, cycle, member).await?;
        let scores = lines(stage, &officer, cycle, |code| self_line(place, code)).await?;
        let written = stage.put(&officer, &format!("/scorecards/{card}/scores"), json!({ "scores": scores })).await?;
        support(stage, &officer, member, &written).await?;
        stage.post(&officer, &format!("/scorecards/{card}/submit"), Value::Null).await?;
    }
    Ok(())
}

/// The link that the one criterion demands. Its address belongs to nobody.
async fn support(stage: &Stage, officer: &Actor, member: &Member, card: &Value) -> Result<(), Box<dyn Error>> {
    let lines = card["scores"].as_array().into_iter().flatten();
    for line in lines.filter(|line| line.pointer("/criterion/code") == Some(&json!(LINKED))) {
        let link = json!({
            "title": format!("Báo cáo phong trào thi đua năm 2023 của tỉnh {} (minh họa)", member.name),
            "url": format!("https://example.org/minh-hoa/{}", member.officer),
        });
        stage.post(officer, &format!("/scores/{}/evidence", text(line, "/id")?), link).await?;
    }
    Ok(())
}

async fn appraise(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2024-01-08T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    let secretary = stage.enter(SECRETARY).await?;
    let administrator = stage.enter("administrator").await?;
    for username in APPRAISERS {
        let found = stage.get(&administrator, &format!("/users?q={username}")).await?;
        let assignment = json!({ "cycle_id": cycle, "user_id": text(&found, "/data/0/id")? });
        stage.post(&secretary, "/appraiser-assignments", assignment).await?;
    }
    stage.post(&head, &format!("/cycles/{cycle}/open-appraisal"), Value::Null).await?;
    stage.on("2024-02-05T09:00:00+07:00")?;
    let [economy, _] = APPRAISERS;
    let appraiser = stage.enter(economy).await?;
    for (place, member) in MEMBERS.iter().enumerate() {
        let card = scorecard(stage, &appraiser, cycle, member).await?;
        let before = stage.get(&appraiser, &format!("/scores?scorecard_id={card}&limit=200")).await?;
        let scores = appraised(place, &before);
        stage.put(&appraiser, &format!("/scorecards/{card}/appraisal"), json!({ "scores": scores })).await?;
        stage.post(&appraiser, &format!("/scorecards/{card}/complete-appraisal"), Value::Null).await?;
    }
    Ok(())
}

async fn conclude(stage: &Stage, cycle: &str, pledges: &[String]) -> Result<(), Box<dyn Error>> {
    let head = stage.on("2024-02-20T09:00:00+07:00")?.enter(BAC_KAN.officer).await?;
    stage.post(&head, &format!("/cycles/{cycle}/finalize"), Value::Null).await?;
    for (member, pledge) in MEMBERS.iter().zip(pledges) {
        let officer = stage.enter(member.officer).await?;
        stage.post(&officer, &format!("/pledges/{pledge}/conclude"), Value::Null).await?;
    }
    let year_end = year_end::open(stage, cycle).await?;
    let secretary = stage.on("2024-03-01T09:30:00+07:00")?.enter(SECRETARY).await?;
    stage.post(&secretary, &format!("/cycles/{cycle}/publish"), Value::Null).await?;
    conference::nominate(stage, cycle).await?;
    conference::elect(stage, cycle).await?;
    recommendations::play(stage, cycle).await?;
    contributions::play(stage, cycle).await?;
    year_end::record(stage, cycle, &year_end).await
}

pub(super) async fn scorecard(
    stage: &Stage,
    actor: &Actor,
    cycle: &str,
    member: &Member,
) -> Result<String, Box<dyn Error>> {
    let province = stage.province(actor, member.code).await?;
    text(&stage.get(actor, &format!("/scorecards?cycle_id={cycle}&province_id={province}")).await?, "/data/0/id")
}

/// One line for each leaf of the issued set, as `line` makes it from the code.
async fn lines(
    stage: &Stage,
    actor: &Actor,
    cycle: &str,
    line: impl Fn(&str) -> Value,
) -> Result<Vec<Value>, Box<dyn Error>> {
    let leaves = stage.get(actor, &format!("/criteria?cycle_id={cycle}&leaf=true&limit=200")).await?;
    let leaves = leaves["data"].as_array().ok_or("no criteria")?;
    let line = |leaf: &Value| {
        let mut made = line(leaf["code"].as_str().unwrap_or_default());
        made["criterion_id"] = leaf["id"].clone();
        made
    };
    Ok(leaves.iter().map(line).collect())
}

/// What a province says of itself: a little more than it did where a person judges.
fn self_line(place: usize, code: &str) -> Value {
    match code {
        BONUS => json!({ "attained": i32::from(place == 6), "self_note": "Mô hình minh họa" }),
        PENALTY => json!({ "attained": i32::from(place == 1) }),
        code => match criteria::leaves().find(|(leaf, ..)| *leaf == code) {
            Some((_, _, points, Kind::Expert)) => {
                let note = (code != LINKED).then_some("Tự đánh giá (minh họa)");
                json!({ "self_points": share(*points, deed(place, code) + 1), "self_note": note })
            }
            Some((_, _, points, Kind::Done)) => json!({ "self_points": points }),
            Some((.., Kind::Each(_))) => json!({ "attained": deed(place, code) - 86 }),
            Some((.., Kind::Below(target))) => json!({ "attained": share(*target, 200 - deed(place, code)) }),
            Some((.., kind)) => {
                json!({ "attained": share(kind.target().unwrap_or_default(), deed(place, code)) })
            }
            None => Value::Null,
        },
    }
}

/// The appraiser takes back the little more on every third judged line, with a reason, and confirms all else.
fn appraised(place: usize, scores: &Value) -> Vec<Value> {
    let confirm = |score: &Value| {
        let code = score.pointer("/criterion/code").and_then(Value::as_str).unwrap_or_default();
        let kind = criteria::leaves().find(|(leaf, ..)| *leaf == code).map(|(_, _, points, kind)| (points, kind));
        match kind {
            _ if (place, code) == LOWERED => json!({
                "criterion_id": score["criterion_id"], "appraised_points": Decimal::from_scaled(257_600).ok(),
                "appraisal_reason": "Đánh giá lại để minh họa trường hợp bằng điểm (minh họa)",
            }),
            Some((points, Kind::Expert)) if (place + code.len()).is_multiple_of(3) => json!({
                "criterion_id": score["criterion_id"], "appraised_points": share(*points, deed(place, code)),
                "appraisal_reason": "Minh chứng chưa đầy đủ (minh họa)",
            }),
            Some((_, Kind::Leader(_))) => {
                json!({ "criterion_id": score["criterion_id"], "appraised_attained": score["attained"] })
            }
            _ => json!({ "criterion_id": score["criterion_id"], "appraised_points": score["self"]["points"] }),
        }
    };
    scores["data"].as_array().into_iter().flatten().map(confirm).collect()
}

/// How well a member did on one line: its own level, a little up or down from line to line.
fn deed(place: usize, code: &str) -> i32 {
    let swing = code.bytes().map(usize::from).sum::<usize>() + place * 5;
    let swing = i32::try_from(swing % 5).unwrap_or_default() - 2;
    DEEDS.get(place).copied().unwrap_or_default() + swing
}

fn share(whole: i32, percent: i32) -> Decimal {
    let part = Decimal::whole(whole).times_ratio(percent.min(200).into(), 100.into(), Rounding::HalfUp);
    part.unwrap_or(Decimal::ZERO)
}

impl Stage {
    /// Every member writes its pledge for a cycle and signs it.
    pub(super) async fn pledges(
        &self,
        cycle: &str,
        signed_at: &str,
        place: &str,
        certainty: &str,
    ) -> Result<Vec<String>, Box<dyn Error>> {
        let mut pledges = vec![];
        for member in MEMBERS {
            let officer = self.enter(member.officer).await?;
            let pledge = json!({
                "cycle_id": cycle, "province_id": self.province(&officer, member.code).await?, "certainty": certainty,
                "text": format!(
                    "Tỉnh {} cam kết thi đua hoàn thành thắng lợi các chỉ tiêu, nhiệm vụ của năm (lời văn minh họa).",
                    member.name
                ),
            });
            let id = text(&self.post(&officer, "/pledges", pledge).await?, "/id")?;
            let mut signature = cast::signatory(member);
            signature["signed_at"] = json!(signed_at);
            signature["signed_place"] = json!(place);
            self.post(&officer, &format!("/pledges/{id}/sign"), signature).await?;
            pledges.push(id);
        }
        Ok(pledges)
    }
}
