//! What stands of the market, whatever order copies were merged in.

use jiff::civil::date;
use metier_core::id::EntryId;
use metier_core::journal::{Fact, LIMITS};
use metier_core::market::{
    Advert, AdvertClosed, AdvertEnd, AlsoCalled, AskedRuling, HowOften, Market, MarketFact, MarketNote,
    SourceFollowed, SourceKind,
};
use uuid::Uuid;

fn advert(title: &str, text: &str) -> Fact {
    MarketFact::Advert(Advert {
        title: title.into(),
        text: text.into(),
        ..Advert::default()
    })
    .fact()
}

fn ruling(sentence: &str, asks: bool) -> Fact {
    MarketFact::Ruling(AskedRuling {
        advert: EntryId(Uuid::max()),
        family: "nursing".parse().unwrap(),
        competency: "calm-a-patient".parse().unwrap(),
        sentence: sentence.into(),
        asks,
    })
    .fact()
}

#[test]
fn what_is_not_well_formed_is_refused_by_its_field() {
    let called = |name: &str| {
        MarketFact::AlsoCalled(AlsoCalled {
            family: "nursing".parse().unwrap(),
            competency: "calm-a-patient".parse().unwrap(),
            name: name.into(),
        })
        .fact()
    };
    let note = MarketFact::Note(MarketNote {
        source: None,
        about: "Captions".into(),
        text: "Everybody does".into(),
        changed: String::new(),
        family: None,
        competency: Some("calm-a-patient".parse().unwrap()),
        planned: None,
    })
    .fact();
    let linked = MarketFact::Advert(Advert {
        title: "Nurse".into(),
        text: "Care.".into(),
        link: "javascript:x".into(),
        ..Advert::default()
    })
    .fact();
    for (fact, field) in [
        (advert(" ", "Care."), "title"),
        (advert("Nurse", " "), "text"),
        (advert("Nurse", &"x".repeat(LIMITS.text + 1)), "text"),
        (linked, "link"),
        (ruling("", true), "sentence"),
        (called("12"), "also called"),
        (called(&"x".repeat(81)), "also called"),
        (note, "competency"),
    ] {
        assert_eq!(fact.check(&LIMITS).unwrap_err().field, field);
    }
    assert_eq!(ruling("", false).check(&LIMITS), Ok(()));
    assert_eq!(advert("Nurse", &"x".repeat(LIMITS.text)).check(&LIMITS), Ok(()));
}

#[test]
fn every_sort_reads_back_as_it_was_written() {
    let closed = MarketFact::Closed(AdvertClosed {
        advert: EntryId(Uuid::max()),
        why: AdvertEnd::NotForMe,
    });
    for fact in [advert("Nurse", "Care."), ruling("Care.", true), closed.fact()] {
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact, "{text}");
        assert!(text.starts_with(r#"{"fact":"market","of":""#), "{text}");
    }
}

#[test]
fn a_source_is_due_by_its_own_rhythm_and_an_empty_market_never() {
    let source = |every, looked_on| SourceFollowed {
        name: "The Plain Letter".into(),
        link: String::new(),
        kind: SourceKind::Periodical,
        every,
        looked_on,
    };
    let since = date(2026, 1, 31);
    assert_eq!(
        source(Some(HowOften::Monthly), None).due(since),
        Some(date(2026, 2, 28))
    );
    assert_eq!(
        source(Some(HowOften::Weekly), Some(date(2026, 3, 1))).due(since),
        Some(date(2026, 3, 8))
    );
    assert_eq!(source(None, None).due(since), None);
    assert_eq!(Market::default().look_again(), None);
}
