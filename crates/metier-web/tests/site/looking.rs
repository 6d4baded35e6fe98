//! Looking back and ahead: the rhythm and its calendar file, reflections, setbacks, opportunities, what a quarter
//! leaves empty, the six moves, and what would be left if the job ended.

use axum::http::{StatusCode, header};

use crate::browser::Browser;
use crate::page::{hidden, led, refused, seen};

/// The first address on a page that begins like this and goes on with an entry.
fn link(page: &str, begins: &str) -> String {
    let found = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let mut found = found.filter(|path| path.starts_with(begins) && path.len() >= begins.len() + 36);
    let found = found.next();
    assert!(found.is_some(), "{begins}\n{page}");
    found.unwrap().to_owned()
}

async fn on_new() -> Browser {
    let browser = Browser::on_nothing().await;
    let start = [("profession", "nursing"), ("name", "Ada"), ("status", "held")];
    led(&browser.post("/start", &start).await);
    led(&browser
        .post("/start/aim", &[("level", "staff-nurse"), ("by", "2028-06-30")])
        .await);
    browser
}

#[tokio::test]
async fn a_rhythm_is_kept_and_its_days_go_into_a_calendar() {
    let browser = on_new().await;
    seen(
        &browser.open("/plan/rhythm").await,
        &[
            "No rhythm is chosen yet.",
            "There is no day to put into a calendar yet.",
        ],
    );
    refused(
        &browser.post("/plan/rhythm", &[("reflect", "99")]).await,
        &["Give a number from 1 to 52"],
    );
    let keep = [("reflect", "2"), ("review", "6"), ("market", "")];
    assert_eq!(led(&browser.post("/plan/rhythm", &keep).await), "/plan/rhythm");
    seen(
        &browser.open("/plan/rhythm").await,
        &[
            "You look back every two weeks and have a review every six months; counted from 22 November 2026.",
            "Look back, two minutes",
            "6 December 2026",
            "Time for a review",
            "22 May 2027",
            "Calendar file",
        ],
    );
    let file = browser.open("/plan/calendar.ics").await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/calendar; charset=utf-8");
    assert!(file.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", file.body);
    assert!(file.body.contains("DTSTART;VALUE=DATE:20261206"), "{}", file.body);
}

#[tokio::test]
async fn a_calendar_tells_no_names_and_subjects_until_it_is_asked_to() {
    let browser = Browser::on_example().await;
    let short = browser.open("/plan/calendar.ics").await.body;
    let full = browser
        .open("/plan/calendar.ics?titles=full")
        .await
        .body
        .replace("\r\n ", "");
    for told in [
        "Lead the content of a whole launch",
        "regional meeting",
        "spring plan agreed",
    ] {
        assert!(!short.replace("\r\n ", "").contains(told), "{told}");
        assert!(full.contains(told), "{told}\n{full}");
    }
    assert!(short.contains("SUMMARY:A milestone’s day"), "{short}");
    let uids = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|l| l.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        uids(&short.replace("\r\n ", "")),
        uids(&full),
        "the two are about the same days"
    );
}

