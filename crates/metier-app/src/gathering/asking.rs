//! The person's side: asking somebody to gather what peers say, and taking in what was released.

use jiff::civil::Date;
use metier_core::disclosure::Disclosure;
use metier_core::gathering::{
    AskLetter, AskSeen, AskedOf, GatheringFact, GatheringLetter, PeersAsked, Refusal, Release, ReleaseCame,
    asks,
};
use metier_core::id::EntryId;
use metier_core::policy::Policy;

use super::refused;
use crate::error::{AppError, Kind};
use crate::evidence::competency_of;
use crate::home::Metier;

/// What to ask of peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskPeers {
    /// Who gathers the answers.
    pub by: String,
    /// What about, by id or name.
    pub competencies: Vec<String>,
    /// Who leads the person, and cannot be among the peers.
    pub not_among: Vec<String>,
    /// The last day for an answer.
    pub until: Date,
    /// A few words to whoever answers.
    pub note: String,
}

impl Metier {
    /// Everything asked of peers through somebody else, oldest first; what came of it waits for the own view.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn asks_of_peers(&self) -> Result<Vec<AskSeen>, AppError> {
        let whole = self.whole().await?;
        let asks = asks(&whole.entries).into_iter();
        Ok(asks.map(|ask| ask.seen(&whole.waiting)).collect())
    }

    /// A release that came, by its entry, for who would read it before their own view is in.
    ///
    /// # Errors
    /// When nothing came by this.
    pub async fn release_anyway(&self, id: EntryId) -> Result<Release, AppError> {
        let asks = asks(&self.whole().await?.entries);
        let mut came = asks.into_iter().filter_map(|ask| ask.came);
        let found = came.find(|came| came.id == id).map(|came| came.release);
        found.ok_or_else(|| AppError::not_found("nothing that peers said goes by this"))
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none by this id.
    pub async fn ask_of_peers(&self, id: EntryId) -> Result<AskSeen, AppError> {
        let found = self.asks_of_peers().await?.into_iter().find(|a| a.id == id);
        found.ok_or_else(|| crate::record::no_entry(id))
    }

    /// Records that somebody is asked to gather what peers say. Names the person keeps out stay out of it.
    ///
    /// # Errors
    /// When nobody or nothing is named, a competency is not there, the last day does not lie ahead, or the same is
    /// being gathered or was released not long ago.
    pub async fn ask_peers(&self, ask: AskPeers) -> Result<EntryId, AppError> {
        self.open_until(ask.until)?;
        let (entries, life) = self.read().await?;
        let version = life.needed()?;
        let others = Disclosure::of(&entries, self.surroundings.now());
        let seen = |text: &str| others.text(text).to_string();
        let mut about: Vec<AskedOf> = Vec::new();
        for word in &ask.competencies {
            let id = competency_of(&version.framework, word)?;
            if let Some(competency) = version.framework.competency(&id)
                && !about.iter().any(|of| of.competency == id)
            {
                about.push(AskedOf {
                    name: seen(&competency.name),
                    looks_like: seen(&competency.looks_like),
                    competency: id,
                });
            }
        }
        let asked = PeersAsked {
            person: self.name().to_owned(),
            journal: self.journal.id,
            collector: ask.by.trim().to_owned(),
            not_among: tidy(&ask.not_among),
            family: version.framework.family.clone(),
            title: version.framework.title.clone(),
            version: version.digest,
            version_name: version.framework.version.clone(),
            about,
            threshold: Policy::version_1().anonymity,
            asked_on: self.surroundings.today(),
            until: ask.until,
            note: seen(ask.note.trim()),
        };
        // What is wrong with the question itself is said first.
        asked.check()?;
        for before in asks(&self.whole().await?.entries) {
            before
                .apart_from(&asked, asked.asked_on)
                .map_err(|refusal| match refusal {
                    Refusal::AskedAlready { .. } => {
                        refused(&refusal).hint("If nothing will come of it, take that question back first.")
                    }
                    refusal => refused(&refusal),
                })?;
        }
        let writing = self.writing(GatheringFact::Asked(asked).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// The file that asks.
    ///
    /// # Errors
    /// When there is no such question, or this journal has no key to sign with.
    pub async fn peers_letter(&self, id: EntryId) -> Result<GatheringLetter, AppError> {
        let asked = self.ask_of_peers(id).await?.asked;
        let signature = self.signed(asked.text(id)?);
        if signature.is_none() {
            return Err(AppError::new(
                Kind::NotReady,
                "this journal has no key, and nobody gathers for an unsigned question",
            )
            .hint("Ask from a home that was started here."));
        }
        Ok(GatheringLetter::Ask(Box::new(AskLetter {
            ask: id,
            asked,
            signature,
        })))
    }

    /// Takes a question back: what is released of it is no longer taken in.
    ///
    /// # Errors
    /// When there is no such question, or what was released of it is here.
    pub async fn withdraw_peers(&self, id: EntryId, reason: &str) -> Result<EntryId, AppError> {
        let ask = self.ask_of_peers(id).await?;
        if ask.came.is_some() || ask.waits.is_some() {
            return Err(
                AppError::input("what was released of it is in your journal already")
                    .hint("Nothing was recorded."),
            );
        }
        self.withdraw(id, reason).await
    }

    /// Takes in what was released. It bears on no step.
    ///
    /// # Errors
    /// When it is altered, unsigned, for somebody else, of a question that was not asked here, or here already;
    /// nothing is then recorded.
    pub async fn take_release(&self, release: &Release) -> Result<EntryId, AppError> {
        // What came and waits for the own view came all the same.
        let known = asks(&self.whole().await?.entries);
        release
            .may_take(self.journal.id, self.own_key().as_deref(), &known)
            .map_err(|refusal| refused(&refusal))?;
        let came = ReleaseCame {
            release: release.clone(),
        };
        let writing = self.writing(GatheringFact::Came(came).fact());
        self.record(vec![writing]).await.map(|ids| ids[0])
    }
}

/// Names without space around them, each once.
fn tidy(names: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        if !tidy.iter().any(|n| n == name) {
            tidy.push(name.to_owned());
        }
    }
    tidy
}
