//! The ballots of the year-end conference of 1 March 2024 in Bắc Kạn. Fact: Yên Bái nominated for the Prime Minister's
//! diploma of merit, Tuyên Quang elected head and Hòa Bình deputy of 2024. How many voted how is invented.

use std::error::Error;

use serde_json::{Value, json};

use super::{
    cast::{BAC_KAN, HOA_BINH, MEMBERS, Member, SECRETARY, TUYEN_QUANG},
    stage::{Actor, Stage, text},
};

/// Which award goes to which rank. That the first two are nominated for these is fact, the words are invented.
pub(super) async fn set_rules(stage: &Stage, head: &Actor, cycle: &str) -> Result<(), Box<dyn Error>> {
    for (place, award, reason) in [
        (1, "CTDCP", "Đơn vị dẫn đầu Cụm thi đua năm 2023 (tên đơn vị là minh họa)"),
        (2, "BKTTG", "Đơn vị có điểm cao thứ hai Cụm thi đua năm 2023"),
    ] {
        let types = stage.get(head, &format!("/award-types?code={award}")).await?;
        let rule = json!({
            "cycle_id": cycle, "award_type_id": text(&types, "/data/0/id")?, "place_from": place, "place_to": place,
            "ties": "all", "ballot_required": true, "reason": reason,
        });
        stage.post(head, "/award-rules", rule).await?;
    }
    Ok(())
}

/// By the rules, then by the votes of the members.
pub(super) async fn nominate(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let head = stage.enter(BAC_KAN.officer).await?;
    let proposed = stage.post(&head, &format!("/cycles/{cycle}/nominations/propose"), Value::Null).await?;
    let findings = proposed["findings"].as_array().ok_or("no findings")?;
    for (rule, what) in findings.iter().zip(["đơn vị dẫn đầu", "đơn vị có điểm cao thứ hai"]) {
        let provinces = rule["provinces"].as_array().into_iter().flatten();
        let made = provinces.filter_map(|one| one["nomination_id"].as_str());
        for nomination in made {
            let subject = json!({ "kind": "nomination", "nomination_id": nomination });
            let title = format!("Suy tôn {what} (số phiếu là minh họa)");
            hold(stage, cycle, &title, subject, |_| json!({ "choice": "yes" })).await?;
        }
    }
    Ok(())
}

/// Head and deputy of the next year, each by a ballot of its own.
pub(super) async fn elect(stage: &Stage, cycle: &str) -> Result<(), Box<dyn Error>> {
    let secretary = stage.enter(SECRETARY).await?;
    let next = stage.cycle(&secretary, 2024).await?;
    for (winner, office, rank, title) in [
        (TUYEN_QUANG, "head", None, "Bầu cụm trưởng năm 2024 (số phiếu là minh họa)"),
        (HOA_BINH, "deputy", Some(1), "Bầu cụm phó năm 2024 (số phiếu là minh họa)"),
    ] {
        let id = stage.province(&secretary, winner.code).await?;
        let mut subject =
            json!({ "kind": "election", "elects_cycle_id": next, "office": office, "candidate_ids": [id] });
        if let Some(rank) = rank {
            subject["deputy_rank"] = json!(rank);
        }
        let paper = |voter: &Member| {
            let own = voter.code == winner.code;
            if own { json!({ "choice": "abstain" }) } else { json!({ "candidate_id": id }) }
        };
        hold(stage, cycle, title, subject, paper).await?;
    }
    Ok(())
}

/// One secret ballot from the first call to the count. Who may not vote on the own province stays silent.
async fn hold(
    stage: &Stage,
    cycle: &str,
    title: &str,
    subject: Value,
    paper: impl Fn(&Member) -> Value,
) -> Result<(), Box<dyn Error>> {
    let head = stage.enter(BAC_KAN.officer).await?;
    let rules = json!({ "secret": true, "quorum_percent": 66.67, "threshold_percent": 80, "threshold_base": "all" });
    let new = json!({ "cycle_id": cycle, "title": title, "subject": subject, "rules": rules });
    let ballot = text(&stage.post(&head, "/ballots", new).await?, "/id")?;
    let open = stage.post(&head, &format!("/ballots/{ballot}/open"), Value::Null).await?;
    let voters = open["voters"].as_array().ok_or("no voters")?;
    for member in MEMBERS.iter().filter(|member| voters.iter().any(|voter| voter["name"] == member.name)) {
        let officer = stage.enter(member.officer).await?;
        stage.post(&officer, &format!("/ballots/{ballot}/votes"), paper(member)).await?;
    }
    stage.post(&head, &format!("/ballots/{ballot}/close"), Value::Null).await.map(drop)
}
