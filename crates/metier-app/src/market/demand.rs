//! What the home's counts show, joined to where the person stands.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use metier_core::id::{CompetencyId, RungId};
use metier_core::standing::Standing;
use metier_market::concept::Scheme;
use metier_market::count::{Counts, Group};
use metier_market::demand::{Asked, Demand, Direction, Row, Rule, professions};
use serde::Serialize;

use crate::error::{AppError, Kind};
use crate::home::Metier;
use crate::life::Version;
use crate::standing::AsOf;

/// The counts' file in the market's folder of a home.
pub const COUNTS_FILE: &str = "demand.counts";
/// Questions whose answers are kept.
const KEPT: usize = 8;

/// The market's folder of a home: rebuildable, outside journal and export.
pub(super) fn market_folder(home: &Path) -> PathBuf {
    home.join("market")
}

/// Counts in a file.
///
/// # Errors
/// When it is not there, or holds no counts.
pub fn counts_of(path: &Path) -> Result<Counts, AppError> {
    const AGAIN: &str = "Count the postings again: metier market count FILE... > COUNTS";
    let named = path.display();
    let bytes = std::fs::read(path).map_err(|e| AppError::input(format!("{named} cannot be read: {e}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| AppError::input(format!("{named} holds no counts")).hint(AGAIN))?;
    Counts::from_text(&text).map_err(|e| AppError::new(Kind::Damaged, format!("{named}: {e}")).hint(AGAIN))
}

/// The sum of files of counts. A file given twice, or under two names, counts once.
///
/// # Errors
/// When one cannot be read, or two do not add up; both are named.
pub fn merged_counts(paths: &[PathBuf]) -> Result<Counts, AppError> {
    let mut sum: Option<Counts> = None;
    for path in paths {
        let part = counts_of(path)?;
        match &mut sum {
            None => sum = Some(part),
            Some(sum) => sum.merge(&part).map_err(|e| {
                AppError::input(format!(
                    "{} does not add up with what stands before it: {e}",
                    path.display()
                ))
                .hint("Leave one of them out, or count all files again with one command.")
            })?,
        }
    }
    sum.ok_or_else(|| AppError::input("there are no counts to add up"))
}

/// A file as it was when it was read.
type Stamp = (PathBuf, SystemTime, u64);

/// The counts of a home, and what was asked of them last.
struct Kept {
    stamp: Stamp,
    counts: Arc<Counts>,
    answers: Vec<(Asked, Arc<Demand>)>,
}

/// Reading a large file of counts takes longer than a page may: the last one stays in memory.
static LAST: Mutex<Option<Kept>> = Mutex::new(None);

/// The home's counts; `None` where nothing was ingested.
///
/// # Errors
/// When the file is damaged.
pub fn market_counts(home: &Path) -> Result<Option<Arc<Counts>>, AppError> {
    with_last(home, |kept| Ok(Arc::clone(&kept.counts)))
}

/// The counts, and what they show.
type Answered = (Arc<Counts>, Arc<Demand>);

/// What the home's counts show; `None` where nothing was ingested.
fn market_demand(home: &Path, asked: &Asked) -> Result<Option<Answered>, AppError> {
    with_last(home, |kept| {
        let answered = kept.answers.iter().find(|(of, _)| of == asked);
        let demand = if let Some((_, demand)) = answered {
            Arc::clone(demand)
        } else {
            let demand = Arc::new(Demand::of(&kept.counts, asked, Rule::USUAL)?);
            kept.answers.truncate(KEPT - 1);
            kept.answers.insert(0, (asked.clone(), Arc::clone(&demand)));
            demand
        };
        Ok((Arc::clone(&kept.counts), demand))
    })
}

fn with_last<T>(
    home: &Path,
    read: impl FnOnce(&mut Kept) -> Result<T, AppError>,
) -> Result<Option<T>, AppError> {
    let path = market_folder(home).join(COUNTS_FILE);
    let about = match std::fs::metadata(&path) {
        Ok(about) => about,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            return Err(AppError::new(
                Kind::Machine,
                format!("{} cannot be read: {e}", path.display()),
            ));
        }
    };
    let changed = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let stamp = (path, changed, about.len());
    // What a panic left behind is read anew.
    let mut last = match LAST.lock() {
        Ok(last) => last,
        Err(poisoned) => {
            let mut last = poisoned.into_inner();
            *last = None;
            last
        }
    };
    if last.as_ref().is_none_or(|kept| kept.stamp != stamp) {
        *last = Some(Kept {
            counts: Arc::new(counts_of(&stamp.0)?),
            stamp,
            answers: Vec::new(),
        });
    }
    last.as_mut().map(read).transpose()
}

/// Demand, and where the person stands to it.
#[derive(Debug, Clone)]
pub struct DemandSeen {
    /// The counts.
    pub counts: Arc<Counts>,
    /// What they show.
    pub demand: Arc<Demand>,
    /// Professions counted, the largest first, and postings without one.
    pub professions: (Vec<(Group, u64)>, u64),
    /// One's own competencies among what is asked for; absent where nothing is aimed at.
    pub joined: Option<Joined>,
}

/// One's own competencies beside what is asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Joined {
    /// Asked for, and no step of it is proven: the most asked for first.
    pub asked_not_shown: Vec<JoinedRow>,
    /// Proven, and asked for.
    pub asked_and_shown: Vec<JoinedRow>,
    /// Proven, and asked for less and less, beyond chance.
    pub shown_and_fading: Vec<JoinedRow>,
    /// Competencies that no posting names. A posting may ask for them in other words.
    pub not_named: usize,
}

/// A competency of one's own that postings ask for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JoinedRow {
    /// Which.
    pub competency: CompetencyId,
    /// Its name.
    pub name: String,
    /// The highest step proven, with all below it.
    pub proven: Option<RungId>,
    /// Postings that ask for it.
    pub postings: u64,
    /// Their share, with its interval.
    pub share: f64,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// What may be said of its trend.
    pub direction: Option<Direction>,
}

