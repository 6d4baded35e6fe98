//! `scan`, `redact` and `names`: what others would see, and what stays out of it.

use clap::{Args, ValueEnum};
use metier_app::words::{self, capital, plural};
use metier_app::{AppError, InItsPlace, find_entry, shown_to};
use metier_core::disclosure::{
    LeftOut, Outcome, Piece, Reader, Scan, Scanned, SharedText, View, What, Which, Whose, scan,
};
use serde_json::json;

use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// What to look at before sharing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier scan                       everything, as a packet would show it
  metier scan --for public last     one entry, as a public page would
  metier scan --to \"Mo\" --shared    what Mo sees today
  metier scan last --shared Mo      notes that you showed Mo the last entry, and lists what was shown
Exit status 1: something that will be seen looks like a name.")]
pub struct ScanArgs {
    /// Which entries, as `metier log --list` shows them, or `last`; all when none is named
    entry: Vec<String>,
    /// Where they would be seen
    #[arg(
        long = "for",
        value_name = "VIEW",
        default_value = "packet",
        hide_possible_values = true,
        help = "Where they would be seen: packet, feedback, receipt or public"
    )]
    view: ViewWord,
    /// By whom
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Only what is shared already, as it is shared; with a name: note that you showed it to them
    #[arg(long, value_name = "WITH", num_args = 0..=1, default_missing_value = "")]
    shared: Option<String>,
    /// The day you showed it: 2026-03-04, today or yesterday
    #[arg(long, value_name = "DATE", requires = "shared")]
    on: Option<Day>,
}

/// Where others see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewWord {
    /// A packet or a review sheet
    Packet,
    /// A form by which somebody gives feedback
    Feedback,
    /// A receipt
    Receipt,
    /// A public page
    Public,
}

fn view(word: ViewWord) -> View {
    match word {
        ViewWord::Packet => View::Packet,
        ViewWord::Feedback => View::FeedbackForm,
        ViewWord::Receipt => View::Receipt,
        ViewWord::Public => View::Public,
    }
}

/// Shows exactly what would be seen.
pub async fn run(args: ScanArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let waits = super::feedback::waits(&metier).await?;
    let chosen: Result<_, AppError> = args.entry.iter().map(|word| find_entry(&entries, word)).collect();
    let roots = metier_core::journal::View::roots(&entries);
    let chosen: std::collections::HashSet<_> = Vec::into_iter(chosen?)
        .map(|id| roots.get(&id).copied().unwrap_or(id))
        .collect();
    let in_view = view(args.view);
    if let Some(with) = args.shared.as_deref().filter(|with| !with.is_empty()) {
        let ids: Vec<_> = chosen.into_iter().collect();
        let many = metier
            .note_shown(&ids, with, session.day(args.on), in_view)
            .await?;
        let history = shown_to(&metier.read().await?.0);
        metier.close().await;
        return session.answer(&json!({"noted": many, "shown": history}), |_| {
            let mut text = format!(
                "Noted: you showed {} {}.\nShown so far:\n",
                with,
                plural(many as u64, "thing", "things")
            );
            for one in &history {
                let things = plural(one.entries.len() as u64, "thing", "things");
                text += &format!("  {}  {things} to {}\n", one.on, one.with);
            }
            text
        });
    }
    metier.close().await;
    if args.shared.is_some() && !chosen.is_empty() {
        return Err(
            AppError::input("--shared shows what is shared already, of everything")
                .hint("Leave the entries out; or name whom you showed them to: --shared NAME"),
        );
    }
    let which = match (args.shared.is_some(), chosen.is_empty()) {
        (true, _) => Which::AsShared,
        (false, true) => Which::AllIfShared,
        (false, false) => Which::IfShared(&chosen),
    };
    let reader = match (&args.to, in_view) {
        (Some(name), _) => Reader::Party(name.clone()),
        (None, View::Public) => Reader::Anyone,
        (None, _) => Reader::Party("whoever you give it to".into()),
    };
    let scan = scan(&entries, session.surroundings.now(), which, &reader, in_view);
    let clean = scan.warnings().next().is_none();
    session.answer_to(clean, &scan, |paper| {
        let mut text = head(&scan, in_view);
        for item in &scan.items {
            text += &one(item, paper);
        }
        text + &foot(&scan) + &waits
    })
}

