//! Reads postings and says how many there were: `cargo run --release -p metier-market --example read -- PATH...`

use metier_market::read::{Options, Read, Source, read};

fn main() {
    let sources: Vec<Source> = std::env::args().skip(1).map(Source::path).collect();
    let (mut postings, mut bytes, mut dated, mut damaged) = (0_u64, 0_u64, 0_u64, 0_u64);
    for read in read(sources, Options::default()) {
        match read {
            Read::Posting(posting) => {
                postings += 1;
                bytes += posting.text.len() as u64;
                dated += u64::from(posting.date.is_some());
            }
            Read::Damaged(what) => {
                damaged += 1;
                eprintln!("{what}");
            }
        }
    }
    println!("{postings} postings with {bytes} bytes of text, {dated} of them dated; {damaged} damaged");
}
