//! The guided series: the question of this week, the answers to it side by side, what was said of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use maud::{Markup, html};
use metier_app::{AsOf, Commented, Metier, words};
use metier_core::id::EntryId;
use metier_core::journal::{Arrival, Noted, view};
use metier_core::mastery::{
    AnswerComment, Asked as Question, Becomes, Mastery, QUESTION_MAX, SERIES, SeriesAnswer, ThisWeek,
    WORDS_MAX,
};

use super::{address, entry_of, form_page, refused};
use crate::Shared;
use crate::field::{Field, Shown};
use crate::form::{Asked, Fault, Reading, Sent};
use crate::layout::{Nav, Page, notice, see_other};
use crate::pages::did::line::short;
use crate::pages::guest::comments::cut;
use crate::pages::guide::why;
use crate::problem::Problem;

/// How many earlier answers to one question are shown at once.
const ANSWERS: usize = 10;
/// How many showings are listed.
const EARLIER: usize = 20;
/// How many comments stand under an answer among others.
const SAID: usize = 3;
/// Characters of an answer, and of a comment, that stand among others.
const ANSWER_SHOWN: usize = 1_000;
const COMMENT_SHOWN: usize = 300;
/// How many unread comments are shown at once: whole, because they are to be read.
const UNREAD: usize = 5;
/// How many comments are shown on the page of one answer.
const COMMENTS: usize = 10;
/// How many questions of others are listed.
const PUT: usize = 50;

/// How the series stands, on the page What mastery is.
pub fn card(mastery: &Mastery<'_>, today: jiff::civil::Date) -> Markup {
    let week = mastery.this_week(today);
    html! {
        section.card aria-labelledby="series" {
            h2.label #series { "A question a week" }
            (waiting(mastery))
            @if mastery.answers.is_empty() {
                p { (words::capital(&words::number(SERIES.len() as u64))) " questions lead from your profession to what you will have to say. Answer one in a week that has room for it; what you think later stands beside it." }
            }
            @if let Some(week) = week {
                @match week.answered {
                    Some(answered) => p { "This week\u{2019}s is answered: " span.soft { (answered.what.asked) } },
                    None => p.big { (week.question.asks) },
                }
            }
            div.act { a href="/mastery/series" { @if mastery.answers.is_empty() { "Begin" } @else { "To the series" } } }
        }
    }
}

/// What others said and was not read yet; empty when nothing waits.
pub fn waiting(mastery: &Mastery<'_>) -> Markup {
    let unread = mastery.unread();
    let comments: Vec<&str> = unread.comments.iter().map(|c| c.what.by.as_str()).collect();
    let put: Vec<&str> = unread.put.iter().map(|p| p.what.by.as_str()).collect();
    html! {
        @if !unread.is_empty() {
            p.notice { (words::unread(&comments, &put)) ". " a href="/mastery/series#unread" { "Read" } }
        }
    }
}

pub async fn page(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    draw(&shared, &asked, &Sent::default(), &[]).await
}

async fn draw(shared: &Shared, asked: &Sent, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let today = shared.surroundings().today();
    let (entries, life) = metier.read().await?;
    let family = &life.needed()?.framework.family;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, family);
    let week = mastery
        .this_week(today)
        .ok_or_else(|| Problem::not_found("the series has no question"))?;
    let chosen = match asked.text("question") {
        "" => None,
        id => Some(
            mastery
                .question(id)
                .ok_or_else(|| Problem::not_found("the series has no such question"))?,
        ),
    };
    let question = chosen.unwrap_or(week.question);
    let from: usize = asked.text("from").parse().unwrap_or_default();
    let mut earlier: Vec<_> = mastery
        .answers
        .iter()
        .rev()
        .filter(|a| a.what.question.as_str() == question.id)
        .skip(from)
        .collect();
    let further = earlier.len() > ANSWERS;
    earlier.truncate(ANSWERS);
    let between = match earlier.first() {
        Some(last) if from == 0 && last.on < today => stood(shared, &metier, last.on).await?,
        _ => None,
    };
    let shown = Shown { sent, faults };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let content = html! {
        p.crumbs { a href="/mastery#series" { "What mastery is" } " / A question a week" }
        h1.close { "A question a week" }
        @if let Some(said) = said(asked.text("said")) { (notice(&html! { p { (said) } })) }
        (unread(&mastery))
        div.two {
            div {
                (eyebrow(chosen.is_some(), &week, &question))
                h2 #question { (question.asks) }
                @if !question.names.is_empty() { p.soft { "A good answer names: " (question.names) } }
                (shown.summary())
                form method="post" action="/mastery/series" {
                    input type="hidden" name="question" value=(question.id);
                    (shown.lines(6, Field::new("words", "Your answer")))
                    div.act { button.btn { "Keep this answer" } }
                    p.hint { "It is private. Nothing is worked out from it." }
                }
                @if let Some(becomes) = question.becomes {
                    p.act { "It can become more than an answer: " a href=(place(becomes)) { (words::becomes(becomes)) } }
                }
                @if !earlier.is_empty() {
                    section aria-labelledby="earlier" {
                        h2 #earlier { "What you answered before" }
                        @if let Some((then, now)) = &between {
                            p.soft.small { "When you answered last you had " (then) "; today it is " (now) "." }
                        }
                        div.columns { @for answer in &earlier { (given(answer, &mastery)) } }
                        @if further {
                            @let next = from.saturating_add(ANSWERS).to_string();
                            div.act { a href=(address("/mastery/series", &[("question", question.id), ("from", &next)])) { "Answers before these" } }
                        }
                    }
                }
            }
            div {
                (with_others(&mastery))
                (list(&mastery, question.id))
            }
        }
        (why(&["as-a-coach", "asking-a-master", "five-minutes"]))
    };
    Ok(Page::new("A question a week")
        .under(Nav::Mastery)
        .of(&metier)
        .status(status)
        .show(&content))
}

