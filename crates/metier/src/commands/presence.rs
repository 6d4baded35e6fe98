//! `presence`: where one shows, what is claimed there, and what of it does not fit.

use std::io::Read;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use metier_app::words::{Words, channel_kind, day, tells_of};
use metier_app::{AppError, AsOf, Kind, competency_of, find_entry, rung_of};
use metier_core::framework::Framework;
use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::presence::{
    Asserted, Brand, Channel, ChannelKind, Expresses, Presence, PublicClaim, Tells, TellsOf, sentences,
};
use serde_json::json;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::session::Session;

/// The largest text that is taken apart.
const TEXT_MAX: u64 = 200_000;

/// What to do about what one shows.
#[derive(Debug, Subcommand)]
pub enum PresenceCommand {
    /// Note where you show: a site, a profile, a talk
    Add(AddArgs),
    /// Add a claim to a channel, or every sentence of a text; or link one that is there
    Claim(Box<ClaimArgs>),
    /// The channels with their claims
    List,
    /// What does not fit your record, another channel, or your values
    Check,
}

/// A channel to note.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier presence add \"My site\" --kind site --url https://example.org --looked 2026-11-20")]
pub struct AddArgs {
    /// What you call it
    name: String,
    /// site, profile, bio, resume, talk, writing, in-person or other
    #[arg(long, value_enum, default_value = "profile", hide_possible_values = true)]
    kind: KindWord,
    /// Where it is; nobody looks there but you
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// When you last looked at it
    #[arg(long, value_name = "DATE")]
    looked: Option<Date>,
}

/// A claim.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier presence claim \"My site\" \"I edit for three magazines\" --asserts edit-a-text=reliable
  metier presence claim \"My site\" \"Writing since 2014\" --tells since=2014
  metier presence claim \"My site\" --at 2 --expresses Plainness
  metier presence claim \"My site\" --paste < profile.txt")]
pub struct ClaimArgs {
    /// The channel: as the list shows it, or its name
    #[arg(value_name = "CHANNEL")]
    channel: String,
    /// As it stands there
    #[arg(required_unless_present_any = ["at", "paste"])]
    words: Option<String>,
    /// The claim at this place of the list; what is given takes the place of what it had
    #[arg(long, value_name = "NUMBER")]
    at: Option<usize>,
    /// It stands there no longer
    #[arg(long, requires = "at")]
    remove: bool,
    /// Every sentence of the text on standard input becomes a claim
    #[arg(long, conflicts_with_all = ["at", "words"])]
    paste: bool,
    /// The competency it asserts, with the step
    #[arg(long, value_name = "COMPETENCY=STEP")]
    asserts: Option<String>,
    /// What it tells: position, organisation, profession, since, credential or place, with = and what
    #[arg(long, value_name = "OF=WHAT")]
    tells: Option<String>,
    /// A value it expresses; may be given again
    #[arg(long, value_name = "VALUE")]
    expresses: Vec<String>,
    /// A value it goes against; may be given again
    #[arg(long, value_name = "VALUE")]
    strains: Vec<String>,
}

/// A sort of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// One's own site
    Site,
    /// A profile in a network
    Profile,
    /// A short biography
    Bio,
    /// A resume
    Resume,
    /// A talk
    Talk,
    /// Writing in public
    Writing,
    /// How one introduces oneself
    InPerson,
    /// Anything else
    Other,
}

impl KindWord {
    fn kind(self) -> ChannelKind {
        match self {
            Self::Site => ChannelKind::Site,
            Self::Profile => ChannelKind::Profile,
            Self::Bio => ChannelKind::Bio,
            Self::Resume => ChannelKind::Resume,
            Self::Talk => ChannelKind::Talk,
            Self::Writing => ChannelKind::Writing,
            Self::InPerson => ChannelKind::InPerson,
            Self::Other => ChannelKind::Other,
        }
    }
}

/// What a fact is of, as it is typed.
const TELLS: [(&str, TellsOf); 6] = [
    ("position", TellsOf::Position),
    ("organisation", TellsOf::Organisation),
    ("profession", TellsOf::Profession),
    ("since", TellsOf::Since),
    ("credential", TellsOf::Credential),
    ("place", TellsOf::Place),
];

/// Does it.
pub async fn run(command: PresenceCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        PresenceCommand::Add(args) => add(args, session).await,
        PresenceCommand::Claim(args) => claim(*args, session).await,
        PresenceCommand::List => list(session).await,
        PresenceCommand::Check => check(session).await,
    }
}

