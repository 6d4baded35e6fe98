//! `JobPosting` as microdata: the same words as in linked data, put on the elements of the page itself.

use std::ops::Range;

use super::tokens::Tag;

/// Most properties that are open at once; deeper ones are passed over.
const OPEN_MAX: usize = 32;

/// Most postings of one page; later ones are passed over.
const ITEMS_MAX: usize = 1_000;

/// One posting as the page marks it.
#[derive(Debug, Default, Clone)]
pub(super) struct Item {
    /// What each property says: its name, and where in the text it stands or what its attribute says.
    pub says: Vec<(String, Said)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Text(Range<usize>),
    Value(String),
}

/// Follows the items of a page.
#[derive(Debug, Default)]
pub(super) struct Microdata {
    pub items: Vec<Item>,
    scope: Option<Open>,
    properties: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    property: String,
    element: Vec<u8>,
    same: usize,
    from: usize,
}

impl Microdata {
    pub fn start(&mut self, tag: &Tag, at: usize) {
        let opens = !matches!(
            tag.name.as_slice(),
            b"meta" | b"link" | b"img" | b"br" | b"input" | b"hr"
        );
        if opens {
            for open in self.properties.iter_mut().chain(&mut self.scope) {
                open.same += usize::from(open.element == tag.name);
            }
        }
        let open = |property: &str| Open {
            property: property.to_owned(),
            element: tag.name.clone(),
            same: 1,
            from: at,
        };
        let is_posting = tag
            .attribute("itemtype")
            .is_some_and(|kind| kind.trim_end_matches('/').ends_with("schema.org/JobPosting"));
        if is_posting && self.scope.is_none() {
            if self.items.len() < ITEMS_MAX && opens {
                self.items.push(Item::default());
                self.scope = Some(open(""));
            }
            return;
        }
        let (Some(property), true) = (tag.attribute("itemprop"), self.scope.is_some()) else {
            return;
        };
        let property = property.split_ascii_whitespace().next().unwrap_or_default();
        let value = tag.attribute("content").or_else(|| tag.attribute("datetime"));
        if let Some(value) = value {
            let path = self.path(property);
            if let Some(item) = self.items.last_mut() {
                item.says.push((path, Said::Value(value.trim().to_owned())));
            }
        } else if opens && self.properties.len() < OPEN_MAX {
            self.properties.push(open(property));
        }
    }

    pub fn end(&mut self, name: &[u8], at: usize) {
        if self.scope.is_none() {
            return;
        }
        for open in self.properties.iter_mut().chain(&mut self.scope) {
            open.same = open.same.saturating_sub(usize::from(open.element == name));
        }
        while self.properties.last().is_some_and(|open| open.same == 0) {
            self.say(at);
        }
        if self.scope.as_ref().is_some_and(|open| open.same == 0) {
            self.close(at);
        }
    }

    /// Ends whatever is open.
    pub fn close(&mut self, at: usize) {
        while !self.properties.is_empty() {
            self.say(at);
        }
        self.scope = None;
    }

    fn say(&mut self, at: usize) {
        if let Some(open) = self.properties.pop() {
            let path = self.path(&open.property);
            if let Some(item) = self.items.last_mut() {
                item.says.push((path, Said::Text(open.from..at)));
            }
        }
    }

    /// `hiringOrganization.name`: a property with those it is inside of.
    fn path(&self, property: &str) -> String {
        let mut path: String = self
            .properties
            .iter()
            .map(|open| format!("{}.", open.property))
            .collect();
        path.push_str(property);
        path
    }
}
