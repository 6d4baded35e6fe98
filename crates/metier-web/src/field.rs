//! The parts of forms: a field with its label, its hint and what is wrong with it.

use maud::{Markup, html};

use crate::form::{Fault, Sent};

/// A form being shown: what was sent (or what to begin with), and what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What the fields hold.
    pub sent: &'a Sent,
    /// What is wrong.
    pub faults: &'a [Fault],
}

/// Options under a heading: value and name of each.
pub type Group<'a> = (&'a str, Vec<(&'a str, &'a str)>);

/// One field to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    optional: bool,
    said: bool,
}

impl<'a> Field<'a> {
    /// A field that must be filled.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            hint: "",
            optional: false,
            said: false,
        }
    }

    /// With a hint under its label.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// It may stay empty, and says so.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self.said = true;
        self
    }

    /// It may stay empty; the page around it says so.
    #[must_use]
    pub fn may_stay_empty(mut self) -> Self {
        self.optional = true;
        self
    }
}

impl Shown<'_> {
    /// What is wrong, above the form: one link a fault, to its field. Empty when nothing is.
    pub fn summary(&self) -> Markup {
        html! {
            @if !self.faults.is_empty() {
                div.faults role="alert" {
                    p { strong { "Nothing was recorded yet." } " Please look at:" }
                    ul {
                        @for fault in self.faults {
                            li { a href={ "#f-" (fault.field) } { (fault.what) } }
                        }
                    }
                }
            }
        }
    }

    fn fault(&self, name: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|f| f.field == name)
            .map(|f| f.what.as_str())
    }

    /// The label, the hint and the fault around one control.
    fn around(&self, field: &Field<'_>, control: &Markup) -> Markup {
        let fault = self.fault(field.name);
        html! {
            div.field.wrong[fault.is_some()] {
                label for={ "f-" (field.name) } {
                    (field.label)
                    @if field.said { span.soft { " (if you like)" } }
                }
                @if !field.hint.is_empty() { p.hint id={ "h-" (field.name) } { (field.hint) } }
                @if let Some(fault) = fault { p.fault id={ "e-" (field.name) } { (fault) } }
                (control)
            }
        }
    }

    fn described(&self, field: &Field<'_>) -> Option<String> {
        let mut by = Vec::new();
        if !field.hint.is_empty() {
            by.push(format!("h-{}", field.name));
        }
        if self.fault(field.name).is_some() {
            by.push(format!("e-{}", field.name));
        }
        (!by.is_empty()).then(|| by.join(" "))
    }

    /// A field of one line. `kind` is the input's type: text, date, number, url, search.
    pub fn line(&self, kind: &str, field: Field<'_>) -> Markup {
        let wrong = self.fault(field.name).map(|_| "true");
        let step = (kind == "number").then_some("any");
        self.around(
            &field,
            &html! {
                input id={ "f-" (field.name) } type=(kind) name=(field.name) value=(self.sent.text(field.name))
                    required[!field.optional] step=[step] autocomplete="off"
                    aria-describedby=[self.described(&field)] aria-invalid=[wrong];
            },
        )
    }

    /// A field of several lines.
    pub fn lines(&self, rows: u8, field: Field<'_>) -> Markup {
        let wrong = self.fault(field.name).map(|_| "true");
        self.around(
            &field,
            &html! {
                textarea id={ "f-" (field.name) } name=(field.name) rows=(rows) required[!field.optional]
                    aria-describedby=[self.described(&field)] aria-invalid=[wrong]
                    { (self.sent.text(field.name)) }
            },
        )
    }

    /// A choice of one among several: value and name of each. An empty value first makes it "none".
    pub fn choice(&self, field: Field<'_>, options: &[(&str, &str)]) -> Markup {
        let wrong = self.fault(field.name).map(|_| "true");
        let chosen = self.sent.text(field.name);
        self.around(
            &field,
            &html! {
                select id={ "f-" (field.name) } name=(field.name) aria-describedby=[self.described(&field)]
                    aria-invalid=[wrong] {
                    @for (value, name) in options {
                        option value=(value) selected[chosen == *value] { (name) }
                    }
                }
            },
        )
    }

    /// A choice of one among several in groups; `none` is what choosing nothing is called.
    pub fn grouped_choice(&self, field: Field<'_>, none: &str, groups: &[Group<'_>]) -> Markup {
        let wrong = self.fault(field.name).map(|_| "true");
        let chosen = self.sent.text(field.name);
        self.around(
            &field,
            &html! {
                select id={ "f-" (field.name) } name=(field.name) aria-describedby=[self.described(&field)]
                    aria-invalid=[wrong] {
                    option value="" { (none) }
                    @for (label, options) in groups {
                        optgroup label=(label) {
                            @for (value, name) in options {
                                option value=(value) selected[chosen == *value] { (name) }
                            }
                        }
                    }
                }
            },
        )
    }

    /// A file to choose; several when `many`.
    pub fn file(&self, field: Field<'_>, many: bool) -> Markup {
        self.around(
            &field,
            &html! {
                input id={ "f-" (field.name) } type="file" name=(field.name) multiple[many]
                    required[!field.optional] aria-describedby=[self.described(&field)];
            },
        )
    }

    /// A box to tick.
    pub fn tick(&self, name: &str, value: &str, label: &str) -> Markup {
        html! {
            label.tick-box {
                input type="checkbox" name=(name) value=(value) checked[self.sent.ticks(name, value)];
                span { (label) }
            }
        }
    }
}