fn said(word: &str) -> Option<&'static str> {
    match word {
        "answered" => {
            Some("Kept. Your answer stands below, under its day; when you answer again, both stay.")
        }
        "read" => Some("Noted as read."),
        "comment" => Some("Noted, as relayed by you."),
        "back" => Some("Taken back. It stays in the journal as taken back."),
        _ => None,
    }
}

/// How much was there of what is aimed at on a day, and is today; `None` where nothing is aimed at, or the same.
async fn stood(
    shared: &Shared,
    metier: &Metier,
    on: jiff::civil::Date,
) -> Result<Option<(String, String)>, Problem> {
    let as_of = AsOf {
        at: Some(on),
        known_at: Some(on),
    };
    // A day before the journal began has no standing to look back on.
    let Ok(then) = shared.kept().sight(metier, as_of).await else {
        return Ok(None);
    };
    let now = shared.kept().sight(metier, AsOf::default()).await?;
    let (then, now) = (
        words::met_of(&then.sight.standing),
        words::met_of(&now.sight.standing),
    );
    Ok(then.zip(now).filter(|(then, now)| then != now))
}

fn eyebrow(chosen: bool, week: &ThisWeek<'_>, question: &Question<'_>) -> Markup {
    html! {
        p.eyebrow {
            @match (chosen, question.by, week.answered) {
                (_, Some(by), _) => { (by) " asks" },
                (true, None, _) => { "A question of the series" },
                (false, None, Some(_)) => { "This week\u{2019}s is answered; this is the next one, whenever you like" },
                (false, None, None) => { "The question of this week" },
            }
        }
        @if !chosen && let Some(last) = week.last { p.soft.small { "You answered it last on " (words::day(last)) ". What do you say now?" } }
    }
}

/// An answer with what was said of it.
fn given(answer: &Noted<'_, SeriesAnswer>, mastery: &Mastery<'_>) -> Markup {
    html! {
        article.card {
            h3 { (words::day(answer.on)) }
            p.as-written { (cut(&answer.what.words, ANSWER_SHOWN)) }
            @for comment in mastery.comments_on(answer.id).take(SAID) { (comment_line(comment, COMMENT_SHOWN)) }
            @if is_cut(answer, mastery) { p.act { a.small href=(address("/mastery/series/answer", &[("id", &answer.id.to_string())])) { "Read it whole" } } }
            form.act method="post" action="/mastery/series/take-back" {
                input type="hidden" name="id" value=(answer.id);
                a.small href=(address("/mastery/series/comment", &[("answer", &answer.id.to_string())])) { "Note what somebody said of it" }
                button.as-link.small { "Take it back" }
            }
        }
    }
}

fn comment_line(comment: &Noted<'_, AnswerComment>, most: usize) -> Markup {
    html! {
        blockquote {
            p.as-written { (cut(&comment.what.words, most)) }
            p.soft.small { (short(&comment.what.by)) ", " (words::day(comment.on)) ", " (words::arrival(comment.what.arrival)) }
        }
    }
}

/// True when an answer among others does not show all of it, or not all that was said of it.
fn is_cut(answer: &Noted<'_, SeriesAnswer>, mastery: &Mastery<'_>) -> bool {
    let longer = |text: &str, most: usize| text.chars().nth(most).is_some();
    longer(&answer.what.words, ANSWER_SHOWN)
        || mastery.comments_on(answer.id).count() > SAID
        || mastery
            .comments_on(answer.id)
            .any(|c| longer(&c.what.words, COMMENT_SHOWN))
}

