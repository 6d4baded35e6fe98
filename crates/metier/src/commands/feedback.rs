//! `feedback`: asking others what they saw, taking in what they say, saying what came of it.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jiff::ToSpan;
use metier_app::words::{self, Words};
use metier_app::{
    Answered, AppError, AskFeedback, FeedbackBook, FeedbackSeen, Lenient, Metier, RequestSeen, Requested,
    Whole, find_entry,
};
use metier_core::feedback::{Channel, FeedbackGiven, FeedbackSaid, Use};
use metier_core::id::EntryId;
use metier_core::journal::Purpose;
use serde_json::json;

use super::people::RoleWord;
use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::new_file::{not_there, write_new};
use crate::paper::Paper;
use crate::session::Session;

/// For how long a request is open unless another day is given.
const DAYS: i64 = 14;
/// The most bytes of an answer that are read.
const READ_MAX: usize = 2 << 20;

/// What to do with feedback.
#[derive(Debug, Subcommand)]
pub enum FeedbackCommand {
    /// Ask somebody what they saw, by link, file or mail
    Ask(Box<AskArgs>),
    /// What was asked, what was said, what came of it
    List,
    /// Read one answer
    Show {
        /// The answer, as `metier feedback list` shows it
        #[arg(value_name = "ENTRY")]
        answer: String,
        /// Show it although you did not say your own view first
        #[arg(long)]
        anyway: bool,
    },
    /// Take in an answer: a form that came back, or a pasted mail
    Read(ReadArgs),
    /// Say what you did with it
    Use {
        /// The answer, as `metier feedback list` shows it
        #[arg(value_name = "ENTRY")]
        answer: String,
        /// What came of it: changed, planned, talked-over or set-aside
        #[arg(long, value_enum, hide_possible_values = true)]
        how: UseWord,
        /// In a few words
        words: String,
    },
    /// What peers say without their names: ask for it, gather it, read what was released
    #[command(subcommand)]
    Gather(super::gather::GatherCommand),
    /// Take a request back; its link opens no longer
    Withdraw {
        /// The request, as `metier feedback list` shows it
        #[arg(value_name = "ENTRY")]
        request: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// What came of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UseWord {
    /// Something was done differently
    Changed,
    /// It went into the plan
    Planned,
    /// It was talked over
    TalkedOver,
    /// It was considered and set aside
    SetAside,
}

impl From<UseWord> for Use {
    fn from(word: UseWord) -> Self {
        match word {
            UseWord::Changed => Self::Changed,
            UseWord::Planned => Self::Planned,
            UseWord::TalkedOver => Self::TalkedOver,
            UseWord::SetAside => Self::SetAside,
        }
    }
}

/// What the answer may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PurposeWord {
    /// To get better
    Development,
    /// Also in a decision
    Decision,
}

/// A request.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier feedback ask Bo --role peer --about publish-an-article --mail
  metier feedback ask Edith --role manager --about publish-an-article --for decision --file for-edith.txt
  metier feedback ask Bo --role peer --work last --link
Without --about, the piece of work is asked about: what it was, how hard, what would have happened otherwise.")]
pub struct AskArgs {
    /// Whom, as you call them
    to: String,
    /// Who they are to you: manager, peer, client or mentor
    #[arg(long, value_enum, hide_possible_values = true)]
    role: RoleWord,
    /// A competency to ask about; may be given up to five times
    #[arg(long, value_name = "COMPETENCY")]
    about: Vec<String>,
    /// A piece of work, as `metier log --list` shows it, or `last`
    #[arg(long, value_name = "ENTRY")]
    work: Option<String>,
    /// What the answer may be used for: development or decision
    #[arg(
        long = "for",
        value_enum,
        default_value = "development",
        hide_possible_values = true
    )]
    purpose: PurposeWord,
    /// Somebody who will see the answer besides you; may be given several times
    #[arg(long, value_name = "NAME")]
    seen_by: Vec<String>,
    /// The last day for an answer; two weeks from now when none is given
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// A few words to them
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// By a link of the running page (the default)
    #[arg(long, conflicts_with_all = ["file", "mail"])]
    link: bool,
    /// By a file to send, written here
    #[arg(long, value_name = "FILE", conflicts_with = "mail")]
    file: Option<PathBuf>,
    /// By questions to copy into a mail
    #[arg(long)]
    mail: bool,
}

