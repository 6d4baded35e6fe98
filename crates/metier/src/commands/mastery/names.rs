//! `mastery names`: whom colleagues see as the expert.

use clap::Subcommand;
use jiff::ToSpan;
use metier_app::words;
use metier_app::{AppError, NameSaid, find_entry};
use metier_core::journal::{Arrival, view};
use metier_core::mastery::Mastery;
use serde_json::json;

use super::super::recorded::recorded;
use super::super::short;
use crate::answer::Answer;
use crate::day::Day;
use crate::session::Session;

/// For how long it can be answered unless another day is given.
const DAYS: i64 = 14;
/// The most bytes of a mail that are read.
const READ_MAX: usize = 2 << 20;

/// What to do about names.
#[derive(Debug, Subcommand)]
pub enum NamesCommand {
    /// Ask a colleague who the expert is, by a link of the running page or as a mail
    Ask {
        /// Whom, as you call them
        to: String,
        /// As a text to copy into a mail, and no link
        #[arg(long)]
        mail: bool,
        /// The last day; two weeks from now when none is given
        #[arg(long, value_name = "DAY")]
        until: Option<Day>,
        /// A few words to them
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Everybody who was named, by whom, and whom you asked
    List,
    /// Note a name that a colleague told you
    Note {
        /// Whom they name
        name: String,
        /// Who told you
        #[arg(long, value_name = "NAME")]
        by: String,
        /// What they have seen them do
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Read the mail that came back; it is only recorded with --yes
    Read {
        /// The mail as text; `-` reads what is piped in
        file: std::path::PathBuf,
        /// Which asking it answers, as `metier mastery names list` shows it
        #[arg(long, value_name = "ENTRY")]
        of: String,
        /// Record what was understood
        #[arg(long)]
        yes: bool,
    },
    /// Make somebody who was named a master to look at
    Look {
        /// Their name
        name: String,
    },
    /// Take an asking back; its link opens no longer
    Withdraw {
        /// Which, as `metier mastery names list` shows it
        #[arg(value_name = "ENTRY")]
        asked: String,
    },
}

/// Does it.
pub async fn run(command: NamesCommand, session: &Session) -> Result<Answer, AppError> {
    match command {
        NamesCommand::Ask {
            to,
            mail,
            until,
            note,
        } => ask(&to, mail, until, note, session).await,
        NamesCommand::List => list(session).await,
        NamesCommand::Note { name, by, why } => {
            let metier = session.open().await?;
            let said = NameSaid {
                name,
                why: why.unwrap_or_default(),
                by,
                asked: None,
                arrival: Arrival::Relayed,
            };
            let id = metier.name_given(said, None).await?;
            recorded(session, &metier, vec![id], "Noted, as relayed by you.", &[], None).await
        }
        NamesCommand::Read { file, of, yes } => read(&file, &of, yes, session).await,
        NamesCommand::Look { name } => {
            let metier = session.open().await?;
            let id = metier.look_up_to_named(&name).await?;
            let hint =
                "What they accomplished: metier mastery exemplar did WHO --accomplished TEXT".to_owned();
            let said = "They are among the masters you look at.";
            recorded(session, &metier, vec![id], said, &[], Some(hint)).await
        }
        NamesCommand::Withdraw { asked } => {
            let metier = session.open().await?;
            let (entries, _) = metier.read().await?;
            let id = metier.end_name_asked(find_entry(&entries, &asked)?).await?;
            let said = "Taken back. Its link opens no longer; a name that was given stays.";
            recorded(session, &metier, vec![id], said, &[], None).await
        }
    }
}

async fn ask(
    to: &str,
    mail: bool,
    until: Option<Day>,
    note: Option<String>,
    session: &Session,
) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let today = session.surroundings.today();
    let until = match until {
        Some(day) => day.of(today),
        None => today.checked_add(DAYS.days()).unwrap_or(today),
    };
    let (id, link) = metier.ask_for_name(to, &note.unwrap_or_default(), until).await?;
    let asked = metier.name_asked(id).await?;
    let letter = words::name_mail(&asked, metier.name());
    let mut value = json!({"recorded": [id], "sees": asked});
    let text = if mail {
        metier.revoke_links(id).await?;
        value["mail"] = json!(letter);
        format!(
            "{letter}\n--\nCopy this into a mail. Once the answer is here: metier mastery names read ANSWER.txt --of {}\n",
            short(id)
        )
    } else {
        let path = format!("/for/{}", link.token.as_str());
        value["link"] = json!(path);
        format!(
            "The link for {}, shown only now:\n\n  http://127.0.0.1:8737{path}\n\n\
             It opens on this machine, while `metier serve --port 8737` runs; with another port, put that in.\n\
             For somebody elsewhere use --mail.\n",
            asked.to
        )
    };
    metier.close().await;
    session.answer(&value, |_| text)
}

async fn list(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let names = mastery.names();
    let value = json!({
        "named": names.iter().map(|n| json!({
            "name": n.name,
            "by": n.by.iter().map(|b| json!({"id": b.id, "on": b.on, "by": b.what.by, "why": b.what.why})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "asked": mastery.asked.iter().map(|a| json!({
            "id": a.id, "on": a.on, "to": a.what.to,
            "named": mastery.named_for(a).map(|n| &n.what.name),
        })).collect::<Vec<_>>(),
    });
    session.answer(&value, |paper| {
        if names.is_empty() && mastery.asked.is_empty() {
            return "Nobody was named yet. Ask a colleague: metier mastery names ask NAME --mail\n".into();
        }
        let mut text = String::new();
        for named in &names {
            text += &format!(
                "{}, {}\n",
                paper.strong(named.name),
                words::named_by_whom(&mastery, named.name)
            );
            for said in named.by.iter().filter(|n| !n.what.why.is_empty()) {
                let why = format!("{}: {}", said.what.by, said.what.why);
                text += &format!("{}\n", paper.paragraph("", 2, &why));
            }
        }
        for asked in &mastery.asked {
            let answer = mastery.named_for(asked);
            let state = answer.map_or_else(
                || format!("asked on {}, no answer yet", words::day(asked.on)),
                |n| format!("named {}", n.what.name),
            );
            text += &format!(
                "{} {state}{}\n",
                asked.what.to,
                paper.faint(&format!("  [{}]", short(asked.id)))
            );
        }
        text
    })
}

async fn read(file: &std::path::Path, of: &str, yes: bool, session: &Session) -> Result<Answer, AppError> {
    let bytes = super::super::drafts::bytes_of(file, READ_MAX)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| AppError::input("the mail is not plain text in UTF-8").hint("Save it as plain text."))?;
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let asked = metier.name_asked(find_entry(&entries, of)?).await?;
    let draft = metier.read_name_mail(asked.id, &text).await?;
    if !yes {
        metier.close().await;
        return session.answer(&draft, |_| {
            let mut text = format!("{} names: {}\n", asked.to, draft.name);
            if !draft.why.is_empty() {
                text += &format!("Why: {}\n", draft.why);
            }
            if !draft.beside.is_empty() {
                text += &format!("Belongs to neither question: {}\n", draft.beside);
            }
            text + "\nNothing is recorded yet. Say --yes to record it.\n"
        });
    }
    let said = NameSaid {
        name: draft.name,
        why: draft.why,
        by: asked.to,
        asked: Some(asked.id),
        arrival: Arrival::Relayed,
    };
    let id = metier.name_given(said, None).await?;
    metier.revoke_links(asked.id).await?;
    recorded(session, &metier, vec![id], "Recorded the name.", &[], None).await
}
