//! `mastery if-it-ended`: what of what is proven would go along.

use metier_app::words::Words;
use metier_app::{AppError, AsOf};

use crate::answer::Answer;
use crate::session::Session;

/// Shows what would be left if this job ended tomorrow.
pub async fn show(session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let sight = metier.sight(AsOf::default()).await?;
    let ended = sight.if_it_ended();
    session.answer(&ended, |paper| {
        let words = Words::new(&sight.version.framework, &sight.entries, sight.standing.at);
        let mut text = format!("{}\n", paper.paragraph("", 0, &words.if_it_ended(&ended)));
        let layers = [
            ("The profession", &ended.profession),
            ("The industry", &ended.industry),
            ("Only this employer", &ended.organisation),
        ];
        for (label, ids) in layers {
            text += &format!("{} ({})\n", paper.strong(label), ids.len());
            for id in ids {
                text += &format!("  {}\n", words.competency(id));
            }
        }
        text += &format!("{}\n", paper.paragraph("", 0, &words.same_practices(&ended)));
        for (label, ids) in [
            ("Exercised now", &ended.exercised),
            ("Left untouched now", &ended.untouched),
        ] {
            if !ids.is_empty() {
                let names: Vec<&str> = ids.iter().map(|id| words.practice(id)).collect();
                text += &format!(
                    "{}\n",
                    paper.paragraph("", 2, &format!("{label}: {}", names.join(", ")))
                );
            }
        }
        for year in &ended.years {
            text += &format!(
                "  {}: {} of {}\n",
                year.year,
                year.practices.len(),
                sight.version.framework.practices.len()
            );
        }
        text
    })
}