/// An answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier feedback read for-edith.txt
  metier feedback read answer.txt --mail-of 1a2b3c4d          shows what was understood
  metier feedback read answer.txt --mail-of 1a2b3c4d --yes    and records it")]
pub struct ReadArgs {
    /// The form that came back, or the mail as text; `-` reads what is piped in
    file: PathBuf,
    /// It is a mail that answers this request
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["from", "late"])]
    mail_of: Option<String>,
    /// Record what was understood of the mail
    #[arg(long, requires = "mail_of")]
    yes: bool,
    /// Whose answer it is, where it is not the one you asked
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Take a form that came after its last day
    #[arg(long)]
    late: bool,
}

/// Does what was asked.
///
/// # Errors
/// When it cannot be done; nothing is then recorded.
pub async fn run(command: FeedbackCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        FeedbackCommand::Ask(args) => ask(*args, session).await,
        FeedbackCommand::List => list(session).await,
        FeedbackCommand::Gather(command) => super::gather::run(command, session).await,
        FeedbackCommand::Show { answer, anyway } => show(&answer, anyway, session).await,
        FeedbackCommand::Read(args) => read(args, session).await,
        FeedbackCommand::Use { answer, how, words } => {
            let metier = session.open().await?;
            let entries = metier.whole().await?.entries;
            let id = metier
                .use_feedback(find_entry(&entries, &answer)?, how.into(), &words)
                .await?;
            recorded(session, &metier, vec![id], "Noted what came of it.", &[], None).await
        }
        FeedbackCommand::Withdraw { request, reason } => {
            let metier = session.open().await?;
            let (entries, _) = metier.read().await?;
            let request = find_entry(&entries, &request)?;
            let id = metier
                .withdraw_request(request, reason.as_deref().unwrap_or_default())
                .await?;
            let said = "Taken back. Its link opens no longer, and its form is no longer taken in.";
            recorded(session, &metier, vec![id], said, &[], None).await
        }
    }
}

async fn ask(args: AskArgs, session: &Session) -> Result<Answer, AppError> {
    if let Some(file) = &args.file {
        not_there(file)?;
    }
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let channel = match (&args.file, args.mail) {
        (Some(_), _) => Channel::File,
        (None, true) => Channel::Mail,
        (None, false) => Channel::Link,
    };
    let until = match args.until {
        Some(day) => day.of(today),
        None => today.checked_add(DAYS.days()).unwrap_or(today),
    };
    let ask = AskFeedback {
        to: args.to,
        role: args.role.into(),
        competencies: args.about,
        work: args
            .work
            .as_deref()
            .map(|w| find_entry(&entries, w))
            .transpose()?,
        purpose: match args.purpose {
            PurposeWord::Development => Purpose::Development,
            PurposeWord::Decision => Purpose::Administrative,
        },
        seen_by: args.seen_by,
        until,
        channel,
        note: args.note.unwrap_or_default(),
    };
    let requested = metier.ask_feedback(ask).await?;
    let answer = sent_out(&metier, &requested, args.file.as_deref(), session).await;
    metier.close().await;
    answer
}

