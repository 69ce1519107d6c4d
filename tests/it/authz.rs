//! The doors: what each operation answers to each role. Adding an operation fails here until it has a row.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use entity::vocab::Role;
use uuid::Uuid;

use super::{
    achievement_figures, assignments, auth, award_history, award_rules, award_types, awards, ballots, campaign_life,
    campaigns, carry_overs, catalogues, chart, cluster_pledge, clusters, conferences, contract, contributions, cycles,
    decisions, documents, dossiers, evidence, exemplars, holidays, journal_entries, matrix, me, nominations, nominees,
    people, pledges, province_events, provinces, public_comment, recommendations, scorecards, statistics,
    support::{NOBODY, administrator, auditor, house, secretary, someone},
    targets, users,
};

/// Method, path, and the status for: nobody, province officer, appraiser, auditor, council secretary, administrator.
///
/// The id in the path names nothing, the body is the contract's own example, and `If-Match` is `*`.
pub(crate) type Door = (&'static str, &'static str, [u16; 6]);

fn doors() -> Vec<Door> {
    [
        achievement_figures::DOORS,
        assignments::DOORS,
        auth::DOORS,
        award_history::DOORS,
        award_rules::DOORS,
        award_types::DOORS,
        awards::DOORS,
        ballots::DOORS,
        campaign_life::DOORS,
        campaigns::DOORS,
        carry_overs::DOORS,
        catalogues::DOORS,
        chart::DOORS,
        cluster_pledge::DOORS,
        clusters::DOORS,
        contributions::DOORS,
        conferences::DOORS,
        cycles::DOORS,
        decisions::DOORS,
        documents::DOORS,
        dossiers::DOORS,
        evidence::DOORS,
        exemplars::DOORS,
        holidays::DOORS,
        journal_entries::DOORS,
        matrix::DOORS,
        me::DOORS,
        nominations::DOORS,
        nominees::DOORS,
        pledges::DOORS,
        public_comment::DOORS,
        province_events::DOORS,
        provinces::DOORS,
        recommendations::DOORS,
        scorecards::DOORS,
        statistics::DOORS,
        targets::DOORS,
        users::DOORS,
    ]
    .concat()
}

#[test]
fn every_operation_has_a_row() {
    let served: BTreeSet<String> = contract::operations().map(|(path, method, _)| format!("{method} {path}")).collect();
    let listed: BTreeSet<String> = doors().iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    assert_eq!(served, listed);
    assert_eq!(listed.len(), doors().len(), "a row stands twice");
}

#[actix_web::test]
async fn every_door_opens_to_those_it_should() {
    let house = house().await;
    let province = Some(people::province(&house, "15", "2024-03-01").await);
    let callers = [
        NOBODY,
        someone(Role::ProvinceOfficer, province),
        someone(Role::Appraiser, None),
        auditor(),
        secretary(),
        administrator(),
    ];
    for account in callers.into_iter().flatten() {
        people::enrol(&house, account).await;
    }
    let mut found = BTreeMap::new();
    let mut expected = BTreeMap::new();
    for (method, path, statuses) in doors() {
        let (_, _, operation) = contract::operations().find(|(p, m, _)| *p == path && m == method).unwrap();
        let uri = path.replace("{id}", &Uuid::now_v7().to_string());
        for (caller, status) in callers.into_iter().zip(statuses) {
            let request = TestRequest::with_uri(&uri).method(Method::from_bytes(method.as_bytes()).unwrap());
            let request = request.insert_header((header::IF_MATCH, "*"));
            let request = match contract::example(operation) {
                Some(body) => request.set_json(body),
                None => match contract::form(operation) {
                    Some((kind, form)) => request.insert_header((header::CONTENT_TYPE, kind)).set_payload(form),
                    None => request,
                },
            };
            let who = caller.map_or("Nobody".to_owned(), |account| format!("{:?}", account.role));
            let row = format!("{method} {path} {who}");
            found.insert(row.clone(), house.send(caller, request).await.status);
            expected.insert(row, status);
        }
    }
    let wrong: Vec<_> = expected.iter().filter(|(row, status)| found[*row] != **status).collect();
    let wrong: Vec<_> =
        wrong.iter().map(|(row, status)| format!("{row}: {} instead of {status}", found[*row])).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
