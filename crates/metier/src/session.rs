//! One run of the program: which home, which day, how the answer is wanted.

use std::io::IsTerminal;
use std::path::PathBuf;

use jiff::civil::Date;
use metier_app::{AppError, Metier, Surroundings};
use serde::Serialize;

use crate::answer::Answer;
use crate::cli::Cli;
use crate::day::Day;
use crate::paper::Paper;

/// One run of the program.
#[derive(Debug, Clone)]
pub struct Session {
    /// The folder that holds the journal.
    pub home: PathBuf,
    /// True when somebody chose the folder.
    pub home_chosen: bool,
    /// The clock and the dice.
    pub surroundings: Surroundings,
    /// What the answer is written on.
    pub paper: Paper,
    json: bool,
}

impl Session {
    /// A run as it was asked for.
    ///
    /// # Errors
    /// When no folder was chosen and the system does not say where a person's data belongs.
    pub fn new(cli: &Cli) -> Result<Self, AppError> {
        let chosen = cli.home.clone().or_else(|| {
            std::env::var_os("METIER_HOME")
                .filter(|v| !v.is_empty())
                .map(PathBuf::from)
        });
        let home_chosen = chosen.is_some();
        let home = match chosen {
            Some(home) => home,
            None => data_folder()?.join("metier"),
        };
        Ok(Self {
            home,
            home_chosen,
            surroundings: crate::surroundings::of_this_machine(),
            paper: Paper::of(std::io::stdout().is_terminal() && !cli.json),
            json: cli.json,
        })
    }

    /// Opens the home.
    ///
    /// # Errors
    /// When nobody started in it, or it cannot be opened.
    pub async fn open(&self) -> Result<Metier, AppError> {
        Metier::open(&self.home, self.surroundings.clone()).await
    }

    /// The day meant; today when none is given.
    pub fn day(&self, day: Option<Day>) -> Date {
        let today = self.surroundings.today();
        day.map_or(today, |day| day.of(today))
    }

    /// True when the answer is wanted as JSON.
    pub fn json(&self) -> bool {
        self.json
    }

    /// An answer, in whichever form is wanted; the other is not made.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn answer(
        &self,
        value: &impl Serialize,
        text: impl FnOnce(Paper) -> String,
    ) -> Result<Answer, AppError> {
        self.answer_to(true, value, text)
    }

    /// The answer to a question that can be no.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn answer_to(
        &self,
        yes: bool,
        value: &impl Serialize,
        text: impl FnOnce(Paper) -> String,
    ) -> Result<Answer, AppError> {
        let said = if self.json {
            serde_json::to_string_pretty(value).map_err(|e| AppError::input(e.to_string()))?
        } else {
            text(self.paper)
        };
        Ok(Answer { said, yes })
    }
}

/// Where a person's data belongs on this system.
///
/// # Errors
/// When the system does not say.
pub fn data_folder() -> Result<PathBuf, AppError> {
    use etcetera::BaseStrategy;
    etcetera::choose_base_strategy()
        .map(|strategy| strategy.data_dir())
        .map_err(|_| {
            AppError::input("it is not clear where your data belongs: there is no home folder")
                .hint("Choose a folder with --home DIR or METIER_HOME.")
        })
}
