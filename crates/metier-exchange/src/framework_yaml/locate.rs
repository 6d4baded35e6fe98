//! Where in a document a checked thing stands.
//!
//! The checks of the core speak of places (`levels > senior > publish-an-article`), not of lines,
//! because a framework can also come from a form. For a person with an editor open, this finds the
//! line again: each step of the place is looked for below the one before it.

/// The line, from 1, of a place; with `second`, of its second mention (an id used twice).
pub(super) fn line_of(text: &str, place: &str, second: bool) -> Option<u64> {
    let lines: Vec<&str> = text.lines().collect();
    let mut steps = place.split(" > ");
    let section = steps.next()?;
    let top = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| key_of(line) == Some(section))
        .min_by_key(|(_, line)| indent(line))
        .map(|(i, _)| i)?;
    let end = end_of_section(&lines, top);

    let mut at = top;
    let mut steps = steps.peekable();
    while let Some(step) = steps.next() {
        let last = steps.peek().is_none();
        let mut mentions = (at..end)
            .filter(|&i| i > top || section != step)
            .filter(|&i| names(lines[i], step));
        let found = if last && second {
            mentions.nth(1)
        } else {
            mentions.next()
        };
        match found {
            Some(line) => at = line,
            // The nearest line known is better than none.
            None => break,
        }
    }
    u64::try_from(at + 1).ok()
}

/// The first line after the section that begins at `top`: the next key at its indent or further left.
fn end_of_section(lines: &[&str], top: usize) -> usize {
    let depth = indent(lines[top]);
    lines
        .iter()
        .enumerate()
        .skip(top + 1)
        .find(|(_, line)| {
            indent(line) <= depth && !line.trim_start().starts_with('-') && key_of(line).is_some()
        })
        .map_or(lines.len(), |(i, _)| i)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The key a line begins with, in YAML or JSON.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line
        .trim_start()
        .trim_start_matches('{')
        .trim_start()
        .split_once(':')?;
    Some(key.trim().trim_matches(['"', '\'']))
}

/// True when the line defines or refers to the id: as `id: x`, `competency: x`, or as a key `x:`.
fn names(line: &str, id: &str) -> bool {
    let part_of_slug = |c: char| c.is_ascii_alphanumeric() || c == '-';
    line.match_indices(id).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + id.len()..]);
        if before.ends_with(part_of_slug) || after.starts_with(part_of_slug) {
            return false;
        }
        let before = before.trim_end_matches(['"', '\'']).trim_end();
        let after = after.trim_start_matches(['"', '\'']).trim_start();
        let key = before
            .strip_suffix(':')
            .map(|key| key.trim_end().trim_end_matches(['"', '\'']));
        key.is_some_and(|key| key.ends_with("id") || key.ends_with("competency")) || after.starts_with(':')
    })
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const TEXT: &str = "\
family: f
practices:
  - id: write
competencies:
  - id: write
    needs: [edit]
  - {id: edit, practice: write}
  - id: write
levels:
- id: senior
  expectations:
  - {competency: edit, rung: owns}
";

    #[test]
    fn a_place_is_found_step_by_step_within_its_section() {
        assert_eq!(line_of(TEXT, "family", false), Some(1));
        assert_eq!(line_of(TEXT, "practices > write", false), Some(3));
        assert_eq!(line_of(TEXT, "competencies > edit", false), Some(7));
        assert_eq!(line_of(TEXT, "competencies > write", true), Some(8));
        assert_eq!(line_of(TEXT, "levels > senior > edit", false), Some(12));
        assert_eq!(line_of(TEXT, "levels > junior", false), Some(9));
        assert_eq!(line_of(TEXT, "ladder > owns", false), None);
    }

    #[test]
    fn json_is_searched_the_same_way() {
        let text = "{\n  \"family\": \"f\",\n  \"practices\": [\n    {\"id\": \"write\"}\n  ],\n  \"levels\": [\n    {\n      \"id\": \"write\"\n    }\n  ]\n}\n";
        assert_eq!(line_of(text, "practices > write", false), Some(4));
        assert_eq!(line_of(text, "levels > write", false), Some(8));
    }
}
