//! The person's own circumstances: profession, aim, positions, leave, reviews.

use jiff::civil::Date;
use metier_core::id::{EntryId, FamilyId, LevelId, PracticeId};
use metier_core::journal::{Fact, Review, ReviewPlanned, view};
use metier_core::mastery::Mastery;
use metier_core::person::{Aim, Leave, OwnAim, Position, Profession, ProfessionStatus};

use crate::error::AppError;
use crate::home::Metier;

/// What somebody chooses to aim at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AimChoice {
    /// Which level; absent: no target yet.
    pub level: Option<LevelId>,
    /// What of one's own, in place of a level.
    pub own: Option<OwnAim>,
    /// By when.
    pub by: Option<Date>,
}

impl Metier {
    /// Records a profession, held or aspired to.
    ///
    /// # Errors
    /// When the profession is not well formed or cannot be recorded.
    pub async fn take_up(&self, profession: Profession) -> Result<EntryId, AppError> {
        let writing = self.writing(Fact::Profession(profession));
        self.record(vec![writing]).await.map(|ids| ids[0])
    }

    /// Aims at a level of the framework aimed at now, or of another family that is published here; or at
    /// one's own definition of its mastery, or at an exemplar of it.
    ///
    /// # Errors
    /// When there is no such framework, level, definition or exemplar, or more than one of them is chosen.
    pub async fn aim(&self, family: Option<&FamilyId>, choice: AimChoice) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let version = match family {
            None => life.needed()?,
            Some(family) => life.latest(family).ok_or_else(|| {
                AppError::not_found(format!("no framework `{family}` is published here"))
                    .hint("`metier framework list` shows what there is.")
            })?,
        };
        if let Some(level) = &choice.level {
            level_of(&version.framework, level)?;
        }
        if let Some(own) = choice.own {
            if choice.level.is_some() {
                return Err(AppError::input(
                    "one aims at a level, or at something of one\u{2019}s own, not at both",
                )
                .hint("Choose one of them."));
            }
            let view = view(&entries, self.surroundings.now());
            let mastery = Mastery::of(&view, &version.framework.family);
            let there = match own {
                OwnAim::Definition(id) => mastery.definitions.iter().any(|d| d.id == id),
                OwnAim::Exemplar(id) => mastery.exemplars.iter().any(|e| e.id == id),
            };
            if !there {
                return Err(AppError::not_found(
                    "what you want to aim at is not there; perhaps it was taken back",
                )
                .hint("`metier mastery show` shows your definition, `metier mastery exemplar list` whom you look at."));
            }
        }
        let aim = Aim {
            family: version.framework.family.clone(),
            version: version.digest,
            level: choice.level,
            own: choice.own,
            by: choice.by,
        };
        self.record(vec![self.writing(Fact::Aim(aim))])
            .await
            .map(|ids| ids[0])
    }

    /// Records a position.
    ///
    /// # Errors
    /// When a practice is not one of the framework's, or the position cannot be recorded.
    pub async fn hold_position(&self, position: Position) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        if let Some(version) = life.latest(&position.family) {
            let unknown = |p: &&PracticeId| version.framework.practice(p).is_none();
            if let Some(practice) = position.practices.iter().find(unknown) {
                return Err(AppError::input(format!(
                    "`{practice}` is not a practice of {}",
                    position.family
                )));
            }
        }
        self.record(vec![self.writing(Fact::Position(position))])
            .await
            .map(|ids| ids[0])
    }

    /// Records time away: the clock of freshness stands still.
    ///
    /// # Errors
    /// When it ends before it begins, or cannot be recorded.
    pub async fn go_on_leave(&self, leave: Leave) -> Result<EntryId, AppError> {
        self.record(vec![self.writing(Fact::Leave(leave))])
            .await
            .map(|ids| ids[0])
    }

    /// Records a review: that it took place, or on a day that lies ahead, that it is to be.
    ///
    /// # Errors
    /// When it cannot be recorded.
    pub async fn reviewed(&self, on: Date, review: Review) -> Result<EntryId, AppError> {
        let fact = self.review_fact(on, review);
        let day = on.min(self.surroundings.today());
        self.record(vec![self.writing_on(day, fact)])
            .await
            .map(|ids| ids[0])
    }

    /// Says something recorded of a review anew: another day or word, or that one that was planned took
    /// place.
    ///
    /// # Errors
    /// When there is no such review, or one that took place would lie ahead.
    pub async fn review_again(&self, entry: EntryId, on: Date, review: Review) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let today = self.surroundings.today();
        if life.reviews.iter().any(|told| told.id == entry) {
            if on > today {
                return Err(
                    AppError::input("this review took place, and its day cannot lie ahead")
                        .hint("Plan another one."),
                );
            }
        } else if !life.planned.iter().any(|told| told.id == entry) {
            return Err(crate::record::no_entry(entry));
        }
        let fact = self.review_fact(on, review);
        self.correct(entry, on.min(today), fact).await
    }

    fn review_fact(&self, on: Date, review: Review) -> Fact {
        if on > self.surroundings.today() {
            let Review { with, note } = review;
            Fact::ReviewPlanned(ReviewPlanned { on, with, note })
        } else {
            Fact::Review(review)
        }
    }
}

/// The facts that start a journal on a framework that is being published with them: the profession
/// and the aim.
pub(crate) fn beginning(
    framework: &metier_core::framework::Framework,
    status: ProfessionStatus,
    choice: AimChoice,
) -> Result<Vec<Fact>, AppError> {
    if let Some(level) = &choice.level {
        level_of(framework, level)?;
    }
    Ok(vec![
        Fact::Profession(Profession {
            name: framework.title.clone(),
            family: Some(framework.family.clone()),
            status,
            needs: framework.needs.clone(),
            from: None,
            until: None,
        }),
        Fact::Aim(Aim {
            family: framework.family.clone(),
            version: framework.digest()?,
            level: choice.level,
            own: None,
            by: choice.by,
        }),
    ])
}

pub(crate) fn level_of(
    framework: &metier_core::framework::Framework,
    level: &LevelId,
) -> Result<(), AppError> {
    if framework.level(level).is_some() {
        return Ok(());
    }
    let there: Vec<&str> = framework.levels.iter().map(|l| l.id.as_str()).collect();
    let error = AppError::not_found(format!("{} has no level `{level}`", framework.title));
    Err(if there.is_empty() {
        error.hint("This framework has no levels yet; add them in its document.")
    } else {
        error.hint(format!("Its levels are: {}.", there.join(", ")))
    })
}
