//! Recording what is said of the network.

use jiff::civil::Date;
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::Noted;
use metier_core::name::plain_name;
use metier_core::network::{
    Community, Contact, Guidance, Mentorship, Network, NetworkFact, Touch, WillingToTeach,
};

use crate::case::stands_as;
use crate::error::AppError;
use crate::home::Metier;

/// What to do with what has not happened yet.
const LATER: &str = "Note it when it has happened. What you mean to do is a next day.";

/// What one is willing to teach, of what is aimed at now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Willing {
    /// Which competencies; none: nothing at the moment.
    pub competencies: Vec<CompetencyId>,
    /// How, how often, to whom.
    pub note: String,
}

/// A short name for how something of the network stands, what was said about it since included: a form
/// carries it, and is refused when it changed meanwhile.
pub fn network_mark(network: &Network<'_>, id: EntryId) -> String {
    let told = [
        network.contacts.iter().find(|n| n.id == id).map(stood),
        network.touches_of(id).last().map(stood),
        network.mentorships.iter().find(|n| n.id == id).map(stood),
        network.guidance_of(id).map(stood).max(),
        network.communities.iter().find(|n| n.id == id).map(stood),
    ];
    stands_as(&told)
}

/// Who of the contacts goes by a name; capitals and blanks count for nothing.
pub fn of_name<'n, 'a>(network: &'n Network<'a>, name: &str) -> Option<&'n Noted<'a, Contact>> {
    let name = plain_name(name);
    let mut all = network.contacts.iter();
    all.find(|c| plain_name(&c.what.name) == name)
}

fn stood<T>(noted: &Noted<'_, T>) -> String {
    noted.recorded_at.to_string()
}

impl Metier {
    /// Notes somebody one knows.
    ///
    /// # Errors
    /// When nobody is named.
    pub async fn know(&self, contact: Contact) -> Result<EntryId, AppError> {
        self.of_network(self.surroundings().today(), NetworkFact::Contact(contact))
            .await
    }

