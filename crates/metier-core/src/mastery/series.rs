//! The guided series: one question for each week, from the profession to what one will have to say.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::{AnswerComment, Mastery, SeriesAnswer};
use crate::journal::Noted;

/// A question of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesQuestion {
    /// What answers name; it stays when the words change.
    pub id: &'static str,
    /// What it asks.
    pub asks: &'static str,
    /// What a good answer names.
    pub names: &'static str,
    /// Where the answer can become more than words.
    pub becomes: Becomes,
}

/// What an answer can become, beside being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// A profession, with the needs it serves.
    Profession,
    /// One's own definition.
    Definition,
    /// A significant thing to accomplish.
    Thing,
    /// An answer to the six questions.
    Criteria,
    /// A master to look at.
    Exemplar,
    /// A colleague asked for a name.
    Nomination,
    /// A master to ask.
    Outreach,
    /// The list of competencies.
    Framework,
    /// Something that happened.
    Happening,
    /// Feedback asked for.
    Feedback,
    /// Something planned.
    Plan,
}

/// The series, in its order: the profession, the need, what mastery is, by what one would know it, who has
/// it, which competencies it comes down to, which of them one has, what one will do, what one will have to say.
pub const SERIES: [SeriesQuestion; 14] = [
    SeriesQuestion {
        id: "profession",
        asks: "What is your profession, said without the name of an employer or of a job?",
        names: "The work you would go on doing if this position were gone, and the people who would call it a craft.",
        becomes: Becomes::Profession,
    },
    SeriesQuestion {
        id: "need",
        asks: "Which need of people does it serve, and who would be the first to miss it?",
        names: "The need itself, and one person for whom it was met last month because of you.",
        becomes: Becomes::Profession,
    },
    SeriesQuestion {
        id: "mastery",
        asks: "What does somebody who has mastered it do on an ordinary Tuesday that others cannot?",
        names: "Things a colleague could see happen. No praise: what they do, and with what result.",
        becomes: Becomes::Definition,
    },
    SeriesQuestion {
        id: "significant",
        asks: "What would you have to accomplish before you called yourself a master, and who would see how hard it was?",
        names: "One or two things that are there or not, and whose recognition of them would count.",
        becomes: Becomes::Thing,
    },
    SeriesQuestion {
        id: "criteria",
        asks: "What does mastery in your field need, and what does it only look as if it needed: a book, a stage, a name?",
        names: "For each of these: needed, a help, or neither, and one person who proves you right.",
        becomes: Becomes::Criteria,
    },
    SeriesQuestion {
        id: "expert",
        asks: "To whom do your colleagues bring the hardest case, and would each of them name the same person?",
        names: "Two or three names, known or not, and who would say so.",
        becomes: Becomes::Nomination,
    },
    SeriesQuestion {
        id: "exemplar",
        asks: "What did one of them accomplish, and what were they seen to do for it, day in, day out?",
        names: "Accomplishments first, then what was done for them. Leave their charm and their fame aside.",
        becomes: Becomes::Exemplar,
    },
    SeriesQuestion {
        id: "ask",
        asks: "Which of them could you ask, by which way, and which three questions would they enjoy?",
        names: "One person, a way to reach them, and questions about one time rather than in general.",
        becomes: Becomes::Outreach,
    },
    SeriesQuestion {
        id: "competencies",
        asks: "Which competencies does all of this come down to: those of the craft, and those between people?",
        names: "At least two of each sort, and one that is missing in the list you go by.",
        becomes: Becomes::Framework,
    },
    SeriesQuestion {
        id: "have",
        asks: "Which of them do you have already, and what did you do that shows it?",
        names: "One competency, one occasion, who was there, and what came of it.",
        becomes: Becomes::Happening,
    },
    SeriesQuestion {
        id: "seen",
        asks: "Who has seen you do it, and where would they see it otherwise than you do?",
        names: "One person, one competency, and the step each of you would name.",
        becomes: Becomes::Feedback,
    },
    SeriesQuestion {
        id: "next",
        asks: "Which one comes next, and what will you do about it: when, where, with whom?",
        names: "One step, the occasion that will come, and what you will do when it comes.",
        becomes: Becomes::Plan,
    },
    SeriesQuestion {
        id: "in-the-way",
        asks: "What has got in the way so far, and what will you do when it does again?",
        names: "One thing that happened twice, and a sentence of the form: when this happens, I will do that.",
        becomes: Becomes::Plan,
    },
    SeriesQuestion {
        id: "say",
        asks: "Once you are there: what will you have to say that few others could, and to whom?",
        names: "The sentence itself, the people who need to hear it, and what you would have to have done first.",
        becomes: Becomes::Definition,
    },
];

/// A question that can be answered: of the series, or put by somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Asked<'a> {
    /// What answers name.
    pub id: &'a str,
    /// What it asks.
    pub asks: &'a str,
    /// What a good answer names; empty for one that somebody put.
    pub names: &'a str,
    /// What its answer can become.
    pub becomes: Option<Becomes>,
    /// Who put it; absent for one of the series.
    pub by: Option<&'a str>,
}

/// The question of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct ThisWeek<'a> {
    /// Which: one that somebody put and that is open, else the next that was never answered, else the one
    /// answered longest ago.
    pub question: Asked<'a>,
    /// When it was answered last, if it was.
    pub last: Option<Date>,
    /// What was answered since Monday, last: the question then is the one after it.
    pub answered: Option<Noted<'a, SeriesAnswer>>,
}

