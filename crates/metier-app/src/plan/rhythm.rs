//! The rhythm of looking back, and the calendar file with the days of the plan.

use jiff::civil::Date;
use metier_core::id::EntryId;
use metier_core::plan::{DatedWhat, PlanFact, Rhythm, dates};
use metier_exchange::calendar::{self, Calendar, Dated, When};
use serde::Serialize;

use crate::error::AppError;
use crate::home::Metier;
use crate::words;

/// What the titles in a calendar say. A colleague may look into a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Titles {
    /// What sort of day it is, and nothing else.
    #[default]
    Short,
    /// With names and subjects.
    Full,
}

/// A calendar, and what is in it.
#[derive(Debug, Clone)]
pub struct CalendarMade {
    /// What a calendar program calls it.
    pub name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// What is in it, by day.
    pub events: Vec<CalendarEvent>,
}

/// One day in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarEvent {
    /// What it is known by for ever.
    pub uid: String,
    /// The day.
    pub start: Date,
    /// The day after.
    pub end: Date,
    /// What sort of day it is.
    pub what: DatedWhat,
    /// Its title.
    pub title: String,
    /// More about it.
    pub text: String,
    /// How often it changed.
    pub sequence: u32,
    /// True where a calendar takes it out.
    pub cancelled: bool,
    /// Minutes from midnight to when a program should speak up.
    pub alarm: Option<i32>,
}

/// Nine in the morning.
const MORNING: i32 = 9 * 60;

impl Metier {
    /// Says how often one looks back, from a day on; what was said before holds until then.
    ///
    /// # Errors
    /// When a number is not one that can be meant.
    pub async fn set_rhythm(&self, rhythm: Rhythm) -> Result<EntryId, AppError> {
        let fact = PlanFact::Rhythm(rhythm).fact();
        self.record(vec![self.writing(fact)]).await.map(|ids| ids[0])
    }

    /// The calendar file with the days of the plan. What no longer takes place is in it once more, so that a
    /// calendar that has it takes it out.
    ///
    /// # Errors
    /// When the journal cannot be read, or a day is none that a calendar can name.
    pub async fn calendar(&self, titles: Titles) -> Result<CalendarMade, AppError> {
        let (entries, _) = self.read().await?;
        let now = self.surroundings.now();
        let events: Vec<CalendarEvent> = dates(&entries, now, self.surroundings.today())
            .iter()
            .filter_map(|dated| event(dated, titles))
            .collect();
        let calendar = Calendar {
            name: "Metier".into(),
            stamp: now,
            dated: events.iter().map(CalendarEvent::written).collect(),
        };
        let bytes = calendar::write(&calendar).map_err(|error| {
            AppError::input(format!("the calendar cannot be written: {error}"))
                .hint("Change the day in the plan, then try again.")
        })?;
        Ok(CalendarMade {
            name: "Metier",
            bytes,
            events,
        })
    }
}

/// A dated thing of the plan as an event; `None` on the last day there is, which has no day after it.
fn event(dated: &metier_core::plan::Dated, titles: Titles) -> Option<CalendarEvent> {
    let sort = words::dated_word(dated.what);
    let mut uid = format!("{}-{sort}", dated.entry);
    if let Some(thing) = &dated.thing {
        uid += &format!("-{thing}");
    }
    if dated.what.recurs() {
        uid += &format!("-{}", dated.on);
    }
    let speaks = !matches!(
        dated.what,
        DatedWhat::Goal | DatedWhat::Milestone | DatedWhat::Begins | DatedWhat::Ends
    );
    let (title, text) = match titles {
        Titles::Short => (words::dated(dated.what).to_owned(), String::new()),
        Titles::Full => (words::dated_title(dated), words::one_line_of(&dated.about)),
    };
    Some(CalendarEvent {
        uid: uid + "@metier",
        start: dated.on,
        end: dated.on.tomorrow().ok()?,
        what: dated.what,
        title,
        text,
        sequence: dated.wording,
        cancelled: dated.over,
        alarm: (speaks && !dated.over).then_some(MORNING),
    })
}

impl CalendarEvent {
    fn written(&self) -> Dated {
        Dated {
            uid: self.uid.clone(),
            sequence: self.sequence,
            when: When::Day(self.start),
            title: self.title.clone(),
            text: self.text.clone(),
            repeat: None,
            alarm: self.alarm,
            cancelled: self.cancelled,
        }
    }
}
