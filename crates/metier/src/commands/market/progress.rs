//! How far a long run is, on standard error where somebody watches it.

use std::io::{IsTerminal, Write};

use metier_app::words::plural;
use metier_app::{Stage, Step};

/// Postings between two lines.
const EVERY: u64 = 1000;

/// A line that is written over.
pub struct Watched {
    watched: bool,
    last: Option<(Stage, u64)>,
}

impl Watched {
    pub fn new() -> Self {
        Self {
            watched: std::io::stderr().is_terminal(),
            last: None,
        }
    }

    /// Says how far it is, now and then.
    pub fn say(&mut self, step: Step<'_>) {
        let now = (step.stage, step.postings / EVERY);
        if !self.watched || (self.last == Some(now) && step.stage != Stage::Files) {
            return;
        }
        self.last = Some(now);
        let file = step.file.display();
        let postings = plural(step.postings, "posting", "postings");
        let said = match step.stage {
            Stage::Files => format!("looking at {file}"),
            Stage::Comparing => format!("{postings} compared, in {file}"),
            Stage::Reposts => format!("telling reposts among {postings} apart"),
            Stage::Counting => format!("{postings} counted, in {file}"),
        };
        // When standard error is closed nobody watches.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{said}");
        let _ = std::io::stderr().flush();
    }

    /// The line makes room for what follows.
    pub fn end(&self) {
        if self.watched {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
