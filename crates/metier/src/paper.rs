//! Text for a terminal: width, a little emphasis, wrapped paragraphs. Plain when it goes elsewhere.

use unicode_width::UnicodeWidthStr;

/// The width when nobody says.
const WIDTH: usize = 100;

/// What is written on.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    emphasis: bool,
    width: usize,
}

impl Paper {
    /// Paper of a terminal, or plain paper. `NO_COLOR` and a dumb terminal make it plain.
    pub fn of(terminal: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let width = if terminal {
            terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
        } else {
            None
        };
        Self {
            emphasis: terminal && !dumb && !set("NO_COLOR"),
            width: width.unwrap_or(WIDTH).clamp(40, 120),
        }
    }

    /// Columns there are.
    pub fn width(self) -> usize {
        self.width
    }

    /// Set off.
    pub fn strong(self, text: &str) -> String {
        self.styled("1", text)
    }

    /// Set back.
    pub fn faint(self, text: &str) -> String {
        self.styled("2", text)
    }

    fn styled(self, code: &str, text: &str) -> String {
        if self.emphasis && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Parts in a row, three spaces apart, wrapped between parts only.
    pub fn row(self, parts: &[String]) -> String {
        let mut lines = vec![String::new()];
        for part in parts {
            let last = lines.len() - 1;
            if !lines[last].is_empty() && lines[last].width() + 3 + part.width() > self.width {
                lines.push(part.clone());
            } else {
                if !lines[last].is_empty() {
                    lines[last] += "   ";
                }
                lines[last] += part;
            }
        }
        lines.join("\n")
    }

    /// A paragraph, wrapped, every line indented by so many columns; the first line begins with `lead`
    /// in place of the indent. No line break at the end.
    pub fn paragraph(self, lead: &str, indent: usize, text: &str) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > room {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
        let mut said = pad(lead, indent);
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                said.push('\n');
                said += &" ".repeat(indent);
            }
            said += line;
        }
        said
    }
}

/// Text filled up with spaces to a width.
pub fn pad(text: &str, width: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
    padded
}

/// Text cut to a width, with an ellipsis where something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        let next = c.to_string().width();
        if cut.width() + next + 1 > width {
            break;
        }
        cut.push(c);
    }
    cut.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paper_has_no_escapes_and_wraps_at_its_width() {
        let paper = Paper::of(false);
        assert_eq!(paper.strong("x"), "x");
        let text = "word ".repeat(60);
        let wrapped = paper.paragraph("-", 4, &text);
        assert!(wrapped.lines().all(|l| l.chars().count() <= WIDTH), "{wrapped}");
        assert!(wrapped.starts_with("-   word"));
        assert!(wrapped.lines().nth(1).unwrap().starts_with("    word"));
    }

    #[test]
    fn a_row_breaks_between_parts_only() {
        let parts: Vec<String> = (0..12).map(|n| format!("part number {n}")).collect();
        let row = Paper::of(false).row(&parts);
        assert!(row.lines().count() > 1);
        assert!(
            row.lines().all(|l| l.starts_with("part") && l.len() <= WIDTH),
            "{row}"
        );
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(pad("日本", 5), "日本 ");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("fits", 4), "fits");
    }
}
