//! The pasted answer to questions that were asked in a mail, told apart question by question.
//!
//! What was asked is known, so nothing has to be guessed from the language of the mail program: lines of
//! the mail that was sent are recognised wherever they stand, marked as quoted or not, and what stands
//! between them is the answer. Who answers above or below the quotation, numbers the answers or not, is
//! understood alike. Nothing is lost: what belongs to no question is handed back beside the answers.

use std::collections::HashSet;

use crate::problem::DocumentProblem;

/// The most bytes of a pasted mail.
pub const MAIL_MAX: usize = 1 << 20;

/// Lines over which a question may be wrapped.
const WRAPPED_MAX: usize = 8;

/// Words before a name at the end of a mail.
const SIGN_OFFS: [&str; 16] = [
    "best",
    "best regards",
    "kind regards",
    "regards",
    "best wishes",
    "cheers",
    "thanks",
    "thank you",
    "sincerely",
    "viele grüße",
    "mit freundlichen grüßen",
    "cordialement",
    "bien à vous",
    "saludos",
    "un saludo",
    "groeten",
];

/// What a pasted mail says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailAnswer {
    /// The answer to each question, in their order; empty where there is none.
    pub answers: Vec<String>,
    /// What belongs to no question: a greeting, a word before, a signature.
    pub beside: String,
    /// True when the answers could not be told apart: all of it stands under the first question.
    pub in_one: bool,
}

/// Tells the answers apart. `sent` is the mail as it was sent, `questions` are the lines of it that ask.
///
/// # Errors
/// When it is too large, or holds no answer.
pub fn read_mail_answer(
    text: &str,
    sent: &str,
    questions: &[&str],
) -> Result<MailAnswer, Vec<DocumentProblem>> {
    if text.len() > MAIL_MAX {
        let what = format!("{} bytes; a pasted mail has at most {MAIL_MAX}", text.len());
        return Err(vec![DocumentProblem::new(what, "paste the answer alone")]);
    }
    let lines: Vec<Line<'_>> = text.lines().map(Line::of).collect();
    let kinds = told(&lines, sent, questions);
    let mut parts = Parts::new(questions.len());
    for (line, kind) in lines.iter().zip(&kinds) {
        parts.add(line, *kind);
    }
    let mut answer = parts.done();
    if let Some(last) = answer.answers.iter_mut().rfind(|a| !a.is_empty()) {
        let off = sign_off(last);
        if !off.is_empty() {
            answer.beside = joined(&answer.beside, &off);
        }
    }
    if answer.answers.iter().all(String::is_empty) {
        return Err(vec![DocumentProblem::new(
            "there is no answer in it: only what was asked, or nothing",
            "paste the whole mail that came back",
        )]);
    }
    Ok(answer)
}

/// A line of a mail.
struct Line<'t> {
    /// How often it is marked as quoted.
    depth: usize,
    /// What stands behind the marks.
    text: &'t str,
    /// Its words, without case, punctuation and the number of a question.
    words: String,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let text = raw.trim_start_matches(['>', ' ', '\t', '\u{a0}']);
        let depth = raw[..raw.len() - text.len()].matches('>').count();
        Self {
            depth,
            text: if depth == 0 { raw } else { text },
            words: words(text),
        }
    }

    fn blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// The writer's own.
    Own,
    /// A question, by its place.
    Question(usize),
    /// A part of what was sent, a head, a line that announces a quotation.
    Passed,
    /// Behind the mark of a signature.
    Signature,
}

fn told(lines: &[Line<'_>], sent: &str, questions: &[&str]) -> Vec<Sort> {
    let asked: Vec<String> = questions.iter().map(|q| words(q)).collect();
    let ours: HashSet<String> = sent.lines().map(words).filter(|w| !w.is_empty()).collect();
    let mut kinds = vec![Sort::Own; lines.len()];
    let mut signature = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some((question, length)) = question_at(&lines[at..], &asked) {
            kinds[at] = Sort::Question(question);
            kinds[at + 1..at + length].fill(Sort::Passed);
            signature = false;
            at += length;
            continue;
        }
        let head = heads(&lines[at..]);
        if head > 0 {
            kinds[at..at + head].fill(Sort::Passed);
            at += head;
            continue;
        }
        signature = line.depth == 0 && (signature || line.text.trim_end() == "--");
        kinds[at] = if line.depth > 0 || ours.contains(&line.words) && !line.words.is_empty() {
            Sort::Passed
        } else if signature {
            Sort::Signature
        } else {
            Sort::Own
        };
        at += 1;
    }
    announcements(lines, &mut kinds);
    kinds
}