async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let channel = Channel {
        name: args.name.trim().to_owned(),
        kind: args.kind.kind(),
        url: args.url.unwrap_or_default(),
        looked_on: args.looked,
        claims: Vec::new(),
    };
    let said = format!("Noted: {}.", channel.name);
    let id = metier.show_at(channel).await?;
    let hint = format!(
        "Next: metier presence claim {} --paste, with its text on standard input",
        short(id)
    );
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

fn find_channel(entries: &[Entry], presence: &Presence<'_>, word: &str) -> Result<EntryId, AppError> {
    let lower = word.trim().to_lowercase();
    let mut named = presence
        .channels
        .iter()
        .filter(|c| c.what.name.to_lowercase() == lower);
    if let (Some(one), None) = (named.next(), named.next()) {
        return Ok(one.id);
    }
    let found = find_entry(entries, word).ok();
    found
        .filter(|id| presence.channels.iter().any(|c| c.id == *id))
        .ok_or_else(|| {
            AppError::not_found(format!("no channel, or several, go by `{word}`"))
                .hint("`metier presence list` shows those there are; name one by its entry.")
        })
}

/// A channel and what one stands for, as they stand.
fn standing(entries: &[Entry], word: &str) -> Result<(EntryId, Channel, Option<Brand>), AppError> {
    let presence = Presence::in_journal(entries);
    let id = find_channel(entries, &presence, word)?;
    let channel = presence.channels.iter().find(|c| c.id == id);
    let channel = channel.ok_or_else(|| AppError::not_found(format!("no channel goes by `{word}`")))?;
    Ok((id, channel.what.clone(), presence.brand().map(|b| b.what.clone())))
}

