//! The adverts the example would answer, what she put right in their reading, and what she follows.

use jiff::ToSpan;
use metier_core::market::{Advert, AlsoCalled, HowOften, MarketFact, MarketNote, SourceFollowed, SourceKind};

use super::{Career, slug};
use crate::error::AppError;

/// Twelve adverts of our own making: title, employer, place and days ago behind `===`, then the text.
const ADVERTS: &str = include_str!("adverts.txt");

impl Career<'_> {
    /// Tells of the adverts she saved over six weeks, and of what she follows.
    pub(super) fn market(&mut self) -> Result<(), AppError> {
        for (days_ago, advert) in adverts() {
            let posted = self.today.saturating_sub((days_ago + 3).days());
            let advert = Advert {
                posted: Some(posted),
                ..advert
            };
            self.tell_between(days_ago, MarketFact::Advert(advert).fact());
        }
        let family = self.framework.family.clone();
        self.tell_between(
            3,
            MarketFact::AlsoCalled(AlsoCalled {
                family: family.clone(),
                competency: "produce-a-film-or-episode".parse().map_err(slug)?,
                name: "showreel".into(),
            })
            .fact(),
        );
        let source = |name: &str, link: &str, kind, every, looked: i64| SourceFollowed {
            name: name.into(),
            link: link.into(),
            kind,
            every,
            looked_on: Some(self.today.saturating_sub(looked.days())),
        };
        let letter = source(
            "The Plain Letter",
            "https://example.org/plain-letter",
            SourceKind::Periodical,
            Some(HowOften::Monthly),
            20,
        );
        let meeting = source(
            "Editors' evening, Graz",
            "",
            SourceKind::Event,
            Some(HowOften::Quarterly),
            120,
        );
        let source = self.tell_between(90, MarketFact::Source(letter).fact());
        self.tell_between(88, MarketFact::Source(meeting).fact());
        self.tell_between(
            20,
            MarketFact::Note(MarketNote {
                source: Some(source),
                about: "Captions and audio description".into(),
                text: "Three houses I know now caption every film before it goes out, and say so in their adverts.".into(),
                changed: "I caption mine, and check them with somebody who relies on them.".into(),
                family: Some(family),
                competency: Some("make-content-accessible".parse().map_err(slug)?),
                planned: None,
            })
            .fact(),
        );
        self.tell_between(
            6,
            MarketFact::Note(MarketNote {
                source: None,
                about: "HubSpot".into(),
                text: "Three of my adverts name it. A colleague let me look over her shoulder for an hour."
                    .into(),
                changed: String::new(),
                family: None,
                competency: None,
                planned: None,
            })
            .fact(),
        );
        Ok(())
    }
}

/// The adverts with how many days ago each was saved.
fn adverts() -> impl Iterator<Item = (i32, Advert)> {
    ADVERTS.split("=== ").filter_map(|part| {
        let (head, text) = part.split_once('\n')?;
        let mut head = head.split(" | ");
        let advert = Advert {
            title: head.next()?.to_owned(),
            employer: head.next()?.to_owned(),
            place: head.next()?.to_owned(),
            text: text.trim().to_owned(),
            ..Advert::default()
        };
        Some((head.next()?.trim().parse().ok()?, advert))
    })
}
