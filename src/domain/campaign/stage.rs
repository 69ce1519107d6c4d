//! The stages of a campaign, and when provinces are reminded of their reports.
//!
//! Practice: a plan divides the period into stages, each with a report that is due on a day. How many days before it
//! provinces are reminded is a setting of the stage.

use chrono::{Days, NaiveDate};

use crate::domain::{
    phrase::Phrase,
    refusal::{Fault, Refusal},
};

use super::Period;

/// The days of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageDays {
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// The day by which provinces report on it.
    pub report_due_on: Option<NaiveDate>,
    /// How many days before that they are reminded.
    pub remind_days: Option<i32>,
}

/// What is wrong with the days of a stage within the period of its campaign.
pub fn misplaced(stage: StageDays, campaign: Period) -> Vec<Fault> {
    let mut faults = vec![];
    let mut fault = |pointer: &str, code, en: &'static str, vi: &'static str| {
        faults.push(Fault::new(pointer, code, Phrase::new(en, vi)));
    };
    if stage.ends_on < stage.starts_on {
        fault("/ends_on", "before_start", "must not be earlier than the start", "không được trước ngày bắt đầu");
    }
    if stage.starts_on < campaign.starts_on {
        fault("/starts_on", "outside_campaign", "the campaign has not begun then", "phong trào chưa bắt đầu");
    }
    if campaign.ends_on.is_some_and(|last| last < stage.ends_on) {
        fault("/ends_on", "outside_campaign", "the campaign is over by then", "phong trào đã kết thúc trước đó");
    }
    if stage.report_due_on.is_some_and(|due| due < stage.starts_on) {
        fault("/report_due_on", "before_start", "must not be earlier than the start", "không được trước ngày bắt đầu");
    }
    if stage.remind_days.is_some() && stage.report_due_on.is_none() {
        fault("/report_due_on", "required", "say when the report is due", "hãy nêu hạn nộp báo cáo");
    }
    faults
}

/// Whether provinces are to be reminded of the stage today: once, from so many days before the report is due until it is.
pub fn remind_now(stage: StageDays, reminded: bool, today: NaiveDate) -> bool {
    let Some((due, days)) = stage.report_due_on.zip(stage.remind_days) else { return false };
    let from = due.checked_sub_days(Days::new(u64::try_from(days).unwrap_or_default())).unwrap_or(due);
    !reminded && from <= today && today <= due
}

/// Whether anything of the campaign may still change: not after its final review.
pub fn may_change(concluded: bool) -> Result<(), Refusal> {
    if !concluded {
        return Ok(());
    }
    Err(Refusal::WrongState(Phrase::new(
        "the campaign had its final review; nothing changes any more",
        "phong trào đã tổng kết, không thay đổi được nữa",
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stage(starts_on: &str, ends_on: &str, due: Option<&str>, remind_days: Option<i32>) -> StageDays {
        StageDays { starts_on: day(starts_on), ends_on: day(ends_on), report_due_on: due.map(day), remind_days }
    }

    #[test]
    fn a_stage_lies_within_its_campaign() {
        let year =
            Period { launched_on: day("2024-02-01"), starts_on: day("2024-01-01"), ends_on: Some(day("2024-12-31")) };
        #[rustfmt::skip]
        let cases: [(StageDays, &[&str]); 7] = [
            (stage("2024-01-01", "2024-12-31", None, None), &[]),
            (stage("2024-01-01", "2024-06-30", Some("2025-01-15"), Some(10)), &[]),
            (stage("2024-06-30", "2024-06-29", None, None), &["/ends_on before_start"]),
            (stage("2023-12-31", "2024-06-30", None, None), &["/starts_on outside_campaign"]),
            (stage("2024-06-30", "2025-01-01", None, None), &["/ends_on outside_campaign"]),
            (stage("2024-06-01", "2024-06-30", Some("2024-05-31"), None), &["/report_due_on before_start"]),
            (stage("2024-06-01", "2024-06-30", None, Some(3)), &["/report_due_on required"]),
        ];
        for (stage, expected) in cases {
            let codes: Vec<_> = misplaced(stage, year).iter().map(|f| format!("{} {}", f.pointer, f.code)).collect();
            assert_eq!(codes, expected, "{stage:?}");
        }
    }

    #[test]
    fn provinces_are_reminded_once_in_the_days_before_the_report_is_due() {
        let due = stage("2024-01-01", "2024-06-30", Some("2024-07-10"), Some(5));
        #[rustfmt::skip]
        let cases = [
            ("2024-07-04", false, false),
            ("2024-07-05", false, true),
            ("2024-07-10", false, true),
            ("2024-07-11", false, false),
            ("2024-07-05", true,  false),
        ];
        for (today, reminded, expected) in cases {
            assert_eq!(remind_now(due, reminded, day(today)), expected, "{today} {reminded}");
        }
        assert!(!remind_now(stage("2024-01-01", "2024-06-30", Some("2024-07-10"), None), false, day("2024-07-09")));
    }
}
