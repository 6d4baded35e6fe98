//! Putting something into the plan, and planning it otherwise with the reason.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::words::{self, Words};
use metier_app::{AsOf, Metier, PlannedSeen, Sight, ToClaim, chance_seen, planned_seen};
use metier_core::framework::{ActivityKind, Hours, Shows};
use metier_core::id::{ActivityId, CompetencyId, EntryId};
use metier_core::plan::{Plan, Planned, Stretch};

use super::{CHANGED, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::see_other;
use crate::pages::case::{entry_of, refused, status};
use crate::pages::did::claims;
use crate::path::Path;
use crate::problem::Problem;

/// How many more steps it may show than those that are there.
const MORE: usize = 2;

pub async fn new(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let mut sent = Sent::default().with("goal", asked.text("goal"));
    let activity = ActivityId::new(asked.text("activity")).ok();
    let activities = &sight.version.framework.activities;
    if let Some(a) = activity.and_then(|id| activities.iter().find(|a| a.id == id)) {
        sent = sent
            .with("activity", a.id.as_str())
            .with("name", a.name.as_str())
            .with("kind", words::activity_word(a.kind));
        sent = with_hours(sent, a.hours);
        sent = with_shows(sent, &a.shows);
        if let Some(first) = a.shows.first() {
            sent = sent.with("stretch-gap", first.competency.as_str());
        }
    } else if let Some(kind) = words::activity_of(asked.text("kind")) {
        sent = sent.with("kind", words::activity_word(kind));
    }
    if asked.has("chance") {
        let plan = sight.plan();
        let chance = chance_seen(&plan, entry_of(asked.text("chance"))?)?;
        if chance.ended.is_some() {
            return Ok(see_other(&format!("/plan/chance/{}", chance.id)));
        }
        sent = sent
            .with("chance", chance.id.to_string())
            .with("name", chance.chance.what.as_str());
        if chance.chance.family.as_ref() == Some(&sight.version.framework.family) {
            sent = with_shows(sent, &chance.chance.shows);
        }
    }
    if let Ok(ToClaim::Step { competency, rung, .. }) =
        ToClaim::read(asked.text("for"), &sight.version.framework)
    {
        sent = with_shows(sent, &[Shows { competency, rung }]);
    }
    Ok(draw(&metier, sight, None, &sent, &[]))
}

fn with_hours(sent: Sent, hours: Hours) -> Sent {
    sent.with("low", words::short_hours(hours.low))
        .with("likely", words::short_hours(hours.likely))
        .with("high", words::short_hours(hours.high))
}

/// A form filled with what something is expected to show.
pub fn with_shows(sent: Sent, shows: &[Shows]) -> Sent {
    shows.iter().fold(sent, |sent, s| {
        sent.with("shows", format!("{}/{}", s.competency, s.rung))
            .with("listed", format!("{}/{}", s.competency, s.rung))
    })
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let faults = match read(&sent, &seen.sight, None) {
        Ok((planned, _)) => {
            let goal = planned.goal;
            let put = if sent.has("chance") {
                metier.take_chance(entry_of(sent.text("chance"))?, planned).await
            } else {
                metier.plan_to(vec![planned]).await.map(|ids| ids[0])
            };
            match put {
                Ok(id) => {
                    return Ok(see_other(&match goal {
                        Some(goal) => format!("/plan/goal/{goal}?said=planned"),
                        None => format!("/plan/activity/{id}?said=added"),
                    }));
                }
                Err(error) => refused("name", error)?,
            }
        }
        Err(faults) => faults,
    };
    Ok(draw(&metier, &seen.sight, None, &sent, &faults))
}

pub async fn change(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let planned = planned_seen(&plan, entry_of(&id)?)?;
    let sent = filled(planned.planned);
    Ok(draw(&metier, &seen.sight, Some(&planned), &sent, &[]))
}

pub async fn save(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let before = planned_seen(&plan, entry_of(&id)?)?;
    let mut faults = match read(&sent, &seen.sight, Some(before.planned)) {
        Ok((new, because)) if before.mark() == sent.text("mark") => {
            match metier.replan(before.id, new, &because).await {
                Ok(()) => return Ok(see_other(&format!("/plan/activity/{id}?said=changed"))),
                Err(error) => refused("because", error)?,
            }
        }
        Ok(_) => Vec::new(),
        Err(faults) => faults,
    };
    if before.mark() != sent.text("mark") {
        faults.push(Fault {
            field: "name".into(),
            what: CHANGED.into(),
        });
    }
    Ok(draw(&metier, &seen.sight, Some(&before), &sent, &faults))
}

fn filled(planned: &Planned) -> Sent {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let mut sent = Sent::default()
        .with("name", planned.name.as_str())
        .with("kind", words::activity_word(planned.kind))
        .with("from", day(planned.from))
        .with("until", day(planned.until))
        .with("goal", planned.goal.map(|g| g.to_string()).unwrap_or_default());
    sent = with_hours(sent, planned.hours);
    sent = with_shows(sent, &planned.shows);
    if let Some(activity) = &planned.activity {
        sent = sent.with("activity", activity.as_str());
    }
    if let Some(stretch) = &planned.stretch {
        sent = sent
            .with("stretch-gap", stretch.gap.as_str())
            .with("risk", stretch.risk.as_str())
            .with("way-back", stretch.way_back.as_str())
            .with("at-hand", stretch.at_hand.as_str());
    }
    sent
}

fn draw(
    metier: &Metier,
    sight: &Sight,
    before: Option<&PlannedSeen<'_>>,
    sent: &Sent,
    faults: &[Fault],
) -> Response {
    let form = Shown { sent, faults };
    let words = Words::new(&sight.version.framework, &[], sight.standing.at);
    let activities = &sight.version.framework.activities;
    let note = activities.iter().find(|a| a.id.as_str() == sent.text("activity"));
    let note = note.map_or("", |a| a.note.as_str());
    let title = if before.is_some() {
        "Plan it otherwise"
    } else {
        "Put it into the plan"
    };
    let kinds: Vec<(String, &str)> = words::ACTIVITY_KINDS
        .into_iter()
        .map(|kind| (words::activity_word(kind), words::activity_name(kind)))
        .collect();
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(word, name)| (word.as_str(), *name)).collect();
    let content = html! {
        p.crumbs { a href="/plan" { "Plan" } " / " a href="/plan/activity" { "Plan something" } }
        div.narrow {
            h1 { (title) }
            (form.summary())
            @if let (Some(before), true) = (before, faults.iter().any(|f| f.what == CHANGED)) {
                section.card aria-labelledby="now" {
                    h2.label #now { "How it stands now" }
                    p.name { (before.planned.name) }
                    p.soft { (words.planned_line(before)) "." }
                    @if !before.planned.because.is_empty() { p.soft { "Last changed because: " (before.planned.because) } }
                }
            }
            form method="post" {
                @if let Some(before) = before { input type="hidden" name="mark" value=(before.mark()); }
                input type="hidden" name="activity" value=(sent.text("activity"));
                @if sent.has("chance") { input type="hidden" name="chance" value=(sent.text("chance")); }
                (form.line("text", Field::new("name", "What you will do").hint(note)))
                (form.choice(Field::new("kind", "What sort of thing it is"), &kinds))
                fieldset {
                    legend { "Hours it takes" }
                    p.hint { "Three guesses are more honest than one." }
                    div.inline {
                        (form.line("number", Field::new("low", "If all goes well").may_stay_empty()))
                        (form.line("number", Field::new("likely", "Most likely")))
                        (form.line("number", Field::new("high", "If it drags").may_stay_empty()))
                    }
                }
                fieldset {
                    legend { "When" }
                    div.inline {
                        (form.line("date", Field::new("from", "From").may_stay_empty()))
                        (form.line("date", Field::new("until", "Until").may_stay_empty()))
                    }
                }
                (goal_choice(&form, &sight.plan()))
                (shows_fields(&form, sight, &words, "What it is expected to show"))
                (stretch(&form, sight))
                @if before.is_some() {
                    (form.lines(2, Field::new("because", "Why did you change it?").hint("A sentence will do. What was planned before stays readable.")))
                }
                div.act {
                    button.btn { @if before.is_some() { "Save the change" } @else { "Put it into the plan" } }
                    @match before {
                        Some(before) => a href={ "/plan/activity/" (before.id) } { "Leave it" },
                        None => a href="/plan/activity" { "Leave it" },
                    }
                }
            }
        }
    };
    under(title, metier).status(status(faults)).show(&content)
}

