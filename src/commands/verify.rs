//! `thidua verify`: checks a downloaded proof; needs neither a database nor a network.

use std::{error::Error, io::Read, path::Path};

use serde::Deserialize;
use serde_json::Value;

use crate::{
    domain::{phrase::Language, result::verify},
    resources::rankings::in_words,
};

/// What of a downloaded proof counts.
#[derive(Deserialize)]
struct Downloaded {
    sha256: String,
    content: Value,
}

pub(super) fn run(file: &Path) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    if file.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(file).map_err(|err| format!("{}: {err}", file.display()))?;
    }
    let Downloaded { sha256, content } =
        serde_json::from_str(&text).map_err(|err| format!("{} is no proof: {err}", file.display()))?;
    verify(&content, &sha256).map_err(|why| in_words(&why).say(Language::En).to_owned())?;
    println!("The proof holds: the inputs give this very result, and its SHA-256 is {sha256}.");
    Ok(())
}
