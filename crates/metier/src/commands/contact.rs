//! `contact`: whom one knows, what they offer, when one spoke, and cards both ways.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{self, card_here, card_lines_left_out, day, next_touch, offered};
use metier_app::{AppError, Kind, Metier, cards_of, find_entry, read_cards};
use metier_core::id::EntryId;
use metier_core::journal::{Entry, Noted, view};
use metier_core::network::{Contact, Network, NextTouch, Offer, OfferKind, Reach, ReachKind, Touch, Wanted};
use serde_json::{Value, json};

use super::recorded::{on, recorded};
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// The largest file of cards that is read.
const FILE_MAX: u64 = 17 << 20;

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
    name: String,
    #[command(flatten)]
    told: Told,
}

/// What can be said of somebody.
#[derive(Debug, Args)]
pub struct Told {
    /// What they do
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// What they can offer: support, opportunity or platform, with = and what exactly; may be given again
    #[arg(long, value_name = "KIND[=WHAT]")]
    offer: Vec<String>,
    /// A mail address; may be given again
    #[arg(long, value_name = "ADDRESS")]
    mail: Vec<String>,
    /// A telephone number; may be given again
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// An address of the web; may be given again
    #[arg(long, value_name = "URL")]
    web: Vec<String>,
    /// A word to find them by; may be given again
    #[arg(long, value_name = "WORD")]
    category: Vec<String>,
    /// Whatever else
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A day for the next word
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// About what
    #[arg(long, value_name = "TEXT", requires = "next")]
    about: Option<String>,
}

/// Whom to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Words that stand in what is noted of them
    words: Vec<String>,
    /// Who offers this: support, opportunity or platform
    #[arg(long, value_enum, hide_possible_values = true)]
    offer: Option<OfferWord>,
    /// Who is in this category
    #[arg(long, value_name = "WORD")]
    category: Option<String>,
}

/// Which one.
#[derive(Debug, Args)]
pub struct WhichArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    which: String,
}

/// That one spoke.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier contact touch \"Rosa Diaz\" --words \"will read the draft\" --next 2027-02-01")]
pub struct TouchArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    which: String,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    /// On which day; absent: today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// A day for the next word; absent: none is chosen
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// About what
    #[arg(long, value_name = "TEXT", requires = "next")]
    about: Option<String>,
}

/// What to change.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The contact: as the list shows it, or the name
    #[arg(value_name = "CONTACT")]
    which: String,
    /// Their name
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    told: Told,
    /// No day is chosen any more
    #[arg(long, conflicts_with = "next")]
    no_next: bool,
}

/// A file to look at.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file of cards
    file: PathBuf,
    /// Take in everybody who is not here yet; without it the file is only looked at
    #[arg(long)]
    yes: bool,
    /// Take in only the card at this place of the list; may be given again
    #[arg(long, value_name = "NUMBER", requires = "yes")]
    card: Vec<usize>,
}

/// A file to write.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The file; nothing is overwritten
    file: PathBuf,
    /// Only this contact; may be given again
    #[arg(long, value_name = "CONTACT")]
    contact: Vec<String>,
    /// With your notes of them
    #[arg(long)]
    notes: bool,
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
    fn kind(self) -> OfferKind {
        match self {
            Self::Support => OfferKind::Support,
            Self::Opportunity => OfferKind::Opportunity,
            Self::Platform => OfferKind::Platform,
        }
    }
}

/// Does it.
pub async fn run(command: ContactCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        ContactCommand::Add(args) => add(args, session).await,
        ContactCommand::List(args) => list(args, session).await,
        ContactCommand::Show(args) => show(&args, session).await,
        ContactCommand::Touch(args) => touch(args, session).await,
        ContactCommand::Change(args) => change(args, session).await,
        ContactCommand::Import(args) => import(args, session).await,
        ContactCommand::Export(args) => export(&args, session).await,
    }
}

