//! What a draft says about itself.

use super::competencies::Content;
use super::grouping::{WANTED, touched};
use crate::catalogue::{Catalogue, Occupation};

/// Related occupations named.
const RELATED: usize = 5;

/// Where the draft comes from, how it was made, and what it left out.
pub(super) fn note(catalogue: &Catalogue, occupation: &Occupation, content: &Content) -> String {
    let mut said = vec![format!(
        "A draft from {}, occupation {} ({}). Go through it with three or four masters of the field before you rely \
         on it: the grouping is the classification's, and the sentences are its task statements.",
        catalogue.source, occupation.code, occupation.title
    )];
    let touched = touched(catalogue, occupation).len();
    if touched < WANTED {
        let split = if content.from_activities > touched.max(1) {
            format!(
                ", so the largest were split to make {} practices of tasks",
                content.from_activities
            )
        } else {
            format!(
                ", so there {} rather than 8 to 10",
                counted(content.practices.len(), "is {} practice", "are {} practices")
            )
        };
        said.push(format!(
            "The data hold only {} for this occupation{split}.",
            counted(touched, "{} work activity", "{} work activities")
        ));
    } else if content.practices.len() < WANTED {
        said.push(format!(
            "The data hold too few tasks ({}) for 8 to 10 practices.",
            occupation.tasks.len()
        ));
    }
    said.push(how_weighed(catalogue, occupation));
    let left_out = [
        (content.tasks_left_out, "{} task", "{} tasks"),
        (
            content.rated_left_out,
            "{} skill or knowledge area",
            "{} skills and knowledge areas",
        ),
    ];
    let left_out: Vec<String> = left_out
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if !left_out.is_empty() {
        said.push(format!("Left out as less weighty: {}.", left_out.join(", ")));
    }
    if occupation.skills.is_empty() && occupation.knowledge.is_empty() {
        said.push("The data rate no skills and no knowledge for it.".into());
    }
    if let Some(zone) = occupation.job_zone {
        said.push(format!("Job zone {zone} of 5."));
    }
    let related: Vec<String> = catalogue
        .related(&occupation.code)
        .into_iter()
        .take(RELATED)
        .map(|o| format!("{} ({})", o.title, o.code))
        .collect();
    if !related.is_empty() {
        said.push(format!("Related: {}.", related.join(", ")));
    }
    said.join(" ")
}

fn how_weighed(catalogue: &Catalogue, occupation: &Occupation) -> String {
    let classified = occupation.tasks.iter().any(|t| t.core.is_some());
    let asked = occupation.tasks.iter().any(|t| t.incumbents.is_some());
    let by = match (classified, asked) {
        (true, true) => {
            "Tasks are weighed by core or supplemental and by how many people answered about them"
        }
        (true, false) => "Tasks are weighed by core or supplemental",
        (false, true) => "Tasks are weighed by how many people answered about them",
        (false, false) => "The data do not tell which tasks are core, so all count alike",
    };
    if catalogue.missing_tables.iter().any(|t| t == "Task Ratings") {
        format!("{by}; the table of task ratings was missing.")
    } else {
        format!("{by}.")
    }
}

/// A count with its noun: `{}` is the number.
fn counted(count: usize, one: &str, many: &str) -> String {
    let pattern = if count == 1 { one } else { many };
    pattern.replace("{}", &count.to_string())
}

/// The catalogue's own attribution, and that the content was changed.
pub(super) fn credits(catalogue: &Catalogue) -> Vec<String> {
    let mut credits = catalogue.credits.clone();
    if !credits.is_empty() {
        credits.push(format!(
            "Changed by Metier: {} content was selected, shortened and grouped. USDOL/ETA has not approved, endorsed, \
             or tested these modifications.",
            catalogue.source
        ));
    }
    credits
}
