//! A reader that throws answers away, fast or slowly.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Reads one answer with a `Content-Length` and throws it away; gives its size.
pub(crate) async fn read(stream: &mut TcpStream, request: &str, pause: Duration) -> std::io::Result<usize> {
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
    let length = length.ok_or_else(|| broken("no length"))?;
    let (mut left, mut buffer) = (length, vec![0; 16 * 1024]);
    while left > 0 {
        let taken = stream.read(&mut buffer).await?;
        if taken == 0 {
            return Err(broken("the server hung up"));
        }
        left = left.saturating_sub(taken);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    Ok(length)
}
