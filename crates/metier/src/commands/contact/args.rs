//! What is typed of contacts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_core::network::OfferKind;

use crate::day::Day;

/// What to do about contacts.
#[derive(Debug, Subcommand)]
pub enum ContactCommand {
    /// Note somebody you know
    Add(AddArgs),
    /// Those you know, and the days you chose to speak next
    List(ListArgs),
    /// One of them, with everything that was spoken
    Show(WhichArgs),
    /// Note that you spoke with somebody
    Touch(TouchArgs),
    /// Change what is noted; what is not given stays
    Change(ChangeArgs),
    /// What is in a file of cards (.vcf); takes in those not here yet with --yes
    Import(ImportArgs),
    /// Write cards (.vcf): all of them, or some
    Export(ExportArgs),
}

/// Somebody to note.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier contact add \"Rosa Diaz\" --organisation \"The Weekly\" --offer support=\"reads drafts\" --next 2027-01-15
  metier contact add Al --offer platform")]
pub struct AddArgs {
    /// Their name
    pub(super) name: String,
    /// It is somebody else of the name of one who is there
    #[arg(long)]
    pub(super) another: bool,
    #[command(flatten)]
    pub(super) told: Told,
}

/// What can be said of somebody.
#[derive(Debug, Args)]
pub struct Told {
    /// What they do
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Where
    #[arg(long, value_name = "NAME")]
    pub(super) organisation: Option<String>,
    /// What they can offer: support, opportunity or platform, with = and what exactly; may be given again
    #[arg(long, value_name = "KIND[=WHAT]")]
    pub(super) offer: Vec<String>,
    /// A mail address; may be given again
    #[arg(long, value_name = "ADDRESS")]
    pub(super) mail: Vec<String>,
    /// A telephone number; may be given again
    #[arg(long, value_name = "NUMBER")]
    pub(super) phone: Vec<String>,
    /// An address of the web; may be given again
    #[arg(long, value_name = "URL")]
    pub(super) web: Vec<String>,
    /// A word to find them by; may be given again
    #[arg(long, value_name = "WORD")]
    pub(super) category: Vec<String>,
    /// Whatever else
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// A day for the next word
    #[arg(long, value_name = "DATE")]
    pub(super) next: Option<Date>,
    /// About what
    #[arg(long, value_name = "TEXT", requires = "next")]
    pub(super) about: Option<String>,
}

/// Whom to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Words that stand in what is noted of them
    pub(super) words: Vec<String>,
    /// Who offers this: support, opportunity or platform
    #[arg(long, value_enum, hide_possible_values = true)]
    pub(super) offer: Option<OfferWord>,
    /// Who is in this category
    #[arg(long, value_name = "WORD")]
    pub(super) category: Option<String>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct WhichArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    pub(super) which: String,
}

/// That one spoke.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier contact touch \"Rosa Diaz\" --words \"will read the draft\" --next 2027-02-01")]
pub struct TouchArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    pub(super) which: String,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    pub(super) words: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<Day>,
    /// A day for the next word; absent: none is chosen
    #[arg(long, value_name = "DATE")]
    pub(super) next: Option<Date>,
    /// About what
    #[arg(long, value_name = "TEXT", requires = "next")]
    pub(super) about: Option<String>,
}

/// What to change.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    pub(super) which: String,
    /// Their name
    #[arg(long)]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) told: Told,
    /// No day is chosen any more
    #[arg(long, conflicts_with = "next")]
    pub(super) no_next: bool,
}

/// A file to look at.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file of cards
    pub(super) file: PathBuf,
    /// Take in everybody who is not here yet; without it the file is only looked at
    #[arg(long)]
    pub(super) yes: bool,
    /// Take in only the card at this place of the list; may be given again
    #[arg(long, value_name = "NUMBER", requires = "yes")]
    pub(super) card: Vec<usize>,
}

/// A file to write.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The file; nothing is overwritten
    pub(super) file: PathBuf,
    /// Only this contact; may be given again
    #[arg(long, value_name = "CONTACT")]
    pub(super) contact: Vec<String>,
    /// With your notes of them
    #[arg(long)]
    pub(super) notes: bool,
    /// Which version of cards: 3.0, which every program reads, or 4.0
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub(super) vcard: CardVersion,
}

/// A version of cards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum CardVersion {
    /// RFC 2426
    #[default]
    #[value(name = "3.0")]
    V3,
    /// RFC 6350
    #[value(name = "4.0")]
    V4,
}

/// What somebody offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OfferWord {
    /// Advice, a second pair of eyes, an ear
    Support,
    /// Work, introductions
    Opportunity,
    /// Somewhere to speak, write, show
    Platform,
}

impl OfferWord {
    pub(super) fn kind(self) -> OfferKind {
        match self {
            Self::Support => OfferKind::Support,
            Self::Opportunity => OfferKind::Opportunity,
            Self::Platform => OfferKind::Platform,
        }
    }
}
