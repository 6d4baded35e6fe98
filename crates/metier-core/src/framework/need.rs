//! The human needs a profession serves: what endures when jobs do not.

use crate::id::NeedId;

/// A human need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// Its name.
    pub name: &'static str,
}

/// The twelve needs built in. A framework may name others of its own.
pub fn needs() -> Vec<Need> {
    [
        ("family", "Family"),
        ("home-and-shelter", "Home and shelter"),
        ("social-relationships", "Social relationships"),
        ("work", "Work"),
        ("learning", "Learning"),
        ("economic-security", "Economic security"),
        ("leisure", "Leisure"),
        ("transport", "Transport"),
        ("environment-and-safety", "Environment and safety"),
        ("community", "Community"),
        ("spirituality", "Spirituality"),
        ("health-and-well-being", "Health and well-being"),
    ]
    .into_iter()
    .filter_map(|(id, name)| {
        Some(Need {
            id: NeedId::new(id).ok()?,
            name,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::needs;

    #[test]
    fn there_are_twelve() {
        assert_eq!(needs().len(), 12);
    }
}
