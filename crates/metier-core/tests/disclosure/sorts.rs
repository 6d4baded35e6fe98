//! Every sort of entry, and a journal to put it in.

use jiff::Timestamp;
use jiff::civil::date;
use metier_core::canonical::Digest;
use metier_core::disclosure::{KeptOut, LeftOut, Reader, View, Whose};
use metier_core::evidence::{Confirmation, Confirmed, Evidence, Happening, Step};
use metier_core::feedback::{Channel, FeedbackGiven, FeedbackSaid, Observed};
use metier_core::framework::EvidenceKind;
use metier_core::id::{ChainId, CompetencyId, EntryId, FamilyId, JournalId, RungId};
use metier_core::journal::{
    Arrival, Audience, Draft, Entry, Fact, LIMITS, Place, Purpose, Review, Salt, Shown as ShownTo,
};
use metier_core::rating::{Dispute, DisputeSettled, Rating, Role};
use uuid::Uuid;

pub const SECRET: &str = "Calmed Zebedee Quill at night";
pub const FOR_OTHERS: &str = "Calmed a frightened patient at night";
pub const AT: Timestamp = Timestamp::MAX;

pub fn evidence(confidential: bool, redacted: &str) -> Fact {
    evidence_of(EvidenceKind::Accomplishment, confidential, redacted)
}

pub fn evidence_of(kind: EvidenceKind, confidential: bool, redacted: &str) -> Fact {
    Fact::Evidence(Box::new(Evidence {
        title: SECRET.into(),
        story: "Zebedee Quill, bed 4".into(),
        hours: None,
        artefacts: Vec::new(),
        confidential,
        redacted: redacted.into(),
        what: Happening::plainest(kind),
    }))
}

pub fn step() -> Step {
    Step {
        family: FamilyId::new("nursing").unwrap(),
        competency: CompetencyId::new("calm-a-patient").unwrap(),
        rung: RungId::new("alone").unwrap(),
    }
}

pub fn confirmation(arrival: Arrival) -> Fact {
    Fact::Confirmation(Confirmation {
        of: Confirmed::Step(step()),
        by: "Mo".into(),
        role: Role::Manager,
        words: SECRET.into(),
        arrival,
        answer: None,
    })
}

pub fn rating(role: Role, arrival: Arrival) -> Fact {
    Fact::Rating(Rating {
        family: step().family,
        version: Digest::ZERO,
        competency: step().competency,
        rung: Some(step().rung),
        role,
        rater: "Mo".into(),
        reason: SECRET.into(),
        evidence: Vec::new(),
        arrival,
        answer: None,
    })
}

pub fn feedback(request: Option<EntryId>, channel: Channel) -> Fact {
    Fact::FeedbackGiven(Box::new(FeedbackGiven {
        request,
        by: "Mo".into(),
        role: Role::Manager,
        channel,
        said: FeedbackSaid::Observed(Observed {
            saw: SECRET.into(),
            ..Observed::default()
        }),
    }))
}

pub fn dispute() -> Fact {
    Fact::Dispute(Dispute {
        step: step(),
        by: "Mo".into(),
        reason: SECRET.into(),
    })
}

pub fn settled() -> Fact {
    Fact::DisputeSettled(DisputeSettled {
        dispute: EntryId(Uuid::max()),
        by: "Mo".into(),
        outcome: SECRET.into(),
    })
}

pub fn name(name: &str) -> Fact {
    Fact::KeptOut(KeptOut {
        name: name.into(),
        whose: Whose::Patient,
    })
}

pub fn readers() -> [Reader; 5] {
    [
        Reader::Party("Mo".into()),
        Reader::Party("Eve".into()),
        Reader::Organisation("Garden".into()),
        Reader::Organisation("Other".into()),
        Reader::Anyone,
    ]
}

pub fn audiences() -> [Audience; 4] {
    [
        Audience::Private,
        Audience::Parties(vec!["Mo".into()]),
        Audience::Organisation("Garden".into()),
        Audience::Public,
    ]
}

/// The places of `readers()` that an audience reaches.
pub fn reached(audience: &Audience) -> &'static [usize] {
    match audience {
        Audience::Private => &[],
        Audience::Parties(_) => &[0],
        Audience::Organisation(_) => &[2],
        Audience::Public => &[0, 1, 2, 3, 4],
    }
}

/// In which views a sort of entry has a place, whether another gave it themselves, and what is seen of it
/// when it is let through: the private words, or why not.
pub struct Sort {
    pub name: &'static str,
    pub fact: Fact,
    pub views: &'static [View],
    pub bound: bool,
    pub text: Result<&'static str, LeftOut>,
}

const TOLD: &[View] = &[View::Packet, View::FeedbackForm, View::Public];
const SAID: &[View] = &[View::Packet, View::Public];
const JUDGED: &[View] = &[View::Packet];
const NOWHERE: &[View] = &[];

