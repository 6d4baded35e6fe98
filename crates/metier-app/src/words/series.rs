//! The guided series in words: where an answer can become more, and what goes to somebody who comments.

use metier_core::mastery::Becomes;
use metier_core::standing::Standing;

use super::{day, list, plural};
use crate::mastery::{ShowingRead, SinceRead};

/// What an answer can become, as a way on.
pub fn becomes(becomes: Becomes) -> &'static str {
    match becomes {
        Becomes::Profession => "Tell it as your profession, with the needs it serves",
        Becomes::Definition => "Make it part of your definition of mastery",
        Becomes::Thing => "Add it to the significant things to accomplish",
        Becomes::Criteria => "Answer the six questions of criteria",
        Becomes::Exemplar => "Write down what a master accomplished",
        Becomes::Nomination => "Ask a colleague for a name",
        Becomes::Outreach => "Prepare to ask a master",
        Becomes::Framework => "Look at the list of competencies",
        Becomes::Happening => "Record what you did",
        Becomes::Feedback => "Ask somebody who saw you do it",
        Becomes::Plan => "Put it into your plan",
    }
}

/// How much of what is asked for was proven: "3 of 41 required steps"; `None` where nothing was aimed at.
pub fn met_of(standing: &Standing) -> Option<String> {
    let target = standing.target.as_ref()?;
    let (met, of) = (target.required.met, target.required.of);
    let steps = if of == 1 {
        "required step"
    } else {
        "required steps"
    };
    Some(format!("{met} of {of} {steps} for {}", target.name))
}

/// How an answer stands to what was seen before; empty when it is new and nothing was seen before.
pub fn since_shown(since: &SinceRead, before: Option<jiff::civil::Date>) -> String {
    let Some(before) = before else {
        return String::new();
    };
    match since {
        SinceRead::New => format!("New since {}.", day(before)),
        SinceRead::Answered(..) => format!("Answered anew since {}.", day(before)),
        SinceRead::Reworded => format!("The same answer, worded otherwise since {}.", day(before)),
        SinceRead::Same => format!("As on {}.", day(before)),
    }
}

/// "two answers", "no answers".
pub fn answers(number: usize) -> String {
    match number {
        0 => "no answers".into(),
        n => plural(n as u64, "answer", "answers"),
    }
}

/// The answers as a mail, where no link can be opened.
pub fn showing_mail(read: &ShowingRead, name: &str) -> String {
    let mut text = format!("Dear {},\n\n", read.to);
    if read.note.is_empty() {
        text += "these are answers of mine on which I should like to hear you.";
    } else {
        text += &read.note;
    }
    text += &format!(
        "\nWrite under each what you think, and add a question I should answer next. Only I will read it. By {}, please.\n",
        day(read.until)
    );
    for (place, answer) in read.answers.iter().enumerate() {
        text += &format!("\n{}. {}\n\n{}\n", place + 1, answer.asked, answer.words);
        let since = since_shown(&answer.since, read.before);
        if !since.is_empty() {
            text += &format!("({since})\n");
        }
        if let SinceRead::Answered(before, on) = &answer.since {
            text += &format!("On {} it was: {before}\n", day(*on));
        }
        if !answer.said.is_empty() {
            text += &format!("You said: {}\n", list(&answer.said));
        }
    }
    text + &format!("\nThank you\n{name}\n")
}

/// "Petra commented on two answers and put a question": what waits to be read.
pub fn unread(comments: &[&str], questions: &[&str]) -> String {
    let mut by: Vec<String> = comments
        .iter()
        .chain(questions)
        .map(|n| (*n).to_owned())
        .collect();
    by.sort();
    by.dedup();
    let mut what = Vec::new();
    if !comments.is_empty() {
        what.push(plural(comments.len() as u64, "comment", "comments"));
    }
    if !questions.is_empty() {
        what.push(plural(questions.len() as u64, "question", "questions"));
    }
    super::capital(&format!("{} from {}, not read yet", list(&what), list(&by)))
}