/// The contact a word names: its entry as lists show it, or its name where only one has it.
pub fn find_contact(entries: &[Entry], network: &Network<'_>, word: &str) -> Result<EntryId, AppError> {
    let lower = word.trim().to_lowercase();
    let named: Vec<EntryId> = network
        .contacts
        .iter()
        .filter(|c| c.what.name.to_lowercase() == lower)
        .map(|c| c.id)
        .collect();
    match named.as_slice() {
        [one] => return Ok(*one),
        [] => {}
        several => {
            let ids: Vec<String> = several.iter().map(|id| short(*id)).collect();
            return Err(AppError::input(format!("several contacts are called {word}"))
                .hint(format!("Name one by its entry: {}.", ids.join(", "))));
        }
    }
    let found = find_entry(entries, word).ok();
    found
        .filter(|id| network.contacts.iter().any(|c| c.id == *id))
        .ok_or_else(|| {
            AppError::not_found(format!("no contact goes by `{word}`"))
                .hint("`metier contact list` shows those there are.")
        })
}

fn offers(told: &[String]) -> Result<Vec<Offer>, AppError> {
    let read = |text: &String| {
        let (kind, what) = text.split_once('=').unwrap_or((text, ""));
        let kind = OfferWord::from_str(kind.trim(), true).map_err(|_| {
            AppError::input(format!("`{kind}` is nothing that is offered"))
                .hint("Say support, opportunity or platform, as in --offer support=\"reads drafts\".")
        })?;
        Ok(Offer {
            kind: kind.kind(),
            what: what.trim().to_owned(),
        })
    };
    told.iter().map(read).collect()
}

fn reach(told: &Told) -> Vec<Reach> {
    let of = |kind: ReachKind, values: &[String]| -> Vec<Reach> {
        let value = |value: &String| Reach {
            kind,
            value: value.trim().to_owned(),
        };
        values.iter().map(value).collect()
    };
    let mut all = of(ReachKind::Mail, &told.mail);
    all.extend(of(ReachKind::Phone, &told.phone));
    all.extend(of(ReachKind::Web, &told.web));
    all
}

fn next(on: Option<Date>, about: Option<String>) -> Option<NextTouch> {
    on.map(|on| NextTouch {
        on,
        what: about.unwrap_or_default(),
    })
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let told = args.told;
    let contact = Contact {
        name: args.name.trim().to_owned(),
        offers: offers(&told.offer)?,
        reach: reach(&told),
        title: told.title.unwrap_or_default(),
        organisation: told.organisation.unwrap_or_default(),
        categories: told.category,
        note: told.note.unwrap_or_default(),
        next: next(told.next, told.about),
        card: String::new(),
    };
    let said = format!("Noted: {}.", contact.name);
    let id = metier.know(contact).await?;
    recorded(session, &metier, vec![id], &said, &[], None).await
}

fn as_json(network: &Network<'_>, contact: &Noted<'_, Contact>) -> Value {
    let last = network.touches_of(contact.id).last().map(|t| t.on);
    json!({
        "entry": contact.id,
        "contact": contact.what,
        "last_touch": last,
        "next_touch": network.next_with(contact),
    })
}

fn line(network: &Network<'_>, contact: &Noted<'_, Contact>, today: Date) -> String {
    let what = contact.what;
    let mut said = what.name.clone();
    for part in [&what.title, &what.organisation] {
        if !part.is_empty() {
            said += &format!(", {part}");
        }
    }
    let offers: Vec<String> = what.offers.iter().map(offered).collect();
    if !offers.is_empty() {
        said += &format!(". Offers {}", words::list(&offers));
    }
    match network.touches_of(contact.id).last() {
        Some(last) => said += &format!(". Spoke {}", words::ago(last.on, today)),
        None => said += ". Not spoken yet",
    }
    if let Some(next) = network.next_with(contact) {
        said += &format!("; next {}", next_touch(next));
    }
    said + "."
}