impl<'a> Mastery<'a> {
    /// Every question: the series, then those that were put by others, by day.
    pub fn questions(&self) -> Vec<Asked<'a>> {
        let of_series = SERIES.iter().map(|q| Asked {
            id: q.id,
            asks: q.asks,
            names: q.names,
            becomes: Some(q.becomes),
            by: None,
        });
        let put = self.put.iter().map(|put| Asked {
            id: put.what.id.as_str(),
            asks: &put.what.question,
            names: "",
            becomes: None,
            by: Some(&put.what.by),
        });
        of_series.chain(put).collect()
    }

    /// The question of an id.
    pub fn question(&self, id: &str) -> Option<Asked<'a>> {
        self.questions().into_iter().find(|q| q.id == id)
    }

    /// The question of the week that a day is in.
    pub fn this_week(&self, today: Date) -> Option<ThisWeek<'a>> {
        let questions = self.questions();
        let last = |q: &Asked<'_>| {
            let given = self.answers.iter().filter(|a| a.what.question.as_str() == q.id);
            given.map(|a| a.on).max()
        };
        let open = |q: &&Asked<'a>| last(q).is_none();
        let next = questions
            .iter()
            .filter(|q| q.by.is_some())
            .find(open)
            .or_else(|| questions.iter().find(open))
            .or_else(|| questions.iter().min_by_key(|q| last(q)))?;
        let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
        let answered = self.answers.iter().rfind(|a| a.on >= monday && a.on <= today);
        Some(ThisWeek {
            question: *next,
            last: last(next),
            answered: answered.copied(),
        })
    }

    /// Comments and questions of others that came without the person's doing, and that they have not read.
    pub fn unread(&self) -> Unread<'a> {
        let is_read = |id| self.read.iter().any(|read| read.what.entries.contains(&id));
        Unread {
            comments: self
                .comments
                .iter()
                .filter(|c| c.what.arrival != crate::journal::Arrival::Relayed && !is_read(c.id))
                .copied()
                .collect(),
            put: self
                .put
                .iter()
                .filter(|p| p.what.arrival != crate::journal::Arrival::Relayed && !is_read(p.id))
                .copied()
                .collect(),
        }
    }

    /// What somebody is shown of the answers, beside what they were shown the time before; answers that were
    /// taken back since are not among it.
    pub fn showing(&self, id: crate::id::EntryId) -> Option<Showing<'a>> {
        let shown = self.shown.iter().find(|s| s.id == id).copied()?;
        let before = shown
            .what
            .since
            .and_then(|since| self.shown.iter().find(|s| s.id == since).copied());
        let of = |wanted: &[crate::id::EntryId]| -> Vec<Noted<'a, SeriesAnswer>> {
            let there = self.answers.iter().filter(|a| wanted.contains(&a.id));
            there.copied().collect()
        };
        let earlier = before.map_or_else(Vec::new, |b| of(&b.what.answers));
        let answers = of(&shown.what.answers).into_iter().map(|answer| {
            let last = earlier.iter().rfind(|e| e.what.question == answer.what.question);
            let since = match (last, before) {
                (Some(last), Some(_)) if last.id != answer.id => Since::Answered(*last),
                (Some(_), Some(before)) if answer.recorded_at > before.recorded_at => Since::Reworded,
                (Some(_), Some(_)) => Since::Same,
                _ => Since::New,
            };
            let said = self.comments.iter().filter(|c| {
                before.is_some()
                    && c.what.shown == shown.what.since
                    && last.is_some_and(|l| l.id == c.what.answer)
            });
            ShownAnswer {
                answer,
                since,
                said: said.copied().collect(),
            }
        });
        Some(Showing {
            answers: answers.collect(),
            shown,
            before,
        })
    }
}

/// What came from others and was not read yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unread<'a> {
    /// Comments on answers.
    pub comments: Vec<Noted<'a, AnswerComment>>,
    /// Questions to answer.
    pub put: Vec<Noted<'a, super::QuestionPut>>,
}

impl Unread<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.comments.len() + self.put.len()
    }

    /// True when nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries.
    pub fn entries(&self) -> Vec<crate::id::EntryId> {
        let comments = self.comments.iter().map(|c| c.id);
        comments.chain(self.put.iter().map(|p| p.id)).collect()
    }
}

/// What somebody is shown of the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Showing<'a> {
    /// To whom, until when.
    pub shown: Noted<'a, super::AnswersShown>,
    /// What they were shown the time before.
    pub before: Option<Noted<'a, super::AnswersShown>>,
    /// The answers, by day.
    pub answers: Vec<ShownAnswer<'a>>,
}

/// An answer that somebody is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownAnswer<'a> {
    /// The answer.
    pub answer: Noted<'a, SeriesAnswer>,
    /// How it stands to what they saw the time before.
    pub since: Since<'a>,
    /// What they said of it the time before.
    pub said: Vec<Noted<'a, AnswerComment>>,
}

/// How an answer stands to what was shown the time before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Since<'a> {
    /// Not shown to them before.
    New,
    /// The question was answered anew; this is the answer they saw.
    Answered(Noted<'a, SeriesAnswer>),
    /// The same answer, in other words.
    Reworded,
    /// As they saw it.
    Same,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::QuestionId;

    #[test]
    fn every_question_has_an_id_of_its_own_that_can_be_kept_and_says_what_a_good_answer_names() {
        let mut ids: Vec<&str> = SERIES.iter().map(|q| q.id).collect();
        for question in SERIES {
            assert_eq!(QuestionId::new(question.id).unwrap().as_str(), question.id);
            assert!(
                question.asks.ends_with('?') && question.names.ends_with('.'),
                "{}",
                question.id
            );
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), SERIES.len());
    }
}