/// One answer, whole, with what was said of it, a page at a time.
pub async fn one(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let id = entry_of(asked.text("id"))?;
    let answer = mastery
        .answers
        .iter()
        .find(|a| a.id == id)
        .ok_or_else(|| Problem::not_found("there is no such answer; perhaps it was taken back"))?;
    let from: usize = asked.text("from").parse().unwrap_or_default();
    let further = mastery.comments_on(id).count() > from.saturating_add(COMMENTS);
    let next = from.saturating_add(COMMENTS).to_string();
    let question = address("/mastery/series", &[("question", answer.what.question.as_str())]);
    let content = html! {
        p.crumbs { a href=(question) { "A question a week" } " / " (words::day(answer.on)) }
        h1.close { (answer.what.asked) }
        @if from == 0 { p.as-written { (answer.what.words) } }
        @else { p.as-written { (cut(&answer.what.words, ANSWER_SHOWN)) } }
        @for comment in mastery.comments_on(id).skip(from).take(COMMENTS) { (comment_line(comment, WORDS_MAX)) }
        div.act {
            a href=(question) { "Back to the question" }
            @if further { a href=(address("/mastery/series/answer", &[("id", asked.text("id")), ("from", &next)])) { "More of what was said" } }
        }
    };
    Ok(Page::new("An answer")
        .under(Nav::Mastery)
        .of(&metier)
        .show(&content))
}

fn unread(mastery: &Mastery<'_>) -> Markup {
    let unread = mastery.unread();
    let more = unread.comments.len().saturating_sub(UNREAD) + unread.put.len().saturating_sub(UNREAD);
    let of = |id: EntryId| mastery.answers.iter().find(|a| a.id == id);
    html! {
        @if !unread.is_empty() {
            section.card.first aria-labelledby="unread" {
                h2 #unread { "What came for you" }
                @for comment in unread.comments.iter().take(UNREAD) {
                    @if let Some(answer) = of(comment.what.answer) { p.soft.small { (short(&answer.what.asked)) } }
                    blockquote {
                        p.as-written { (cut(&comment.what.words, WORDS_MAX)) }
                        p.soft.small { (short(&comment.what.by)) ", " (words::day(comment.on)) }
                    }
                }
                @for put in unread.put.iter().take(UNREAD) {
                    p { (short(&put.what.by)) " asks: " a href=(address("/mastery/series", &[("question", put.what.id.as_str())])) { (cut(&put.what.question, QUESTION_MAX)) } }
                }
                @if more > 0 { p.soft { (words::capital(&words::plural(more as u64, "more comes", "more come"))) " after these." } }
                form.act method="post" action="/mastery/series/read" {
                    @for comment in unread.comments.iter().take(UNREAD) { input type="hidden" name="read" value=(comment.id); }
                    @for put in unread.put.iter().take(UNREAD) { input type="hidden" name="read" value=(put.id); }
                    button.btn.quiet { "I have read it" }
                }
            }
        }
    }
}

fn list(mastery: &Mastery<'_>, here: &str) -> Markup {
    let questions = mastery.questions();
    let (series, put) = questions.split_at(SERIES.len().min(questions.len()));
    let line = |q: &Question<'_>| {
        let last = mastery.answers.iter().rfind(|a| a.what.question.as_str() == q.id);
        html! {
            li {
                a href=(address("/mastery/series", &[("question", q.id)])) aria-current=[(q.id == here).then_some("true")] { (short(q.asks)) }
                span.soft.small.line {
                    @if let Some(by) = q.by { "from " (short(by)) "; " }
                    @match last { Some(last) => { "answered on " (words::day(last.on)) }, None => "not answered yet" }
                }
            }
        }
    };
    html! {
        section.card aria-labelledby="all" {
            h2.label #all { "The series" }
            ol.lines { @for question in series { (line(question)) } }
            @if !put.is_empty() {
                h3 { "Put by others" }
                ul.lines { @for question in put.iter().rev().take(PUT) { (line(question)) } }
            }
        }
    }
}

/// To whom answers were shown.
fn with_others(mastery: &Mastery<'_>) -> Markup {
    html! {
        section.card aria-labelledby="shown" {
            h2.label #shown { "With somebody" }
            @if mastery.shown.is_empty() {
                p { "A coach, a mentor, a friend in the field: choose answers, and they may write under each. They see these and nothing else." }
            } @else {
                ul.lines {
                    @for shown in mastery.shown.iter().rev().take(EARLIER) {
                        @let said = mastery.comments.iter().filter(|c| c.what.shown == Some(shown.id)).count();
                        li {
                            a href={ "/mastery/series/shown/" (shown.id) } {
                                (words::capital(&words::plural(shown.what.answers.len() as u64, "answer", "answers"))) " for " (shown.what.to)
                            }
                            span.soft.small.line {
                                (words::day(shown.on))
                                @if said > 0 { "; " (words::plural(said as u64, "comment", "comments")) }
                            }
                        }
                    }
                }
            }
            div.act {
                @if mastery.answers.is_empty() { span.soft { "Once you have answered one." } }
                @else { a.btn.quiet href="/mastery/series/show" { "Show answers to somebody" } }
            }
        }
    }
}

