//! What a draft from ESCO says about itself.

use super::content::Content;
use super::grouping::WANTED;
use crate::catalogue::{Catalogue, Esco, EscoOccupation, Match, Occupation};

/// Where the draft comes from, how it was made, and what it left out.
pub(super) fn note(
    catalogue: &Catalogue,
    esco: &Esco,
    occupation: &EscoOccupation,
    linked: Option<(&Occupation, Match)>,
    content: &Content,
    kept: usize,
) -> String {
    let group = esco
        .isco_label(&occupation.isco_group)
        .map(|label| format!(", in ISCO group {} ({label})", occupation.isco_group))
        .unwrap_or_default();
    let mut said = vec![format!(
        "A draft from {}, occupation {} ({}){group}. Go through it with three or four masters of the field before \
         you rely on it: the grouping is the classification's, and the sentences are its descriptions. Essential \
         skills and knowledge are required, optional ones weighted.",
        esco.source, occupation.code, occupation.title
    )];
    if content.practices.len() < WANTED {
        said.push(format!(
            "The skills fall under so few groups that there are {} practices rather than 8 to 10.",
            content.practices.len()
        ));
    }
    let all = occupation.essential.len() + occupation.optional.len();
    if all > kept {
        said.push(format!(
            "Of {} essential and {} optional skills, {} were left out as telling less about this occupation than \
             those kept: common everywhere, or seldom in its ISCO group.",
            occupation.essential.len(),
            occupation.optional.len(),
            all - kept
        ));
    }
    if let Some((onet, closeness)) = linked {
        let how = match closeness {
            Match::Exact => "the same occupation",
            Match::Close => "nearly the same occupation",
            Match::Narrow => "a narrower occupation",
            Match::Broad => "a broader occupation",
        };
        said.push(format!(
            "The official crosswalk links it to O*NET {} ({}), {how}; from {} come {}, and tasks shown as instances \
             of {}.",
            onet.code,
            onet.title,
            catalogue.source,
            counted(content.from_onet, "competency", "competencies"),
            counted(content.with_task, "skill", "skills"),
        ));
    }
    said.join(" ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The attribution of what is in the draft, and that it was changed.
pub(super) fn credits(catalogue: &Catalogue, esco: &Esco, with_onet: bool) -> Vec<String> {
    let mut credits = esco.credits.clone();
    credits.push(format!(
        "Changed by Metier: {} content was selected, shortened, grouped and weighted; the European Commission has \
         not approved these modifications.",
        esco.source
    ));
    if with_onet {
        let links = catalogue.links.iter().flat_map(|l| l.credits.clone());
        for credit in links.chain(crate::catalogue::draft::note::credits(catalogue)) {
            if !credits.contains(&credit) {
                credits.push(credit);
            }
        }
    }
    credits
}
