//! Where the example shows in public, what does not fit there, and what she stands for.

use jiff::ToSpan;
use metier_core::presence::{
    Asserted, Brand, Channel, ChannelKind, Differentiator, Expresses, PresenceFact, PublicClaim, Tells,
    TellsOf, Value,
};

use super::{Career, slug};
use crate::error::AppError;

impl Career<'_> {
    /// Tells where she shows and what she stands for, between what else was told at the time.
    pub(super) fn presence(&mut self) -> Result<(), AppError> {
        let brand = self.brand()?;
        self.tell_between(50, PresenceFact::Brand(brand).fact());
        for channel in self.channels()? {
            self.tell_between(48, PresenceFact::Channel(channel).fact());
        }
        Ok(())
    }

    fn brand(&self) -> Result<Brand, AppError> {
        let value = |id: &str, name: &str, means: &str| {
            Ok::<_, AppError>(Value {
                id: id.parse().map_err(slug)?,
                name: name.into(),
                means: means.into(),
            })
        };
        let skills = ["publish-an-article", "edit-others-drafts", "interview-an-expert"];
        let shown = |title: &str| {
            let found = self.titles.iter().find(|(name, _)| name == title);
            found.map(|(_, id)| *id).into_iter().collect::<Vec<_>>()
        };
        Ok(Brand {
            sentence: "I make what growers know plain enough to act on.".into(),
            values: vec![
                value(
                    "plain-words",
                    "Plain words",
                    "I read every piece aloud, and strike what I skip.",
                )?,
                value(
                    "sources",
                    "Say where it comes from",
                    "No figure leaves my desk without its source.",
                )?,
                value(
                    "time-for-readers",
                    "Time for readers",
                    "I answer every letter to the letter.",
                )?,
            ],
            family: Some(self.framework.family.clone()),
            skills: skills
                .iter()
                .map(|s| s.parse().map_err(slug))
                .collect::<Result<_, _>>()?,
            experiences: ["Customer letter rebuilt", "Spring launch series"]
                .into_iter()
                .flat_map(shown)
                .collect(),
            differentiators: vec![
                Differentiator {
                    words: "I sit down with gardeners before I write for them".into(),
                    shown_by: shown("Interviews with eight balcony gardeners"),
                },
                Differentiator {
                    words: "I grew vegetables for a market before I wrote about them".into(),
                    shown_by: Vec::new(),
                },
            ],
        })
    }

    fn channels(&self) -> Result<[Channel; 3], AppError> {
        let asserts = |words: &str, competency: &str, rung: &str| {
            let step = self.step(competency, rung)?;
            Ok::<_, AppError>(PublicClaim {
                asserts: Some(Asserted {
                    family: step.family,
                    competency: step.competency,
                    rung: step.rung,
                }),
                ..says(words)
            })
        };
        let values = |claim: PublicClaim, value: &str, agrees| {
            Ok::<_, AppError>(PublicClaim {
                values: vec![Expresses {
                    value: value.parse().map_err(slug)?,
                    agrees,
                }],
                ..claim
            })
        };
        let channel = |name: &str, kind, url: &str, looked: i32, claims| Channel {
            name: name.into(),
            kind,
            url: url.into(),
            looked_on: Some(self.today.saturating_sub(looked.days())),
            claims,
        };
        Ok([
            channel(
                "My profile",
                ChannelKind::Profile,
                "https://example.org/in/ada-lind",
                48,
                vec![
                    tells(
                        "Content marketer at Example Garden Tools.",
                        TellsOf::Position,
                        "Content marketer",
                    ),
                    asserts(
                        "I make pages that are found, and teach others how.",
                        "optimise-a-page-for-search",
                        "teaches",
                    )?,
                    values(
                        asserts(
                            "I edit what others wrote until it can be read aloud.",
                            "edit-others-drafts",
                            "teaches",
                        )?,
                        "plain-words",
                        true,
                    )?,
                ],
            ),
            channel(
                "The bio for organisers",
                ChannelKind::Bio,
                "",
                230,
                vec![
                    tells(
                        "Ada Lind is senior content marketer at Example Garden Tools.",
                        TellsOf::Position,
                        "Senior content marketer",
                    ),
                    values(says("Her guides double the sales of any shop."), "sources", false)?,
                ],
            ),
            channel(
                "My site",
                ChannelKind::Site,
                "https://example.org/ada",
                48,
                vec![
                    values(
                        asserts(
                            "Articles on time, with every figure traced to its source.",
                            "publish-an-article",
                            "reliable",
                        )?,
                        "sources",
                        true,
                    )?,
                    says("Tea, never coffee."),
                ],
            ),
        ])
    }
}

fn says(words: &str) -> PublicClaim {
    PublicClaim {
        words: words.into(),
        asserts: None,
        tells: None,
        values: Vec::new(),
    }
}

fn tells(words: &str, of: TellsOf, value: &str) -> PublicClaim {
    PublicClaim {
        tells: Some(Tells {
            of,
            value: value.into(),
        }),
        ..says(words)
    }
}
