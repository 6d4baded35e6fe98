//! What the sources of a pure crate may not mention.
//!
//! The sources are read as tokens, so that comments, texts and formatting do not matter and the inside of
//! macros does. Test modules are left out: a test may read a fixture.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Paths that begin like this reach outside.
const OUTSIDE: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "os"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
    &["async_std"],
    &["axum"],
    &["futures"],
    &["getrandom"],
    &["rand"],
    &["sqlx"],
    &["tokio"],
];

/// Calls that read a clock or throw dice, however the type was imported.
const CALLS: &[&[&str]] = &[
    &["Instant", "now"],
    &["SystemTime", "now"],
    &["Timestamp", "now"],
    &["Uuid", "new_v4"],
    &["Uuid", "now_v7"],
    &["Zoned", "now"],
];

/// A path as written, with the groups of `use` spelled out, and the line it ends on.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    path: Vec<String>,
    line: usize,
}

/// Scans every source file below a folder; returns how many there were.
pub fn scan_folder(folder: &Path, violations: &mut Vec<String>) -> usize {
    let mut scanned = 0;
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder entry").path();
        let of_tests = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !of_tests {
            scanned += scan_folder(&path, violations);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !of_tests {
            let source = fs::read_to_string(&path).expect("a source file");
            let found = scan(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            violations.extend(
                found
                    .iter()
                    .map(|violation| format!("{}:{violation}", path.display())),
            );
            scanned += 1;
        }
    }
    scanned
}

/// One `line: what` per forbidden mention.
fn scan(source: &str) -> Result<Vec<String>, String> {
    let tokens = source.parse::<TokenStream>().map_err(|error| error.to_string())?;
    let mut mentions = Vec::new();
    walk(tokens, &[], &mut mentions);
    Ok(mentions
        .iter()
        .filter(|mention| is_forbidden(&mention.path))
        .map(describe)
        .collect())
}

fn describe(mention: &Mention) -> String {
    format!(
        "{}: {} has no place in a pure crate",
        mention.line,
        mention.path.join("::")
    )
}

fn is_forbidden(path: &[String]) -> bool {
    let starts =
        |pattern: &[&str]| path.len() >= pattern.len() && path.iter().zip(pattern).all(|(a, b)| a == b);
    // A lone word is a local name; only `rand::...` is the crate.
    let outside = path.len() > 1 && OUTSIDE.iter().any(|pattern| starts(pattern));
    let call = path.windows(2).any(|pair| CALLS.iter().any(|call| pair == *call));
    outside || call || path.last().is_some_and(|word| word == "async")
}

/// Collects every path in the tokens; `prefix` is the part of a `use` before its group.
fn walk(tokens: TokenStream, prefix: &[String], mentions: &mut Vec<Mention>) {
    let tokens = tokens.into_iter().collect::<Vec<_>>();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(after) = test_item_end(&tokens, at) {
            at = after;
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(_) => at = path(&tokens, at, prefix, mentions),
            TokenTree::Group(group) => {
                walk(group.stream(), &[], mentions);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Reads one path from its first word; returns where it ends.
fn path(tokens: &[TokenTree], start: usize, prefix: &[String], mentions: &mut Vec<Mention>) -> usize {
    let mut words = prefix.to_vec();
    let mut line = 0;
    let mut at = start;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        words.push(word.to_string());
        line = word.span().start().line;
        at += 1;
        if !is_double_colon(tokens, at) {
            break;
        }
        at += 2;
    }
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if at > start + 1 && is_double_colon(tokens, at - 2) => {
            walk(group.stream(), &words, mentions);
            at + 1
        }
        _ => {
            mentions.push(Mention { path: words, line });
            at
        }
    }
}

fn is_double_colon(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| match tokens.get(at) {
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => Some(punct.spacing()),
        _ => None,
    };
    colon(at) == Some(Spacing::Joint) && colon(at + 1).is_some()
}

/// Where the item under `#[cfg(test)]` ends, when one starts here.
fn test_item_end(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let (TokenTree::Punct(hash), TokenTree::Group(attribute)) = (tokens.get(at)?, tokens.get(at + 1)?) else {
        return None;
    };
    let written = attribute.stream().to_string().replace(' ', "");
    if hash.as_char() != '#' || written != "cfg(test)" {
        return None;
    }
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let body = tokens[at + 2..].iter().position(ends);
    Some(body.map_or(tokens.len(), |length| at + 2 + length + 1))
}

mod tests {
    use super::*;

    #[test]
    fn every_way_out_is_found() {
        for source in [
            "use std::fs;",
            "use std::{collections::BTreeMap, fs::File};",
            "use std::{fmt, net::{IpAddr, TcpStream}};",
            "fn f() { let home = std::env::var(\"HOME\"); }",
            "fn f() { let now = std::time::SystemTime::now(); }",
            "use std::time; fn f() { time::SystemTime::now(); }",
            "use jiff::Timestamp; fn f() { vec![Timestamp::now()]; }",
            "fn f() { jiff::Zoned::now(); }",
            "fn id() -> uuid::Uuid { uuid::Uuid::now_v7() }",
            "use tokio::sync::Mutex;",
            "fn f() { rand::random::<u8>(); }",
            "fn f(pool: &sqlx::SqlitePool) {}",
            "async fn f() {}",
            "fn f() { let later = async { 1 }; }",
            "#[tokio::main] fn f() {}",
        ] {
            assert!(!scan(source).expect("Rust").is_empty(), "{source}");
        }
    }

    #[test]
    fn what_only_looks_like_a_way_out_is_not() {
        for source in [
            "//! Never use std::fs here.\n/// Not `tokio::spawn` either.\npub fn f() {}",
            "const TEXT: &str = \"std::net::TcpStream and async fn\";",
            "use std::collections::BTreeMap; use std::fmt;",
            "fn f(rand: u8) -> u8 { rand }",
            "fn f(now: jiff::Timestamp) -> jiff::Timestamp { now }",
            "mod fs { pub struct File; } use self::fs::File;",
            "#[cfg(test)] mod tests { use std::fs; }",
            "#[cfg(test)] use std::fs;",
        ] {
            assert_eq!(scan(source).expect("Rust"), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn code_after_a_test_module_is_still_read_and_named_with_its_line() {
        assert_eq!(
            scan("#[cfg(test)]\nmod tests { use std::fs; }\n\nuse std::{\n    fmt,\n    fs,\n};\n")
                .expect("Rust"),
            ["6: std::fs has no place in a pure crate"]
        );
    }
}