fn head(scan: &Scan<'_>, in_view: View) -> String {
    let seen = scan.seen().count() as u64;
    let left = scan.items.len() as u64 - seen;
    let things = match seen {
        0 => "nothing".to_owned(),
        n => plural(n, "thing", "things"),
    };
    let with = match scan.replaced() as u64 {
        0 => String::new(),
        n => format!(" with {} replaced", plural(n, "name", "names")),
    };
    let and = match left {
        0 => String::new(),
        n => format!(", and {} left out", words::number(n)),
    };
    format!(
        "In {}, {things} would be seen{with}{and}.\n",
        words::view(in_view)
    )
}

fn foot(scan: &Scan<'_>) -> String {
    let mut text = String::new();
    let warnings = scan.warnings().count() as u64;
    if warnings > 0 {
        let what = plural(
            warnings,
            "word or number that looks like a name",
            "words or numbers that look like names",
        );
        text += &format!(
            "{} would be seen. Write what others read (metier redact ENTRY \"…\"), or keep a name out: metier names \"NAME\"\n",
            capital(&what)
        );
    }
    if scan.left_out(LeftOut::NoTextForOthers) > 0 {
        text += "What is confidential is seen once you write what others read in its place: metier redact ENTRY \"…\"\n";
    }
    text
}

fn one(item: &Scanned<'_>, paper: Paper) -> String {
    let id = paper.faint(&format!("[{}]", short(item.entry)));
    let mut text = String::new();
    match &item.outcome {
        Outcome::LeftOut(reason) => {
            let line = match item.line() {
                "" => capital(&words::sort(&item.what)),
                line => line.to_owned(),
            };
            text += &format!("{}\n", paper.paragraph(&id, 12, &line));
            text += &format!(
                "{}\n",
                paper.faint(&paper.paragraph("", 12, words::left_out(*reason)))
            );
        }
        Outcome::Seen(seen) => {
            let mut lead = id.as_str();
            if !matches!(item.what, What::Evidence { .. }) {
                let sort = paper.faint(&capital(&words::sort(&item.what)));
                text += &format!("{}\n", paper.paragraph(lead, 12, &sort));
                lead = "";
            }
            for (field, words) in seen.texts() {
                let said = match *field {
                    "title" | "redacted" => marked(words),
                    other => format!("{}: {}", words::field(other), marked(words)),
                };
                text += &format!("{}\n", paper.paragraph(lead, 12, &said));
                lead = "";
            }
            for (words, like) in seen.looks() {
                let look = format!("Look: “{words}” looks like {}.", words::like(like));
                text += &format!("{}\n", paper.paragraph("", 12, &look));
            }
        }
    }
    text
}

/// A text as it would be seen, with marks around what looks like a name.
fn marked(text: &SharedText) -> String {
    text.pieces()
        .iter()
        .map(|piece| match piece {
            Piece::Plain(words) => words.clone(),
            Piece::Replaced(instead) => (*instead).to_owned(),
            Piece::Looks { words, .. } => format!("»{words}«"),
        })
        .collect()
}

/// What others read of an entry.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier redact last \"Calmed a frightened patient\"   others read this and nothing else of it
  metier redact 3f9a2c --nothing                      others read nothing of it
  metier redact 3f9a2c --as-it-stands                 others read it as it stands
