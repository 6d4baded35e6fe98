//! Packets: derived from what the reader is given, and from nothing else.

use std::collections::HashSet;

use jiff::civil::date;
use metier_core::canonical::Digest;
use metier_core::disagreement::{Disagreement, Side};
use metier_core::disclosure::{ForOthers, LeftOut, Reader};
use metier_core::evidence::{
    Artefact, Claim, ClaimAbout, Confirmation, Confirmed, Evidence, Happening, Stance, Step,
};
use metier_core::framework::{EvidenceKind, Framework, check};
use metier_core::id::{EntryId, LevelId, RungId};
use metier_core::journal::{Arrival, Audience, Fact, Purpose};
use metier_core::packet::{Asked, Behind, Packet, choosable, packet};
use metier_core::policy::Policy;
use metier_core::rating::{Dispute, Rating, Role};
use metier_core::standing::{Question, Standing, State, standing};
use metier_core::target::Target;
use proptest::prelude::*;

use super::sorts::{AT, Hand, name};

fn framework() -> Framework {
    let framework: Framework = serde_json::from_value(serde_json::json!({
        "family": "nursing", "version": "1", "title": "Nursing",
        "practices": [{"id": "care", "name": "Care"}],
        "competencies": [
            {"id": "calm-a-patient", "practice": "care", "name": "Calm a patient", "frequency": "rarer"},
            {"id": "hand-over", "practice": "care", "name": "Hand over", "frequency": "daily"},
        ],
        "levels": [{"id": "senior", "name": "Senior", "expectations": [
            {"competency": "calm-a-patient", "rung": "delivers"},
        ]}],
    }))
    .unwrap();
    assert_eq!(check(&framework), []);
    framework
}

fn step(competency: &str, rung: &str) -> Step {
    let mut step = super::sorts::step();
    step.competency = metier_core::id::CompetencyId::new(competency).unwrap();
    step.rung = RungId::new(rung).unwrap();
    step
}

/// A project, with something to show.
fn project(title: &str) -> Evidence {
    Evidence {
        title: title.into(),
        story: format!("{title}, told at length"),
        hours: None,
        artefacts: vec![
            Artefact::Link {
                url: format!("https://example.org/{}", title.replace(' ', "-")),
                checked_on: None,
            },
            Artefact::Attachment {
                digest: Digest::of(title.as_bytes()),
                name: format!("{title}.pdf"),
                media_type: "application/pdf".into(),
                size: 1,
            },
        ],
        confidential: false,
        redacted: String::new(),
        what: match Happening::plainest(EvidenceKind::Project) {
            Happening::Project { .. } => Happening::Project {
                tasks: format!("{title} tasks"),
                deadline: None,
                goal: format!("{title} goal"),
                met: Some(true),
                people_led: 0,
            },
            other => other,
        },
    }
}

fn say(hand: &mut Hand, evidence: Evidence) -> EntryId {
    let id = hand.private(Fact::Evidence(Box::new(evidence)));
    claim(hand, id, Stance::Supports);
    id
}

fn claim(hand: &mut Hand, evidence: EntryId, stance: Stance) {
    hand.private(Fact::Claim(Claim {
        evidence,
        about: ClaimAbout::Step(step("calm-a-patient", "delivers")),
        stance,
    }));
}

fn rating(role: Role, rater: &str, reason: &str, arrival: Arrival) -> Fact {
    Fact::Rating(Rating {
        family: super::sorts::step().family,
        version: Digest::ZERO,
        competency: super::sorts::step().competency,
        rung: Some(RungId::new("reliable").unwrap()),
        role,
        rater: rater.into(),
        reason: reason.into(),
        evidence: Vec::new(),
        arrival,
        answer: None,
    })
}

fn question<'a>(
    framework: &'a Framework,
    target: Option<&'a Target>,
    policy: &'a Policy,
    nothing: &'a HashSet<EntryId>,
) -> Question<'a> {
    Question {
        framework,
        version: Digest::ZERO,
        target,
        policy,
        calibration: None,
        at: date(2026, 11, 1),
        known_at: AT,
        without: nothing,
    }
}

/// The owner's standing, and the packet for Mo of what is chosen.
fn both(hand: &Hand, chosen: Option<&HashSet<EntryId>>) -> (Standing, Packet) {
    both_since(hand, chosen, None)
}

