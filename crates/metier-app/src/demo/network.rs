//! The example's network: whom she knows, who guides her through what, whom she guides, where the field meets.

use jiff::ToSpan;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::network::{
    Community, CommunityKind, Contact, Guidance, Mentorship, MentorshipSide, NetworkFact, NextTouch, Offer,
    OfferKind, Reach, ReachKind, Touch, WillingToTeach,
};

use super::{Career, slug};
use crate::error::AppError;

/// Somebody she knows, as it is told.
struct Known {
    days_ago: i32,
    name: &'static str,
    title: &'static str,
    organisation: &'static str,
    mail: &'static str,
    offers: &'static [(OfferKind, &'static str)],
    categories: &'static [&'static str],
    note: &'static str,
    /// In how many days, and about what; none chosen where it is empty.
    next: (i32, &'static str),
    /// Days ago, and what came of it.
    touches: &'static [(i32, &'static str)],
}

const KNOWN: [Known; 5] = [
    Known {
        days_ago: 88,
        name: "Rosa Diaz",
        title: "Editor",
        organisation: "Seed and Season",
        mail: "rosa@example.org",
        offers: &[
            (OfferKind::Support, "reads a long draft and marks where it drags"),
            (OfferKind::Platform, "a guest guide every autumn"),
        ],
        categories: &["press"],
        note: "Likes outlines, not drafts. Mornings only.",
        next: (11, "the outline of the pruning guide"),
        touches: &[
            (80, "Told me how she cuts: read it aloud, strike what I skip."),
            (31, "Will take a guide for autumn if the outline is there first."),
        ],
    },
    Known {
        days_ago: 86,
        name: "Jonas Weber",
        title: "Search and figures",
        organisation: "Example Garden Tools",
        mail: "jonas@example.org",
        offers: &[(OfferKind::Support, "a second pair of eyes on figures")],
        categories: &["at work"],
        note: "",
        next: (0, ""),
        touches: &[(18, "Went through the spring figures together.")],
    },
    Known {
        days_ago: 70,
        name: "Hana Okafor",
        title: "Organiser",
        organisation: "Content Evening North",
        mail: "hana@example.org",
        offers: &[(OfferKind::Platform, "a short talk in spring")],
        categories: &["talks"],
        note: "",
        next: (25, "which of the two talks she wants"),
        touches: &[(
            52,
            "Met after the talk on style guides. She looks for short ones.",
        )],
    },
    Known {
        days_ago: 66,
        name: "Ines Moreau",
        title: "Publisher",
        organisation: "Balcony Press",
        mail: "ines@example.org",
        offers: &[(OfferKind::Opportunity, "two commissions a year")],
        categories: &["press"],
        note: "",
        next: (-4, "whether the winter list is settled"),
        touches: &[(66, "Asked for a customer story she could print.")],
    },
    Known {
        days_ago: 40,
        name: "Tom Ashby",
        title: "Paid media",
        organisation: "Twelve Agency",
        mail: "tom@example.org",
        offers: &[(OfferKind::Support, "budgets, and how a fair test is set up")],
        categories: &["talks"],
        note: "Met on the train from Editors' Day.",
        next: (0, ""),
        touches: &[],
    },
];

