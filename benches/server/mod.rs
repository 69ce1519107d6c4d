//! What the benches over HTTP share: a database in a folder, the service before it, and a reader that throws answers away.

use std::{error::Error, net::SocketAddr, sync::Arc, time::Duration};

use actix_cors::Cors;
use actix_web::{HttpServer, dev::ServerHandle};
use entity::vocab::Role;
use tempfile::TempDir;
use thidua::{
    app,
    clock::{Clock, SystemClock},
    db::Db,
    domain::policy::Account,
    files::Files,
    http::State,
    identity::{Identity, KeyPair, Keys},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

/// A migrated SQLite database that is gone with its folder.
pub(crate) struct Ground {
    pub(crate) db: Db,
    _folder: TempDir,
}

impl Ground {
    pub(crate) async fn prepare() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
        db.migrate().await?;
        Ok(Self { db, _folder: folder })
    }
}

/// The service on a port of its own, with one worker, and the token of an auditor.
pub(crate) struct Server {
    at: SocketAddr,
    token: String,
    handle: ServerHandle,
}

impl Server {
    pub(crate) fn start(db: Db) -> Result<Self, Box<dyn Error>> {
        let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
        let account = Account { id: Uuid::now_v7(), role: Role::Auditor, province_id: None };
        let (token, _) = identity.issue(account, false, SystemClock.now())?;
        let state = State::new(db, Arc::new(SystemClock), identity, Files::in_memory());
        let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1);
        let server = server.bind("127.0.0.1:0")?;
        let at = *server.addrs().first().ok_or("no address")?;
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Ok(Self { at, token, handle })
    }

    pub(crate) async fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(self.at).await
    }

    /// A request of the auditor, with a body of JSON or without one.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let told = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        let told = if body.is_empty() { "" } else { &told };
        let token = &self.token;
        format!("{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n{told}\r\n{body}")
    }

    pub(crate) async fn stop(self) {
        self.handle.stop(false).await;
    }
}

/// Sends a request and reads the answer up to its body; gives the `Content-Length`.
pub(crate) async fn head(stream: &mut TcpStream, request: &str) -> std::io::Result<usize> {
    let broken = |why: &str| std::io::Error::other(why.to_owned());
    stream.write_all(request.as_bytes()).await?;
    let mut head = vec![];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(broken(head.lines().next().unwrap_or_default()));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
    length.ok_or_else(|| broken("no length"))
}

/// Reads one answer with a `Content-Length` and throws it away; gives its size.
pub(crate) async fn read(stream: &mut TcpStream, request: &str, pause: Duration) -> std::io::Result<usize> {
    let length = head(stream, request).await?;
    let (mut left, mut buffer) = (length, vec![0; 16 * 1024]);
    while left > 0 {
        let taken = stream.read(&mut buffer).await?;
        if taken == 0 {
            return Err(std::io::Error::other("the server hung up"));
        }
        left = left.saturating_sub(taken);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    Ok(length)
}