fn both_since(
    hand: &Hand,
    chosen: Option<&HashSet<EntryId>>,
    since: Option<(jiff::civil::Date, jiff::Timestamp)>,
) -> (Standing, Packet) {
    let (framework, policy, nothing) = (framework(), Policy::version_1(), HashSet::new());
    let target = Target::level(&framework, &LevelId::new("senior").unwrap());
    let question = question(&framework, target.as_ref(), &policy, &nothing);
    let own = standing(&hand.0, &question).unwrap();
    let all = choosable(&hand.0, &own);
    let made = packet(
        &hand.0,
        &Asked {
            question,
            reader: &Reader::Party("Mo".into()),
            chosen: chosen.unwrap_or(&all),
            since,
        },
    );
    (own, made.unwrap().unwrap())
}

fn state(standing: &Standing) -> State {
    let competency = standing.competency(&super::sorts::step().competency).unwrap();
    competency.rung(&RungId::new("delivers").unwrap()).unwrap().state
}

/// Everything a packet could print.
fn everything(packet: &Packet) -> String {
    format!(
        "{} {:?}",
        serde_json::to_string(packet).unwrap(),
        packet.journal.entries()
    )
}

#[test]
fn a_packet_stands_on_what_is_in_it() {
    let mut hand = Hand(Vec::new());
    let first = say(&mut hand, project("Night ward"));
    say(&mut hand, project("Day ward"));
    let (own, whole) = both(&hand, None);
    assert!(state(&own).proven());
    assert_eq!(state(&own), state(&whole.case.standing));
    assert_eq!(whole.case.parts.len(), 1);
    assert_eq!(whole.case.parts[0].proofs.len(), 2);
    assert!(
        whole.case.parts[0]
            .proofs
            .iter()
            .all(|p| p.behind == Behind::Artefact)
    );
    let (own, one) = both(&hand, Some(&HashSet::from([first])));
    assert!(state(&own).proven());
    assert!(!state(&one.case.standing).proven());
    assert_eq!(
        (one.case.statements.evidence, one.case.statements.artefact),
        (1, 1)
    );
    assert!(!everything(&one).contains("Day ward"));
}

#[test]
fn nothing_that_was_not_let_through_is_anywhere_in_a_packet() {
    let mut hand = Hand(Vec::new());
    hand.private(name("Zebedee Quill"));
    let secret = Evidence {
        confidential: true,
        ..project("The takeover of Umbrella")
    };
    let kept = say(&mut hand, secret);
    say(
        &mut hand,
        Evidence {
            redacted: "Calmed a patient in a crisis".into(),
            ..project("Calmed the mayor's wife")
        },
    );
    say(&mut hand, project("Calmed Zebedee Quill at night"));
    // Given through a link for development: the giver was told so.
    let given = hand.private(rating(Role::Peer, "Pat", "privately: too slow", Arrival::ByLink));
    let note = hand.private(rating(
        Role::Manager,
        "Mo",
        "steady with ZEBEDEE  QUILL",
        Arrival::Relayed,
    ));
    let (own, made) = both(&hand, None);
    let told = everything(&made);
    for private in [
        "Umbrella", "mayor", "Zebedee", "QUILL", "Quill", "too slow", "Pat",
    ] {
        assert!(!told.contains(private), "{private} in {told}");
    }
    for shown in ["Calmed a patient in a crisis", "[a patient]", "steady with"] {
        assert!(told.contains(shown), "{shown} not in {told}");
    }
    let mut left_out = made.left_out.clone();
    left_out.sort_by_key(|(entry, _)| *entry);
    assert_eq!(
        left_out,
        [
            (kept, LeftOut::NoTextForOthers),
            (given, LeftOut::GivenForDevelopment)
        ]
    );
    // What counts for the owner and is not given does not count here.
    let ratings = |s: &Standing| {
        s.competencies[0]
            .ratings
            .iter()
            .map(|r| r.entry)
            .collect::<Vec<_>>()
    };
    assert_eq!(ratings(&own), [given, note]);
    assert_eq!(ratings(&made.case.standing), [note]);
    assert_eq!(made.case.parts[0].proofs.len(), 2);
    // A link in which a name stands is no link any more, and still something to show.
    assert!(
        made.case.parts[0]
            .proofs
            .iter()
            .all(|p| p.behind == Behind::Artefact)
    );
}

