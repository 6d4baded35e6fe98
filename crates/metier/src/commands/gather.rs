//! `feedback gather`: what peers say without their names: asking for it, gathering it, taking in what was released.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::ToSpan;
use metier_app::words::{self, day};
use metier_app::{
    AppError, AskPeers, AskedPeer, Kind, Metier, find_entry, gathering_text, is_gathering, read_gathering,
    round_stands_as,
};
use metier_core::gathering::{AskLetter, AskSeen, GatheringLetter, Release, Round};
use metier_core::id::EntryId;
use metier_core::own_view::Spoken;
use metier_core::rating::Role;
use serde_json::{Value, json};

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::paper::Paper;
use crate::session::Session;

/// For how long a question is open unless another day is given.
const DAYS: i64 = 21;

/// What to do about what peers say without their names.
#[derive(Debug, Subcommand)]
pub enum GatherCommand {
    /// Ask somebody you and your peers trust to gather what they say
    Ask(AskArgs),
    /// What you asked, and what you gather for others
    List,
    /// Take on what somebody asks you to gather
    Open {
        /// The file that was sent
        file: PathBuf,
        /// The name it uses for you, where it is not that of this home
        #[arg(long = "as", value_name = "NAME")]
        called: Option<String>,
    },
    /// Name the peers of a round, and give each a link or a form
    Invite(InviteArgs),
    /// Make a new link or form for one peer; the one before then counts no longer
    Again {
        /// The peer, as `metier feedback gather show ROUND` shows them
        #[arg(value_name = "PEER")]
        peer: String,
        /// Write a form to this file instead of making a link
        #[arg(long, value_name = "FILE")]
        form: Option<PathBuf>,
    },
    /// Take in a form that a peer filled in, or what was released for you
    Read {
        /// The file that came
        file: PathBuf,
    },
    /// How far a round is, or what was released for you
    Show {
        /// As `metier feedback gather list` shows it
        #[arg(value_name = "ENTRY")]
        which: String,
    },
    /// Close a round and write what may be released; a round is released once
    Close(CloseArgs),
    /// Take a question back
    Withdraw {
        /// The question, as `metier feedback gather list` shows it
        #[arg(value_name = "ENTRY")]
        which: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// A question to peers.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier feedback gather ask --competency publish-an-article --by Bo --not-among Edith --out for-bo.txt
Bo gathers the answers and can read each with its name. You get which answers 5 or more people gave, and words that enough people let be shown.")]
pub struct AskArgs {
    /// A competency to ask about; may be given up to five times
    #[arg(long, value_name = "COMPETENCY", required = true)]
    competency: Vec<String>,
    /// Who gathers the answers: not somebody who decides about you
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Who leads you, and cannot be among the peers; may be given several times
    #[arg(long, value_name = "NAME")]
    not_among: Vec<String>,
    /// The last day for an answer; three weeks from now when none is given
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// A few words to whoever answers
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Where to write the file to give to them
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Peers of a round.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier feedback gather invite 1a2b3c4d --peer Mo --peer Li --peer Jo --client Kim --client Al
  metier feedback gather invite 1a2b3c4d --peer Mo --peer Li --peer Jo --peer Kim --peer Al --forms for-them")]
pub struct InviteArgs {
    /// The round, as `metier feedback gather list` shows it
    round: String,
    /// Somebody doing the same sort of work; may be given several times
    #[arg(long, value_name = "NAME")]
    peer: Vec<String>,
    /// Somebody it is done for; may be given several times
    #[arg(long, value_name = "NAME")]
    client: Vec<String>,
    /// Write a form for each into this folder instead of making links
    #[arg(long, value_name = "DIR")]
    forms: Option<PathBuf>,
}

/// A round to close.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// The round, as `metier feedback gather list` shows it
    round: String,
    /// Where to write what is released
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Close it although too few answered, and release nothing
    #[arg(long)]
    anyway: bool,
}

/// Does what was asked.
///
/// # Errors
/// When it cannot be done; nothing is then recorded.
pub async fn run(command: GatherCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        GatherCommand::Ask(args) => ask(args, session).await,
        GatherCommand::List => list(session).await,
        GatherCommand::Open { file, called } => open(&file, called.as_deref(), session).await,
        GatherCommand::Invite(args) => invite(args, session).await,
        GatherCommand::Again { peer, form } => again(&peer, form.as_deref(), session).await,
        GatherCommand::Read { file } => read(&file, session).await,
        GatherCommand::Show { which } => show(&which, session).await,
        GatherCommand::Close(args) => close(args, session).await,
        GatherCommand::Withdraw { which, reason } => {
            let metier = session.open().await?;
            let entry = entry_of(&metier, &which).await?;
            let reason = reason.as_deref().unwrap_or_default();
            let id = metier.withdraw_peers(entry, reason).await?;
            let said = "Taken back. What is released of it is no longer taken in.";
            recorded(session, &metier, vec![id], said, &[], None).await
        }
    }
}

async fn entry_of(metier: &Metier, word: &str) -> Result<EntryId, AppError> {
    // Also what waits for the own view goes by its entry.
    find_entry(&metier.whole().await?.entries, word)
}

fn free(path: &Path) -> Result<(), AppError> {
    if path.exists() {
        return Err(AppError::input(format!("{} exists already", path.display()))
            .hint("Give another name; nothing is overwritten, and nothing was recorded."));
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), AppError> {
    let failed = |e: std::io::Error| {
        AppError::new(
            Kind::Machine,
            format!("{} cannot be written: {e}", path.display()),
        )
        .hint("What was recorded is in the journal; the page Without names writes the file again.")
    };
    let mut file = std::fs::File::create_new(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

async fn ask(args: AskArgs, session: &Session) -> Result<Answer, AppError> {
    free(&args.out)?;
    let metier = session.open().await?;
    let today = session.surroundings.today();
    let ask = AskPeers {
        by: args.by,
        competencies: args.competency,
        not_among: args.not_among,
        until: match args.until {
            Some(day) => day.of(today),
            None => today.checked_add(DAYS.days()).unwrap_or(today),
        },
        note: args.note.unwrap_or_default(),
    };
    let id = metier.ask_peers(ask).await?;
    let asked = metier.ask_of_peers(id).await?.asked;
    write(&args.out, &gathering_text(&metier.peers_letter(id).await?)?)?;
    metier.close().await;
    let value = json!({"recorded": [id], "asked": asked, "file": args.out});
    session.answer(&value, |paper| {
        format!(
            "Wrote the question to {}. Give it to {}, who gathers the answers until {}.\n{}\n",
            args.out.display(),
            asked.collector,
            day(asked.until),
            paper.paragraph("", 2, &words::unnamed_for_me(asked.threshold))
        )
    })
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (asks, rounds) = (metier.asks_of_peers().await?, metier.rounds().await?);
    metier.close().await;
    let today = session.surroundings.today();
    let value = json!({"asks": asks, "rounds": rounds.iter().map(round_value).collect::<Vec<_>>()});
    session.answer(&value, |paper| {
        if asks.is_empty() && rounds.is_empty() {
            return "Nothing is gathered yet: metier feedback gather ask --competency COMPETENCY --by NAME --out FILE\n"
                .into();
        }
        let mut text = String::new();
        for ask in &asks {
            let state = match &ask.came {
                Some(came) => format!("released on {}", day(came.release.released_on)),
                None if ask.waits.is_some() => "it came, and waits for your own view".into(),
                None => format!("until {}", day(ask.asked.until)),
            };
            let (about, by) = (words::asked_of_peers(&ask.asked), &ask.asked.collector);
            let id = paper.faint(&format!("  [{}]", short(ask.id)));
            text += &format!("Asked of peers through {by}: {about} ({state}){id}\n");
        }
        for round in &rounds {
            let asked = &round.letter.asked;
            let id = paper.faint(&format!("  [{}]", short(round.id)));
            text += &format!(
                "Gathered for {}: {} ({}){id}\n",
                asked.person,
                words::asked_of_peers(asked),
                words::round_state(round, today)
            );
        }
        text
    })
}

/// A round without a word of any answer.
fn round_value(round: &Round) -> Value {
    let peers: Vec<Value> = round
        .peers
        .iter()
        .map(|p| json!({"id": p.id, "name": p.name, "role": p.role, "answered": p.answer.is_some()}))
        .collect();
    let release = round.closed.as_ref().and_then(|(_, release)| release.as_ref());
    json!({
        "id": round.id, "asked": round.letter.asked, "peers": peers, "answered": round.answered(),
        "closed": round.closed.as_ref().map(|(on, _)| on), "release": release,
    })
}

async fn open(file: &Path, called: Option<&str>, session: &Session) -> Result<Answer, AppError> {
    let bytes = Metier::gathering_bytes(file)?;
    let GatheringLetter::Ask(letter) = read_gathering(&file.display().to_string(), &bytes)? else {
        return Err(AppError::input("this is what was released, not a question")
            .hint("Take it in: metier feedback gather read FILE"));
    };
    let metier = home_to_gather_in(&letter, called, session).await?;
    let gathers = metier.gather(&letter, called).await?;
    metier.close().await;
    session.answer(&gathers, |paper| {
        let asked = &letter.asked;
        let mut text = if gathers.new {
            format!("You gather for {} what peers say of:\n\n", asked.person)
        } else {
            format!("You had taken this on before. It is for {}:\n\n", asked.person)
        };
        for of in &asked.about {
            text += &format!("{}\n", paper.paragraph("- ", 2, &of.name));
        }
        text += "\nWhat those who answer are told first:\n\n";
        for told in words::unnamed_first(asked) {
            text += &format!("{}\n", paper.paragraph("", 2, &told));
        }
        if !asked.not_among.is_empty() {
            let names = words::list(&asked.not_among);
            text += &format!("\nNot to be asked, because they lead {}: {names}\n", asked.person);
        }
        text + &format!(
            "\nName at least {}: metier feedback gather invite {} --peer NAME ...\n",
            asked.threshold,
            short(gathers.round)
        )
    })
}

/// The home; somebody who has none gets one to keep the answers in, under the name they are asked by.
async fn home_to_gather_in(
    letter: &AskLetter,
    called: Option<&str>,
    session: &Session,
) -> Result<Metier, AppError> {
    match session.open().await {
        Err(error) if error.kind == Kind::NotReady => {}
        opened => return opened,
    }
    let name = called.unwrap_or(&letter.asked.collector).trim();
    if let Err(refusal) = letter.may_be_gathered(name, session.surroundings.today()) {
        return Err(AppError::input(refusal.to_string()).hint("Nothing was recorded."));
    }
    Metier::open_or_start(&session.home, session.surroundings.clone(), name).await
}

async fn invite(args: InviteArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let round = entry_of(&metier, &args.round).await?;
    let with = |names: Vec<String>, role| names.into_iter().map(move |name| (name, role));
    let named: Vec<(String, Role)> = with(args.peer, Role::Peer)
        .chain(with(args.client, Role::Client))
        .collect();
    if named.is_empty() {
        return Err(AppError::input("nobody is named").hint("Name them: --peer NAME, --client NAME"));
    }
    if let Some(folder) = &args.forms {
        std::fs::create_dir_all(folder)
            .map_err(|e| AppError::input(format!("{} cannot be made: {e}", folder.display())))?;
    }
    let asked = metier.ask_for_round(round, &named).await?;
    let mut given = Vec::new();
    for one in &asked {
        given.push(hand_out(&metier, one, args.forms.as_deref()).await?);
    }
    metier.close().await;
    let value = json!({"recorded": asked.iter().map(|a| a.peer.id).collect::<Vec<_>>(), "given": given});
    session.answer(&value, |_| handed_out(&given))
}

/// The link or form of one peer.
async fn hand_out(metier: &Metier, asked: &AskedPeer, forms: Option<&Path>) -> Result<Value, AppError> {
    let (peer, token) = (&asked.peer, &asked.link.token);
    let Some(folder) = forms else {
        return Ok(json!({"name": peer.name, "link": format!("/for/{}", token.as_str())}));
    };
    let form = metier.peer_form(peer.id, token).await?;
    // Two names may make one file name; no form takes the place of another.
    let mut path = folder.join(&form.name);
    if path.exists() {
        path = folder.join(format!("{}-{}", short(peer.id), form.name));
    }
    write(&path, &form.text)?;
    Ok(json!({"name": peer.name, "file": path}))
}

fn handed_out(given: &[Value]) -> String {
    let mut text = String::new();
    let said = |value: &Value, key: &str| value[key].as_str().map(str::to_owned);
    for one in given {
        let name = said(one, "name").unwrap_or_default();
        if let Some(link) = said(one, "link") {
            text += &format!("{name}, shown only now:\n  http://127.0.0.1:8737{link}\n");
        } else if let Some(file) = said(one, "file") {
            text += &format!("{name}: {file}\n");
        }
    }
    if given.iter().any(|one| one["link"].is_string()) {
        text += "\nThe links open on this machine, while `metier serve --port 8737` runs; with another port, put that in.\n\
                 For somebody elsewhere: metier feedback gather again PEER --form FILE\n";
    } else {
        text += "\nSend each their form. Once one is back: metier feedback gather read FILE\n";
    }
    text
}

async fn again(peer: &str, form: Option<&Path>, session: &Session) -> Result<Answer, AppError> {
    if let Some(form) = form {
        free(form)?;
    }
    let metier = session.open().await?;
    let id = entry_of(&metier, peer).await?;
    let (_, peer) = metier.peer(id).await?;
    let link = metier.renew_peer_link(id).await?;
    let given = match form {
        Some(path) => {
            write(path, &metier.peer_form(id, &link.token).await?.text)?;
            json!({"name": peer.name, "file": path})
        }
        None => json!({"name": peer.name, "link": format!("/for/{}", link.token.as_str())}),
    };
    metier.close().await;
    session.answer(&given, |_| handed_out(std::slice::from_ref(&given)))
}

async fn read(file: &Path, session: &Session) -> Result<Answer, AppError> {
    let bytes = Metier::gathering_bytes(file)?;
    let metier = session.open().await?;
    if !is_gathering(&bytes) {
        let (round, new) = metier.read_peer_form(&bytes).await?;
        let round = metier.round(round).await?;
        metier.close().await;
        let said = if new {
            "The answer is in your journal."
        } else {
            "This answer had been taken in before; nothing was recorded twice."
        };
        return session.answer(&round_value(&round), |_| {
            format!("{said}\n{}\n", words::capital(&words::round_so_far(&round)))
        });
    }
    match read_gathering(&file.display().to_string(), &bytes)? {
        GatheringLetter::Ask(letter) => Err(AppError::input(format!(
            "this asks {} to gather what peers say",
            letter.asked.collector
        ))
        .hint("To take it on: metier feedback gather open FILE. Nothing was recorded.")),
        GatheringLetter::Release(release) => {
            let id = metier.take_release(&release).await?;
            let wanted = metier.whole().await?.waiting.missing(id).to_vec();
            metier.close().await;
            if !wanted.is_empty() {
                let value = json!({"recorded": [id], "waits": wanted});
                return session.answer(&value, |_| own_view_first(&wanted, id));
            }
            let value = json!({"recorded": [id], "release": release});
            session.answer(&value, |paper| released(&release, paper))
        }
    }
}

/// What came waits: which view of one's own is missing, and how to read it then.
fn own_view_first(wanted: &[Spoken], id: EntryId) -> String {
    let mut text = format!("{}\n", words::RELEASE_WAITS);
    for spoken in wanted {
        text += &format!("  metier rate {} STEP\n", spoken.competency);
    }
    text + &format!("Then: metier feedback gather show {}\n", short(id))
}

async fn show(which: &str, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let id = entry_of(&metier, which).await?;
    let asks = metier.asks_of_peers().await?;
    let named = |ask: &&AskSeen| {
        ask.id == id || ask.waits == Some(id) || ask.came.as_ref().is_some_and(|c| c.id == id)
    };
    if let Some(ask) = asks.iter().find(named) {
        let waiting = metier.whole().await?.waiting;
        metier.close().await;
        return session.answer(ask, |paper| match (&ask.came, ask.waits) {
            (Some(came), _) => released(&came.release, paper),
            (None, Some(waits)) => own_view_first(waiting.missing(waits), waits),
            (None, None) => format!(
                "{} gathers what peers say of {}, until {}. Nothing has come yet.\n",
                ask.asked.collector,
                words::asked_of_peers(&ask.asked),
                day(ask.asked.until)
            ),
        });
    }
    let round = metier.round(id).await?;
    metier.close().await;
    let today = session.surroundings.today();
    session.answer(&round_value(&round), |paper| round_text(&round, today, paper))
}

fn round_text(round: &Round, today: jiff::civil::Date, paper: Paper) -> String {
    let asked = &round.letter.asked;
    let mut text = format!(
        "Gathered for {}: {} ({})\n\n",
        paper.strong(&asked.person),
        words::asked_of_peers(asked),
        words::round_state(round, today)
    );
    for peer in &round.peers {
        let state = if peer.answer.is_some() {
            "has answered"
        } else {
            "has not answered"
        };
        let id = paper.faint(&format!("  [{}]", short(peer.id)));
        text += &format!("  {} ({}) {state}{id}\n", peer.name, words::role(peer.role));
    }
    if round.closed.is_none() {
        text += &format!("\n{}\n", words::round_so_far(round));
    }
    text + &format!(
        "Tell {} neither whom you asked nor how many answered.\n",
        asked.person
    )
}

/// What was released, as the person reads it.
fn released(release: &Release, paper: Paper) -> String {
    let told = &release.told;
    let mut text = format!(
        "{} Gathered by {}, released on {}.\n\n",
        paper.strong(&words::at_least(told.threshold)),
        release.collector,
        day(release.released_on)
    );
    for of in &told.of {
        let said = words::of_peers(of, told.threshold);
        text += &format!(
            "{}\n{}\n\n",
            paper.strong(&of.name),
            paper.paragraph("", 2, &said)
        );
    }
    for (title, texts) in [
        ("What you do well, in their words", &told.strengths),
        ("What they would change", &told.changes),
    ] {
        if !texts.is_empty() {
            text += &format!("{}\n", paper.strong(title));
            for words in texts {
                text += &format!("{}\n", paper.paragraph("- ", 2, words));
            }
            text += "\n";
        }
    }
    text + &format!(
        "{}\n{}\n",
        paper.paragraph("", 0, words::NOT_HOW_MANY),
        paper.paragraph("", 0, words::NO_RATING)
    )
}

async fn close(args: CloseArgs, session: &Session) -> Result<Answer, AppError> {
    free(&args.out)?;
    let metier = session.open().await?;
    let id = entry_of(&metier, &args.round).await?;
    let round = metier.round(id).await?;
    if round.closed.is_none() && round.would_tell().is_err() && !args.anyway {
        let so_far = words::round_so_far(&round);
        return Err(AppError::not_ready(so_far.trim_end_matches('.'))
            .hint(format!("Answers count until {}.", day(round.letter.asked.until)))
            .hint("To close it without a release: --anyway. Nothing was recorded."));
    }
    let closing = metier.close_round(id, &round_stands_as(&round)).await?;
    let person = &round.letter.asked.person;
    if let Some(release) = &closing.release {
        let letter = GatheringLetter::Release(Box::new(release.clone()));
        write(&args.out, &gathering_text(&letter)?)?;
    }
    metier.close().await;
    session.answer(&closing, |_| match (&closing.release, closing.new) {
        (Some(_), true) => format!(
            "Closed, and released to {}. Send it to {person}; tell them neither whom you asked nor how many answered.\n",
            args.out.display()
        ),
        (Some(_), false) => format!(
            "It was released before; {} holds the same.\n",
            args.out.display()
        ),
        (None, _) => format!(
            "Closed. {} Tell {person} that too few answered, and not how many.\n",
            words::nothing_released(metier_core::gathering::TooFew {
                answered: closing.answered,
                threshold: closing.threshold
            })
        ),
    })
}
