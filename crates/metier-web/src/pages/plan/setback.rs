//! Setbacks, with the lesson and what one does otherwise; a lesson may come later.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use metier_app::words::{Words, day};
use metier_app::{AsOf, Metier, Sight, looked_at, looked_mark, setback_wordings};
use metier_core::id::EntryId;
use metier_core::plan::{Looked, LookedBack, Plan, Setback};

use super::activity_form::open_options;
use super::{CHANGED, Here, beside, earlier, looked, under};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{notice, see_other};
use crate::pages::case::{entry_of, refused, status};
use crate::path::Path;
use crate::problem::Problem;

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let content = html! {
        (beside(Here::Setbacks))
        div.row.spread {
            h1 { "Setbacks" }
            a.btn href="/plan/setback/new" { "Write one down" }
        }
        @if let Some(text) = told(asked.text("said")) { (notice(&html! { p { (text) } })) }
        p.lead { "What went wrong, what you learnt from it, and what you do otherwise now. The lesson may come later: open it and add it then. For you alone; it counts for nothing and against nothing." }
        @if plan.setbacks.is_empty() { p { "None is written down. The next time something goes wrong, one line is enough." } }
        (looked::earlier(&asked, sight, &plan, &words, "/plan/setback", |what| matches!(what, Looked::Setback(_))))
    };
    Ok(under("Setbacks", &metier).show(&content))
}

fn told(said: &str) -> Option<&'static str> {
    Some(match said {
        "kept" => "Kept, for you alone.",
        "changed" => "Changed. What you wrote before stays readable below.",
        "back" => "Taken back.",
        _ => return None,
    })
}

pub async fn new(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let sent = Sent::default()
        .with("planned", asked.text("planned"))
        .with("goal", asked.text("goal"));
    draw_new(&shared, &sent, &[]).await
}

async fn draw_new(shared: &Shared, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let form = Shown { sent, faults };
    let content = html! {
        (crumbs_to())
        div.narrow {
            h1 { "What went wrong?" }
            (form.summary())
            form method="post" action="/plan/setback/new" {
                (fields(&form, &seen.sight, None))
                div.act { button.btn { "Keep it" } a href="/plan/setback" { "Leave it" } }
            }
            p.soft.small { "For you alone. It is in nothing that others see." }
        }
    };
    Ok(under("A setback", &metier).status(status(faults)).show(&content))
}

fn crumbs_to() -> Markup {
    html! { p.crumbs { a href="/plan" { "Plan" } " / " a href="/plan/setback" { "Setbacks" } } }
}

fn fields(form: &Shown<'_>, sight: &Sight, kept: Option<EntryId>) -> Markup {
    let words = Words::new(&sight.version.framework, &[], sight.standing.at);
    let plan = sight.plan();
    let mut open = open_options(&plan, sight.standing.at);
    if let Some(kept) = kept
        && let Some(planned) = plan.planned.iter().find(|p| p.id == kept)
        && open.iter().all(|(id, _)| *id != kept.to_string())
    {
        open.push((
            kept.to_string(),
            crate::pages::did::line::short(&planned.what.name),
        ));
    }
    let options: Vec<(&str, &str)> = std::iter::once(("", "nothing that is planned"))
        .chain(open.iter().map(|(id, name)| (id.as_str(), name.as_str())))
        .collect();
    html! {
        (form.lines(2, Field::new("what", "What went wrong")))
        (form.lines(2, Field::new("lesson", "What you learnt from it").optional().hint("It may come later.")))
        (form.lines(2, Field::new("otherwise", "What you do otherwise from now on").optional()))
        @if !open.is_empty() { (form.choice(Field::new("planned", "In what you had planned").may_stay_empty(), &options)) }
        (looked::about_fields(form, sight, &words))
        (form.line("date", Field::new("day", "When").hint("Empty: today.").may_stay_empty()))
    }
}

fn read(sent: &Sent, sight: &Sight, metier: &Metier) -> Result<(Setback, jiff::civil::Date), Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let what = reading.needed("what", "Say in a line what went wrong.");
    let planned = reading.read("planned", "Choose one of the list, or nothing.");
    let on = reading.past_day("day", metier.surroundings().today());
    let (competencies, goal) = looked::read_about(&mut reading, sent, sight);
    reading.done((
        Setback {
            what,
            lesson: sent.text("lesson").to_owned(),
            otherwise: sent.text("otherwise").to_owned(),
            planned,
            goal,
            competencies,
        },
        on,
    ))
}