#[tokio::test]
async fn a_look_back_takes_two_minutes_and_stands_beside_the_last_one() {
    let browser = on_new().await;
    seen(
        &browser.open("/plan/reflect").await,
        &["What did you do?", "This is the first one."],
    );
    refused(
        &browser
            .post("/plan/reflect", &[("words", ""), ("learnt", "Kept all the same")])
            .await,
        &["Say in a few words what you did.", "Kept all the same"],
    );
    let said = [
        ("words", "Two night shifts alone"),
        ("learnt", "Ask early"),
        ("next", "Tell the day team"),
        ("drive", "high"),
        ("about", "give-medicines"),
        ("day", "2026-11-01"),
    ];
    led(&browser.post("/plan/reflect", &said).await);
    led(&browser
        .post("/plan/reflect", &[("words", "A quiet week"), ("drive", "low")])
        .await);
    let page = browser.open("/plan/reflect").await;
    seen(
        &page,
        &[
            "A quiet week",
            "Hardly, on 22 November 2026",
            "Much, on 1 November 2026",
            "Earlier ones",
            "Ask early",
        ],
    );
    assert!(!page.body.contains('%'));
    let latest = link(&page.body, "/plan/reflect/");
    let one = browser.open(&latest).await;
    seen(
        &one,
        &["The time before", "Two night shifts alone", "Tell the day team"],
    );
    let mark = hidden(&one.body, "mark");
    let change = [
        ("mark", mark.as_str()),
        ("words", "A quiet week, at last"),
        ("drive", "steady"),
    ];
    assert_eq!(led(&browser.post(&latest, &change).await), latest);
    seen(
        &browser.open(&latest).await,
        &["A quiet week, at last", "How it was worded before (1)"],
    );
    refused(
        &browser
            .post(
                &latest,
                &[("mark", mark.as_str()), ("words", "From another window")],
            )
            .await,
        &["It was changed meanwhile", "From another window"],
    );
    let back = format!("/plan/looked/{}/take-back", latest.rsplit('/').next().unwrap());
    assert_eq!(led(&browser.post(&back, &[]).await), "/plan/reflect");
    assert_eq!(browser.open(&latest).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_setback_is_found_again_and_its_lesson_may_come_later() {
    let browser = Browser::on_example().await;
    let new = [
        ("what", "The webinar had no sound"),
        ("about", "publish-an-article"),
    ];
    led(&browser.post("/plan/setback/new", &new).await);
    refused(
        &browser.post("/plan/setback/new", &[("lesson", "Kept")]).await,
        &["Say in a line what went wrong.", "Kept"],
    );
    let page = browser.open("/plan/setback?competency=publish-an-article").await;
    seen(
        &page,
        &["The webinar had no sound", "No lesson yet. It may come later."],
    );
    seen(
        &browser
            .open("/plan/setback?competency=research-an-audience")
            .await,
        &["None is about that."],
    );
    let one = link(&page.body, "/plan/setback/");
    let shown = browser.open(&one).await;
    let mark = hidden(&shown.body, "mark");
    let learnt = [
        ("mark", mark.as_str()),
        ("what", "The webinar had no sound"),
        ("lesson", "Nobody listened in"),
        ("otherwise", "Somebody listens from outside"),
        ("kept", "publish-an-article"),
    ];
    assert_eq!(led(&browser.post(&one, &learnt).await), one);
    seen(
        &browser.open(&one).await,
        &[
            "Nobody listened in",
            "Somebody listens from outside",
            "How it was worded before (1)",
        ],
    );
}

#[tokio::test]
async fn an_opportunity_is_taken_into_the_plan_or_keeps_what_it_would_have_shown() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/plan/chance").await,
        &[
            "Speak about the editing hour at the regional meeting",
            "An answer is due by 10 December 2026",
            "What came to nothing, and what it would have shown",
            "Would have shown Report results and impact",
            "in the week of the launch",
        ],
    );
    let new = [
        ("what", "Run the January workshop"),
        ("origin", "sought"),
        ("with", "Jonas"),
        ("by", "2026-12-20"),
        ("competency-0", "publish-an-article"),
        ("step-0", "teaches"),
    ];
    let one = led(&browser.post("/plan/chance/new", &new).await);
    seen(
        &browser.open(&one).await,
        &[
            "Sought with Jonas",
            "Would show Publish an article to house standard (Teaches).",
        ],
    );
    let form = browser.open(&format!("{one}/change")).await;
    let mark = hidden(&form.body, "mark");
    let mut change: Vec<(&str, &str)> = new[..3].to_vec();
    change.extend([
        ("by", "2027-01-10"),
        ("mark", mark.as_str()),
        ("shows", "publish-an-article/teaches"),
    ]);
    refused(
        &browser.post(&format!("{one}/change"), &change).await,
        &["Say in a sentence why it changes."],
    );
    change.push(("because", "Jonas asked for more time"));
    assert_eq!(led(&browser.post(&format!("{one}/change"), &change).await), one);
    seen(
        &browser.open(&one).await,
        &["10 January 2027", "Because: ", "Jonas asked for more time"],
    );

    let id = one.rsplit('/').next().unwrap();
    let form = browser.open(&format!("/plan/activity/new?chance={id}")).await;
    seen(&form, &["Run the January workshop", "publish-an-article/teaches"]);
    let take = [
        ("chance", id),
        ("name", "Run the January workshop"),
        ("kind", "workshop"),
        ("likely", "8"),
        ("shows", "publish-an-article/teaches"),
    ];
    let planned = led(&browser.post("/plan/activity/new", &take).await);
    assert!(planned.starts_with("/plan/activity/"));
    let taken = browser.open(&one).await;
    seen(&taken, &["taken on 22 November 2026", planned.as_str()]);
    refused(
        &browser.post("/plan/activity/new", &take).await,
        &["came to its end before"],
    );

    let mark = hidden(&taken.body, "mark");
    assert_eq!(
        led(&browser.post(&format!("{one}/again"), &[("mark", &mark)]).await),
        one
    );
    let open = browser.open(&one).await;
    let mark = hidden(&open.body, "mark");
    let no = [("mark", mark.as_str()), ("how", "refused")];
    refused(
        &browser.post(&format!("{one}/end"), &no).await,
        &["Say in a sentence why you refused it."],
    );
    let no = [
        ("mark", mark.as_str()),
        ("how", "refused"),
        ("reason", "Too many at once"),
    ];
    assert_eq!(led(&browser.post(&format!("{one}/end"), &no).await), one);
    seen(
        &browser.open("/plan/chance").await,
        &[
            "Too many at once",
            "Would have shown Publish an article to house standard (Teaches).",
        ],
    );
}

