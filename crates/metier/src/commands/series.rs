//! `series`: the question of the week, answers over time, and what somebody says of them.

use clap::{Args, Subcommand};
use jiff::ToSpan;
use metier_app::words::{self, day};
use metier_app::{AppError, Commented, ShowAnswers, find_entry};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Entry, Noted, view};
use metier_core::mastery::{Asked, Mastery, SeriesAnswer};
use serde_json::json;

use super::recorded::recorded;
use super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// For how long answers can be commented on unless another day is given.
const DAYS: i64 = 14;

/// What to do with the series.
#[derive(Debug, Args)]
pub struct SeriesArgs {
    #[command(subcommand)]
    command: Option<SeriesCommand>,
}

/// What to do with the series.
#[derive(Debug, Subcommand)]
pub enum SeriesCommand {
    /// The question of this week, or another one, with your answers to it (the default)
    Show {
        /// A question, as `metier series list` shows it
        question: Option<String>,
    },
    /// Answer the question of this week, or another one
    #[command(after_help = "\
Examples:
  metier series answer \"I make dry facts something people act on\"
  metier series answer \"…\" --question need")]
    Answer {
        /// Your answer
        words: String,
        /// Which question, as `metier series list` shows it; this week's when none is given
        #[arg(long, value_name = "QUESTION")]
        question: Option<String>,
    },
    /// Every question, and when you answered it last
    List,
    /// Note what somebody said of an answer, and a question they put
    Comment(CommentArgs),
    /// Show answers to somebody, by a link of the running page or as a mail
    Share(ShareArgs),
    /// What others wrote and you have not read; it is noted as read
    Unread,
}

/// What somebody said.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier series comment 1a2b3c4d --by Petra \"Whose craft is it?\" --question \"Who would miss it first?\"")]
pub struct CommentArgs {
    /// The answer, as `metier series show` shows it
    #[arg(value_name = "ENTRY")]
    answer: String,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// What they said
    words: Option<String>,
    /// A question they would have you answer next
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,
}

/// Answers to show.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier series share --to Petra --answer 1a2b3c4d --answer 5e6f7a8b --mail")]
pub struct ShareArgs {
    /// To whom, as you call them; by the same name as before they see what changed
    #[arg(long, value_name = "NAME")]
    to: String,
    /// An answer, as `metier series show` shows it; may be given again
    #[arg(long, value_name = "ENTRY", required = true)]
    answer: Vec<String>,
    /// The last day; two weeks from now when none is given
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// A few words to them
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Leave away what changed since they were shown answers before
    #[arg(long)]
    afresh: bool,
    /// As a text to copy into a mail, and no link
    #[arg(long)]
    mail: bool,
}

/// Does what was asked.
///
/// # Errors
/// When it cannot be done; nothing is then recorded.
pub async fn run(args: SeriesArgs, session: &Session) -> Result<Answer, AppError> {
    match args.command {
        None => show(None, session).await,
        Some(SeriesCommand::Show { question }) => show(question.as_deref(), session).await,
        Some(SeriesCommand::Answer { words, question }) => answer(&words, question, session).await,
        Some(SeriesCommand::List) => list(session).await,
        Some(SeriesCommand::Comment(args)) => comment(args, session).await,
        Some(SeriesCommand::Share(args)) => share(args, session).await,
        Some(SeriesCommand::Unread) => unread(session).await,
    }
}

fn of<'a>(mastery: &Mastery<'a>, wanted: Option<&str>, session: &Session) -> Result<Asked<'a>, AppError> {
    let found = match wanted {
        Some(id) => mastery.question(id.trim()),
        None => mastery
            .this_week(session.surroundings.today())
            .map(|week| week.question),
    };
    found.ok_or_else(|| {
        AppError::not_found(format!(
            "the series has no question `{}`",
            wanted.unwrap_or_default()
        ))
        .hint("`metier series list` shows what each goes by.")
    })
}

