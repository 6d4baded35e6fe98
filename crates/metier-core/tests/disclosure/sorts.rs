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
    Arrival, Audience, Checkpoint, Draft, Entry, Fact, LIMITS, Place, Purpose, Review, Salt, Shown as ShownTo,
};
use metier_core::rating::{Dispute, DisputeSettled, Rating, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::own::of_mastery;

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
    sorts.extend(kept_to_oneself());
    sorts
}

/// The place of a sort of fact in a list of all; a new one does not compile until it has one.
fn place(fact: &Fact) -> usize {
    match fact {
        Fact::Profession(_) => 0,
        Fact::Position(_) => 1,
        Fact::Aim(_) => 2,
        Fact::Leave(_) => 3,
        Fact::FrameworkDrafted(_) => 4,
        Fact::FrameworkPublished(_) => 5,
        Fact::Evidence(_) => 6,
        Fact::Claim(_) => 7,
        Fact::Confirmation(_) => 8,
        Fact::Crosswalk(_) => 9,
        Fact::CrosswalkRejected(_) => 10,
        Fact::Rating(_) => 11,
        Fact::Dispute(_) => 12,
        Fact::DisputeSettled(_) => 13,
        Fact::FeedbackRequested(_) => 14,
        Fact::FeedbackGiven(_) => 15,
        Fact::FeedbackUsed(_) => 16,
        Fact::AgreementProposed(_) => 17,
        Fact::AgreementConfirmed(_) => 18,
        Fact::AgreementEnded(_) => 19,
        Fact::ReceiptKept(_) => 20,
        Fact::Disagreement(_) => 21,
        Fact::DisagreementEnded(_) => 22,
        Fact::Decision(_) => 23,
        Fact::LinkChecked(_) => 24,
        Fact::Review(_) => 25,
        Fact::ReviewPlanned(_) => 26,
        Fact::Shown(_) => 27,
        Fact::KeptOut(_) => 28,
        Fact::ForOthers(_) => 29,
        Fact::Withdrawal(_) => 30,
        Fact::Erasure(_) => 31,
        Fact::AgreementDeclined(_) => 32,
        Fact::AgreementTalked(_) => 33,
        Fact::Mastery(_) => 34,
        Fact::Plan(_) => 35,
        Fact::Network(_) => 36,
        Fact::Presence(_) => 37,
        Fact::Gathering(_) => 38,
        Fact::Market(_) => 39,
    }
}

#[test]
fn every_sort_of_fact_is_in_the_table() {
    let mut places: Vec<usize> = sorts().iter().map(|sort| place(&sort.fact)).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places, (0..40).collect::<Vec<_>>());
}