async fn claim(args: ClaimArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let (id, mut channel, brand) = standing(&entries, &args.channel)?;
    let place = args.at.map(|n| n.wrapping_sub(1));
    if let Some(wrong) = place.filter(|place| *place >= channel.claims.len()) {
        return Err(
            AppError::input(format!("there is no claim {}", wrong.wrapping_add(1))).hint(format!(
                "{} has {}.",
                channel.name,
                channel.claims.len()
            )),
        );
    }
    let mut noted = 1;
    if args.paste {
        let before = channel.claims.len();
        for words in pasted()? {
            if !channel.claims.iter().any(|c| c.words == words) {
                channel.claims.push(bare(words));
            }
        }
        noted = channel.claims.len() - before;
        if noted == 0 {
            return Err(
                AppError::input("there is no sentence in the text that is not noted yet")
                    .hint("Give the text on standard input."),
            );
        }
    } else if let (Some(place), true) = (place, args.remove) {
        channel.claims.remove(place);
    } else {
        let mut claim = match place {
            Some(place) => channel.claims[place].clone(),
            None => bare(String::new()),
        };
        linked(&args, framework, brand.as_ref(), &mut claim)?;
        match place {
            Some(place) => channel.claims[place] = claim,
            None => channel.claims.push(claim),
        }
    }
    let said = if args.remove {
        "Noted: it stands there no longer.".to_owned()
    } else {
        format!(
            "Noted on {}: {}.",
            channel.name,
            metier_app::words::plural(noted as u64, "claim", "claims")
        )
    };
    let entry = metier.change_channel(id, channel).await?;
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

fn bare(words: String) -> PublicClaim {
    PublicClaim {
        words,
        asserts: None,
        tells: None,
        values: Vec::new(),
    }
}

/// What was typed of a claim takes the place of what it had.
fn linked(
    args: &ClaimArgs,
    framework: &Framework,
    brand: Option<&Brand>,
    claim: &mut PublicClaim,
) -> Result<(), AppError> {
    if let Some(words) = &args.words {
        words.trim().clone_into(&mut claim.words);
    }
    if let Some(asserts) = &args.asserts {
        let (competency, rung) = asserts.split_once('=').ok_or_else(|| {
            AppError::input("it is not said at which step").hint("Write --asserts COMPETENCY=STEP.")
        })?;
        claim.asserts = Some(Asserted {
            family: framework.family.clone(),
            competency: competency_of(framework, competency)?,
            rung: rung_of(framework, rung)?,
        });
    }
    if let Some(tells) = &args.tells {
        let told = tells.split_once('=').and_then(|(of, value)| {
            let of = TELLS.iter().find(|(name, _)| *name == of.trim())?;
            Some((of.1, value.trim().to_owned()))
        });
        let (of, value) = told.ok_or_else(|| {
            AppError::input(format!("`{tells}` does not say what it tells"))
                .hint("Write position, organisation, profession, since, credential or place, as in --tells since=2014.")
        })?;
        claim.tells = Some(Tells { of, value });
    }
    let both = args.expresses.iter().map(|v| (v, true));
    for (name, agrees) in both.chain(args.strains.iter().map(|v| (v, false))) {
        let lower = name.trim().to_lowercase();
        let stated = brand.and_then(|b| {
            let mut values = b.values.iter();
            values.find(|v| v.id.as_str() == lower || v.name.to_lowercase() == lower)
        });
        let value = stated.ok_or_else(|| {
            AppError::not_found(format!("you state no value `{name}`"))
                .hint("`metier brand` shows those you state; `metier brand --value NAME=MEANING` states one.")
        })?;
        claim.values.retain(|v| v.value != value.id);
        claim.values.push(Expresses {
            value: value.id.clone(),
            agrees,
        });
    }
    Ok(())
}

fn pasted() -> Result<Vec<String>, AppError> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(TEXT_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| AppError::new(Kind::Machine, format!("standard input cannot be read: {e}")))?;
    if bytes.len() as u64 > TEXT_MAX {
        return Err(AppError::input("the text is longer than 200 000 bytes").hint("Paste a part of it."));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| AppError::input("the text is not UTF-8").hint("Save it as UTF-8, and give it again."))?;
    let found = sentences(&text);
    if found.left_out > 0 {
        return Err(AppError::input(format!(
            "there are {} more sentences than are taken at once",
            found.left_out
        ))
        .hint("Paste a part of it."));
    }
    Ok(found.all)
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let words = Words::new(&life.needed()?.framework, &entries, session.surroundings.today());
    let presence = Presence::in_journal(&entries);
    let value: Vec<_> = presence
        .channels
        .iter()
        .map(|c| json!({"entry": c.id, "channel": c.what}))
        .collect();
    session.answer(&value, |paper| {
        if presence.channels.is_empty() {
            return "Nowhere yet: metier presence add NAME --kind profile\n".into();
        }
        let mut text = String::new();
        for channel in &presence.channels {
            let looked = channel.what.looked_on.map_or_else(
                || "not looked at yet".to_owned(),
                |on| format!("looked at on {}", day(on)),
            );
            text += &format!(
                "{} ({}), {looked}{}\n",
                paper.strong(&channel.what.name),
                channel_kind(channel.what.kind),
                paper.faint(&format!("  [{}]", short(channel.id)))
            );
            for (n, claim) in (1..).zip(&channel.what.claims) {
                let mut said = format!("{n:>4}  {}", claim.words);
                if let Some(a) = &claim.asserts {
                    said += &format!(
                        " [asserts {}: {}]",
                        words.competency(&a.competency),
                        words.rung(&a.rung)
                    );
                }
                if let Some(t) = &claim.tells {
                    said += &format!(" [tells {}: {}]", tells_of(t.of), t.value);
                }
                for v in &claim.values {
                    said += &format!(
                        " [{} {}]",
                        if v.agrees { "expresses" } else { "goes against" },
                        v.value
                    );
                }
                text += &format!("{}\n", paper.paragraph("", 6, &said));
            }
        }
        text
    })
}

async fn check(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let today = session.surroundings.today();
    let words = Words::new(&sight.version.framework, &sight.entries, today);
    let presence = Presence::in_journal(&sight.entries);
    let found = presence.check(&sight.standing, today);
    let value: Vec<_> = found
        .iter()
        .map(|one| json!({"found": one, "said": words.finding(one, &presence)}))
        .collect();
    session.answer_to(found.is_empty(), &value, |paper| {
        if presence.channels.is_empty() {
            return "There is no channel to look at yet: metier presence add NAME\n".into();
        }
        if found.is_empty() {
            return "All that is linked fits.\n".into();
        }
        let mut text = String::new();
        for one in &found {
            let finding = words.finding(one, &presence);
            text += &format!(
                "{}\n{}\n",
                paper.paragraph("", 2, &finding.what),
                paper.paragraph("  \u{2192} ", 4, &finding.to_do)
            );
        }
        text
    })
}