#[tokio::test]
async fn a_quarter_names_what_touches_each_area_and_one_way_to_begin_with_the_rest() {
    let browser = on_new().await;
    let empty = browser.open("/plan/coverage").await;
    seen(
        &empty,
        &[
            "Fourth quarter of 2026, so far and as planned",
            "Nothing in this quarter touches any of them yet.",
            "Foundation",
            "Growth mindset",
            "/plan/setback/new",
        ],
    );
    assert!(!empty.body.contains('%'), "counted as touched or not");
    led(&browser
        .post("/plan/setback/new", &[("what", "A late handover")])
        .await);
    let touched = browser.open("/plan/coverage").await;
    seen(&touched, &["Setback: A late handover"]);
    let past = browser.open("/plan/coverage?quarter=2025-1").await;
    seen(&past, &["First quarter of 2025", "This quarter"]);
    assert!(
        !past.body.contains("Write it down"),
        "nothing begins in a quarter that is over"
    );
    assert_eq!(
        browser.open("/plan/coverage?quarter=2025-9").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_six_moves_stand_side_by_side_and_one_is_chosen_with_why() {
    let browser = Browser::on_example().await;
    seen(
        &browser.open("/plan/moves").await,
        &[
            "Grow in place",
            "Step back",
            "Move on",
            "Lead the content team when Edith moves on",
            "set aside",
            "I want two more years of writing first.",
            "still open for",
            "of your 12 adverts",
            "would go along",
        ],
    );
    refused(
        &browser.post("/plan/moves/new", &[("kind", "across")]).await,
        &["Say in one line what exactly."],
    );
    let new = [
        ("kind", "across"),
        ("what", "Editor of the members’ magazine"),
        ("practice", "edit"),
    ];
    led(&browser.post("/plan/moves/new", &new).await);
    let page = browser.open("/plan/moves").await;
    seen(&page, &["Editor of the members’ magazine", "No longer"]);
    let at = page.body.find("Editor of the members").unwrap();
    let before = &page.body[..at];
    let one = before
        .rsplit("href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let mark = hidden(&browser.open(&one).await.body, "mark");
    let mut choose = vec![("mark", mark.as_str()), ("state", "chosen")];
    choose.extend(new);
    refused(&browser.post(&one, &choose).await, &["Say in a sentence why."]);
    choose.push(("because", "A year of editing is what I lack"));
    assert_eq!(led(&browser.post(&one, &choose).await), one);
    seen(
        &browser.open(&one).await,
        &["Across, chosen", "How it was worded before (1)"],
    );
    refused(&browser.post(&one, &choose).await, &["It was changed meanwhile"]);
    seen(
        &browser.open("/plan/moves").await,
        &["A year of editing is what I lack"],
    );
}

#[tokio::test]
async fn what_would_be_left_if_the_job_ended_is_counted_and_unfolds() {
    let browser = Browser::on_example().await;
    let page = browser.open("/mastery/if-it-ended").await;
    seen(
        &page,
        &[
            "If this job ended tomorrow",
            "wherever the profession is practised",
            "The profession: ",
            "Left untouched now",
            "Year by year",
            "Counts, and no score",
        ],
    );
    for path in ["/", "/mastery"] {
        seen(&browser.open(path).await, &["/mastery/if-it-ended"]);
    }
    let new = on_new().await;
    seen(
        &new.open("/mastery/if-it-ended").await,
        &["Nothing is proven yet", "No position is recorded"],
    );
}

#[tokio::test]
async fn each_page_says_what_is_not_there() {
    let browser = Browser::on_example().await;
    let nobody = "019a0000-0000-7000-8000-00000000ffff";
    for path in ["reflect", "setback", "chance", "moves"] {
        let answer = browser.open(&format!("/plan/{path}/{nobody}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let answer = browser.open(&format!("/plan/{path}/nothing")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
