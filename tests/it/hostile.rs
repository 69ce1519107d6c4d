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
use sea_orm::EntityTrait;
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

const REQUEST_ID: header::HeaderName = header::HeaderName::from_static("x-request-id");

/// An attempt to sign in that failed is written down on purpose; nothing else that was refused is.
const REFUSED_SESSION: &str = "session.refuse";

/// What has to become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Anything but a failure of the service.
    Any,
    /// It is refused, for whatever reason comes first.
    Refused,
    /// It is refused before anything is looked up.
    Unread,
}

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
    /// Who asks, and the token they have.
    callers: [(&'static str, Option<String>); 3],
    /// The first id of each collection that has one.
    ids: HashMap<&'static str, String>,
    /// The requests that were refused, or only asked: none of them may stand in the journal.
    traceless: HashMap<String, String>,
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
        let token = |who: Option<Account>| who.map(|account| house.token(account));
        let callers = [
            ("administrator", token(administrator())),
            ("secretary", token(secretary())),
            ("nobody", NOBODY.map(|_| String::new())),
        ];
        Self { house, callers, ids, traceless: HashMap::new(), closed: HashSet::new(), sent: 0, wrong: vec![] }
    }

    /// The operation's path with the id of something that exists, if there is such a thing.
    fn uri(&self, path: &str) -> String {
        let collection = path.split("/{").next().unwrap_or(path);
        let id = self.ids.get(collection).cloned().unwrap_or_else(|| Uuid::now_v7().to_string());
        path.replace("{id}", &id)
    }

    /// Sends one request for each caller.
    async fn send(&mut self, operation: &Operation, what: &str, fate: Fate, request: impl Fn() -> TestRequest) {
        for (name, token) in self.callers.clone() {
            let admitted = token.is_some() || operation.is_open();
            if !admitted && !self.closed.insert((operation.path, operation.method.clone())) {
                continue;
            }
            let what = format!("{} {} as {name}: {what}", operation.method, operation.path);
            self.sent += 1;
            let id = format!("siege-{}", self.sent);
            let request = match token {
                Some(token) => request().insert_header((header::AUTHORIZATION, format!("Bearer {token}"))),
                None => request(),
            };
            let request =
                if what.contains("X-Request-Id") { request } else { request.insert_header((REQUEST_ID, id.clone())) };
            // A 500, and an answer that breaks the contract, fail inside.
            let reply = AssertUnwindSafe(self.house.send(NOBODY, request)).catch_unwind().await;
            let Ok(reply) = reply else {
                self.wrong.push(format!("{what}: see above"));
                continue;
            };
            let met = match fate {
                Fate::Any => true,
                _ if !admitted => reply.status == 401,
                Fate::Refused => reply.status >= 400,
                // Whoever could not do it anyway may hear that first.
                Fate::Unread => reply.status == 403 || UNREADABLE.contains(&reply.status),
            };
            if !met {
                let detail = reply.body["detail"].as_str().unwrap_or_default();
                self.wrong.push(format!("{what}: {} {detail}", reply.status));
            }
            if reply.status >= 400 || operation.method == "GET" {
                self.traceless.insert(id, format!("{what}: {}", reply.status));
            }
        }
    }

    /// Fails with everything that was wrong, and tells how many changes were accepted.
    async fn end(mut self) -> usize {
        let journal = journal_entry::Entity::find().all(self.house.state.db.reader()).await.unwrap();
        let changes = journal.iter().filter(|entry| entry.action != REFUSED_SESSION);
        let traces = changes.filter_map(|entry| Some((&entry.action, self.traceless.get(&entry.request_id)?)));
        self.wrong.extend(traces.map(|(action, what)| format!("{what}, and yet the journal knows `{action}`")));
        let Self { wrong, sent, .. } = self;
        assert!(sent > 20, "hardly anything was sent");
        assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
        journal.iter().filter(|entry| entry.request_id.starts_with("siege-")).count()
    }
}

/// What a text can hold that a text should not.
fn texts() -> [(&'static str, String); 6] {
    [
        ("empty", String::new()),
        ("blank", " \u{3000}\u{a0}".to_owned()),
        ("100,000 characters", "x".repeat(100_000)),
        ("decomposed", "Ye\u{302}n Ba\u{301}i".to_owned()),
        ("emoji", "🎏👩‍🌾".to_owned()),
        ("right to left", "\u{202e}شكرا".to_owned()),
    ]
}
