//! `thidua serve`: opens the database, brings it up to date, and answers.

use std::{error::Error, sync::Arc, time::Duration};

use actix_cors::Cors;
use actix_web::{HttpServer, http::header};
use chrono::{DateTime, Utc};

use super::{database, keys_in_use, upkeep};
use crate::{
    app,
    clock::{SharedClock, SystemClock},
    db::Db,
    demo,
    files::Files,
    http::State,
    identity::Identity,
    resources::users::{OneTime, ensure_first_administrator},
    settings::Serve,
    telemetry,
};

pub(super) async fn run(settings: &Serve) -> Result<(), Box<dyn Error>> {
    telemetry::start(&settings.log, settings.log_json);
    let clock: SharedClock = Arc::new(SystemClock);
    let db = database::ready(&settings.database, clock.now()).await?;
    let identity = Identity::new(settings.issuer.clone(), keys_in_use::load(&settings.keys, &db, &clock).await?);
    keys_in_use::follow(&settings.keys, &db, &clock, &identity);
    let files = Files::open(&settings.files, std::env::vars())?;
    upkeep::start(&db, &files, &clock);
    if settings.demo {
        demonstrate(&db, &files, settings.demo_password.clone(), clock.now()).await?;
    } else if let Some(OneTime { username, password }) = ensure_first_administrator(&db, clock.now()).await? {
        println!("First start. Sign in as {username} with the one-time password {password} (shown only now).");
    }
    let state = State::new(db, clock, identity, files);
    let origins = settings.cors_origins.clone();
    let mut server = HttpServer::new(move || app::app(state.clone(), cors(&origins)))
        .client_request_timeout(Duration::from_secs(10))
        .client_disconnect_timeout(Duration::from_secs(2))
        .keep_alive(Duration::from_mins(1))
        .shutdown_timeout(30);
    if let Some(workers) = settings.workers {
        server = server.workers(workers.into());
    }
    let bound = server.bind(settings.bind.bind)?;
    println!("thidua serves at http://{0} — Swagger UI: http://{0}/docs/", settings.bind.bind);
    bound.run().await?;
    Ok(())
}

/// Plays the demonstration year into an empty database, and says who can sign in.
async fn demonstrate(
    db: &Db,
    files: &Files,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Box<dyn Error>> {
    let Some(demo::Played { people, password }) = demo::play(db, files, password, now).await? else {
        println!("The demonstration is there already; its people keep the password of the first start.");
        return Ok(());
    };
    println!("The demonstration year is played. Everybody signs in with the password {password}:");
    for person in people {
        println!("  {:<24} {:<18} {}", person.username, person.role, person.display_name);
    }
    Ok(())
}

/// Pages of these origins may call from a browser; of no others.
fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::ACCEPT_LANGUAGE,
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::ETAG,
            header::LOCATION,
            header::LINK,
            header::RETRY_AFTER,
        ])
        .max_age(3600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
