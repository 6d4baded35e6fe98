//! What is said of one's presence, in a line of the timeline.

use metier_core::id::{CompetencyId, EntryId, ThingId};
use metier_core::presence::{ChannelKind, ClaimAt, Contradiction, Presence, PresenceFact, TellsOf};
use metier_core::standing::State;

use super::{Words, day, list, plural};

impl Words<'_> {
    pub(super) fn of_presence(said: &PresenceFact) -> String {
        match said {
            PresenceFact::Channel(c) => {
                let claims = plural(c.claims.len() as u64, "claim", "claims");
                format!("Where you show: {}, with {claims}", c.name)
            }
            PresenceFact::Brand(b) if b.sentence.is_empty() => "What you stand for".into(),
            PresenceFact::Brand(b) => format!("What you stand for: {}", b.sentence),
        }
    }
}

/// A sort of channel in words.
pub fn channel_kind(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Site => "own site",
        ChannelKind::Profile => "profile",
        ChannelKind::Bio => "short biography",
        ChannelKind::Resume => "resume",
        ChannelKind::Talk => "talk",
        ChannelKind::Writing => "writing",
        ChannelKind::InPerson => "in person",
        ChannelKind::Other => "other",
    }
}

/// What a fact that a claim tells is of.
pub fn tells_of(of: TellsOf) -> &'static str {
    match of {
        TellsOf::Position => "your position",
        TellsOf::Organisation => "for whom you work",
        TellsOf::Profession => "your profession",
        TellsOf::Since => "since when you practise",
        TellsOf::Credential => "a credential",
        TellsOf::Place => "where you are found",
    }
}

/// Something that does not fit, as it is put to the person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What does not fit, in a sentence.
    pub what: String,
    /// What can be done about it.
    pub to_do: String,
    /// The claims it is about.
    pub at: Vec<ClaimAt>,
    /// The competency it is about.
    pub competency: Option<CompetencyId>,
    /// The channel it is about, where it is about no claim.
    pub channel: Option<EntryId>,
    /// True when it is about what one stands for.
    pub of_values: bool,
    /// Against what it was held.
    pub against: Against,
}

/// Against what one's claims are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The record.
    Record,
    /// The other channels.
    Channels,
    /// What one stands for.
    Values,
    /// The calendar: it was not looked at for long.
    Days,
}

impl Against {
    /// Over a list of such findings.
    pub fn title(self) -> &'static str {
        match self {
            Self::Record => "Against your record",
            Self::Channels => "Between your channels",
            Self::Values => "Against what you stand for",
            Self::Days => "Not looked at for a while",
        }
    }

    fn of(found: &Contradiction) -> Self {
        match found {
            Contradiction::NotProven { .. }
            | Contradiction::Understated { .. }
            | Contradiction::OtherFramework { .. } => Self::Record,
            Contradiction::Differ { .. } => Self::Channels,
            Contradiction::AgainstValue { .. }
            | Contradiction::ValueNowhere { .. }
            | Contradiction::ValueGone { .. }
            | Contradiction::SkillNowhere { .. } => Self::Values,
            Contradiction::LookAgain { .. } => Self::Days,
        }
    }
}