/// For which goal; nothing while there is none.
pub fn goal_choice(form: &Shown<'_>, plan: &Plan<'_>) -> Markup {
    let chosen = form.sent.text("goal");
    let kept = |id: EntryId| plan.goal_ended(id).is_none() || id.to_string() == chosen;
    let goals: Vec<(String, &str)> = plan
        .goals
        .iter()
        .filter(|g| kept(g.id))
        .map(|g| (g.id.to_string(), g.what.title.as_str()))
        .collect();
    let options: Vec<(&str, &str)> = std::iter::once(("", "none in particular"))
        .chain(goals.iter().map(|(id, title)| (id.as_str(), *title)))
        .collect();
    html! {
        @if !goals.is_empty() { (form.choice(Field::new("goal", "For which goal").may_stay_empty(), &options)) }
    }
}

/// The fields of what something is expected to show: what is listed, and a few more.
pub fn shows_fields(form: &Shown<'_>, sight: &Sight, words: &Words<'_>, title: &str) -> Markup {
    let framework = &sight.version.framework;
    let listed: Vec<&str> = form.sent.all("listed").collect();
    let more = (0..MORE).any(|n| form.sent.has(&format!("competency-{n}"))) || listed.is_empty();
    html! {
        fieldset.form-part {
            legend.hide { (title) }
            h2.label { (title) }
            @for one in &listed {
                input type="hidden" name="listed" value=(one);
                @if let Ok(ToClaim::Step { competency, rung, .. }) = ToClaim::read(one, framework) {
                    (form.tick("shows", one, &format!("{}, {}", words.competency(&competency), words.rung(&rung))))
                }
            }
            details.link open[more] {
                summary { @if listed.is_empty() { "A competency and a step" } @else { "Something else" } }
                @for n in 0..MORE {
                    div.pair { (claims::pair(form, framework, &format!("-{n}"), "Competency")) }
                }
            }
        }
    }
}

