//! Markdown of the guide into blocks and runs of text. Only what the guide uses is known.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::Serialize;

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; of level 1 only the page's own.
    Heading {
        /// From 1.
        level: u8,
        /// What links to it call it.
        id: Option<String>,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// Words as one might say or write them.
    Quote(Vec<Run>),
    /// A list.
    List {
        /// With numbers.
        numbered: bool,
        /// Its items.
        items: Vec<Vec<Run>>,
    },
    /// A table.
    Table {
        /// The head of each column.
        head: Vec<Vec<Run>>,
        /// The cells, row by row.
        rows: Vec<Vec<Vec<Run>>>,
    },
}

impl Block {
    /// Every run of text in it.
    pub fn runs(&self) -> Vec<&Run> {
        match self {
            Self::Heading { runs, .. } | Self::Paragraph(runs) | Self::Quote(runs) => runs.iter().collect(),
            Self::List { items, .. } => items.iter().flatten().collect(),
            Self::Table { head, rows } => head.iter().chain(rows.iter().flatten()).flatten().collect(),
        }
    }
}

/// A run of text that looks alike throughout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Set off strongly.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    /// Set off, as titles and words that are quoted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub emphasis: bool,
    /// Where it leads: a page of the guide by its name, or an address of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// The words of some runs.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn events(source: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(source, options)
}

/// Reads a page.
pub fn read(source: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in events(source) {
        reader.take(event);
    }
    reader.blocks
}

/// What a page uses that is not known here: it would be lost.
#[cfg(test)]
pub fn unknown(source: &str) -> Vec<String> {
    events(source)
        .filter(|event| {
            !matches!(
                event,
                Event::Text(_)
                    | Event::SoftBreak
                    | Event::End(_)
                    | Event::Start(
                        Tag::Paragraph
                            | Tag::Heading { .. }
                            | Tag::BlockQuote(_)
                            | Tag::List(_)
                            | Tag::Item
                            | Tag::Table(_)
                            | Tag::TableHead
                            | Tag::TableRow
                            | Tag::TableCell
                            | Tag::Emphasis
                            | Tag::Strong
                            | Tag::Link { .. }
                    )
            )
        })
        .map(|event| format!("{event:?}"))
        .collect()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    /// How the next words look.
    look: Run,
    quoted: bool,
    list: Option<(bool, Vec<Vec<Run>>)>,
    row: Vec<Vec<Run>>,
    head: Vec<Vec<Run>>,
    rows: Vec<Vec<Vec<Run>>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.runs.last_mut() {
            Some(last)
                if last.strong == self.look.strong
                    && last.emphasis == self.look.emphasis
                    && last.to == self.look.to =>
            {
                last.text.push_str(text);
            }
            _ => self.runs.push(Run {
                text: text.to_owned(),
                ..self.look.clone()
            }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => self.blocks.push(Block::Heading {
                level: match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                },
                id: id.map(|id| id.to_string()),
                runs: Vec::new(),
            }),
            Tag::BlockQuote(_) => self.quoted = true,
            Tag::List(first) => self.list = Some((first.is_some(), Vec::new())),
            Tag::Emphasis => self.look.emphasis = true,
            Tag::Strong => self.look.strong = true,
            Tag::Link { dest_url, .. } => self.look.to = Some(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let words = std::mem::take(&mut self.runs);
                if let Some(Block::Heading { runs, .. }) = self.blocks.last_mut() {
                    *runs = words;
                }
            }
            // Within an item the words go to the item.
            TagEnd::Paragraph if self.list.is_some() => {}
            TagEnd::Paragraph => {
                let runs = std::mem::take(&mut self.runs);
                self.blocks.push(if self.quoted {
                    Block::Quote(runs)
                } else {
                    Block::Paragraph(runs)
                });
            }
            TagEnd::BlockQuote(_) => self.quoted = false,
            TagEnd::Item => {
                let runs = std::mem::take(&mut self.runs);
                if let Some((_, items)) = &mut self.list {
                    items.push(runs);
                }
            }
            TagEnd::List(_) => {
                if let Some((numbered, items)) = self.list.take() {
                    self.blocks.push(Block::List { numbered, items });
                }
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                self.row.push(runs);
            }
            TagEnd::TableHead => self.head = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.rows.push(row);
            }
            TagEnd::Table => {
                let (head, rows) = (std::mem::take(&mut self.head), std::mem::take(&mut self.rows));
                self.blocks.push(Block::Table { head, rows });
            }
            TagEnd::Emphasis => self.look.emphasis = false,
            TagEnd::Strong => self.look.strong = false,
            TagEnd::Link => self.look.to = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_looks_are_read() {
        let blocks = read(
            "# A *b*\n\nSee [*it*](x#y), **now**\nor never.\n\n> Said.\n\n1. one\n2. two\n\n| h |\n|---|\n| c |\n\n### Z {#z}\n",
        );
        let run = |text: &str| Run {
            text: text.into(),
            ..Run::default()
        };
        let link = Run {
            emphasis: true,
            to: Some("x#y".into()),
            ..run("it")
        };
        let strong = Run {
            strong: true,
            ..run("now")
        };
        assert_eq!(
            plain(&blocks[0].runs().into_iter().cloned().collect::<Vec<_>>()),
            "A b"
        );
        assert_eq!(
            blocks[1],
            Block::Paragraph(vec![run("See "), link, run(", "), strong, run(" or never.")])
        );
        assert_eq!(blocks[2], Block::Quote(vec![run("Said.")]));
        assert_eq!(
            blocks[3],
            Block::List {
                numbered: true,
                items: vec![vec![run("one")], vec![run("two")]]
            }
        );
        assert_eq!(
            blocks[4],
            Block::Table {
                head: vec![vec![run("h")]],
                rows: vec![vec![vec![run("c")]]]
            }
        );
        assert_eq!(
            blocks[5],
            Block::Heading {
                level: 3,
                id: Some("z".into()),
                runs: vec![run("Z")]
            }
        );
    }
}