/// What has no place of its own in any view: whatever of it others see comes through a copy made for them.
fn kept_to_oneself() -> Vec<Sort> {
    let id = EntryId(Uuid::max());
    let of_step = |step: &Step| json!({"family": step.family, "competency": step.competency});
    let framework = json!({"family": "nursing", "version": "1", "title": "Nursing",
        "practices": [{"id": "care", "name": "Care"}],
        "competencies": [{"id": "calm-a-patient", "practice": "care", "name": SECRET, "frequency": "rarer"}]});
    let with = |kind: &str, mut value: Value| {
        value["fact"] = json!(kind);
        value
    };
    let mut all = vec![
        ("profession", json!({"name": SECRET, "status": "held"})),
        (
            "position",
            json!({"title": SECRET, "family": "nursing", "practices": [], "from": "2020-01-01"}),
        ),
        (
            "aim",
            json!({"family": "nursing", "version": Digest::ZERO, "level": null}),
        ),
        ("leave", json!({"from": "2020-01-01"})),
        ("framework_drafted", framework.clone()),
        ("framework_published", framework),
        ("claim", json!({"evidence": id, "about": {"step": step()}})),
        (
            "crosswalk",
            json!({"from": step(), "to": step(), "confidence": 0.5}),
        ),
        (
            "crosswalk_rejected",
            json!({"from": of_step(&step()), "to": of_step(&step())}),
        ),
        (
            "feedback_requested",
            json!({"to": "Mo", "role": "peer", "about": {"recognition": {"work": id}},
            "purpose": "development", "until": "2027-01-01", "channel": "link", "note": SECRET}),
        ),
        (
            "feedback_used",
            json!({"feedback": id, "how": "changed", "words": SECRET}),
        ),
        (
            "disagreement",
            json!({"family": "nursing", "version": Digest::ZERO, "competency": "calm-a-patient", "rung": "alone", "sides": [
            {"who": "Ada", "role": "self", "rung": "alone"}, {"who": "Mo", "role": "manager", "rung": null}],
            "whom": "Mo", "convincing": SECRET}),
        ),
        (
            "disagreement_ended",
            json!({"disagreement": id, "how": "convinced", "reason": SECRET}),
        ),
        (
            "decision",
            json!({"about": "raise", "outcome": "granted", "by": "Mo", "reason": SECRET}),
        ),
        (
            "link_checked",
            json!({"evidence": id, "url": "https://example.org", "works": true}),
        ),
        (
            "review_planned",
            json!({"on": "2027-01-01", "with": "Mo", "note": SECRET}),
        ),
        (
            "shown",
            json!({"entry": id, "audience": "private", "purpose": "development"}),
        ),
        ("for_others", json!({"entry": id, "text": SECRET})),
        ("withdrawal", json!({"reason": SECRET})),
        ("erasure", json!({"entry": id, "reason": SECRET})),
    ];
    all.extend(agreed_and_planned(id));
    all.extend(of_mastery(id));
    all.into_iter()
        .map(|(kind, value)| {
            let fact: Fact =
                serde_json::from_value(with(kind, value)).unwrap_or_else(|e| panic!("{kind}: {e}"));
            sort(kind, fact, NOWHERE, false, Ok(""))
        })
        .collect()
}

/// Agreements, and what is one's own to plan.
fn agreed_and_planned(id: EntryId) -> Vec<(&'static str, Value)> {
    let checkpoint = json!(Checkpoint::of_ends(JournalId(Uuid::max()), Vec::new()).unwrap());
    let terms = json!({"person": "Ada", "with": "Mo", "role": "manager", "family": "nursing", "title": "Nursing",
        "version": Digest::ZERO, "version_name": "1", "level": "senior", "level_name": "Senior",
        "by": "2027-01-01", "note": SECRET, "proposed_on": "2026-01-01", "answer_by": "2026-02-01",
        "checkpoint": checkpoint});
    let answer =
        json!({"agreement": id, "text": Digest::ZERO, "by": "Mo", "on": "2026-01-02", "words": SECRET});
    let mut declined = answer.clone();
    declined["says"] = json!("no");
    vec![
        ("agreement_proposed", terms.clone()),
        (
            "agreement_confirmed",
            json!({"answer": answer, "arrival": "by_link"}),
        ),
        (
            "gathering",
            json!({"of": "came", "release": {"ask": id, "text": Digest::ZERO, "person": "Ada",
                "journal": JournalId(Uuid::max()), "collector": "Mo", "released_on": "2026-05-20",
                "told": {"threshold": 3, "of": [], "strengths": [SECRET, SECRET, SECRET]}}}),
        ),
        (
            "gathering",
            json!({"of": "answered", "invited": id, "channel": "link", "words_shown": true, "strengths": SECRET,
                "says": [{"competency": "calm-a-patient", "next_time": "not_yet"}]}),
        ),
        (
            "mastery",
            json!({"of": "definition", "family": "nursing", "statement": SECRET}),
        ),
        ("plan", json!({"of": "reflection", "words": SECRET})),
        ("network", json!({"of": "contact", "name": SECRET})),
        ("presence", json!({"of": "brand", "sentence": SECRET})),
        ("market", json!({"of": "advert", "title": SECRET, "text": SECRET})),
        (
            "agreement_ended",
            json!({"agreement": id, "how": "kept", "by": "Ada", "reason": SECRET}),
        ),
        (
            "agreement_declined",
            json!({"answer": declined, "arrival": "by_link"}),
        ),
        ("agreement_talked", json!({"agreement": id, "convincing": SECRET})),
        (
            "receipt_kept",
            json!({"receipt": {"agreement": id, "terms": terms, "answer": answer}}),
        ),
    ]
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
