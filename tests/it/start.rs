//! Stories of a start: the real server on a database of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thidua::identity::KeyPair;

use super::database::Database;

/// A running server, and what it said until it served.
pub(crate) struct Server {
    program: Child,
    pub(crate) port: u16,
    said: String,
    _files: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) fn start(database: &Database, environment: &[(&str, &str)]) -> Server {
    let files = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut program = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .env_remove("THIDUA_DEMO")
        .env_remove("THIDUA_SIGNING_KEY")
        .env_remove("THIDUA_PREVIOUS_SIGNING_KEY")
        .env("DATABASE_URL", database.url())
        .envs(environment.iter().copied())
        .env("THIDUA_FILES", files.path())
        .args(["serve", "--workers", "1", "--bind", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    for line in BufReader::new(program.stdout.take().unwrap()).lines() {
        said.push_str(&(line.unwrap() + "\n"));
        if said.contains("serves at") {
            break;
        }
    }
    assert!(said.contains("serves at"), "{said}");
    Server { program, port, said, _files: files }
}

impl Server {
    /// Ends the program where it is: `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn sign_in(&self, password: &str) -> (u16, Value) {
        let body = json!({ "username": "administrator", "password": password }).to_string();
        self.ask("POST", "/api/v1/auth/sign-in", &body)
    }

    fn kids(&self) -> Vec<String> {
        let (_, set) = self.ask("GET", "/.well-known/jwks.json", "");
        set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    }
}

/// The one-time password in what a first start says.
fn password(said: &str) -> Option<&str> {
    said.split_once("one-time password ")?.1.split(' ').next()
}

#[test]
fn the_first_start_makes_an_administrator_and_a_key_and_the_second_changes_nothing() {
    let database = Database::empty();
    let first = start(&database, &[]);
    let told = password(&first.said).unwrap().to_owned();
    let (status, tokens) = first.sign_in(&told);
    assert_eq!((status, &tokens["must_change_password"]), (200, &json!(true)));
    let kids = first.kids();
    drop(first);

    let second = start(&database, &[]);
    assert_eq!(password(&second.said), None, "{}", second.said);
    assert_eq!((second.kids(), second.sign_in(&told).0), (kids, 200));
}

#[test]
fn keys_of_the_settings_take_the_place_of_those_of_the_database() {
    let database = Database::empty();
    let (present, former) = (KeyPair::generate(), KeyPair::generate());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("former.pem");
    std::fs::write(&file, former.to_pem().unwrap()).unwrap();
    let pem = present.to_pem().unwrap();
    let environment = [("THIDUA_SIGNING_KEY", pem.as_str()), ("THIDUA_PREVIOUS_SIGNING_KEY", file.to_str().unwrap())];
    let server = start(&database, &environment);
    assert_eq!(server.kids(), [present.kid, former.kid]);
}
