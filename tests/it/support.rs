//! The house every story happens in: the real application, a database of its own, people, and a clock that stands
//! still until the story moves it.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_cors::Cors;
use actix_http::Request;
use actix_web::{
    body::BoxBody,
    dev::{Service, ServiceResponse},
    http::{StatusCode, header},
    test::{self, TestRequest},
};
use chrono::{DateTime, Utc};
use entity::vocab::Role;
use serde_json::Value;
use thidua::{
    app,
    clock::Clock,
    db::Db,
    domain::policy::Account,
    files::Files,
    http::State,
    identity::{Identity, KeyPair, Keys},
};
use uuid::Uuid;

use super::{contract, database::Database};

/// The issuer of the tokens of all tests.
pub(crate) const ISSUER: &str = "thidua-tests";

/// A clock that a story moves by hand.
#[derive(Debug)]
pub(crate) struct FrozenClock(Mutex<DateTime<Utc>>);

impl Clock for FrozenClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

type Answering = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

/// The application under test.
pub(crate) struct House {
    call: Box<dyn Fn(Request) -> Answering>,
    pub(crate) state: State,
    clock: Arc<FrozenClock>,
    statements: Arc<AtomicUsize>,
    database: Arc<Database>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: header::HeaderMap,
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The tag to send as `If-Match`.
    pub(crate) fn etag(&self) -> &str {
        self.header("etag")
    }

    /// The id in the body.
    pub(crate) fn id(&self) -> String {
        self.text("/id")
    }

    /// The string at a JSON pointer of the body.
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no string at {pointer} of {}", self.body)).to_owned()
    }

    /// Fails the story, with the whole answer, unless it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    /// Fails the story unless it is this problem, and names what it found at fault: `pointer code`.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, slug: &str) -> Vec<String> {
        let found = (self.status, self.body["type"].as_str().unwrap_or_default());
        assert_eq!(found, (status, format!("/problems/{slug}").as_str()), "{:#}", self.body);
        let errors = self.body["errors"].as_array().unwrap().iter();
        errors.map(|e| format!("{} {}", e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
    }

    /// Fails the story unless it is a refused step, and gives the codes of its blockers.
    #[track_caller]
    pub(crate) fn blockers(self) -> Vec<String> {
        assert_eq!((self.status, &self.body["type"]), (409, &"/problems/blocked".into()), "{:#}", self.body);
        let blockers = self.body["blockers"].as_array().unwrap().iter();
        blockers.map(|blocker| blocker["code"].as_str().unwrap().to_owned()).collect()
    }

    /// One member of each item of a list.
    #[track_caller]
    pub(crate) fn column(&self, name: &str) -> Vec<Value> {
        let data = self.body["data"].as_array().unwrap_or_else(|| panic!("no list: {:#}", self.body));
        data.iter().map(|item| item[name].clone()).collect()
    }
}

/// A fresh house: empty but for the reference data.
pub(crate) async fn house() -> House {
    house_with(Files::in_memory()).await
}

/// A fresh house that keeps its files somewhere.
pub(crate) async fn house_with(files: Files) -> House {
    let clock = Arc::new(FrozenClock(Mutex::new("2024-03-01T08:00:00Z".parse().unwrap())));
    let identity = Identity::new(ISSUER.to_owned(), Keys::new(&KeyPair::generate(), &[]).unwrap());
    furnish(Arc::new(Database::fresh()), clock, identity, files).await
}

async fn furnish(database: Arc<Database>, clock: Arc<FrozenClock>, identity: Identity, files: Files) -> House {
    let mut db = Db::open(database.url(), 4).await.unwrap();
    let statements = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&statements);
    db.observe(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let state = State::new(db, Arc::clone(&clock) as _, identity, files);
    let service = Arc::new(test::init_service(app::app(state.clone(), Cors::default())).await);
    let call = move |request: Request| -> Answering {
        let service = Arc::clone(&service);
        Box::pin(async move { service.call(request).await.unwrap().map_into_boxed_body() })
    };
    House { call: Box::new(call), state, clock, statements, database }
}

impl House {
    /// Moves the clock.
    pub(crate) fn at(&self, time: &str) -> &Self {
        *self.clock.0.lock().unwrap() = time.parse().unwrap();
        self
    }

    /// A second replica of the service on the same database, with connections of its own.
    pub(crate) async fn replica(&self) -> Self {
        let State { db: _, clock: _, identity, files, kept: _ } = self.state.clone();
        furnish(Arc::clone(&self.database), Arc::clone(&self.clock), identity, files).await
    }

    /// The database itself, for a program that serves it.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// The address of the database, for a second program.
    pub(crate) fn database_url(&self) -> &str {
        self.database.url()
    }

