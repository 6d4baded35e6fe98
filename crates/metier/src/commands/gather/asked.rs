//! The side of who asks: the question, what was released, and the list of both sides.

use std::path::Path;

use jiff::ToSpan;
use metier_app::words::{self, day};
use metier_app::{AppError, AskPeers, Metier, gathering_text, is_gathering, read_gathering};
use metier_core::gathering::{AskSeen, GatheringLetter, Release};
use metier_core::id::EntryId;
use metier_core::own_view::Spoken;
use serde_json::json;

use super::round::{round_text, round_value};
use super::{AGAIN, AskArgs, entry_of, short};
use crate::answer::Answer;
use crate::new_file::{not_there, write_new};
use crate::paper::Paper;
use crate::session::Session;

/// For how long a question is open unless another day is given.
const DAYS: i64 = 21;

pub(super) async fn ask(args: AskArgs, session: &Session) -> Result<Answer, AppError> {
    not_there(&args.out)?;
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
    write_new(
        &args.out,
        gathering_text(&metier.peers_letter(id).await?)?.as_bytes(),
        AGAIN,
    )?;
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

pub(super) async fn list(session: &Session) -> Result<Answer, AppError> {
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

pub(super) async fn read(file: &Path, session: &Session) -> Result<Answer, AppError> {
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

pub(super) async fn show(which: &str, session: &Session) -> Result<Answer, AppError> {
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