#[test]
fn a_contested_step_is_not_the_owner_s_to_leave_away() {
    let mut hand = Hand(Vec::new());
    let first = say(&mut hand, project("Night ward"));
    say(&mut hand, project("Day ward"));
    hand.private(Fact::Dispute(Dispute {
        step: step("calm-a-patient", "delivers"),
        by: "Mo".into(),
        reason: "never saw it".into(),
    }));
    let (_, made) = both(&hand, Some(&HashSet::from([first])));
    assert_eq!(state(&made.case.standing), State::Disputed);
    assert!(everything(&made).contains("never saw it"));
}

/// A disagreement about the step, between Ada, Mo and Pat.
fn disagreement(both: bool) -> Fact {
    let side = |who: &str, role, rung: Option<&str>| Side {
        who: who.into(),
        role,
        rung: rung.map(|r| RungId::new(r).unwrap()),
    };
    Fact::Disagreement(Box::new(Disagreement {
        family: super::sorts::step().family,
        version: Digest::ZERO,
        competency: super::sorts::step().competency,
        rung: RungId::new("delivers").unwrap(),
        sides: vec![
            side("Ada", Role::Oneself, Some("teaches")),
            side("Mo", Role::Manager, Some("reliable")),
            side("Pat", Role::Peer, None),
        ],
        whom: "Mo".into(),
        convincing: "a month with Zebedee Quill's ward".into(),
        by: None,
        both,
        agreement: None,
    }))
}

fn packet_for(hand: &Hand, reader: &Reader) -> Packet {
    let (framework, policy, nothing) = (framework(), Policy::version_1(), HashSet::new());
    let target = Target::level(&framework, &LevelId::new("senior").unwrap());
    let asked = Asked {
        question: question(&framework, target.as_ref(), &policy, &nothing),
        reader,
        chosen: &HashSet::new(),
        since: None,
    };
    packet(&hand.0, &asked).unwrap().unwrap()
}

#[test]
fn what_the_owner_alone_wrote_of_others_goes_to_whom_it_concerns_and_names_nobody_else() {
    let mut hand = Hand(Vec::new());
    hand.private(name("Zebedee Quill"));
    hand.private(disagreement(false));
    let mo = everything(&packet_for(&hand, &Reader::Party("mo ".into())));
    assert!(
        mo.contains("a month with [a patient]") && !mo.contains("Pat"),
        "{mo}"
    );
    for other in [Reader::Party("Eve".into()), Reader::Anyone] {
        let told = everything(&packet_for(&hand, &other));
        assert!(!told.contains("a month with") && !told.contains("Pat"), "{told}");
    }
    let mut hand = Hand(Vec::new());
    hand.private(name("Zebedee Quill"));
    hand.private(disagreement(true));
    let both = everything(&packet_for(&hand, &Reader::Anyone));
    assert!(
        both.contains("a month with [a patient]") && both.contains("Pat"),
        "{both}"
    );
}

#[test]
fn the_words_of_a_dispute_can_be_kept_back_and_the_dispute_cannot() {
    let mut hand = Hand(Vec::new());
    say(&mut hand, project("Night ward"));
    say(&mut hand, project("Day ward"));
    let dispute = hand.private(Fact::Dispute(Dispute {
        step: step("calm-a-patient", "delivers"),
        by: "Mo".into(),
        reason: "never saw it".into(),
    }));
    hand.private(Fact::ForOthers(ForOthers {
        entry: dispute,
        text: String::new(),
    }));
    let (_, made) = both(&hand, None);
    assert_eq!(state(&made.case.standing), State::Disputed);
    assert!(!everything(&made).contains("never saw it"));
}

#[test]
fn what_speaks_against_it_can_be_chosen_and_is_shown_as_that() {
    let mut hand = Hand(Vec::new());
    let failed = hand.private(Fact::Evidence(Box::new(project("The ward that went wrong"))));
    claim(&mut hand, failed, Stance::Contradicts);
    let (own, made) = both(&hand, None);
    assert!(choosable(&hand.0, &own).contains(&failed));
    assert!(
        made.case.parts[0]
            .proofs
            .iter()
            .any(|p| p.evidence == failed && !p.supports)
    );
}