async fn show(wanted: Option<&str>, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let question = of(&mastery, wanted, session)?;
    let week = mastery.this_week(session.surroundings.today());
    let answered = week.and_then(|week| week.answered).filter(|_| wanted.is_none());
    let answers: Vec<_> = mastery
        .answers
        .iter()
        .filter(|a| a.what.question.as_str() == question.id)
        .collect();
    let value = json!({
        "question": question,
        "answered_this_week": answered.map(|a| a.id),
        "answers": answers.iter().map(|a| json!({
            "id": a.id, "on": a.on, "what": a.what,
            "comments": mastery.comments_on(a.id).map(|c| json!({"id": c.id, "on": c.on, "what": c.what})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "unread": mastery.unread().len(),
    });
    metier.close().await;
    session.answer(&value, |paper| {
        let mut text = String::new();
        if answered.is_some() {
            text += "This week's is answered; this is the next one, whenever you like.\n\n";
        }
        if let Some(by) = question.by {
            text += &format!("{by} asks:\n");
        }
        text += &format!("{}\n", paper.strong(&paper.paragraph("", 0, question.asks)));
        if !question.names.is_empty() {
            text += &format!(
                "{}\n",
                paper.paragraph("A good answer names: ", 2, question.names)
            );
        }
        if let Some(becomes) = question.becomes {
            text += &format!(
                "{}\n",
                paper.faint(&format!(
                    "{}: on the page /mastery/series",
                    words::becomes(becomes)
                ))
            );
        }
        if answers.is_empty() {
            text += &format!("\nmetier series answer \"…\" --question {}\n", question.id);
        }
        for answer in answers.iter().rev() {
            text += &format!(
                "\n{}{}\n{}\n",
                paper.strong(&day(answer.on)),
                paper.faint(&format!("  [{}]", short(answer.id))),
                paper.paragraph("", 2, &answer.what.words)
            );
            for comment in mastery.comments_on(answer.id) {
                let how = words::arrival(comment.what.arrival);
                let said = format!("{} ({how}): {}", comment.what.by, comment.what.words);
                text += &format!("{}\n", paper.paragraph("", 4, &said));
            }
        }
        if !mastery.unread().is_empty() {
            text += "\nSomebody wrote to you: metier series unread\n";
        }
        text
    })
}

async fn answer(words: &str, question: Option<String>, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let id = {
        let (entries, life) = metier.read().await?;
        let view = view(&entries, session.surroundings.now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        of(&mastery, question.as_deref(), session)?.id.to_owned()
    };
    let entry = metier.answer_series(&id, words).await?;
    let hint = format!("Beside what you answered before: metier series show {id}");
    recorded(session, &metier, vec![entry], "Kept.", &[], Some(hint)).await
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let last = |q: &Asked<'_>| {
        let given = mastery
            .answers
            .iter()
            .filter(|a| a.what.question.as_str() == q.id);
        given.map(|a| a.on).max()
    };
    let questions = mastery.questions();
    let value: Vec<_> = questions
        .iter()
        .map(|q| json!({"question": q, "answered": last(q)}))
        .collect();
    session.answer(&value, |paper| {
        let lines = questions.iter().map(|q| {
            let by = q.by.map_or_else(String::new, |by| format!("{by} asks: "));
            let when = last(q).map_or_else(
                || "not answered yet".to_owned(),
                |on| format!("answered on {}", day(on)),
            );
            format!(
                "{}\n{}\n",
                paper.paragraph("", 2, &format!("{by}{}", q.asks)),
                paper.faint(&format!("  {}  {when}", q.id))
            )
        });
        lines.collect()
    })
}

/// The answer that a word names.
fn answer_of<'a>(
    mastery: &Mastery<'a>,
    entries: &[Entry],
    word: &str,
) -> Result<Noted<'a, SeriesAnswer>, AppError> {
    let id = find_entry(entries, word)?;
    let found = mastery.answers.iter().find(|a| a.id == id).copied();
    found.ok_or_else(|| {
        AppError::not_found(format!("`{word}` is no answer of the series"))
            .hint("`metier series show QUESTION` shows the answers to one.")
    })
}

async fn comment(args: CommentArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let answer = {
        let (entries, life) = metier.read().await?;
        let view = view(&entries, session.surroundings.now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        answer_of(&mastery, &entries, &args.answer)?.id
    };
    let said = Commented {
        shown: None,
        by: args.by,
        comments: vec![(answer, args.words.unwrap_or_default())],
        question: args.question.unwrap_or_default(),
        arrival: Arrival::Relayed,
    };
    let ids = metier.commented(said, None).await?;
    recorded(session, &metier, ids, "Noted, as relayed by you.", &[], None).await
}

async fn share(args: ShareArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let today = session.surroundings.today();
    let answers: Vec<EntryId> = {
        let (entries, life) = metier.read().await?;
        let view = view(&entries, session.surroundings.now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let found = args
            .answer
            .iter()
            .map(|word| answer_of(&mastery, &entries, word).map(|a| a.id));
        found.collect::<Result<_, _>>()?
    };
    let until = match args.until {
        Some(day) => day.of(today),
        None => today.checked_add(DAYS.days()).unwrap_or(today),
    };
    let since = if args.afresh {
        None
    } else {
        metier.shown_before(&args.to).await?
    };
    let show = ShowAnswers {
        answers,
        to: args.to,
        since,
        note: args.note.unwrap_or_default(),
    };
    let (id, link) = metier.show_answers(show, until).await?;
    let read = metier.showing(id).await?;
    let letter = words::showing_mail(&read, metier.name());
    let mut value = json!({"recorded": [id], "sees": read});
    let text = if args.mail {
        metier.revoke_links(id).await?;
        value["mail"] = json!(letter);
        format!(
            "{letter}\n--\nCopy this into a mail. What comes back: metier series comment ENTRY --by NAME \"…\"\n"
        )
    } else {
        let path = format!("/for/{}", link.token.as_str());
        value["link"] = json!(path);
        format!(
            "{} will see exactly this, and may write under each answer:\n\n{letter}\n\
             The link, shown only now:\n\n  http://127.0.0.1:8737{path}\n\n\
             It opens on this machine, while `metier serve --port 8737` runs; with another port, put that in.\n\
             For somebody elsewhere use --mail.\n",
            read.to
        )
    };
    metier.close().await;
    session.answer(&value, |_| text)
}

async fn unread(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (value, ids, text) = {
        let (entries, life) = metier.read().await?;
        let view = view(&entries, session.surroundings.now());
        let mastery = Mastery::of(&view, &life.needed()?.framework.family);
        let unread = mastery.unread();
        let mut text = String::new();
        for comment in &unread.comments {
            let about = mastery.answers.iter().find(|a| a.id == comment.what.answer);
            if let Some(about) = about {
                text += &format!("{}\n", about.what.asked);
            }
            text += &format!(
                "  {}, {}: {}\n",
                comment.what.by,
                day(comment.on),
                comment.what.words
            );
        }
        for put in &unread.put {
            text += &format!("{} asks: {}\n", put.what.by, put.what.question);
        }
        let value = json!({
            "comments": unread.comments.iter().map(|c| json!({"id": c.id, "on": c.on, "what": c.what})).collect::<Vec<_>>(),
            "questions": unread.put.iter().map(|p| json!({"id": p.id, "on": p.on, "what": p.what})).collect::<Vec<_>>(),
        });
        (value, unread.entries(), text)
    };
    metier.read_comments(&ids).await?;
    metier.close().await;
    session.answer(&value, |_| {
        if text.is_empty() {
            "Nothing waits to be read.\n".into()
        } else {
            format!("{text}\nIt is noted as read.\n")
        }
    })
}
