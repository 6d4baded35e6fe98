//! A peer's answer on paper: the form that is sent, and what comes back.

use metier_core::agreement::same_name;
use metier_core::feedback::{Channel, NextTime};
use metier_core::gathering::{Peer, PeerAnswered, PeerSays, Round};
use metier_core::id::EntryId;
use metier_core::invitation::{LinkPurpose, LinkState, LinkToken};
use metier_exchange::feedback_form::{FormRead, FormText, read_form};

use crate::error::AppError;
use crate::feedback_paper::FormFile;
use crate::home::Metier;
use crate::words;

impl Metier {
    /// The form for a peer, with the code of their link.
    ///
    /// # Errors
    /// When nobody was asked by this entry.
    pub async fn peer_form(&self, peer: EntryId, code: &LinkToken) -> Result<FormFile, AppError> {
        let (round, peer) = self.peer(peer).await?;
        let whom = metier_core::id::slug_of(&peer.name).unwrap_or_else(|| "them".into());
        Ok(FormFile {
            name: format!("without-names-for-{whom}.txt"),
            text: form_of(&round, &peer, code.as_str()),
        })
    }

    /// Takes in a form that a peer filled in. Says false when it was taken in before.
    ///
    /// # Errors
    /// When it is damaged or altered, of another journal, taken back, over, of somebody else, or not answered: each
    /// says so; nothing is then recorded.
    pub async fn read_peer_form(&self, bytes: &[u8]) -> Result<(EntryId, bool), AppError> {
        let nothing = |what: String| AppError::input(what).hint("Nothing was recorded.");
        let read = read_form(bytes)
            .map_err(|problems| AppError::document("the form", &problems).hint("Nothing was recorded."))?;
        let link = self.link(&read.code).await?;
        let Some(link) = link.filter(|l| l.invitation.purpose == LinkPurpose::Unnamed) else {
            return Err(nothing("this form belongs to no round that is gathered here".into())
                .hint("Take it to the home it was made in. A form that asks for feedback with a name: metier feedback read FILE"));
        };
        let (round, peer) = self.peer(link.invitation.about).await?;
        match link.state {
            LinkState::Answered => return Ok((round.id, false)),
            LinkState::Open => {}
            LinkState::Expired => {
                return Err(nothing(format!(
                    "this form came after its last day, {}",
                    round.letter.asked.until
                )));
            }
            LinkState::Revoked => {
                return Err(nothing(
                    "the round is closed, or a newer form was made for the same person".into(),
                ));
            }
        }
        let sent = read_form(form_of(&round, &peer, &read.code).as_bytes())
            .map_err(|problems| AppError::document("the form as it was sent", &problems))?;
        if let Some((line, was)) = read.altered(&sent) {
            return Err(nothing(format!(
                "the form was altered in line {line}: “{was}” stood there"
            ))
            .hint("An answer counts only for the question that was asked. Ask for it in the form as it was sent."));
        }
        let by = read.answer("name");
        if !by.is_empty() && !same_name(by, &peer.name) {
            return Err(nothing(format!("you asked {}, and {by} answered", peer.name))
                .hint("Each person gets a form of their own."));
        }
        let answer = said_in(&read, &round, peer.id)?;
        let new = self.keep_unnamed(link.invitation.answer, answer).await?;
        Ok((round.id, new))
    }
}

/// The form, as the peer reads it.
fn form_of(round: &Round, peer: &Peer, code: &str) -> String {
    let asked = &round.letter.asked;
    let (person, collector) = (&asked.person, &asked.collector);
    let mut form = FormText::default();
    form.say("");
    form.say(&format!(
        "{collector} asks {} ({}) what you see of {person}'s work, without {person} learning who said what.",
        peer.name,
        words::role(peer.role)
    ));
    form.say("");
    form.say("First, who sees it:");
    for told in words::unnamed_first(asked) {
        form.say(&told);
    }
    if !asked.note.is_empty() {
        form.say("");
        form.say(&format!("{person} writes: {}", asked.note));
    }
    form.say("");
    form.say(&format!(
        "Write under the lines that begin with ==. It takes five minutes. Then save the file as plain text and send it \
         to {collector}, not to {person}, by {}.",
        words::day(asked.until)
    ));
    form.say("");
    form.say("Your name:");
    form.place("name", &peer.name);
    for of in &asked.about {
        form.say(&of.name);
        form.say(&of.looks_like);
        form.say(&format!(
            "{} Write one: {}.",
            words::NEXT_TIME,
            words::next_times()
        ));
        form.place(&format!("next:{}", of.competency), "");
    }
    form.say(&format!("What does {person} do well? (if you like)"));
    form.place("strengths", "");
    form.say("One thing to change (if you like)");
    form.place("change", "");
    form.say(&format!(
        "May {person} read these words, without your name? {} Write yes or no; nothing means no.",
        words::MIND_YOUR_WORDS
    ));
    form.place("show", "");
    form.done(code)
}

fn said_in(read: &FormRead, round: &Round, invited: EntryId) -> Result<PeerAnswered, AppError> {
    let line = |key: &str| read.place(key).map_or(0, |p| p.line);
    let wrong = |key: &str, said: &str, expected: &str| {
        let what = if said.is_empty() {
            "nothing is".to_owned()
        } else {
            format!("“{said}” is")
        };
        AppError::input(format!("line {}: {what} written for {key}", line(key)))
            .hint(format!("Write one of: {expected}. Nothing was recorded."))
    };
    let mut says = Vec::new();
    for of in &round.letter.asked.about {
        let key = format!("next:{}", of.competency);
        let said = read.answer(&key);
        says.push(PeerSays {
            competency: of.competency.clone(),
            next_time: NextTime::told(said).ok_or_else(|| wrong(&key, said, &words::next_times()))?,
        });
    }
    let show = read.answer("show");
    let first = show
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    let words_shown = match first.to_lowercase().as_str() {
        "yes" => true,
        "" | "no" => false,
        _ => return Err(wrong("show", show, "yes / no")),
    };
    Ok(PeerAnswered {
        invited,
        channel: Channel::File,
        says,
        strengths: read.answer("strengths").to_owned(),
        change: read.answer("change").to_owned(),
        words_shown,
    })
}
