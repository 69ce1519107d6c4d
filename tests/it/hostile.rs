//! What nobody should send, sent to every operation of the contract: whatever comes back is a clear problem, and what
//! was refused has left no trace.

mod bodies;
mod questions;

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
};

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use entity::{journal_entry, vocab::CycleState};
use futures_util::FutureExt;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    contract,
    nominations::stage,
    support::{House, NOBODY, administrator, secretary},
};

/// What cannot be read, or breaks a rule that needs no look at the database.
const UNREADABLE: [u16; 4] = [400, 413, 415, 422];

/// An operation of the contract.
struct Operation {
    path: &'static str,
    method: String,
    told: &'static Value,
}

impl Operation {
    fn all() -> Vec<Self> {
        contract::operations().map(|(path, method, told)| Self { path, method, told }).collect()
    }

    /// Whether a caller without a token may be served.
    fn is_open(&self) -> bool {
        let security = self.told["security"].as_array();
        security.is_some_and(|ways| ways.iter().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty)))
    }

    fn request(&self, uri: &str) -> TestRequest {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap();
        TestRequest::with_uri(uri).method(method).insert_header((header::IF_MATCH, "*"))
    }
}

/// A house with a published cycle and a nomination, and what was found wrong in it.
struct Siege {
    house: House,
    callers: [Option<Account>; 3],
    /// The first id of each collection that has one.
    ids: HashMap<&'static str, String>,
    entries: u64,
    /// Operations that have turned a caller without a token away: they do so before they read anything.
    closed: HashSet<(&'static str, String)>,
    sent: usize,
    wrong: Vec<String>,
}

impl Siege {
    async fn lay() -> Self {
        let stage = stage(CycleState::Published).await;
        stage.submitted(stage.second).await;
        let house = stage.house;
        let mut ids = HashMap::new();
        for Operation { path, .. } in
            Operation::all().iter().filter(|one| one.method == "GET" && !one.path.contains('{'))
        {
            let list = house.send(administrator(), TestRequest::get().uri(path)).await;
            if let Some(id) = list.body.pointer("/data/0/id").and_then(Value::as_str) {
                ids.insert(*path, id.to_owned());
            }
        }
        let callers = [administrator(), secretary(), NOBODY];
        let entries = entries(&house).await;
        Self { house, callers, ids, entries, closed: HashSet::new(), sent: 0, wrong: vec![] }
    }

    /// The operation's path with the id of something that exists, if there is such a thing.
    fn uri(&self, path: &str) -> String {
        let collection = path.split("/{").next().unwrap_or(path);
        let id = self.ids.get(collection).cloned().unwrap_or_else(|| Uuid::now_v7().to_string());
        path.replace("{id}", &id)
    }

    /// Sends one request for each caller. `refused` is what must not even be looked into.
    async fn send(&mut self, operation: &Operation, what: &str, refused: bool, request: impl Fn() -> TestRequest) {
        for who in self.callers {
            if who.is_none() && !operation.is_open() && !self.closed.insert((operation.path, operation.method.clone()))
            {
                continue;
            }
            let role = who.map_or("nobody".to_owned(), |account| format!("{:?}", account.role));
            let what = format!("{} {} as {role}: {what}", operation.method, operation.path);
            self.sent += 1;
            // A 500, and an answer that breaks the contract, fail inside.
            let reply = AssertUnwindSafe(self.house.send(who, request())).catch_unwind().await;
            let entries = entries(&self.house).await;
            let unchanged = std::mem::replace(&mut self.entries, entries) == entries;
            let Ok(reply) = reply else {
                self.wrong.push(format!("{what}: see above"));
                continue;
            };
            let expected: &[u16] = if who.is_some() || operation.is_open() { &UNREADABLE } else { &[401] };
            if refused && !expected.contains(&reply.status) {
                let detail = reply.body["detail"].as_str().unwrap_or_default();
                self.wrong.push(format!("{what}: {} {detail}", reply.status));
            }
            if !unchanged && (reply.status >= 400 || operation.method == "GET") {
                self.wrong.push(format!("{what}: {} left a trace in the journal", reply.status));
            }
        }
    }

    /// Fails with everything that was wrong.
    fn end(self) {
        let Self { wrong, sent, .. } = self;
        assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

async fn entries(house: &House) -> u64 {
    journal_entry::Entity::find().count(house.state.db.reader()).await.unwrap()
}

/// What a text can hold that a text should not.
fn texts() -> [(&'static str, String); 6] {
    [
        ("empty", String::new()),
        ("blank", " \u{3000}\u{a0}".to_owned()),
        ("100,000 characters", "ơ".repeat(100_000)),
        ("decomposed", "Ye\u{302}n Ba\u{301}i".to_owned()),
        ("emoji", "🎏👩‍🌾".to_owned()),
        ("right to left", "\u{202e}شكرا".to_owned()),
    ]
}
