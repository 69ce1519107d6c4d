//! The walls: who may import whom.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A folder or file of `src/`, and what of the crate it may import. What is not listed may import nothing of ours.
const WALLS: [(&str, &[&str]); 15] = [
    ("domain", &["domain"]),
    ("problem", &["domain", "problem"]),
    ("chart", &["chart", "domain"]),
    ("paper", &["paper"]),
    ("clock.rs", &[]),
    ("db.rs", &["problem"]),
    ("identity", &["db", "domain", "identity", "problem"]),
    ("files", &["db", "domain", "files", "problem"]),
    ("http", &["clock", "db", "domain", "files", "http", "identity", "problem"]),
    ("journal", &["domain", "http", "journal", "problem"]),
    ("reference", &["domain", "journal", "problem", "reference"]),
    ("demo", &["app", "clock", "db", "demo", "domain", "files", "http", "identity", "journal", "resources"]),
    ("results", &["domain", "journal", "problem", "results"]),
    ("telemetry.rs", &["http"]),
    (
        "resources",
        &["chart", "db", "domain", "http", "identity", "journal", "paper", "problem", "results", "telemetry"],
    ),
];

fn sources(at: &Path) -> Vec<PathBuf> {
    if at.is_file() {
        return vec![at.to_owned()];
    }
    fs::read_dir(at).unwrap().flat_map(|entry| sources(&entry.unwrap().path())).collect()
}

/// What a file says, but for how far its own items are seen: that imports nothing.
fn text_of(file: &Path) -> String {
    fs::read_to_string(file).unwrap().replace("pub(in crate::", "pub(in ")
}

/// Every `crate::module` a file names.
fn imports(text: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found: Vec<String> = vec![];
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            // The first word after each comma or brace at the depth of the group itself.
            let mut depth = 0;
            let mut fresh = true;
            for (index, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    c if fresh && c.is_alphabetic() => {
                        found.push(word(&group[index..]));
                        fresh = false;
                    }
                    _ => {}
                }
            }
        } else {
            found.push(word(rest));
        }
    }
    found
}

#[test]
fn nobody_imports_what_lies_above() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = vec![];
    for (place, allowed) in WALLS {
        for file in sources(&src.join(place)) {
            let text = text_of(&file);
            for import in imports(&text) {
                if !allowed.contains(&import.as_str()) {
                    broken.push(format!("{} imports {import}", file.strip_prefix(&src).unwrap().display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn rules_stay_pure() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain");
    let mut broken = vec![];
    for file in sources(&src) {
        let text = text_of(&file);
        for impure in ["async ", "sea_orm", "actix", "Utc::now", "f64", "f32", "std::fs", "rand::"] {
            if text.contains(impure) {
                broken.push(format!("{} holds `{impure}`", file.display()));
            }
        }
        for (at, _) in text.match_indices("entity::") {
            let rest = &text[at + "entity::".len()..];
            if !(rest.starts_with("vocab") || rest.starts_with("decimal") || rest.starts_with('{')) {
                broken.push(format!("{} reads a table", file.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn resources_do_not_know_each_other() {
    let resources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/resources");
    let mut broken = vec![];
    for file in sources(&resources) {
        let text = text_of(&file);
        if text.contains("crate::resources") || text.contains("super::super") {
            broken.push(file.display().to_string());
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn history_does_not_import_the_present() {
    let migration = Path::new(env!("CARGO_MANIFEST_DIR")).join("migration/src");
    for file in sources(&migration) {
        assert!(!fs::read_to_string(&file).unwrap().contains("entity::"), "{}", file.display());
    }
}
