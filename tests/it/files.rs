//! Stories of the store of files: a folder, and S3 as far as a small imitation of it goes.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::Method, web};
use chrono::TimeDelta;
use futures_util::TryStreamExt;
use thidua::{
    clock::{Clock, SystemClock},
    files::{Files, Spool, Spooled, sweep},
};

use super::{form::PDF, support::house};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

async fn spooled() -> Spooled {
    let mut spool = Spool::open().await.unwrap();
    for piece in PDF.chunks(7) {
        spool.write(piece).await.unwrap();
    }
    spool.finish().await.unwrap()
}

async fn content(files: &Files, hash: &str) -> Vec<u8> {
    let pieces: Vec<_> = files.read(hash).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

/// The five requests of S3 that the store makes.
async fn answer(request: HttpRequest, body: web::Bytes, objects: web::Data<Objects>) -> HttpResponse {
    let mut objects = objects.lock().unwrap();
    assert!(request.headers().get("authorization").unwrap().to_str().unwrap().starts_with("AWS4-HMAC-SHA256"));
    let path = request.path().to_owned();
    let told = |object: &[u8]| {
        let mut answer = HttpResponse::Ok();
        answer.insert_header(("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT")).insert_header(("ETag", "\"1\""));
        answer.body(object.to_vec())
    };
    match *request.method() {
        Method::PUT => {
            objects.insert(path, body.to_vec());
            HttpResponse::Ok().insert_header(("ETag", "\"1\"")).finish()
        }
        Method::DELETE => {
            objects.remove(&path);
            HttpResponse::NoContent().finish()
        }
        Method::POST => {
            let text = String::from_utf8(body.to_vec()).unwrap();
            let key = text.split("<Key>").nth(1).and_then(|rest| rest.split("</Key>").next()).unwrap();
            objects.remove(&format!("/minh-chung/{key}")).unwrap();
            HttpResponse::Ok().body(format!("<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>"))
        }
        _ if request.query_string().contains("list-type=2") => {
            let listed = objects.iter().map(|(path, object)| {
                let (key, size) = (&path["/minh-chung/".len()..], object.len());
                format!("<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2025-01-01T00:00:00.000Z</LastModified><ETag>1</ETag></Contents>")
            });
            HttpResponse::Ok().body(format!("<ListBucketResult>{}</ListBucketResult>", listed.collect::<String>()))
        }
        _ => objects.get(&path).map_or_else(|| HttpResponse::NotFound().finish(), |object| told(object)),
    }
}

#[actix_web::test]
async fn files_are_kept_in_s3() {
    let objects = Objects::default();
    let shared = web::Data::new(Arc::clone(&objects));
    let server =
        HttpServer::new(move || App::new().app_data(web::Data::clone(&shared)).default_service(web::to(answer)));
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}", server.addrs()[0]);
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let environment = [
        ("AWS_ENDPOINT", endpoint.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "vn"),
        ("AWS_SOMETHING_NEW", "ignored"),
        ("HOME", "/"),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let files = Files::open("s3://minh-chung/thi-dua/tep", environment).unwrap();
    let file = spooled().await;
    files.keep(&file).await.unwrap();
    files.keep(&file).await.unwrap();
    let hash = file.hash.clone();
    let expected = format!("/minh-chung/thi-dua/tep/{}/{hash}", &hash[..2]);
    assert_eq!(objects.lock().unwrap().keys().collect::<Vec<_>>(), [&expected]);
    assert_eq!(content(&files, &hash).await, PDF);

    let house = house().await;
    let db = &house.state.db;
    assert_eq!(sweep(db, &files, "2024-12-31T00:00:00Z".parse().unwrap()).await.unwrap(), 0, "younger than that");
    assert_eq!(sweep(db, &files, SystemClock.now()).await.unwrap(), 1);
    assert!(objects.lock().unwrap().is_empty());
    handle.stop(false).await;
    assert!(files.read(&hash).await.is_err(), "nobody answers");
}

#[actix_web::test]
async fn a_folder_is_made_and_a_place_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    let files = Files::open(deep.to_str().unwrap(), []).unwrap();
    let file = spooled().await;
    assert_eq!(file.size, PDF.len() as u64);
    files.keep(&file).await.unwrap();
    assert!(deep.join(&file.hash[..2]).join(&file.hash).is_file());
    assert_eq!(content(&files, &file.hash).await, PDF);
    let inside = deep.join(&file.hash[..2]).join(&file.hash).join("x");
    assert!(Files::open(inside.to_str().unwrap(), []).unwrap_err().to_string().contains(&file.hash));
    assert!(Files::open("s3://", []).is_err());
    assert!(Files::open("s3://bucket/a//b", []).is_err());
    let house = house().await;
    let gone = folder.path().join("a");
    std::fs::remove_dir_all(gone).unwrap();
    assert!(sweep(&house.state.db, &files, SystemClock.now() + TimeDelta::days(1)).await.is_err());
}