#[test]
fn witnesses_say_what_was_there_before_their_word() {
    let mut hand = Hand(Vec::new());
    let first = say(&mut hand, project("Night ward"));
    let confirms = Fact::Confirmation(Confirmation {
        of: Confirmed::Evidence(first),
        by: "Mo".into(),
        role: Role::Manager,
        words: "so it was".into(),
        arrival: Arrival::ByLink,
        answer: None,
    });
    hand.tell(confirms, Audience::Private, Purpose::Administrative);
    say(&mut hand, project("Day ward"));
    hand.private(rating(Role::Peer, "Pat", "", Arrival::Relayed));
    let (_, made) = both(&hand, None);
    assert_eq!(made.case.witnesses.len(), 1);
    let mo = &made.case.witnesses[0];
    assert_eq!((mo.who.as_str(), mo.before, mo.after), ("Mo", 1, 1));
    let s = made.case.statements;
    assert_eq!((s.evidence, s.confirmed, s.artefact, s.own_word), (2, 1, 1, 0));
    assert_eq!((s.heard, s.relayed), (1, 1));
}

#[test]
fn any_wording_of_a_thing_can_be_chosen_and_the_last_one_is_given() {
    let mut hand = Hand(Vec::new());
    let first = say(&mut hand, project("Nihgt ward"));
    let corrected = hand.correct(Fact::Evidence(Box::new(project("Night ward"))), first);
    for chosen in [first, corrected] {
        let (_, made) = both(&hand, Some(&HashSet::from([chosen])));
        let told = everything(&made);
        assert!(told.contains("Night ward") && !told.contains("Nihgt"));
        assert_eq!(made.case.parts[0].proofs.len(), 1);
    }
}

proptest! {
    /// Left to themselves, the owner's standing and that of a packet of everything are one and the same; and
    /// leaving something away is the same as if it had never been recorded.
    #[test]
    fn leaving_something_away_is_as_if_it_were_not_there(
        kinds in proptest::collection::vec((0..3_u8, any::<bool>()), 1..8),
    ) {
        let (mut hand, mut fewer) = (Hand(Vec::new()), Hand(Vec::new()));
        let mut chosen = HashSet::new();
        for (place, (kind, kept)) in kinds.iter().enumerate() {
            let title = format!("Ward {place}");
            let mut evidence = project(&title);
            if *kind == 1 {
                evidence.artefacts.clear();
            }
            let before = hand.0.len();
            let id = if *kind == 2 {
                hand.private(rating(Role::Peer, &title, "", Arrival::Relayed))
            } else {
                say(&mut hand, evidence)
            };
            if *kept {
                chosen.insert(id);
                fewer.0.extend(hand.0[before..].iter().cloned());
            }
        }
        let (_, made) = both(&hand, Some(&chosen));
        let (alone, whole) = both(&fewer, None);
        prop_assert_eq!(&made.case.standing.competencies, &alone.competencies);
        prop_assert_eq!(&whole.case.standing.competencies, &alone.competencies);
    }
}

/// What `packet` says changed since the first entry of `hand` after `known` of them.
fn changed_since(hand: &Hand, known: usize) -> metier_core::standing::Difference {
    let since = (date(2026, 1, 1), hand.0[known - 1].link.recorded_at);
    let (_, made) = both_since(hand, None, Some(since));
    made.case.changed.unwrap()
}

#[test]
fn other_words_for_an_old_proof_make_it_no_newer() {
    let mut hand = Hand(Vec::new());
    let old = say(&mut hand, project("Night ward"));
    say(&mut hand, project("Day ward"));
    hand.tell(
        Fact::Confirmation(Confirmation {
            of: Confirmed::Evidence(old),
            by: "Mo".into(),
            role: Role::Manager,
            words: "so it was".into(),
            arrival: Arrival::ByLink,
            answer: None,
        }),
        Audience::Private,
        Purpose::Administrative,
    );
    let known = hand.0.len();
    let before = changed_since(&hand, known);
    let redacted = Evidence {
        redacted: "A ward at night".into(),
        ..project("Night ward, bed 4")
    };
    hand.correct(Fact::Evidence(Box::new(redacted)), old);
    assert_eq!(changed_since(&hand, known), before, "nothing is new");
    let (_, made) = both(&hand, None);
    assert_eq!(
        (made.case.witnesses[0].before, made.case.witnesses[0].after),
        (2, 0)
    );
    let proof = made.case.parts[0]
        .proofs
        .iter()
        .find(|p| p.evidence == old)
        .unwrap();
    assert_eq!(proof.recorded_at, hand.0[0].link.recorded_at);
    assert_eq!(proof.reworded_at, Some(hand.0.last().unwrap().link.recorded_at));
    let told = everything(&made);
    assert!(
        told.contains("A ward at night") && !told.contains("bed 4"),
        "{told}"
    );
    assert!(
        !format!("{:?}", made.journal).contains("Night ward"),
        "no earlier word"
    );
}