    /// The number of statements `work` sends to the database.
    pub(crate) async fn counting<T>(&self, work: impl Future<Output = T>) -> (T, usize) {
        let before = self.statements.load(Ordering::Relaxed);
        let done = work.await;
        (done, self.statements.load(Ordering::Relaxed) - before)
    }

    pub(crate) async fn get(&self, who: Option<Account>, path: &str) -> Reply {
        self.send(who, TestRequest::get().uri(&api(path))).await
    }

    pub(crate) async fn post(&self, who: Option<Account>, path: &str, body: Value) -> Reply {
        self.send(who, TestRequest::post().uri(&api(path)).set_json(body)).await
    }

    /// A step of a state machine: a POST that says which version was seen.
    pub(crate) async fn step(&self, who: Option<Account>, path: &str, etag: &str, body: Value) -> Reply {
        let request = TestRequest::post().uri(&api(path)).insert_header((header::IF_MATCH, etag));
        // A step without facts has no body.
        let request = if body.is_null() { request } else { request.set_json(body) };
        self.send(who, request).await
    }

    pub(crate) async fn patch(&self, who: Option<Account>, path: &str, etag: &str, body: Value) -> Reply {
        let request = TestRequest::patch().uri(&api(path)).insert_header((header::IF_MATCH, etag)).set_json(body);
        self.send(who, request).await
    }

    pub(crate) async fn put(&self, who: Option<Account>, path: &str, etag: &str, body: Value) -> Reply {
        let request = TestRequest::put().uri(&api(path)).insert_header((header::IF_MATCH, etag)).set_json(body);
        self.send(who, request).await
    }

    pub(crate) async fn delete(&self, who: Option<Account>, path: &str, etag: &str) -> Reply {
        self.send(who, TestRequest::delete().uri(&api(path)).insert_header((header::IF_MATCH, etag))).await
    }

    /// A form with a file.
    pub(crate) async fn upload(&self, who: Option<Account>, path: &str, (kind, form): (String, Vec<u8>)) -> Reply {
        let request = TestRequest::post().uri(&api(path)).insert_header((header::CONTENT_TYPE, kind));
        self.send(who, request.set_payload(form)).await
    }

    /// A form with a file that takes its place in something that exists.
    pub(crate) async fn put_file(
        &self,
        who: Option<Account>,
        path: &str,
        etag: &str,
        (kind, form): (String, Vec<u8>),
    ) -> Reply {
        let request = TestRequest::put().uri(&api(path)).insert_header((header::CONTENT_TYPE, kind));
        self.send(who, request.insert_header((header::IF_MATCH, etag)).set_payload(form)).await
    }

    /// Sends one request, and fails the test if the answer is not what the contract promises.
    pub(crate) async fn send(&self, who: Option<Account>, request: TestRequest) -> Reply {
        let request = match who {
            Some(account) => request.insert_header((header::AUTHORIZATION, format!("Bearer {}", self.token(account)))),
            None => request,
        };
        let request = request.to_request();
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let response = (self.call)(request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap().to_vec();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
        let reply = Reply { status: status.as_u16(), headers, body, bytes };
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{method} {uri}: {:#}", reply.body);
        contract::assert_obeyed(method.as_str(), uri.path(), uri.query().unwrap_or_default(), &reply);
        reply
    }

    /// An access token for an account, valid now.
    pub(crate) fn token(&self, account: Account) -> String {
        self.state.identity.issue(account, false, self.state.clock.now()).unwrap().0
    }
}

/// Paths of stories are those of the API, unless they say otherwise with a leading `//`.
fn api(path: &str) -> String {
    path.strip_prefix('/')
        .filter(|rest| rest.starts_with('/'))
        .map_or_else(|| format!("/api/v1{path}"), ToOwned::to_owned)
}

/// Somebody with a role; nothing in the database. Rights follow from the token.
#[expect(clippy::unnecessary_wraps, reason = "a caller is an account or nobody")]
pub(crate) fn someone(role: Role, province_id: Option<Uuid>) -> Option<Account> {
    Some(Account { id: Uuid::now_v7(), role, province_id })
}

pub(crate) fn administrator() -> Option<Account> {
    someone(Role::Administrator, None)
}

pub(crate) fn secretary() -> Option<Account> {
    someone(Role::CouncilSecretary, None)
}

pub(crate) fn auditor() -> Option<Account> {
    someone(Role::Auditor, None)
}

pub(crate) fn officer(province_id: &str) -> Option<Account> {
    someone(Role::ProvinceOfficer, Some(province_id.parse().unwrap()))
}

/// The public.
pub(crate) const NOBODY: Option<Account> = None;