fn stretch(form: &Shown<'_>, sight: &Sight) -> Markup {
    let framework = &sight.version.framework;
    let asked = words::activity_of(form.sent.text("kind")) == Some(ActivityKind::StretchAssignment)
        || ["risk", "way-back", "at-hand"].iter().any(|f| form.sent.has(f));
    html! {
        details.fold open[asked] {
            summary { "It goes beyond what I have done before" }
            p.hint { "A stretch that is thought through is a risk you chose: for which gap, what could go wrong, and the way back." }
            (form.grouped_choice(Field::new("stretch-gap", "The gap it is for").may_stay_empty(), "choose one", &claims::competencies(framework)))
            (form.lines(2, Field::new("risk", "What could go wrong, and for whom").may_stay_empty()))
            (form.lines(2, Field::new("way-back", "The way back: what you do then").may_stay_empty()))
            (form.line("text", Field::new("at-hand", "Who is at hand").optional()))
        }
    }
}

/// What a form plans, and why it changed.
fn read(sent: &Sent, sight: &Sight, before: Option<&Planned>) -> Result<(Planned, String), Vec<Fault>> {
    let framework = &sight.version.framework;
    let mut reading = Reading::of(sent);
    let name = reading.needed("name", "Say in one line what you will do.");
    let kind = words::activity_of(sent.text("kind")).unwrap_or(ActivityKind::Project);
    if sent.has("kind") && words::activity_of(sent.text("kind")).is_none() {
        reading.fault("kind", "Choose one of the list.");
    }
    let hours = hours(&mut reading);
    let (from, until) = (reading.day("from"), reading.day("until"));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        reading.fault("until", "It ends before it begins. Change one of the two days.");
    }
    let goal: Option<EntryId> = reading.read("goal", "Choose one of the goals, or none.");
    let shows = read_shows(&mut reading, sent, sight);
    let stretch = read_stretch(&mut reading, sent, kind);
    let because = match before {
        Some(_) => reading.needed("because", "Say in a sentence why it changes."),
        None => String::new(),
    };
    reading.done((
        Planned {
            name,
            kind,
            family: framework.family.clone(),
            activity: ActivityId::new(sent.text("activity")).ok(),
            hours,
            shows,
            goal,
            from,
            until,
            stretch,
            because: before.map(|b| b.because.clone()).unwrap_or_default(),
        },
        because,
    ))
}

