//! Time set aside and spent, and the rhythm of looking back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::journal::FactError;

/// Time one means to set aside. A later one holds from its first day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeSetAside {
    /// Hours a week; nought: none, for a while.
    pub hours_a_week: f64,
    /// From when on.
    pub from: Date,
    /// When in the week, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
}

/// Time spent on learning, on the day of the entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeSpent {
    /// Hours.
    pub hours: f64,
    /// On which planned activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<EntryId>,
    /// On what, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on_what: String,
}

/// How often one looks back. A later one holds from its first day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// From when on.
    pub from: Date,
    /// Weeks between reflections; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reflect_weeks: Option<u8>,
    /// Months between reviews with somebody; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_months: Option<u8>,
    /// Months between looks at the market; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market_months: Option<u8>,
}

impl TimeSetAside {
    pub(super) fn check(&self) -> Result<(), FactError> {
        if (0.0..=168.0).contains(&self.hours_a_week) {
            return Ok(());
        }
        Err(FactError::new("hours a week", "give a number from 0 to 168"))
    }
}

impl TimeSpent {
    pub(super) fn check(&self) -> Result<(), FactError> {
        if self.hours > 0.0 && self.hours <= 1_000.0 {
            return Ok(());
        }
        Err(FactError::new("hours", "give a number above 0 and up to 1000"))
    }
}

impl Rhythm {
    pub(super) fn check(&self) -> Result<(), FactError> {
        let every = [
            ("weeks between reflections", self.reflect_weeks, 52),
            ("months between reviews", self.review_months, 60),
            ("months between looks at the market", self.market_months, 60),
        ];
        for (field, value, most) in every {
            if value.is_some_and(|v| v == 0 || v > most) {
                return Err(FactError::new(field, format!("give a number from 1 to {most}")));
            }
        }
        Ok(())
    }
}