/// The question that begins here, and over how many lines it is wrapped.
fn question_at(lines: &[Line<'_>], asked: &[String]) -> Option<(usize, usize)> {
    let mut said = String::new();
    for (n, line) in lines.iter().take(WRAPPED_MAX).enumerate() {
        if line.words.is_empty() {
            return None;
        }
        if !said.is_empty() {
            said.push(' ');
        }
        said += &line.words;
        if let Some(question) = asked.iter().position(|q| *q == said) {
            return Some((question, n + 1));
        }
        if !asked.iter().any(|q| q.starts_with(&said)) {
            return None;
        }
    }
    None
}

/// How many lines of a mail's head begin here: three or more `Name: value` in a row, in any language,
/// with a rule above them or not.
fn heads(lines: &[Line<'_>]) -> usize {
    let rule = lines.first().is_some_and(|l| {
        let text = l.text.trim();
        text.len() >= 5 && text.starts_with(['-', '_']) && text.ends_with(['-', '_'])
    });
    let is_head = |line: &&Line<'_>| {
        line.text.split_once(':').is_some_and(|(name, value)| {
            let name = name.trim().trim_matches('*');
            !name.is_empty()
                && name.chars().count() <= 20
                && name.split(' ').count() <= 2
                && !value.trim().is_empty()
        })
    };
    let begin = usize::from(rule);
    let count = lines[begin..].iter().take_while(is_head).count();
    match (rule, count) {
        (_, 3..) => begin + count,
        (true, _) => 1,
        _ => 0,
    }
}

/// What announces a quotation is the paragraph right above it that ends in a colon, whatever the language.
fn announcements(lines: &[Line<'_>], kinds: &mut [Sort]) {
    for at in 0..lines.len() {
        let begins = lines[at].depth > 0 && (at == 0 || lines[at - 1].depth == 0);
        if !begins {
            continue;
        }
        let Some(end) = (0..at).rfind(|&n| !lines[n].blank()) else {
            continue;
        };
        if !lines[end].text.trim_end().ends_with(':') {
            continue;
        }
        let first = (0..=end)
            .rev()
            .take(3)
            .take_while(|&n| !lines[n].blank() && lines[n].depth == 0);
        for n in first {
            kinds[n] = Sort::Passed;
        }
    }
}

/// The writer's own lines, by where they stand.
struct Parts {
    before: String,
    under: Vec<String>,
    now: Option<usize>,
    signature: String,
}

impl Parts {
    fn new(questions: usize) -> Self {
        Self {
            before: String::new(),
            under: vec![String::new(); questions],
            now: None,
            signature: String::new(),
        }
    }

    fn add(&mut self, line: &Line<'_>, kind: Sort) {
        let to = match kind {
            Sort::Question(place) => {
                self.now = Some(place);
                return;
            }
            Sort::Passed => return,
            Sort::Signature => &mut self.signature,
            Sort::Own => match self.now.and_then(|n| self.under.get_mut(n)) {
                Some(under) => under,
                None => &mut self.before,
            },
        };
        *to += line.text.trim_end();
        to.push('\n');
    }

    fn done(self) -> MailAnswer {
        let mut answers: Vec<String> = self.under.iter().map(|a| a.trim().to_owned()).collect();
        let before = self.before.trim().to_owned();
        let signature = self.signature.trim();
        let said = answers.iter().filter(|a| !a.is_empty()).count();
        let below_all = said == 1 && answers.last().is_some_and(|a| !a.is_empty());
        if said > 1 || (said == 1 && !below_all) {
            return MailAnswer {
                answers,
                beside: joined(&before, signature),
                in_one: false,
            };
        }
        // All of it stands above or below the whole quotation.
        let last = answers.last_mut().map(std::mem::take).unwrap_or_default();
        let free = joined(&before, &last);
        let (first, numbered) = numbered(&free, answers.len());
        let in_one = numbered.iter().all(String::is_empty);
        if in_one {
            if let Some(answer) = answers.first_mut() {
                answer.clone_from(&free);
            }
        } else {
            answers = numbered;
        }
        MailAnswer {
            answers,
            beside: joined(if in_one { "" } else { &first }, signature),
            in_one,
        }
    }
}

/// Answers that the writer numbered, and what stands before the first of them.
fn numbered(text: &str, questions: usize) -> (String, Vec<String>) {
    let mut answers = vec![String::new(); questions];
    let mut before = String::new();
    let mut now: Option<usize> = None;
    for line in text.lines() {
        let (number, rest) = number_of(line).map_or((None, line), |(n, rest)| (Some(n), rest));
        let next = number.filter(|&n| n >= 1 && n <= questions && now.is_none_or(|now| n > now + 1));
        let said = if let Some(number) = next {
            now = Some(number - 1);
            rest
        } else {
            line
        };
        let to = now.and_then(|n| answers.get_mut(n)).unwrap_or(&mut before);
        *to += said;
        to.push('\n');
    }
    let tidy = |text: &String| text.trim().to_owned();
    (tidy(&before), answers.iter().map(tidy).collect())
}

/// `2)`, `2.`, `(2)`, `2:` at the beginning of a line, and what follows.
fn number_of(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start().trim_start_matches('(');
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix(['.', ')', ':'])?;
    Some((text[..digits].parse().ok()?, rest.trim_start()))
}

/// Takes a sign-off with the name under it from the end of a text, and hands it back.
fn sign_off(text: &mut String) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_off = |line: &str| {
        SIGN_OFFS.contains(
            &line
                .trim()
                .trim_end_matches([',', '.', '!'])
                .to_lowercase()
                .as_str(),
        )
    };
    let from = lines.len().saturating_sub(4);
    let Some(at) = (from..lines.len()).find(|&n| is_off(lines[n])) else {
        return String::new();
    };
    // An answer that is nothing but "thanks" stays one.
    if at == 0 {
        return String::new();
    }
    let off = lines[at..].join("\n");
    let kept = lines[..at].join("\n").trim_end().to_owned();
    *text = kept;
    off
}

fn joined(one: &str, other: &str) -> String {
    match (one.trim(), other.trim()) {
        ("", other) => other.to_owned(),
        (one, "") => one.to_owned(),
        (one, other) => format!("{one}\n\n{other}"),
    }
}

/// The words of a line alone, so that case, punctuation, wrapping and numbering do not matter.
fn words(line: &str) -> String {
    let line = number_of(line).map_or(line, |(_, rest)| rest);
    let lower = line.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "Hello Bo,\n\nI would like to know what you saw.\n\n\
        1. What did you see me do, and when was that? One occasion is enough.\n\n\
        2. Would you let me do it unsupervised next time?\n\n3. What do I do well?\n\n4. What should I change?\n\nThank you!\nAda";
    const QUESTIONS: [&str; 4] = [
        "What did you see me do, and when was that? One occasion is enough.",
        "Would you let me do it unsupervised next time?",
        "What do I do well?",
        "What should I change?",
    ];

    fn read(text: &str) -> MailAnswer {
        read_mail_answer(text, SENT, &QUESTIONS).unwrap()
    }

    fn quoted() -> String {
        SENT.lines().map(|l| format!("> {l}\n")).collect()
    }

    #[test]
    fn answers_between_the_quoted_questions_in_any_language_of_the_program() {
        let inline = "Hi Ada,\n\nAm Mo., 16. Nov. 2026 um 09:12 Uhr schrieb Ada Marlow\n<ada@example.org>:\n\n\
            > Hello Bo,\n> I would like to know what you saw.\n>\n> 1. What did you see me do, and when was\n\
            > that? One occasion is enough.\n\nYou rewrote the lead,\ntwice.\n\n\
            > 2. Would you let me do it unsupervised next time?\nYes.\n> 3. What do I do well?\n\
            > 4. What should I change?\nShow it earlier.\n\nBest,\nBo\n";
        let answer = read(inline);
        assert_eq!(
            answer.answers,
            ["You rewrote the lead,\ntwice.", "Yes.", "", "Show it earlier."]
        );
        assert_eq!(answer.beside, "Hi Ada,\n\nBest,\nBo");
        assert!(!answer.in_one);
    }

    #[test]
    fn numbered_answers_above_or_below_the_whole_quotation() {
        let own = "1) You rewrote the lead\n2) not yet\n4) Show it earlier";
        let top = format!(
            "{own}\n\n-- \nBo Quist\nEditor\n\nLe lun. 16 nov. 2026 \u{e0} 09:12, Ada a \u{e9}crit :\n{}",
            quoted()
        );
        let answer = read(&top);
        assert_eq!(
            answer.answers,
            ["You rewrote the lead", "not yet", "", "Show it earlier"]
        );
        assert!(answer.beside.contains("Bo Quist"));
        let bottom = format!("On Mon, Nov 16, 2026 Ada wrote:\n{}\n{own}\n", quoted());
        assert_eq!(read(&bottom).answers, answer.answers);
    }

    #[test]
    fn a_quotation_without_marks_is_known_by_its_words() {
        let text = format!(
            "Du hast es zweimal umgeschrieben.\n\n________________________________\nVon: Ada\nGesendet: Montag\nAn: Bo\nBetreff: Was hast du gesehen?\n\n{SENT}"
        );
        let answer = read(&text);
        assert_eq!(answer.answers[0], "Du hast es zweimal umgeschrieben.");
        assert!(answer.in_one);
        let between = SENT
            .replace("well?", "well?\nLeads.")
            .replace("change?", "change?\nShow it earlier.");
        assert_eq!(read(&between).answers, ["", "", "Leads.", "Show it earlier."]);
    }

    #[test]
    fn what_answers_nothing_is_refused_and_size_is_bounded() {
        for text in ["", "\n\n", SENT, &quoted()] {
            assert!(read_mail_answer(text, SENT, &QUESTIONS).is_err(), "{text}");
        }
        let long = "x".repeat(MAIL_MAX + 1);
        assert!(read_mail_answer(&long, SENT, &QUESTIONS).is_err());
    }
}
