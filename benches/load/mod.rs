//! Two servers under load, turn by turn in one process: what the one answers of what the other does.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use actix_web::dev::{Server, ServerHandle};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const TURNS: usize = 7;
const TURN: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 64;

/// A server that runs beside the bench, and where.
pub(crate) fn started(at: &[SocketAddr], server: Server) -> io::Result<(ServerHandle, SocketAddr)> {
    let handle = server.handle();
    actix_web::rt::spawn(server);
    at.first().map(|at| (handle, *at)).ok_or_else(|| io::Error::other("no address"))
}

/// Prints the requests a second of each turn, and gives the median of ours in percent of the bare handler's.
pub(crate) async fn compare(ours: (SocketAddr, &str), bare: (SocketAddr, &str)) -> io::Result<u64> {
    let warm = Duration::from_secs(1);
    hammer(ours, warm).await?;
    hammer(bare, warm).await?;
    let mut ratios = vec![];
    for turn in 1..=TURNS {
        let (a, b) = (hammer(ours, TURN).await?, hammer(bare, TURN).await?);
        let percent = a * 100 / b.max(1);
        println!("turn {turn}: all layers {a} requests/s, bare handler {b} requests/s, {percent} %");
        ratios.push(percent);
    }
    ratios.sort_unstable();
    let median = ratios.get(TURNS / 2).copied().unwrap_or_default();
    println!("median: {median} % of the bare handler");
    Ok(median)
}

/// The body of one answer.
pub(crate) async fn get(at: SocketAddr, request: &str) -> io::Result<Vec<u8>> {
    let (mut stream, mut buffer) = (TcpStream::connect(at).await?, vec![]);
    stream.write_all(request.as_bytes()).await?;
    let body = read_answer(&mut stream, &mut buffer).await?;
    Ok(buffer.split_off(buffer.len() - body))
}

/// Requests a second over keep-alive connections; every answer must be a 200.
async fn hammer((at, request): (SocketAddr, &str), how_long: Duration) -> io::Result<u64> {
    let (over, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let begun = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (over, answered, request) = (Arc::clone(&over), Arc::clone(&answered), request.to_owned());
            actix_web::rt::spawn(async move {
                let mut stream = TcpStream::connect(at).await?;
                let mut buffer = Vec::with_capacity(128 * 1024);
                while !over.load(Ordering::Relaxed) {
                    stream.write_all(request.as_bytes()).await?;
                    read_answer(&mut stream, &mut buffer).await?;
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                io::Result::Ok(())
            })
        })
        .collect();
    tokio::time::sleep(how_long).await;
    over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.map_err(io::Error::other)??;
    }
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(answered.load(Ordering::Relaxed) * 1000 / milliseconds.max(1))
}

/// Reads one answer with a `Content-Length`; gives the length of its body.
async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<usize> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::Error::other("the server hung up"));
        }
        if let Some((head, body)) = lengths(buffer)?
            && buffer.len() >= head + body
        {
            return Ok(body);
        }
    }
}

/// The lengths of head and body, once the head is there.
fn lengths(have: &[u8]) -> io::Result<Option<(usize, usize)>> {
    let Some(end) = have.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(have.get(..end).unwrap_or_default()).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(io::Error::other(head.lines().next().unwrap_or_default().to_owned()));
    }
    let body = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
    Ok(Some((end + 4, body.unwrap_or(0))))
}