/// What something is expected to show, as a form says.
pub fn read_shows(reading: &mut Reading<'_>, sent: &Sent, sight: &Sight) -> Vec<Shows> {
    let framework = &sight.version.framework;
    let mut shows: Vec<Shows> = Vec::new();
    for word in sent.all("shows") {
        match ToClaim::read(word, framework) {
            Ok(ToClaim::Step { competency, rung, .. }) => shows.push(Shows { competency, rung }),
            _ => reading.fault("shows", "What it is expected to show is not in these criteria."),
        }
    }
    for n in 0..MORE {
        if let Some(ToClaim::Step { competency, rung, .. }) =
            claims::read(reading, sent, sight, &format!("-{n}"))
        {
            let more = Shows { competency, rung };
            if !shows.contains(&more) {
                shows.push(more);
            }
        }
    }
    shows
}

fn hours(reading: &mut Reading<'_>) -> Hours {
    let what = "Write a number of hours, as in 6 or 1.5.";
    let [low, likely, high] = ["low", "likely", "high"].map(|f| reading.read::<f64>(f, what));
    let Some(likely) = likely else {
        reading.fault("likely", "Say how many hours it most likely takes.");
        return Hours {
            low: 0.0,
            likely: 0.0,
            high: 0.0,
        };
    };
    let hours = Hours {
        low: low.unwrap_or(likely),
        likely,
        high: high.unwrap_or(likely),
    };
    let rising = 0.0 <= hours.low && hours.low <= likely && likely <= hours.high;
    if !rising || hours.high > 100_000.0 {
        reading.fault(
            "likely",
            "The three do not rise: if all goes well, most likely, if it drags.",
        );
    }
    hours
}

fn read_stretch(reading: &mut Reading<'_>, sent: &Sent, kind: ActivityKind) -> Option<Stretch> {
    let said = ["risk", "way-back", "at-hand"].iter().any(|f| sent.has(f));
    if kind != ActivityKind::StretchAssignment && !said {
        return None;
    }
    let gap: Option<CompetencyId> = reading.read("stretch-gap", "Choose one of the list.");
    if gap.is_none() {
        reading.fault("stretch-gap", "Choose the gap it is for.");
    }
    let risk = reading.needed("risk", "Say what could go wrong, and for whom.");
    let way_back = reading.needed("way-back", "Say what you do then.");
    Some(Stretch {
        gap: gap?,
        risk,
        way_back,
        at_hand: sent.text("at-hand").to_owned(),
    })
}

/// What is planned and open, as options of a choice.
pub fn open_options(plan: &Plan<'_>, today: Date) -> Vec<(String, String)> {
    /// A choice of more would be no choice.
    const MOST: usize = 40;
    let open = plan.upcoming(today);
    open.iter()
        .take(MOST)
        .map(|p| (p.id.to_string(), crate::pages::did::line::short(&p.what.name)))
        .collect()
}
