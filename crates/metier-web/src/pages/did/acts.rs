//! What can be done with one thing from its page: say what it shows, note somebody's word, look at a
//! link, take it back, bring it back.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use metier_app::words::Words;
use metier_app::{AsOf, Deed, Metier, deeds};
use metier_core::id::EntryId;
use metier_core::journal::Entry;
use metier_core::rating::Role;

use super::correct::find;
use super::entry::{Answer, page};
use super::line::within_limits;
use super::{address, claims, named};
use crate::Shared;
use crate::form::{Fault, Reading, Sent};
use crate::layout::see_other;
use crate::path::Path;
use crate::problem::Problem;

/// What an act needs: the journal, its entries, and the deed's first one.
struct Here {
    metier: Arc<Metier>,
    entries: Arc<Vec<Entry>>,
    id: EntryId,
}

async fn at(shared: &Shared, entry: &str) -> Result<Here, Problem> {
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let id = find(deeds(&entries), named(entry)?)?.id;
    Ok(Here { metier, entries, id })
}

impl Here {
    fn deed(&self) -> Result<Deed<'_>, Problem> {
        find(deeds(&self.entries), self.id)
    }

    /// The page again, with a form of it and its faults.
    async fn again(&self, form: &str, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
        let life = self.metier.life().await?;
        let framework = &life.needed()?.framework;
        let words = Words::new(framework, &self.entries, self.metier.surroundings().today());
        let answer = Answer { form, sent, faults };
        Ok(page(
            &self.metier,
            &self.entries,
            framework,
            &words,
            &self.deed()?,
            "",
            Some(&answer),
        ))
    }
}

fn done(id: EntryId, what: &str) -> Response {
    see_other(&format!("{}?done={what}", address(id)))
}

pub async fn claim(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    let mut reading = Reading::of(&sent);
    reading.needed("competency", "Choose what it shows.");
    let sight = here.metier.sight(AsOf::default()).await?;
    let claim = claims::read(&mut reading, &sent, &sight, "");
    match reading.done(claim) {
        Ok(Some(claim)) => {
            here.metier.claim(here.deed()?.wording.entry, claim).await?;
            Ok(done(here.id, "claimed"))
        }
        Ok(None) => Ok(done(here.id, "")),
        Err(faults) => here.again("claim", &sent, &faults).await,
    }
}

pub async fn confirm(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    let mut reading = Reading::of(&sent);
    let by = reading.needed("by", "Say who confirmed it; initials will do.");
    let role = match sent.text("role") {
        "manager" => Role::Manager,
        "client" => Role::Client,
        "mentor" => Role::Mentor,
        "peer" => Role::Peer,
        _ => {
            reading.fault("role", "Choose who they are to you.");
            Role::Peer
        }
    };
    within_limits(&mut reading, &sent);
    match reading.done(()) {
        Ok(()) => {
            let evidence = here.deed()?.wording.entry;
            here.metier
                .confirm_evidence(evidence, &by, role, sent.text("words"))
                .await?;
            Ok(done(here.id, "confirmed"))
        }
        Err(faults) => here.again("confirm", &sent, &faults).await,
    }
}

pub async fn check_link(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    let evidence = here.deed()?.wording.entry;
    let works = sent.text("works") == "yes";
    here.metier.check_link(evidence, sent.text("url"), works).await?;
    Ok(done(here.id, "checked"))
}

pub async fn take_back(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    let mut reading = Reading::of(&sent);
    within_limits(&mut reading, &sent);
    if let Err(faults) = reading.done(()) {
        return here.again("take-back", &sent, &faults).await;
    }
    if here.deed()?.taken_back.is_none() {
        here.metier.withdraw(here.id, sent.text("reason")).await?;
    }
    Ok(done(here.id, "taken-back"))
}

pub async fn bring_back(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    if let Some(back) = here.deed()?.taken_back {
        here.metier.withdraw(back.entry, "").await?;
    }
    Ok(done(here.id, "brought-back"))
}

/// Takes back a claim or somebody's word: only one that is this deed's.
pub async fn undo(
    State(shared): State<Shared>,
    Path(entry): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let here = at(&shared, &entry).await?;
    let deed = here.deed()?;
    let of = named(sent.text("entry"))?;
    let what = if deed.claims.iter().any(|(claim, _)| *claim == of) {
        "unclaimed"
    } else if deed.confirmations.iter().any(|(word, ..)| *word == of) {
        "unconfirmed"
    } else {
        return Ok(done(here.id, ""));
    };
    here.metier.withdraw(of, "").await?;
    Ok(done(here.id, what))
}