    /// Rewords a contact; what stood before stays readable.
    ///
    /// # Errors
    /// When there is no such contact, or nobody is named.
    pub async fn change_contact(&self, id: EntryId, contact: Contact) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let network = Network::in_journal(&entries);
        let before = network.contacts.iter().find(|c| c.id == id);
        let before = before.ok_or_else(|| no_contact(id))?;
        // Taken apart is the name that was, and no other.
        let parts = before
            .what
            .parts
            .clone()
            .filter(|_| before.what.name == contact.name);
        let contact = Contact { parts, ..contact };
        self.correct(id, before.on, NetworkFact::Contact(contact).fact())
            .await
    }

    /// Notes that one spoke with somebody.
    ///
    /// # Errors
    /// When there is no such contact, or the day is to come.
    pub async fn spoke(&self, on: Date, touch: Touch) -> Result<EntryId, AppError> {
        self.not_to_come(on, LATER)?;
        let id = touch.contact;
        let there = self.day_of(|n| n.contacts.iter().find(|c| c.id == id).map(|c| c.on));
        there.await?.ok_or_else(|| no_contact(id))?;
        self.of_network(on, NetworkFact::Touch(touch)).await
    }

    /// Notes that somebody guides one, or that one guides somebody.
    ///
    /// # Errors
    /// When nobody is named, there is no such contact or competency, or it ends before it begins.
    pub async fn mentoring(&self, mut mentorship: Mentorship) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let framework = &life.needed()?.framework;
        known(framework, &mentorship.gaps)?;
        mentorship.family = (!mentorship.gaps.is_empty()).then(|| framework.family.clone());
        if let Some(id) = mentorship.contact {
            let there = self.day_of(|n| n.contacts.iter().find(|c| c.id == id).map(|c| c.on));
            there.await?.ok_or_else(|| no_contact(id))?;
        }
        let on = self.surroundings().today();
        self.of_network(on, NetworkFact::Mentorship(mentorship)).await
    }

    /// Notes until when somebody guided somebody.
    ///
    /// # Errors
    /// When there is no such mentorship, or it would end before it began.
    pub async fn end_mentoring(&self, id: EntryId, until: Date) -> Result<EntryId, AppError> {
        self.not_to_come(until, LATER)?;
        let (entries, _) = self.read().await?;
        let network = Network::in_journal(&entries);
        let found = network.mentorships.iter().find(|m| m.id == id);
        let found = found.ok_or_else(|| no_mentor(id))?;
        let ended = Mentorship {
            until: Some(until),
            ..found.what.clone()
        };
        self.correct(id, found.on, NetworkFact::Mentorship(ended).fact())
            .await
    }

    /// Notes guidance: what was said, and what was done with it.
    ///
    /// # Errors
    /// When there is no such mentorship, nothing was said, or the day is to come.
    pub async fn guidance(&self, on: Date, guidance: Guidance) -> Result<EntryId, AppError> {
        self.not_to_come(on, LATER)?;
        let id = guidance.mentorship;
        let there = self.day_of(|n| n.mentorships.iter().find(|m| m.id == id).map(|m| m.on));
        there.await?.ok_or_else(|| no_mentor(id))?;
        self.of_network(on, NetworkFact::Guidance(guidance)).await
    }

    /// Notes what was done with guidance.
    ///
    /// # Errors
    /// When there is no such guidance, or nothing is said.
    pub async fn guidance_used(&self, id: EntryId, done: &str) -> Result<EntryId, AppError> {
        if done.trim().is_empty() {
            return Err(AppError::input("it is not said what was done with it")
                .hint("A sentence will do. That it was left aside is an answer too."));
        }
        let (entries, _) = self.read().await?;
        let network = Network::in_journal(&entries);
        let found = network.guidance.iter().find(|g| g.id == id).ok_or_else(|| {
            AppError::not_found(format!("there is no guidance {id}"))
                .hint("`metier mentor list` shows what was said.")
        })?;
        let used = Guidance {
            done: done.trim().to_owned(),
            ..found.what.clone()
        };
        self.correct(id, found.on, NetworkFact::Guidance(used).fact())
            .await
    }

    /// Notes what one is willing to teach; it stands in place of what was said before.
    ///
    /// # Errors
    /// When there is no such competency in what is aimed at.
    pub async fn willing(&self, willing: Willing) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let framework = &life.needed()?.framework;
        known(framework, &willing.competencies)?;
        let said = WillingToTeach {
            family: framework.family.clone(),
            competencies: willing.competencies,
            note: willing.note.trim().to_owned(),
        };
        let on = self.surroundings().today();
        self.of_network(on, NetworkFact::Willing(said)).await
    }

    /// Notes a community, a professional body, an industry group, an event.
    ///
    /// # Errors
    /// When it has no name, or ends before it begins.
    pub async fn belong(&self, community: Community) -> Result<EntryId, AppError> {
        let on = self.surroundings().today();
        self.of_network(on, NetworkFact::Community(community)).await
    }

    /// Rewords a community; what stood before stays readable.
    ///
    /// # Errors
    /// When there is none such, or it is not well formed.
    pub async fn change_community(&self, id: EntryId, community: Community) -> Result<EntryId, AppError> {
        let on = self.day_of(|n| n.communities.iter().find(|c| c.id == id).map(|c| c.on));
        let on = on.await?.ok_or_else(|| {
            AppError::not_found(format!("there is no community {id}"))
                .hint("`metier community list` shows those there are.")
        })?;
        self.correct(id, on, NetworkFact::Community(community).fact())
            .await
    }

    async fn of_network(&self, on: Date, said: NetworkFact) -> Result<EntryId, AppError> {
        let ids = self.record(vec![self.writing_on(on, said.fact())]).await?;
        Ok(ids[0])
    }

    async fn day_of(
        &self,
        find: impl FnOnce(&Network<'_>) -> Option<Date>,
    ) -> Result<Option<Date>, AppError> {
        let (entries, _) = self.read().await?;
        Ok(find(&Network::in_journal(&entries)))
    }
}

/// Every competency is one of the framework.
pub(crate) fn known(framework: &Framework, competencies: &[CompetencyId]) -> Result<(), AppError> {
    let unknown = competencies.iter().find(|c| framework.competency(c).is_none());
    match unknown {
        Some(unknown) => Err(AppError::not_found(format!(
            "{} has no competency `{unknown}`",
            framework.title
        ))
        .hint("`metier framework show` lists them.")),
        None => Ok(()),
    }
}

fn no_contact(id: EntryId) -> AppError {
    AppError::not_found(format!("there is no contact {id}"))
        .hint("`metier contact list` shows those there are.")
}

fn no_mentor(id: EntryId) -> AppError {
    AppError::not_found(format!("there is no mentorship {id}"))
        .hint("`metier mentor list` shows those there are.")
}
