//! `thidua health`: asks a running server whether it is ready, without any other tool in the image.

use std::{
    error::Error,
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn run(mut address: SocketAddr) -> Result<(), Box<dyn Error>> {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let line = answer.lines().next().unwrap_or_default();
    if line.contains(" 200 ") { Ok(()) } else { Err(format!("not ready: {line}").into()) }
}