async fn list(args: ListArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
    let wanted = Wanted {
        words: args.words.join(" "),
        offers: args.offer.map(OfferWord::kind),
        category: args.category.unwrap_or_default(),
    };
    let found = network.found(&wanted);
    let coming: Vec<_> = network
        .next_touches()
        .into_iter()
        .filter(|c| c.next.on >= today)
        .collect();
    let value = json!({
        "contacts": found.iter().map(|c| as_json(&network, c)).collect::<Vec<_>>(),
        "coming": coming.iter().map(|c| json!({"entry": c.entry, "name": c.name, "next": c.next})).collect::<Vec<_>>(),
    });
    session.answer(&value, |paper| {
        if network.contacts.is_empty() {
            return "Nobody yet: metier contact add NAME --offer support\n".into();
        }
        if found.is_empty() {
            return "Nobody fits that.\n".into();
        }
        let mut text = String::new();
        for contact in &found {
            text += &format!(
                "{}{}\n",
                paper.paragraph("", 2, &line(&network, contact, today)),
                paper.faint(&format!("  [{}]", short(contact.id)))
            );
        }
        if wanted.anybody() && !coming.is_empty() {
            text += &format!("\n{}\n", paper.strong("Days you chose"));
            for one in &coming {
                text += &format!(
                    "{}\n",
                    paper.paragraph("", 2, &format!("{}: {}", one.name, next_touch(one.next)))
                );
            }
        }
        text
    })
}

async fn show(args: &WhichArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
    let id = find_contact(&entries, &network, &args.which)?;
    let Some(contact) = network.contacts.iter().find(|c| c.id == id) else {
        return Err(AppError::not_found(format!(
            "no contact goes by `{}`",
            args.which
        )));
    };
    let touches: Vec<_> = network.touches_of(id).collect();
    let mut value = as_json(&network, contact);
    value["touches"] = touches
        .iter()
        .map(|t| json!({"entry": t.id, "on": t.on, "words": t.what.words}))
        .collect();
    session.answer(&value, |paper| {
        let mut text = format!("{}\n", paper.paragraph("", 2, &line(&network, contact, today)));
        for reach in &contact.what.reach {
            text += &format!("  {}\n", reach.value);
        }
        if !contact.what.note.is_empty() {
            text += &format!("{}\n", paper.paragraph("  ", 2, &contact.what.note));
        }
        for touch in touches.iter().rev() {
            let words = match touch.what.words.as_str() {
                "" => "spoke",
                words => words,
            };
            text += &format!(
                "{}\n",
                paper.paragraph("", 2, &format!("{}: {words}", day(touch.on)))
            );
        }
        text
    })
}

async fn touch(args: TouchArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, name, _) = one(&metier, &args.which).await?;
    let touch = Touch {
        contact: id,
        words: args.words.unwrap_or_default().trim().to_owned(),
        next: next(args.next, args.about),
    };
    let on_day = session.day(args.on);
    let entry = metier.spoke(on_day, touch).await?;
    let said = format!("Noted: spoke with {name}{}.", on(on_day, session));
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

/// A contact as it stands: entry, name and what is noted, its next day included.
async fn one(metier: &Metier, word: &str) -> Result<(EntryId, String, Contact), AppError> {
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
    let id = find_contact(&entries, &network, word)?;
    let found = network.contacts.iter().find(|c| c.id == id);
    let found = found.ok_or_else(|| AppError::not_found(format!("no contact goes by `{word}`")))?;
    let contact = Contact {
        next: network.next_with(found).cloned(),
        ..found.what.clone()
    };
    Ok((id, contact.name.clone(), contact))
}

async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _, mut contact) = one(&metier, &args.which).await?;
    let told = args.told;
    let fresh = reach(&told);
    for kind in [ReachKind::Mail, ReachKind::Phone, ReachKind::Web] {
        if fresh.iter().any(|r| r.kind == kind) {
            contact.reach.retain(|r| r.kind != kind);
        }
    }
    contact.reach.extend(fresh);
    if !told.offer.is_empty() {
        contact.offers = offers(&told.offer)?;
    }
    if !told.category.is_empty() {
        contact.categories = told.category;
    }
    let texts = [
        (args.name, &mut contact.name),
        (told.title, &mut contact.title),
        (told.organisation, &mut contact.organisation),
        (told.note, &mut contact.note),
    ];
    for (said, field) in texts {
        if let Some(said) = said {
            said.trim().clone_into(field);
        }
    }
    if args.no_next {
        contact.next = None;
    }
    if let Some(next) = next(told.next, told.about) {
        contact.next = Some(next);
    }
    let said = format!(
        "Changed: {}. What stood before stays in the journal.",
        contact.name
    );
    let entry = metier.change_contact(id, contact).await?;
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