pub async fn add(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let faults = match read(&sent, &seen.sight, &metier) {
        Ok((said, on)) => match metier.set_back(None, said, on).await {
            Ok(_) => return Ok(see_other("/plan/setback?said=kept")),
            Err(error) => refused("what", error)?,
        },
        Err(faults) => faults,
    };
    draw_new(&shared, &sent, &faults).await
}

pub async fn one(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Problem> {
    draw_one(&shared, entry_of(&id)?, asked.text("said"), None, &[]).await
}

async fn draw_one(
    shared: &Shared,
    id: EntryId,
    said: &str,
    sent: Option<&Sent>,
    faults: &[Fault],
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let sight = &seen.sight;
    let plan = sight.plan();
    let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
    let (one, setback) = found(&plan, id)?;
    let begun = filled(&one, setback);
    let form = Shown {
        sent: sent.unwrap_or(&begun),
        faults,
    };
    let planned = setback
        .planned
        .and_then(|id| plan.planned.iter().find(|p| p.id == id));
    let wordings: Vec<(jiff::Timestamp, String, String)> = setback_wordings(&sight.entries, id)
        .iter()
        .map(|w| (w.recorded_at, in_one(w.what), String::new()))
        .collect();
    let content = html! {
        (crumbs_to())
        div.narrow {
            h1.close { "A setback, " (day(one.on)) }
            @if let Some(text) = told(said) { (notice(&html! { p { (text) } })) }
            (form.summary())
            p.big.as-written { (setback.what) }
            dl.facts {
                dt { "The lesson" }
                dd.as-written { @if setback.lesson.is_empty() { span.soft { "None yet. It may come later." } } @else { (setback.lesson) } }
                @if !setback.otherwise.is_empty() { dt { "Otherwise now" } dd.as-written { (setback.otherwise) } }
                @if let Some(planned) = planned { dt { "In" } dd { a href={ "/plan/activity/" (planned.id) } { (planned.what.name) } } }
            }
            (looked::about(&one.what, &plan, sight, &words))
            details.fold open[sent.is_some() || setback.lesson.is_empty()] {
                summary { @if setback.lesson.is_empty() { "Add the lesson, or word it otherwise" } @else { "Word it otherwise" } }
                form method="post" {
                    input type="hidden" name="mark" value=(looked_mark(&one.what));
                    (fields(&form, sight, setback.planned))
                    div.act { button.btn { "Save it" } }
                }
            }
            (earlier(&metier, &wordings))
            (looked::take_back_form(id))
        }
    };
    Ok(under("A setback", &metier).status(status(faults)).show(&content))
}

fn found<'p>(plan: &Plan<'p>, id: EntryId) -> Result<(LookedBack<'p>, &'p Setback), Problem> {
    let one = looked_at(plan, id)?;
    match one.what {
        Looked::Setback(said) => Ok((one, said)),
        Looked::Reflection(_) => Err(Problem::not_found("this entry is a look back and no setback")),
    }
}

fn in_one(said: &Setback) -> String {
    let parts = [&said.what, &said.lesson, &said.otherwise];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" \u{b7} ")
}

fn filled(one: &LookedBack<'_>, said: &Setback) -> Sent {
    let sent = Sent::default()
        .with("what", said.what.as_str())
        .with("lesson", said.lesson.as_str())
        .with("otherwise", said.otherwise.as_str())
        .with("planned", said.planned.map(|p| p.to_string()).unwrap_or_default())
        .with("day", one.on.to_string());
    looked::fill_about(sent, &one.what)
}

pub async fn save(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let id = entry_of(&id)?;
    let seen = shared.kept().sight(&metier, AsOf::default()).await?;
    let plan = seen.sight.plan();
    let (one, _) = found(&plan, id)?;
    let faults = if looked_mark(&one.what) == sent.text("mark") {
        match read(&sent, &seen.sight, &metier) {
            Ok((said, on)) => match metier.set_back(Some(id), said, on).await {
                Ok(_) => return Ok(see_other(&format!("/plan/setback/{id}?said=changed"))),
                Err(error) => refused("what", error)?,
            },
            Err(faults) => faults,
        }
    } else {
        vec![Fault {
            field: "what".into(),
            what: CHANGED.into(),
        }]
    };
    draw_one(&shared, id, "", Some(&sent), &faults).await
}
