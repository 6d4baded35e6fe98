//! The side of who gathers: a round taken on, its peers, and its close.

use std::path::Path;

use metier_app::words::{self, day};
use metier_app::{AppError, AskedPeer, Kind, Metier, gathering_text, read_gathering, round_stands_as};
use metier_core::gathering::{AskLetter, GatheringLetter, Round};
use metier_core::rating::Role;
use serde_json::{Value, json};

use super::{AGAIN, CloseArgs, InviteArgs, entry_of, short};
use crate::answer::Answer;
use crate::new_file::{not_there, write_new};
use crate::paper::Paper;
use crate::session::Session;

pub(super) async fn open(file: &Path, called: Option<&str>, session: &Session) -> Result<Answer, AppError> {
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

pub(super) async fn invite(args: InviteArgs, session: &Session) -> Result<Answer, AppError> {
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
    let (mut given, mut failed) = (Vec::new(), Vec::new());
    for one in &asked {
        match hand_out(&metier, one, args.forms.as_deref()).await {
            Ok(handed) => given.push(handed),
            Err(error) => failed.push((&one.peer, error)),
        }
    }
    metier.close().await;
    if let [(_, first), ..] = failed.as_slice() {
        let mut error = AppError::new(first.kind, first.message.clone()).hint(format!(
            "All {} are recorded, and {} of them have their form.",
            asked.len(),
            given.len()
        ));
        for (peer, _) in &failed {
            error = error.hint(format!(
                "For {}: metier feedback gather again {} --form FILE",
                peer.name,
                short(peer.id)
            ));
        }
        return Err(error);
    }
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
    write_new(&path, form.text.as_bytes(), AGAIN)?;
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

pub(super) async fn again(peer: &str, form: Option<&Path>, session: &Session) -> Result<Answer, AppError> {
    if let Some(form) = form {
        not_there(form)?;
    }
    let metier = session.open().await?;
    let id = entry_of(&metier, peer).await?;
    let (_, peer) = metier.peer(id).await?;
    let link = metier.renew_peer_link(id).await?;
    let given = match form {
        Some(path) => {
            write_new(
                path,
                metier.peer_form(id, &link.token).await?.text.as_bytes(),
                AGAIN,
            )?;
            json!({"name": peer.name, "file": path})
        }
        None => json!({"name": peer.name, "link": format!("/for/{}", link.token.as_str())}),
    };
    metier.close().await;
    session.answer(&given, |_| handed_out(std::slice::from_ref(&given)))
}

/// A round without a word of any answer.
pub(super) fn round_value(round: &Round) -> Value {
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

pub(super) fn round_text(round: &Round, today: jiff::civil::Date, paper: Paper) -> String {
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

pub(super) async fn close(args: CloseArgs, session: &Session) -> Result<Answer, AppError> {
    not_there(&args.out)?;
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
        write_new(&args.out, gathering_text(&letter)?.as_bytes(), AGAIN)?;
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