async fn import(args: ImportArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let name = args.file.display().to_string();
    let bytes = read_file(&args.file)?;
    let seen = read_cards(&name, &bytes, &entries)?;
    let places: Vec<usize> = if args.card.is_empty() {
        let new = seen.cards.iter().enumerate().filter(|(_, c)| c.here.is_none());
        new.map(|(place, _)| place).collect()
    } else {
        args.card.iter().map(|n| n.wrapping_sub(1)).collect()
    };
    if let Some(wrong) = places.iter().find(|p| **p >= seen.cards.len()) {
        return Err(
            AppError::input(format!("there is no card {}", wrong.wrapping_add(1)))
                .hint(format!("The file has {}.", seen.cards.len())),
        );
    }
    let taken = if args.yes {
        metier.take_in_cards(&seen, &places).await?
    } else {
        0
    };
    metier.close().await;
    let value = json!({"cards": seen.cards, "left_out": seen.left_out, "taken_in": taken});
    session.answer(&value, |paper| {
        let mut text = String::new();
        for (n, card) in (1..).zip(&seen.cards) {
            let here = card.here.as_ref().map_or_else(String::new, |h| format!(" ({})", card_here(h)));
            text += &format!("{}\n", paper.paragraph("", 6, &format!("{n:>4}  {}{here}", card.contact.name)));
        }
        let left_out = card_lines_left_out(&seen.left_out);
        if !left_out.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 2, &left_out));
        }
        if args.yes {
            text += &format!("Taken in: {taken}.\n");
        } else {
            text += &format!(
                "Nobody was taken in. {} not here yet: add --yes for them, or --yes --card NUMBER for some.\n",
                seen.new_ones()
            );
        }
        text
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |e: std::io::Error| {
        AppError::new(Kind::Machine, format!("{} cannot be read: {e}", path.display()))
            .hint("Give the path of a file of cards; it ends in .vcf.")
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > FILE_MAX {
        return Err(
            AppError::input(format!("{} is larger than 16 MB", path.display()))
                .hint("Export fewer contacts at a time, or leave out their pictures."),
        );
    }
    std::fs::read(path).map_err(failed)
}

async fn export(args: &ExportArgs, session: &Session) -> Result<Answer, AppError> {
    use std::io::Write;
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let view = view(&entries, jiff::Timestamp::MAX);
    let network = Network::of(&view);
    let which = args
        .contact
        .iter()
        .map(|word| find_contact(&entries, &network, word))
        .collect::<Result<Vec<_>, _>>()?;
    if network.contacts.is_empty() {
        return Err(AppError::not_ready("there is nobody to write a card of")
            .hint("`metier contact add NAME` notes somebody."));
    }
    let text = cards_of(&network, &which, args.notes);
    let mut file = std::fs::File::create_new(&args.file).map_err(|e| {
        AppError::new(
            Kind::Machine,
            format!("{} cannot be written: {e}", args.file.display()),
        )
        .hint("Give another name; nothing is overwritten.")
    })?;
    file.write_all(text.as_bytes()).map_err(|e| {
        AppError::new(
            Kind::Machine,
            format!("{} cannot be written: {e}", args.file.display()),
        )
    })?;
    let written = if which.is_empty() {
        network.contacts.len()
    } else {
        which.len()
    };
    session.answer(&json!({"written": written, "file": args.file}), |_| {
        format!(
            "Written: {} to {}.\n",
            words::plural(written as u64, "card", "cards"),
            args.file.display()
        )
    })
}
