//! Compresses the committed contract, so that the binary carries a twentieth of it.

use std::{env, error::Error, fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=openapi/openapi.json");
    let contract = fs::read("openapi/openapi.json")?;
    let mut compressed = GzEncoder::new(vec![], Compression::best());
    compressed.write_all(&contract)?;
    let to = Path::new(&env::var("OUT_DIR")?).join("openapi.json.gz");
    fs::write(to, compressed.finish()?)?;
    Ok(())
}
