//! How long a page of awards takes out of 100,000: the first, one in the middle and the last, under each filter.
//!
//! `cargo bench --bench awards` prints the median of each page over HTTP; it fails where one list has a page that takes
//! more than 1.5 times as long as another one.

mod country;
mod paging;
mod server;

use std::{error::Error, time::Instant};

use country::{AWARDS, Country, country};
use paging::compare;
use server::{Ground, Server};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ground = Ground::prepare().await?;
    let begun = Instant::now();
    let Country { award_type, authority, year, heir } = country(&ground.db).await?;
    println!("{AWARDS} awards, put in within {:.1?}", begun.elapsed());
    let server = Server::start(ground.db.clone())?;
    let lists = [
        ("all", String::new()),
        ("of one type", format!("&award_type_id={award_type}")),
        ("of one year", format!("&year={year}")),
        ("of one authority", format!("&authority={authority}")),
        ("to one province", format!("&province_id={heir}")),
        ("to one province through mergers", format!("&province_id={heir}&through_mergers=true")),
    ];
    let compared = compare(&server, "/api/v1/awards", lists).await;
    server.stop().await;
    compared
}