/// Where an answer can become more.
fn place(becomes: Becomes) -> &'static str {
    match becomes {
        Becomes::Profession => "/mastery/profession",
        Becomes::Definition => "/mastery/definition",
        Becomes::Thing => "/mastery/thing",
        Becomes::Criteria => "/mastery/criteria",
        Becomes::Exemplar => "/mastery#masters",
        Becomes::Nomination => "/mastery/named",
        Becomes::Outreach => "/mastery/outreach",
        Becomes::Framework => "/framework",
        Becomes::Happening => "/did/new",
        Becomes::Feedback => "/people/ask",
        Becomes::Plan => "/plan",
    }
}

pub async fn answer(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let mut reading = Reading::of(&sent);
    let words = reading.needed("words", "Write an answer; one sentence is enough.");
    let faults = match reading.done(words) {
        Ok(words) => match metier.answer_series(sent.text("question"), &words).await {
            Ok(_) => {
                let question = sent.text("question");
                return Ok(see_other(&address(
                    "/mastery/series",
                    &[("said", "answered"), ("question", question)],
                )));
            }
            Err(error) => refused(error, "words")?,
        },
        Err(faults) => faults,
    };
    draw(&shared, &sent, &sent, &faults).await
}

pub async fn read(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let read: Vec<EntryId> = sent.all("read").filter_map(|id| id.parse().ok()).collect();
    metier.read_comments(&read).await?;
    Ok(see_other("/mastery/series?said=read"))
}

/// Takes an answer back.
pub async fn take_back(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let id = entry_of(sent.text("id"))?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    if !mastery.answers.iter().any(|a| a.id == id) {
        return Err(Problem::not_found(
            "there is no such answer; perhaps it was taken back already",
        ));
    }
    metier.withdraw(id, "").await?;
    Ok(see_other("/mastery/series?said=back"))
}

pub async fn comment_form(State(shared): State<Shared>, Asked(asked): Asked) -> Result<Response, Problem> {
    draw_comment(&shared, &asked, &[]).await
}

async fn draw_comment(shared: &Shared, sent: &Sent, faults: &[Fault]) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let (entries, life) = metier.read().await?;
    let view = view(&entries, Timestamp::MAX);
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let id = entry_of(sent.text("answer"))?;
    let answer = mastery
        .answers
        .iter()
        .find(|a| a.id == id)
        .ok_or_else(|| Problem::not_found("there is no such answer; perhaps it was taken back"))?;
    let shown = Shown { sent, faults };
    Ok(form_page(
        &metier,
        "What somebody said of it",
        &shown,
        &html! {
            p.soft { (answer.what.asked) }
            p.as-written { (cut(&answer.what.words, ANSWER_SHOWN)) }
            form method="post" action="/mastery/series/comment" {
                input type="hidden" name="answer" value=(answer.id);
                (shown.line("text", Field::new("by", "Who")))
                (shown.lines(4, Field::new("words", "What they said").hint("As near to their words as you can.").optional()))
                (shown.lines(2, Field::new("question", "A question they would have you answer next").optional()))
                div.act { button.btn { "Note it" } a href="/mastery/series" { "Leave it" } }
                p.hint { "Kept as relayed by you, and shown as such." }
            }
        },
    ))
}

pub async fn comment(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let metier = shared.started().await?;
    let answer = entry_of(sent.text("answer"))?;
    let mut reading = Reading::of(&sent);
    let by = reading.needed("by", "Say who said it.");
    if !sent.has("words") && !sent.has("question") {
        reading.fault("words", "Write what they said, or the question they put.");
    }
    let said = Commented {
        shown: None,
        by,
        comments: vec![(answer, sent.text("words").to_owned())],
        question: sent.text("question").to_owned(),
        arrival: Arrival::Relayed,
    };
    let faults = match reading.done(said) {
        Ok(said) => match metier.commented(said, None).await {
            Ok(_) => return Ok(see_other("/mastery/series?said=comment")),
            Err(error) => {
                let field = match error.field.as_deref() {
                    Some("who says it" | "who asks") => "by",
                    Some("question") => "question",
                    _ => "words",
                };
                refused(error, field)?
            }
        },
        Err(faults) => faults,
    };
    draw_comment(&shared, &sent, &faults).await
}