/// What is to be sent.
async fn sent_out(
    metier: &Metier,
    requested: &Requested,
    file: Option<&Path>,
    session: &Session,
) -> Result<Answer, AppError> {
    let mut value = json!({"recorded": [requested.id], "request": requested.request});
    let whom = &requested.request.to;
    let text = match (&requested.link, file) {
        (Some(link), _) => {
            let path = format!("/for/{}", link.token.as_str());
            value["link"] = json!(path);
            format!(
                "The link for {whom}, shown only now:\n\n  http://127.0.0.1:8737{path}\n\n\
                 It opens on this machine, while `metier serve --port 8737` runs; with another port, put that in.\n\
                 For somebody elsewhere use --file or --mail.\n"
            )
        }
        (None, Some(file)) => {
            let link = metier.renew_link(requested.id).await?;
            let form = metier.feedback_file(requested.id, &link.token).await?;
            write_new(
                file,
                form.text.as_bytes(),
                "The question is recorded; the page People writes its form again.",
            )?;
            value["file"] = json!(file);
            format!(
                "Wrote the form to {}. Send it to {whom}; once it is back:\n\n  metier feedback read {}\n",
                file.display(),
                file.display()
            )
        }
        (None, None) => {
            let mail = metier.feedback_mail(&requested.request).await?;
            value["mail"] = json!(mail);
            format!(
                "{mail}\n--\nCopy this into a mail. Once the answer is here: metier feedback read ANSWER.txt --mail-of {}\n",
                short(requested.id)
            )
        }
    };
    session.answer(&value, |_| text)
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let Whole {
        entries,
        life,
        waiting,
    } = metier.whole().await?;
    let today = session.surroundings.today();
    let words = Words::new(&life.needed()?.framework, &entries, today);
    let book = FeedbackBook::of(&entries, today);
    let mut hidden = book.clone();
    // One's own view first, here as on the page.
    hidden.given.retain(|g| !waiting.holds(g.id));
    metier.close().await;
    session.answer(&hidden, |paper| {
        if book.requests.is_empty() && book.given.is_empty() {
            return "Nobody was asked yet: metier feedback ask NAME --role peer --about COMPETENCY --mail\n"
                .into();
        }
        let mut text = String::new();
        for request in &book.requests {
            text += &request_line(request, &words, paper);
        }
        for given in &book.given {
            text += &given_line(given, waiting.holds(given.id), &words, paper);
        }
        text
    })
}

fn request_line(request: &RequestSeen, words: &Words<'_>, paper: Paper) -> String {
    use metier_app::RequestState::{Answered, Expired, Open};
    let state = match request.state {
        Open => format!("open until {}", request.request.until),
        Answered => "answered".to_owned(),
        Expired => format!("over since {}", request.request.until),
    };
    let said = format!("{} ({state})", words.asked_for_feedback(&request.request));
    format!("{said}{}\n", paper.faint(&format!("  [{}]", short(request.id))))
}

fn given_line(given: &FeedbackSeen, waits: bool, words: &Words<'_>, paper: Paper) -> String {
    let said = if waits {
        format!("{} answered; your own view comes first", given.given.by)
    } else {
        words.feedback_said(&given.given)
    };
    let used = given
        .used
        .last()
        .map_or("not used yet", |(_, used)| words::used(used.how));
    format!(
        "{}  {said} ({}; {used}){}\n",
        given.on,
        words::came(given.given.channel),
        paper.faint(&format!("  [{}]", short(given.id)))
    )
}

async fn show(answer: &str, anyway: bool, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let Whole {
        entries,
        life,
        waiting,
    } = metier.whole().await?;
    let today = session.surroundings.today();
    let words = Words::new(&life.needed()?.framework, &entries, today);
    let id = find_entry(&entries, answer)?;
    let book = FeedbackBook::of(&entries, today);
    let seen = given_of(&book, id)?;
    if let Some(first) = waiting.missing(seen.id).first().filter(|_| !anyway) {
        let first = &first.competency;
        return Err(AppError::not_ready("your own view comes first")
            .hint(format!("Say where you see yourself: metier rate {first} STEP"))
            .hint("It is a courtesy to yourself; --anyway shows the answer now."));
    }
    metier.close().await;
    session.answer(seen, |paper| {
        let mut text = format!(
            "{}, {}, {}; it came {}.\n",
            paper.strong(&seen.given.by),
            words::role(seen.given.role),
            words::day(seen.on),
            words::came(seen.given.channel)
        );
        text += &said(&seen.given.said, &words, paper);
        for (on, used) in &seen.used {
            text += &format!("{on}  you {}: {}\n", words::used(used.how), used.words);
        }
        text
    })
}