impl Career<'_> {
    /// Tells the network, between what else was told at the time.
    pub(super) fn network(&mut self) -> Result<(), AppError> {
        let mut rosa = None;
        for known in &KNOWN {
            let id = self.knows(known);
            rosa = rosa.or(Some(id));
        }
        self.mentors(rosa)?;
        self.communities();
        Ok(())
    }

    fn knows(&mut self, known: &Known) -> EntryId {
        let next = (!known.next.1.is_empty()).then(|| NextTouch {
            on: self.today.saturating_add(known.next.0.days()),
            what: known.next.1.into(),
        });
        let offers = known.offers.iter().map(|(kind, what)| Offer {
            kind: *kind,
            what: (*what).to_owned(),
        });
        let contact = Contact {
            name: known.name.into(),
            parts: None,
            title: known.title.into(),
            organisation: known.organisation.into(),
            reach: vec![Reach {
                kind: ReachKind::Mail,
                value: known.mail.into(),
            }],
            offers: offers.collect(),
            categories: known.categories.iter().map(|c| (*c).to_owned()).collect(),
            note: known.note.into(),
            next: next.clone().filter(|_| known.touches.is_empty()),
            card: String::new(),
        };
        let id = self.tell_between(known.days_ago, NetworkFact::Contact(contact).fact());
        for (place, (days_ago, words)) in known.touches.iter().enumerate() {
            let last = place + 1 == known.touches.len();
            let touch = Touch {
                contact: id,
                words: (*words).to_owned(),
                next: next.clone().filter(|_| last),
            };
            self.tell_between(*days_ago, NetworkFact::Touch(touch).fact());
        }
        id
    }

    fn mentors(&mut self, rosa: Option<EntryId>) -> Result<(), AppError> {
        let mentorship = |with: &str, side, gap: &str, purpose: &str, from: i32| {
            Ok::<_, AppError>(Mentorship {
                with: with.into(),
                contact: None,
                side,
                family: Some(self.framework.family.clone()),
                gaps: vec![gap.parse().map_err(slug)?],
                purpose: purpose.into(),
                from: self.today.saturating_sub(from.days()),
                until: None,
            })
        };
        let by_rosa = Mentorship {
            contact: rosa,
            ..mentorship(
                "Rosa Diaz",
                MentorshipSide::TheyGuide,
                "write-a-long-form-guide",
                "one guide that somebody keeps",
                80,
            )?
        };
        let cem = mentorship(
            "Cem",
            MentorshipSide::IGuide,
            "interview-an-expert",
            "three interviews alone",
            60,
        )?;
        let edith = Mentorship {
            until: Some(self.today.saturating_sub(470.days())),
            ..mentorship("Edith", MentorshipSide::TheyGuide, "edit-others-drafts", "", 700)?
        };
        self.tell_between(79, NetworkFact::Mentorship(edith).fact());
        let by_rosa = self.tell_between(78, NetworkFact::Mentorship(by_rosa).fact());
        let cem = self.tell_between(58, NetworkFact::Mentorship(cem).fact());
        for (days_ago, mentorship, words, done) in [
            (
                76,
                by_rosa,
                "Begin with the one question the reader came with. Everything before it is for you.",
                "Cut the first two paragraphs of the compost guide; nobody missed them.",
            ),
            (
                55,
                cem,
                "Ask for the last time it happened, not how it usually is.",
                "Used it with the grower from Halden, and got the story about the frost.",
            ),
            (
                31,
                by_rosa,
                "A guide is kept when it answers what goes wrong. Ask three people what went wrong.",
                "",
            ),
        ] {
            let guidance = Guidance {
                mentorship,
                words: words.into(),
                done: done.into(),
            };
            self.tell_between(days_ago, NetworkFact::Guidance(guidance).fact());
        }
        let teaches = ["publish-an-article", "edit-others-drafts"].map(str::parse::<CompetencyId>);
        let willing = WillingToTeach {
            family: self.framework.family.clone(),
            competencies: teaches.into_iter().collect::<Result<_, _>>().map_err(slug)?,
            note: "An hour on Thursdays, for anybody in the team.".into(),
        };
        self.tell_between(45, NetworkFact::Willing(willing).fact());
        Ok(())
    }

    fn communities(&mut self) {
        let community = |name: &str, kind, part: &str| Community {
            name: name.into(),
            kind,
            url: String::new(),
            part: part.into(),
            from: None,
            until: None,
            note: String::new(),
            next: None,
        };
        let fair = self.today.saturating_sub(42.days());
        let all = [
            Community {
                url: "https://example.org/evening".into(),
                from: Some(self.today.saturating_sub(300.days())),
                next: Some(NextTouch {
                    on: self.today.saturating_add(18.days()),
                    what: "an evening on interviews".into(),
                }),
                ..community(
                    "Content Evening North",
                    CommunityKind::Community,
                    "listen, and help set up the chairs",
                )
            },
            community("Society of Editors", CommunityKind::ProfessionalBody, "member"),
            community(
                "Garden Retail Circle",
                CommunityKind::IndustryGroup,
                "read along, ask once a month",
            ),
            community(
                "The plain words list",
                CommunityKind::Online,
                "answer what newcomers ask",
            ),
            Community {
                from: Some(fair),
                until: Some(fair),
                note: "Three speakers test headlines on colleagues who do not know the subject.".into(),
                ..community("Editors' Day", CommunityKind::Event, "listened")
            },
        ];
        for community in all {
            self.tell_between(41, NetworkFact::Community(community).fact());
        }
    }
}
