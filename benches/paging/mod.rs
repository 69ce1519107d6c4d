//! How long the pages of a list take: the first, one in the middle, and the last, turn by turn.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{io::AsyncReadExt, net::TcpStream};

use crate::server::{Server, head, read};

const ROUNDS: usize = 200;
/// Rounds before these, which are not counted.
const WARM: usize = 20;
/// Items on a page.
const LIMIT: usize = 50;
/// Items on the pages of the walk that finds the cursors.
const STRIDE: usize = 200;
/// How often the fastest page of a list fits into the slowest.
const MOST: f64 = 1.5;

/// Prints the medians of each list, which is a word and the parameters of its filter; fails where one list has a page that
/// takes too long.
pub(crate) async fn compare(
    server: &Server,
    path: &str,
    lists: impl IntoIterator<Item = (&str, String)>,
) -> Result<(), Box<dyn Error>> {
    let mut stream = server.connect().await?;
    let mut worst: f64 = 0.0;
    for (what, filter) in lists {
        let (total, pages) = pages(server, &mut stream, path, &filter).await?;
        let medians = medians(&mut stream, &pages).await?;
        let seconds = medians.iter().map(Duration::as_secs_f64);
        let (fastest, slowest) = (seconds.clone().fold(f64::MAX, f64::min), seconds.fold(0.0, f64::max));
        let ratio = slowest / fastest;
        worst = worst.max(ratio);
        println!("{what}, {total} items: {medians:.2?} at p50 of first, middle and last page, ratio {ratio:.2}");
    }
    if worst > MOST { Err(format!("a page takes {worst:.2} times as long as another").into()) } else { Ok(()) }
}

/// How many items a list has, and the requests for its first page, one in the middle, and the last that is surely full.
async fn pages(
    server: &Server,
    stream: &mut TcpStream,
    path: &str,
    filter: &str,
) -> Result<(usize, [String; 3]), Box<dyn Error>> {
    let ask = |limit: usize, cursor: &str| server.ask("GET", &format!("{path}?limit={limit}{filter}{cursor}"), "");
    let (mut cursors, mut cursor, mut total) = (vec![String::new()], String::new(), 0);
    // What is left behind the last stride is walked in pages.
    for limit in [STRIDE, LIMIT] {
        loop {
            let page = fetch(stream, &ask(limit, &cursor)).await?;
            let items = page.pointer("/data").and_then(Value::as_array).map_or(0, Vec::len);
            let next = page.pointer("/page/next").and_then(Value::as_str);
            let Some(next) = next.filter(|_| items == limit) else {
                if limit == LIMIT {
                    total += items;
                }
                break;
            };
            total += items;
            cursor = format!("&cursor={next}");
            cursors.push(cursor.clone());
        }
    }
    // The page behind the last cursor may be a short one.
    let full = |cursor: &String| ask(LIMIT, cursor);
    let (middle, last) = (cursors.get(cursors.len() / 2), cursors.iter().rev().nth(1));
    let (middle, last) = middle.zip(last).ok_or("the list has too few pages")?;
    Ok((total, [full(&String::new()), full(middle), full(last)]))
}

async fn fetch(stream: &mut TcpStream, request: &str) -> Result<Value, Box<dyn Error>> {
    let mut body = vec![0; head(stream, request).await?];
    stream.read_exact(&mut body).await?;
    Ok(serde_json::from_slice(&body)?)
}

/// The three pages turn by turn, so that whatever else the machine does meets all of them.
async fn medians(stream: &mut TcpStream, pages: &[String; 3]) -> Result<[Duration; 3], Box<dyn Error>> {
    let mut times = [const { vec![] }; 3];
    for round in 0..ROUNDS + WARM {
        for (page, times) in pages.iter().zip(&mut times) {
            let begun = Instant::now();
            read(stream, page, Duration::ZERO).await?;
            if round >= WARM {
                times.push(begun.elapsed());
            }
        }
    }
    Ok(times.map(|mut times| {
        times.sort_unstable();
        times.get(ROUNDS / 2).copied().unwrap_or_default()
    }))
}
