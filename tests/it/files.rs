//! Stories of the store of files: a folder, and S3 as far as a small imitation of it goes.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::Method,
    web::{self, Bytes, Data},
};
use chrono::TimeDelta;
use futures_util::{TryStreamExt, future::join};
use thidua::{
    clock::{Clock, SystemClock},
    files::{Files, Spool, Spooled, sweep},
};
use tokio::sync::Notify;

use super::{
    evidence::Desk,
    form::{PDF, file},
    support::house,
};

/// What S3 does for the store, as far as the store asks for it.
#[derive(Default)]
struct Imitation {
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Whether it waits before it answers that something is deleted.
    hesitates: AtomicBool,
    deleted: Notify,
    told: Notify,
}

impl Imitation {
    /// A server with one bucket, `minh-chung`, and a store that keeps its files there.
    fn serve() -> (Arc<Self>, Files, ServerHandle) {
        let imitation = Arc::new(Self::default());
        let shared = Data::from(Arc::clone(&imitation));
        let app = move || App::new().app_data(Data::clone(&shared)).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
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
        (imitation, Files::open("s3://minh-chung/thi-dua/tep", environment).unwrap(), handle)
    }

    fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }
}

async fn answer(request: HttpRequest, body: Bytes, s3: Data<Imitation>) -> HttpResponse {
    assert!(request.headers().get("authorization").unwrap().to_str().unwrap().starts_with("AWS4-HMAC-SHA256"));
    let key = request.path().trim_start_matches("/minh-chung/").to_owned();
    match *request.method() {
        Method::PUT => {
            s3.objects.lock().unwrap().insert(key, body.to_vec());
            HttpResponse::Ok().insert_header(("ETag", "\"1\"")).finish()
        }
        Method::POST => {
            let text = String::from_utf8(body.to_vec()).unwrap();
            let key = text.split("<Key>").nth(1).and_then(|rest| rest.split("</Key>").next()).unwrap();
            s3.objects.lock().unwrap().remove(key).unwrap();
            s3.deleted.notify_one();
            if s3.hesitates.load(Ordering::Relaxed) {
                s3.told.notified().await;
            }
            HttpResponse::Ok().body(format!("<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>"))
        }
        _ if request.query_string().contains("list-type=2") => {
            let objects = s3.objects.lock().unwrap();
            let listed = objects.iter().map(|(key, object)| {
                let (size, at) = (object.len(), "2025-01-01T00:00:00.000Z");
                format!("<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>{at}</LastModified></Contents>")
            });
            HttpResponse::Ok().body(format!("<ListBucketResult>{}</ListBucketResult>", listed.collect::<String>()))
        }
        _ => match s3.objects.lock().unwrap().get(&key) {
            None => HttpResponse::NotFound().finish(),
            Some(object) => HttpResponse::Ok()
                .insert_header(("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT"))
                .insert_header(("ETag", "\"1\""))
                .body(object.clone()),
        },
    }
}

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

#[actix_web::test]
async fn files_are_kept_in_s3() {
    let (s3, files, handle) = Imitation::serve();
    let file = spooled().await;
    files.keep(&file).await.unwrap();
    files.keep(&file).await.unwrap();
    let hash = &file.hash;
    assert_eq!(s3.keys(), [format!("thi-dua/tep/{}/{hash}", &hash[..2])]);
    assert_eq!(content(&files, hash).await, PDF);

    let house = house().await;
    let db = &house.state.db;
    assert_eq!(sweep(db, &files, "2024-12-31T00:00:00Z".parse().unwrap()).await.unwrap(), 0, "younger than that");
    assert_eq!(sweep(db, &files, SystemClock.now()).await.unwrap(), 1);
    assert_eq!(s3.keys(), Vec::<String>::new());
    handle.stop(false).await;
    assert!(files.read(hash).await.is_err(), "nobody answers");
}

#[actix_web::test]
async fn what_a_sweep_took_too_soon_is_put_back() {
    let (s3, files, handle) = Imitation::serve();
    let desk = Desk::set().await;
    files.keep(&spooled().await).await.unwrap();
    let kept = s3.keys();
    s3.hesitates.store(true, Ordering::Relaxed);
    let upload = async {
        s3.deleted.notified().await;
        assert_eq!(s3.keys(), Vec::<String>::new());
        // The row commits after the sweep has looked, and before it looks again.
        desk.file(desk.officer, 0, &[file("báo cáo.pdf", PDF)]).await.expect(201);
        s3.told.notify_one();
    };
    let (swept, ()) = join(sweep(&desk.house.state.db, &files, SystemClock.now()), upload).await;
    assert_eq!((swept.unwrap(), s3.keys()), (0, kept));
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_folder_is_made_and_a_place_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    let files = Files::open(deep.to_str().unwrap(), []).unwrap();
    let file = spooled().await;
    assert_eq!(file.size, PDF.len() as u64);
    files.keep(&file).await.unwrap();
    let place = deep.join(&file.hash[..2]).join(&file.hash);
    assert!(place.is_file());
    assert_eq!(content(&files, &file.hash).await, PDF);
    let inside = place.join("x");
    assert!(Files::open(inside.to_str().unwrap(), []).unwrap_err().to_string().contains(&file.hash));
    assert!(Files::open("s3://", []).is_err());
    assert!(Files::open("s3://bucket/a//b", []).is_err());
    let house = house().await;
    std::fs::remove_dir_all(folder.path().join("a")).unwrap();
    assert!(sweep(&house.state.db, &files, SystemClock.now() + TimeDelta::days(1)).await.is_err());
}