impl Metier {
    /// What the ingested postings ask for, joined to where the person stands; `None` where nothing was
    /// ingested.
    ///
    /// # Errors
    /// When the counts or the store are damaged.
    pub async fn market_demand(&self, asked: &Asked) -> Result<Option<DemandSeen>, AppError> {
        let Some((counts, demand)) = market_demand(self.home(), asked)? else {
            return Ok(None);
        };
        let joined = match self.sight(AsOf::default()).await {
            Ok(sight) => Some(joined(&demand, &sight.version, &sight.standing)),
            Err(error) if error.kind == Kind::NotReady => None,
            Err(error) => return Err(error),
        };
        Ok(Some(DemandSeen {
            professions: professions(&counts),
            counts,
            demand,
            joined,
        }))
    }
}

/// What the home's counts show, of nobody in particular.
///
/// # Errors
/// When nothing was ingested, or the counts are damaged.
pub fn demand_of(home: &Path, asked: &Asked) -> Result<Arc<Demand>, AppError> {
    market_demand(home, asked)?
        .map(|(_, demand)| demand)
        .ok_or_else(|| {
            AppError::not_ready("no postings were read yet").hint("Read some: metier market ingest FILE...")
        })
}

fn joined(demand: &Demand, version: &Version, standing: &Standing) -> Joined {
    let mut joined = Joined::default();
    let framework = &version.framework;
    for of in &standing.competencies {
        let Some(competency) = framework.competencies.iter().find(|c| c.id == of.competency) else {
            continue;
        };
        let key = format!("{}/{}", framework.family, competency.id);
        let named = |row: &&Row| match row.scheme {
            Scheme::Own => row.key == key,
            _ => row.label.to_lowercase() == competency.name.to_lowercase(),
        };
        let Some(row) = demand.rows.iter().find(named) else {
            joined.not_named += 1;
            continue;
        };
        let one = JoinedRow {
            competency: competency.id.clone(),
            name: competency.name.clone(),
            proven: of.proven.clone(),
            postings: row.postings,
            share: row.share,
            low: row.low,
            high: row.high,
            direction: row.trend.direction(),
        };
        if one.proven.is_none() {
            joined.asked_not_shown.push(one);
        } else {
            if one.direction == Some(Direction::Falling) {
                joined.shown_and_fading.push(one.clone());
            }
            joined.asked_and_shown.push(one);
        }
    }
    for rows in [
        &mut joined.asked_not_shown,
        &mut joined.asked_and_shown,
        &mut joined.shown_and_fading,
    ] {
        rows.sort_by(|a, b| b.postings.cmp(&a.postings).then_with(|| a.name.cmp(&b.name)));
    }
    joined
}