fn sort(
    name: &'static str,
    fact: Fact,
    views: &'static [View],
    bound: bool,
    text: Result<&'static str, LeftOut>,
) -> Sort {
    Sort {
        name,
        fact,
        views,
        bound,
        text,
    }
}

pub fn sorts() -> Vec<Sort> {
    let mut sorts = happened();
    sorts.extend(said());
    sorts
}

fn happened() -> Vec<Sort> {
    let practice = |confidential, redacted| evidence_of(EvidenceKind::Attempts, confidential, redacted);
    let silent = Err(LeftOut::NoTextForOthers);
    vec![
        sort("evidence", evidence(false, ""), TOLD, false, Ok(SECRET)),
        sort(
            "with a text for others",
            evidence(false, FOR_OTHERS),
            TOLD,
            false,
            Ok(FOR_OTHERS),
        ),
        sort(
            "confidential, with one",
            evidence(true, FOR_OTHERS),
            TOLD,
            false,
            Ok(FOR_OTHERS),
        ),
        sort("confidential, without", evidence(true, " "), TOLD, false, silent),
        sort("practice", practice(false, ""), TOLD, false, Ok(SECRET)),
        sort("practice, confidential", practice(true, ""), TOLD, false, silent),
    ]
}

fn said() -> Vec<Sort> {
    use Arrival::{ByFile, ByLink, Relayed, Signed};
    let review = Fact::Review(Review {
        with: "Zebedee Quill".into(),
        note: SECRET.into(),
    });
    vec![
        sort("confirmation", confirmation(Relayed), SAID, false, Ok(SECRET)),
        sort(
            "confirmation by link",
            confirmation(ByLink),
            SAID,
            true,
            Ok(SECRET),
        ),
        sort(
            "confirmation, signed",
            confirmation(Signed),
            SAID,
            true,
            Ok(SECRET),
        ),
        sort(
            "own rating",
            rating(Role::Oneself, ByLink),
            JUDGED,
            false,
            Ok(SECRET),
        ),
        sort(
            "rating, relayed",
            rating(Role::Manager, Relayed),
            JUDGED,
            false,
            Ok(SECRET),
        ),
        sort(
            "rating by link",
            rating(Role::Peer, ByLink),
            JUDGED,
            true,
            Ok(SECRET),
        ),
        sort(
            "rating by file",
            rating(Role::Client, ByFile),
            JUDGED,
            true,
            Ok(SECRET),
        ),
        sort(
            "feedback by link",
            feedback(None, Channel::Link),
            JUDGED,
            true,
            Ok(SECRET),
        ),
        sort(
            "feedback by mail",
            feedback(None, Channel::Mail),
            JUDGED,
            true,
            Ok(SECRET),
        ),
        sort(
            "feedback, noted",
            feedback(None, Channel::Told),
            JUDGED,
            false,
            Ok(SECRET),
        ),
        sort("dispute", dispute(), JUDGED, false, Ok(SECRET)),
        sort("its end", settled(), JUDGED, false, Ok(SECRET)),
        sort("review", review, NOWHERE, false, Ok("")),
        sort("a name kept out", name("Someone Else"), NOWHERE, false, Ok("")),
    ]
}

/// A journal in the hand: each entry a second after the one before.
pub struct Hand(pub Vec<Entry>);

impl Hand {
    pub fn tell(&mut self, fact: Fact, audience: Audience, purpose: Purpose) -> EntryId {
        let n = self.0.len() as u64 + 1;
        let id = EntryId(Uuid::from_u128(u128::from(n)));
        let draft = Draft {
            audience,
            purpose,
            ..Draft::new("Ada", date(2026, 1, 1), fact)
        };
        let place = Place {
            id,
            journal: JournalId(Uuid::max()),
            chain: ChainId(Uuid::max()),
            sequence: n,
            previous: Digest::ZERO,
            recorded_at: Timestamp::from_second(1_790_000_000 + i64::try_from(n).unwrap()).unwrap(),
            salt: Salt([0; 16]),
        };
        let sealed = draft.record(&place, &LIMITS).unwrap();
        self.0.push(sealed.open().unwrap().unwrap());
        id
    }

    pub fn correct(&mut self, fact: Fact, entry: EntryId) -> EntryId {
        let id = self.private(fact);
        self.0.last_mut().unwrap().payload.corrects = Some(entry);
        id
    }

    pub fn private(&mut self, fact: Fact) -> EntryId {
        self.tell(fact, Audience::Private, Purpose::Development)
    }
}

pub fn shown_to(entry: EntryId, audience: Audience, purpose: Purpose) -> Fact {
    Fact::Shown(ShownTo {
        entry,
        audience,
        purpose,
    })
}
