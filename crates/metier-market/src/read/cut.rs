//! What cutting a stream yields, and the cutting of lines.

use super::feed::Feed;
use super::options::{Limits, size};

/// A block of whole documents, or why there is none.
#[derive(Debug)]
pub(super) struct Cut {
    /// The number of its first document, from 1.
    pub first: u64,
    /// How many numbers it takes.
    pub count: u64,
    /// Where it begins in the stream.
    pub at: u64,
    /// How long it is there.
    pub length: u64,
    /// Its bytes, or what is wrong with what stood there.
    pub bytes: Result<Vec<u8>, Broken>,
}

/// Why documents are lost.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// This document.
    Document(String),
    /// Everything from here to the end of the file.
    Rest(String),
}

/// Cuts a stream into blocks of whole lines.
pub(super) struct Lines {
    feed: Feed,
    next: u64,
    block: usize,
    longest: usize,
}

impl Lines {
    /// `next` is the number of the line the stream begins with.
    pub fn new(feed: Feed, next: u64, limits: &Limits) -> Self {
        Self {
            feed,
            next,
            block: limits.block.max(1),
            longest: limits.document.max(1),
        }
    }

    fn cut(&mut self, count: usize) -> Cut {
        let at = self.feed.offset;
        let bytes = self.feed.cut(count);
        let ended = usize::from(bytes.last() != Some(&b'\n'));
        let lines = (memchr::memchr_iter(b'\n', &bytes).count() + ended) as u64;
        let first = self.next;
        self.next += lines;
        Cut {
            first,
            count: lines,
            at,
            length: bytes.len() as u64,
            bytes: Ok(bytes),
        }
    }

    fn broken(&mut self, at: u64, broken: Broken) -> Cut {
        let first = self.next;
        self.next += 1;
        Cut {
            first,
            count: 1,
            at,
            length: self.feed.offset - at,
            bytes: Err(broken),
        }
    }
}

impl Iterator for Lines {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        self.feed.top_up(self.block);
        loop {
            if let Some(end) = memchr::memrchr(b'\n', self.feed.rest()) {
                return Some(self.cut(end + 1));
            }
            let at = self.feed.offset;
            let length = self.feed.rest().len();
            if length > self.longest {
                self.feed.pass_line(self.block);
                let reason = too_long("line", self.longest);
                return Some(self.broken(at, Broken::Document(reason)));
            }
            if self.feed.ended {
                if let Some(reason) = self.feed.failed.take() {
                    self.feed.drop_all();
                    return Some(self.broken(at, Broken::Rest(reason)));
                }
                return (length > 0).then(|| self.cut(length));
            }
            self.feed.fill((length * 2).clamp(self.block, self.longest + 1));
        }
    }
}

/// What is said of a document that is longer than allowed.
pub(super) fn too_long(what: &str, limit: usize) -> String {
    format!(
        "the {what} is longer than {}, the limit for one document",
        size(limit as u64)
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    fn limits(block: usize, document: usize) -> Limits {
        Limits {
            document,
            block,
            ..Limits::default()
        }
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over_and_the_next_one_read() {
        let text = format!("one\n{}\nthree", "x".repeat(1_000));
        let feed = Feed::new(Box::new(Cursor::new(text.into_bytes())), 0);
        let cuts: Vec<Cut> = Lines::new(feed, 1, &limits(8, 100)).collect();
        let told: Vec<(u64, bool)> = cuts.iter().map(|cut| (cut.first, cut.bytes.is_ok())).collect();
        assert_eq!(told, [(1, true), (2, false), (3, true)]);
        assert_eq!(cuts[2].at, 1_005);
        assert_eq!(cuts[2].bytes.as_deref(), Ok(b"three".as_slice()));
    }

    /// A stream without end and without a line end.
    struct Endless {
        given: u64,
        most: u64,
    }

    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.given >= self.most {
                return Err(std::io::Error::other("cut off by the test"));
            }
            into.fill(b'x');
            self.given += into.len() as u64;
            Ok(into.len())
        }
    }

    #[test]
    fn a_line_without_end_is_passed_over_in_bounded_memory() {
        let limits = limits(1 << 16, 1 << 20);
        let endless = Endless {
            given: 0,
            most: 1 << 30,
        };
        let mut lines = Lines::new(Feed::new(Box::new(endless), 0), 1, &limits);
        let mut most = 0;
        while let Some(cut) = lines.next() {
            assert!(cut.bytes.is_err());
            most = most.max(lines.feed.room());
        }
        assert!(most <= 4 * limits.document, "{most}");
        assert!(lines.feed.offset >= 1 << 30);
    }
}