fn given_of(book: &FeedbackBook, id: EntryId) -> Result<&FeedbackSeen, AppError> {
    book.given.iter().find(|g| g.id == id).ok_or_else(|| {
        AppError::not_found("that entry is no answer")
            .hint("`metier feedback list` shows the answers there are.")
    })
}

fn said(said: &FeedbackSaid, words: &Words<'_>, paper: Paper) -> String {
    let part = |title: &str, text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("\n{}\n{}\n", paper.strong(title), paper.paragraph("", 2, text))
        }
    };
    match said {
        FeedbackSaid::Observed(o) => {
            let mut text = part("What they saw", &o.saw) + &part("When", &o.when);
            for of in &o.of {
                let step = of.step.as_ref().map_or_else(String::new, |s| {
                    format!("; highest step seen: {}", words.rung_title(s))
                });
                let answer = format!("{}{step}", words::capital(words::next_time(of.next_time)));
                let asked = format!("{}: unsupervised next time?", words.competency(&of.competency));
                text += &part(&asked, &answer);
            }
            text + &part("What you do well", &o.strengths) + &part("One thing to change", &o.change)
        }
        FeedbackSaid::Recognised(r) => {
            part(words::WORTH[0], &r.what)
                + &part(words::WORTH[1], &r.how_hard)
                + &part(words::WORTH[2], &r.otherwise)
        }
    }
}

async fn read(args: ReadArgs, session: &Session) -> Result<Answer, AppError> {
    let bytes = super::drafts::bytes_of(&args.file, READ_MAX)?;
    let metier = session.open().await?;
    let Some(request) = &args.mail_of else {
        let lenient = Lenient {
            from: args.from,
            late: args.late,
        };
        let answered = metier.read_feedback_file(&bytes, &lenient).await?;
        return taken(answered, &metier, session).await;
    };
    let (entries, life) = metier.read().await?;
    let words = Words::new(&life.needed()?.framework, &entries, session.surroundings.today());
    let seen = metier.feedback_request(find_entry(&entries, request)?).await?;
    let text = String::from_utf8(bytes)
        .map_err(|_| AppError::input("the mail is not plain text in UTF-8").hint("Save it as plain text."))?;
    let draft = metier.read_feedback_mail(&seen, &text).await?;
    if !args.yes {
        return session.answer(&draft, |paper| {
            let mut text = said(&draft.said, &words, paper);
            if draft.in_one {
                text += "\nThe answers could not be told apart: all of it stands under the first question.\n";
            }
            if !draft.beside.is_empty() {
                text += &format!(
                    "\nBelongs to no question:\n{}\n",
                    paper.paragraph("", 2, &draft.beside)
                );
            }
            text + "\nNothing is recorded yet. Say --yes to record it; the page lets you change it first.\n"
        });
    }
    let given = FeedbackGiven {
        request: Some(seen.id),
        by: seen.request.to.clone(),
        role: seen.request.role,
        channel: Channel::Mail,
        said: draft.said,
    };
    let answered = metier
        .take_feedback(session.surroundings.entry_id(), given)
        .await?;
    metier.revoke_links(seen.id).await?;
    taken(answered, &metier, session).await
}

async fn taken(answered: Answered, metier: &Metier, session: &Session) -> Result<Answer, AppError> {
    let said = if answered.new {
        "Recorded the answer."
    } else {
        "This answer had been taken in before; nothing was recorded twice."
    };
    let hint = format!("Read it: metier feedback show {}", short(answered.id));
    let mut ids = vec![answered.id];
    ids.extend(answered.beside);
    recorded(session, metier, ids, said, &[], Some(hint)).await
}

/// "Two people's answers wait …", with the way to one's own view; empty when none waits.
pub(super) async fn waits(metier: &Metier) -> Result<String, AppError> {
    let waiting = metier.whole().await?.waiting;
    let wanted = waiting.wanted();
    Ok(wanted.first().map_or_else(String::new, |first| {
        let said = words::answers_wait(waiting.people());
        format!("{said} metier rate {} STEP\n", first.competency)
    }))
}
