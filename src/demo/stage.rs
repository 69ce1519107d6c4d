//! The application itself, called in-process, with a clock that is set to the day of each scene.

use std::{
    error::Error,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use actix_cors::Cors;
use actix_http::Request;
use actix_web::{
    body::{self, MessageBody},
    dev::Service,
    http::{Method, StatusCode, header},
    test::{self, TestRequest},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{
    app,
    clock::Clock,
    db::Db,
    files::Files,
    http::State,
    identity::{Identity, KeyPair, Keys},
};

/// The clock of the play.
#[derive(Debug, Default)]
struct StageClock(Mutex<DateTime<Utc>>);

impl Clock for StageClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<(StatusCode, Value), Box<dyn Error>>>>>;

/// Where the year is played.
pub(super) struct Stage {
    call: Box<dyn Fn(Request) -> Answer>,
    clock: Arc<StageClock>,
    password: String,
    pub(super) db: Db,
}

/// Somebody on the stage: an access token.
#[derive(Clone, Debug)]
pub(super) struct Actor(pub(super) String);

impl Stage {
    pub(super) async fn set(db: Db, files: Files, password: String) -> Result<Self, Box<dyn Error>> {
        let clock = Arc::new(StageClock::default());
        // Tokens of the play are worth nothing outside: its keys are thrown away with it.
        let identity = Identity::new("demonstration".to_owned(), Keys::new(&KeyPair::generate(), &[])?);
        let state = State::new(db.clone(), Arc::clone(&clock) as _, identity, files);
        let service = Arc::new(test::init_service(app::app(state, Cors::default())).await);
        let call = move |request: Request| -> Answer {
            let service = Arc::clone(&service);
            Box::pin(async move {
                let response = service.call(request).await.map_err(|err| err.to_string())?;
                let status = response.status();
                let body = body::to_bytes(response.into_body().boxed()).await?;
                let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body)? };
                Ok((status, body))
            })
        };
        Ok(Self { call: Box::new(call), clock, password, db })
    }

    /// Sets the clock: `2024-03-01T09:00:00+07:00`.
    pub(super) fn on(&self, time: &str) -> Result<&Self, Box<dyn Error>> {
        *self.clock.0.lock().unwrap_or_else(PoisonError::into_inner) = time.parse()?;
        Ok(self)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn get(&self, actor: &Actor, path: &str) -> Result<Value, Box<dyn Error>> {
        self.ask(Some(actor), Method::GET, path, &Value::Null).await
    }

    pub(super) async fn post(&self, actor: &Actor, path: &str, body: Value) -> Result<Value, Box<dyn Error>> {
        self.ask(Some(actor), Method::POST, path, &body).await
    }

    pub(super) async fn put(&self, actor: &Actor, path: &str, body: Value) -> Result<Value, Box<dyn Error>> {
        self.ask(Some(actor), Method::PUT, path, &body).await
    }

    pub(super) async fn patch(&self, actor: &Actor, path: &str, body: Value) -> Result<Value, Box<dyn Error>> {
        self.ask(Some(actor), Method::PATCH, path, &body).await
    }

    /// Somebody signs in, with the password they all share. A token lives 15 minutes: every scene begins with this.
    pub(super) async fn enter(&self, username: &str) -> Result<Actor, Box<dyn Error>> {
        self.sign_in(username, &self.password).await
    }

    /// Somebody exchanges a one-time password for the shared one.
    pub(super) async fn settle(&self, username: &str, one_time: &str) -> Result<(), Box<dyn Error>> {
        let newcomer = self.sign_in(username, one_time).await?;
        let change = json!({ "current_password": one_time, "new_password": self.password });
        self.post(&newcomer, "/auth/password", change).await.map(drop)
    }

    async fn sign_in(&self, username: &str, password: &str) -> Result<Actor, Box<dyn Error>> {
        let body = json!({ "username": username, "password": password });
        text(&self.ask(None, Method::POST, "/auth/sign-in", &body).await?, "/access_token").map(Actor)
    }

    /// The id of the province that had this code in 2023.
    pub(super) async fn province(&self, actor: &Actor, code: &str) -> Result<String, Box<dyn Error>> {
        text(&self.get(actor, &format!("/provinces?code={code}&as_of=2023-01-01")).await?, "/data/0/id")
    }

    /// The id of the cluster's cycle of a year; the reference data knows both.
    pub(super) async fn cycle(&self, actor: &Actor, year: i32) -> Result<String, Box<dyn Error>> {
        let cluster = text(&self.get(actor, "/clusters?code=CUM-TDMNPB").await?, "/data/0/id")?;
        text(&self.get(actor, &format!("/cycles?cluster_id={cluster}&year={year}")).await?, "/data/0/id")
    }

    /// One call of the API. There is nobody else on the stage, so `If-Match: *` overwrites nobody's change.
    async fn ask(
        &self,
        actor: Option<&Actor>,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Value, Box<dyn Error>> {
        let mut request = TestRequest::with_uri(&format!("/api/v1{path}")).method(method.clone());
        request = request.insert_header((header::IF_MATCH, "*"));
        if let Some(Actor(token)) = actor {
            request = request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
        }
        if !body.is_null() {
            request = request.set_json(body);
        }
        let (status, answer) = (self.call)(request.to_request()).await?;
        if status.is_success() { Ok(answer) } else { Err(format!("{method} {path} → {status}: {answer:#}").into()) }
    }
}

/// The string at a JSON pointer of an answer.
pub(super) fn text(answer: &Value, pointer: &str) -> Result<String, Box<dyn Error>> {
    let found = answer.pointer(pointer).and_then(Value::as_str);
    found.map(ToOwned::to_owned).ok_or_else(|| format!("no text at {pointer} of {answer}").into())
}