impl Words<'_> {
    /// What the check found, in a sentence each, with what to do.
    pub fn finding(&self, found: &Contradiction, presence: &Presence<'_>) -> Finding {
        let name = |at: &ClaimAt| channel(presence, at.channel);
        let value = |id: &ThingId| value(presence, id);
        let mut finding = Finding {
            what: String::new(),
            to_do: String::new(),
            at: Vec::new(),
            competency: None,
            channel: None,
            of_values: false,
            against: Against::of(found),
        };
        match found {
            Contradiction::NotProven { at, competency, .. }
            | Contradiction::Understated { at, competency, .. } => {
                (finding.what, finding.to_do) = self.against_record(found, &name(at));
                finding.at.push(*at);
                finding.competency = Some(competency.clone());
            }
            Contradiction::OtherFramework { at } => {
                finding.what = format!(
                    "A claim on {} is of other criteria than those you aim at, so it cannot be held against your record here.",
                    name(at)
                );
                finding.to_do = "Link it to a competency of what you aim at, or leave it as it is.".into();
                finding.at.push(*at);
            }
            Contradiction::Differ { of, told } => {
                let tellings: Vec<String> = told
                    .iter()
                    .map(|(value, at)| {
                        let mut places: Vec<String> = at.iter().map(name).collect();
                        places.dedup();
                        format!("\u{201c}{value}\u{201d} on {}", list(&places))
                    })
                    .collect();
                finding.what = format!("Of {} it says {}.", tells_of(*of), list(&tellings));
                finding.to_do = "Say the same everywhere, or say on each since when it is so.".into();
                finding.at.extend(told.iter().flat_map(|(_, at)| at));
            }
            Contradiction::AgainstValue { at, value: id } => {
                finding.what = format!("A claim on {} goes against {}.", name(at), value(id));
                finding.to_do = "Say it otherwise there, or think again about the value.".into();
                finding.at.push(*at);
                finding.of_values = true;
            }
            Contradiction::ValueNowhere { value: id } => {
                finding.what = format!("Nothing you show expresses {}.", value(id));
                finding.to_do = "Say on one channel what you do because of it.".into();
                finding.of_values = true;
            }
            Contradiction::ValueGone { at, value: id } => {
                finding.what = format!(
                    "A claim on {} is linked to a value you no longer state ({id}).",
                    name(at)
                );
                finding.to_do = "Take the link away, or state the value again.".into();
                finding.at.push(*at);
                finding.of_values = true;
            }
            Contradiction::SkillNowhere { competency } => {
                finding.what = format!(
                    "You want to be known for {}, and no channel says so.",
                    self.competency(competency)
                );
                finding.to_do = "Link a claim to it, or add one.".into();
                finding.competency = Some(competency.clone());
                finding.of_values = true;
            }
            Contradiction::LookAgain {
                channel: id,
                looked_on,
            } => {
                finding.what = match looked_on {
                    Some(on) => format!("You last looked at {} on {}.", channel(presence, *id), day(*on)),
                    None => format!("It is not noted when you looked at {}.", channel(presence, *id)),
                };
                finding.to_do = "Look whether it still says what is noted here.".into();
                finding.channel = Some(*id);
            }
        }
        finding
    }

    /// What a channel claims against what the record says, and what to do.
    fn against_record(&self, found: &Contradiction, channel: &str) -> (String, String) {
        match found {
            Contradiction::NotProven {
                competency,
                claimed,
                state,
                proven,
                ..
            } => {
                let stands = match proven {
                    Some(proven) => format!("proven so far is {}", self.rung(proven)),
                    None => "nothing of it is proven yet".into(),
                };
                let record = match state {
                    State::NoRecord => "your record holds nothing of that step".to_owned(),
                    state => format!(
                        "by your record that step is \u{201c}{}\u{201d}",
                        super::state(*state, None)
                    ),
                };
                let what = format!(
                    "{channel} says {} for {}; {record}, and {stands}.",
                    self.rung(claimed),
                    self.competency(competency),
                );
                (what, "Record what shows it, or say there what is proven.".into())
            }
            Contradiction::Understated {
                competency,
                claimed,
                proven,
                ..
            } => {
                let what = format!(
                    "{channel} says {} for {}; {} is proven.",
                    self.rung(claimed),
                    self.competency(competency),
                    self.rung(proven)
                );
                (what, "You may say more there, if you wish.".into())
            }
            _ => Default::default(),
        }
    }
}

fn channel(presence: &Presence<'_>, id: EntryId) -> String {
    let found = presence.channels.iter().find(|c| c.id == id);
    found.map_or_else(|| "a channel".into(), |c| c.what.name.clone())
}

fn value(presence: &Presence<'_>, id: &ThingId) -> String {
    let brand = presence.brand();
    let found = brand.and_then(|b| b.what.values.iter().find(|v| v.id == *id));
    found.map_or_else(|| id.to_string(), |v| format!("\u{201c}{}\u{201d}", v.name))
}
