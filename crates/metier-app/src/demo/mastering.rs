//! What mastery is to the example: a definition that changed, six answers, a master looked at, what one said of
//! the list, and on which layer the idea of oneself sits.

use metier_core::framework::{Expectation, Weight};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Fact};
use metier_core::mastery::{
    Accomplished, Behaviour, CheckFinding, CriteriaAnswer, CriteriaQuestion, Definition, Exemplar, Found,
    IdentityLayer, IdentitySaid, MasterKind, MasteryFact, Nominated, RealityCheck, Significant, Weighs,
};

use super::{Career, slug};
use crate::error::AppError;

/// What the definition asks: competency and step.
const ASKS: [(&str, &str); 5] = [
    ("research-an-audience", "teaches"),
    ("build-a-quarterly-content-plan", "leads"),
    ("edit-others-drafts", "teaches"),
    ("report-results-and-impact", "communicates"),
    ("correct-an-error-in-the-open", "reliable"),
];

/// An answer to each of the six, and why.
const SIX: [(CriteriaQuestion, Weighs, &str); 6] = [
    (
        CriteriaQuestion::Published,
        Weighs::Helps,
        "A book shows patience. The best editor I know never wrote one.",
    ),
    (
        CriteriaQuestion::Recognised,
        Weighs::No,
        "Journalists ask whoever answers first.",
    ),
    (
        CriteriaQuestion::Seen,
        Weighs::No,
        "The work is seen; its author need not be.",
    ),
    (
        CriteriaQuestion::WritesRegularly,
        Weighs::Must,
        "Who stops writing stops noticing what is hard about it.",
    ),
    (
        CriteriaQuestion::Medium,
        Weighs::InWords,
        "The letter of the trade, and a talk in front of twenty people who do the same.",
    ),
    (
        CriteriaQuestion::Speaks,
        Weighs::Helps,
        "It forces one to say what one did, in front of people who could tell.",
    ),
];

impl Career<'_> {
    /// Tells what mastery is, between what else was told at the time.
    pub(super) fn mastering(&mut self) -> Result<(), AppError> {
        let mut definition = self.definition()?;
        let first = self.tell_between(90, MasteryFact::Definition(definition.clone()).fact());
        for (question, answer, reason) in SIX {
            let said = CriteriaAnswer {
                family: self.framework.family.clone(),
                question,
                answer,
                reason: reason.into(),
            };
            self.tell_between(88, MasteryFact::Criteria(said).fact());
        }
        self.tell_between(
            86,
            identity(
                IdentityLayer::Organisation,
                "I am the one who writes for the garden centre.",
            ),
        );
        self.tell_between(70, self.nominated());
        let master = self.master()?;
        let master = self.tell_between(66, MasteryFact::Exemplar(master).fact());
        self.tell_between(45, self.checked(master)?);
        self.tell_between(
            30,
            identity(
                IdentityLayer::Profession,
                "I am somebody who makes hard things easy to read.",
            ),
        );
        "A master of this is somebody whose pages people send to each other, and who can say why it worked."
            .clone_into(&mut definition.statement);
        definition.because = "being sent on says more than being found".into();
        self.reword(28, first, MasteryFact::Definition(definition).fact());
        Ok(())
    }

    fn definition(&self) -> Result<Definition, AppError> {
        let asks = ASKS.iter().map(|(competency, rung)| {
            Ok(Expectation {
                competency: competency.parse().map_err(slug)?,
                rung: rung.parse().map_err(slug)?,
                weight: Weight::Required,
            })
        });
        let thing = |id: &str, what: &str, by: &str| {
            Ok::<_, AppError>(Significant {
                id: id.parse().map_err(slug)?,
                what: what.into(),
                recognised_by: by.into(),
                shown_by: Vec::new(),
            })
        };
        Ok(Definition {
            family: self.framework.family.clone(),
            statement: "A master of this is somebody whose pages people find, and who can say why.".into(),
            will_say: "What people wanted to know and nobody had asked them, and how we found out.".into(),
            needs_to:
                "Lead a launch whose content I did not write myself, and tell in public what went wrong."
                    .into(),
            asks: asks.collect::<Result<_, AppError>>()?,
            things: vec![
                thing(
                    "t1",
                    "A launch led from first interview to report",
                    "the product managers who lived through it",
                )?,
                thing(
                    "t2",
                    "Two writers who do without me what I taught them",
                    "the two, and whom they write for",
                )?,
                thing(
                    "t3",
                    "A talk on a mistake of ours that others still quote a year later",
                    "people of the trade",
                )?,
            ],
            because: String::new(),
        })
    }

    fn master(&self) -> Result<Exemplar, AppError> {
        let did = |what: &str, competency: &str, rung: &str| {
            Ok::<_, AppError>(Behaviour {
                what: what.into(),
                daily: Some(true),
                competency: Some(competency.parse().map_err(slug)?),
                rung: Some(rung.parse().map_err(slug)?),
            })
        };
        Ok(Exemplar {
            family: self.framework.family.clone(),
            name: "Marta Kvist".into(),
            kind: MasterKind::Person,
            known: Some(true),
            written: "Two chapters in a handbook of the trade, and a letter every second Friday.".into(),
            credible: "Three editors who learnt from her lead teams of their own.".into(),
            fame: "Hardly anybody outside of gardening knows her name.".into(),
            personality: "Loud, and never on time.".into(),
            accomplished: vec![Accomplished {
                what: "Turned a catalogue of 2,000 plants into the pages people plan their gardens with"
                    .into(),
                behaviours: vec![
                    did(
                        "Calls three customers before each new section",
                        "research-an-audience",
                        "teaches",
                    )?,
                    did(
                        "Edits aloud, with the writer beside her",
                        "edit-others-drafts",
                        "teaches",
                    )?,
                    did(
                        "Says in the letter what she got wrong",
                        "correct-an-error-in-the-open",
                        "reliable",
                    )?,
                ],
            }],
        })
    }

    fn nominated(&self) -> Fact {
        MasteryFact::Nominated(Nominated {
            family: self.framework.family.clone(),
            name: "Marta Kvist".into(),
            why: "She asked my customers what they had not found, and then it was there.".into(),
            by: "Jonas".into(),
            asked: None,
            arrival: Arrival::Relayed,
        })
        .fact()
    }

    fn checked(&self, exemplar: EntryId) -> Result<Fact, AppError> {
        let finding = |found: Found, words: &str| CheckFinding {
            found,
            words: words.into(),
        };
        let id = |id: &str| id.parse().map_err(slug);
        Ok(MasteryFact::RealityCheck(RealityCheck {
            family: self.framework.family.clone(),
            version: self.framework.digest()?,
            by: "Marta Kvist".into(),
            exemplar: Some(exemplar),
            findings: vec![
                finding(
                    Found::Confirmed(id("research-an-audience")?),
                    "Before anything else.",
                ),
                finding(Found::Confirmed(id("edit-others-drafts")?), ""),
                finding(
                    Found::Struck(id("promote-a-piece-with-a-budget")?),
                    "That is another trade.",
                ),
                finding(
                    Found::Added("Knowing when not to publish".into()),
                    "Half of my work.",
                ),
            ],
            words: "The list is long. Ten of these done well are more than forty half done.".into(),
            arrival: Arrival::Relayed,
        })
        .fact())
    }
}

fn identity(layer: IdentityLayer, words: &str) -> Fact {
    MasteryFact::Identity(IdentitySaid {
        layer,
        words: words.into(),
    })
    .fact()
}