Nobody sees it by this alone. What somebody else said stays as they said it; others read your wording.")]
pub struct RedactArgs {
    /// Which entry, as `metier log --list` and `metier scan` show it, or `last`
    entry: String,
    /// What others read in its place
    #[arg(required_unless_present_any = ["nothing", "as_it_stands"])]
    text: Option<String>,
    /// Others read nothing of it
    #[arg(long, conflicts_with_all = ["text", "as_it_stands"])]
    nothing: bool,
    /// Others read it as it stands
    #[arg(long, conflicts_with = "text")]
    as_it_stands: bool,
}

/// Says what others read of an entry.
pub async fn redact(args: RedactArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let entry = find_entry(&entries, &args.entry)?;
    let (what, said) = match args.text {
        Some(text) => (InItsPlace::Text(text), "Others read your text in its place.\n"),
        None if args.nothing => (InItsPlace::Nothing, "Others read nothing of it.\n"),
        None => (
            InItsPlace::Itself,
            "Others read it as it stands, where you share it.\n",
        ),
    };
    let recorded = metier.for_others(entry, what).await;
    metier.close().await;
    let recorded = recorded?;
    session.answer(&json!({"entry": entry, "recorded": recorded}), |_| {
        said.to_owned()
    })
}

/// Names that stay out of everything others see.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier names                                  the list
  metier names \"Edith Moss\" --whose patient
  metier names --remove \"Edith Moss\"
In everything others see, [a patient] stands in place of the name, whatever its case and accents.")]
pub struct NamesArgs {
    /// Names to keep out
    name: Vec<String>,
    /// Whose they are, which says what stands in their place
    #[arg(
        long,
        value_name = "WHOSE",
        default_value = "other",
        requires = "name",
        hide_possible_values = true,
        help = "Whose they are, which says what stands in their place: patient, client, employer or other"
    )]
    whose: WhoseWord,
    /// Take a name off the list, and erase it for good
    #[arg(long, value_name = "NAME", conflicts_with = "name")]
    remove: Option<String>,
}

/// Whose name is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WhoseWord {
    /// Somebody in one's care
    Patient,
    /// Who pays
    Client,
    /// A secret of the employer
    Employer,
    /// Somebody or something
    Other,
}

/// Lists names, adds some, takes one off.
pub async fn names(args: NamesArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let mut said = String::new();
    if let Some(name) = &args.remove {
        let there = metier.names_kept_out().await?;
        let found = there
            .iter()
            .find(|(_, kept)| kept.name.to_lowercase() == name.trim().to_lowercase());
        let (id, _) = found.ok_or_else(|| {
            AppError::not_found(format!("“{name}” is not on the list")).hint("`metier names` shows it.")
        })?;
        metier.no_longer_keep_out(*id).await?;
        said = "Taken off the list, and erased for good.\n".into();
    } else if !args.name.is_empty() {
        let whose = match args.whose {
            WhoseWord::Patient => Whose::Patient,
            WhoseWord::Client => Whose::Client,
            WhoseWord::Employer => Whose::Employer,
            WhoseWord::Other => Whose::Other,
        };
        let new = metier.keep_out(&args.name, whose).await?;
        said = match new {
            0 => "On the list already.\n".into(),
            n => format!(
                "{} from now on.\n",
                capital(&plural(n as u64, "name stays out", "names stay out"))
            ),
        };
    }
    let there = metier.names_kept_out().await?;
    metier.close().await;
    let list: Vec<_> = there
        .iter()
        .map(|(id, kept)| json!({"entry": id, "name": kept.name, "whose": kept.whose}))
        .collect();
    session.answer(&list, |paper| {
        if !said.is_empty() {
            return said;
        }
        if there.is_empty() {
            return "No name is kept out yet. Add one: metier names \"NAME\" --whose patient\n".into();
        }
        let mut text = format!(
            "{} out of everything others see:\n",
            capital(&plural(there.len() as u64, "name stays", "names stay"))
        );
        for (_, kept) in &there {
            text += &format!(
                "{}\n",
                paper.paragraph("  -", 4, &format!("{} ({})", kept.name, words::whose(kept.whose)))
            );
        }
        text
    })
}
