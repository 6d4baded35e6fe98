//! Postings from every format, and what happens to those that cannot be read.

#![allow(clippy::expect_used)] // What several tests share stands outside of them.

mod bad;
mod formats;
mod laws;
mod real;

use std::io::Cursor;
use std::path::Path;

use metier_market::posting::Posting;
use metier_market::read::{Damaged, Options, Read, Source, What, read};

/// What came of sources: postings, and what could not be read.
fn sorted(reads: impl Iterator<Item = Read>) -> (Vec<Posting>, Vec<Damaged>) {
    let (mut postings, mut damaged) = (Vec::new(), Vec::new());
    for read in reads {
        match read {
            Read::Posting(posting) => postings.push(posting),
            Read::Damaged(what) => damaged.push(what),
        }
    }
    (postings, damaged)
}

fn stream(name: &str, bytes: impl Into<Vec<u8>>) -> (Vec<Posting>, Vec<Damaged>) {
    with(name, bytes, Options::default())
}

fn with(name: &str, bytes: impl Into<Vec<u8>>, options: Options) -> (Vec<Posting>, Vec<Damaged>) {
    sorted(read([Source::stream(name, Cursor::new(bytes.into()))], options))
}

fn folder(path: &Path) -> (Vec<Posting>, Vec<Damaged>) {
    sorted(read([Source::path(path)], Options::default()))
}

fn texts(postings: &[Posting]) -> Vec<&str> {
    postings.iter().map(|posting| posting.text.as_str()).collect()
}

/// The only thing that is wrong with a file that cannot be read at all.
fn refused(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let (postings, damaged) = stream(name, bytes);
    assert!(postings.is_empty(), "{name}: {postings:?}");
    assert_eq!(damaged.len(), 1, "{name}: {damaged:?}");
    assert_eq!(damaged[0].what, What::File, "{name}");
    assert!(damaged[0].to_string().starts_with(name));
    damaged[0].reason.clone()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("into memory");
    packed.finish().expect("into memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("into memory")
}
