//! Names that authors give to headings: `## Summary {#summary}`, which is no part of what it says.

use std::ops::Range;

/// Where the name of a heading stands, given all of its text, and what it is.
pub(super) fn name(heading: &str) -> Option<(Range<usize>, &str)> {
    let line = heading.lines().next()?.trim_end();
    let line = line.trim_end_matches('#').trim_end();
    let (before, name) = line.strip_suffix('}')?.rsplit_once("{#")?;
    let is_name = !name.is_empty()
        && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | ':'));
    is_name.then_some((before.len()..line.len(), name))
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn only_a_name_at_the_end_is_one() {
        assert_eq!(name("## **A** {#a-b} ##\n"), Some((9..15, "a-b")));
        for heading in ["# A {a}", "# A {#}", "# A {#b} c", "# A {#b c}", "# A #}"] {
            assert_eq!(name(heading), None, "{heading}");
        }
    }
}
